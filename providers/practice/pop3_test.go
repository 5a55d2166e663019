package practice

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"
)

// popClient speaks POP3 by hand.
type popClient struct {
	*testing.T
	conn   net.Conn
	reader *bufio.Reader
}

// dialPOP3 connects to the TLS port and reads the greeting.
func (w *world) dialPOP3() *popClient {
	w.Helper()
	conn, err := tls.Dial("tcp", w.ports.pop3s, w.tls())
	if err != nil {
		w.Fatal(err)
	}
	return w.popOn(conn)
}

func (w *world) popOn(conn net.Conn) *popClient {
	w.Helper()
	w.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	c := &popClient{T: w.T, conn: conn, reader: bufio.NewReader(conn)}
	if got := c.line(); got != "+OK The Microsoft Exchange POP3 service is ready. (practice)" {
		w.Errorf("greeting %q", got)
	}
	return c
}

// inPOP3 is a client that has signed in to the contracts mailbox as a person.
func (w *world) inPOP3() *popClient {
	w.Helper()
	c := w.dialPOP3()
	c.ask("AUTH XOAUTH2")
	if got := c.ask(xoauth2Response(contracts, w.userToken(contracts, popScope))); got != "+OK User successfully authenticated." {
		w.Fatal(got)
	}
	return c
}

func (c *popClient) line() string {
	c.Helper()
	line, err := c.reader.ReadString('\n')
	if err != nil {
		c.Fatalf("POP3 server said no more: %v", err)
	}
	return strings.TrimSuffix(line, "\r\n")
}

func (c *popClient) ask(line string) string {
	c.Helper()
	if _, err := io.WriteString(c.conn, line+"\r\n"); err != nil {
		c.Fatal(err)
	}
	return c.line()
}

// long asks for an answer of several lines.
func (c *popClient) long(line string) []string {
	c.Helper()
	lines := []string{c.ask(line)}
	for strings.HasPrefix(lines[0], "+OK") {
		next := c.line()
		if next == "." {
			break
		}
		lines = append(lines, next)
	}
	return lines
}

func (c *popClient) mustEnd() {
	c.Helper()
	if _, err := c.reader.ReadByte(); err != io.EOF {
		c.Errorf("the connection did not end: %v", err)
	}
}

// letterTo puts a message into an inbox.
func (w *world) letterTo(address, text string) {
	w.Helper()
	if err := w.deliver(newLetter([]byte(strings.ReplaceAll(text, "\n", "\r\n")), "", "SMTP", noon), "", []string{address}); err != nil {
		w.Fatal(err)
	}
}

func TestPOP3BeforeTheSignIn(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	c := w.dialPOP3()
	if got := c.long("CAPA"); !slices.Equal(got, []string{"+OK", "TOP", "UIDL", "SASL PLAIN XOAUTH2", "USER"}) {
		t.Errorf("CAPA %q", got)
	}
	for _, step := range []struct{ send, want string }{
		{"STAT", pop3InvalidState},
		{"STLS", pop3InvalidState},
		{"PASS secret", pop3InvalidState},
		{"user " + contracts, "+OK"},
		{"PASS secret", "-ERR Logon failure: unknown user name or bad password."},
		{"AUTH CRAM-MD5", pop3InvalidState},
		{"AUTH PLAIN", "+ "},
		{base64.StdEncoding.EncodeToString([]byte("\x00a\x00b")), pop3Unknown},
		{"AUTH XOAUTH2", "+ "},
		{"*", "-ERR The AUTH protocol exchange was canceled by the client."},
		{"auth xoauth2", "+ "},
		{"!!!", "-ERR Protocol error. 19"},
		{"AUTH XOAUTH2", "+ "},
		{base64.StdEncoding.EncodeToString([]byte("user=x")), pop3Unknown},
		{"AUTH XOAUTH2", "+ "},
		{xoauth2Response(contracts, "not-a-token"), pop3Unknown},
		{"QUIT", "+OK Microsoft Exchange Server POP3 server signing off."},
	} {
		if got := c.ask(step.send); got != step.want {
			t.Errorf("%.40s: %q, want %q", step.send, got, step.want)
		}
	}
	c.mustEnd()
}

func TestPOP3TakesTheTokenOnALineOfItsOwnOnly(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	c := w.dialPOP3()
	if got := c.ask("AUTH XOAUTH2 " + xoauth2Response(contracts, w.appToken())); got != pop3Closed {
		t.Errorf("got %q", got)
	}
	c.mustEnd()
}

func TestPOP3WithSTLS(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	conn, err := net.Dial("tcp", w.ports.pop3)
	if err != nil {
		t.Fatal(err)
	}
	c := w.popOn(conn)
	if got := c.long("CAPA"); !slices.Equal(got, []string{"+OK", "TOP", "UIDL", "STLS"}) {
		t.Errorf("CAPA in clear %q", got)
	}
	for _, line := range []string{"USER " + contracts, "AUTH XOAUTH2"} {
		if got := c.ask(line); got != pop3InvalidState {
			t.Errorf("%s in clear: %q", line, got)
		}
	}
	// What is sent in clear behind STLS must not count as sent inside TLS.
	if got := c.ask("STLS\r\nQUIT"); got != "+OK Begin TLS negotiation now." {
		t.Fatal(got)
	}
	secured := tls.Client(conn, w.tls())
	c.reader = bufio.NewReader(secured)
	c.conn = secured
	if got := c.ask("AUTH XOAUTH2"); got != "+ " {
		t.Fatalf("after STLS: %q", got)
	}
	if got := c.ask(xoauth2Response(contracts, w.appToken())); got != "+OK User successfully authenticated." {
		t.Error(got)
	}
	if got := c.long("CAPA"); !slices.Equal(got, []string{"+OK", "TOP", "UIDL"}) {
		t.Errorf("CAPA after the sign-in %q", got)
	}
}

func TestPOP3Maildrop(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	w.letterTo(contracts, "Subject: one\n\nfirst\n.\n..two dots\nlast\n")
	w.letterTo(contracts, "Subject: two\n\nsecond")
	c := w.inPOP3()
	stat := strings.Fields(c.ask("STAT"))
	list := c.long("LIST")
	if len(stat) != 3 || stat[1] != "2" || len(list) != 3 || list[0] != strings.Join(stat, " ") {
		t.Fatalf("STAT %q, LIST %q", stat, list)
	}
	if got := c.ask("LIST 2"); got != "+OK "+list[2] {
		t.Errorf("LIST 2: %q, want %q", got, list[2])
	}
	uidl := c.long("UIDL")
	if len(uidl) != 3 || uidl[1] == uidl[2] || c.ask("UIDL 1") != "+OK "+uidl[1] {
		t.Errorf("UIDL %q", uidl)
	}
	whole := c.long("RETR 1")
	if got := strings.Join(whole[len(whole)-4:], "|"); got != "first|..|...two dots|last" {
		t.Errorf("RETR ends with %q, want doubled dots", got)
	}
	if top := c.long("TOP 1 1"); top[len(top)-1] != "first" || top[len(top)-2] != "" {
		t.Errorf("TOP 1 1: %q", top)
	}
	if top := c.long("TOP 1 0"); top[len(top)-1] != "" {
		t.Errorf("TOP 1 0: %q", top)
	}
	for _, step := range []struct{ send, want string }{
		{"RETR 0", pop3OutOfRange}, {"RETR 3", pop3OutOfRange}, {"RETR", pop3OutOfRange}, {"LIST x", pop3OutOfRange},
		{"TOP 1", pop3InvalidState}, {"TOP 1 -1", pop3InvalidState}, {"XYZZY", pop3InvalidState}, {"NOOP", "+OK"},
		{"DELE 1", "+OK"}, {"DELE 1", pop3OutOfRange}, {"RETR 1", pop3OutOfRange}, {"RSET", "+OK"}, {"DELE 2", "+OK"},
	} {
		if got := c.ask(step.send); got != step.want {
			t.Errorf("%s: %q, want %q", step.send, got, step.want)
		}
	}
	if got := c.long("LIST"); len(got) != 2 || got[1] != list[1] {
		t.Errorf("LIST after DELE 2: %q", got)
	}
	c.ask("QUIT")
	c.mustEnd()
	again := w.inPOP3()
	if got := again.long("UIDL"); len(got) != 2 || got[1] != uidl[1] {
		t.Errorf("the next session has %q, want the first message alone", got)
	}
}

func TestPOP3WithoutQUITRemovesNothing(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	w.letterTo(contracts, "Subject: one\n\nx\n")
	c := w.inPOP3()
	c.ask("DELE 1")
	_ = c.conn.Close()
	if got := w.inPOP3().ask("STAT"); !strings.HasPrefix(got, "+OK 1 ") {
		t.Errorf("after a cut connection: %q", got)
	}
}

func TestPOP3AndIMAPShowTheSameMail(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	mail := w.signedInIMAP()
	text := "Subject: appended\r\n\r\nby IMAP\r\n"
	mail.send("X APPEND INBOX {30}")
	mail.line()
	mail.send(text[:30])
	if got, _ := mail.until("X"); !strings.HasPrefix(got, "OK ") {
		t.Fatal(got)
	}
	c := w.inPOP3()
	if got := c.long("RETR 1"); !slices.Equal(got, []string{"+OK", "Subject: appended", "", "by IMAP"}) {
		t.Errorf("RETR %q", got)
	}
	c.ask("DELE 1")
	c.ask("QUIT")
	if got, _ := mail.ask("STATUS INBOX (MESSAGES)"); !strings.HasPrefix(got, "OK ") {
		t.Error(got)
	}
	if _, before := mail.ask("STATUS INBOX (MESSAGES)"); !slices.Contains(before, `* STATUS INBOX (MESSAGES 0)`) && !strings.Contains(strings.Join(before, ""), "MESSAGES 0") {
		t.Errorf("IMAP still sees %q", before)
	}
}

func TestPOP3Refusals(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		token  func(*world) string
		change func(*state)
		want   string
	}{
		{"an application without the role", (*world).appToken, func(s *state) { s.enterprise.roles = without(s.enterprise.roles, "POP.AccessAsApp") }, pop3Unknown},
		{"an application that Exchange does not know", (*world).appToken, func(s *state) { s.exchange.principals = nil }, pop3Unknown},
		{"an application without FullAccess", (*world).appToken, func(s *state) { s.mailbox(contracts).fullAccess = nil }, pop3Unknown},
		{"an application with a token for Graph", (*world).graphToken, func(*state) {}, pop3Unknown},
		{"a person without the scope", func(w *world) string { return w.userToken(contracts, smtpScope) }, func(s *state) {
			s.enterprise.scopes = without(s.enterprise.scopes, "POP.AccessAsUser.All")
		}, pop3Unknown},
		{"another person", func(w *world) string { return w.userToken("sourcing@contoso.example", popScope) }, func(*state) {}, pop3Unknown},
		{"POP switched off", (*world).appToken, func(s *state) { s.mailbox(contracts).popEnabled = false }, pop3Unknown},
		{"no licence", (*world).appToken, func(s *state) { s.mailbox(contracts).licensed = false }, pop3Unknown},
		{"the service down", (*world).appToken, func(s *state) { s.exchange.popDown = true }, pop3Unavailable},
		{"nothing wrong", (*world).appToken, func(*state) {}, "+OK User successfully authenticated."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{})
			w.change(c.change)
			token := c.token(w)
			client := w.dialPOP3()
			client.ask("AUTH XOAUTH2")
			if got := client.ask(xoauth2Response(contracts, token)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestPOP3EndsHostileDialogues(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"no sense":         strings.Repeat("HELO\r\n", maxStrange+1),
		"an endless line":  strings.Repeat("x", 2*maxLine) + "\r\n",
		"a web browser":    "GET / HTTP/1.1\r\n" + strings.Repeat("Header: x\r\n", maxStrange) + "\r\n",
		"only line breaks": strings.Repeat("\r\n", maxStrange+1),
	}
	for name, sent := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{})
			c := w.dialPOP3()
			_, _ = io.WriteString(c.conn, sent) // the server may end the connection before it is all written
			rest, _ := io.ReadAll(c.reader)
			if !strings.HasSuffix(string(rest), pop3Closed+"\r\n") {
				t.Errorf("it ended with %.200q", rest)
			}
		})
	}
}

func FuzzPOP3(f *testing.F) {
	f.Add("CAPA\r\nAUTH XOAUTH2\r\n*\r\nQUIT\r\n")
	f.Add("USER a\nPASS b\nTOP 1 1\nUIDL x\n")
	f.Add("AUTH XOAUTH2\r\n" + xoauth2Response(contracts, "a.b.c") + "\r\n")
	f.Add("STLS\r\n\x16\x03\x01")
	tenant, err := Start(Options{Dir: f.TempDir(), SigningKey: testKey(), Now: func() time.Time { return noon }})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = tenant.Close() })
	f.Fuzz(func(t *testing.T, sent string) {
		drop := &maildrop{mailbox: contracts, messages: []stored{{uid: 1, raw: []byte("Subject: x\r\n\r\n.\r\n")}}, marked: map[int]bool{}}
		for _, inbox := range []*maildrop{nil, drop} {
			ours, theirs := net.Pipe()
			client := &pop3Client{dialogue: tenant.dialogue("pop3", pop3Closed, theirs), drop: inbox}
			client.private = true
			ended := make(chan struct{})
			go func() { defer close(ended); _ = client.run(); _ = theirs.Close() }()
			go func() { _, _ = io.WriteString(ours, sent+"\r\nQUIT\r\nQUIT\r\n") }() // AUTH may take the first for its response
			said, _ := io.ReadAll(io.LimitReader(ours, 1<<20))
			_ = ours.Close()
			<-ended
			if !strings.HasPrefix(string(said), "+OK The Microsoft Exchange POP3 service is ready.") {
				t.Errorf("began with %.80q", said)
			}
		}
	})
}
