package practice

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// claims reads a token as everybody else would.
func claims(t *testing.T, token string) map[string]any {
	t.Helper()
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatalf("token has %d parts", len(parts))
	}
	var read map[string]any
	if err := decodeJSON(parts[1], &read); err != nil {
		t.Fatal(err)
	}
	return read
}

func TestApplicationTokensAreLikeExchanges(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	got := w.post(tokenPath, w.appForm())
	if got.word("token_type") != "Bearer" || got.json["expires_in"] != 3599.0 || got.word("refresh_token") != "" || got.word("id_token") != "" {
		t.Errorf("answer has the fields %v", keysOf(got.json))
	}
	token := got.word("access_token")
	if len(token) < 1500 || len(token) > 2000 {
		t.Errorf("token of %d bytes, want the length of real ones", len(token))
	}
	read := claims(t, token)
	for key, want := range map[string]any{
		"aud": "https://outlook.office365.com", "iss": "https://sts.windows.net/" + tenantID + "/", "tid": tenantID,
		"appid": clientID, "appidacr": "1", "oid": enterpriseObjectID, "idtyp": "app", "ver": "1.0",
		"exp": float64(noon.Add(time.Hour).Unix()), "nbf": float64(noon.Add(-5 * time.Minute).Unix()),
	} {
		if read[key] != want {
			t.Errorf("%s is %v, want %v", key, read[key], want)
		}
	}
	known, err := providers.ReadClaims(token)
	if err != nil || !slices.Equal(known.Roles, []string{"IMAP.AccessAsApp", "POP.AccessAsApp", "SMTP.SendAsApp", "full_access_as_app"}) || known.ClientID != clientID {
		t.Errorf("claims %+v, %v", known, err)
	}
}

func keysOf(object map[string]any) []string {
	var keys []string
	for key := range object {
		keys = append(keys, key)
	}
	return keys
}

func TestTheAudienceIsTheHostAskedFor(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	for scope, want := range map[string]string{
		"https://outlook.office365.com/.default":         "https://outlook.office365.com",
		"https://outlook.office365.com//.default":        "https://outlook.office365.com",
		"https://outlook.office.com/.default":            "https://outlook.office.com",
		"https://outlook.office.com/.default openid":     "https://outlook.office.com",
		exchangeAppID + "/.default":                      exchangeAppID,
		"https://graph.microsoft.com/.default":           "https://graph.microsoft.com",
		"https://Outlook.Office365.com/.Default profile": "https://outlook.office365.com",
	} {
		form := w.appForm()
		form.Set("scope", scope)
		got := w.post(tokenPath, form)
		if got.status != http.StatusOK {
			t.Errorf("%s: %s", scope, got.text)
			continue
		}
		read := claims(t, got.word("access_token"))
		if read["aud"] != want {
			t.Errorf("%s: audience %v, want %s", scope, read["aud"], want)
		}
		if roles := fmt.Sprint(read["roles"]); strings.Contains(roles, "Mail.") != (want == graphAudience) || strings.Contains(roles, "AsApp") == (want == graphAudience) {
			t.Errorf("%s: roles %v", scope, roles)
		}
	}
}

func TestATokenIsIssuedWithoutConsent(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Scenario: "consent-missing"})
	if _, present := claims(t, w.appToken())["roles"]; present {
		t.Error("the token has roles that nobody consented to")
	}
}

func TestTheSecretMayComeByHTTPBasic(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	form := w.appForm()
	secret := form.Get("client_secret")
	form.Del("client_secret")
	form.Del("client_id")
	request := w.request(http.MethodPost, w.authority()+tokenPath, form)
	request.SetBasicAuth(url.QueryEscape(clientID), url.QueryEscape(secret))
	if got := w.do(request); got.status != http.StatusOK {
		t.Errorf("refused: %s", got.text)
	}
	request = w.request(http.MethodPost, w.authority()+tokenPath, form)
	request.SetBasicAuth(clientID, "%zz")
	if got := w.do(request); got.number() != 9002313 {
		t.Errorf("a password that is not encoded: AADSTS%d", got.number())
	}
}

func TestTokensForServersThatTrustAnother(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{
		KeyID: "good", Issuer: "https://idp.example.test/v2.0", Audience: "outlook.office.com",
		ExtraClaims: map[string]any{"scope": "IMAP.AccessAsUser.All", "xms_filler": strings.Repeat("x", 100)},
	})
	read := claims(t, w.userToken("crm@contoso.example", imapScope))
	for key, want := range map[string]any{
		"iss": "https://idp.example.test/v2.0", "aud": "outlook.office.com", "scope": "IMAP.AccessAsUser.All", "upn": "crm@contoso.example",
	} {
		if read[key] != want {
			t.Errorf("%s is %v, want %v", key, read[key], want)
		}
	}
	for _, route := range []string{RouteAppOnly, RouteDevice} {
		compare(t, w.walk(route), nil)
	}
}

func TestAnExpiredTokenSaysSo(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Scenario: "access-token-expired"})
	got := w.post(tokenPath, w.appForm())
	if ends := claims(t, got.word("access_token"))["exp"].(float64); ends >= float64(noon.Unix()) {
		t.Errorf("exp is %v, after now", ends)
	}
	if got.json["expires_in"] != 3599.0 {
		t.Errorf("expires_in %v", got.json["expires_in"])
	}
}

func TestTimeEndsTokensAndSecrets(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	token := w.appToken()
	if got := w.tryIMAP("contracts@contoso.example", token); got != "" {
		t.Fatal(got)
	}
	w.Advance(time.Hour + time.Second)
	if got := w.tryIMAP("contracts@contoso.example", token); got != "imap: NO AUTHENTICATE failed." {
		t.Errorf("an hour later: %q", got)
	}
	w.Advance(3 * 365 * 24 * time.Hour)
	if got := w.post(tokenPath, w.appForm()); got.number() != 7000222 {
		t.Errorf("three years later: AADSTS%d, want 7000222", got.number())
	}
}

func TestRefreshing(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	first := w.signIn("crm@contoso.example", imapScope+" offline_access openid")
	if first.word("refresh_token") == "" || first.word("id_token") == "" {
		t.Fatalf("answer has the fields %v", keysOf(first.json))
	}
	refresh := func(scope string) answer {
		form := url.Values{"grant_type": {"refresh_token"}, "client_id": {clientID}, "refresh_token": {first.word("refresh_token")}}
		if scope != "" {
			form.Set("scope", scope)
		}
		return w.post(tokenPath, form)
	}
	again := refresh("")
	if again.status != http.StatusOK || again.word("refresh_token") == "" || again.word("refresh_token") == first.word("refresh_token") {
		t.Errorf("renewed: %v", keysOf(again.json))
	}
	if read := claims(t, again.word("access_token")); read["aud"] != "https://outlook.office365.com" || read["upn"] != "crm@contoso.example" {
		t.Errorf("renewed token: aud %v, upn %v", read["aud"], read["upn"])
	}
	if graph := refresh("User.Read"); claims(t, graph.word("access_token"))["aud"] != graphAudience {
		t.Errorf("for Graph: %v", keysOf(graph.json))
	}
	if got := refresh("User.Read " + imapScope); got.number() != 28000 {
		t.Errorf("for two resources: AADSTS%d", got.number())
	}
	if err := w.Plant("consent-missing"); err != nil {
		t.Fatal(err)
	}
	if got := refresh(""); got.number() != 65001 {
		t.Errorf("after consent was withdrawn: AADSTS%d", got.number())
	}
}

func TestDelegatedTokens(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	form := url.Values{"client_id": {clientID}, "scope": {imapScope + " openid profile offline_access"}}
	begun := w.post(devicePath, form)
	w.press(begun.word("user_code"), "sourcing@contoso.example", "approve")
	poll := pollForm(begun.word("device_code"))
	poll.Set("client_info", "1")
	got := w.post(tokenPath, poll)
	read := claims(t, got.word("access_token"))
	for key, want := range map[string]any{
		"upn": "sourcing@contoso.example", "unique_name": "sourcing@contoso.example", "idtyp": "user", "appidacr": "0",
		"scp": "IMAP.AccessAsUser.All POP.AccessAsUser.All SMTP.Send EWS.AccessAsUser.All", "aud": "https://outlook.office365.com",
	} {
		if read[key] != want {
			t.Errorf("%s is %v, want %v", key, read[key], want)
		}
	}
	for _, scope := range []string{imapScope, "openid", "offline_access"} {
		if !has(strings.Fields(got.word("scope")), scope) {
			t.Errorf("granted scopes %q lack %s", got.word("scope"), scope)
		}
	}
	if claims(t, got.word("id_token"))["preferred_username"] != "sourcing@contoso.example" || got.word("client_info") == "" {
		t.Errorf("answer has the fields %v", keysOf(got.json))
	}
}

func FuzzVerify(f *testing.F) {
	s := newSigner(testKey(), "kid")
	good, err := s.sign(map[string]any{"aud": "x"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add("a.b.c")
	f.Add("..")
	f.Add(good + "x")
	f.Fuzz(func(t *testing.T, token string) {
		if _, err := s.verify(token); err == nil && !strings.HasPrefix(token, good[:strings.LastIndexByte(good, '.')]) {
			t.Errorf("%q passes for a token of ours", token)
		}
	})
}

func TestForeignTokens(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{SigningKey: testKey(), KeyID: "ours"})
	other := newSigner(nil, "ours")
	forged, err := other.sign(claims(t, w.appToken()))
	if err != nil {
		t.Fatal(err)
	}
	real := strings.Split(w.appToken(), ".")
	none := encode([]byte(`{"alg":"none","kid":"ours"}`)) + "." + real[1] + "."
	for name, token := range map[string]string{
		"another key": forged, "no algorithm": none, "no token": "not-a-token", "no signature": real[0] + "." + real[1] + ".",
		"changed": real[0] + "." + encode([]byte(`{"idtyp":"app"}`)) + "." + real[2],
	} {
		if got := w.tryIMAP("contracts@contoso.example", token); got != "imap: NO AUTHENTICATE failed." {
			t.Errorf("%s, IMAP: %q", name, got)
		}
		if got := w.trySMTP("crm@contoso.example", token); !strings.HasPrefix(got, "smtp: 535 5.7.3 ") {
			t.Errorf("%s, SMTP: %q", name, got)
		}
	}
}
