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

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

const contracts = "contracts@contoso.example"

// signedInIMAP is a client that has read the greeting and signed in to the contracts mailbox.
func (w *world) signedInIMAP() *imapClient {
	w.Helper()
	c, _ := w.dialIMAP()
	if got, _ := c.ask("AUTHENTICATE XOAUTH2 " + xoauth2Response(contracts, w.appToken())); got != "OK AUTHENTICATE completed." {
		w.Fatal(got)
	}
	return c
}

func TestIMAPBeforeTheSignIn(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	c, greeting := w.dialIMAP()
	if greeting != "* OK [CAPABILITY IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR] The Microsoft Exchange IMAP4 service is ready. (practice)" {
		t.Errorf("greeting %q", greeting)
	}
	for _, step := range []struct{ send, want string }{
		{"CAPABILITY", "OK CAPABILITY completed."},
		{"noop", "OK NOOP completed."},
		{"SELECT INBOX", "BAD Command received in Invalid state."},
		{"STARTTLS", "BAD Command received in Invalid state."},
		{"LOGIN contracts@contoso.example password", "NO LOGIN failed."},
		{"AUTHENTICATE PLAIN " + base64.StdEncoding.EncodeToString([]byte("\x00a\x00b")), "NO AUTHENTICATE failed."},
		{"AUTHENTICATE CRAM-MD5", "NO AUTHENTICATE failed."},
		{"AUTHENTICATE XOAUTH2 !!!", "BAD Command Argument Error. 12"},
		{"AUTHENTICATE XOAUTH2 " + xoauth2Response(contracts, "not-a-token"), "NO AUTHENTICATE failed."},
		{"AUTHENTICATE XOAUTH2 " + base64.StdEncoding.EncodeToString([]byte("user=x")), "NO AUTHENTICATE failed."},
	} {
		if got, _ := c.ask(step.send); got != step.want {
			t.Errorf("%.40s: %q, want %q", step.send, got, step.want)
		}
	}
	got, before := c.ask("LOGOUT")
	if got != "OK LOGOUT completed." || len(before) != 1 || !strings.HasPrefix(before[0], "* BYE ") {
		t.Errorf("LOGOUT: %q after %q", got, before)
	}
	if _, err := c.reader.ReadByte(); err != io.EOF {
		t.Errorf("after LOGOUT: %v", err)
	}
}

func TestIMAPResponseAfterAContinuation(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{ExtraClaims: map[string]any{"xms_filler": strings.Repeat("x", 5000)}})
	token := w.appToken()
	if len(token) < 6000 {
		t.Fatalf("the token has only %d bytes", len(token))
	}
	c, _ := w.dialIMAP()
	c.send("A AUTHENTICATE XOAUTH2")
	if got := c.line(); got != "+ " {
		t.Errorf("continuation %q", got)
	}
	c.send("*")
	if got, _ := c.until("A"); !strings.HasPrefix(got, "BAD ") {
		t.Errorf("cancelled: %q", got)
	}
	c.send("B AUTHENTICATE XOAUTH2")
	c.line()
	c.send(xoauth2Response(contracts, token))
	if got, _ := c.until("B"); got != "OK AUTHENTICATE completed." {
		t.Errorf("a token of %d bytes: %q", len(token), got)
	}
	if got := w.tryIMAP(contracts, token); got != "" {
		t.Errorf("a token of %d bytes with the command: %q", len(token), got)
	}
}

func TestIMAPAfterTheSignIn(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	c := w.signedInIMAP()
	for _, step := range []struct{ send, want, before string }{
		{"CAPABILITY", "OK ", "* CAPABILITY IMAP4rev1 "},
		{"NAMESPACE", "OK ", `* NAMESPACE (("" "/")) NIL NIL`},
		{`LIST "" "*"`, "OK ", `"Sent Items"`},
		{"STATUS INBOX (MESSAGES)", "OK ", "* STATUS INBOX (MESSAGES 0)"},
		{"STATUS Nowhere (MESSAGES)", "NO Nowhere doesn't exist.", ""},
		{"EXAMINE Nowhere", "NO Nowhere doesn't exist.", ""},
		{"EXAMINE inbox", "OK [READ-ONLY] ", "* 0 EXISTS"},
		{"SELECT INBOX", "OK [READ-WRITE] ", "* FLAGS ("},
		{"CLOSE", "OK ", ""},
		{"AUTHENTICATE XOAUTH2 abc=", "BAD ", ""},
	} {
		got, before := c.ask(step.send)
		if !strings.HasPrefix(got, step.want) || !strings.Contains(strings.Join(before, "\n"), step.before) {
			t.Errorf("%s: %q after %q", step.send, got, before)
		}
	}
}

func TestIMAPCommandsSentWithTheSignInAreNotLost(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	c, _ := w.dialIMAP()
	c.send("A AUTHENTICATE XOAUTH2 " + xoauth2Response(contracts, w.appToken()) + "\r\nB EXAMINE INBOX\r\nC LOGOUT")
	for _, tag := range []string{"A", "B", "C"} {
		if got, _ := c.until(tag); !strings.HasPrefix(got, "OK ") {
			t.Errorf("%s: %q", tag, got)
		}
	}
}

func TestIMAPSignedInButNotConnected(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Scenario: "mailbox-permission-missing-imap"})
	c, _ := w.dialIMAP()
	if got, _ := c.ask("AUTHENTICATE XOAUTH2 " + xoauth2Response("sourcing@contoso.example", w.appToken())); got != "OK AUTHENTICATE completed." {
		t.Fatal(got)
	}
	for _, command := range []string{"SELECT INBOX", "EXAMINE INBOX", `LIST "" "*"`, "STATUS INBOX (MESSAGES)", "NAMESPACE", "IDLE"} {
		if got, _ := c.ask(command); got != "BAD User is authenticated but not connected." {
			t.Errorf("%s: %q", command, got)
		}
	}
	for _, command := range []string{"CAPABILITY", "NOOP", "LOGOUT"} {
		if got, _ := c.ask(command); got != "OK "+command+" completed." {
			t.Errorf("%s: %q", command, got)
		}
	}
}

func TestIMAPRights(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	alex := w.fixture.bystander().Address
	shared := w.state.mailbox("sourcing@contoso.example")
	shared.fullAccess = append(shared.fullAccess, alex)
	person := w.userToken(alex, imapScope)
	for address, want := range map[string]string{
		alex:                       "",
		strings.ToUpper(alex):      "",
		"sourcing@contoso.example": "",
		contracts:                  "imap EXAMINE: BAD User is authenticated but not connected.",
		"nobody@contoso.example":   "imap EXAMINE: BAD User is authenticated but not connected.",
	} {
		if got := w.tryIMAP(address, person); got != want {
			t.Errorf("a person at %s: %q, want %q", address, got, want)
		}
	}
	if got := w.tryIMAP(alex, w.appToken()); got != "imap EXAMINE: BAD User is authenticated but not connected." {
		t.Errorf("the application at a mailbox without FullAccess: %q", got)
	}
	w.state.enterprise.scopes = []string{"SMTP.Send"}
	if got := w.tryIMAP(alex, w.userToken(alex, smtpScope)); got != "imap: NO AUTHENTICATE failed." {
		t.Errorf("a person without the scope: %q", got)
	}
}

func TestIMAPWithSTARTTLS(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	plain := func() (*imapClient, string) {
		conn, err := net.Dial("tcp", strings.TrimPrefix(w.StartTLSIMAP(), "imap://"))
		if err != nil {
			t.Fatal(err)
		}
		return w.imapOn(conn)
	}
	token := w.appToken()
	c, greeting := plain()
	if strings.Contains(greeting, "AUTH=") || !strings.Contains(greeting, "STARTTLS") || !strings.Contains(greeting, "LOGINDISABLED") {
		t.Errorf("greeting %q", greeting)
	}
	for _, command := range []string{"AUTHENTICATE XOAUTH2 " + xoauth2Response(contracts, token), "LOGIN a b"} {
		if got, _ := c.ask(command); got != "BAD Command received in Invalid state." {
			t.Errorf("%.12s before TLS: %q", command, got)
		}
	}
	c, _ = plain()
	mail, err := imapclient.NewStartTLS(unread{c.conn, io.MultiReader(strings.NewReader(greeting+"\r\n"), c.conn)}, &imapclient.Options{TLSConfig: w.tls()})
	if err != nil {
		t.Fatal(err)
	}
	defer mail.Close()
	if err := mail.Authenticate(&oauth{contracts, token}); err != nil {
		t.Fatal(err)
	}
	if _, err := mail.Select("INBOX", &imap.SelectOptions{ReadOnly: true}).Wait(); err != nil {
		t.Error(err)
	}
}

// unread gives back what was read already.
type unread struct {
	net.Conn
	reader io.Reader
}

func (u unread) Read(into []byte) (int, error) { return u.reader.Read(into) }

func TestIMAPForgetsWhatWasSentInClearBehindSTARTTLS(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	conn, err := net.Dial("tcp", w.ports.imap)
	if err != nil {
		t.Fatal(err)
	}
	c, _ := w.imapOn(conn)
	c.send("A STARTTLS\r\nB CAPABILITY")
	if got, _ := c.until("A"); !strings.HasPrefix(got, "OK ") {
		t.Fatal(got)
	}
	secured := tls.Client(c.conn, w.tls())
	if _, err := io.WriteString(secured, "C NOOP\r\n"); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(secured).ReadString('\n'); err != nil || !strings.HasPrefix(line, "C OK ") {
		t.Errorf("inside TLS the server first says %q, %v", line, err)
	}
}

// oauth is XOAUTH2 for the library's client.
type oauth struct{ address, token string }

func (o *oauth) Start() (string, []byte, error) {
	return "XOAUTH2", []byte("user=" + o.address + "\x01auth=Bearer " + o.token + "\x01\x01"), nil
}

func (o *oauth) Next([]byte) ([]byte, error) { return []byte{}, nil }

func TestIMAPLibraryClientReadsDeliveredMail(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	token := w.appToken()
	s, _ := w.dialSMTP()
	s.auth("crm@contoso.example", token)
	if got := s.mail("crm@contoso.example", contracts, "From: crm@contoso.example\r\nSubject: Offer\r\nMessage-ID: <1@x>\r\n\r\n.hidden dot\r\n"); !strings.HasPrefix(got, "250 2.6.0 <1@x> Queued") {
		t.Fatal(got)
	}
	conn, _ := w.dialIMAP()
	conn.ask("NOOP")
	mail := imapclient.New(unread{conn.conn, io.MultiReader(strings.NewReader("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] again\r\n"), conn.conn)}, nil)
	defer mail.Close()
	if err := mail.Authenticate(&oauth{contracts, token}); err != nil {
		t.Fatal(err)
	}
	box, err := mail.Select("INBOX", &imap.SelectOptions{ReadOnly: true}).Wait()
	if err != nil || box.NumMessages != 1 {
		t.Fatalf("INBOX %+v, %v", box, err)
	}
	// Not Peek: in an examined folder the message must stay unread all the same.
	messages, err := mail.Fetch(imap.SeqSetNum(1), &imap.FetchOptions{Envelope: true, InternalDate: true, BodySection: []*imap.FetchItemBodySection{{}}}).Collect()
	if err != nil || len(messages) != 1 {
		t.Fatal(err)
	}
	text := string(messages[0].BodySection[0].Bytes)
	if messages[0].Envelope.Subject != "Offer" || !strings.HasSuffix(text, "\r\n\r\n.hidden dot\r\n") || !strings.HasPrefix(text, "Received: ") {
		t.Errorf("message %q", text)
	}
	if !messages[0].InternalDate.Equal(noon) {
		t.Errorf("delivered at %v, not on the tenant's clock", messages[0].InternalDate)
	}
	if _, err := mail.Store(imap.SeqSetNum(1), &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagDeleted}}, nil).Collect(); err == nil {
		t.Error("STORE is allowed in an examined folder")
	}
	if _, err := mail.Move(imap.SeqSetNum(1), "Archive").Wait(); err == nil {
		t.Error("MOVE is allowed in an examined folder")
	}
	if err := mail.UnselectAndExpunge().Wait(); err != nil {
		t.Errorf("CLOSE: %v", err)
	}
	status, err := mail.Status("INBOX", &imap.StatusOptions{NumUnseen: true}).Wait()
	if err != nil || *status.NumUnseen != 1 {
		t.Errorf("unread messages: %+v, %v", status, err)
	}
}

func TestIMAPReadWrite(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	c := w.signedInIMAP()
	c.send("A APPEND INBOX {5}")
	if got := c.line(); !strings.HasPrefix(got, "+") {
		t.Fatal(got)
	}
	c.send("x: y\n")
	if got, _ := c.until("A"); !strings.HasPrefix(got, "OK ") {
		t.Fatal(got)
	}
	for _, command := range []string{"SELECT INBOX", `STORE 1 +FLAGS (\Deleted)`, "EXPUNGE"} {
		if got, _ := c.ask(command); !strings.HasPrefix(got, "OK ") {
			t.Errorf("%s: %q", command, got)
		}
	}
	if _, before := c.ask("SELECT INBOX"); !slices.Contains(before, "* 0 EXISTS") {
		t.Errorf("after EXPUNGE: %q", before)
	}
}

func TestIMAPHostileClients(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	for name, sent := range map[string]string{
		"rubbish":          "\x00\x01\r\n{}\r\n*\r\n \r\n\r\n",
		"an endless line":  strings.Repeat("A", 2*maxLine),
		"HTTP":             "GET / HTTP/1.1\r\nHost: x\r\nX: y\r\nZ: w\r\n\r\n",
		"nothing":          "",
		"half a command":   "A AUTHENTICATE",
		"literal in LOGIN": "A LOGIN {3}\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, _ := w.dialIMAP()
			c.T = t
			_, _ = io.WriteString(c.conn, sent)
			if half, ok := c.conn.(interface{ CloseWrite() error }); ok {
				_ = half.CloseWrite()
			}
			_ = c.conn.SetReadDeadline(time.Now().Add(10 * time.Second))
			if _, err := io.Copy(io.Discard, c.reader); err != nil && strings.Contains(err.Error(), "timeout") {
				t.Error("the server neither answered nor hung up")
			}
		})
	}
	if got := w.tryIMAP(contracts, w.appToken()); got != "" {
		t.Errorf("afterwards: %q", got)
	}
}

func FuzzParseXOAUTH2(f *testing.F) {
	f.Add([]byte("user=a@b.example\x01auth=Bearer x\x01\x01"))
	f.Add([]byte("user=a\x01auth=bearer \x01\x01"))
	f.Add([]byte("\x01\x01"))
	f.Add([]byte("user=\x01auth=Bearer x\x01\x01\x01"))
	f.Fuzz(func(t *testing.T, response []byte) {
		address, token, err := parseXOAUTH2(response)
		if err == nil && (address == "" || token == "" || strings.ContainsAny(address+token, "\x01")) {
			t.Errorf("%q gives %q and %q", response, address, token)
		}
	})
}
