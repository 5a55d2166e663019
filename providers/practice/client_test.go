package practice

import (
	"bufio"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// testKey spares every test the making of a key of its own.
var testKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

// noon is the time at which the tests' tenants stand still until they are advanced.
var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// world is a running tenant with clients that trust it.
type world struct {
	*testing.T
	*Tenant
	pool *x509.CertPool
	http *http.Client
	// silent names the protocol whose server will say nothing, so that it is not worth waiting for.
	silent string
}

// practise starts a tenant that ends with the test. Its clock stands still unless options say otherwise.
func practise(t *testing.T, options Options) *world {
	t.Helper()
	options.Dir = t.TempDir()
	if options.SigningKey == nil {
		options.SigningKey = testKey()
	}
	options.ClientKey = testKey()
	if options.Now == nil {
		options.Now = func() time.Time { return noon }
	}
	tenant, err := Start(options)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{T: t, Tenant: tenant, pool: x509.NewCertPool()}
	pem, err := os.ReadFile(tenant.Describe().Endpoints.CAFile)
	if err != nil || !w.pool.AppendCertsFromPEM(pem) {
		t.Fatalf("ca.pem cannot be used: %v", err)
	}
	transport := &http.Transport{TLSClientConfig: w.tls()}
	w.http = &http.Client{Transport: transport}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		if err := tenant.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return w
}

// change makes the tenant other than any scenario would.
func (w *world) change(how func(*state)) {
	w.Tenant.mutex.Lock()
	defer w.Tenant.mutex.Unlock()
	how(&w.state)
}

func (w *world) tls() *tls.Config { return &tls.Config{RootCAs: w.pool, ServerName: "127.0.0.1"} }

// answer is an answer of the sign-in service.
type answer struct {
	status int
	header http.Header
	text   string
	json   map[string]any
}

func (a answer) word(name string) string {
	text, _ := a.json[name].(string)
	return text
}

// number is the AADSTS number, 0 in an answer that is no refusal.
func (a answer) number() int {
	codes, _ := a.json["error_codes"].([]any)
	if len(codes) == 0 {
		return 0
	}
	first, _ := codes[0].(float64)
	return int(first)
}

func (w *world) do(request *http.Request) answer {
	w.Helper()
	response, err := w.http.Do(request)
	if err != nil {
		w.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		w.Fatal(err)
	}
	a := answer{status: response.StatusCode, header: response.Header, text: string(raw)}
	_ = json.Unmarshal(raw, &a.json) // not every page is JSON
	return a
}

func (w *world) request(method, address string, form url.Values) *http.Request {
	w.Helper()
	request, err := http.NewRequestWithContext(w.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		w.Fatal(err)
	}
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return request
}

// post sends a form to an address below the authority.
func (w *world) post(path string, form url.Values) answer {
	w.Helper()
	return w.do(w.request(http.MethodPost, w.authority()+path, form))
}

func (w *world) get(path string) answer {
	w.Helper()
	return w.do(w.request(http.MethodGet, w.authority()+path, nil))
}

const (
	tokenPath  = tenantID + "/oauth2/v2.0/token"
	devicePath = tenantID + "/oauth2/v2.0/devicecode"
	exchange1  = "https://outlook.office365.com/"
	imapScope  = exchange1 + "IMAP.AccessAsUser.All"
	smtpScope  = exchange1 + "SMTP.Send"
)

// appForm is a request for an application's token that is right in everything.
func (w *world) appForm() url.Values {
	return url.Values{
		"grant_type": {"client_credentials"}, "client_id": {clientID},
		"client_secret": {w.Describe().ClientSecret}, "scope": {exchange1 + ".default"},
	}
}

func (w *world) appToken() string {
	w.Helper()
	a := w.post(tokenPath, w.appForm())
	if a.status != http.StatusOK {
		w.Fatalf("no token: %s", a.text)
	}
	return a.word("access_token")
}

// signIn goes through the device flow; approve is the account that the person types.
func (w *world) signIn(approve, scope string) answer {
	w.Helper()
	begun := w.post(devicePath, url.Values{"client_id": {clientID}, "scope": {scope}})
	if begun.status != http.StatusOK {
		return begun
	}
	w.press(begun.word("user_code"), approve, "approve")
	return w.post(tokenPath, pollForm(begun.word("device_code")))
}

func pollForm(code string) url.Values {
	return url.Values{"grant_type": {grantDevice}, "client_id": {clientID}, "device_code": {code}}
}

// press is the person at the device login page.
func (w *world) press(userCode, account, action string) answer {
	w.Helper()
	return w.post("devicelogin", url.Values{"user_code": {userCode}, "account": {account}, "action": {action}})
}

func (w *world) userToken(account, scope string) string {
	w.Helper()
	a := w.signIn(account, scope)
	if a.status != http.StatusOK {
		w.Fatalf("no token: %s", a.text)
	}
	return a.word("access_token")
}

func xoauth2Response(address, token string) string {
	return base64.StdEncoding.EncodeToString([]byte("user=" + address + "\x01auth=Bearer " + token + "\x01\x01"))
}

// imapClient speaks IMAP by hand.
type imapClient struct {
	*testing.T
	conn   net.Conn
	reader *bufio.Reader
	tag    int
}

// dialIMAP connects to the TLS port and reads the greeting.
func (w *world) dialIMAP() (*imapClient, string) {
	w.Helper()
	conn, err := tls.Dial("tcp", w.ports.imaps, w.tls())
	if err != nil {
		w.Fatal(err)
	}
	return w.imapOn(conn)
}

func (w *world) imapOn(conn net.Conn) (*imapClient, string) {
	w.Helper()
	w.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	c := &imapClient{T: w.T, conn: conn, reader: bufio.NewReader(conn)}
	return c, c.line()
}

func (c *imapClient) line() string {
	c.Helper()
	line, err := c.reader.ReadString('\n')
	if err != nil {
		c.Fatalf("IMAP server said no more: %v", err)
	}
	return strings.TrimRight(line, "\r\n")
}

func (c *imapClient) send(line string) {
	c.Helper()
	if _, err := io.WriteString(c.conn, line+"\r\n"); err != nil {
		c.Fatal(err)
	}
}

// ask sends a command and returns its tagged answer without the tag, and the lines before it.
func (c *imapClient) ask(command string) (string, []string) {
	c.Helper()
	c.tag++
	tag := fmt.Sprintf("A%d", c.tag)
	c.send(tag + " " + command)
	return c.until(tag)
}

func (c *imapClient) until(tag string) (string, []string) {
	c.Helper()
	var before []string
	for {
		line := c.line()
		if rest, ours := strings.CutPrefix(line, tag+" "); ours {
			return rest, before
		}
		before = append(before, line)
	}
}

// smtpClient speaks SMTP by hand.
type smtpClient struct {
	*testing.T
	conn net.Conn
	text *textproto.Conn
}

// dialSMTP connects, greets, starts TLS and greets again; it returns the capabilities after that.
func (w *world) dialSMTP() (*smtpClient, []string) {
	w.Helper()
	c := w.dialSMTPPlain()
	c.ask("EHLO client.example")
	c.want("STARTTLS", "220 ")
	secured := tls.Client(c.conn, w.tls())
	c.text = textproto.NewConn(secured)
	return c, strings.Split(c.ask("EHLO client.example"), "\n")
}

func (w *world) dialSMTPPlain() *smtpClient {
	w.Helper()
	conn, err := net.Dial("tcp", w.ports.smtp)
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	c := &smtpClient{T: w.T, conn: conn, text: textproto.NewConn(conn)}
	if greeting := c.reply(); !strings.HasPrefix(greeting, "220 ") || !strings.Contains(greeting, "Microsoft ESMTP") {
		w.Fatalf("greeting %q", greeting)
	}
	return c
}

func (c *smtpClient) reply() string {
	c.Helper()
	code, message, err := c.text.ReadResponse(0)
	if err != nil {
		c.Fatalf("SMTP server said no more: %v", err)
	}
	return fmt.Sprintf("%d %s", code, message)
}

func (c *smtpClient) ask(line string) string {
	c.Helper()
	if err := c.text.PrintfLine("%s", line); err != nil {
		c.Fatal(err)
	}
	return c.reply()
}

func (c *smtpClient) want(line, prefix string) {
	c.Helper()
	if got := c.ask(line); !strings.HasPrefix(got, prefix) {
		c.Fatalf("%s: got %q, want %q", line, got, prefix)
	}
}

// auth signs in with the response after the 334, as a client with a long token must.
func (c *smtpClient) auth(address, token string) string {
	c.Helper()
	c.want("AUTH XOAUTH2", "334 ")
	return c.ask(xoauth2Response(address, token))
}

// mail sends a message and returns the first reply that is not the good one.
func (c *smtpClient) mail(from, to, message string) string {
	c.Helper()
	for _, step := range []struct{ line, good string }{
		{"MAIL FROM:<" + from + ">", "250 "}, {"RCPT TO:<" + to + ">", "250 "}, {"DATA", "354 "},
	} {
		if got := c.ask(step.line); !strings.HasPrefix(got, step.good) {
			return got
		}
	}
	writer := c.text.DotWriter()
	_, _ = io.WriteString(writer, message)
	_ = writer.Close()
	return c.reply()
}
