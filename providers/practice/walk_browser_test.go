package practice

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// browserSigns are what the scenarios of browsers and Google look like from outside,
// in the words of signs. Where the page keeps the fault, it is the page's text.
var browserSigns = map[string]map[string][]string{
	"redirect-uri-missing":               atMicrosoft("all page: AADSTS500113: No reply address is registered for the application. "),
	"redirect-uri-mismatch":              atMicrosoft("all page: AADSTS50011: The redirect URI 'http://localhost:51234/' specified in the request does not match "),
	"conditional-access-blocked-browser": atMicrosoft("all page: AADSTS53003: Access has been blocked by Conditional Access policies. "),
	"consent-missing-declined":           atMicrosoft("all redirect: access_denied AADSTS65004: User declined to consent to access the app. "),
	"redirect-uri-wrong-platform":        atMicrosoft("all token: invalid_request AADSTS9002327: Tokens issued for the 'Single-Page Application' client-type "),
	"auth-code-already-used": {
		RouteMailCode:   {"all token: invalid_grant AADSTS54005: OAuth2 Authorization code was already redeemed, "},
		RouteGoogleCode: {"all token: invalid_grant Bad Request"},
	},
	"service-unavailable-google":       atGoogle("all token: temporarily_unavailable "),
	"app-not-in-tenant-google":         atGoogle("all page: Sign in with Google\nAccess blocked: Authorization Error\nThe OAuth client was deleted.\nError 401: deleted_client"),
	"google-redirect-uri-mismatch":     atGoogle("all page: Sign in with Google\nAccess blocked: This app's request is invalid\n"),
	"google-not-test-user-internal":    atGoogle("all page: Sign in with Google\nAccess blocked: Contoso Mail can only be used within its organization\n"),
	"google-not-test-user":             atGoogle("all page: Sign in with Google\nAccess blocked: Contoso Mail has not completed the Google verification process\n"),
	"admin-consent-required-google":    atGoogle("all page: Sign in with Google\nAccess blocked: Authorization Error\nAccess to your account data is restricted "),
	"device-code-declined-google":      atGoogle("all redirect: access_denied "),
	"wrong-user-signed-in-google":      atGoogle(refusedByGmail...),
	"secret-wrong-or-truncated-google": atGoogle("all token: invalid_client Unauthorized"),
	"google-scope-wrong":               atGoogle(refusedByGmail...),
	"google-mail-service-disabled":     atGoogle(inbox2 + "imap: NO Lookup failed"),
	"imap-disabled-mailbox-google":     atGoogle(inbox1+"imap: NO [ALERT] IMAP access is disabled for your domain. ", inbox2+"imap: NO [ALERT] IMAP access is disabled for your domain. "),
	"throttled-google":                 atGoogle(outbox + "smtp: 454 4.7.0 Too many login attempts, "),
	"sending-quota-exceeded-google":    atGoogle(outbox + "smtp send: 550 5.4.5 Daily user sending limit exceeded. "),
}

var refusedByGmail = []string{
	outbox + "smtp: 535 5.7.8 Username and Password not accepted. ",
	inbox1 + "imap: NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)",
	inbox2 + "imap: NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)",
}

func atMicrosoft(signs ...string) map[string][]string {
	return map[string][]string{RouteMailCode: signs}
}
func atGoogle(signs ...string) map[string][]string {
	return map[string][]string{RouteGoogleCode: signs}
}

// ownSigns is whether a scenario is met on ways that the walk over the products' routes leaves out.
func (s Scenario) ownSigns() bool {
	return s.InBrowser || s.Cause != "" && slices.Contains(s.Routes, RouteGoogleCode)
}

// walkBrowser connects as the product would whose sign-in is finished in a browser of this
// computer, and returns what went wrong, as walk does.
func (w *world) walkBrowser(route string) []string {
	w.Helper()
	var wrong []string
	papers := w.Papers()
	if route == RouteGoogleCode {
		papers = w.GooglePapers()
	}
	for _, box := range append([]Mailbox{papers.Mailboxes.Outbound}, papers.Mailboxes.Inbound...) {
		outbound := box == papers.Mailboxes.Outbound
		var problem string
		switch route {
		case RouteGoogleCode:
			problem = w.tryGoogle(box.Address, outbound)
		default:
			problem = w.tryMicrosoft(box, outbound)
		}
		if problem != "" {
			wrong = append(wrong, box.Address+" "+problem)
		}
	}
	return wrong
}

func (w *world) tryMicrosoft(box Mailbox, outbound bool) string {
	w.Helper()
	scope := imapScope
	if outbound {
		scope = smtpScope
	}
	back, problem := w.pressFor(authorizePath, codeForm(scope), box.Address)
	if problem != "" {
		return problem
	}
	return w.useToken(box, outbound, w.post(tokenPath, redeemForm(back.Get("code"))))
}

func (w *world) useToken(box Mailbox, outbound bool, a answer) string {
	w.Helper()
	switch {
	case a.status != http.StatusOK:
		return "token: " + a.word("error") + " " + a.word("error_description")
	case outbound:
		return w.trySMTP(box.Address, a.word("access_token"))
	}
	return w.tryFolder(box, a.word("access_token"))
}

// pressFor signs an account in on a page, as the page's button would.
func (w *world) pressFor(path string, form url.Values, account string) (back url.Values, problem string) {
	w.Helper()
	form = with(form, "account", account, "action", "approve")
	kept := w.browse(http.MethodPost, w.authority()+path, form)
	if back = kept.returned(); back == nil {
		return nil, "page: " + w.post(path, form).text
	}
	if back.Get("error") != "" {
		return nil, "redirect: " + back.Get("error") + " " + back.Get("error_description")
	}
	return back, ""
}

func (w *world) tryGoogle(address string, outbound bool) string {
	w.Helper()
	back, problem := w.pressFor(googleAuthPath, googleForm(), address)
	if problem != "" {
		return problem
	}
	a := w.post(googleTokenPath, with(w.googleRedeemForm(back.Get("code")), "client_secret", w.GooglePapers().ClientSecret))
	if a.status != http.StatusOK {
		return "token: " + a.word("error") + " " + a.word("error_description")
	}
	response := xoauth2Response(address, a.word("access_token"))
	if !outbound {
		if end, _ := w.dialGmailIMAP().gmailAuth(xoauth2, response); !strings.HasPrefix(end, "OK ") {
			return "imap: " + end
		}
		return ""
	}
	s := w.dialGmailSMTP()
	got := s.ask("AUTH XOAUTH2 " + response)
	if strings.HasPrefix(got, "334 ") {
		got = s.ask("")
	}
	if !strings.HasPrefix(got, "235 ") {
		return "smtp: " + got
	}
	if got := s.mail(address, address, "From: <"+address+">\r\nSubject: walk\r\n\r\nhello\r\n"); !strings.HasPrefix(got, "250 ") {
		return "smtp send: " + got
	}
	return ""
}

func TestScenariosOfBrowsersAndGoogle(t *testing.T) {
	t.Parallel()
	for _, scenario := range Scenarios() {
		if !scenario.ownSigns() {
			continue
		}
		t.Run(scenario.Name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{Scenario: scenario.Name})
			if len(browserSigns[scenario.Name]) == 0 {
				t.Fatal("no sign is written down for this scenario")
			}
			for route, want := range browserSigns[scenario.Name] {
				if !slices.Contains(scenario.Routes, route) {
					t.Errorf("the scenario is not of route %s", route)
				}
				got := w.walkBrowser(route)
				compare(t, got, expand(want))
				explained(t, scenario, got)
			}
			if err := w.Repair(scenario.Name); err != nil {
				t.Fatal(err)
			}
			for _, route := range []string{RouteMailCode, RouteGoogleCode} {
				compare(t, w.walkBrowser(route), nil)
			}
		})
	}
}

// explained holds what a page tells to what explain makes of it: it is all that the person has.
func explained(t *testing.T, scenario Scenario, seen []string) {
	t.Helper()
	if !scenario.PageOnly {
		return
	}
	for _, line := range seen {
		_, text, onPage := strings.Cut(line, " page: ")
		if !onPage {
			t.Errorf("the fault is not on the page: %s", line)
			continue
		}
		told := diagnosis.Explain(text)
		if len(told.Diagnoses) == 0 || told.Diagnoses[0].Cause != scenario.Cause || told.Diagnoses[0].Owner != scenario.Owner {
			t.Errorf("explained as %+v", told.Diagnoses)
		}
	}
}

func TestTwoFaultsInTheBrowserShowTheOneNearerTheRootFirst(t *testing.T) {
	t.Parallel()
	cases := []struct{ root, other, route string }{
		{"redirect-uri-missing", "redirect-uri-mismatch", RouteMailCode},
		{"redirect-uri-mismatch", "redirect-uri-wrong-platform", RouteMailCode},
		{"redirect-uri-mismatch", "conditional-access-blocked-browser", RouteMailCode},
		{"consent-missing-declined", "auth-code-already-used", RouteMailCode},
		{"app-not-in-tenant-google", "google-redirect-uri-mismatch", RouteGoogleCode},
		{"google-redirect-uri-mismatch", "google-not-test-user", RouteGoogleCode},
		{"google-not-test-user-internal", "admin-consent-required-google", RouteGoogleCode},
		{"google-not-test-user", "admin-consent-required-google", RouteGoogleCode},
		{"admin-consent-required-google", "secret-wrong-or-truncated-google", RouteGoogleCode},
		{"device-code-declined-google", "google-scope-wrong", RouteGoogleCode},
		{"google-scope-wrong", "imap-disabled-mailbox-google", RouteGoogleCode},
		{"throttled-google", "sending-quota-exceeded-google", RouteGoogleCode},
	}
	for _, c := range cases {
		for _, order := range [][]string{{c.root, c.other}, {c.other, c.root}} {
			t.Run(strings.Join(order, " then "), func(t *testing.T) {
				t.Parallel()
				w := practise(t, Options{})
				for _, name := range order {
					if err := w.Plant(name); err != nil {
						t.Fatal(err)
					}
				}
				first := expand(browserSigns[c.root][c.route])
				if got := w.walkBrowser(c.route); len(got) == 0 || !strings.HasPrefix(got[0], first[0]) {
					t.Errorf("went wrong: %q, want first %q", got, first[0])
				}
				if err := w.Repair(c.root); err != nil {
					t.Fatal(err)
				}
				compare(t, w.walkBrowser(c.route), expand(browserSigns[c.other][c.route]))
			})
		}
	}
}
