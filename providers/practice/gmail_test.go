package practice

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net"
	"net/textproto"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/probe"
)

// challenge400 is the challenge before a refusal, as it is written in reports all over the world.
const challenge400 = "eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ=="

func oauthbearerResponse(address, token string) string {
	return base64.StdEncoding.EncodeToString([]byte("n,a=" + address + ",\x01host=127.0.0.1\x01port=993\x01auth=Bearer " + token + "\x01\x01"))
}

func (w *world) googleToken(account string) string {
	w.Helper()
	return w.googleSignIn(account).word("access_token")
}

func (w *world) dialTLS(address string) net.Conn {
	w.Helper()
	conn, err := tls.Dial("tcp", address, w.tls())
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	return conn
}

func (w *world) dialGmailIMAP() *imapClient {
	w.Helper()
	c, greeting := w.imapOn(w.dialTLS(w.ports.gmailIMAPS))
	if !strings.HasPrefix(greeting, "* OK Gimap ready for requests from ") {
		w.Errorf("greeting %q", greeting)
	}
	return c
}

// gmailAuth signs in and answers a challenge with an empty line; it returns the end and the challenge.
func (c *imapClient) gmailAuth(mechanism, response string) (end, challenge string) {
	c.Helper()
	c.tag++
	tag := fmt.Sprintf("A%d", c.tag)
	c.send(tag + " AUTHENTICATE " + mechanism + " " + response)
	for {
		line := c.line()
		switch {
		case strings.HasPrefix(line, "+ "):
			challenge = line[2:]
			c.send("")
		case strings.HasPrefix(line, tag+" "):
			return line[len(tag)+1:], challenge
		}
	}
}

func (w *world) dialGmailPOP3() *popClient {
	w.Helper()
	conn := w.dialTLS(w.ports.gmailPOP3S)
	c := &popClient{T: w.T, conn: conn, reader: bufio.NewReader(conn)}
	if greeting := c.line(); !strings.HasPrefix(greeting, "+OK Gpop ready for requests from ") {
		w.Errorf("greeting %q", greeting)
	}
	return c
}

// dialGmailSMTP greets, starts TLS and greets again.
func (w *world) dialGmailSMTP() *smtpClient {
	w.Helper()
	conn, err := net.Dial("tcp", w.ports.gmailSMTP)
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	c := &smtpClient{T: w.T, conn: conn, text: textproto.NewConn(conn)}
	if greeting := c.reply(); !strings.HasPrefix(greeting, "220 smtp.gmail.com ESMTP") {
		w.Fatalf("greeting %q", greeting)
	}
	c.want("EHLO client.example", "250 ")
	c.want("STARTTLS", "220 ")
	c.text = textproto.NewConn(tls.Client(conn, w.tls()))
	c.want("EHLO client.example", "250 ")
	return c
}

func TestGmailLetsATokenIn(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	token := w.googleToken(contracts)
	for mechanism, response := range map[string]string{xoauth2: xoauth2Response(contracts, token), oauthbearer: oauthbearerResponse(strings.ToUpper(contracts), token)} {
		c := w.dialGmailIMAP()
		if end, _ := c.gmailAuth(mechanism, response); end != "OK "+contracts+" authenticated (Success)" {
			t.Fatalf("%s: %q", mechanism, end)
		}
		_, folders := c.ask(`LIST "" "*"`)
		if all := strings.Join(folders, "\n"); !strings.Contains(all, `"[Gmail]/All Mail"`) || !strings.Contains(all, "INBOX") || strings.Contains(all, "Sent Items") {
			t.Errorf("folders %q", folders)
		}
		if got, _ := c.ask("EXAMINE INBOX"); !strings.HasPrefix(got, "OK ") {
			t.Errorf("EXAMINE: %q", got)
		}
		if got, _ := c.ask(`EXAMINE "Nowhere"`); got != "NO [NONEXISTENT] Unknown Mailbox: Nowhere (Failure)" {
			t.Errorf("a folder that is not there: %q", got)
		}
	}
	p := w.dialGmailPOP3()
	if got := p.ask("AUTH XOAUTH2 " + xoauth2Response(contracts, token)); got != "+OK Welcome." {
		t.Errorf("POP3 at once: %q", got)
	}
	p = w.dialGmailPOP3()
	p.ask("AUTH OAUTHBEARER")
	if got := p.ask(oauthbearerResponse(contracts, token)); got != "+OK Welcome." {
		t.Errorf("POP3 in two steps: %q", got)
	}
	if got := p.ask("STAT"); got != "+OK 0 0" {
		t.Errorf("STAT: %q", got)
	}
	if got := p.ask("RETR 1"); got != "-ERR Message number out of range. practice" {
		t.Errorf("RETR: %q", got)
	}
	if got := p.ask("QUIT"); got != "+OK Farewell. practice" {
		t.Errorf("QUIT: %q", got)
	}
	s := w.dialGmailSMTP()
	if got := s.ask("AUTH XOAUTH2 " + xoauth2Response(contracts, token)); got != "235 2.7.0 Accepted" {
		t.Errorf("SMTP: %q", got)
	}
}

func TestGmailRefusesAfterAChallenge(t *testing.T) {
	t.Parallel()
	const credentials, mailbox = "NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", "NO Lookup failed practice"
	cases := map[string]struct {
		change func(*world)
		untick bool
		user   string
		token  string
		imap   string
		pop    string // where it is not the usual
		smtp   bool   // whether SMTP lets in
	}{
		"no token of Google's":     {token: "ya29.nothing", imap: credentials},
		"a token that is over":     {change: func(w *world) { w.Advance(time.Hour) }, imap: credentials},
		"a token that was revoked": {change: func(w *world) { revokeAll(w) }, imap: credentials},
		"too small a scope":        {untick: true, imap: credentials},
		"another mailbox":          {user: contracts, imap: credentials},
		"a user without Gmail":     {change: func(w *world) { w.change(func(s *state) { s.google.used(crm).gmail = false }) }, imap: mailbox},
		"IMAP off for the domain": {
			change: func(w *world) { w.change(func(s *state) { s.google.workspace.imapOff = true }) },
			imap:   "NO [ALERT] IMAP access is disabled for your domain. Please contact your domain administrator for questions about this feature. (Failure)",
			pop:    "+OK Welcome.", smtp: true,
		},
		"POP off for the domain": {
			change: func(w *world) { w.change(func(s *state) { s.google.workspace.popOff = true }) },
			imap:   "OK crm@contoso.example authenticated (Success)",
			pop:    "-ERR [SYS/PERM] Your account is not enabled for POP access. ", smtp: true,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{})
			w.change(func(s *state) { s.person.unticks = c.untick })
			token, user := w.googleToken(crm), crm
			if c.token != "" {
				token = c.token
			}
			if c.user != "" {
				user = c.user
			}
			if c.change != nil {
				c.change(w)
			}
			end, challenge := w.dialGmailIMAP().gmailAuth(xoauth2, xoauth2Response(user, token))
			if end != c.imap || strings.HasPrefix(end, "NO") != (challenge == challenge400) {
				t.Errorf("IMAP: %q after %q", end, challenge)
			}
			pop := "-ERR [AUTH] Username and password not accepted."
			if c.pop != "" {
				pop = c.pop
			}
			p := w.dialGmailPOP3()
			got := p.ask("AUTH XOAUTH2 " + xoauth2Response(user, token))
			if got == "+ "+challenge400 {
				got = p.ask("")
			}
			if !strings.HasPrefix(got, pop) {
				t.Errorf("POP3: %q", got)
			}
			s := w.dialGmailSMTP()
			got = s.ask("AUTH XOAUTH2 " + xoauth2Response(user, token))
			if !c.smtp {
				if got != "334 "+challenge400 {
					t.Errorf("SMTP's challenge: %q", got)
				}
				got = s.ask("")
			}
			want := "535 5.7.8 Username and Password not accepted. For more information, go to\n5.7.8  https://support.google.com/mail/?p=BadCredentials practice - gsmtp"
			if c.smtp {
				want = "235 2.7.0 Accepted"
			}
			if got != want {
				t.Errorf("SMTP: %q", got)
			}
		})
	}
}

func revokeAll(w *world) {
	w.Tenant.mutex.Lock()
	defer w.Tenant.mutex.Unlock()
	for _, access := range w.vault.access {
		access.grant.revoked = true
	}
}

func TestGmailTakesNoPasswordsAndNoNonsense(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	plain := base64.StdEncoding.EncodeToString([]byte("\x00crm@contoso.example\x00secret"))
	c := w.dialGmailIMAP()
	for command, want := range map[string]string{
		"LOGIN crm@contoso.example secret":    "NO [ALERT] Application-specific password required: ",
		"AUTHENTICATE PLAIN " + plain:         "NO [ALERT] Application-specific password required: ",
		"AUTHENTICATE XOAUTH2 !!!":            "BAD Invalid SASL argument. ",
		"AUTHENTICATE XOAUTH2 dXNlcj14":       "BAD Invalid SASL argument. ",
		"AUTHENTICATE OAUTHBEARER bixhPXgsAQ": "BAD Invalid SASL argument. ",
		"AUTHENTICATE XOAUTH2 *":              "BAD Authentication exchange cancelled ",
		"AUTHENTICATE SCRAM-SHA-1":            "BAD Unknown command ",
		"SELECT INBOX":                        "BAD Unknown command ",
		"CAPABILITY":                          "OK Thats all she wrote!",
		"ID NIL":                              "OK Success",
		"NOOP":                                "OK Success",
	} {
		if got, _ := c.ask(command); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q", command, got)
		}
	}
	if end, before := c.ask("LOGOUT"); !strings.HasPrefix(end, "OK ") || !slices.Contains(before, "* BYE LOGOUT Requested") {
		t.Errorf("LOGOUT: %q %q", end, before)
	}
	p := w.dialGmailPOP3()
	for _, step := range []struct{ command, want string }{
		{"USER crm@contoso.example", "+OK send PASS"}, {"PASS secret", "-ERR [AUTH] Application-specific password required: "},
		{"AUTH PLAIN " + plain, "-ERR [AUTH] Application-specific password required: "}, {"AUTH CRAM-MD5", "-ERR Unsupported auth mechanism."},
		{"AUTH XOAUTH2 !!!", "-ERR malformed command"}, {"AUTH XOAUTH2 *", "-ERR Authentication exchange cancelled."},
		{"AUTH XOAUTH2 dXNlcj14", "+ " + challenge400}, {"", "-ERR [AUTH] Username and password not accepted."}, {"STAT", "-ERR bad command"},
	} {
		if got := p.ask(step.command); !strings.HasPrefix(got, step.want) {
			t.Errorf("%s: %q", step.command, got)
		}
	}
	s := w.dialGmailSMTP()
	if got := s.ask("MAIL FROM:<crm@contoso.example>"); !strings.HasPrefix(got, "530 5.7.0 Authentication Required. ") || !strings.Contains(got, "gsmtp") {
		t.Errorf("without a sign-in: %q", got)
	}
	if got := s.ask("AUTH PLAIN " + plain); !strings.HasPrefix(got, "534 5.7.9 Application-specific password required. ") {
		t.Errorf("PLAIN: %q", got)
	}
	s.want("AUTH LOGIN", "334 ")
	s.want("Y3Jt", "334 ")
	if got := s.ask("eA=="); !strings.HasPrefix(got, "534 5.7.9 ") {
		t.Errorf("LOGIN: %q", got)
	}
	if got := s.ask("AUTH CRAM-MD5"); !strings.HasPrefix(got, "504 5.7.4 ") {
		t.Errorf("CRAM-MD5: %q", got)
	}
}

func TestGmailDeliversToItsOwnMailboxesAlone(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	s := w.dialGmailSMTP()
	s.want("AUTH XOAUTH2 "+xoauth2Response(crm, w.googleToken(crm)), "235 ")
	if got := s.mail(crm, contracts, "From: someone@else.example\r\nTo: "+contracts+"\r\nSubject: hello\r\n\r\nbody\r\n"); !strings.HasPrefix(got, "250 2.0.0 OK ") {
		t.Fatal(got)
	}
	if got := s.mail(crm, "someone@elsewhere.example", "x"); !strings.HasPrefix(got, "550 5.7.1 ") {
		t.Errorf("to another company: %q", got)
	}
	if got := s.mail(crm, "nobody@contoso.example", "x"); !strings.HasPrefix(got, "550 5.1.1 ") || !strings.Contains(got, "NoSuchUser") {
		t.Errorf("to nobody: %q", got)
	}
	for folder, account := range map[string]string{"INBOX": contracts, allMail: contracts, sentMail: crm} {
		c := w.dialGmailIMAP()
		if end, _ := c.gmailAuth(xoauth2, xoauth2Response(account, w.googleToken(account))); !strings.HasPrefix(end, "OK ") {
			t.Fatal(end)
		}
		if got, _ := c.ask(fmt.Sprintf("EXAMINE %q", folder)); !strings.HasPrefix(got, "OK ") {
			t.Fatal(got)
		}
		_, fetched := c.ask("FETCH 1 BODY.PEEK[HEADER]")
		if text := strings.Join(fetched, "\n"); !strings.Contains(text, "From: <crm@contoso.example>") || !strings.Contains(text, "X-Google-Original-From: someone@else.example") {
			t.Errorf("%s of %s: %q", folder, account, text)
		}
	}
	if got := w.tryFolder(Mailbox{Address: contracts}, w.appToken()); got != "" {
		t.Errorf("Exchange's mailbox: %s", got)
	}
	p := w.dialPOP3()
	p.ask("AUTH XOAUTH2")
	p.ask(xoauth2Response(contracts, w.appToken()))
	if got := p.ask("STAT"); got != "+OK 0 0" {
		t.Errorf("Gmail's mail is in Exchange too: %q", got)
	}
}

func TestGmailsLimits(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	token := w.googleToken(crm)
	s := w.dialGmailSMTP()
	s.want("AUTH XOAUTH2 "+xoauth2Response(crm, token), "235 ")
	w.change(func(s *state) { s.google.used(crm).recipients = maxGmailRecipients })
	if got := s.mail(crm, crm, "Subject: x\r\n\r\nx"); !strings.HasPrefix(got, "550 5.4.5 Daily user sending limit exceeded. ") {
		t.Errorf("over the day's limit: %q", got)
	}
	w.change(func(s *state) { s.google.used(crm).tooManyLogins = true })
	s = w.dialGmailSMTP()
	s.want("AUTH XOAUTH2 "+xoauth2Response(crm, token), "334 ")
	if got := s.ask(""); !strings.HasPrefix(got, "454 4.7.0 Too many login attempts, ") {
		t.Errorf("too many sign-ins: %q", got)
	}
}

func TestTheProgramsOwnTestsPassAtGmail(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	papers, token := w.GooglePapers(), w.googleToken(crm)
	for protocol, server := range map[string]string{"imap": papers.Endpoints.IMAP, "pop3": papers.Endpoints.POP3, "smtp": papers.Endpoints.SMTP} {
		result := w.test(protocol, server, probe.Attempt{Mailbox: crm, SignedIn: crm, Sender: crm, Recipient: contracts, Subject: "probe"}, token)
		if result.Outcome != providers.Passed {
			t.Errorf("%s: %s %v", protocol, result.Outcome, result.Failure)
		}
	}
	if result := w.test("smtp", w.ImplicitTLSGmailSMTP(), probe.Attempt{Mailbox: crm}, token); result.Outcome != providers.Passed {
		t.Errorf("smtps: %s %v", result.Outcome, result.Failure)
	}
	reader := w.googleToken(contracts)
	if result := w.test("imap", papers.Endpoints.IMAP, probe.Attempt{Mailbox: contracts, Folder: allMail}, reader); result.Messages != 1 {
		t.Errorf("All Mail holds %d messages: %v", result.Messages, result.Failure)
	}
	refused := w.test("imap", papers.Endpoints.IMAP, probe.Attempt{Mailbox: crm}, reader)
	reply, ok := refused.Failure.(*providers.Reply)
	if !ok || reply.Challenge == nil || reply.Challenge.Status != "400" || reply.Bracket != "AUTHENTICATIONFAILED" {
		t.Errorf("another's token: %#v", refused.Failure)
	}
}

func TestFromHeadersOfOthersAreRewritten(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ raw, begins string }{
		"its own":           {"Subject: x\r\nFrom: CRM <CRM@contoso.example>\r\n\r\nFrom: body", "Subject: x"},
		"another's":         {"from: a@b.example\r\nSubject: x\r\n\r\nbody", "From: <crm@contoso.example>\r\nX-Google-Original-From: a@b.example\r\nSubject: x\r\n\r\nbody"},
		"two authors":       {"From: crm@contoso.example, a@b.example\r\n\r\n", "From: <crm@contoso.example>\r\nX-Google-Original-From: "},
		"none":              {"Subject: x\r\n\r\nbody", "From: <crm@contoso.example>\r\nSubject: x\r\n\r\nbody"},
		"no message at all": {"\x00", "\x00"},
	}
	for name, c := range cases {
		if got := string(ownSender([]byte(c.raw), crm)); !strings.HasPrefix(got, c.begins) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func FuzzOAUTHBEARER(f *testing.F) {
	for _, seed := range []string{"n,a=crm@contoso.example,\x01auth=Bearer token\x01\x01", "n,a=a=2Cb=3D,\x01host=x\x01auth=bearer t\x01\x01", "y,,\x01\x01", "\x01"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, response []byte) {
		address, token, err := parseOAUTHBEARER(response)
		if (err == nil) != (address != "" && token != "") {
			t.Errorf("%q gives %q, %q, %v", response, address, token, err)
		}
	})
}

func FuzzGmailDialogues(f *testing.F) {
	tenant, err := Start(Options{Dir: f.TempDir(), SigningKey: testKey(), Now: func() time.Time { return noon }})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = tenant.Close() })
	f.Add("A1 AUTHENTICATE XOAUTH2 dXNlcj14\r\n\r\n")
	f.Add("A1 LOGIN a b\r\nA2 ID (\"a\" {3}\r\n")
	f.Add("AUTH XOAUTH2 dXNlcj14\r\n\r\nSTAT\r\n")
	f.Add("\x00\xff{}\r\n%\r\n\r\n")
	f.Fuzz(func(t *testing.T, said string) {
		for _, serve := range []func(dialogue) error{
			func(d dialogue) error { _, err := (&gmailDoor{dialogue: d}).run(); return err },
			func(d dialogue) error { return (&gmailPOP3{pop3Client{dialogue: d, words: gmailPOP3Words()}}).run() },
		} {
			ours, theirs := net.Pipe()
			ended := make(chan error, 1)
			go func() {
				ended <- serve(tenant.dialogue("imap", "bye", theirs))
				_ = theirs.Close()
			}()
			_ = ours.SetDeadline(time.Now().Add(5 * time.Second)) // for a dialogue that waits for more
			go func() { _, _ = ours.Write([]byte(said)) }()
			reader := bufio.NewReader(ours)
			for line := 0; ; line++ {
				text, err := reader.ReadString('\n')
				if err != nil {
					break
				}
				if line > 2*len(said)+10 || strings.Contains(text, "Welcome") {
					t.Errorf("answers without end, or a stranger let in: %q", text)
				}
				if line == strings.Count(said, "\n") {
					_ = ours.Close()
				}
			}
			_ = ours.Close()
			if err := <-ended; err == nil {
				t.Error("the dialogue ended with somebody let in")
			}
		}
	})
}
