package main

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/mailgrant/mailgrant/steps"
)

// opaque is an access token that says nothing about itself, as most identity providers other
// than Entra hand them out.
const opaque = "2.0:opaque-Zm9yZWlnbg"

// TestForeignServers proves a connection at an identity provider and mail servers that are not
// Microsoft's: what the token shows is not known, so the servers alone decide.
func TestForeignServers(t *testing.T) {
	t.Parallel()
	service := httptest.NewUnstartedServer(nil)
	service.Config.Handler = identityProvider(service)
	service.StartTLS()
	defer service.Close()
	var delivered atomic.Int32
	imap := serveTLS(t, service, talkIMAP)
	smtp := serveTLS(t, service, func(c *dialogue) { talkSMTP(c, &delivered) })

	c := newConsole(t)
	c.env["MAILGRANT_CLIENT_SECRET"] = "a~secret~of~another~form"
	file := c.answersFor(service, "imaps://"+imap, "smtps://"+smtp)
	c.want(exitOK, "setup", "--answers", file, "--store", "file", "--json", "--send-to", "reports@mail.example")
	var report checkJSON
	strict(t, c.out.String(), &report)
	if !report.Verified || report.State != "verified" || len(report.Results) != 2 {
		t.Errorf("the connection is not verified: %s", c.out.String())
	}
	for _, result := range report.Results {
		for _, layer := range result.Layers {
			if layer.Layer == "claims" && layer.Outcome != "skipped" {
				t.Errorf("%s: claims are %s although the token cannot be read", result.Probe, layer.Outcome)
			}
		}
	}
	if delivered.Load() != 1 {
		t.Errorf("%d messages were sent, want 1", delivered.Load())
	}
	c.eachFile(func(path string, text []byte) {
		if strings.Contains(string(text), opaque) {
			t.Errorf("the token stands in %s", path)
		}
	})
	if strings.Contains(c.out.String()+c.talk.String(), opaque) {
		t.Error("the token was printed")
	}
}

// answersFor writes an answers file for servers with the certificate of service.
func (c *console) answersFor(service *httptest.Server, imap, smtp string) string {
	c.t.Helper()
	folder := c.t.TempDir()
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: service.Certificate().Raw})
	text, err := yaml.Marshal(steps.Answers{
		Product: "agiloft", Route: "ms-mail-cc", Name: "foreign", Tenant: "realm-7", ClientID: "11111111-2222-3333-4444-555555555555",
		Mailboxes: steps.MailboxAnswers{
			Outbound: &steps.MailboxAnswer{Address: "crm@mail.example"},
			Inbound:  []steps.MailboxAnswer{{Address: "contracts@mail.example", Table: "Contract"}},
		},
		// The path is relative to the file, not to where the program runs.
		Endpoints: steps.EndpointAnswers{Authority: service.URL + "/", IMAP: imap, SMTP: smtp, CAFile: "ca.pem"},
	})
	if err != nil {
		c.t.Fatal(err)
	}
	path := filepath.Join(folder, "answers.yaml")
	for name, content := range map[string][]byte{path: text, filepath.Join(folder, "ca.pem"): certificate} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			c.t.Fatal(err)
		}
	}
	return path
}

// identityProvider publishes metadata for the realm and hands out the opaque token.
func identityProvider(service *httptest.Server) http.Handler {
	answer := func(w http.ResponseWriter, body map[string]any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(body)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /realm-7/v2.0/.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, map[string]any{"issuer": service.URL + "/realm-7", "token_endpoint": service.URL + "/realm-7/oauth2/v2.0/token"})
	})
	mux.HandleFunc("POST /realm-7/oauth2/v2.0/token", func(w http.ResponseWriter, r *http.Request) {
		_, password, basic := r.BasicAuth()
		if r.PostFormValue("grant_type") != "client_credentials" || (r.PostFormValue("client_secret") == "" && (!basic || password == "")) {
			w.WriteHeader(http.StatusBadRequest)
			answer(w, map[string]any{"error": "invalid_client"})
			return
		}
		answer(w, map[string]any{"access_token": opaque, "token_type": "Bearer", "expires_in": 600})
	})
	return mux
}

// dialogue is one client of a line-based server.
type dialogue struct {
	reader *bufio.Reader
	conn   net.Conn
}

func (d *dialogue) say(format string, values ...any) { fmt.Fprintf(d.conn, format+"\r\n", values...) }

func (d *dialogue) hear() (string, bool) {
	line, err := d.reader.ReadString('\n')
	return strings.TrimRight(line, "\r\n"), err == nil
}

// accepts reads an XOAUTH2 response, which may follow the command or come after a challenge.
func (d *dialogue) accepts(response, challenge string) bool {
	if response == "" {
		d.say("%s", challenge)
		response, _ = d.hear()
	}
	text, err := base64.StdEncoding.DecodeString(response)
	return err == nil && strings.HasPrefix(string(text), "user=") && strings.HasSuffix(string(text), "\x01auth=Bearer "+opaque+"\x01\x01")
}

// serveTLS talks to every client, with the certificate of service.
func serveTLS(t *testing.T, service *httptest.Server, talk func(*dialogue)) string {
	t.Helper()
	door, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: service.TLS.Certificates})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = door.Close() })
	go func() {
		for {
			conn, err := door.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				talk(&dialogue{bufio.NewReader(conn), conn})
			}()
		}
	}()
	return door.Addr().String()
}

func talkIMAP(d *dialogue) {
	d.say("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] Dovecot ready.")
	for {
		line, ok := d.hear()
		words := append(strings.Fields(line), "", "", "", "")
		tag, verb := words[0], strings.ToUpper(words[1])
		switch {
		case !ok:
			return
		case verb == "AUTHENTICATE" && d.accepts(words[3], "+ "):
			d.say("%s OK [CAPABILITY IMAP4rev1] Logged in", tag)
		case verb == "AUTHENTICATE":
			d.say("%s NO [AUTHENTICATIONFAILED] Authentication failed.", tag)
		case verb == "EXAMINE":
			d.say("* FLAGS ()")
			d.say("* 3 EXISTS")
			d.say("* 0 RECENT")
			d.say("* OK [UIDVALIDITY 1] UIDs valid")
			d.say("* OK [UIDNEXT 4] Predicted next UID")
			d.say("%s OK [READ-ONLY] Examine completed", tag)
		case verb == "CAPABILITY":
			d.say("* CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2")
			d.say("%s OK done", tag)
		default:
			d.say("%s OK done", tag)
		}
	}
}

func talkSMTP(d *dialogue, delivered *atomic.Int32) {
	d.say("220 mail.example ESMTP Postfix")
	for {
		line, ok := d.hear()
		words := append(strings.Fields(line), "", "", "")
		switch verb := strings.ToUpper(words[0]); {
		case !ok:
			return
		case verb == "EHLO":
			d.say("250-mail.example")
			d.say("250-PIPELINING")
			d.say("250 AUTH PLAIN XOAUTH2")
		case verb == "AUTH" && d.accepts(words[2], "334 "):
			d.say("235 2.7.0 Authentication successful")
		case verb == "AUTH":
			d.say("535 5.7.8 Error: authentication failed")
		case verb == "DATA":
			d.say("354 End data with <CR><LF>.<CR><LF>")
			for line, ok := d.hear(); ok && line != "."; line, ok = d.hear() {
			}
			delivered.Add(1)
			d.say("250 2.0.0 Ok: queued as 4F2A")
		case verb == "QUIT":
			d.say("221 2.0.0 Bye")
			return
		default:
			d.say("250 2.0.0 Ok")
		}
	}
}
