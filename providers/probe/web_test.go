package probe

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

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
