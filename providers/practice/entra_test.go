package practice

import (
	"crypto/rsa"
	"encoding/base64"
	"math/big"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

func TestMetadata(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	base := w.authority() + tenantID
	for _, name := range []string{tenantID, strings.ToUpper(tenantID), "contoso.example", "Contoso.Example"} {
		got := w.get(name + "/v2.0/.well-known/openid-configuration")
		for key, want := range map[string]string{
			"issuer":                        base + "/v2.0",
			"authorization_endpoint":        base + "/oauth2/v2.0/authorize",
			"token_endpoint":                base + "/oauth2/v2.0/token",
			"device_authorization_endpoint": base + "/oauth2/v2.0/devicecode",
			"jwks_uri":                      base + "/discovery/v2.0/keys",
			"tenant_region_scope":           "EU",
			"cloud_instance_name":           "microsoftonline.com",
		} {
			if got.word(key) != want {
				t.Errorf("%s: %s is %q, want %q", name, key, got.word(key), want)
			}
		}
	}
	common := w.get("common/v2.0/.well-known/openid-configuration")
	if common.word("issuer") != w.authority()+"{tenantid}/v2.0" || !strings.Contains(common.word("token_endpoint"), "/common/") {
		t.Errorf("common: issuer %q, token endpoint %q", common.word("issuer"), common.word("token_endpoint"))
	}
}

func TestKeysAreTheSigningKeys(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{KeyID: "good"})
	keys, _ := w.get(tenantID + "/discovery/v2.0/keys").json["keys"].([]any)
	if len(keys) != 1 {
		t.Fatalf("%d keys", len(keys))
	}
	key := keys[0].(map[string]any)
	n, _ := base64.RawURLEncoding.DecodeString(key["n"].(string))
	e, _ := base64.RawURLEncoding.DecodeString(key["e"].(string))
	public := rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}
	if !public.Equal(&testKey().PublicKey) || key["kid"] != "good" || key["kty"] != "RSA" {
		t.Errorf("key %v", key["kid"])
	}
}

func TestInstanceDiscoveryStaysHere(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	got := w.get("common/discovery/instance?api-version=1.1&authorization_endpoint=x")
	if !strings.HasPrefix(got.word("tenant_discovery_endpoint"), w.authority()) {
		t.Errorf("answer %s", got.text)
	}
}

func TestRequestsThatAreWrong(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	with := func(change func(url.Values)) url.Values {
		form := w.appForm()
		change(form)
		return form
	}
	set := func(key, value string) func(url.Values) { return func(f url.Values) { f.Set(key, value) } }
	drop := func(key string) func(url.Values) { return func(f url.Values) { f.Del(key) } }
	device := url.Values{"client_id": {clientID}, "scope": {imapScope}}
	cases := []struct {
		name   string
		method string
		path   string
		form   url.Values
		status int
		code   string
		number int
		says   string
	}{
		{"unknown tenant", "GET", "9b1f1c0e-0000-4000-8000-000000000000/v2.0/.well-known/openid-configuration", nil, 400, "invalid_tenant", 90002, "Tenant '9b1f1c0e-0000-4000-8000-000000000000' not found"},
		{"unknown domain", "GET", "fabrikam.example/v2.0/.well-known/openid-configuration", nil, 400, "invalid_tenant", 90002, "Tenant 'fabrikam.example' not found"},
		{"tenant that is no name", "GET", "TENANT_ID/v2.0/.well-known/openid-configuration", nil, 400, "invalid_request", 900023, "Specified tenant identifier 'TENANT_ID'"},
		{"keys of an unknown tenant", "GET", "fabrikam.example/discovery/v2.0/keys", nil, 400, "invalid_tenant", 90002, ""},
		{"token by GET", "GET", tokenPath, nil, 400, "invalid_request", 900561, "only accepts POST requests. Received a GET request"},
		{"device code by GET", "GET", devicePath, nil, 400, "invalid_request", 900561, ""},
		{"metadata by POST", "POST", tenantID + "/v2.0/.well-known/openid-configuration", url.Values{}, 400, "invalid_request", 900561, "only accepts GET"},
		{"no grant type", "POST", tokenPath, with(drop("grant_type")), 400, "invalid_request", 900144, "'grant_type'"},
		{"no client id", "POST", tokenPath, with(drop("client_id")), 400, "invalid_request", 900144, "'client_id'"},
		{"no scope", "POST", tokenPath, with(drop("scope")), 400, "invalid_request", 900144, "'scope'"},
		{"no secret", "POST", tokenPath, with(drop("client_secret")), 401, "invalid_client", 7000216, "'client_credentials' grant type"},
		{"wrong secret", "POST", tokenPath, with(set("client_secret", "x")), 401, "invalid_client", 7000215, "not the client secret ID, for a secret added to app '" + clientID + "'"},
		{"client of nobody", "POST", tokenPath, with(set("client_id", registrationObjectID)), 400, "unauthorized_client", 700016, registrationObjectID},
		{"password grant", "POST", tokenPath, with(set("grant_type", "password")), 400, "unsupported_grant_type", 70003, ""},
		{"resource of v1.0", "POST", tokenPath, with(set("resource", exchange1)), 400, "invalid_request", 901002, ""},
		{"single scope app-only", "POST", tokenPath, with(set("scope", imapScope)), 400, "invalid_scope", 1002012, "/.default suffixed"},
		{"sign-in scope alone app-only", "POST", tokenPath, with(set("scope", "openid")), 400, "invalid_scope", 1002012, ""},
		{"two resources app-only", "POST", tokenPath, with(set("scope", exchange1+".default https://graph.microsoft.com/.default")), 400, "invalid_request", 28000, "more than one resource"},
		{"unknown resource", "POST", tokenPath, with(set("scope", "https://outlook.office365.example/.default")), 400, "invalid_resource", 500011, "https://outlook.office365.example"},
		{"common app-only", "POST", "common/oauth2/v2.0/token", w.appForm(), 400, "invalid_request", 9001023, "/common or /consumers"},
		{"organizations app-only", "POST", "organizations/oauth2/v2.0/token", w.appForm(), 400, "invalid_request", 50059, ""},
		{"device code on common", "POST", "common/oauth2/v2.0/devicecode", device, 400, "invalid_request", 50194, "not configured as a multi-tenant application"},
		{"device code without scope", "POST", devicePath, url.Values{"client_id": {clientID}}, 400, "invalid_request", 900144, "'scope'"},
		{"device code without client", "POST", devicePath, url.Values{"scope": {imapScope}}, 400, "invalid_request", 900144, "'client_id'"},
		{"device code for two resources", "POST", devicePath, url.Values{"client_id": {clientID}, "scope": {"user.read " + imapScope}}, 400, "invalid_request", 28000, ""},
		{"scopes with a comma", "POST", devicePath, url.Values{"client_id": {clientID}, "scope": {imapScope + "," + smtpScope}}, 400, "invalid_scope", 70011, ""},
		{"scope that does not exist", "POST", devicePath, url.Values{"client_id": {clientID}, "scope": {exchange1 + "IMAP.AccessAsUser.Everything"}}, 400, "invalid_scope", 650053, "asked for scope 'IMAP.AccessAsUser.Everything' that doesn't exist on the resource '" + exchangeAppID + "'"},
		{"default beside a scope", "POST", devicePath, url.Values{"client_id": {clientID}, "scope": {exchange1 + ".default " + imapScope}}, 400, "invalid_scope", 70011, ".default"},
		{"refresh token of nobody", "POST", tokenPath, url.Values{"grant_type": {"refresh_token"}, "client_id": {clientID}, "refresh_token": {"x"}}, 400, "invalid_grant", 70000, ""},
		{"refresh without token", "POST", tokenPath, url.Values{"grant_type": {"refresh_token"}, "client_id": {clientID}}, 400, "invalid_request", 900144, "'refresh_token'"},
		{"poll without code", "POST", tokenPath, url.Values{"grant_type": {"device_code"}, "client_id": {clientID}}, 400, "invalid_request", 900144, "'device_code'"},
		{"public client with a secret", "POST", tokenPath, url.Values{"grant_type": {"device_code"}, "client_id": {clientID}, "device_code": {"x"}, "client_secret": {w.Describe().ClientSecret}}, 401, "invalid_client", 700025, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := w.do(w.request(c.method, w.authority()+c.path, c.form))
			if got.status != c.status || got.word("error") != c.code || got.number() != c.number || !strings.Contains(got.word("error_description"), c.says) {
				t.Errorf("HTTP %d %s, want %d %s %d", got.status, got.text, c.status, c.code, c.number)
			}
			if strings.Contains(got.text, w.Describe().ClientSecret) {
				t.Error("the answer repeats the secret")
			}
		})
	}
}

func TestARefusalHasTheFormOfEntras(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	request := w.request(http.MethodPost, w.authority()+tokenPath, url.Values{"grant_type": {"client_credentials"}, "client_id": {"x"}})
	const correlation = "11111111-2222-4333-8444-555555555555"
	request.Header.Set("client-request-id", correlation)
	got := w.do(request)
	form := regexp.MustCompile(`^AADSTS700016: .* Trace ID: ([0-9a-f-]{36}) Correlation ID: ` + correlation + ` Timestamp: 2026-11-21 12:00:00Z$`)
	match := form.FindStringSubmatch(got.word("error_description"))
	if match == nil {
		t.Fatalf("description %q", got.word("error_description"))
	}
	if got.word("trace_id") != match[1] || got.word("correlation_id") != correlation || got.word("timestamp") != "2026-11-21 12:00:00Z" {
		t.Errorf("answer %s", got.text)
	}
	if got.word("error_uri") != "https://login.microsoftonline.com/error?code=700016" {
		t.Errorf("error_uri %q", got.word("error_uri"))
	}
	if kind := got.header.Get("Content-Type"); kind != "application/json; charset=utf-8" {
		t.Errorf("content type %q", kind)
	}
	// What is no GUID is not echoed: it may be anything.
	request = w.request(http.MethodPost, w.authority()+tokenPath, nil)
	request.Header.Set("client-request-id", "<script>")
	if got := w.do(request); strings.Contains(got.text, "<script") {
		t.Error("a correlation ID that is no GUID comes back")
	}
}

func TestBodiesAreBounded(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	got := w.post(tokenPath, url.Values{"grant_type": {strings.Repeat("x", 1<<20)}})
	if got.status != http.StatusBadRequest || got.number() != 9002313 {
		t.Errorf("HTTP %d %.200s", got.status, got.text)
	}
}

func TestUnavailableSaysWhenToComeBack(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Scenario: "service-unavailable"})
	got := w.post(tokenPath, w.appForm())
	if got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") != "30" {
		t.Errorf("HTTP %d, Retry-After %q", got.status, got.header.Get("Retry-After"))
	}
}

func FuzzParseScopes(f *testing.F) {
	for _, seed := range []string{
		"https://outlook.office365.com/.default openid offline_access profile", imapScope + " " + smtpScope,
		"user.read https://outlook.office365.com/IMAP.AccessAsUser.All", "//", "/", "https://outlook.office365.com//.default", ".default", "",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		request, refused := parseScopes(text, "app")
		if refused != nil {
			return
		}
		if len(request.asked) > 0 && request.resource.appID == "" {
			t.Errorf("%q: scopes without a resource", text)
		}
		for _, name := range request.names {
			if !has(request.resource.scopes, name) {
				t.Errorf("%q: permission %q is not the resource's", text, name)
			}
		}
	})
}
