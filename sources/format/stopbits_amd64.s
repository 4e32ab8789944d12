#include "textflag.h"

// func stopBlocks(bits *uint64, b *byte, blocks int, quote, slash, control byte)
TEXT ·stopBlocks(SB), NOSPLIT, $0-27
	MOVQ bits+0(FP), DI
	MOVQ b+8(FP), SI
	MOVQ blocks+16(FP), CX
	VPBROADCASTB quote+24(FP), Y0
	VPBROADCASTB slash+25(FP), Y1
	VPBROADCASTB control+26(FP), Y2

block:
	VMOVDQU (SI), Y3
	VMOVDQU 32(SI), Y4
	VPCMPEQB Y0, Y3, Y5
	VPCMPEQB Y1, Y3, Y6
	VPMINUB Y2, Y3, Y7         // a byte up to control stays as it is
	VPCMPEQB Y3, Y7, Y7
	VPOR Y5, Y6, Y5
	VPOR Y5, Y7, Y5
	VPMOVMSKB Y5, AX
	VPCMPEQB Y0, Y4, Y5
	VPCMPEQB Y1, Y4, Y6
	VPMINUB Y2, Y4, Y7
	VPCMPEQB Y4, Y7, Y7
	VPOR Y5, Y6, Y5
	VPOR Y5, Y7, Y5
	VPMOVMSKB Y5, DX
	SHLQ $32, DX
	ORQ DX, AX
	MOVQ AX, (DI)
	ADDQ $64, SI
	ADDQ $8, DI
	DECQ CX
	JNZ block
	VZEROUPPER
	RET
