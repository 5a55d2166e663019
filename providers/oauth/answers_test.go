package oauth

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
)

const planted = "Zq8~Planted+secret/v4lue=="

// errorAnswer is a body as Entra writes it.
func errorAnswer(code string, number int, text string) string {
	body, err := json.Marshal(map[string]any{
		"error":             code,
		"error_description": fmt.Sprintf("AADSTS%d: %s. Trace ID: 0000aaaa-11bb-cccc-dd22-eeeeee333333 Correlation ID: aaaa0000-bb11-2222-33cc-444444dddddd Timestamp: 2026-11-21 16:00:00Z", number, text),
		"error_codes":       []int{number},
	})
	if err != nil {
		panic(err)
	}
	return string(body)
}

func jwt(claims map[string]any) string {
	body, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	return "eyJhbGciOiJub25lIn0." + base64.RawURLEncoding.EncodeToString(body) + ".c2lnbmF0dXJl"
}

// mustHide fails when a secret of these tests stands in what an error prints.
func mustHide(t *testing.T, err error) {
	t.Helper()
	for _, text := range []string{fmt.Sprintf("%v", err), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
		for _, secret := range []string{planted, url.QueryEscape(planted), "Planted", "eyJ"} {
			if strings.Contains(text, secret) {
				t.Errorf("%q shows in %s", secret, text)
			}
		}
		if strings.ContainsFunc(text, func(r rune) bool { return r == 0x1b || r == 0x07 }) {
			t.Errorf("control characters show in %q", text)
		}
	}
}
