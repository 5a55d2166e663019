package oauth

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/mailgrant/mailgrant/providers"
)

// refusals are answers with what must come out.
var refusals = []struct {
	name   string
	answer Answer
	check  func(*providers.AuthorityError) bool
}{
	{"wrong secret", Answer{Status: 401, Body: []byte(errorAnswer("invalid_client", 7000215, "Invalid client secret provided"))}, func(e *providers.AuthorityError) bool {
		return e.Status == 401 && e.Code == "invalid_client" && e.Number() == 7000215 && e.Description == "AADSTS7000215: Invalid client secret provided." &&
			e.TraceID == "0000aaaa-11bb-cccc-dd22-eeeeee333333" && e.CorrelationID == "aaaa0000-bb11-2222-33cc-444444dddddd" && e.Timestamp == "2026-11-21 16:00:00Z"
	}},
	{"number only in the text, parts on lines of their own", Answer{Status: 400, Body: []byte(`{"error":"invalid_scope","error_description":"AADSTS70011: no.\r\nTrace ID: t\r\nCorrelation ID: c\r\nTimestamp: 2026-11-21 16:00:00Z"}`)}, func(e *providers.AuthorityError) bool {
		return e.Number() == 70011 && e.Description == "AADSTS70011: no." && e.TraceID == "t" && e.CorrelationID == "c" && e.Timestamp == "2026-11-21 16:00:00Z"
	}},
	{"Conditional Access challenge", Answer{Status: 400, Body: []byte(`{"error":"interaction_required","suberror":"basic_action","claims":"{\"access_token\":{}}","error_codes":[53003,50076]}`)}, func(e *providers.AuthorityError) bool {
		return e.Suberror == "basic_action" && e.Claims == `{"access_token":{}}` && slices.Equal(e.Numbers, []int{53003, 50076})
	}},
	{"members of wrong types", Answer{Status: 400, Body: []byte(`{"error":"invalid_client","error_description":12,"error_codes":"7000222","trace_id":{},"suberror":[1]}`)}, func(e *providers.AuthorityError) bool {
		return e.Code == "invalid_client" && e.Number() == 7000222 && e.Description == "12" && e.TraceID == "" && e.Suberror == ""
	}},
	{"error as an object", Answer{Status: 400, Body: []byte(`{"error":{"code":"InvalidAuthenticationToken","message":"Lifetime"}}`)}, func(e *providers.AuthorityError) bool {
		return e.Code == "InvalidAuthenticationToken" && e.Description == "Lifetime"
	}},
	{"throttled", Answer{Status: 429, Header: http.Header{"Retry-After": {"17"}}, Body: []byte(errorAnswer("temporarily_unavailable", 90033, "Busy"))}, func(e *providers.AuthorityError) bool {
		return e.Status == 429 && e.RetryAfter == 17*time.Second
	}},
	{"page of a broken gateway", Answer{Status: 502, Body: []byte("<html><head><title>Bad\x1b[31m Gateway</title></head><body>x</body></html>")}, func(e *providers.AuthorityError) bool {
		return e.Status == 502 && e.Code == "" && strings.Contains(e.Description, "Bad[31m Gateway") && !strings.Contains(e.Description, "<")
	}},
	{"proxy wants a password", Answer{Status: 407, Body: []byte("<html>Proxy login</html>")}, func(e *providers.AuthorityError) bool { return e.Status == 407 && e.Code == "" }},
	{"nothing at all", Answer{Status: 503}, func(e *providers.AuthorityError) bool { return e.Status == 503 && e.Description != "" }},
	{"redirect", Answer{Status: 302, Header: http.Header{"Location": {"https://portal.example/login?next=x"}}}, func(e *providers.AuthorityError) bool {
		return e.Status == 302 && strings.Contains(e.Description, "portal.example") && !strings.Contains(e.Description, "next")
	}},
	{"redirect that keeps the method", Answer{Status: 307, Header: http.Header{"Location": {"https://portal.example/"}}}, func(e *providers.AuthorityError) bool { return e.Status == 307 }},
	{"secret comes back", Answer{Status: 400, Body: []byte(errorAnswer("invalid_client", 7000215, "You sent "+planted+" and Zq8~Planted%2Bsecret%2Fv4lue%3D%3D"))}, func(e *providers.AuthorityError) bool {
		return strings.Contains(e.Description, "You sent [redacted] and")
	}},
	{"token in a text", Answer{Status: 500, Body: []byte("oops " + jwt(map[string]any{"upn": "x"}) + " oops")}, func(e *providers.AuthorityError) bool {
		return strings.Contains(e.Description, "oops [redacted] oops")
	}},
}

func TestRefusalKeepsWhatTheServiceSaid(t *testing.T) {
	t.Parallel()
	for _, tc := range refusals {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			refused := Refusal(tc.answer, []string{planted})
			if !tc.check(refused) {
				t.Errorf("it gives %+v", refused)
			}
			mustHide(t, refused)
		})
	}
}

func TestSplitDescription(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, text string
		want       description
	}{
		{"all parts", "AADSTS1: x. Trace ID: a Correlation ID: b Timestamp: 2026-11-21 16:00:00Z", description{"AADSTS1: x.", "a", "b", "2026-11-21 16:00:00Z"}},
		{"none", "AADSTS1: x.", description{text: "AADSTS1: x."}},
		{"trace only", "x Trace ID: a", description{text: "x", trace: "a"}},
		{"the text speaks of a time itself", "bad Timestamp: then Trace ID: a Correlation ID: b Timestamp: c", description{"bad Timestamp: then", "a", "b", "c"}},
		{"nothing", "", description{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := splitDescription(tc.text); got != tc.want {
				t.Errorf("it gives %+v", got)
			}
		})
	}
}

func TestNumbersInAText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]int{
		"AADSTS7000215: x":                           {7000215},
		"AADSTS50076 after AADSTS53003, AADSTS50076": {50076, 53003},
		"AADSTS: none, AADSTS0":                      nil,
		"AADSTS99999999999999999999999":              nil,
		"aadsts700016":                               nil,
		"":                                           nil,
	} {
		if got := numbersIn(text); !slices.Equal(got, want) {
			t.Errorf("%q gives %v", text, got)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"":                              0,
		"120":                           2 * time.Minute,
		"-5":                            0,
		"x":                             0,
		"Sat, 21 Nov 2026 12:00:30 GMT": 30 * time.Second,
		"Sat, 21 Nov 2026 11:00:00 GMT": 0,
		"999999999":                     24 * time.Hour,
	} {
		if got := retryAfter(http.Header{"Retry-After": {value}}, now); got != want {
			t.Errorf("%q gives %v, want %v", value, got, want)
		}
	}
}

func TestHide(t *testing.T) {
	t.Parallel()
	secrets := SecretsOf(url.Values{"client_id": {"11111111-2222-3333-4444-555555555555"}, "client_secret": {planted}, "code": {"abc"}, "empty": {""}})
	if !slices.Equal(secrets, []string{planted}) {
		t.Fatalf("the form's secrets are %q", secrets)
	}
	for text, want := range map[string]string{
		"nothing here":                       "nothing here",
		"a " + planted + " b":                "a [redacted] b",
		"tok=eyJhbGci.eyJ-_x.sig= end":       "tok=[redacted] end",
		"ends with eyJabc":                   "ends with [redacted]",
		"Zq8~Planted%2Bsecret%2Fv4lue%3D%3D": "[redacted]",
	} {
		if got := hide(text, secrets); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

func TestASecretWithinASecretShowsNoRest(t *testing.T) {
	t.Parallel()
	secrets := SecretsOf(url.Values{"client_secret": {planted}, "code": {"beginning-" + planted + "-end"}})
	if got := hide("you sent beginning-"+planted+"-end", secrets); got != "you sent [redacted]" {
		t.Errorf("it becomes %q", got)
	}
}

// clean reports whether a text may be shown.
func clean(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
}

func FuzzRefusal(f *testing.F) {
	for _, tc := range refusals {
		f.Add(tc.answer.Status, tc.answer.Body)
	}
	f.Add(400, []byte(`{"error":"x","error_codes":[1,"2",3.5,null,-1],"claims":"\u001b"}`))
	f.Add(400, []byte("Zq8~\x07Planted+secret/v4lue== e\x07yJhbGciOiJub25lIn0"))
	f.Add(500, []byte("<TITLE>\u0130\u0130</title>"))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		secrets := []string{planted}
		refused := Refusal(Answer{Host: "login.test:443", Status: status, Header: http.Header{}, Body: body}, secrets)
		if refused.Status != status || refused.Error() == "" {
			t.Errorf("it gives %+v", refused)
		}
		for _, text := range []string{refused.Code, refused.Suberror, refused.Description, refused.TraceID, refused.CorrelationID, refused.Timestamp, refused.Claims} {
			if !clean(text) || strings.Contains(text, planted) || len(text) > 2100 {
				t.Errorf("it keeps %q", text)
			}
		}
		for _, number := range refused.Numbers {
			if number <= 0 {
				t.Errorf("it reads the number %d", number)
			}
		}
	})
}

func BenchmarkRefusal(b *testing.B) {
	got := Answer{Host: "login.test:443", Status: 401, Header: http.Header{}, Body: []byte(errorAnswer("invalid_client", 7000215, "Invalid client secret provided"))}
	secrets := []string{planted}
	var refused *providers.AuthorityError
	for b.Loop() {
		refused = Refusal(got, secrets)
	}
	if refused.Number() != 7000215 {
		b.Error(refused)
	}
}
