package probe

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// What is read of one answer at most, in bytes.
const (
	maxHead = 64 << 10
	maxBody = 256 << 10
	// maxInterim is how many provisional answers (RFC 9110 section 15.2) may come before one.
	maxInterim = 5
)

var errEndlessAnswer = errors.New("the server sends an endless answer: more than 256 kB")

// web is HTTP/1.1 (RFC 9112) with one server, on connections of our own, so that name,
// connection and handshake are layers like those of the mail protocols. No redirection is
// followed: the token goes to the configured server only.
type web struct {
	test   *test
	target string // address and port that were connected to
	wire   *wire
	limit  *io.LimitedReader
	source *bufio.Reader
	spent  bool // the server closes the connection after the answer
}

// webAnswer is one answer, read whole.
type webAnswer struct {
	status int
	header http.Header
	body   []byte
}

// secureWeb brings a connection to where requests may be sent: the layers tcp and tls. Unlike
// mail servers this one says nothing first. It returns nil where that failed.
func (t *test) secureWeb(ctx context.Context, w *wire, target string) *web {
	t.pass(providers.LayerTCP, t.ledger.lap(), "connected to "+target)
	c := &web{test: t, target: target, wire: w}
	state, err := c.handshake()
	if err != nil {
		t.fail(ctx, providers.LayerTLS, t.ledger.lap(), err)
		return nil
	}
	t.pass(providers.LayerTLS, t.ledger.lap(), describe(state))
	return c
}

func (c *web) handshake() (tls.ConnectionState, error) {
	config := c.test.tlsConfig()
	config.NextProtos = []string{"http/1.1"}
	state, err := c.wire.secure(config)
	var plain tls.RecordHeaderError
	if errors.As(err, &plain) {
		err = &providers.StageError{Stage: providers.StageTLS, Host: c.wire.host,
			Err: &reason{"the server does not answer in TLS: this is no https port", err}}
		return state, err
	}
	if err != nil {
		return state, c.wire.trouble(providers.StageTLS, err)
	}
	c.listen()
	return state, nil
}

// listen begins to read from the connection.
func (c *web) listen() {
	c.limit = &io.LimitedReader{R: c.wire.conn}
	c.source = bufio.NewReader(c.limit)
	c.spent = false
}

// ready opens another connection where the server has closed the one before.
func (c *web) ready(ctx context.Context) error {
	if !c.spent {
		return nil
	}
	c.wire.close()
	conn, err := c.test.dialOne(ctx, c.target, 1)
	if err != nil {
		return c.test.trouble(providers.StageConnect, err)
	}
	c.wire = c.test.wire(ctx, conn, c.target)
	_, err = c.handshake()
	return err
}

// ask sends one request with the token and reads the answer, whatever its status.
func (c *web) ask(method, url string, header http.Header, body string) (webAnswer, error) {
	request, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		return webAnswer{}, c.wire.trouble(providers.StageDialogue, err)
	}
	request.Header = header
	request.Header.Set("User-Agent", "Mailgrant")
	request.Header.Set("Authorization", "Bearer "+c.test.sign.token.Reveal())
	if err := c.send(request, body); err != nil {
		return webAnswer{}, c.wire.trouble(providers.StageDialogue, err)
	}
	answer, err := c.receive(request)
	if err != nil {
		c.wire.broken.Store(true)
		return webAnswer{}, err
	}
	return answer, nil
}

func (c *web) send(request *http.Request, body string) error {
	var text bytes.Buffer
	if err := request.Write(&text); err != nil {
		return err
	}
	head, _, _ := strings.Cut(text.String(), "\r\n\r\n")
	notes := strings.Split(head, "\r\n")
	if body != "" {
		notes = append(notes, body)
	}
	return c.wire.write(text.Bytes(), notes...)
}

func (c *web) receive(request *http.Request) (webAnswer, error) {
	for range maxInterim {
		c.limit.N = maxHead + maxBody
		if start, err := c.source.Peek(len("HTTP/")); err != nil {
			return webAnswer{}, c.cut(err)
		} else if string(start) != "HTTP/" {
			ahead, _ := c.source.Peek(c.source.Buffered())
			line, _, _ := bytes.Cut(ahead, []byte("\n"))
			return webAnswer{}, c.wire.rubbish(providers.StageDialogue, "the answer is not HTTP", string(line))
		}
		response, err := http.ReadResponse(c.source, request)
		if err != nil {
			return webAnswer{}, c.cut(err)
		}
		if response.StatusCode < 200 && response.StatusCode != http.StatusSwitchingProtocols {
			continue
		}
		return c.finish(response)
	}
	return webAnswer{}, c.wire.trouble(providers.StageDialogue, errEndlessSpeech)
}

func (c *web) finish(response *http.Response) (webAnswer, error) {
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBody+1))
	answer := webAnswer{status: response.StatusCode, header: response.Header, body: body}
	c.note(response, answer)
	switch {
	case len(body) > maxBody:
		return answer, c.wire.trouble(providers.StageDialogue, errEndlessAnswer)
	case err != nil:
		return answer, c.cut(err)
	}
	c.spent = response.Close
	return answer, nil
}

// cut types an error of reading an answer. What the HTTP library says of an answer that it
// cannot read repeats the server's words.
func (c *web) cut(err error) error {
	var network net.Error
	switch {
	case c.limit.N <= 0:
		return c.wire.trouble(providers.StageDialogue, errEndlessAnswer)
	case errors.As(err, &network), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed):
		return c.wire.trouble(providers.StageDialogue, err)
	}
	return c.wire.rubbish(providers.StageDialogue, "the answer is not HTTP", err.Error())
}

// note traces an answer. Cookies stay out: they may stand for a session.
func (c *web) note(response *http.Response, answer webAnswer) {
	lines := []string{}
	for name, values := range answer.header {
		for _, value := range values {
			if name == "Set-Cookie" {
				value = "[cookie]"
			}
			lines = append(lines, name+": "+value)
		}
	}
	slices.Sort(lines)
	c.wire.journal.note(false, response.Proto+" "+response.Status)
	for _, line := range append(lines, string(answer.body)) {
		if line != "" {
			c.wire.journal.note(false, line)
		}
	}
}

func (c *web) keep(text string) string { return c.wire.journal.veil.keep(text) }

func (c *web) close() { c.wire.close() }
