package practice

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// deviceCode is one sign-in through a code (RFC 8628).
type deviceCode struct {
	secret   string // device_code
	userCode string
	scope    string
	ends     time.Time
	interval time.Duration
	polled   time.Time
	ending   ending
	account  string   // who approved
	refused  *refusal // why the approval led nowhere
}

// ending is how far a device code has come.
type ending int

const (
	pending ending = iota
	approved
	declined
	failed
	redeemed
)

type deviceCodes []*deviceCode

// bySecret finds the code that a client polls with.
func (d deviceCodes) bySecret(secret string) *deviceCode {
	for _, code := range d {
		if code.secret == secret {
			return code
		}
	}
	return nil
}

// byUserCode finds the code that a person typed, whatever the case, blanks and dashes.
func (d deviceCodes) byUserCode(typed string) *deviceCode {
	typed = strings.ToUpper(strings.NewReplacer(" ", "", "-", "", "\t", "").Replace(typed))
	for _, code := range d {
		if code.userCode == typed {
			return code
		}
	}
	return nil
}

// maxDeviceCodes bounds the codes that are remembered; the oldest is forgotten first.
const maxDeviceCodes = 200

// deviceCodeAnswer is the device authorization endpoint's answer. Entra has no
// verification_uri_complete.
type deviceCodeAnswer struct {
	UserCode        string `json:"user_code"`
	DeviceCode      string `json:"device_code"`
	VerificationURI string `json:"verification_uri"`
	ExpiresIn       int    `json:"expires_in"`
	Interval        int    `json:"interval"`
	Message         string `json:"message"`
}

func (t *Tenant) deviceCode(r *http.Request) (any, *refusal) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.state.serviceDown {
		return nil, unavailable()
	}
	tenant := r.PathValue("tenant")
	if refused := t.findTenant(tenant); refused != nil {
		return nil, refused
	}
	if t.state.nationalCloud {
		return nil, elsewhere(tenant, grantDevice)
	}
	if r.PostForm.Get("client_id") != "" && r.PostForm.Get("scope") == "" {
		return nil, missingParameter("scope")
	}
	if _, refused := t.findClient(r); refused != nil {
		return nil, refused
	}
	if multiTenant(tenant) {
		return nil, t.singleTenantApp()
	}
	if _, refused := parseScopes(r.PostForm.Get("scope"), t.state.app.name); refused != nil {
		return nil, refused
	}
	code := &deviceCode{
		secret: randomText(120), userCode: newUserCode(), scope: r.PostForm.Get("scope"),
		ends: t.clock.now().Add(t.state.codes.lifetime), interval: t.pollInterval(),
	}
	if len(t.codes) >= maxDeviceCodes {
		t.codes = t.codes[1:]
	}
	t.codes = append(t.codes, code)
	seconds := max(1, int(t.state.codes.lifetime.Seconds()))
	return deviceCodeAnswer{
		UserCode: code.userCode, DeviceCode: code.secret, VerificationURI: t.deviceLoginURL(),
		ExpiresIn: seconds, Interval: int(code.interval.Seconds()),
		Message: fmt.Sprintf("To sign in, use a web browser to open the page %s and enter the code %s to authenticate.", t.deviceLoginURL(), code.userCode),
	}, nil
}

func (t *Tenant) pollInterval() time.Duration {
	if t.options.PollInterval > 0 {
		return max(time.Second, t.options.PollInterval)
	}
	return 5 * time.Second
}

// newUserCode has nine characters, none of which is mistaken for another.
func newUserCode() string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
	var random [9]byte
	_, _ = rand.Read(random[:]) // crypto/rand never fails
	for i, b := range random {
		random[i] = letters[int(b)%len(letters)]
	}
	return string(random[:])
}

// redeemDeviceCode answers a poll.
func (t *Tenant) redeemDeviceCode(form url.Values, c client) (any, *refusal) {
	if refused := t.checkPublicClient(c); refused != nil {
		return nil, refused
	}
	secret := form.Get("device_code")
	if secret == "" {
		secret = form.Get("code") // what the service once wanted, and some products still send
	}
	if secret == "" {
		return nil, missingParameter("device_code")
	}
	code := t.codes.bySecret(secret)
	if code == nil {
		return nil, badRequest("bad_verification_code", 70018, "The provided device code is not valid: it was not found.")
	}
	if refused := code.poll(t.clock.now()); refused != nil {
		return nil, refused
	}
	code.ending = redeemed
	request, refused := parseScopes(code.scope, t.state.app.name)
	if refused != nil {
		return nil, refused
	}
	who, known := t.state.user(code.account)
	if !known {
		return nil, userNotFound(code.account)
	}
	return t.delegated(form, c, who, request, session{account: who.address, scope: code.scope}, has(request.signIn, "offline_access"))
}

// tolerance is how much too early a poll may come: networks are not metronomes.
const tolerance = 100 * time.Millisecond

// poll says why the code gives no token now.
func (d *deviceCode) poll(now time.Time) *refusal {
	switch d.ending {
	case redeemed:
		return badRequest("bad_verification_code", 7000014, "The provided value for the input parameter 'device_code' is not valid.")
	case failed:
		return d.refused
	case declined:
		return badRequest("authorization_declined", 70017, "OAuth 2.0 device flow error. The end user denied the authorization request.")
	}
	if !now.Before(d.ends) {
		return badRequest("expired_token", 70020, "The provided value for the input parameter 'device_code' is not valid. This device code has expired.")
	}
	if d.ending == approved {
		return nil
	}
	early := !d.polled.IsZero() && now.Sub(d.polled) < d.interval-tolerance
	d.polled = now
	if early {
		d.interval += 5 * time.Second // RFC 8628 section 3.5
		return badRequest("slow_down", 70016, "OAuth 2.0 device flow error. The client polls too often: add five seconds to the interval.")
	}
	return badRequest("authorization_pending", 70016, "OAuth 2.0 device flow error. Authorization is pending. Continue polling.")
}

// finish records what the person at the browser did with a code that is still pending.
func (t *Tenant) finish(code *deviceCode, account string, approve bool) {
	if t.state.person.remembered != "" {
		account = t.state.person.remembered
	}
	if !approve || t.state.person.declines {
		code.ending = declined
		return
	}
	code.ending, code.account = approved, account
	if refused := t.approve(account, code.scope); refused != nil {
		code.ending, code.refused = failed, refused
	}
}
