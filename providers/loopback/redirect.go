package loopback

import (
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// redirect is the address that a browser is sent back to, in its parts.
type redirect struct {
	host string // as registered: the sign-in service compares it letter by letter
	port string // empty where any will do
	path string // as registered; empty is not the same as "/" to the sign-in service
}

func parseRedirect(text string) (redirect, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || u.Opaque != "" {
		return redirect{}, fmt.Errorf("redirect %q is not of the form http://localhost:8421/path", providers.Clean(text))
	}
	if u.Scheme != "http" || !slices.Contains([]string{"localhost", "127.0.0.1"}, u.Hostname()) {
		return redirect{}, fmt.Errorf("redirect %q does not lead to this computer: register one that begins with http://localhost or http://127.0.0.1", providers.Clean(text))
	}
	if number, err := strconv.Atoi(u.Port()); u.Port() != "" && (err != nil || number < 1 || number > 65_535) {
		return redirect{}, fmt.Errorf("redirect %q names a port that does not exist: ports are 1 to 65535", providers.Clean(text))
	}
	return redirect{host: u.Hostname(), port: u.Port(), path: u.EscapedPath()}, nil
}

func (r redirect) String() string { return "http://" + net.JoinHostPort(r.host, r.port) + r.path }

// leads reports whether a request's path is the redirect's; a browser asks for "/" where there
// is none.
func (r redirect) leads(path string) bool {
	return path == r.path || path == "/" && r.path == ""
}

// isHere reports whether a request's Host header names this computer's loopback. Another name
// that leads here belongs to somebody else's page (DNS rebinding).
func (r redirect) isHere(host string) bool {
	name, port, err := net.SplitHostPort(host)
	if err != nil { // browsers leave port 80 out
		name, port = strings.Trim(host, "[]"), "80"
	}
	return port == r.port && slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, strings.ToLower(name))
}
