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
	"time"

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

// hostileAnswers is what no server should say; each must end in a failure at sasl.
func hostileAnswers() []webScene {
	return []webScene{
		{name: "another protocol", stage: &webStage{answers: []string{"* OK IMAP4 ready\r\n"}}, says: `the answer is not HTTP: "* OK IMAP4 ready"`},
		{name: "an escape sequence", stage: &webStage{answers: []string{"\x1b]0;owned\a\x1b[2J\r\n"}}, says: `the answer is not HTTP: "]0;owned[2J"`},
		{name: "a malformed head", stage: &webStage{answers: []string{"HTTP/1.1 \x1b[31m\r\n\r\n"}}, says: "the answer is not HTTP"},
		{name: "a malformed header that repeats the token", stage: &webStage{answers: []string{"HTTP/1.1 200 OK\r\n" + testToken(2166).Reveal() + "\r\n\r\n"}}, says: "the answer is not HTTP"},
		{name: "a page", stage: &webStage{answers: []string{answer(200, "Content-Type: text/html\r\n", "<html><title>Sign in to Wi-Fi</title>")}}, says: "the answer is not"},
		{name: "nothing", stage: &webStage{answers: []string{answer(200, "", "")}}, says: "the answer is not"},
		{name: "JSON of another kind", stage: &webStage{answers: []string{answer(200, "", `[{"displayName":5}]`)}}, says: "the answer is not"},
		{name: "XML of another kind", stage: &webStage{answers: []string{answer(200, "", `<a><b/></a>`)}}, says: "the answer is not"},
		{name: "entities that grow", stage: &webStage{answers: []string{answer(200, "", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Envelope><Body>&b;</Body></Envelope>`)}}, says: "the answer is not"},
		{name: "an endless body", stage: &webStage{answers: []string{answer(200, "", strings.Repeat("x", maxBody+1))}}, says: "endless answer"},
		{name: "an endless body without a length", stage: &webStage{bare: true, answers: []string{"HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("x", 2*maxBody)}}, says: "endless answer"},
		{name: "an endless header", stage: &webStage{answers: []string{"HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", maxHead+maxBody)}}, says: "endless answer"},
		{name: "endless provisional answers", stage: &webStage{answers: []string{strings.Repeat("HTTP/1.1 100 Continue\r\n\r\n", maxInterim)}}, says: "endless text"},
		{name: "a body that is cut", stage: &webStage{bare: true, answers: []string{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"}}, says: "closed the connection"},
		{name: "a connection that is closed", stage: &webStage{bare: true, answers: []string{""}}, says: "closed the connection"},
		{name: "silence", says: "no answer within 10s", check: isTimeout},
		{name: "half an answer, then silence", stage: &webStage{answers: []string{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"}}, says: "no answer within 10s", check: isTimeout},
	}
}

func TestHostileAnswersOverHTTPS(t *testing.T) {
	t.Parallel()
	for protocol, url := range webServers {
		for _, sc := range hostileAnswers() {
			t.Run(sc.name+" from "+protocol, func(t *testing.T) {
				t.Parallel()
				sc.failed, sc.at = providers.LayerSASL, providers.StageDialogue
				sc.play(t, protocol, url)
			})
		}
	}
}

var webServers = map[string]string{"graph": graphURL, "ews": ewsURL}

// Before a request there is no difference between the two protocols.
func TestWebServersWithoutAConversation(t *testing.T) {
	t.Parallel()
	scenes := func() []webScene {
		return []webScene{
			{name: "plain HTTP where TLS is due", stage: &webStage{plain: true}, failed: providers.LayerTLS, at: providers.StageTLS, check: isRecordHeader, says: "this is no https port"},
			{name: "no token", edit: func(a *Attempt) { a.Token = testToken(0) }, failed: providers.LayerToken, says: "there is no access token", check: func(err error) bool { return err == nil }},
		}
	}
	for protocol, url := range webServers {
		for _, sc := range scenes() {
			t.Run(sc.name+" at "+protocol, func(t *testing.T) {
				t.Parallel()
				sc.play(t, protocol, url)
			})
		}
	}
}

func TestCancelEndsAWebTestAtOnce(t *testing.T) {
	t.Parallel()
	for protocol, url := range webServers {
		t.Run(protocol, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var server webStage
				ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
				defer cancel()
				start := time.Now()
				result := probeOf(server.dial).Run(ctx, attemptAt(protocol, url))
				server.played.Wait()
				if took := time.Since(start); took != 3*time.Second || result.Failure != ctx.Err() {
					t.Errorf("ended %v after the start with %v", took, result.Failure)
				}
			})
		})
	}
}

func TestRetryAfterHasTwoForms(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"": 0, "17": 17 * time.Second, "-1": 0, "soon": 0, "99999999": maxRetryAfter, "99999999999999999999": 0,
		"Sat, 21 Nov 2026 12:02:00 GMT": 2 * time.Minute, "Sat, 21 Nov 2026 11:00:00 GMT": 0, "Sat, 21 Nov 2099 11:00:00 GMT": maxRetryAfter,
	} {
		if got := retryAfter(value, now); got != want {
			t.Errorf("%q gives %v, want %v", value, got, want)
		}
	}
}

func TestPageTitle(t *testing.T) {
	t.Parallel()
	for page, want := range map[string]string{
		"": "", "no page": "", "<title>": "", "<TITLE lang=en>Blocked &amp; logged</TITLE>": "Blocked & logged",
		"<title>" + strings.Repeat("x", 500): strings.Repeat("x", 200), "\u0130<title>x</title>": "",
	} {
		if got := pageTitle([]byte(page)); got != want {
			t.Errorf("%q gives %q, want %q", page, got, want)
		}
	}
}

// FuzzWeb lets a server over HTTPS answer anything. A bar stands for the next request.
func FuzzWeb(f *testing.F) {
	f.Add(answer(200, "", graphInbox) + "|" + answer(202, "", ""))
	f.Add(answer(200, "", ewsInbox))
	f.Add(answer(401, "WWW-Authenticate: Bearer\r\n", `{"error":{"code":5,"message":{}}}`))
	f.Add("HTTP/1.0 500 \r\n\r\n<Envelope><Body><Fault><faultcode>a:ErrorX</faultcode></Fault></Body></Envelope>")
	f.Add("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n")
	f.Fuzz(func(t *testing.T, says string) {
		synctest.Test(t, func(t *testing.T) {
			for protocol, url := range webServers {
				attempt := attemptAt(protocol, url)
				attempt.Recipient = "you@contoso.example"
				client, far := net.Pipe()
				var server sync.WaitGroup
				server.Go(func() { parrotWeb(far, says) })
				checkWeb(t, attempt, client)
				server.Wait()
			}
		})
	})
}

func parrotWeb(conn net.Conn, says string) {
	defer conn.Close()
	reader := bufio.NewReader(conn)
	for part := range strings.SplitSeq(says, "|") {
		request, err := http.ReadRequest(reader)
		if err != nil {
			return
		}
		_, _ = io.Copy(io.Discard, request.Body)
		if _, err := io.WriteString(conn, part); err != nil {
			return
		}
	}
}

// checkWeb makes the requests on a connection that is taken for secured.
func checkWeb(t *testing.T, attempt Attempt, conn net.Conn) {
	var trace transcript
	prober := probeOf(func(context.Context, string, string) (net.Conn, error) { return nil, net.ErrClosed })
	prober.Trace = trace.add
	test := newTest(prober.ready(), attempt)
	test.end = time.Now().Add(time.Minute)
	c := &web{test: test, wire: test.wire(t.Context(), conn, "192.0.2.1:443")}
	defer c.close()
	c.listen()
	var err error
	if attempt.Server.Protocol == "ews" {
		_, err = ewsTalk{c}.inbox()
	} else {
		g := &graphTalk{web: c, base: "https://graph.example/v1.0/me"}
		if _, err = g.folder(""); err == nil {
			err = g.deliver(t.Context(), newMessage(attempt, testDate))
		}
	}
	if err != nil && dirty(err.Error()) {
		t.Errorf("ends with %q", err)
	}
	checkSecrecy(t, Result{Failure: err}, trace.text(), attempt)
	for _, line := range trace.lines {
		if dirty(line.Text) {
			t.Errorf("trace is not clean: %q", line.Text)
		}
	}
}
