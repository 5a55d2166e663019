package loopback

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

const (
	expected = "EXPECTEDSTATE234567ABCDEFG"
	theCode  = "0.AXoA-code_of_a_person.~"
)

// unplugged is a listener without sockets, at http://localhost:8421/back.
func unplugged() *Listener {
	return &Listener{redirect: redirect{"localhost", "8421", "/back"}, state: expected, settled: make(chan struct{})}
}

// waits reports whether the sign-in is still open.
func (l *Listener) waits() bool {
	select {
	case <-l.settled:
		return false
	default:
		return true
	}
}

func query(pairs ...string) string {
	values := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		values.Add(pairs[i], pairs[i+1])
	}
	return values.Encode()
}

func get(target string) *http.Request {
	return httptest.NewRequest(http.MethodGet, "http://localhost:8421"+target, nil)
}

func post(target, body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "http://localhost:8421"+target, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

func TestAnswersOfABrowser(t *testing.T) {
	t.Parallel()
	good := query("code", theCode, "state", expected)
	rebound := get("/back?" + good)
	rebound.Host = "evil.example:8421"
	head := get("/back?" + good)
	head.Method = http.MethodHead
	asJSON := post("/back", good)
	asJSON.Header.Set("Content-Type", "application/json")
	for _, tc := range []struct {
		name    string
		request *http.Request
		status  int
		words   string // of the page
		taken   bool
	}{
		{"code in the query", get("/back?" + good), 200, "has arrived", true},
		{"code as a form", post("/back", good), 200, "has arrived", true},
		{"more than is needed beside it", get("/back?" + good + "&session_state=x&iss=y&scope=z"), 200, "has arrived", true},
		{"state of another sign-in", get("/back?" + query("code", theCode, "state", "ANOTHERSTATE")), 400, "another sign-in", false},
		{"beginning of the state", get("/back?" + query("code", theCode, "state", expected[:20])), 400, "another sign-in", false},
		{"no state", get("/back?" + query("code", theCode)), 400, "another sign-in", false},
		{"two states", get("/back?" + good + "&state=" + expected), 400, "another sign-in", false},
		{"two codes", get("/back?" + good + "&code=second"), 400, "another sign-in", false},
		{"refusal with another state", get("/back?" + query("error", "access_denied", "state", "x")), 400, "another sign-in", false},
		{"nothing", get("/back"), 400, "another sign-in", false},
		{"state alone", get("/back?" + query("state", expected)), 400, "neither a code", false},
		{"code with control characters", get("/back?" + query("code", "a\x1bb", "state", expected)), 400, "neither a code", false},
		{"form with its values in the query", post("/back?"+good, ""), 400, "another sign-in", false},
		{"form of another kind", asJSON, 400, "another sign-in", false},
		{"form without end", post("/back", good+"&x="+strings.Repeat("x", maxAnswer)), 400, "ignored", false},
		{"damaged form", post("/back", good+"&x=%zz"), 400, "ignored", false},
		{"icon", get("/favicon.ico"), 404, "Nothing here", false},
		{"another path", get("/?" + good), 404, "Nothing here", false},
		{"path below", get("/back/?" + good), 404, "Nothing here", false},
		{"another name for this computer", rebound, 403, "does not belong", false},
		{"another method", head, 405, "", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			l, w := unplugged(), httptest.NewRecorder()
			l.ServeHTTP(w, tc.request)
			if w.Code != tc.status || !strings.Contains(w.Body.String(), tc.words) || l.waits() == tc.taken {
				t.Errorf("it answers %d %s; it waits on: %v", w.Code, w.Body, l.waits())
			}
			if tc.taken && (l.err != nil || l.code != keychain.NewSecret(theCode)) {
				t.Errorf("it takes another code, or %v", l.err)
			}
			mustBePlain(t, w)
		})
	}
}

// mustBePlain fails when a page could do harm or keep a secret.
func mustBePlain(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	for header, want := range map[string]string{
		"Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
		"Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff",
	} {
		if got := w.Header().Get(header); got != want {
			t.Errorf("%s is %q", header, got)
		}
	}
	if !strings.HasPrefix(w.Header().Get("Content-Security-Policy"), "default-src 'none'") {
		t.Error("the page may load things")
	}
	for _, bad := range []string{"<script", "<img", theCode, expected, "\x1b"} {
		if strings.Contains(w.Body.String(), bad) {
			t.Errorf("the page has %q in it", bad)
		}
	}
}

func TestRefusalsThroughTheBrowser(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		answer string
		want   providers.AuthorityError
		page   string
	}{
		{"cancelled", query("error", "access_denied", "error_subcode", "cancel", "state", expected),
			providers.AuthorityError{Code: "access_denied", Suberror: "cancel"}, "refused in the browser: access_denied"},
		{"consent is missing", query("error", "interaction_required", "error_description", "AADSTS65001: The user has not consented.\r\nTrace ID: t\r\nCorrelation ID: c\r\nTimestamp: 2026-11-21 16:00:00Z", "state", expected),
			providers.AuthorityError{Code: "interaction_required", Numbers: []int{65001}, Description: "AADSTS65001: The user has not consented.", TraceID: "t", CorrelationID: "c", Timestamp: "2026-11-21 16:00:00Z"}, "AADSTS65001"},
		{"hostile description", query("error", "x", "error_description", "<script>alert(1)</script>\x1b[31m & "+expected, "state", expected),
			providers.AuthorityError{Code: "x", Description: "<script>alert(1)</script>[31m & [redacted]"}, "&lt;script&gt;alert(1)&lt;/script&gt;[31m &amp; [redacted]"},
		{"with a code as well", query("error", "x", "code", theCode, "error_description", "you sent "+theCode, "state", expected),
			providers.AuthorityError{Code: "x", Description: "you sent [redacted]"}, "you sent [redacted]"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			l, w := unplugged(), httptest.NewRecorder()
			l.ServeHTTP(w, get("/back?"+tc.answer))
			_, err := l.Wait(t.Context())
			var refused *providers.AuthorityError
			if !errors.As(err, &refused) || refused.Error() != tc.want.Error() || refused.Code != tc.want.Code || refused.Number() != tc.want.Number() ||
				refused.Suberror != tc.want.Suberror || refused.TraceID != tc.want.TraceID || refused.CorrelationID != tc.want.CorrelationID || refused.Timestamp != tc.want.Timestamp {
				t.Errorf("it gives %+v", err)
			}
			if w.Code != 200 || !strings.Contains(w.Body.String(), tc.page) {
				t.Errorf("the page is %s", w.Body)
			}
			mustBePlain(t, w)
		})
	}
}

func TestOnlyOneAnswerCounts(t *testing.T) {
	t.Parallel()
	l := unplugged()
	l.ServeHTTP(httptest.NewRecorder(), get("/back?"+query("code", theCode, "state", expected)))
	for _, late := range []string{query("code", "another", "state", expected), query("error", "access_denied", "state", expected)} {
		w := httptest.NewRecorder()
		l.ServeHTTP(w, get("/back?"+late))
		if w.Code != 409 || !strings.Contains(w.Body.String(), "answered before") {
			t.Errorf("a later answer gets %d %s", w.Code, w.Body)
		}
	}
	if code, err := l.Wait(t.Context()); err != nil || code.Reveal() != theCode {
		t.Errorf("it gives another code, or %v", err)
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add(query("code", theCode, "state", expected), false)
	f.Add(query("error", "access_denied", "error_description", "AADSTS65001: no\x1b", "state", expected), true)
	f.Add("code=a&code=b&state="+expected, false)
	f.Add("state=%ff;%zz&error=<b>", true)
	f.Fuzz(func(t *testing.T, text string, form bool) {
		r := httptest.NewRequest(http.MethodGet, "http://localhost:8421/back", nil)
		r.URL.RawQuery = text
		if form {
			r = post("/back", text)
		}
		l, w := unplugged(), httptest.NewRecorder()
		l.ServeHTTP(w, r)
		if strings.Contains(w.Body.String(), "<script") || strings.Contains(w.Body.String(), expected) || strings.ContainsRune(w.Body.String(), 0x1b) {
			t.Errorf("the page is %q", w.Body)
		}
		if !l.waits() && !strings.Contains(text, expected) && !strings.Contains(text, "%") {
			t.Errorf("%q was taken without the state", text)
		}
		if !l.waits() && l.err == nil && l.code.IsZero() {
			t.Errorf("%q gives neither a code nor a refusal", text)
		}
	})
}
