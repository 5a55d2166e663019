//go:build realmail

package probe

import (
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

// realmail is the description that the start script of the real servers (Dovecot and Postfix)
// leaves in its state folder, which REALMAIL_STATE names.
type realmail struct {
	Addr       string         `json:"addr"`
	Ports      map[string]int `json:"ports"`
	CA         string         `json:"ca"`
	StrictAddr string         `json:"strict_addr"`
	BadTLS     struct {
		Expired    string `json:"expired"`
		WrongName  string `json:"wrong_name"`
		SelfSigned string `json:"self_signed"`
	} `json:"bad_tls"`
	Token struct {
		Mint []string `json:"mint"`
	} `json:"token"`
	roots *x509.CertPool
}

func loadRealmail(t *testing.T) realmail {
	t.Helper()
	state := os.Getenv("REALMAIL_STATE")
	if state == "" {
		t.Fatal("REALMAIL_STATE is not set: start the real mail servers and name their state folder")
	}
	text, err := os.ReadFile(filepath.Join(state, "realmail.json"))
	if err != nil {
		t.Fatal(err)
	}
	var servers realmail
	if err := json.Unmarshal(text, &servers); err != nil {
		t.Fatal(err)
	}
	ca, err := os.ReadFile(servers.CA)
	if err != nil {
		t.Fatal(err)
	}
	servers.roots = x509.NewCertPool()
	if !servers.roots.AppendCertsFromPEM(ca) || len(servers.Token.Mint) < 2 {
		t.Fatal("realmail.json names no authority or no way to mint tokens")
	}
	return servers
}

// token mints one; options are the script's, such as --case expired.
func (r realmail) token(t *testing.T, user string, options ...string) keychain.Secret {
	t.Helper()
	arguments := append([]string{r.Token.Mint[1], "--user", user}, options...)
	out, err := exec.Command(r.Token.Mint[0], arguments...).Output()
	if err != nil {
		t.Fatalf("minting a token for %s: %v", user, err)
	}
	return keychain.NewSecret(strings.TrimSpace(string(out)))
}

// server is the one of a scheme: imap, imaps, smtp, smtps, pop3 or pop3s.
func (r realmail) server(t *testing.T, scheme, host string) providers.Server {
	t.Helper()
	server, err := providers.ParseServer(strings.TrimSuffix(scheme, "s"), fmt.Sprintf("%s://%s:%d", scheme, host, r.Ports[scheme]))
	if err != nil {
		t.Fatal(err)
	}
	return server
}

var realSchemes = []string{"imap", "imaps", "smtp", "smtps", "pop3", "pop3s"}

func TestRealServers(t *testing.T) {
	servers := loadRealmail(t)
	const (
		alice = "alice@example.test"
		carol = "carol@example.test"
		dave  = "dave@example.test"
		erin  = "erin@example.test"
	)
	cases := []struct {
		name    string
		schemes []string
		host    string // default: the usual address
		user    string
		mint    []string
		edit    func(*Attempt)
		failed  providers.Layer // "" = passed
		says    string          // part of the failed or of the last layer's detail
		check   func(error) bool
	}{
		{name: "good token", schemes: realSchemes, user: alice},
		{name: "good token where nothing is accepted before TLS", schemes: realSchemes, user: alice, host: servers.StrictAddr},
		{name: "token of 2 kB", schemes: realSchemes, user: alice, mint: []string{"--pad", "1000"}},
		{name: "token of 5 kB", schemes: realSchemes, user: alice, mint: []string{"--pad", "3000"}},
		{name: "expired", schemes: realSchemes, user: alice, mint: []string{"--case", "expired"}, failed: providers.LayerSASL, check: isChallenged("401")},
		{name: "not yet valid", schemes: realSchemes, user: alice, mint: []string{"--case", "not-yet"}, failed: providers.LayerSASL, check: isChallenged("401")},
		{name: "wrong audience", schemes: realSchemes, user: alice, mint: []string{"--case", "wrong-aud"}, failed: providers.LayerSASL, check: isChallenged("401")},
		{name: "wrong user", schemes: realSchemes, user: alice, mint: []string{"--case", "wrong-user"}, failed: providers.LayerSASL, check: isChallenged("401")},
		{name: "bad signature", schemes: realSchemes, user: alice, mint: []string{"--case", "bad-signature"}, failed: providers.LayerSASL, check: isChallenged("401")},
		{name: "garbage", schemes: realSchemes, user: alice, mint: []string{"--case", "garbage"}, failed: providers.LayerSASL, check: isChallenged("401")},
		{name: "IMAP token over POP3", schemes: []string{"pop3", "pop3s"}, user: alice, mint: []string{"--case", "imap-only"}, failed: providers.LayerSASL, says: "-ERR [AUTH]"},
		{name: "POP3 switched off for the mailbox", schemes: []string{"pop3", "pop3s"}, user: carol, failed: providers.LayerSASL, says: "-ERR [AUTH]"},
		{name: "no mailbox over POP3", schemes: []string{"pop3", "pop3s"}, user: dave, failed: providers.LayerSASL, says: "closed the connection", check: isStage(providers.StageDialogue)},
		{name: "mailbox that cannot be opened over POP3", schemes: []string{"pop3", "pop3s"}, user: erin, failed: providers.LayerMailbox, says: "-ERR [SYS/TEMP]"},
		{name: "response longer than Dovecot takes over POP3", schemes: []string{"pop3s"}, user: alice, mint: []string{"--pad", "5000"}, failed: providers.LayerSASL, says: "closed the connection"},
		{name: "IMAP token over SMTP", schemes: []string{"smtp", "smtps"}, user: alice, mint: []string{"--case", "imap-only"}, failed: providers.LayerSASL, says: "535 5.7.8"},
		{name: "SMTP token over IMAP", schemes: []string{"imap", "imaps"}, user: alice, mint: []string{"--case", "smtp-only"}, failed: providers.LayerSASL, says: "AUTHENTICATIONFAILED"},
		{name: "SMTP switched off for the mailbox", schemes: []string{"smtp", "smtps"}, user: carol, failed: providers.LayerSASL, says: "535 5.7.8"},
		{name: "IMAP left on for the same", schemes: []string{"imap", "imaps"}, user: carol},
		{name: "no mailbox over IMAP", schemes: []string{"imap", "imaps"}, user: dave, failed: providers.LayerSASL, says: "closed the connection", check: isStage(providers.StageDialogue)},
		{name: "no mailbox over SMTP", schemes: []string{"smtp", "smtps"}, user: dave},
		{name: "mailbox that cannot be opened", schemes: []string{"imap", "imaps"}, user: erin, failed: providers.LayerMailbox, says: "SERVERBUG"},
		{name: "folder that does not exist", schemes: []string{"imap", "imaps"}, user: alice, edit: func(a *Attempt) { a.Folder = "Verträge" }, failed: providers.LayerMailbox, says: "doesn't exist"},
		{name: "expired certificate", schemes: realSchemes, user: alice, host: servers.BadTLS.Expired, failed: providers.LayerTLS, check: isInvalid(x509.Expired)},
		{name: "certificate for another name", schemes: realSchemes, user: alice, host: servers.BadTLS.WrongName, failed: providers.LayerTLS, check: isError[x509.HostnameError]},
		{name: "self-signed certificate", schemes: realSchemes, user: alice, host: servers.BadTLS.SelfSigned, failed: providers.LayerTLS, check: isError[x509.UnknownAuthorityError]},
		{name: "one message", schemes: []string{"smtp", "smtps"}, user: alice, edit: func(a *Attempt) { a.Recipient = alice }, says: "accepted: 2.0.0"},
		{name: "message as someone else", schemes: []string{"smtp"}, user: alice, edit: func(a *Attempt) { a.Recipient, a.Sender = alice, "bob@example.test" }, failed: providers.LayerSend, says: "553 5.7.1"},
		{name: "message to nobody", schemes: []string{"smtps"}, user: alice, edit: func(a *Attempt) { a.Recipient = "nobody@example.test" }, failed: providers.LayerSend, says: "550 5.1.1"},
		{name: "response longer than Postfix takes", schemes: []string{"smtps"}, user: alice, mint: []string{"--pad", "7000"}, failed: providers.LayerSASL, says: "500 5.5.6"},
		{name: "response longer than Dovecot takes", schemes: []string{"imaps"}, user: alice, mint: []string{"--pad", "5000"}, failed: providers.LayerSASL, says: "closed the connection"},
		{name: "STARTTLS asked of an implicit TLS port", schemes: []string{"imap", "smtp", "pop3"}, user: alice, edit: swapPort(servers), failed: providers.LayerTLS, says: "speaks TLS from the first byte"},
		{name: "TLS asked of a STARTTLS port", schemes: []string{"imaps", "smtps", "pop3s"}, user: alice, edit: swapPort(servers), failed: providers.LayerTLS, check: isRecordHeader},
	}
	for _, tc := range cases {
		for _, scheme := range tc.schemes {
			t.Run(tc.name+" over "+scheme, func(t *testing.T) {
				t.Parallel()
				host := tc.host
				if host == "" {
					host = servers.Addr
				}
				attempt := Attempt{Server: servers.server(t, scheme, host), Mailbox: providers.Address(tc.user), Token: servers.token(t, tc.user, tc.mint...)}
				if tc.edit != nil {
					tc.edit(&attempt)
				}
				var trace transcript
				result := Prober{Endpoints: providers.Endpoints{Roots: servers.roots}, Patience: testPatience, Trace: trace.add}.Run(t.Context(), attempt)
				t.Logf("%s\n%s", show(result), trace.text())
				checkShape(t, result)
				checkSecrecy(t, result, trace.text(), attempt)
				failed, detail := failedLayer(result)
				if failed != tc.failed || !strings.Contains(detail, tc.says) {
					t.Errorf("failed at %q saying %q, want %q saying %q", failed, detail, tc.failed, tc.says)
				}
				if tc.check != nil && !tc.check(result.Failure) {
					t.Errorf("failure is of another kind: %v", result.Failure)
				}
			})
		}
	}
}

// swapPort puts the other port of the protocol into an attempt.
func swapPort(servers realmail) func(*Attempt) {
	return func(a *Attempt) {
		scheme := a.Server.Protocol
		if a.Server.Security == providers.StartTLS {
			scheme += "s"
		}
		a.Server.Port = fmt.Sprint(servers.Ports[scheme])
	}
}

// A message goes round: handed in over SMTP, found over IMAP, counted over POP3.
func TestRealMessageArrives(t *testing.T) {
	servers := loadRealmail(t)
	const bob = "bob@example.test"
	token := servers.token(t, bob)
	prober := Prober{Endpoints: providers.Endpoints{Roots: servers.roots}, Patience: testPatience}
	run := func(scheme string, edit func(*Attempt)) Result {
		attempt := Attempt{Server: servers.server(t, scheme, servers.Addr), Mailbox: bob, Token: token}
		edit(&attempt)
		result := prober.Run(t.Context(), attempt)
		if result.Outcome != providers.Passed {
			t.Fatal(show(result))
		}
		return result
	}
	sent := run("smtp", func(a *Attempt) { a.Recipient = bob })
	if missing := run("imaps", func(a *Attempt) { a.Find = "<nobody-sent-this@example.test>" }); missing.Found {
		t.Errorf("a message that nobody sent is found: %s", show(missing))
	}
	for range 500 { // each a connection, so that no clock is needed
		arrived := run("imaps", func(a *Attempt) { a.Find = sent.MessageID })
		if !arrived.Found {
			continue
		}
		if counted := run("pop3s", func(*Attempt) {}); counted.Messages != arrived.Messages {
			t.Errorf("IMAP counts %d messages, POP3 %d", arrived.Messages, counted.Messages)
		}
		return
	}
	t.Errorf("message %s did not arrive", sent.MessageID)
}

func TestRealServersManyAtOnce(t *testing.T) {
	servers := loadRealmail(t)
	token := servers.token(t, "alice@example.test")
	prober := Prober{Endpoints: providers.Endpoints{Roots: servers.roots}}
	var group sync.WaitGroup
	for n := range 20 {
		server := servers.server(t, realSchemes[n%len(realSchemes)], servers.Addr)
		group.Go(func() {
			if result := prober.Run(t.Context(), Attempt{Server: server, Mailbox: "alice@example.test", Token: token}); result.Outcome != providers.Passed {
				t.Error(show(result), errors.Unwrap(result.Failure))
			}
		})
	}
	group.Wait()
}

func isChallenged(status string) func(error) bool {
	return func(err error) bool {
		var reply *providers.Reply
		return errors.As(err, &reply) && reply.Challenge != nil && reply.Challenge.Status == status
	}
}
