package microsoft

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

func TestLookUp(t *testing.T) {
	t.Parallel()
	const base = "https://login.test/"
	for _, tc := range []struct {
		name, tenant string
		metadata     say
		want         providers.Tenant
	}{
		{"domain", "contoso.example", say{}, providers.Tenant{ID: tenantID, Asked: "contoso.example", Issuer: base + tenantID + "/v2.0", Region: "EU", Cloud: "microsoftonline.com"}},
		{"blanks around it", " contoso.example\n", say{}, providers.Tenant{ID: tenantID, Asked: "contoso.example", Issuer: base + tenantID + "/v2.0", Region: "EU", Cloud: "microsoftonline.com"}},
		{"GUID in capitals", "x", say{body: metadataAnswer(base, map[string]any{"issuer": base + strings.ToUpper(tenantID) + "/v2.0"})}, providers.Tenant{ID: tenantID, Asked: "x", Issuer: base + strings.ToUpper(tenantID) + "/v2.0", Region: "EU", Cloud: "microsoftonline.com"}},
		{"GUID in the token endpoint only", "common", say{body: metadataAnswer(base, map[string]any{"issuer": base + "{tenantid}/v2.0"})}, providers.Tenant{ID: tenantID, Asked: "common", Issuer: base + "{tenantid}/v2.0", Region: "EU", Cloud: "microsoftonline.com"}},
		{"another service without GUIDs", "realm", say{body: `{"issuer":"https://login.test/r\u001b[1m","token_endpoint":"https://login.test/token"}`}, providers.Tenant{ID: "realm", Asked: "realm", Issuer: "https://login.test/r[1m"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			service := newAuthority()
			service.metadata = tc.metadata
			provider := service.direct()
			for range 2 {
				got, err := provider.LookUp(t.Context(), tc.tenant)
				if err != nil || got != tc.want {
					t.Errorf("it gives %+v, %v", got, err)
				}
			}
			if len(service.heard) != 1 || service.heard[0].path != "/"+strings.TrimSpace(tc.tenant)+"/v2.0/.well-known/openid-configuration" {
				t.Errorf("it asked %+v", service.heard)
			}
		})
	}
}

func TestLookUpThatFails(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name     string
		metadata say
		number   int
		status   int
		words    string
	}{
		{"tenant not found", say{status: 400, body: errorAnswer("invalid_tenant", 90002, "Tenant 'x' not found")}, 90002, 400, "AADSTS90002"},
		{"tenant's name makes no sense", say{status: 400, body: errorAnswer("invalid_tenant", 900023, "Neither")}, 900023, 400, "AADSTS900023"},
		{"not found by a web server", say{status: 404, body: "<title>nginx</title>"}, 0, 404, "nginx"},
		{"page instead of metadata", say{body: "<html>hotel</html>"}, 0, 0, "not the metadata"},
		{"metadata of something else", say{body: `{"version":1}`}, 0, 0, "not the metadata"},
		{"members of wrong types", say{body: `{"issuer":[],"token_endpoint":{}}`}, 0, 0, "not the metadata"},
		{"secret would travel in clear", say{body: metadataAnswer("http://login.test/", nil)}, 0, 0, "not an https address"},
		{"device code would be asked for in clear", say{body: metadataAnswer("https://login.test/", map[string]any{"device_authorization_endpoint": "http://login.test/device"})}, 0, 0, "not an https address"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			service := newAuthority(say{body: tokenAnswer("opaque", nil)})
			service.metadata = tc.metadata
			provider := service.direct()
			_, lookUp := provider.LookUp(t.Context(), "contoso.example")
			_, signIn := provider.AppOnly(t.Context(), app(), exchange365)
			for _, err := range []error{lookUp, signIn} {
				var refused *providers.AuthorityError
				var stage *providers.StageError
				isRefusal := errors.As(err, &refused)
				if isRefusal != (tc.status != 0) || !isRefusal && !errors.As(err, &stage) || !strings.Contains(err.Error(), tc.words) {
					t.Errorf("it gives %v", err)
				}
				if isRefusal && (refused.Number() != tc.number || refused.Status != tc.status) {
					t.Errorf("it gives %+v", refused)
				}
				mustHide(t, err)
			}
			if len(service.posts("/token")) != 0 {
				t.Error("the secret was sent")
			}
		})
	}
}

func TestTenantIsOnePathSegment(t *testing.T) {
	t.Parallel()
	for _, tenant := range []string{"", " ", ".", "..", "a/b", "a..b", `a\b`, "a?b", "a#b", "a b", "a%2fb", "a\x00b", "a\u202eb", "../common"} {
		t.Run(tenant, func(t *testing.T) {
			t.Parallel()
			service := newAuthority()
			if _, err := service.direct().LookUp(t.Context(), tenant); err == nil || !strings.Contains(err.Error(), "neither a GUID nor a domain") || len(service.heard) != 0 {
				t.Errorf("it gives %v after %d requests", err, len(service.heard))
			}
		})
	}
}

func TestLookUpWithoutAuthority(t *testing.T) {
	t.Parallel()
	if _, err := New(Options{}).LookUp(context.Background(), "contoso.example"); err == nil || !strings.Contains(err.Error(), "authority is missing") {
		t.Errorf("it gives %v", err)
	}
}

func FuzzTenant(f *testing.F) {
	for _, tenant := range []string{"contoso.example", tenantID, "../x", "a/b", "é.example", "a@b"} {
		f.Add(tenant)
	}
	f.Fuzz(func(t *testing.T, tenant string) {
		address, err := authorityOf("https://login.test/base/", tenant)
		if err != nil {
			return
		}
		u, err := url.Parse(address)
		if err != nil || u.Host != "login.test" || strings.Count(u.EscapedPath(), "/") != 2 || u.RawQuery != "" || u.Fragment != "" || u.JoinPath().Path != u.Path {
			t.Errorf("tenant %q leads to %q, %v", tenant, address, err)
		}
	})
}

func FuzzMetadata(f *testing.F) {
	f.Add([]byte(metadataAnswer("https://login.test/", nil)))
	f.Add([]byte(`{"issuer":1,"token_endpoint":"https://x"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		found := readMetadata(text)
		if found.check() == nil && (!strings.HasPrefix(strings.ToLower(found.token), "https:") || len(found.forMSAL()) == 0) {
			t.Errorf("it takes %+v", found)
		}
	})
}
