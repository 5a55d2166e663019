package practice

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"
)

// googleForm is a request for a code at Google that is right in everything.
func googleForm() url.Values {
	return url.Values{
		"client_id": {googleWebClientID}, "redirect_uri": {GoogleRedirect}, "response_type": {"code"},
		"scope": {"openid email " + gmailScope}, "state": {"st&te"}, "access_type": {"offline"}, "prompt": {"consent"},
		"code_challenge": {s256(verifier)}, "code_challenge_method": {"S256"},
	}
}

const (
	googleAuthPath  = "google/o/oauth2/v2/auth"
	googleTokenPath = "google/token"
)

// googleRedeemForm redeems a code that googleForm asked for.
func (w *world) googleRedeemForm(code string) url.Values {
	return url.Values{
		"grant_type": {grantCode}, "client_id": {googleWebClientID}, "client_secret": {w.fixture.google.web},
		"redirect_uri": {GoogleRedirect}, "code": {code}, "code_verifier": {verifier},
	}
}

// googleCode goes through the page.
func (w *world) googleCode(account string, form url.Values) url.Values {
	w.Helper()
	back := w.pressButton(w.open(googleAuthPath, form), account).returned()
	if back.Get("code") == "" {
		w.Fatalf("no code came back: %v", back)
	}
	return back
}

func (w *world) googleSignIn(account string) answer {
	w.Helper()
	a := w.post(googleTokenPath, w.googleRedeemForm(w.googleCode(account, googleForm()).Get("code")))
	if a.status != http.StatusOK {
		w.Fatalf("no token: %s", a.text)
	}
	return a
}

func TestAPersonSignsInAtGoogle(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	page := w.open(googleAuthPath, with(googleForm(), "login_hint", contracts))
	if page.status != http.StatusOK || strings.Contains(page.text, "<script") || !strings.Contains(page.text, "not Google.") {
		t.Fatalf("page %d %s", page.status, page.text)
	}
	pressed := w.pressButton(page, contracts)
	back := pressed.returned()
	if !strings.HasPrefix(pressed.header.Get("Location"), GoogleRedirect+"?") || back.Get("state") != "st&te" || !strings.Contains(back.Get("scope"), gmailScope) {
		t.Fatalf("came back with %v", back)
	}
	got := w.post(googleTokenPath, w.googleRedeemForm(back.Get("code")))
	if got.status != http.StatusOK || !strings.HasPrefix(got.word("access_token"), "ya29.") || !strings.HasPrefix(got.word("refresh_token"), "1//") || got.json["expires_in"] != 3599.0 {
		t.Fatalf("answer %s", got.text)
	}
	if said := claims(t, got.word("id_token")); said["email"] != contracts || said["aud"] != googleWebClientID || said["iss"] != w.googleIssuer() || said["hd"] != "contoso.example" {
		t.Errorf("id token %v", said)
	}
	if want := "openid " + googleScopePrefix + "userinfo.email " + gmailScope; got.word("scope") != want {
		t.Errorf("scope %q, want %q", got.word("scope"), want)
	}
	info := w.get("google/tokeninfo?access_token=" + url.QueryEscape(got.word("access_token")))
	if info.word("email") != contracts || info.word("aud") != googleWebClientID || info.word("expires_in") != "3600" {
		t.Errorf("tokeninfo %s", info.text)
	}
	for path, want := range map[string]string{"google/v1/userinfo": "email", "google/gmail/v1/users/me/profile": "emailAddress"} {
		request := w.request(http.MethodGet, w.authority()+path, nil)
		request.Header.Set("Authorization", "Bearer "+got.word("access_token"))
		if said := w.do(request); said.word(want) != contracts {
			t.Errorf("%s: %s", path, said.text)
		}
	}
	for _, request := range w.journal.list() {
		if strings.Contains(request.Summary, "ya29.") || strings.Contains(request.Summary, back.Get("code")) {
			t.Errorf("the log holds a secret: %s", request.Summary)
		}
	}
}

func TestGooglesOwnGoLibraryIsAtHome(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Now: time.Now})
	metadata := w.get("google/.well-known/openid-configuration")
	if metadata.word("issuer")+"/" != w.googleAuthority() {
		t.Errorf("issuer %q", metadata.word("issuer"))
	}
	config := oauth2.Config{
		ClientID: googleDesktopClientID, ClientSecret: w.fixture.google.desktop, RedirectURL: "http://127.0.0.1:50505/any/path",
		Scopes:   []string{"openid", "email", gmailScope},
		Endpoint: oauth2.Endpoint{AuthURL: metadata.word("authorization_endpoint"), TokenURL: metadata.word("token_endpoint")},
	}
	ctx := context.WithValue(t.Context(), oauth2.HTTPClient, w.http)
	address := config.AuthCodeURL("state", oauth2.AccessTypeOffline, oauth2.S256ChallengeOption(verifier))
	back := w.pressButton(w.browse(http.MethodGet, address, nil), crm).returned()
	token, err := config.Exchange(ctx, back.Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		t.Fatal(err)
	}
	token.Expiry = time.Now().Add(-time.Minute)
	renewed, err := config.TokenSource(ctx, token).Token()
	if err != nil || renewed.AccessToken == token.AccessToken {
		t.Errorf("renewed: %v", err)
	}
	if got := w.post("google/revoke", url.Values{"token": {token.RefreshToken}}); got.status != http.StatusOK {
		t.Errorf("revoked: %s", got.text)
	}
	renewed.Expiry = time.Now().Add(-time.Minute)
	if _, err := config.TokenSource(ctx, renewed).Token(); err == nil || !strings.Contains(err.Error(), "Token has been expired or revoked.") {
		t.Errorf("after that: %v", err)
	}
	if got := w.get("google/tokeninfo?access_token=" + url.QueryEscape(token.AccessToken)); got.word("error") != "invalid_token" {
		t.Errorf("the access token lives on: %s", got.text)
	}
	if got := w.post("google/revoke", url.Values{"token": {token.RefreshToken}}); got.word("error") != "invalid_token" {
		t.Errorf("revoked twice: %s", got.text)
	}
}

func TestARefreshTokenComesWithTheFirstConsentOnly(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	quiet := with(googleForm(), "prompt", "")
	redeem := func(form url.Values) string {
		return w.post(googleTokenPath, w.googleRedeemForm(w.googleCode(crm, form).Get("code"))).word("refresh_token")
	}
	if redeem(with(quiet, "access_type", "")) != "" {
		t.Error("one came without offline access")
	}
	if redeem(quiet) == "" {
		t.Error("none came with the first consent")
	}
	if redeem(quiet) != "" {
		t.Error("one came again")
	}
	if redeem(googleForm()) == "" {
		t.Error("none came with prompt=consent")
	}
}

func TestScopesThatThePersonLeavesOut(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	form := with(googleForm(), "account", crm, "action", "approve", "untick", gmailScope)
	back := w.browse(http.MethodPost, w.authority()+googleAuthPath, form).returned()
	got := w.post(googleTokenPath, w.googleRedeemForm(back.Get("code")))
	if got.status != http.StatusOK || strings.Contains(got.word("scope"), gmailScope) {
		t.Errorf("answer %s", got.text)
	}
	if page := w.open(googleAuthPath, googleForm()); strings.Count(page.text, `name="untick" value="`+gmailScope) == 0 || strings.Contains(page.text, `name="untick" value="openid`) {
		t.Errorf("page %s", page.text)
	}
}

func TestWhatGoogleTellsOnItsPageAlone(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change  func(*google)
		form    url.Values
		account string
		says    string
	}{
		"another path":        {form: with(googleForm(), "redirect_uri", GoogleRedirect+"x"), says: "Error 400: redirect_uri_mismatch\nRequest details: redirect_uri=" + GoogleRedirect + "x flowName=GeneralOAuthFlow"},
		"another port":        {form: with(googleForm(), "redirect_uri", "http://127.0.0.1:8422/"), says: "Error 400: redirect_uri_mismatch"},
		"a page for desktops": {form: with(googleForm(), "client_id", googleDesktopClientID, "redirect_uri", "https://crm.example/"), says: "Error 400: redirect_uri_mismatch"},
		"out of band":         {form: with(googleForm(), "redirect_uri", "urn:ietf:wg:oauth:2.0:oob"), says: "Error 400: invalid_request"},
		"no redirect address": {form: with(googleForm(), "redirect_uri", ""), says: "Missing required parameter: redirect_uri"},
		"no scope":            {form: with(googleForm(), "scope", ""), says: "Missing required parameter: scope"},
		"an unknown scope":    {form: with(googleForm(), "scope", "https://mail.google.com"), says: "Some requested scopes were invalid. {valid=[], invalid=[https://mail.google.com]}"},
		"a token at once":     {form: with(googleForm(), "response_type", "token"), says: "Error 400: unsupported_response_type"},
		"a strange challenge": {form: with(googleForm(), "code_challenge_method", "MD5"), says: "Error 400: invalid_request"},
		"an unknown client":   {form: with(googleForm(), "client_id", "1-x.apps.googleusercontent.com"), says: "The OAuth client was not found.\nError 401: invalid_client"},
		"a deleted client":    {change: func(g *google) { g.project.clients[0].deleted = true }, form: googleForm(), says: "The OAuth client was deleted.\nError 401: deleted_client"},
		"a disabled client":   {change: func(g *google) { g.project.clients[0].disabled = true }, form: googleForm(), says: "The OAuth client was disabled.\nError 401: disabled_client"},
		"not a test user":     {change: func(g *google) { g.project.internal = false }, form: googleForm(), account: crm, says: "has not completed the Google verification process"},
		"of another company":  {form: googleForm(), account: "someone@gmail.com", says: "Error 403: org_internal"},
		"unknown here":        {form: googleForm(), account: "nobody@contoso.example", says: "Couldn't find your Google Account."},
		"blocked by policy":   {change: func(g *google) { g.workspace.blocksApp = true }, form: googleForm(), account: crm, says: "Error 400: admin_policy_enforced"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{})
			if c.change != nil {
				w.change(func(s *state) { c.change(&s.google) })
			}
			form := c.form
			if c.account != "" {
				form = with(form, "account", c.account, "action", "approve")
			}
			page := w.browse(http.MethodPost, w.authority()+googleAuthPath, form)
			if page.returned() != nil || page.status < 400 || !strings.Contains(htmlText(page.text), c.says) {
				t.Errorf("%d %s", page.status, page.text)
			}
			if plain := w.post(googleAuthPath, form); !strings.Contains(plain.text, c.says) || strings.Contains(plain.text, "<p>") {
				t.Errorf("to curl: %s", plain.text)
			}
		})
	}
}

func TestWhoMaySignInAtGoogle(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		project func(*googleProject)
		account string
		signsIn bool
	}{
		"an internal project, a colleague":        {func(*googleProject) {}, crm, true},
		"an internal project, a stranger":         {func(*googleProject) {}, "someone@gmail.com", false},
		"in testing, a test user":                 {func(p *googleProject) { p.internal, p.testUsers = false, []string{strings.ToUpper(crm)} }, crm, true},
		"in testing, a stranger as a test user":   {func(p *googleProject) { p.internal, p.testUsers = false, []string{"someone@gmail.com"} }, "someone@gmail.com", true},
		"in production, anybody":                  {func(p *googleProject) { p.internal, p.published = false, true }, "someone@gmail.com", true},
		"a project of another company, internal":  {func(p *googleProject) { p.organization = "fabrikam.example" }, crm, false},
		"a project of another company, published": {func(p *googleProject) { p.organization, p.internal, p.published = "fabrikam.example", false, true }, crm, true},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{})
			w.change(func(s *state) { c.project(&s.google.project) })
			back := w.browse(http.MethodPost, w.authority()+googleAuthPath, with(googleForm(), "account", c.account, "action", "approve")).returned()
			if (back.Get("code") != "") != c.signsIn {
				t.Errorf("came back with %v", back)
			}
		})
	}
}

func TestGooglesTokenEndpointRefuses(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		before       func(*world)
		form         func(url.Values) url.Values
		status       int
		code, saying string
	}{
		"another secret":     {form: func(f url.Values) url.Values { return with(f, "client_secret", "GOCSPX-wrong") }, status: 401, code: "invalid_client", saying: "Unauthorized"},
		"no secret":          {form: func(f url.Values) url.Values { return with(f, "client_secret", "") }, status: 400, code: "invalid_request", saying: "client_secret is missing."},
		"no client":          {form: func(f url.Values) url.Values { return with(f, "client_id", "") }, status: 400, code: "invalid_request", saying: "Could not determine client ID from request."},
		"an unknown client":  {form: func(f url.Values) url.Values { return with(f, "client_id", "x") }, status: 401, code: "invalid_client", saying: "The OAuth client was not found."},
		"a deleted client":   {before: func(w *world) { w.change(func(s *state) { s.google.project.clients[0].deleted = true }) }, status: 401, code: "deleted_client", saying: "The OAuth client was deleted."},
		"another verifier":   {form: func(f url.Values) url.Values { return with(f, "code_verifier", verifier+"x") }, status: 400, code: "invalid_grant", saying: "Invalid code verifier."},
		"no verifier":        {form: func(f url.Values) url.Values { return with(f, "code_verifier", "") }, status: 400, code: "invalid_grant", saying: "Missing code verifier."},
		"another address":    {form: func(f url.Values) url.Values { return with(f, "redirect_uri", "http://127.0.0.1:1/") }, status: 400, code: "redirect_uri_mismatch", saying: "Bad Request"},
		"a code not decoded": {form: func(f url.Values) url.Values { return with(f, "code", url.QueryEscape(f.Get("code"))) }, status: 400, code: "invalid_grant", saying: "Malformed auth code."},
		"no code":            {form: func(f url.Values) url.Values { return with(f, "code", "") }, status: 400, code: "invalid_request", saying: "Missing required parameter: code"},
		"too late":           {before: func(w *world) { w.Advance(10 * time.Minute) }, status: 400, code: "invalid_grant", saying: "Bad Request"},
		"an app for itself":  {form: func(f url.Values) url.Values { return with(f, "grant_type", grantCredentials) }, status: 400, code: "unsupported_grant_type", saying: "Invalid grant_type: client_credentials"},
		"no grant type":      {form: func(f url.Values) url.Values { return with(f, "grant_type", "") }, status: 400, code: "invalid_request", saying: "Missing required parameter: grant_type"},
		"a bad day":          {before: func(w *world) { w.change(func(s *state) { s.google.down = true }) }, status: 503, code: "temporarily_unavailable", saying: "The service is currently unavailable."},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{})
			form := w.googleRedeemForm(w.googleCode(crm, googleForm()).Get("code"))
			if c.before != nil {
				c.before(w)
			}
			if c.form != nil {
				form = c.form(form)
			}
			got := w.post(googleTokenPath, form)
			if got.status != c.status || got.word("error") != c.code || got.word("error_description") != c.saying {
				t.Errorf("%d %s", got.status, got.text)
			}
		})
	}
	w := practise(t, Options{})
	form := w.googleRedeemForm(w.googleCode(crm, googleForm()).Get("code"))
	if got := w.post(googleTokenPath, form); got.status != http.StatusOK {
		t.Fatalf("the first time: %s", got.text)
	}
	if got := w.post(googleTokenPath, form); got.word("error_description") != "Bad Request" {
		t.Errorf("the second time: %s", got.text)
	}
}

func TestRefreshTokensOfAProjectInTestingEndAfterAWeek(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		project func(*googleProject)
		scope   string
		lives   bool
	}{
		"internal":              {func(*googleProject) {}, "openid email " + gmailScope, true},
		"in testing":            {func(p *googleProject) { p.internal, p.testUsers = false, []string{crm} }, "openid email " + gmailScope, false},
		"in testing, name only": {func(p *googleProject) { p.internal, p.testUsers = false, []string{crm} }, "openid email", true},
		"in production":         {func(p *googleProject) { p.internal, p.published = false, true }, "openid email " + gmailScope, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{})
			w.change(func(s *state) { c.project(&s.google.project) })
			redeemed := w.post(googleTokenPath, w.googleRedeemForm(w.googleCode(crm, with(googleForm(), "scope", c.scope)).Get("code")))
			form := url.Values{"grant_type": {grantRefresh}, "client_id": {googleWebClientID}, "client_secret": {w.fixture.google.web}, "refresh_token": {redeemed.word("refresh_token")}}
			w.Advance(7*24*time.Hour - time.Second)
			if got := w.post(googleTokenPath, form); got.status != http.StatusOK {
				t.Errorf("within the week: %s", got.text)
			}
			w.Advance(time.Second)
			got := w.post(googleTokenPath, form)
			if (got.status == http.StatusOK) != c.lives || !c.lives && got.word("error_description") != "Token has been expired or revoked." {
				t.Errorf("after it: %s", got.text)
			}
			w.change(func(s *state) { s.google.workspace.blocksApp = true })
			if got := w.post(googleTokenPath, form); c.lives && got.word("error") != "admin_policy_enforced" {
				t.Errorf("after the app was blocked: %s", got.text)
			}
		})
	}
}

func TestGooglesDeviceFlowGivesNoMail(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	got := w.post("google/device/code", url.Values{"client_id": {googleWebClientID}, "scope": {"email " + gmailScope}})
	if got.word("error") != "invalid_scope" || !strings.HasPrefix(got.word("error_description"), "Invalid device flow scope: ") {
		t.Errorf("%s", got.text)
	}
	if got := w.post("google/device/code", url.Values{"client_id": {googleWebClientID}, "scope": {"email"}}); got.word("error_description") != "Invalid client type." {
		t.Errorf("%s", got.text)
	}
}

func TestTheGmailAPIRefuses(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change func(*world)
		scope  string
		user   string
		token  string
		status int
		reason string
	}{
		"a token of nobody":      {token: "ya29.none", status: 401, reason: "authError"},
		"a token that is over":   {change: func(w *world) { w.Advance(time.Hour) }, status: 401, reason: "authError"},
		"an API that is off":     {change: func(w *world) { w.change(func(s *state) { s.google.project.gmailAPI = false }) }, status: 403, reason: "accessNotConfigured"},
		"too small a scope":      {scope: googleScopePrefix + "gmail.send", status: 403, reason: "insufficientPermissions"},
		"another mailbox":        {user: contracts, status: 403, reason: "forbidden"},
		"a user without Gmail":   {change: func(w *world) { w.change(func(s *state) { s.google.used(crm).gmail = false }) }, status: 400, reason: "failedPrecondition"},
		"the mailbox, by name":   {user: crm, status: 200},
		"a scope for reading":    {scope: googleScopePrefix + "gmail.readonly", status: 200},
		"another account's name": {user: "nobody@contoso.example", status: 403, reason: "forbidden"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{})
			form := googleForm()
			if c.scope != "" {
				form.Set("scope", c.scope)
			}
			token := w.post(googleTokenPath, w.googleRedeemForm(w.googleCode(crm, form).Get("code"))).word("access_token")
			if c.token != "" {
				token = c.token
			}
			if c.change != nil {
				c.change(w)
			}
			user := "me"
			if c.user != "" {
				user = c.user
			}
			request := w.request(http.MethodGet, w.googleAuthority()+"gmail/v1/users/"+user+"/profile", nil)
			request.Header.Set("Authorization", "Bearer "+token)
			got := w.do(request)
			if got.status != c.status || !strings.Contains(got.text, `"reason":"`+c.reason) && c.reason != "" {
				t.Errorf("%d %s", got.status, got.text)
			}
		})
	}
}

func TestGooglesPageIsNotPressedByOthers(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	request := w.request(http.MethodPost, w.authority()+googleAuthPath, with(googleForm(), "account", crm, "action", "approve"))
	request.Header.Set("Sec-Fetch-Site", "cross-site")
	if got := w.do(request); got.status != http.StatusForbidden {
		t.Errorf("from another page: %d", got.status)
	}
	for name, form := range map[string]url.Values{
		"an unknown action": with(googleForm(), "action", "dance"), "no account": with(googleForm(), "action", "approve"),
	} {
		if got := w.browse(http.MethodPost, w.authority()+googleAuthPath, form); got.status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, got.status)
		}
	}
	if got := w.browse(http.MethodPut, w.authority()+googleAuthPath, nil); got.status != http.StatusMethodNotAllowed {
		t.Errorf("PUT: %d", got.status)
	}
	back := w.pressButton(w.open(googleAuthPath, googleForm()), "Decline").returned()
	if back.Get("error") != "access_denied" || back.Get("state") != "st&te" {
		t.Errorf("declined: %v", back)
	}
	hostile := w.open(googleAuthPath, with(googleForm(), "state", `"><script>x</script>`, "redirect_uri", `http://x/"><script>`))
	if strings.Contains(hostile.text, "<script>") {
		t.Errorf("what a request says is not escaped: %s", hostile.text)
	}
}

func FuzzGoogleRequests(f *testing.F) {
	tenant, err := Start(Options{Dir: f.TempDir(), SigningKey: testKey(), Now: func() time.Time { return noon }})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = tenant.Close() })
	for _, seed := range []url.Values{googleForm(), with(googleForm(), "redirect_uri", "http://localhost@x"), {}} {
		f.Add(seed.Encode())
	}
	f.Add("client_id=" + googleDesktopClientID + "&redirect_uri=http://127.0.0.1:1%23&response_type=code&scope=openid")
	f.Fuzz(func(t *testing.T, query string) {
		form, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		tenant.mutex.Lock()
		defer tenant.mutex.Unlock()
		read, refused := tenant.readConsentRequest(form)
		if refused != nil {
			return
		}
		parsed, err := url.Parse(read.address)
		if err != nil || parsed.Scheme != "http" || parsed.User != nil || parsed.Fragment != "" {
			t.Errorf("%q is taken for a registered address", read.address)
		}
	})
}
