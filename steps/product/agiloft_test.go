package product

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func day(t testing.TB, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAgiloftRoutes(t *testing.T) {
	t.Parallel()
	p := loadAgiloft(t)
	for id, test := range map[string]struct {
		flow                Flow
		recommended, public bool
		platform            string
		credential          string
		redirect            string
		consent             string
		artefacts, values   string
		outScope, inScope   string
		outTest, inTest     string
		reauthorize         bool
		touches             int
	}{
		"ms-mail-cc": {
			flow: ClientCredentials, recommended: true, platform: "none", credential: "secret", redirect: "", consent: "required by admin",
			artefacts: "outbound-cc inbound-cc", values: "tenant_id client_id client_secret secret_expires object_id outbound inbound table folder",
			outScope: "https://outlook.office365.com/.default", inScope: "https://outlook.office365.com/.default",
			outTest: "https://outlook.office365.com/.default", inTest: "https://outlook.office365.com/.default", touches: 2,
		},
		"ms-mail-device": {
			flow: DeviceCode, public: true, platform: "web", credential: "none", redirect: "https://kb.example", consent: "expected by admin",
			artefacts: "outbound-device inbound-device", values: "tenant_id client_id base_kb_uri outbound inbound table folder",
			outScope: "user.read offline_access openid profile email https://outlook.office365.com/SMTP.Send",
			inScope:  "user.read offline_access openid profile email https://outlook.office365.com/IMAP.AccessAsUser.All",
			outTest:  "https://outlook.office.com/SMTP.Send", inTest: "https://outlook.office.com/IMAP.AccessAsUser.All", reauthorize: true,
		},
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			r, ok := p.Route(id)
			if !ok {
				t.Fatal("no such route")
			}
			for what, pair := range map[string][2]any{
				"flow": {r.Flow, test.flow}, "provider": {r.Provider, "microsoft"}, "transport": {r.Transport, "imap_smtp"}, "status": {r.Status, "current"},
				"recommended": {r.Recommended, test.recommended}, "public client flows": {r.Registration.PublicClientFlows, test.public}, "platform": {r.Registration.Platform, test.platform},
				"credential": {strings.Join(r.Registration.Credential, " "), test.credential}, "redirect": {r.Redirect.URI(map[string]string{"base_kb_uri": "https://kb.example"}), test.redirect},
				"consent": {r.Consent.Need + " by " + r.Consent.By, test.consent}, "artefacts": {strings.Join(r.Artefacts, " "), test.artefacts}, "values": {strings.Join(r.Values, " "), test.values},
				"outbound": {r.Directions[Outbound], "single"}, "inbound": {r.Directions[Inbound], "many"},
				"outbound scope": {r.Scopes[Outbound], test.outScope}, "inbound scope": {r.Scopes[Inbound], test.inScope},
				"outbound test scope": {r.TestScopes[Outbound], test.outTest}, "inbound test scope": {r.TestScopes[Inbound], test.inTest},
				"reauthorize": {r.Rotation.Reauthorize, test.reauthorize}, "touches": {len(r.Rotation.Touches), test.touches},
			} {
				if pair[0] != pair[1] {
					t.Errorf("%s is %v, not %v", what, pair[0], pair[1])
				}
			}
			out, _ := r.Server(Outbound)
			in, _ := r.Server(Inbound)
			if out.Host != "smtp.office365.com" || out.Port != 587 || out.Security != "starttls" || in.Host != "outlook.office365.com" || in.Port != 993 || in.Security != "tls" || !strings.Contains(in.Label, "IMAP (Microsoft Exchange)") {
				t.Errorf("servers %+v, %+v", out, in)
			}
		})
	}
}

// The texts that the catalogue gives out request what the route says that they request.
func TestAgiloftScopesAreThoseOfTheTexts(t *testing.T) {
	t.Parallel()
	p := loadAgiloft(t)
	for _, r := range p.Routes {
		for _, id := range r.Artefacts {
			a, _ := p.Artefact(id)
			properties, err := ParseProperties(a.Template())
			if err != nil {
				t.Fatal(err)
			}
			key := map[Direction]string{Outbound: "mail.agiloft.smtp", Inbound: "mail.agiloft.inbound"}[a.Direction] + ".device-auth-request.payload.2"
			if got, _ := properties.Get(key); got != "scope="+r.Scopes[a.Direction] {
				t.Errorf("%s requests %s, the route says %s", id, got, r.Scopes[a.Direction])
			}
		}
	}
}

// Everything that the vendor's guide warns about is said in the steps of its two routes, at its
// screen.
func TestAgiloftStepsCarryTheGuidesWarnings(t *testing.T) {
	t.Parallel()
	both := map[string]string{
		"out-server":  "replaces the outbound server",
		"out-login":   "Leave the password empty",
		"out-reset":   "tick at Reset",
		"in-open":     "a mailbox of its own",
		"in-paste":    "no input box",
		"in-password": "delete them",
		"in-activity": "Disable this account - do not check for emails",
		"in-finish":   "Leave the other tabs",
	}
	own := map[string]map[string]string{
		"ms-mail-cc":     {"out-paste": "three times", "in-next": "harmless"},
		"ms-mail-device": {"out-sign-in": "not as yourself", "in-sign-in": "that is a failure"},
	}
	for route, special := range own {
		r := agiloftRoute(t, route)
		warnings := map[string]string{}
		for _, s := range r.Steps {
			warnings[s.ID] = s.Warning
		}
		for _, expected := range []map[string]string{both, special} {
			for id, words := range expected {
				if !strings.Contains(warnings[id], words) {
					t.Errorf("%s %s: %q does not say %q", r.ID, id, warnings[id], words)
				}
			}
		}
		for _, s := range r.Steps {
			if strings.HasPrefix(s.ID, "in-") != (s.Direction == Inbound && s.ForEach == "inbound") || strings.HasPrefix(s.ID, "out-") != (s.Direction == Outbound) {
				t.Errorf("%s %s: direction %s, for each %q", r.ID, s.ID, s.Direction, s.ForEach)
			}
		}
	}
}

func TestAgiloftStepsFollowTheDirections(t *testing.T) {
	t.Parallel()
	r := agiloftRoute(t, "ms-mail-cc")
	if n := len(r.StepsFor(true, true)); n != len(r.Steps) {
		t.Errorf("both: %d steps of %d", n, len(r.Steps))
	}
	for _, s := range r.StepsFor(true, false) {
		if s.Direction == Inbound {
			t.Errorf("outbound alone shows %s", s.ID)
		}
	}
	for _, s := range r.StepsFor(false, true) {
		if s.Direction == Outbound {
			t.Errorf("inbound alone shows %s", s.ID)
		}
	}
	var ids []string
	for _, p := range r.PrerequisitesFor(false, true) {
		ids = append(ids, p.ID)
	}
	if slices.Contains(ids, "smtp-auth-on") || !slices.Contains(ids, "imap-on") || !slices.Contains(ids, "mailboxes-licensed") {
		t.Errorf("prerequisites of inbound alone: %v", ids)
	}
}

// The same words mean nothing on one route and a failure on the other.
func TestAgiloftKnowsItsErrors(t *testing.T) {
	t.Parallel()
	const code = "Warning. Status: Communication established with GRAPH.\nTo sign in, use a web browser to open the page device-auth-request.response.verification_url.name_NOT_DEFINED_OR_NOT_RETURNED\nand enter the code device-auth-request.response.user_code.name_NOT_DEFINED_OR_NOT_RETURNED to authenticate."
	for name, test := range map[string]struct{ route, text, verdict, cause string }{
		"no code, client credentials":  {"ms-mail-cc", code, "harmless", "in a flow that has none"},
		"no code, device code":         {"ms-mail-device", code, "fix", "refused the request for a device code"},
		"SMTP AUTH off in the tenant":  {"ms-mail-cc", "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled", "fix", "off for the tenant"},
		"SMTP AUTH off in the mailbox": {"ms-mail-device", "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.", "fix", "outbound mailbox itself"},
		"token refused by SMTP":        {"ms-mail-cc", "535 5.7.3 Authentication unsuccessful [XX0P123CA0001.example]", "fix", "SMTP.SendAsApp"},
		"token refused by IMAP":        {"ms-mail-device", "A1 NO AUTHENTICATE failed.", "fix", "IMAP.AccessAsUser.All"},
		"mailbox not opened":           {"ms-mail-cc", "BAD User is authenticated but not connected.", "fix", "mailbox permission is missing"},
		"wrong account":                {"ms-mail-device", "bad user is AUTHENTICATED but\n  not connected", "fix", "Another account"},
		"public client flows off":      {"ms-mail-device", "AADSTS7000218: The request body must contain", "fix", "public client flows"},
		"scopes of two resources":      {"ms-mail-device", "AADSTS28000: Provided value", "escalate", "user.read"},
		"blocked by policy":            {"ms-mail-device", "AADSTS53003: Access has been blocked", "fix", "Conditional Access"},
		"secret ended":                 {"ms-mail-cc", "AADSTS7000222: The provided client secret keys", "fix", "has ended"},
		"secret wrong":                 {"ms-mail-cc", "AADSTS7000215: Invalid client secret", "fix", "Secret ID"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			known, ok := agiloftRoute(t, test.route).Recognise(test.text)
			if !ok || known.Verdict != test.verdict || !strings.Contains(known.Cause, test.cause) || len(known.Fix) == 0 {
				t.Errorf("got %+v", known)
			}
		})
	}
	if known, ok := agiloftRoute(t, "ms-mail-cc").Recognise("421 4.3.2 Service not available"); ok {
		t.Errorf("recognised as %+v", known)
	}
}

func TestKnownErrorNeedsAllItsWords(t *testing.T) {
	t.Parallel()
	e := KnownError{Match: "5.7.3", All: []string{"not  Accepted", "token"}}
	for text, want := range map[string]bool{
		"535 5.7.3 Token NOT\taccepted": true, "535 5.7.3 not accepted": false, "token not accepted": false, "": false,
	} {
		if got := e.Matches(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

func TestAgiloftWarningsByDay(t *testing.T) {
	t.Parallel()
	p := loadAgiloft(t)
	for name, test := range map[string]struct{ route, day, want string }{
		"client credentials today":   {"ms-mail-cc", "2026-11-21", "graph-recommended smtp-auth-password legacy-tls"},
		"device code today":          {"ms-mail-device", "2026-11-21", "consent-policy device-code-policy graph-recommended smtp-auth-password legacy-tls"},
		"before any of it was known": {"ms-mail-device", "2025-10-01", "device-code-policy graph-recommended"},
		"last day of the password":   {"ms-mail-cc", "2027-12-31", "graph-recommended smtp-auth-password legacy-tls"},
		"the day after":              {"ms-mail-cc", "2028-01-01", "graph-recommended legacy-tls"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var ids []string
			for _, w := range p.WarningsAt(test.route, day(t, test.day)) {
				ids = append(ids, w.ID)
			}
			if got := strings.Join(ids, " "); got != test.want {
				t.Errorf("got %s", got)
			}
		})
	}
	if stopped := Notices(p, day(t, "2026-11-21")); len(stopped) > 0 {
		t.Errorf("a route is stopped: %v", stopped)
	}
}

func TestAgiloftCorrectionsByRoute(t *testing.T) {
	t.Parallel()
	p := loadAgiloft(t)
	has := func(route, id string) bool {
		return slices.ContainsFunc(p.CorrectionsFor(route), func(c Correction) bool { return c.ID == id })
	}
	for _, id := range []string{"delegated-permissions", "swapped-ids", "organization-parameter", "module-version", "mailbox-permission-user", "send-as", "auth-flow-differs", "secret-life"} {
		if !has("ms-mail-cc", id) || has("ms-mail-device", id) {
			t.Errorf("%s belongs to client credentials alone", id)
		}
	}
	for _, id := range []string{"mixed-scopes", "code-parameter", "refresh-redirect", "scope-host", "consent-step"} {
		if has("ms-mail-cc", id) || !has("ms-mail-device", id) {
			t.Errorf("%s belongs to device code alone", id)
		}
	}
	for _, id := range []string{"shared-mailboxes", "smtp-auth-tenant", "smtp-auth-word", "account-types", "portal-path"} {
		if !has("ms-mail-cc", id) || !has("ms-mail-device", id) {
			t.Errorf("%s belongs to both routes", id)
		}
	}
}

func TestSourceInferred(t *testing.T) {
	t.Parallel()
	if !(Source{"guide", "inferred"}).Inferred() || (Source{"guide"}).Inferred() {
		t.Error("the mark of an inferred fact is wrong")
	}
	if doc, ok := loadAgiloft(t).Doc("M1"); !ok || !strings.HasPrefix(doc.URL, "https://learn.microsoft.com/") {
		t.Errorf("M1 is %+v", doc)
	}
}
