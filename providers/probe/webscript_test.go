package probe

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/mailgrant/mailgrant/providers"
)

// webStage is an HTTPS server that gives its answers one after the other, as they stand, and is
// silent then. It closes the connection after an answer that says so.
type webStage struct {
	answers []string
	bare    bool // the answers have no length: the connection's end is theirs
	plain   bool // it speaks HTTP, not HTTPS

	flights stage // counts the client's
	played  sync.WaitGroup
	mutex   sync.Mutex
	heard   []*http.Request
	bodies  []string
	dialled int
}

func (s *webStage) dial(context.Context, string, string) (net.Conn, error) {
	client, server := net.Pipe()
	s.mutex.Lock()
	s.dialled++
	s.mutex.Unlock()
	s.played.Go(func() {
		defer server.Close()
		s.play(server)
	})
	return &flightCounter{Conn: client, stage: &s.flights, reading: true}, nil
}

func (s *webStage) play(conn net.Conn) {
	if s.plain {
		_, _ = conn.Read(make([]byte, 4096))
		_, _ = io.WriteString(conn, answer(http.StatusBadRequest, "", "speak HTTP"))
		return
	}
	conn = tls.Server(conn, serverTLS(goodCertificate()))
	defer conn.Close()
	reader := bufio.NewReader(conn)
	for {
		answer, ok := s.hear(reader)
		if !ok {
			return
		}
		if _, err := io.WriteString(conn, answer); err != nil || s.bare || strings.Contains(answer, "Connection: close") {
			return
		}
	}
}

// hear reads one request and returns the next answer; silence, where none is left.
func (s *webStage) hear(reader *bufio.Reader) (string, bool) {
	request, err := http.ReadRequest(reader)
	if err != nil {
		return "", false
	}
	body, _ := io.ReadAll(request.Body)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.heard, s.bodies = append(s.heard, request), append(s.bodies, string(body))
	if len(s.answers) == 0 {
		return "", true
	}
	answer := s.answers[0]
	s.answers = s.answers[1:]
	return answer, true
}

// answer is a whole answer of HTTP/1.1; headers end in "\r\n" each.
func answer(status int, headers, body string) string {
	return fmt.Sprintf("HTTP/1.1 %d %s\r\n%sContent-Length: %d\r\n\r\n%s", status, http.StatusText(status), headers, len(body), body)
}

// webScene is one conversation with what the test of it must show.
type webScene struct {
	name     string
	stage    *webStage // nil is silent
	edit     func(*Attempt)
	asked    []string // method and path of each request
	failed   providers.Layer
	says     string // part of the failed or of the last layer's detail
	mailbox  string // the detail of the mailbox layer
	refusal  *providers.HTTPRefusal
	at       providers.Stage
	check    func(error) bool
	messages int
	sent     bool
	dialled  int // 0 = 1
	flights  int // goodbye included; 0: not counted
}

// play runs the scene in a bubble of its own: time is not real there, and nothing may be left
// running at its end.
func (sc *webScene) play(t *testing.T, protocol, url string) {
	synctest.Test(t, func(t *testing.T) {
		if sc.stage == nil {
			sc.stage = new(webStage)
		}
		attempt := attemptAt(protocol, url)
		if sc.edit != nil {
			sc.edit(&attempt)
		}
		var trace transcript
		prober := probeOf(sc.stage.dial)
		prober.Trace = trace.add
		result := prober.Run(t.Context(), attempt)
		sc.stage.played.Wait()
		sc.judge(t, result)
		checkShape(t, result)
		checkSecrecy(t, result, trace.text(), attempt)
		for _, line := range trace.lines {
			if dirty(line.Text) {
				t.Errorf("trace is not clean: %q", line.Text)
			}
		}
		if t.Failed() {
			t.Logf("%s\n%s", show(result), trace.text())
		}
	})
}

func (sc *webScene) judge(t *testing.T, result Result) {
	t.Helper()
	failed, detail := failedLayer(result)
	if failed != sc.failed || !strings.Contains(detail, sc.says) {
		t.Errorf("failed at %q saying %q, want %q saying %q", failed, detail, sc.failed, sc.says)
	}
	var refusal *providers.HTTPRefusal
	if errors.As(result.Failure, &refusal); sc.refusal != nil && !reflect.DeepEqual(refusal, sc.refusal) {
		t.Errorf("refusal\n%#v, want\n%#v", refusal, sc.refusal)
	}
	if sc.at != "" && !isStage(sc.at)(result.Failure) || sc.check != nil && !sc.check(result.Failure) {
		t.Errorf("failure is of another kind: %#v", result.Failure)
	}
	if mailbox := result.Layers[6].Detail; sc.mailbox != "" && mailbox != sc.mailbox {
		t.Errorf("mailbox says %q, want %q", mailbox, sc.mailbox)
	}
	if failed == "" && result.Messages != sc.messages || (result.MessageID != "") != sc.sent {
		t.Errorf("%d messages, message %q sent", result.Messages, result.MessageID)
	}
	var asked []string
	for _, request := range sc.stage.heard {
		asked = append(asked, request.Method+" "+request.RequestURI)
		if bearer := request.Header.Get("Authorization"); !strings.HasPrefix(bearer, "Bearer ") {
			t.Errorf("authorised with %q", bearer)
		}
	}
	if sc.asked != nil && !reflect.DeepEqual(asked, sc.asked) {
		t.Errorf("asked %q, want %q", asked, sc.asked)
	}
	if want := max(sc.dialled, 1); sc.stage.dialled != want {
		t.Errorf("%d connections, want %d", sc.stage.dialled, want)
	}
	if sc.flights != 0 && sc.stage.flights.writes != sc.flights {
		t.Errorf("%d flights, want %d", sc.stage.flights.writes, sc.flights)
	}
}
