package microsoft

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/mailgrant/mailgrant/providers"
)

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
	secrets := secretsOf(productForm())
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

// clean reports whether a text may be shown.
func clean(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
}

func FuzzRefusal(f *testing.F) {
	for _, tc := range refusals {
		f.Add(tc.answer.status, []byte(tc.answer.body))
	}
	f.Add(400, []byte(`{"error":"x","error_codes":[1,"2",3.5,null,-1],"claims":"\u001b"}`))
	f.Add(400, []byte("Zq8~\x07Planted+secret/v4lue== e\x07yJhbGciOiJub25lIn0"))
	f.Add(500, []byte("<TITLE>\u0130\u0130</title>"))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		secrets := []string{planted}
		refused := refusal(answer{host: "login.test:443", status: status, header: http.Header{}, body: body}, secrets)
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

func FuzzToken(f *testing.F) {
	f.Add([]byte(tokenAnswer(appToken(nil), nil)))
	f.Add([]byte(personAnswer(imapScope, nil)))
	f.Add([]byte(`{"access_token":"x","expires_in":"NaN","scope":7,"id_token":"a.b.c"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		read, err := readToken(text)
		if err != nil {
			return
		}
		grant := read.grant(time.Unix(0, 0), 0)
		if grant.Token.IsZero() || read.expires < 0 || !clean(strings.Join(grant.Scopes, "")) || !clean(grant.Claims.User) {
			t.Errorf("it gives %+v", grant)
		}
		if again, err := readToken(read.forMSAL(text)); err != nil || !again.access.Equal(read.access) {
			t.Errorf("MSAL would read another token: %v", err)
		}
	})
}

func FuzzDeviceCode(f *testing.F) {
	f.Add([]byte(deviceAnswer(nil)))
	f.Add([]byte(`{"device_code":1,"user_code":2,"verification_uri":"https://x","interval":"NaN","expires_in":-5}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		code, err := readDeviceCode(text)
		if err != nil {
			return
		}
		if !clean(code.userCode+code.page) || code.interval < time.Second || code.interval > mostInterval || code.life < time.Second || code.life > mostLife {
			t.Errorf("it gives %+v", code)
		}
		if again, err := readDeviceCode(code.forMSAL(text)); err != nil || again != code {
			t.Errorf("MSAL would read %+v, %v", again, err)
		}
	})
}

func BenchmarkRefusal(b *testing.B) {
	got := answer{host: "login.test:443", status: 401, header: http.Header{}, body: []byte(errorAnswer("invalid_client", 7000215, "Invalid client secret provided"))}
	secrets := []string{planted}
	var refused *providers.AuthorityError
	for b.Loop() {
		refused = refusal(got, secrets)
	}
	if refused.Number() != 7000215 {
		b.Error(refused)
	}
}
