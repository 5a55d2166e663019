package practice

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// consentRequest is a request for a code at Google, whose answer may go to its redirect address.
type consentRequest struct {
	client    *googleClient
	address   string // the redirect address
	state     string
	nonce     string
	hint      string
	scopes    []string
	challenge challenge
	offline   bool // a refresh token is wanted
	again     bool // prompt=consent: also where this account agreed before
}

// readConsentRequest checks a request. Google tells what is wrong with it on a page and never to
// the program.
func (t *Tenant) readConsentRequest(form url.Values) (consentRequest, *googleRefusal) {
	invalid := func(text string) *googleRefusal {
		refused := googleBad("invalid_request", text)
		refused.heading = "Access blocked: Authorization Error"
		return refused
	}
	for _, name := range []string{"client_id", "redirect_uri", "response_type", "scope"} {
		if form.Get(name) == "" {
			return consentRequest{}, invalid("Missing required parameter: " + name)
		}
	}
	client, _ := t.state.google.client(form.Get("client_id"))
	if refused := client.usable(); refused != nil {
		refused.heading = "Access blocked: Authorization Error"
		return consentRequest{}, refused
	}
	address := form.Get("redirect_uri")
	if strings.HasPrefix(address, "urn:ietf:wg:oauth:2.0:oob") {
		return consentRequest{}, invalid("You can't sign in to this app because it doesn't comply with Google's OAuth 2.0 policy for keeping apps secure. The out-of-band (OOB) flow has been blocked in order to keep users secure.")
	}
	if !client.takes(address) {
		return consentRequest{}, redirectMismatch(address)
	}
	if form.Get("response_type") != "code" {
		return consentRequest{}, googleBad("unsupported_response_type", "Invalid response_type: "+form.Get("response_type"))
	}
	scopes, refused := parseGoogleScopes(form.Get("scope"))
	if refused != nil {
		return consentRequest{}, refused
	}
	c := consentRequest{
		client: client, address: address, state: form.Get("state"), nonce: form.Get("nonce"), hint: form.Get("login_hint"), scopes: scopes,
		challenge: challenge{method: form.Get("code_challenge_method"), text: form.Get("code_challenge")},
		offline:   form.Get("access_type") == "offline", again: slices.Contains(strings.Fields(form.Get("prompt")), "consent"),
	}
	if c.challenge.check() != nil {
		return consentRequest{}, invalid("code_challenge or code_challenge_method is not valid.")
	}
	return c, nil
}

func redirectMismatch(address string) *googleRefusal {
	return &googleRefusal{
		status: http.StatusBadRequest, code: "redirect_uri_mismatch",
		heading: "Access blocked: This app's request is invalid",
		text:    "You can't sign in to this app because it doesn't comply with Google's OAuth 2.0 policy. If you're the app developer, register the redirect URI in the Google Cloud Console.",
		details: []string{"redirect_uri=" + address, "flowName=GeneralOAuthFlow"},
	}
}

// admits says why an account cannot use the application; the program never hears of it.
func (g *google) admits(account string) *googleRefusal {
	_, domain, _ := strings.Cut(account, "@")
	_, ours := g.account(account)
	switch project := g.project; {
	case project.internal && !strings.EqualFold(domain, project.organization):
		return &googleRefusal{
			status: http.StatusForbidden, code: "org_internal",
			heading: "Access blocked: " + appName + " can only be used within its organization",
			text:    "This client is restricted to users within its organization.",
		}
	case !project.internal && !project.published && !has(project.testUsers, account):
		return &googleRefusal{
			status: http.StatusForbidden, code: "access_denied",
			heading: "Access blocked: " + appName + " has not completed the Google verification process",
			text:    "The app is currently being tested, and can only be accessed by developer-approved testers. If you think you should have access, contact the developer.",
		}
	case ours && g.workspace.blocksApp:
		return &googleRefusal{
			status: http.StatusBadRequest, code: "admin_policy_enforced",
			heading: "Access blocked: Authorization Error",
			text:    "Access to your account data is restricted by policies within your organization. Please contact the administrator of your organization for more information.",
		}
	case !ours && strings.EqualFold(domain, project.organization):
		return &googleRefusal{status: http.StatusBadRequest, code: "invalid_account", text: "Couldn't find your Google Account."}
	}
	return nil
}

// agree is what the person does on the page: an account signs in and gives all scopes but those
// that are unticked.
func (t *Tenant) agree(c consentRequest, account string, unticked []string) (url.Values, *googleRefusal) {
	if t.state.person.remembered != "" {
		account = t.state.person.remembered
	}
	if refused := t.state.google.admits(account); refused != nil {
		return nil, refused
	}
	if t.state.person.unticks {
		unticked = append(slices.Clone(unticked), gmailScope)
	}
	granted := slices.DeleteFunc(slices.Clone(c.scopes), func(scope string) bool { return slices.Contains(unticked, scope) })
	code := &googleCode{
		value: "4/0A" + randomText(48), grant: googleGrant{account: account, client: c.client.id, scopes: granted},
		address: c.address, nonce: c.nonce, challenge: c.challenge, ends: t.clock.now().Add(10 * time.Minute),
		refreshable: c.offline && (c.again || !t.vault.agreedBefore(account, c.client.id)), redeemed: t.state.codes.takenFirst,
	}
	t.vault.keepCode(code)
	_, domain, _ := strings.Cut(account, "@")
	return url.Values{"code": {code.value}, "scope": {strings.Join(granted, " ")}, "authuser": {"0"}, "hd": {domain}, "prompt": {"consent"}}, nil
}

// send gives an answer to the redirect address.
func (c consentRequest) send(w http.ResponseWriter, r *http.Request, answer url.Values) {
	if c.state != "" {
		answer.Set("state", c.state)
	}
	address, _ := url.Parse(c.address) // it matched a registered one
	address.RawQuery = strings.TrimPrefix(address.RawQuery+"&"+answer.Encode(), "&")
	http.Redirect(w, r, address.String(), http.StatusSeeOther)
}
