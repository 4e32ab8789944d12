package demo

import "strconv"

// products are what the shop sells; cents are of euros.
var products = [...]struct {
	sku, name string
	cents     int32
}{
	{"B-104", "rice bowl, blue glaze", 1850},
	{"B-221", "soup bowl with lid", 2490},
	{"C-017", "cup without handle", 1200},
	{"C-040", "espresso cup, set of four", 3980},
	{"P-330", "flower pot, 18 cm", 2275},
	{"T-008", "teapot, cast iron", 6450},
	{"T-112", "tea tray, oak", 4120},
	{"V-501", "vase, tall", 5390},
	{"W-060", "mixing bowl, 4 l", 3150},
	{"Z-900", "gift wrapping", 350},
}

// What may be asked for: pages of the API first, then orders, then what scanners and browsers want.
var requests = [...]string{
	"/api/v1/products/", "/api/v1/search?q=bowl", "/api/v1/search?q=teapot", "/api/v1/cart", "/api/v1/stock/",
	"/api/v1/orders",
	"/wp-login.php", "/.env", "/admin/config.php",
	"/", "/static/shop.css", "/static/shop.js", "/static/glaze.webp", "/favicon.ico",
}

const (
	pathSearch = 1
	pathOrders = 5
	pathScans  = 6
	pathAssets = 9
	paths      = len(requests)
)

func (o *order) method() string {
	if o.path == pathOrders {
		return "POST"
	}
	return "GET"
}

func appendPath(b []byte, e *event) []byte {
	p := requests[e.order.path]
	b = append(b, p...)
	if p[len(p)-1] == '/' && len(p) > 1 {
		b = append(b, products[e.order.product].sku...)
	}
	return b
}

// appendClient appends an address of those that are kept for documentation.
func appendClient(b []byte, e *event) []byte {
	n := e.order.client
	if n%8 == 7 {
		return appendHex(append(b, "2001:db8::"...), uint64(n)+1, 2)
	}
	b = append(b, [...]string{"192.0.2.", "198.51.100.", "203.0.113."}[n%3]...)
	return strconv.AppendInt(b, int64(n)+1, 10)
}

var agents = [...]string{
	"Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0",
	"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X)",
	"Mozilla/5.0 (Windows NT 10.0; Win64; x64)",
	"shop-app/7.2 (Android 16)",
}
