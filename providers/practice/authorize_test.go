package practice

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestAPersonSignsInInABrowser(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	page := w.open(authorizePath, with(codeForm("openid offline_access "+imapScope), "login_hint", contracts, "nonce", "n-1"))
	if page.status != http.StatusOK || page.header.Get("Cache-Control") != "no-store" || page.header.Get("Referrer-Policy") != "no-referrer" {
		t.Fatalf("page: %d %v", page.status, page.header)
	}
	if policy := page.header.Get("Content-Security-Policy"); !strings.Contains(policy, "form-action 'self' http://localhost:51234;") || !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("policy %q", policy)
	}
	if first, other := strings.Index(page.text, contracts), strings.Index(page.text, crm); first < 0 || other < first {
		t.Error("the expected account is not the first to be offered")
	}
	for _, word := range []string{"<script", "IMAP.AccessAsUser.All", "not Microsoft"} {
		if strings.Contains(page.text, word) != (word[0] != '<') {
			t.Errorf("the page and %q", word)
		}
	}
	pressed := w.pressButton(page, contracts)
	if location := pressed.header.Get("Location"); !strings.HasPrefix(location, callback+"?") {
		t.Fatalf("redirected to %q", location)
	}
	back := pressed.returned()
	if back.Get("state") != "st&te" || back.Get("session_state") == "" {
		t.Errorf("came back with %v", back)
	}
	redeemed := w.post(tokenPath, redeemForm(back.Get("code")))
	if redeemed.status != http.StatusOK || redeemed.word("refresh_token") == "" {
		t.Fatalf("redeemed: %s", redeemed.text)
	}
	if got := claims(t, redeemed.word("id_token")); got["nonce"] != "n-1" || got["preferred_username"] != contracts {
		t.Errorf("id token %v", got)
	}
	token := claims(t, redeemed.word("access_token"))
	if token["upn"] != contracts || token["appidacr"] != "0" || !strings.Contains(token["scp"].(string), "IMAP.AccessAsUser.All") {
		t.Errorf("access token %v", token)
	}
	if got := w.tryIMAP(contracts, redeemed.word("access_token")); got != "" {
		t.Error(got)
	}
	renewed := w.post(tokenPath, url.Values{"grant_type": {grantRefresh}, "client_id": {clientID}, "refresh_token": {redeemed.word("refresh_token")}, "scope": {"openid " + smtpScope}})
	if renewed.status != http.StatusOK || claims(t, renewed.word("id_token"))["nonce"] != nil {
		t.Errorf("renewed: %s", renewed.text)
	}
	for _, request := range w.journal.list() {
		if strings.Contains(request.Summary, back.Get("code")[:20]) {
			t.Errorf("the log holds a code: %s", request.Summary)
		}
	}
}

func TestAnswersReachTheProgramInTheWayItAskedFor(t *testing.T) {
	t.Parallel()
	const registered = "https://host.example/evj/OAuth2?p_action=getTokenReturn&p_option=x"
	w := practise(t, Options{WebRedirects: []string{registered}})
	form := with(codeForm(imapScope), "redirect_uri", registered)
	pressed := w.pressButton(w.open(authorizePath, form), crm)
	if location := pressed.header.Get("Location"); !strings.HasPrefix(location, registered+"&code=1.") {
		t.Errorf("an address with a query: %q", location)
	}
	pressed = w.pressButton(w.open(authorizePath, with(form, "response_mode", "fragment")), crm)
	if location := pressed.header.Get("Location"); !strings.HasPrefix(location, registered+"#code=1.") {
		t.Errorf("in the fragment: %q", location)
	}
	page := w.pressButton(w.open(authorizePath, with(codeForm(imapScope), "response_mode", "form_post")), crm)
	found := formPattern.FindStringSubmatch(page.text)
	if page.status != http.StatusOK || len(found) == 0 || found[1] != callback {
		t.Fatalf("form: %s", page.text)
	}
	if fields := fieldPattern.FindAllStringSubmatch(found[2], -1); len(fields) != 3 || fields[0][1] != "code" || fields[2][2] != "st&amp;te" {
		t.Errorf("fields %q", fields)
	}
	if policy := page.header.Get("Content-Security-Policy"); !strings.Contains(policy, "form-action 'self' http://localhost:51234;") {
		t.Errorf("policy %q", policy)
	}
	back := w.pressButton(w.open(authorizePath, codeForm(imapScope)), "Decline").returned()
	if back.Get("error") != "access_denied" || back.Get("error_subcode") != "cancel" || !strings.HasPrefix(back.Get("error_description"), "AADSTS65004: ") || back.Get("state") != "st&te" {
		t.Errorf("declined: %v", back)
	}
	posted := w.browse(http.MethodPost, w.authority()+authorizePath, codeForm(imapScope))
	if got := w.pressButton(posted, crm).returned(); got.Get("code") == "" {
		t.Errorf("a request that was posted: %v", got)
	}
}

func TestWhatIsWrongBeforeTheRedirectIsToldToThePersonAlone(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change  func(*state)
		form    url.Values
		tenant  string
		refused string
	}{
		"another path":                   {form: with(codeForm(imapScope), "redirect_uri", "http://localhost:51234/back"), refused: "AADSTS50011: The redirect URI 'http://localhost:51234/back' specified in the request does not match "},
		"https for http":                 {form: with(codeForm(imapScope), "redirect_uri", "https://localhost:51234/"), refused: "AADSTS50011: "},
		"another host":                   {form: with(codeForm(imapScope), "redirect_uri", "http://evil.example/"), refused: "AADSTS50011: "},
		"a user in the address":          {form: with(codeForm(imapScope), "redirect_uri", "http://localhost@evil.example/"), refused: "AADSTS50011: "},
		"a scheme that runs":             {form: with(codeForm(imapScope), "redirect_uri", "javascript:alert(1)"), refused: "AADSTS50011: "},
		"no address registered":          {change: func(s *state) { s.app.redirects = nil }, form: codeForm(imapScope), refused: "AADSTS500113: No reply address is registered "},
		"another application":            {form: with(codeForm(imapScope), "client_id", "11111111-2222-3333-4444-555555555555"), refused: "AADSTS700016: "},
		"no application":                 {form: with(codeForm(imapScope), "client_id", ""), refused: "AADSTS900144: "},
		"another tenant":                 {form: codeForm(imapScope), tenant: "fabrikam.example", refused: "AADSTS90002: "},
		"any tenant":                     {form: codeForm(imapScope), tenant: "common", refused: "AADSTS50194: "},
		"a tenant in another cloud":      {change: func(s *state) { s.nationalCloud = true }, form: codeForm(imapScope), refused: "AADSTS90038: "},
		"a disabled application":         {change: func(s *state) { s.enterprise.enabled = false }, form: codeForm(imapScope), refused: "AADSTS7000112: "},
		"a service that has a bad day":   {change: func(s *state) { s.serviceDown = true }, form: codeForm(imapScope), refused: "AADSTS90033: "},
		"a web address but for the port": {change: func(s *state) { s.app.redirects[0].platform = webPlatform }, form: codeForm(imapScope), refused: "AADSTS50011: "},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{})
			if c.change != nil {
				w.change(c.change)
			}
			path := authorizePath
			if c.tenant != "" {
				path = strings.Replace(path, tenantID, c.tenant, 1)
			}
			for _, action := range []string{"", "approve", "decline"} {
				form := with(c.form, "action", action, "account", crm)
				page := w.browse(http.MethodPost, w.authority()+path, form)
				if page.status/100 == 3 || page.header.Get("Location") != "" {
					t.Errorf("%s: redirected to %q", action, page.header.Get("Location"))
				}
				if !strings.Contains(htmlText(page.text), c.refused) || !strings.Contains(page.text, "Correlation ID: ") {
					t.Errorf("%s: page %s", action, page.text)
				}
			}
		})
	}
}

func TestRequestsThatAreWrongAreToldToTheProgram(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	cases := map[string]struct{ parameter, value, code, begins string }{
		"no response type":      {"response_type", "", "invalid_request", "AADSTS900144: "},
		"another response type": {"response_type", "id_token", "unsupported_response_type", "AADSTS700054: "},
		"no scope":              {"scope", "", "invalid_request", "AADSTS900144: "},
		"an unknown scope":      {"scope", exchange1 + "Mail.Magic", "invalid_scope", "AADSTS650053: "},
		"two resources":         {"scope", imapScope + " https://graph.microsoft.com/User.Read", "invalid_request", "AADSTS28000: "},
		"nobody may be asked":   {"prompt", "none", "login_required", "AADSTS50058: "},
		"a short challenge":     {"code_challenge", "short", "invalid_request", "AADSTS501491: "},
		"an unknown method":     {"code_challenge_method", "MD5", "invalid_request", "AADSTS50147: "},
	}
	for name, c := range cases {
		back := w.open(authorizePath, with(codeForm(imapScope), c.parameter, c.value)).returned()
		if back.Get("error") != c.code || !strings.HasPrefix(back.Get("error_description"), c.begins) || back.Get("state") != "st&te" {
			t.Errorf("%s: %v", name, back)
		}
	}
}

func TestRefusedAccountsStayOnThePage(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change  func(*state)
		account string
		says    string
	}{
		"blocked by policy":  {func(s *state) { s.policy.blockBrowser = true }, crm, "AADSTS53003: "},
		"not assigned":       {func(s *state) { s.enterprise.assignmentRequired = true }, crm, "AADSTS50105: "},
		"no consent":         {func(s *state) { s.enterprise.scopes = nil; s.policy.usersMayConsent = true }, crm, "AADSTS65001: "},
		"admin's consent":    {func(s *state) { s.enterprise.scopes = nil }, crm, "AADSTS90094: "},
		"disabled":           {func(s *state) { s.sender().enabled = false }, crm, "AADSTS50057: "},
		"of another company": {nil, "someone@fabrikam.example", "AADSTS50020: "},
		"unknown":            {nil, "nobody@contoso.example", "AADSTS50034: "},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{})
			if c.change != nil {
				w.change(c.change)
			}
			form := with(codeForm(imapScope), "account", c.account, "action", "approve")
			page := w.browse(http.MethodPost, w.authority()+authorizePath, form)
			if page.returned() != nil || !strings.Contains(page.text, c.says) || !strings.Contains(page.text, "mailgrant explain") {
				t.Errorf("%d %v: %s", page.status, page.returned(), page.text)
			}
			plain := w.post(authorizePath, form)
			if !strings.HasPrefix(plain.text, c.says) || strings.Contains(plain.text, "<") {
				t.Errorf("to curl: %s", plain.text)
			}
			if back := w.pressButton(page, "Decline").returned(); back.Get("error") != "access_denied" {
				t.Errorf("the way back: %v", back)
			}
		})
	}
}

func TestCodesAreRedeemedOnceByWhoAskedForThem(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		change func(w *world)
		redeem func(url.Values) url.Values
		number int
	}{
		"another verifier":    {redeem: func(f url.Values) url.Values { return with(f, "code_verifier", verifier+"x") }, number: 501481},
		"no verifier":         {redeem: func(f url.Values) url.Values { return with(f, "code_verifier", "") }, number: 501481},
		"another address":     {redeem: func(f url.Values) url.Values { return with(f, "redirect_uri", "http://localhost:1/") }, number: 500112},
		"a foreign address":   {redeem: func(f url.Values) url.Values { return with(f, "redirect_uri", "https://evil.example/") }, number: 50011},
		"no address":          {redeem: func(f url.Values) url.Values { return with(f, "redirect_uri", "") }, number: 900144},
		"no code":             {redeem: func(f url.Values) url.Values { return with(f, "code", "") }, number: 900144},
		"an invented code":    {redeem: func(f url.Values) url.Values { return with(f, "code", "1.invented") }, number: 70000},
		"a secret of a guest": {redeem: func(f url.Values) url.Values { return with(f, "client_secret", "whatever") }, number: 700025},
		"too late":            {change: func(w *world) { w.Advance(11 * time.Minute) }, number: 70008},
		"two resources": {redeem: func(f url.Values) url.Values {
			return with(f, "scope", smtpScope+" https://graph.microsoft.com/User.Read")
		}, number: 28000},
		"consent withdrawn": {change: func(w *world) { w.change(func(s *state) { s.enterprise.scopes = nil }) }, number: 90094},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{})
			form := redeemForm(w.pressButton(w.open(authorizePath, codeForm(imapScope)), crm).returned().Get("code"))
			if c.change != nil {
				c.change(w)
			}
			if c.redeem != nil {
				form = c.redeem(form)
			}
			if got := w.post(tokenPath, form); got.number() != c.number {
				t.Errorf("AADSTS%d, want %d: %s", got.number(), c.number, got.text)
			}
		})
	}
	w := practise(t, Options{})
	form := redeemForm(w.pressButton(w.open(authorizePath, codeForm(imapScope)), crm).returned().Get("code"))
	if got := w.post(tokenPath, form); got.status != http.StatusOK {
		t.Fatalf("the first time: %s", got.text)
	}
	if got := w.post(tokenPath, form); got.number() != 54005 {
		t.Errorf("the second time: %s", got.text)
	}
}

func TestThePlatformOfAnAddressDecidesWhoMayRedeem(t *testing.T) {
	t.Parallel()
	const registered = "https://crm.example/return"
	cases := map[string]struct {
		platform platform
		secret   bool
		origin   string
		number   int
	}{
		"a web application with its secret":     {webPlatform, true, "", 0},
		"a web application without":             {webPlatform, false, "", 7000218},
		"a program with a secret":               {desktopPlatform, true, "", 700025},
		"a program without":                     {desktopPlatform, false, "", 0},
		"a page redeemed from a server":         {spaPlatform, false, "", 9002327},
		"a page redeemed from its own origin":   {spaPlatform, false, "https://crm.example", 0},
		"a page's address used with the secret": {spaPlatform, true, "", 9002327},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{WebRedirects: []string{registered}})
			w.change(func(s *state) { s.app.redirects = []redirect{{c.platform, registered}} })
			page := w.open(authorizePath, with(codeForm("offline_access "+imapScope), "redirect_uri", registered))
			form := with(redeemForm(w.pressButton(page, crm).returned().Get("code")), "redirect_uri", registered)
			if c.secret {
				form.Set("client_secret", w.Describe().ClientSecret)
			}
			request := w.request(http.MethodPost, w.authority()+tokenPath, form)
			if c.origin != "" {
				request.Header.Set("Origin", c.origin)
			}
			got := w.do(request)
			if got.number() != c.number {
				t.Fatalf("AADSTS%d, want %d: %s", got.number(), c.number, got.text)
			}
			if c.number != 0 {
				return
			}
			again := url.Values{"grant_type": {grantRefresh}, "client_id": {clientID}, "refresh_token": {got.word("refresh_token")}}
			if got := w.post(tokenPath, again); (got.status == http.StatusOK) != (c.platform != webPlatform) {
				t.Errorf("refreshed without a secret: %s", got.text)
			}
			again.Set("client_secret", w.Describe().ClientSecret)
			if got := w.post(tokenPath, again); (got.status == http.StatusOK) != (c.platform == webPlatform) {
				t.Errorf("refreshed with the secret: %s", got.text)
			}
		})
	}
}

func TestNoOtherPageMayPressTheButtons(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	request := w.request(http.MethodPost, w.authority()+authorizePath, with(codeForm(imapScope), "account", crm, "action", "approve"))
	request.Header.Set("Sec-Fetch-Site", "cross-site")
	if got := w.do(request); got.status != http.StatusForbidden {
		t.Errorf("from another page: %d %s", got.status, got.text)
	}
	if got := w.browse(http.MethodPut, w.authority()+authorizePath, nil); got.status != http.StatusMethodNotAllowed {
		t.Errorf("PUT: %d", got.status)
	}
	if got := w.browse(http.MethodPost, w.authority()+authorizePath, with(codeForm(imapScope), "action", "dance")); got.status != http.StatusBadRequest {
		t.Errorf("an unknown action: %d", got.status)
	}
	if got := w.browse(http.MethodPost, w.authority()+authorizePath, with(codeForm(imapScope), "action", "approve")); got.status != http.StatusBadRequest {
		t.Errorf("no account: %d", got.status)
	}
	hostile := w.open(authorizePath, with(codeForm(imapScope), "state", `"><script>alert(1)</script>`, "login_hint", `"><b>`))
	if strings.Contains(hostile.text, "<script>") || strings.Contains(hostile.text, "<b>") {
		t.Errorf("what a request says is not escaped: %s", hostile.text)
	}
}

func FuzzRedirectAddresses(f *testing.F) {
	for _, seed := range []string{callback, "http://localhost", "http://localhost@evil.example/", "http://[::1", "HTTP://LOCALHOST:1/", "http://localhost:1/%2f", "//localhost", "http://localhost\\@evil.example"} {
		f.Add(seed)
	}
	registered := registration{redirects: []redirect{{desktopPlatform, loopback}, {webPlatform, "https://crm.example/return?x=1"}}}
	f.Fuzz(func(t *testing.T, sent string) {
		if _, known := registered.redirect(sent); !known {
			return
		}
		parsed, err := url.Parse(sent)
		if err != nil {
			t.Fatalf("%q is no address", sent)
		}
		host := strings.ToLower(parsed.Hostname())
		if host != "localhost" && host != "crm.example" || parsed.User != nil || parsed.Fragment != "" {
			t.Errorf("%q is taken for a registered address", sent)
		}
	})
}
