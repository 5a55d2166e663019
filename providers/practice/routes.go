package practice

import "slices"

// The products' routes that the tenant serves, by their catalogue ids. Several products share one.
const (
	RouteAppOnly      = "ms-mail-cc"
	RouteDevice       = "ms-mail-device"
	RouteMailCode     = "ms-mail-code"
	RoutePOPCode      = "ms-pop-code"
	RouteGraphAppOnly = "ms-graph-cc"
	RouteGraphDevice  = "ms-graph-device"
	RouteEWSAppOnly   = "ms-ews-cc"
	RouteEWSCode      = "ms-ews-code"
)

// route is how a product goes a route: in which way it signs in, and over what it reads and sends.
type route struct {
	id           string
	signIn       string // "app", "device" or "code"
	reads, sends string // protocols; a route may read only
}

func routes() []route {
	return []route{
		{RouteAppOnly, "app", "imap", "smtp"},
		{RouteDevice, "device", "imap", "smtp"},
		{RouteMailCode, "code", "imap", "smtp"},
		{RoutePOPCode, "code", "pop3", "smtp"},
		{RouteGraphAppOnly, "app", "graph", "graph"},
		{RouteGraphDevice, "device", "graph", "graph"},
		{RouteEWSAppOnly, "app", "ews", ""},
		{RouteEWSCode, "code", "ews", "smtp"},
	}
}

// on are the ids of the routes that something is true of.
func on(holds func(route) bool) []string {
	var ids []string
	for _, r := range routes() {
		if holds(r) {
			ids = append(ids, r.id)
		}
	}
	return ids
}

// signingIn are the routes that sign in in one of these ways.
func signingIn(ways ...string) []string {
	return on(func(r route) bool { return slices.Contains(ways, r.signIn) })
}

// reading are the routes that read over one of these protocols, sending those that send so.
func reading(protocols ...string) []string {
	return on(func(r route) bool { return slices.Contains(protocols, r.reads) })
}

func sending(protocols ...string) []string {
	return on(func(r route) bool { return slices.Contains(protocols, r.sends) })
}
