package providers

import (
	"strings"
	"testing"
)

func TestServersAreReadFromTheirURLs(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, protocol, text string
		want                 Server
		shown                string // "" = as text
	}{
		{"IMAP with TLS", "imap", "imaps://outlook.office365.com:993", Server{"imap", ImplicitTLS, "outlook.office365.com", "993", ""}, ""},
		{"IMAP with STARTTLS", "imap", "imap://127.0.0.1", Server{"imap", StartTLS, "127.0.0.1", "143", ""}, "imap://127.0.0.1:143"},
		{"SMTP", "smtp", "smtp://smtp.office365.com", Server{"smtp", StartTLS, "smtp.office365.com", "587", ""}, "smtp://smtp.office365.com:587"},
		{"POP3 with TLS", "pop3", "pop3s://outlook.office365.com", Server{"pop3", ImplicitTLS, "outlook.office365.com", "995", ""}, "pop3s://outlook.office365.com:995"},
		{"POP3 with STLS", "pop3", "pop3://[::1]:10110", Server{"pop3", StartTLS, "::1", "10110", ""}, ""},
		{"Graph", "graph", "https://graph.microsoft.com/v1.0", Server{"graph", ImplicitTLS, "graph.microsoft.com", "443", "/v1.0"}, ""},
		{"Graph of a national cloud, without a path", "graph", " https://graph.microsoft.us ", Server{"graph", ImplicitTLS, "graph.microsoft.us", "443", "/v1.0"}, "https://graph.microsoft.us/v1.0"},
		{"Graph elsewhere, with a slash at its end", "graph", "https://127.0.0.1:8443/graph/", Server{"graph", ImplicitTLS, "127.0.0.1", "8443", "/graph/"}, ""},
		{"Graph at an IPv6 address", "graph", "https://[::1]/beta", Server{"graph", ImplicitTLS, "::1", "443", "/beta"}, ""},
		{"a path with percent signs", "graph", "https://proxy.example/a%2Fb", Server{"graph", ImplicitTLS, "proxy.example", "443", "/a%2Fb"}, ""},
		{"EWS", "ews", "https://outlook.office365.com/EWS/Exchange.asmx", Server{"ews", ImplicitTLS, "outlook.office365.com", "443", "/EWS/Exchange.asmx"}, ""},
		{"EWS, host alone", "ews", "https://outlook.office365.com/", Server{"ews", ImplicitTLS, "outlook.office365.com", "443", "/EWS/Exchange.asmx"}, "https://outlook.office365.com/EWS/Exchange.asmx"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := ParseServer(tc.protocol, tc.text)
			if err != nil || got != tc.want {
				t.Fatalf("%+v, %v, want %+v", got, err, tc.want)
			}
			shown := tc.shown
			if shown == "" {
				shown = tc.text
			}
			if got.String() != shown {
				t.Errorf("shown as %q, want %q", got, shown)
			}
			if again, err := ParseServer(tc.protocol, got.String()); err != nil || again != got {
				t.Errorf("read again: %+v, %v", again, err)
			}
			if got.OverHTTPS() != strings.HasPrefix(shown, "https:") {
				t.Errorf("over HTTPS: %v", got.OverHTTPS())
			}
		})
	}
	if (Server{}).String() != "" || !(Server{}).IsZero() || (Server{}).OverHTTPS() {
		t.Error("no server is shown as one")
	}
}

func TestURLsThatNameNoServer(t *testing.T) {
	t.Parallel()
	cases := []struct{ protocol, text, says string }{
		{"imap", "outlook.office365.com", "not of the form imaps://host:port"},
		{"imap", "smtps://host", "does not begin with imap:// or imaps://"},
		{"imap", "imaps://host/INBOX", "not of the form"},
		{"imap", "imaps://user@host", "not of the form"},
		{"graph", "http://graph.microsoft.com/v1.0", "not of the form https://host/v1.0"},
		{"graph", "https:///v1.0", "not of the form"},
		{"graph", "https://host/v1.0?x=1", "not of the form"},
		{"graph", "https://user:pw@host/v1.0", "not of the form"},
		{"graph", "imaps://host", "not of the form"},
		{"ews", "https://host/EWS#x", "not of the form https://host/EWS/Exchange.asmx"},
		{"ews", "\x1b[31m", `server "[31m"`},
	}
	for _, tc := range cases {
		server, err := ParseServer(tc.protocol, tc.text)
		if err == nil || !strings.Contains(err.Error(), tc.says) || !server.IsZero() {
			t.Errorf("%s %q gives %+v, %v", tc.protocol, tc.text, server, err)
		}
	}
}

func FuzzParseServer(f *testing.F) {
	f.Add("graph", "https://graph.microsoft.com/v1.0")
	f.Add("ews", "https://[::1]:8443/a%2fb/")
	f.Add("imap", "imaps://host")
	f.Fuzz(func(t *testing.T, protocol, text string) {
		server, err := ParseServer(protocol, text)
		if err != nil {
			if Clean(err.Error()) != strings.TrimSpace(err.Error()) && Clean(protocol) == protocol {
				t.Errorf("not clean: %q", err)
			}
			return
		}
		if again, err := ParseServer(protocol, server.String()); err != nil || again != server {
			t.Errorf("%q gives %+v, shown as %q, read again as %+v, %v", text, server, server, again, err)
		}
	})
}

func TestHTTPRefusalSaysTheServersNearestWords(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name    string
		refusal HTTPRefusal
		want    string
	}{
		{"Graph", HTTPRefusal{Protocol: "graph", Command: "mailFolders", Status: 403, Code: "ErrorAccessDenied", Message: "Access is denied."},
			"graph refused mailFolders: HTTP 403 ErrorAccessDenied: Access is denied."},
		{"EWS by its header", HTTPRefusal{Protocol: "ews", Command: "GetFolder", Status: 403, Diagnostics: `2000008;reason="x"`},
			`ews refused GetFolder: HTTP 403: 2000008;reason="x"`},
		{"a challenge alone", HTTPRefusal{Protocol: "graph", Command: "mailFolders", Status: 401, WWWAuthenticate: "Bearer"},
			"graph refused mailFolders: HTTP 401: Bearer"},
		{"nothing said", HTTPRefusal{Protocol: "ews", Command: "GetFolder", Status: 503}, "ews refused GetFolder: HTTP 503"},
	}
	for _, tc := range cases {
		if got := tc.refusal.Error(); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}
