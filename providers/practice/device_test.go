package practice

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// begin asks for a device code.
func (w *world) begin() (deviceSecret, userCode string) {
	w.Helper()
	a := w.post(devicePath, url.Values{"client_id": {clientID}, "scope": {imapScope + " offline_access"}})
	if a.status != http.StatusOK {
		w.Fatalf("no device code: %s", a.text)
	}
	return a.word("device_code"), a.word("user_code")
}

func (w *world) poll(secret string) answer { return w.post(tokenPath, pollForm(secret)) }

func TestDeviceCodeAnswer(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	a := w.post(devicePath, url.Values{"client_id": {clientID}, "scope": {imapScope}})
	if len(a.word("user_code")) != 9 || strings.ToUpper(a.word("user_code")) != a.word("user_code") {
		t.Errorf("user code %q", a.word("user_code"))
	}
	if a.json["expires_in"] != 900.0 || a.json["interval"] != 5.0 || a.word("verification_uri") != w.Describe().DeviceLogin {
		t.Errorf("answer %s", a.text)
	}
	if !strings.Contains(a.word("message"), a.word("user_code")) || a.json["verification_uri_complete"] != nil {
		t.Errorf("answer %s", a.text)
	}
	if quick := practise(t, Options{PollInterval: time.Second}); quick.post(devicePath, url.Values{"client_id": {clientID}, "scope": {imapScope}}).json["interval"] != 1.0 {
		t.Error("the interval of the options is not used")
	}
}

func TestPolling(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	secret, user := w.begin()
	steps := []struct {
		name    string
		before  func()
		code    string
		numbers int
	}{
		{"at once", func() {}, "authorization_pending", 70016},
		{"again at once", func() {}, "slow_down", 70016},
		{"after five seconds, which are ten by now", func() { w.Advance(5 * time.Second) }, "slow_down", 70016},
		{"after fifteen", func() { w.Advance(15 * time.Second) }, "authorization_pending", 70016},
		{"after the approval, however soon", func() { w.press(user, "crm@contoso.example", "approve") }, "", 0},
		{"after it was redeemed", func() {}, "bad_verification_code", 7000014},
	}
	for _, step := range steps {
		step.before()
		got := w.poll(secret)
		if got.word("error") != step.code || got.number() != step.numbers {
			t.Fatalf("%s: HTTP %d %s %d, want %s %d", step.name, got.status, got.word("error"), got.number(), step.code, step.numbers)
		}
	}
}

func TestDeviceCodeEndsOnTheTenantsClock(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	secret, user := w.begin()
	w.Advance(15 * time.Minute)
	if got := w.press(user, "crm@contoso.example", "approve"); got.status != http.StatusGone {
		t.Errorf("the page took a code that has ended: HTTP %d", got.status)
	}
	if got := w.poll(secret); got.word("error") != "expired_token" || got.number() != 70020 {
		t.Errorf("poll: %s", got.text)
	}
	if got := w.poll("never given out"); got.word("error") != "bad_verification_code" || got.number() != 70018 {
		t.Errorf("a code that was never given out: %s", got.text)
	}
}

func TestDeviceCodeEndsBeforeAnybodyCanTypeIt(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Scenario: "device-code-expired"})
	a := w.post(devicePath, url.Values{"client_id": {clientID}, "scope": {imapScope}})
	if a.json["expires_in"] != 1.0 {
		t.Errorf("expires_in %v, want the least there is", a.json["expires_in"])
	}
	w.Advance(time.Millisecond) // what passes by itself on a clock that runs
	if got := w.poll(a.word("device_code")); got.word("error") != "expired_token" {
		t.Errorf("poll: %s", got.text)
	}
	if err := w.Repair("device-code-expired"); err != nil {
		t.Fatal(err)
	}
	compare(t, w.walk(RouteDevice), nil)
}

func TestBothSpellingsOfTheGrant(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	for name, form := range map[string]url.Values{
		"RFC 8628":        {"grant_type": {grantDevice}, "device_code": {""}},
		"older grant":     {"grant_type": {grantDeviceLegacy}, "device_code": {""}},
		"older parameter": {"grant_type": {grantDevice}, "code": {""}},
		"both parameters": {"grant_type": {grantDeviceLegacy}, "code": {""}, "device_code": {""}},
	} {
		secret, user := w.begin()
		for _, key := range []string{"code", "device_code"} {
			if form.Has(key) {
				form.Set(key, secret)
			}
		}
		form.Set("client_id", clientID)
		w.press(user, "crm@contoso.example", "approve")
		if got := w.post(tokenPath, form); got.status != http.StatusOK {
			t.Errorf("%s: %s", name, got.text)
		}
	}
}

func TestTheDeviceLoginPage(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	secret, user := w.begin()
	spaced := " " + strings.ToLower(user[:3]) + "-" + user[3:6] + " " + user[6:] + " "
	cases := []struct {
		name, code, account, action string
		status                      int
		says                        string
	}{
		{"unknown code", "AAAAAAAAA", "crm@contoso.example", "approve", 404, "did not work"},
		{"no code", "", "crm@contoso.example", "approve", 404, "did not work"},
		{"no account", user, "", "approve", 400, "account is missing"},
		{"no action", user, "crm@contoso.example", "", 400, "approve or decline"},
		{"as people type it", spaced, "crm@contoso.example", "approve", 200, "crm@contoso.example has signed in to Contoso Mail"},
		{"a second time", user, "crm@contoso.example", "decline", 410, "has ended"},
	}
	for _, c := range cases {
		got := w.press(c.code, c.account, c.action)
		if got.status != c.status || !strings.Contains(got.text, c.says) || strings.Contains(got.text, "<") {
			t.Errorf("%s: HTTP %d %q, want %d %q", c.name, got.status, got.text, c.status, c.says)
		}
	}
	if got := w.poll(secret); got.status != http.StatusOK {
		t.Errorf("the wrong tries spoilt the code: %s", got.text)
	}
}

func TestTheDeviceLoginPageForABrowser(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	form := w.get("devicelogin?user_code=%22%3E%3Cscript%3E")
	for _, part := range []string{`name="user_code"`, `name="account"`, `value="approve"`, `value="decline"`, "crm@contoso.example"} {
		if !strings.Contains(form.text, part) {
			t.Errorf("the form lacks %s", part)
		}
	}
	if strings.Contains(form.text, "<script>") {
		t.Error("the code from the address is not escaped")
	}
	_, user := w.begin()
	request := w.request(http.MethodPost, w.Describe().DeviceLogin, url.Values{"user_code": {user}, "account": {"<b>@contoso.example"}, "action": {"approve"}})
	request.Header.Set("Accept", "text/html,*/*")
	if got := w.do(request); got.status != http.StatusOK || !strings.Contains(got.text, "AADSTS50034") || strings.Contains(got.text, "<b>") {
		t.Errorf("HTTP %d %s", got.status, got.text)
	}
	if got := w.do(w.request(http.MethodPut, w.Describe().DeviceLogin, nil)); got.status != http.StatusMethodNotAllowed {
		t.Errorf("PUT: HTTP %d", got.status)
	}
	foreign := w.request(http.MethodPost, w.Describe().DeviceLogin, url.Values{"user_code": {user}})
	foreign.Header.Set("Origin", "https://evil.example")
	if got := w.do(foreign); got.status != http.StatusForbidden {
		t.Errorf("a form from elsewhere: HTTP %d", got.status)
	}
}

func TestWhoCannotSignIn(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	w.state.users[1].enabled = false
	for account, number := range map[string]int{"nobody@contoso.example": 50034, "contracts@contoso.example": 50057} {
		secret, user := w.begin()
		page := w.press(user, account, "approve")
		got := w.poll(secret)
		if got.number() != number || got.word("error") != "invalid_grant" {
			t.Errorf("%s: %s, want %d", account, got.text, number)
		}
		if page.status != http.StatusOK || !strings.Contains(page.text, "cannot sign in: AADSTS") {
			t.Errorf("%s: the page says %q", account, page.text)
		}
	}
}

func TestWhoIsAssignedMaySignIn(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Scenario: "user-not-assigned"})
	if got := w.signIn("admin@contoso.example", imapScope); got.status != http.StatusOK {
		t.Errorf("the one who is assigned: %s", got.text)
	}
	if got := w.signIn("crm@contoso.example", imapScope); got.number() != 50105 {
		t.Errorf("another: %s", got.text)
	}
}

func TestRefusedSignInsCarryWhatEntraAdds(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Scenario: "conditional-access-blocked"})
	if got := w.signIn("crm@contoso.example", imapScope); !strings.Contains(got.word("claims"), "capolids") {
		t.Errorf("no claims challenge in %s", got.text)
	}
	w = practise(t, Options{Scenario: "consent-missing"})
	if got := w.signIn("crm@contoso.example", imapScope); got.word("suberror") != "consent_required" {
		t.Errorf("no suberror in %s", got.text)
	}
	if got := w.signIn("crm@contoso.example", exchange1+".default"); got.number() != 65001 {
		t.Errorf("for everything listed: %s", got.text)
	}
}

func TestOldDeviceCodesAreForgotten(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	first, _ := w.begin()
	for range maxDeviceCodes {
		w.begin()
	}
	if got := w.poll(first); got.number() != 70018 {
		t.Errorf("the oldest of %d codes: %s", maxDeviceCodes+1, got.text)
	}
	if len(w.codes) != maxDeviceCodes {
		t.Errorf("%d codes are remembered", len(w.codes))
	}
}
