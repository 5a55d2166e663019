package practice

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
)

const crm = "crm@contoso.example"

func (w *world) sender() *smtpClient {
	w.Helper()
	c, _ := w.dialSMTP()
	if got := c.auth(crm, w.appToken()); got != "235 2.7.0 Authentication successful" {
		w.Fatal(got)
	}
	return c
}

func message(from string) string {
	return "From: Mail <" + from + ">\r\nTo: x@contoso.example\r\nSubject: test\r\n\r\nhello\r\n"
}

func TestSMTPCapabilities(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	plain := w.dialSMTPPlain()
	before := strings.Split(plain.ask("EHLO client.example"), "\n")
	if !slices.Contains(before, "STARTTLS") || slices.ContainsFunc(before, func(line string) bool { return strings.HasPrefix(line, "AUTH") }) {
		t.Errorf("before TLS: %q", before)
	}
	if got := plain.ask("AUTH XOAUTH2"); got[0] != '5' {
		t.Errorf("AUTH before TLS: %q", got)
	}
	if got := plain.ask("MAIL FROM:<" + crm + ">"); !strings.HasPrefix(got, "530 5.7.57 Client not authenticated to send mail. [") {
		t.Errorf("MAIL before TLS: %q", got)
	}
	_, after := w.dialSMTP()
	for _, want := range []string{"PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8", "AUTH LOGIN XOAUTH2", fmt.Sprintf("SIZE %d", maxMessage)} {
		if !slices.Contains(after, want) {
			t.Errorf("after TLS %q lacks %s", after, want)
		}
	}
	if slices.Contains(after, "STARTTLS") {
		t.Error("STARTTLS is offered inside TLS")
	}
}

func TestSMTPSignIn(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{ExtraClaims: map[string]any{"xms_filler": strings.Repeat("x", 5000)}})
	token := w.appToken()
	c, _ := w.dialSMTP()
	if got := c.ask("AUTH XOAUTH2 " + xoauth2Response(crm, "not-a-token")); !strings.HasPrefix(got, "535 5.7.3 Authentication unsuccessful [PRACTICE.CONTOSO.EXAMPLE 2026-11-21T12:00:00.000Z ") {
		t.Errorf("a bad token: %q", got)
	}
	c.want("AUTH XOAUTH2", "334 ")
	c.want("*", "501 ")
	c.want("AUTH XOAUTH2", "334 ")
	c.want("", "535 5.7.3 ")
	c.want("AUTH XOAUTH2 =", "535 5.7.3 ")
	c.want("AUTH CRAM-MD5", "504 5.7.4 ")
	if got := c.ask("AUTH XOAUTH2 " + xoauth2Response(crm, token)); got != "235 2.7.0 Authentication successful" {
		t.Errorf("a token of %d bytes with the command: %q", len(token), got)
	}
	c.want("AUTH XOAUTH2", "503 ")
	c.want("EHLO again.example", "250 ")
	c.want("MAIL FROM:<"+crm+">", "250 ")
	c.want("RSET", "250 ")
	c.want("MAIL FROM:<"+crm+">", "250 ")
	c.want("QUIT", "221 ")
	other, _ := w.dialSMTP()
	if got := other.auth(strings.ToUpper(crm), token); !strings.HasPrefix(got, "235 ") {
		t.Errorf("a token of %d bytes after the 334: %q", len(token), got)
	}
}

func TestSMTPPasswordsAreRefused(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	name, password := base64.StdEncoding.EncodeToString([]byte(crm)), base64.StdEncoding.EncodeToString([]byte("secret"))
	const refused = "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. ["
	for dialogue, steps := range map[string][][2]string{
		"LOGIN":               {{"AUTH LOGIN", "334 VXNlcm5hbWU6"}, {name, "334 UGFzc3dvcmQ6"}, {password, refused}},
		"LOGIN with the name": {{"AUTH LOGIN " + name, "334 UGFzc3dvcmQ6"}, {password, refused}},
		"PLAIN":               {{"AUTH PLAIN", "334 "}, {password, refused}},
		"PLAIN at once":       {{"AUTH PLAIN " + password, refused}},
	} {
		c, _ := w.dialSMTP()
		for _, step := range steps {
			if got := c.ask(step[0]); !strings.HasPrefix(got, step[1]) {
				t.Errorf("%s: %s: %q, want %q", dialogue, step[0], got, step[1])
			}
		}
	}
}

func TestSMTPRights(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	alex := "alex.meyer@contoso.example"
	cases := []struct {
		name    string
		change  func(*state)
		account string // empty: the application
		address string
		want    string
	}{
		{"role and FullAccess", func(*state) {}, "", crm, "235"},
		{"role and no FullAccess", func(s *state) { s.outbound().fullAccess = nil }, "", crm, "535 5.7.3"},
		{"role, no FullAccess, but an Exchange role", func(s *state) {
			s.outbound().fullAccess = nil
			s.exchange.assignments = []assignment{{"Application SMTP.SendAsApp", []string{crm}}}
		}, "", crm, "535 5.7.3"},
		{"Exchange role alone", func(s *state) {
			s.enterprise.roles, s.outbound().fullAccess = nil, nil
			s.exchange.assignments = []assignment{{"Application SMTP.SendAsApp", []string{crm}}}
		}, "", crm, "235"},
		{"Exchange role for another mailbox", func(s *state) {
			s.enterprise.roles = nil
			s.exchange.assignments = []assignment{{"Application SMTP.SendAsApp", []string{contracts}}}
		}, "", crm, "535 5.7.3"},
		{"Exchange role without a record", func(s *state) {
			s.enterprise.roles, s.exchange.principals = nil, nil
			s.exchange.assignments = []assignment{{"Application SMTP.SendAsApp", []string{crm}}}
		}, "", crm, "535 5.7.3"},
		{"Exchange role, no licence", func(s *state) {
			s.enterprise.roles, s.outbound().licensed = nil, false
			s.exchange.assignments = []assignment{{"Application SMTP.SendAsApp", []string{crm}}}
		}, "", crm, "535 5.7.3"},
		{"a mailbox that does not exist", func(*state) {}, "", "nobody@contoso.example", "535 5.7.3"},
		{"a person for the own mailbox", func(*state) {}, crm, crm, "235"},
		{"a person for a shared mailbox", func(s *state) { s.outbound().fullAccess = []string{alex} }, alex, crm, "535 5.7.3"},
		{"a person without a licence", func(s *state) { s.outbound().licensed = false }, crm, crm, "535 5.7.3"},
		{"organisation off", func(s *state) { s.exchange.smtpAuthDisabled = true }, "", crm, "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant."},
		{"organisation off, mailbox on", func(s *state) {
			s.exchange.smtpAuthDisabled, s.outbound().smtpAuthDisabled = true, &no
		}, "", crm, "235"},
		{"organisation on, mailbox off", func(s *state) { s.outbound().smtpAuthDisabled = &yes }, "", crm, "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox."},
		{"right missing and SMTP AUTH off", func(s *state) {
			s.exchange.smtpAuthDisabled, s.outbound().fullAccess = true, nil
		}, "", crm, "535 5.7.3"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{})
			c.change(&w.state)
			var token string
			if c.account == "" {
				token = w.appToken()
			} else {
				token = w.userToken(c.account, smtpScope)
			}
			client, _ := w.dialSMTP()
			if got := client.auth(c.address, token); !strings.HasPrefix(got, c.want+" ") {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestSMTPWithoutTheScope(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	w.state.enterprise.scopes = []string{"IMAP.AccessAsUser.All"}
	c, _ := w.dialSMTP()
	if got := c.auth(crm, w.userToken(crm, imapScope)); !strings.HasPrefix(got, "535 5.7.3 ") {
		t.Errorf("%q", got)
	}
}

func TestSMTPSenders(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	shared := w.state.mailbox("sourcing@contoso.example")
	shared.sendAs = []string{crm}
	cases := []struct{ name, envelope, header, want string }{
		{"itself", crm, crm, "250 2.6.0 <"},
		{"itself in other case", strings.ToUpper(crm), crm, "250 2.6.0 <"},
		{"no envelope sender", "", crm, "250 2.6.0 <"},
		{"another in the envelope", contracts, crm, "554 5.2.252 SendAsDenied; crm@contoso.example not allowed to send as contracts@contoso.example ["},
		{"another in the header", crm, contracts, "554 5.2.252 SendAsDenied; crm@contoso.example not allowed to send as contracts@contoso.example ["},
		{"another that allows it", shared.address, shared.address, "250 2.6.0 <"},
		{"one of elsewhere", crm, "ceo@fabrikam.example", "554 5.2.252 SendAsDenied; "},
	}
	for _, c := range cases {
		client := w.sender()
		if got := client.mail(c.envelope, crm, message(c.header)); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		client.want("NOOP", "250 ") // the connection lives on
	}
}

func TestSMTPRecipients(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	w.state.mailbox("sourcing@contoso.example").licensed = false
	c := w.sender()
	c.want("MAIL FROM:<"+crm+">", "250 ")
	for to, want := range map[string]string{
		"someone@fabrikam.example": "550 5.7.64 ",
		"nobody@contoso.example":   "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient nobody@contoso.example not found",
		"sourcing@contoso.example": "550 5.1.10 ",
		contracts:                  "250 ",
	} {
		if got := c.ask("RCPT TO:<" + to + ">"); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", to, got, want)
		}
	}
}

func TestSMTPDeliversAndKeepsACopy(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	c := w.sender()
	for _, line := range []string{"MAIL FROM:<" + crm + ">", "RCPT TO:<" + contracts + ">", "RCPT TO:<" + strings.ToUpper(contracts) + ">", "RCPT TO:<" + crm + ">"} {
		c.want(line, "250 ")
	}
	c.want("DATA", "354 ")
	writer := c.text.DotWriter()
	_, _ = io.WriteString(writer, message(crm))
	_ = writer.Close()
	if got := c.reply(); !strings.HasPrefix(got, "250 2.6.0 <") || !strings.HasSuffix(got, "Queued mail for delivery") {
		t.Fatalf("%q", got)
	}
	token := w.appToken()
	for _, want := range []struct{ address, folder, status string }{
		{contracts, "INBOX", "MESSAGES 1 UNSEEN 1"},
		{crm, "INBOX", "MESSAGES 1 UNSEEN 1"},
		{crm, `"Sent Items"`, "MESSAGES 1 UNSEEN 0"},
		{contracts, `"Sent Items"`, "MESSAGES 0 UNSEEN 0"},
	} {
		reader, _ := w.dialIMAP()
		reader.ask("AUTHENTICATE XOAUTH2 " + xoauth2Response(want.address, token))
		if _, before := reader.ask("STATUS " + want.folder + " (MESSAGES UNSEEN)"); !strings.Contains(strings.Join(before, "\n"), want.status) {
			t.Errorf("%s, %s: %q, want %s", want.address, want.folder, before, want.status)
		}
	}
}

func TestSMTPPipelined(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	c := w.sender()
	if err := c.text.PrintfLine("MAIL FROM:<%s>\r\nRCPT TO:<nobody@contoso.example>\r\nRCPT TO:<%s>\r\nDATA", crm, crm); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"250 ", "550 ", "250 ", "354 "} {
		if got := c.reply(); !strings.HasPrefix(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestManyClientsAtOnce(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	var together sync.WaitGroup
	for i := range 8 {
		together.Go(func() {
			route := []string{RouteAppOnly, RouteDevice}[i%2]
			// A fault comes and goes meanwhile, so that one sign may show and no other.
			for _, line := range w.walk(route) {
				if !strings.Contains(line, "Request is throttled") {
					t.Errorf("%s: %s", route, line)
				}
			}
		})
	}
	together.Go(func() {
		for range 20 {
			_ = w.Plant("throttled-imap")
			w.Advance(1)
			_ = w.Describe()
			_ = w.do(w.request(http.MethodGet, w.Describe().Control, nil))
			_ = w.Repair("throttled-imap")
		}
	})
	together.Wait()
}
