package tui

import (
	"strings"
	"testing"
)

func TestSecretsInLogsAreMasked(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("aB3_", 40)
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"an error", "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent", "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent"},
		{"a client secret", "sent " + testSecret + " to Entra", "sent ******** to Entra"},
		{"in quotes", `"` + testSecret + `",`, `"********",`},
		{"in a form", "client_secret=" + testSecret + "&scope=x", "client_secret=********&scope=x"},
		{"cut by a log", "secret abc8Q~aVery… is", "secret ********… is"},
		{"a signed token", "Bearer eyJ0eXAiOiJKV1QiLCJhbGciOiJub25lIn0.eyJ9.sig rest", "Bearer ******** rest"},
		{"an XOAUTH2 string", "AUTH XOAUTH2 dXNlcj1jcm1AY29udG9zby5leGFtcGxlAWF1dGg9 done", "AUTH XOAUTH2 ******** done"},
		{"Google's", "GOCSPX-abcdefghijklmnop ya29.abcdefghijklmnop1234", "******** ********"},
		{"a long run", "refresh " + long, "refresh ********"},
		{"a secret by its name", "password=Winter2026!", "password=********!"},
		{"by its name in JSON", `{"client_secret": "tops3cret", "x":1}`, `{"client_secret": "********", "x":1}`},
		{"by its name in Python", `{'refresh_token': 'tops3cret'}`, `{'refresh_token': '********'}`},
		{"a code of the browser", "https://localhost/?code=abcdef123&state=1", "https://localhost/?code=********&state=1"},
		{"the name without a value", "the parameter 'client_secret' is missing", "the parameter 'client_secret' is missing"},
		{"a number after the name", "invalid password: AADSTS50126", "invalid password: AADSTS50126"},
		{"an error code", "error_code=7000222", "error_code=7000222"},
		{"an address", "https://login.microsoftonline.com/22222222-3333-4444-5555-666666666666/oauth2/v2.0/token", "https://login.microsoftonline.com/22222222-3333-4444-5555-666666666666/oauth2/v2.0/token"},
		{"a GUID", testClient, testClient},
		{"other letters", "Kennwort für Müller ✓ " + testSecret, "Kennwort für Müller ✓ ********"},
	} {
		if got := withoutSecrets(c.text); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzWithoutSecrets(f *testing.F) {
	f.Add("client_secret=", " and more")
	f.Add("\"password\": \"", "\"")
	f.Fuzz(func(t *testing.T, before, after string) {
		if got := withoutSecrets(before + " " + testSecret + " " + after); strings.Contains(got, testSecret) {
			t.Errorf("the secret stayed in %q", got)
		}
		once := withoutSecrets(before)
		if again := withoutSecrets(once); len(once) > 0 && len(again) > len(once)+len(mask) {
			t.Errorf("%q grew to %q", once, again)
		}
	})
}
