package practice

import (
	"strings"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/probe"
)

const (
	graph1     = "https://graph.microsoft.com/"
	popScope   = exchange1 + "POP.AccessAsUser.All"
	ewsScope   = exchange1 + "EWS.AccessAsUser.All"
	graphScope = graph1 + "Mail.ReadWrite " + graph1 + "Mail.Send " + graph1 + "User.Read"
)

// graphToken is an application's token for Graph.
func (w *world) graphToken() string {
	w.Helper()
	form := w.appForm()
	form.Set("scope", graph1+".default")
	a := w.post(tokenPath, form)
	if a.word("access_token") == "" {
		w.Fatalf("no token for Graph: %s", a.text)
	}
	return a.word("access_token")
}

// test is the program's own test of one mailbox.
func (w *world) test(protocol, server string, attempt probe.Attempt, token string) probe.Result {
	w.Helper()
	parsed, err := providers.ParseServer(protocol, server)
	if err != nil {
		w.Fatal(err)
	}
	attempt.Server, attempt.Token = parsed, keychain.NewSecret(token)
	attempt.TokenLayer = probe.LayerResult{Layer: providers.LayerToken, Outcome: providers.Passed}
	prober := probe.Prober{Endpoints: providers.Endpoints{Roots: w.pool}, Patience: 20 * time.Second, Now: func() time.Time { return noon }}
	if w.silent == protocol {
		prober.Patience = 200 * time.Millisecond
	}
	return prober.Run(w.Context(), attempt)
}

func TestTheProgramsOwnTestsPassOnTheHealthyTenant(t *testing.T) {
	t.Parallel()
	const box, other = "crm@contoso.example", "contracts@contoso.example"
	w := practise(t, Options{})
	served := w.endpoints()
	application, person := w.appToken(), w.userToken(box, popScope)
	graphPerson := w.userToken(box, graphScope)
	cases := []struct {
		name, protocol, server, token string
		attempt                       probe.Attempt
	}{
		{"POP3, an application", "pop3", served.POP3, application, probe.Attempt{Mailbox: box, AppOnly: true}},
		{"POP3, a person", "pop3", served.POP3, person, probe.Attempt{Mailbox: box, SignedIn: box}},
		{"POP3 with STLS", "pop3", w.StartTLSPOP3(), person, probe.Attempt{Mailbox: box}},
		{"Graph, an application", "graph", served.Graph, w.graphToken(), probe.Attempt{Mailbox: box, AppOnly: true, Recipient: other}},
		{"Graph with its version", "graph", served.Graph + "v1.0", w.graphToken(), probe.Attempt{Mailbox: box, AppOnly: true, Recipient: other}},
		{"Graph, a person", "graph", served.Graph, graphPerson, probe.Attempt{Mailbox: box, SignedIn: box, Recipient: other}},
		{"Graph, a person by address", "graph", served.Graph, graphPerson, probe.Attempt{Mailbox: box, Recipient: other}},
		{"Graph, another folder", "graph", served.Graph, graphPerson, probe.Attempt{Mailbox: box, Folder: "sentitems"}},
		{"EWS, an application", "ews", served.EWS, application, probe.Attempt{Mailbox: box, AppOnly: true}},
		{"EWS, a person", "ews", served.EWS, person, probe.Attempt{Mailbox: box}},
		{"EWS by another spelling", "ews", strings.ToLower(served.EWS), person, probe.Attempt{Mailbox: box}},
	}
	sent := 0
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			result := w.test(c.protocol, c.server, c.attempt, c.token)
			if result.Outcome != providers.Passed {
				t.Fatalf("%s: %v", result.Outcome, result.Failure)
			}
			if c.attempt.Recipient != "" {
				sent++
			}
		})
	}
	if found := w.test("pop3", served.POP3, probe.Attempt{Mailbox: other, AppOnly: true}, application); found.Messages != sent || sent == 0 {
		t.Errorf("%d messages arrived, want %d", found.Messages, sent)
	}
}
