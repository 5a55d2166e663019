package oauth

import (
	"strings"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
)

func TestReadToken(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, text string
		life       time.Duration
		words      string // of the error
	}{
		{"whole", `{"access_token":"opaque","expires_in":3599,"scope":"a b","id_token":"x.y.z"}`, 3599 * time.Second, ""},
		{"life as a text", `{"access_token":"opaque","expires_in":"60"}`, time.Minute, ""},
		{"no life", `{"access_token":"opaque"}`, 0, ""},
		{"life without sense", `{"access_token":"opaque","expires_in":-1}`, 0, ""},
		{"life without end", `{"access_token":"opaque","expires_in":1e300}`, 10 * 365 * 24 * time.Hour, ""},
		{"page", "<html>", 0, "no JSON object"},
		{"no token", `{}`, 0, "no access token"},
		{"token of the wrong type", `{"access_token":["` + planted + `"]}`, 0, "no access token"},
		{"token with a line end", `{"access_token":"` + planted + `\r\nx"}`, 0, "characters that no token may have"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			read, err := ReadToken([]byte(tc.text))
			if (err == nil) != (tc.words == "") || err != nil && !strings.Contains(err.Error(), tc.words) || read.Life != tc.life {
				t.Errorf("it gives %v, %v", read.Life, err)
			}
			if err != nil {
				mustHide(t, err)
			}
		})
	}
}

func TestGrantOfAToken(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	ends := now.Add(20 * time.Minute)
	for _, tc := range []struct {
		name    string
		token   Token
		user    string
		expires time.Time
	}{
		{"named by the access token", Token{Access: secret(jwt(map[string]any{"upn": "a@b.example", "exp": ends.Unix()})), ID: secret(jwt(map[string]any{"preferred_username": "c@d.example"}))}, "a@b.example", ends},
		{"named by the id_token", Token{Access: secret("opaque"), ID: secret(jwt(map[string]any{"preferred_username": "c@d.example"})), Life: time.Hour}, "c@d.example", now.Add(time.Hour)},
		{"the answer's life comes before the claim", Token{Access: secret(jwt(map[string]any{"exp": ends.Unix()})), Life: time.Hour}, "", now.Add(time.Hour)},
		{"nothing known", Token{Access: secret("opaque"), ID: secret("nonsense")}, "", time.Time{}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			grant := tc.token.Grant(now, time.Second)
			if grant.Claims.User != tc.user || !grant.Expires.Equal(tc.expires) || grant.Took != time.Second || !grant.Token.Equal(tc.token.Access) {
				t.Errorf("it gives %+v", grant)
			}
		})
	}
}

func secret(value string) keychain.Secret { return keychain.NewSecret(value) }

func FuzzToken(f *testing.F) {
	f.Add([]byte(`{"access_token":"` + jwt(map[string]any{"upn": "a@b.example"}) + `","expires_in":3599}`))
	f.Add([]byte(`{"access_token":"opaque","id_token":"` + jwt(map[string]any{"email": "crm@contoso.example"}) + `","scope":"a b"}`))
	f.Add([]byte(`{"access_token":"x","expires_in":"NaN","scope":7,"id_token":"a.b.c"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		read, err := ReadToken(text)
		if err != nil {
			return
		}
		grant := read.Grant(time.Unix(0, 0), 0)
		if grant.Token.IsZero() || read.Life < 0 || !clean(strings.Join(grant.Scopes, "")) || !clean(grant.Claims.User) {
			t.Errorf("it gives %+v", grant)
		}
	})
}
