package steps

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
)

func TestTextsAreProved(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		route  string
		how    string
		reject error
		ok     bool
		detail string
	}{
		{"replayed", routeApp, "replayed", nil, true, "got a token"},
		{"replayed and refused", routeApp, "replayed", aadsts(7000215), false, "was refused: the sign-in service refused: AADSTS7000215"},
		{"compared", routePerson, "compared", errors.New("nothing may be sent"), true, "that were proved"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.entra.reject = func(url.Values) error { return tc.reject }
			proofs, err := w.road.proveTexts(t.Context(), w.plan(tc.route), Credential{Secret: keychain.NewSecret(testSecret)}, w.emit)
			if err != nil || len(proofs) != 2 {
				t.Fatalf("%d texts: %v", len(proofs), err)
			}
			for _, text := range proofs {
				if text.OK != tc.ok || text.How != tc.how || !strings.Contains(text.Detail, tc.detail) {
					t.Errorf("%s: %v, %s, %s", text.Artefact, text.OK, text.How, text.Detail)
				}
			}
			want := map[string]int{"replayed": 1, "compared": 0}[tc.how]
			if n := w.entra.asked("replay https://login.microsoftonline.com/" + testTenant + "/oauth2/v2.0/token client_credentials"); n != want {
				t.Errorf("replayed %d times, want %d: %v", n, want, w.entra.log)
			}
		})
	}
}

func TestDifferencesOfADeviceTextAreNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	proofs, err := w.road.proveTexts(t.Context(), w.plan(routePerson), Credential{}, w.emit)
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(proofs[0].Differences, "\n")
	for _, part := range []string{
		"device-auth-request asks for https://outlook.office365.com/SMTP.Send; proved was https://outlook.office.com/SMTP.Send",
		"device-auth-request asks for permissions of two APIs at once",
		"device-token sends the device code as code, where Microsoft documents device_code",
		"device-token-refresh asks for https://outlook.office365.com/SMTP.Send",
	} {
		if !strings.Contains(all, part) {
			t.Errorf("%q is not named among\n%s", part, all)
		}
	}
}

func TestTextsThatContradictTheProof(t *testing.T) {
	t.Parallel()
	const address = "https://login.microsoftonline.com/" + testTenant + "/oauth2/v2.0/token"
	form := func(pairs ...string) url.Values {
		made := url.Values{"client_id": {testClient}, "scope": {"offline_access https://outlook.office365.com/SMTP.Send"}}
		for i := 0; i < len(pairs); i += 2 {
			made.Set(pairs[i], pairs[i+1])
		}
		return made
	}
	cases := []struct {
		name string
		sent sentRequest
		says string
	}{
		{"as proved", sentRequest{"x", address, form("redirect_uri", "https://kb.example")}, ""},
		{"another tenant", sentRequest{"x", strings.Replace(address, testTenant, "common", 1), form()}, "another tenant"},
		{"another client ID", sentRequest{"x", address, form("client_id", testObject)}, "another client ID"},
		{"another redirect", sentRequest{"x", address, form("redirect_uri", "https://evil.example")}, "another redirect"},
		{"another permission", sentRequest{"x", address, form("scope", "https://outlook.office365.com/IMAP.AccessAsUser.All")}, "does not ask for https://outlook.office.com/SMTP.Send"},
		{"another API", sentRequest{"x", address, form("scope", "https://graph.microsoft.com/SMTP.Send")}, "does not ask for"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			got := contradicts(w.plan(routePerson), TextProof{Artefact: "outbound-device"}, tc.sent)
			if tc.says == "" && got != "" || !strings.Contains(got, tc.says) {
				t.Errorf("%q", got)
			}
		})
	}
}

func TestProvingTextsEndsWithItsContext(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	w.entra.reject = func(url.Values) error { cancel(); return nil }
	if _, err := w.road.proveTexts(ctx, w.plan(routeApp), Credential{Secret: keychain.NewSecret(testSecret)}, w.emit); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
