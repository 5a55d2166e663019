package providers

import (
	"crypto/x509"
	"fmt"
	"net"
	"net/url"
	"strings"
)

// Endpoints says where a provider's servers are. Production, a national cloud, a test server
// and the practice tenant differ by this value only.
type Endpoints struct {
	Authority string // https URL that a tenant is appended to, with a slash at its end
	IMAP      Server
	SMTP      Server
	POP3      Server
	Graph     Server
	EWS       Server
	// Roots are the authorities trusted besides the system's; nil means the system's alone.
	Roots *x509.CertPool
}

// For is the server of a protocol; zero when none is named.
func (e Endpoints) For(protocol string) Server {
	if server := e.server(protocol); server != nil {
		return *server
	}
	return Server{}
}

// Use names the server of a protocol; one of a protocol that is not known is left out.
func (e *Endpoints) Use(server Server) {
	if at := e.server(server.Protocol); at != nil {
		*at = server
	}
}

func (e *Endpoints) server(protocol string) *Server {
	switch protocol {
	case "imap":
		return &e.IMAP
	case "smtp":
		return &e.SMTP
	case "pop3":
		return &e.POP3
	case "graph":
		return &e.Graph
	case "ews":
		return &e.EWS
	}
	return nil
}

// Security is how TLS comes into a mail connection.
type Security string

// The two ways: TLS from the first byte, or STARTTLS on a plain connection.
const (
	ImplicitTLS Security = "tls"
	StartTLS    Security = "starttls"
)

// Server is one mail server, written as a URL: imaps://host:993, imap://host:143 (STARTTLS),
// smtp://host:587 (STARTTLS), smtps://host:465, pop3s://host:995, pop3://host:110 (STLS), or for
// the two that are spoken over HTTPS https://graph.microsoft.com/v1.0 and
// https://outlook.office365.com/EWS/Exchange.asmx.
type Server struct {
	Protocol string // "imap", "smtp", "pop3", "graph", "ews"
	Security Security
	Host     string
	Port     string
	Path     string // graph, ews: the URL's path as it stands there, percent signs included
}

// Addr is host:port, ready for dialling.
func (s Server) Addr() string { return net.JoinHostPort(s.Host, s.Port) }

// IsZero reports whether no server is named.
func (s Server) IsZero() bool { return s == Server{} }

func (s Server) String() string {
	if s.IsZero() {
		return ""
	}
	if s.OverHTTPS() {
		return "https://" + strings.TrimSuffix(s.Addr(), ":"+httpsPort) + s.Path
	}
	scheme := s.Protocol
	if s.Security == ImplicitTLS {
		scheme += "s"
	}
	return scheme + "://" + s.Addr()
}

// OverHTTPS reports whether the protocol is spoken over HTTPS: Microsoft Graph and EWS.
func (s Server) OverHTTPS() bool { return defaultPaths[s.Protocol] != "" }

var (
	defaultPorts = map[string]string{"imap": "143", "imaps": "993", "smtp": "587", "smtps": "465", "pop3": "110", "pop3s": "995"}
	defaultPaths = map[string]string{"graph": "/v1.0", "ews": "/EWS/Exchange.asmx"}
)

const httpsPort = "443"

// ParseServer reads a server URL of the given protocol. The port may be left out, and over HTTPS
// the path: then it is the one that Microsoft's servers have.
func ParseServer(protocol, text string) (Server, error) {
	if defaultPaths[protocol] != "" {
		return parseHTTPS(protocol, text)
	}
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || (u.Path != "" && u.Path != "/") {
		return Server{}, fmt.Errorf("server %q is not of the form %ss://host:port", Clean(text), protocol)
	}
	if u.Scheme != protocol && u.Scheme != protocol+"s" {
		return Server{}, fmt.Errorf("server %q does not begin with %s:// or %ss://", Clean(text), protocol, protocol)
	}
	server := Server{Protocol: protocol, Security: StartTLS, Host: u.Hostname(), Port: u.Port()}
	if u.Scheme != protocol {
		server.Security = ImplicitTLS
	}
	if server.Port == "" {
		server.Port = defaultPorts[u.Scheme]
	}
	return server, nil
}

func parseHTTPS(protocol, text string) (Server, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return Server{}, fmt.Errorf("server %q is not of the form https://host%s", Clean(text), defaultPaths[protocol])
	}
	server := Server{Protocol: protocol, Security: ImplicitTLS, Host: u.Hostname(), Port: u.Port(), Path: u.EscapedPath()}
	if server.Port == "" {
		server.Port = httpsPort
	}
	if strings.Trim(server.Path, "/") == "" {
		server.Path = defaultPaths[protocol]
	}
	return server, nil
}

// ParseAuthority reads the sign-in service's address: https, no query, a slash added at its end.
func ParseAuthority(text string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", fmt.Errorf("authority %q is not of the form https://host/", Clean(text))
	}
	return strings.TrimRight(u.String(), "/") + "/", nil
}
