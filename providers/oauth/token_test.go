package oauth

import (
	"strings"
	"testing"
	"time"
)

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
