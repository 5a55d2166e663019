package oauth

import (
	"net/url"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

func TestRedirected(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name   string
		answer url.Values
		want   providers.AuthorityError
		says   string
	}{
		{"cancelled at Entra", url.Values{"error": {"access_denied"}, "error_subcode": {"cancel"}, "state": {"some-state"}},
			providers.AuthorityError{Code: "access_denied", Suberror: "cancel"}, "the sign-in service refused in the browser: access_denied"},
		{"with a number and its traces", url.Values{"error": {"access_denied"}, "error_description": {"AADSTS65004: User declined to consent.\r\nTrace ID: t\r\nCorrelation ID: c\r\nTimestamp: 2026-11-21 16:00:00Z"}},
			providers.AuthorityError{Code: "access_denied", Description: "AADSTS65004: User declined to consent.", TraceID: "t", CorrelationID: "c", Timestamp: "2026-11-21 16:00:00Z"}, "the sign-in service refused: AADSTS65004: User declined to consent."},
		{"that repeats what is secret", url.Values{"error": {"x"}, "code": {planted}, "state": {"some-state"}, "error_description": {"code " + planted + " of some-state\x1b[1m"}},
			providers.AuthorityError{Code: "x", Description: "code [redacted] of [redacted][1m"}, "the sign-in service refused: code [redacted] of [redacted][1m"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got := Redirected(tc.answer)
			if got == nil || got.Error() != tc.says || got.Code != tc.want.Code || got.Suberror != tc.want.Suberror || got.Description != tc.want.Description ||
				got.TraceID != tc.want.TraceID || got.CorrelationID != tc.want.CorrelationID || got.Timestamp != tc.want.Timestamp || got.Status != 0 {
				t.Errorf("it gives %+v", got)
			}
			mustHide(t, got)
		})
	}
	if got := Redirected(url.Values{"code": {"x"}, "error_description": {"not an error by itself"}}); got != nil {
		t.Errorf("an answer without an error gives %+v", got)
	}
}

func FuzzRedirected(f *testing.F) {
	f.Add("error=access_denied&error_subcode=cancel&state=s")
	f.Add("error=x&error_description=AADSTS65004%3A%20no%0D%0ATrace%20ID%3A%20t&state=s")
	f.Add("error=%1b&error=y&error_description=%ff")
	f.Fuzz(func(t *testing.T, query string) {
		answer, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		got := Redirected(answer)
		if (got == nil) != (answer.Get("error") == "") {
			t.Fatalf("it gives %+v", got)
		}
		if got == nil {
			return
		}
		for _, text := range []string{got.Code, got.Suberror, got.Description, got.TraceID, got.CorrelationID, got.Timestamp} {
			if !clean(text) || strings.Contains(text, "eyJ") {
				t.Errorf("it keeps %q", text)
			}
		}
	})
}
