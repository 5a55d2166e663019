package probe

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

// A script is one server's part in a dialogue, a line each:
//
//	S: text     the server says it ("\n" within it separates lines sent at once)
//	C: text     the client must say it; "…" at its end stands for anything
//	TLS         the handshake
//	HEAR        the client must say anything
//	SLOW        the server takes nine seconds
//	BYTES text  the server sends it without a line end
//	CLOSE       the server closes the connection
//
// After the last line the server listens until the client leaves.
type script string

// stage is a server that plays a script to one client, over a pipe without buffers.
type stage struct {
	script      script
	certificate tls.Certificate
	played      sync.WaitGroup
	mutex       sync.Mutex
	trouble     error
	extra       []string // what the client said after the script's end
	writes      int      // how often the client changed from reading to writing
}

func (s *stage) dial(context.Context, string, string) (net.Conn, error) {
	client, server := net.Pipe()
	s.played.Go(func() {
		defer server.Close()
		if err := s.play(server); err != nil {
			s.mutex.Lock()
			s.trouble = err
			s.mutex.Unlock()
		}
	})
	return &flightCounter{Conn: client, stage: s, reading: true}, nil
}

func (s *stage) play(conn net.Conn) error {
	reader := bufio.NewReaderSize(conn, 64<<10)
	for _, step := range strings.Split(strings.TrimSpace(string(s.script)), "\n") {
		step = strings.TrimSpace(step)
		verb, text, _ := strings.Cut(step, " ")
		switch verb {
		case "": // for legibility
		case "SLOW":
			<-time.After(9 * time.Second)
		case "HEAR":
			if _, err := conn.Read(make([]byte, 4096)); err != nil {
				return fmt.Errorf("hearing: %w", err)
			}
		case "S:":
			text = strings.ReplaceAll(text, `\n`, "\r\n")
			if _, err := io.WriteString(conn, text+"\r\n"); err != nil {
				return fmt.Errorf("saying %q: %w", text, err)
			}
		case "BYTES":
			if _, err := io.WriteString(conn, must(unquote(text))); err != nil {
				return fmt.Errorf("sending %s: %w", text, err)
			}
		case "C:":
			line, err := reader.ReadString('\n')
			line = strings.TrimSuffix(line, "\r\n")
			prefix, open := strings.CutSuffix(text, "…")
			if err != nil || line != text && !(open && strings.HasPrefix(line, prefix)) {
				return fmt.Errorf("client said %q (%v), the script has %q", line, err, text)
			}
		case "TLS":
			secured := tls.Server(conn, serverTLS(s.certificate))
			if err := secured.Handshake(); err != nil {
				return fmt.Errorf("handshake: %w", err)
			}
			conn, reader = secured, bufio.NewReaderSize(secured, 64<<10)
		case "CLOSE":
			return nil
		default:
			return fmt.Errorf("script has %q", step)
		}
	}
	for {
		line, err := reader.ReadString('\n')
		if err != nil {
			return nil
		}
		s.mutex.Lock()
		s.extra = append(s.extra, strings.TrimRight(line, "\r\n"))
		s.mutex.Unlock()
	}
}

// flightCounter counts the client's flights: writes that follow a read, or the beginning.
type flightCounter struct {
	net.Conn
	stage   *stage
	reading bool
}

func (c *flightCounter) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.stage.mutex.Lock()
	defer c.stage.mutex.Unlock()
	c.reading = true
	return n, err
}

func (c *flightCounter) Write(p []byte) (int, error) {
	c.stage.mutex.Lock()
	if c.reading {
		c.stage.writes++
	}
	c.reading = false
	c.stage.mutex.Unlock()
	return c.Conn.Write(p)
}

func unquote(text string) (string, error) {
	var out string
	_, err := fmt.Sscanf(text, "%q", &out)
	return out, err
}

// testToken is of a length that real ones have, in pieces that repeat nowhere.
func testToken(length int) keychain.Secret {
	var b strings.Builder
	for n := uint32(1); b.Len() < length; n++ {
		fmt.Fprintf(&b, "%08x", n*2654435761)
	}
	return keychain.NewSecret(b.String()[:length])
}

// scene is a script with what the test of it must show.
type scene struct {
	name     string
	server   string // URL; default: implicit TLS at mail.example.test
	script   script
	edit     func(*Attempt)
	failed   providers.Layer // "" = passed
	says     string          // part of the failed or of the last layer's detail
	reply    *providers.Reply
	stage    providers.Stage
	check    func(error) bool
	extra    string // what the client says after the script's end, lines joined by " | "
	messages int
	found    bool
	sent     bool // a message was
	flights  int  // of the client, goodbye included; 0: not counted
}

// play runs one scene in a bubble of its own: time is not real there, and nothing may be left
// running at its end.
func (sc scene) play(t *testing.T, protocol string) {
	synctest.Test(t, func(t *testing.T) {
		attempt := Attempt{Mailbox: "crm@contoso.example", Token: testToken(2166)}
		url := sc.server
		if url == "" {
			url = protocol + "s://mail.example.test"
		}
		attempt.Server = must(providers.ParseServer(protocol, url))
		if sc.edit != nil {
			sc.edit(&attempt)
		}
		server := &stage{script: sc.script, certificate: goodCertificate()}
		var trace transcript
		var heard []LayerResult
		prober := Prober{
			Dial:      server.dial,
			Resolve:   func(context.Context, string) ([]string, error) { return []string{"192.0.2.1"}, nil },
			Endpoints: providers.Endpoints{Roots: testAuthority().pool},
			Trace:     trace.add,
			OnLayer:   func(layer LayerResult) { heard = append(heard, layer) },
		}
		result := prober.Run(t.Context(), attempt)
		server.played.Wait()
		sc.judge(t, result, server)
		checkShape(t, result)
		checkSecrecy(t, result, trace.text(), attempt)
		if !slices.Equal(heard, result.Layers) {
			t.Errorf("layers were told as %v", heard)
		}
		if t.Failed() {
			t.Logf("%s\n%s", show(result), trace.text())
		}
	})
}

func (sc scene) judge(t *testing.T, result Result, server *stage) {
	t.Helper()
	if server.trouble != nil {
		t.Errorf("the server's script: %v", server.trouble)
	}
	failed, detail := failedLayer(result)
	if failed != sc.failed || !strings.Contains(detail, sc.says) {
		t.Errorf("failed at %q saying %q, want %q saying %q", failed, detail, sc.failed, sc.says)
	}
	var reply *providers.Reply
	if errors.As(result.Failure, &reply); sc.reply != nil && !reflect.DeepEqual(reply, sc.reply) {
		t.Errorf("refusal\n%#v, want\n%#v", reply, sc.reply)
	}
	if sc.stage != "" && !isStage(sc.stage)(result.Failure) {
		t.Errorf("failure %#v is not of stage %s", result.Failure, sc.stage)
	}
	if sc.check != nil && !sc.check(result.Failure) {
		t.Errorf("failure is of another kind: %#v", result.Failure)
	}
	if extra := strings.Join(server.extra, " | "); extra != sc.extra {
		t.Errorf("client ended with %q, want %q", extra, sc.extra)
	}
	if failed == "" && result.Probe != "smtp" && result.Messages != sc.messages {
		t.Errorf("%d messages, want %d", result.Messages, sc.messages)
	}
	if result.Found != sc.found {
		t.Errorf("found: %v, want %v", result.Found, sc.found)
	}
	if (result.MessageID != "") != sc.sent || sc.sent && !strings.Contains(detail, result.MessageID) {
		t.Errorf("message %q was sent, want one: %v", result.MessageID, sc.sent)
	}
	if sc.flights != 0 && server.writes != sc.flights {
		t.Errorf("%d flights, want %d", server.writes, sc.flights)
	}
}
