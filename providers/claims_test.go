package providers

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"
)

func token(claims string) string {
	return "eyJhbGciOiJub25lIn0." + base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".c2ln"
}

func TestReadClaims(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, token string
		want        Claims
		words       string // of the error
	}{
		{"app", token(`{"aud":"https://outlook.office365.com","tid":"t","appid":"a","oid":"o","roles":["IMAP.AccessAsApp"],"exp":1795276800}`),
			Claims{Audience: "https://outlook.office365.com", TenantID: "t", ClientID: "a", ObjectID: "o", Roles: []string{"IMAP.AccessAsApp"}, Expires: time.Unix(1795276800, 0).UTC(), Readable: true}, ""},
		{"person", token(`{"aud":["x","y"],"azp":"a","scp":"SMTP.Send IMAP.AccessAsUser.All","preferred_username":"crm@contoso.example"}`),
			Claims{Audience: "x", ClientID: "a", Scopes: []string{"SMTP.Send", "IMAP.AccessAsUser.All"}, User: "crm@contoso.example", Readable: true}, ""},
		{"Google's id_token", token(`{"aud":"c.apps.googleusercontent.com","email":"crm@workspace.example"}`),
			Claims{Audience: "c.apps.googleusercontent.com", Email: "crm@workspace.example", Readable: true}, ""},
		{"control characters", token(`{"upn":"crm\u001b[31m@contoso.example","aud":7,"exp":1e300}`), Claims{User: "crm[31m@contoso.example", Readable: true}, ""},
		{"padded", strings.Replace(token(`{"tid":"t"}`), ".c2ln", "==.c2ln", 1), Claims{TenantID: "t", Readable: true}, ""},
		{"opaque", "ya29.opaque", Claims{}, "not a JWT"},
		{"not base64", "a.%.c", Claims{}, "not base64"},
		{"not JSON", "a.aaaa.c", Claims{}, "not JSON"},
		{"roles of another type", token(`{"roles":"IMAP.AccessAsApp"}`), Claims{}, "not JSON of the usual kind"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := ReadClaims(tc.token)
			if (err == nil) != (tc.words == "") || err != nil && !strings.Contains(err.Error(), tc.words) {
				t.Errorf("it gives %v", err)
			}
			if !slices.Equal(got.Roles, tc.want.Roles) || !slices.Equal(got.Scopes, tc.want.Scopes) {
				t.Errorf("it gives %+v", got)
			}
			got.Roles, got.Scopes, tc.want.Roles, tc.want.Scopes = nil, nil, nil, nil
			if got.User != tc.want.User || got.Email != tc.want.Email || got.Audience != tc.want.Audience || got.TenantID != tc.want.TenantID ||
				got.ClientID != tc.want.ClientID || got.ObjectID != tc.want.ObjectID || got.Readable != tc.want.Readable || !got.Expires.Equal(tc.want.Expires) {
				t.Errorf("it gives %+v", got)
			}
		})
	}
}

func TestClaimsHaveAPermissionOfEitherKind(t *testing.T) {
	t.Parallel()
	claims := Claims{Roles: []string{"IMAP.AccessAsApp"}, Scopes: []string{"SMTP.Send"}}
	for permission, want := range map[string]bool{"imap.accessasapp": true, "SMTP.Send": true, "SMTP": false, "": false} {
		if claims.Has(permission) != want {
			t.Errorf("%q: %v", permission, !want)
		}
	}
}

func FuzzReadClaims(f *testing.F) {
	f.Add(token(`{"aud":["x"],"scp":"a b","exp":1}`))
	f.Add(token(`{"upn":"\u202e","email":"\u0007"}`))
	f.Add("a.b.c")
	f.Fuzz(func(t *testing.T, text string) {
		claims, err := ReadClaims(text)
		if claims.Readable != (err == nil) {
			t.Errorf("it gives %+v, %v", claims, err)
		}
		for _, text := range slices.Concat(claims.Roles, claims.Scopes, []string{claims.User, claims.Email, claims.Audience, claims.TenantID}) {
			if strings.ContainsFunc(text, func(r rune) bool { return r < 0x20 || r == 0x7f || r == 0x202e }) {
				t.Errorf("it keeps %q", text)
			}
		}
	})
}
