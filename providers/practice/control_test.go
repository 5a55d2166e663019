package practice

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

func (w *world) command(form url.Values) answer {
	w.Helper()
	return w.do(w.request(http.MethodPost, w.Describe().Control, form))
}

func TestControlPlantsRepairsAndAdvances(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	got := w.command(url.Values{"plant": {"throttled-imap", "consent-missing"}, "advance": {"30s"}})
	if got.status != http.StatusOK || !strings.HasPrefix(got.text, `{"planted":["consent-missing","throttled-imap"],"now":"2026-11-21T12:00:30Z"}`) {
		t.Errorf("HTTP %d %s", got.status, got.text)
	}
	got = w.command(url.Values{"repair": {"consent-missing"}})
	if got.status != http.StatusOK || !strings.Contains(got.text, `"planted":["throttled-imap"]`) {
		t.Errorf("HTTP %d %s", got.status, got.text)
	}
	if !w.clock.now().Equal(noon.Add(30 * time.Second)) {
		t.Errorf("the clock stands at %v", w.clock.now())
	}
}

func TestControlRefusesWhatMakesNoSense(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	for name, form := range map[string]url.Values{
		"unknown scenario":        {"plant": {"nonsense"}},
		"unknown repair":          {"repair": {"nonsense"}},
		"a good and a bad one":    {"plant": {"throttled-imap"}, "repair": {"nonsense"}},
		"no duration":             {"advance": {"tomorrow"}},
		"backwards":               {"advance": {"-30s"}},
		"too far":                 {"advance": {"999999h"}},
		"too far in steps":        {"advance": {"80000h", "80000h"}},
		"nothing":                 {},
		"something else entirely": {"scenario": {"healthy"}},
	} {
		got := w.command(form)
		if got.status != http.StatusBadRequest || len(got.text) < 30 {
			t.Errorf("%s: HTTP %d %q", name, got.status, got.text)
		}
	}
	if len(w.Planted()) > 0 || !w.clock.now().Equal(noon) {
		t.Errorf("refused commands changed something: %q, %v", w.Planted(), w.clock.now())
	}
}

func TestControlAnswersThisComputerOnly(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	plant := url.Values{"plant": {"throttled-imap"}}
	for name, change := range map[string]func(*http.Request){
		"a name that was made to resolve here": func(r *http.Request) { r.Host = "rebound.example:80" },
		"an address of elsewhere":              func(r *http.Request) { r.Host = "192.0.2.1" },
		"no host":                              func(r *http.Request) { r.Host = "-" },
		"a form on another page":               func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"a request that a browser calls cross-site": func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Site", "cross-site")
		},
	} {
		request := w.request(http.MethodPost, w.Describe().Control, plant)
		change(request)
		if got := w.do(request); got.status != http.StatusForbidden {
			t.Errorf("%s: HTTP %d", name, got.status)
		}
	}
	if len(w.Planted()) > 0 {
		t.Error("a forbidden request planted something")
	}
	for _, host := range []string{"localhost:1", "127.0.0.1", "[::1]:8080"} {
		request := w.request(http.MethodPost, w.Describe().Control, plant)
		request.Host = host
		if got := w.do(request); got.status != http.StatusOK {
			t.Errorf("%s: HTTP %d", host, got.status)
		}
	}
	for _, wrong := range []struct{ method, path string }{{http.MethodDelete, ""}, {http.MethodGet, "elsewhere"}} {
		if got := w.do(w.request(wrong.method, w.Describe().Control+wrong.path, nil)); got.status < 400 {
			t.Errorf("%s %s: HTTP %d", wrong.method, wrong.path, got.status)
		}
	}
}

func TestControlHandsOutTheApplicationsCertificate(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	got := w.do(w.request(http.MethodGet, w.Describe().Control+"certificate.pem", nil))
	if got.status != http.StatusOK || got.text != string(w.Certificate()) || got.header.Get("Cache-Control") != "no-store" {
		t.Errorf("HTTP %d %v", got.status, got.header)
	}
	request := w.request(http.MethodGet, w.Describe().Control+"certificate.pem", nil)
	request.Host = "evil.example"
	if got := w.do(request); got.status != http.StatusForbidden {
		t.Errorf("by another name: HTTP %d", got.status)
	}
}

func TestTheLogTellsWhatHappenedWithoutSecrets(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	compare(t, w.walk(RouteAppOnly), nil)
	compare(t, w.walk(RouteDevice), nil)
	token := w.appToken()
	deviceSecret, userCode := w.begin()
	w.poll(deviceSecret)
	w.tryIMAP(contracts, "not-a-token")
	w.trySMTP("nobody@contoso.example", token)
	bad := w.appForm()
	bad.Set("client_secret", "wrong-and-secret")
	bad.Set("grant_type", "client_credentials")
	w.post(tokenPath, bad)
	w.post(tokenPath, url.Values{"grant_type": {"wrong-and-secret"}})
	log := w.do(w.request(http.MethodGet, w.Describe().Control, nil)).text
	for _, want := range []string{
		`"protocol":"https","summary":"token client_credentials answered"`, "token client_credentials refused: AADSTS7000215 invalid_client",
		"token device_code refused: AADSTS70016 authorization_pending", "token unknown grant refused",
		"AUTHENTICATE for contracts@contoso.example accepted", "AUTHENTICATE for contracts@contoso.example refused: token is not a JWT",
		"AUTH for nobody@contoso.example refused: there is no such mailbox", "SELECT INBOX, ",
		"message from crm@contoso.example delivered to crm@contoso.example", "devicelogin: crm@contoso.example has signed in",
		`"at":"2026-11-21T12:00:00Z"`,
	} {
		if !strings.Contains(log, want) {
			t.Errorf("the log lacks %s", want)
		}
	}
	for what, secret := range map[string]string{
		"client secret": w.Describe().ClientSecret, "token": token, "signature": token[len(token)-40:], "device code": deviceSecret,
		"user code": userCode, "wrong secret": "wrong-and-secret",
	} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds the %s", what)
		}
	}
}

func TestTheLogTellsOfClientsThatDoNotTrustTheAuthority(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	for _, address := range []string{w.ports.https, w.ports.imaps} {
		conn, err := tls.Dial("tcp", address, &tls.Config{RootCAs: x509.NewCertPool()})
		if err == nil {
			_ = conn.Close()
			t.Fatal("an unknown authority is trusted")
		}
	}
	// Closing waits for the servers, which have noted the failed handshakes by then.
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, protocol := range []string{"https", "imap"} {
		if !slices.ContainsFunc(w.journal.list(), func(r Request) bool {
			return r.Protocol == protocol && strings.Contains(r.Summary, "TLS handshake")
		}) {
			t.Errorf("no handshake in the log of %s: %+v", protocol, w.journal.list())
		}
	}
}

func TestTheLogIsBounded(t *testing.T) {
	t.Parallel()
	var j journal
	for range journalLength + 7 {
		j.note(noon, "imap", "line\x1b[31m\r\nforged")
	}
	list := j.list()
	if len(list) != journalLength {
		t.Errorf("%d requests are kept", len(list))
	}
	if strings.ContainsAny(list[0].Summary, "\x1b\r\n") {
		t.Errorf("summary %q", list[0].Summary)
	}
}

func TestTheLogShowsEveryProtocolAndNoToken(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	exchange, graph := w.appToken(), w.graphToken()
	w.graphGet("/users/"+contracts+"/messages", graph)
	w.graphGet("/me/messages?x="+graph, graph)
	w.soap(exchange, soapRequest(contracts, getFolderOf(distinguished("inbox", ""))))
	w.soap(graph, "")
	c := w.inPOP3()
	c.ask("QUIT")
	text := w.do(w.request(http.MethodGet, w.Describe().Control, nil)).text
	for _, line := range []string{
		`"graph","summary":"GET user contracts@contoso.example, messages answered"`,
		`"graph","summary":"GET me, messages refused: 400 BadRequest: /me request is only valid with delegated authentication flow."`,
		`"ews","summary":"GetFolder for contracts@contoso.example answered"`,
		`"ews","summary":"request refused: 401 2000003;`,
		`"pop3","summary":"AUTH for contracts@contoso.example accepted"`,
	} {
		if !strings.Contains(text, line) {
			t.Errorf("the log lacks %s", line)
		}
	}
	for _, token := range []string{exchange, graph} {
		if strings.Contains(text, token) {
			t.Error("a token is in the log")
		}
	}
}
