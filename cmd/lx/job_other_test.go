//go:build !linux

package main

func job() {}
