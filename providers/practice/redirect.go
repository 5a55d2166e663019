package practice

import (
	"net/url"
	"slices"
	"strings"
)

// platform is the heading in the portal that a redirect address stands under. It decides whether
// whoever redeems a code must prove to be the application
// (https://learn.microsoft.com/entra/identity-platform/reply-url).
type platform string

const (
	webPlatform     platform = "Web"
	desktopPlatform platform = "Mobile and desktop applications"
	spaPlatform     platform = "Single-page application"
)

// redirect is a registered redirect address.
type redirect struct {
	platform platform
	address  string
}

// loopback is the address for programs on the person's own computer, as the portal proposes it.
const loopback = "http://localhost"

// redirect finds the registered address that a request may be answered at.
func (r registration) redirect(sent string) (redirect, bool) {
	i := slices.IndexFunc(r.redirects, func(have redirect) bool { return have.matches(sent) })
	if i < 0 {
		return redirect{}, false
	}
	return r.redirects[i], true
}

// matches compares an address with the registered one: letter by letter, but for the case of
// scheme and host and a lone slash. Programs on a computer take any free port of it (RFC 8252
// section 7.3).
func (r redirect) matches(sent string) bool {
	want, err := url.Parse(r.address)
	got, err2 := url.Parse(sent)
	if err != nil || err2 != nil || got.Fragment != "" || got.User != nil || got.Opaque != want.Opaque {
		return false
	}
	if r.platform != webPlatform && onLoopback(want) && onLoopback(got) {
		want.Host, got.Host = want.Hostname(), got.Hostname()
	}
	return strings.EqualFold(want.Scheme, got.Scheme) && strings.EqualFold(want.Host, got.Host) &&
		pathOf(want) == pathOf(got) && want.RawQuery == got.RawQuery
}

func onLoopback(address *url.URL) bool {
	return address.Scheme == "http" && has([]string{"localhost", "127.0.0.1"}, address.Hostname())
}

func pathOf(address *url.URL) string {
	if path := address.EscapedPath(); path != "" {
		return path
	}
	return "/"
}

// origin is what a page must allow its form to lead to.
func origin(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return parsed.Scheme + "://" + parsed.Host
}
