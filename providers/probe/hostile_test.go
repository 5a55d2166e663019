package probe

import (
	"context"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// parrot says what it was given, whatever it hears, and closes.
type parrot struct {
	net.Conn // nil: what is not here must not be called
	says     *strings.Reader
}

func (p parrot) Read(into []byte) (int, error)  { return p.says.Read(into) }
func (p parrot) Write(text []byte) (int, error) { return len(text), nil }
func (p parrot) Close() error                   { return nil }
func (p parrot) SetDeadline(time.Time) error    { return nil }

func parrots(says string) Prober {
	return probeOf(func(context.Context, string, string) (net.Conn, error) {
		return parrot{says: strings.NewReader(says)}, nil
	})
}

// FuzzServer lets a server say anything before TLS, and anything instead of it.
func FuzzServer(f *testing.F) {
	f.Add("* OK [CAPABILITY STARTTLS] ready\r\nS OK go\r\n")
	f.Add("* OK ready\r\n* CAPABILITY STARTTLS\r\nC OK\r\nS BAD no\r\n")
	f.Add("220 mail\r\n250-x\r\n250 STARTTLS\r\n220 go\r\n\x16\x03\x03\x00\x00")
	f.Add("\x15\x03\x01\x00\x02\x02\x46")
	f.Add("220-\x1b]0;x\a\r\n220 \xff\r\n")
	f.Add("* OK x\r\nC no \r\n")
	f.Add("+OK x\r\n+OK go\r\n\x15\x03\x01\x00\x02\x02\x46")
	f.Add("+OK x\r\n-ERR [SYS/TEMP] \x1b[2J\r\n")
	f.Fuzz(func(t *testing.T, says string) {
		for _, url := range []string{"imap://mail.example.test", "imaps://mail.example.test", "smtp://mail.example.test", "smtps://mail.example.test", "pop3://mail.example.test", "pop3s://mail.example.test"} {
			attempt := attemptAt(url[:4], url)
			var trace transcript
			prober := parrots(says)
			prober.Trace = trace.add
			result := prober.Run(t.Context(), attempt)
			checkShape(t, result)
			checkSecrecy(t, result, trace.text(), attempt)
			if result.Outcome != providers.Failed || result.Failure == nil || dirty(result.Failure.Error()) {
				t.Errorf("%s with %q ends %s with %v", url, says, result.Outcome, result.Failure)
			}
		}
	})
}

// FuzzDialogue lets a server say anything on a connection that is taken for secured: sign-in,
// folder, message. A bar in what it says stands for waiting until the client says something.
func FuzzDialogue(f *testing.F) {
	f.Add("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] x\r\n|M1 OK [CAPABILITY IMAP4rev1] x\r\n|* 3 EXISTS\r\nM2 OK x\r\n")
	f.Add("* OK x\r\n|* CAPABILITY AUTH=XOAUTH2\r\nM1 OK x\r\n|+ \r\n|+ " + gmailChallenge + "\r\n|M2 NO [X] y\r\n")
	f.Add("* OK [CAPABILITY AUTH=XOAUTH2] x\r\n|* BYE \x1b[2J\r\n")
	f.Add("* OK [CAPABILITY AUTH=XOAUTH2] x\r\nM1 OK too early\r\n")
	f.Add("* OK x\r\n|* CAPABILITY(AUTH=XOAUTH2\r\nM1 OK x\r\n")
	f.Add("* OK [CAPABILITY AUTH=XOAUTH2 ( x\r\n")
	f.Add("* OK [CAPABILITY AUTH=XOAUTH2] x\r\n|+\r\nM1 NO x\r\n")
	f.Add("* OK [CAPABILITY AUTH=XOAUTH2] x\r\n|* LIST () \"/\" {9999999999}\r\n")
	f.Add("220 x\r\n|250-x\r\n250-PIPELINING\r\n250 AUTH XOAUTH2\r\n|334 \r\n|235 ok\r\n|250 ok\r\n250 ok\r\n354 go\r\n|250 done\r\n")
	f.Add("+OK x\r\n|+ \r\n|+OK in\r\n|+OK 3 1200\r\n")
	f.Add("+OK x\r\n|+ \r\n|+ " + gmailChallenge + "\r\n|-ERR [AUTH] no\r\n")
	f.Add("+OK x\r\n|-ERR what?\r\n|+OK\r\nSASL PLAIN\r\n.\r\n")
	f.Add("220 x\r\n|250-x\r\n250 AUTH XOAUTH2\r\n|334 \r\n|334 " + gmailChallenge + "\r\n|535 5.7.8 no\r\n")
	f.Add("220 x\r\n|250-x\r\n250-PIPELINING\r\n250 AUTH XOAUTH2\r\n|334 \r\n|235 ok\r\n|250 ok\r\n550 no\r\n354 go\r\n|250 done\r\n")
	f.Fuzz(func(t *testing.T, says string) {
		synctest.Test(t, func(t *testing.T) {
			for _, protocol := range []string{"imap", "smtp", "pop3"} {
				checkDialogue(t, protocol, says)
			}
		})
	})
}

func checkDialogue(t *testing.T, protocol, says string) {
	client, server := net.Pipe()
	var speaking sync.WaitGroup
	speaking.Go(func() {
		defer server.Close()
		heard := make([]byte, 64<<10)
		for part := range strings.SplitSeq(says, "|") {
			if _, err := io.WriteString(server, part); err != nil {
				return
			}
			if _, err := server.Read(heard); err != nil {
				return
			}
		}
	})
	attempt := attemptAt(protocol, protocol+"s://mail.example.test")
	attempt.Recipient = "you@contoso.example"
	var trace transcript
	sign := xoauth2{mailbox: attempt.Mailbox, token: attempt.Token}
	w := newWire(t.Context(), client, &journal{veil: newVeil(sign), now: time.Now, tell: trace.add})
	w.host, w.patience, w.end = attempt.Server.Addr(), testPatience, time.Now().Add(6*testPatience)
	start := time.Now()
	err := converse(w, protocol, sign, attempt)
	w.close()
	if took := time.Since(start); took > 6*testPatience {
		t.Errorf("%s with %q took %v", protocol, says, took)
	}
	speaking.Wait()
	checkSecrecy(t, Result{Failure: err}, trace.text(), attempt)
	if err != nil && dirty(err.Error()) {
		t.Errorf("%s with %q ends with %q", protocol, says, err)
	}
	for _, line := range trace.lines {
		if dirty(line.Text) {
			t.Errorf("trace of %s is not clean: %q", protocol, line.Text)
		}
	}
}

func converse(w *wire, protocol string, sign xoauth2, attempt Attempt) error {
	if protocol == "imap" {
		i := &imapTalk{wire: w}
		defer i.leave()
		if _, err := i.greet(); err != nil {
			return err
		}
		if _, err := i.signIn(sign); err != nil {
			return err
		}
		_, err := i.examine("INBOX")
		return err
	}
	if protocol == "pop3" {
		p := &pop3Talk{wire: w}
		defer p.leave()
		if _, err := p.greet(); err != nil {
			return err
		}
		if _, err := p.signIn(sign); err != nil {
			return err
		}
		_, err := p.count()
		return err
	}
	s := &smtpTalk{wire: w}
	defer s.leave()
	if _, err := s.greet(); err != nil {
		return err
	}
	if _, err := s.signIn(sign); err != nil {
		return err
	}
	_, err := s.deliver(newMessage(attempt, testDate))
	return err
}

func TestEndlessServers(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, protocol, says string }{
		{"IMAP: untagged lines at AUTHENTICATE", "imap", "* OK [CAPABILITY AUTH=XOAUTH2] x\r\n" + strings.Repeat("* OK still here\r\n", 100000)},
		{"IMAP: one line at AUTHENTICATE", "imap", "* OK [CAPABILITY AUTH=XOAUTH2] x\r\n* OK " + strings.Repeat("x", 1<<20)},
		{"IMAP: long lines at AUTHENTICATE", "imap", "* OK [CAPABILITY AUTH=XOAUTH2] x\r\n" + strings.Repeat("* OK "+strings.Repeat("x", 8000)+"\r\n", 1000)},
		{"POP3: one line at AUTH", "pop3", "+OK x\r\n+OK " + strings.Repeat("x", 1<<20)},
		{"SMTP: one line at EHLO", "smtp", "220 x\r\n250-" + strings.Repeat("x", 1<<20)},
		{"SMTP: lines at EHLO", "smtp", "220 x\r\n" + strings.Repeat("250-x\r\n", 100000)},
		{"SMTP: long lines at EHLO", "smtp", "220 x\r\n" + strings.Repeat("250-"+strings.Repeat("x", 8000)+"\r\n", 1000)},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			says := strings.NewReader(tc.says)
			w := newWire(t.Context(), parrot{says: says}, &journal{})
			defer w.close()
			w.patience, w.end = testPatience, time.Now().Add(testPatience)
			err := converse(w, tc.protocol, xoauth2{mailbox: "crm@contoso.example", token: testToken(100)}, Attempt{})
			if err == nil || !isStage(providers.StageDialogue)(err) || !strings.Contains(err.Error(), "endless") {
				t.Errorf("ends with %v", err)
			}
			if read := says.Size() - int64(says.Len()); read > maxMailbox+2*maxLine {
				t.Errorf("%d bytes were read", read)
			}
		})
	}
}

func TestTraceShowsTheConversation(t *testing.T) {
	t.Parallel()
	var trace transcript
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	sign := xoauth2{mailbox: "crm@contoso.example", token: testToken(2166)}
	j := &journal{veil: newVeil(sign), now: func() time.Time { return at }, tell: trace.add}
	j.sent("AUTH XOAUTH2 " + sign.encoded())
	j.sent(sign.encoded())
	j.received("334 " + gmailChallenge)
	j.received("+ G1szMW1yZWQ=") // an escape sequence
	j.received("334 VXNlcm5hbWU6")
	j.received("+ not base64!")
	j.received("235 2.7.0 \x1b[31mok\r")
	want := `C: AUTH XOAUTH2 [token, 2166 bytes]
C: [token, 2166 bytes]
S: 334 [base64] {"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}
S: + [base64] [31mred
S: 334 [base64] Username:
S: + not base64!
S: 235 2.7.0 [31mok
`
	if got := trace.text(); got != want {
		t.Errorf("trace\n%s\nwant\n%s", got, want)
	}
	if !trace.lines[0].At.Equal(at) {
		t.Errorf("time %v, want the clock's %v", trace.lines[0].At, at)
	}
	(&journal{}).sent("nobody listens")
}

func TestOutcomeIsTheWorstOfTheLayers(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		claims providers.Outcome
		says   string
		want   providers.Outcome
	}{
		{"claims fit", providers.Passed, "", providers.Passed},
		{"claims do not fit, yet the server accepts", providers.Warned, "", providers.Passed},
		{"claims are not known", "", "", providers.Passed},
		{"claims do not fit and the server refuses", providers.Warned, "no", providers.Failed},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			token := testToken(2166)
			attempt := Attempt{Server: serveIMAP(t, token, true), Mailbox: "crm@contoso.example", Token: token,
				TokenLayer:  LayerResult{Outcome: providers.Passed, Elapsed: time.Second, Detail: "given"},
				ClaimsLayer: LayerResult{Outcome: tc.claims, Detail: "aud, roles"}}
			if tc.says != "" {
				attempt.Token = testToken(100)
			}
			result := Prober{Endpoints: providers.Endpoints{Roots: testAuthority().pool}, Patience: testPatience}.Run(t.Context(), attempt)
			checkShape(t, result)
			if result.Outcome != tc.want {
				t.Errorf("outcome %s, want %s\n%s", result.Outcome, tc.want, show(result))
			}
			if token := result.Layers[3]; token.Elapsed != time.Second || token.Detail != "given" {
				t.Errorf("token layer is %+v", token)
			}
		})
	}
}
