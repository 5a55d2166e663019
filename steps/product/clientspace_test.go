package product

import (
	"slices"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
)

func loadClientSpace(t testing.TB) *Product {
	t.Helper()
	return mustLoad(t, folders, "clientspace")
}

func clientSpaceRoute(t testing.TB, id string) *Route {
	t.Helper()
	r, ok := loadClientSpace(t).Route(id)
	if !ok {
		t.Fatalf("no route %s", id)
	}
	return r
}

func TestClientSpaceIsWithoutFindings(t *testing.T) {
	t.Parallel()
	for _, f := range Lint(loadClientSpace(t)) {
		t.Errorf("%s (%s)", f, f.Fix)
	}
}

// The customer registers nothing and keeps no secret: only the mailbox is asked for.
func TestClientSpaceVendorApp(t *testing.T) {
	t.Parallel()
	p, r := loadClientSpace(t), clientSpaceRoute(t, "ms-graph-vendor")
	for what, pair := range map[string][2]any{
		"flow": {r.Flow, VendorApp}, "provider": {r.Provider, "microsoft"}, "transport": {r.Transport, "graph"}, "status": {r.Status, "current"},
		"recommended": {r.Recommended, true}, "owner": {r.AppOwner, "vendor"}, "inbound": {r.Directions[Inbound], "many"}, "outbound": {r.Directions[Outbound], ""},
		"values": {strings.Join(r.Values, " "), "inbound"}, "credential": {strings.Join(r.Registration.Credential, " "), "none"}, "platform": {r.Registration.Platform, "none"},
		"redirect": {r.Redirect.Kind, "vendor_owned"}, "redirect URI": {r.Redirect.URI(nil), ""}, "consent": {r.Consent.Need + " by " + r.Consent.By, "expected by admin"},
		"Exchange steps": {len(r.Exchange), 0}, "reauthorize": {r.Rotation.Reauthorize, true}, "touches": {len(r.Rotation.Touches), 0},
		"effects": {strings.Join(p.Effects, " "), "marks_read"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s is %v, not %v", what, pair[0], pair[1])
		}
	}
	if proof, ok := r.Proof(""); !ok || proof.ID != ProofProduct || len(r.Proofs) != 1 {
		t.Errorf("proofs %+v", r.Proofs)
	}
	for _, test := range r.Tests {
		switch {
		case test.By == "wizard" && (test.Kind != "none" || !strings.Contains(test.Expect, "ClientSpace's own")):
			t.Errorf("a test of ours with the vendor's app: %+v", test)
		case test.By == "product" && (!strings.Contains(test.Expect, "Test Connection") || !strings.Contains(test.Expect, "Exception Log")):
			t.Errorf("the product's test expects %s", test.Expect)
		}
	}
}

func TestClientSpaceFields(t *testing.T) {
	t.Parallel()
	a, ok := loadClientSpace(t).Artefact("mailbox-record")
	if !ok {
		t.Fatal("no such artefact")
	}
	text, err := Render(a, map[string]string{"inbound": "cases@contoso.example"}, keychain.Secret{})
	if err != nil {
		t.Fatal(err)
	}
	if got := text.Reveal(); got != "Type: Office 365 - Graph API\nUse SSL For Callback: selected\n" {
		t.Errorf("got\n%s", got)
	}
	if text.HasSecret() || a.ForEach != "inbound" || a.Place != "System Admin > Email Integration > mailbox record" {
		t.Errorf("secret %t, for each %q, at %s", text.HasSecret(), a.ForEach, a.Place)
	}
}

// The order of the guide: fields, Apply, Authorize, test; then the log.
func TestClientSpaceSteps(t *testing.T) {
	t.Parallel()
	said := []string{"mailbox record of {{inbound}}", "Use SSL For Callback", "Apply", "Authorize, the cloud icon", "Test Connection", "Process Email Integration"}
	steps := clientSpaceRoute(t, "ms-graph-vendor").StepsFor(false, true)
	if len(steps) != len(said) {
		t.Fatalf("%d steps", len(steps))
	}
	for i, step := range steps {
		if !strings.Contains(step.Text, said[i]) || step.ForEach != "inbound" {
			t.Errorf("step %d, %s, does not say %q: %s", i+1, step.ID, said[i], step.Text)
		}
	}
	if steps[3].Screen != "Action Center" || !strings.Contains(steps[3].Warning, "not as yourself") {
		t.Errorf("authorize: %+v", steps[3])
	}
}

// No list of permissions is published, so each line is marked as deduced, and the way to the true
// list is shown.
func TestClientSpacePermissionsAreDeduced(t *testing.T) {
	t.Parallel()
	p, r := loadClientSpace(t), clientSpaceRoute(t, "ms-graph-vendor")
	var names []string
	for _, permission := range r.PermissionsFor(false, true) {
		names = append(names, permission.Resource+" "+permission.Type+" "+permission.Name)
		if !slices.Equal(permission.Source, Source{"inferred"}) {
			t.Errorf("%s is said to come from %v", permission.Name, permission.Source)
		}
	}
	if got := strings.Join(names, ", "); got != "graph delegated Mail.ReadWrite, graph delegated offline_access, graph delegated User.Read" {
		t.Errorf("permissions %s", got)
	}
	if !slices.ContainsFunc(p.Unknowns, func(u Unknown) bool {
		return u.Field == "routes.ms-graph-vendor.permissions" && strings.Contains(u.Ask, "Enterprise applications > the app > Permissions")
	}) {
		t.Error("nobody is told where the true list is read")
	}
	var guidance strings.Builder
	for _, click := range r.Registration.Steps {
		guidance.WriteString(click.Screen + ": " + click.Text + "\n")
	}
	for _, words := range []string{"Consent on behalf of your organization", "Admin consent settings", "Enterprise applications > ClientSpace's app > Permissions", "sign in as {{inbound}}"} {
		if !strings.Contains(guidance.String(), words) {
			t.Errorf("the guidance on consent does not say %q", words)
		}
	}
}

func TestClientSpaceKnowsItsErrors(t *testing.T) {
	t.Parallel()
	const record = "Unable to connect\nPlease check your connection settings and try again.\nThe access token is invalid. Please use the cloud icon in the Action Center to reauthenticate your email mailbox."
	for name, test := range map[string]struct{ route, text, cause, fix string }{
		"on the mailbox record":          {"ms-graph-vendor", record, "The mailbox record shows the message", "Authorize"},
		"in the log, by the button":      {"ms-graph-vendor", "Graph API Connection Test error: The access token is invalid.", "Test Connection ran", "Authorize"},
		"in the log, by the process":     {"ms-graph-vendor", "Graph API Integration error\n The access token is invalid.", "Process Email Integration ran", "Authorize"},
		"consent by an administrator":    {"ms-graph-vendor", "AADSTS90094: The grant requires admin permission.", "Only an administrator", "consents once"},
		"no consent":                     {"ms-graph-vendor", "AADSTS65001: The user or administrator has not consented", "Nobody has agreed", "consents once"},
		"blocked by policy":              {"ms-graph-vendor", "AADSTS53003: Access has been blocked", "Conditional Access", "sign-in log"},
		"not used for 90 days":           {"ms-graph-vendor", "AADSTS700082: The refresh token has expired due to inactivity", "90 days", "Authorize"},
		"sign-in revoked":                {"ms-graph-vendor", "AADSTS50173: The provided grant has expired", "revoked", "Authorize"},
		"password on the retiring route": {"ms-imap-old", "A1 NO LOGIN failed.", "takes no password", "Graph API"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			known, ok := clientSpaceRoute(t, test.route).Recognise(test.text)
			if !ok || known.Verdict != "fix" || !strings.Contains(known.Cause, test.cause) || !strings.Contains(strings.Join(known.Fix, " "), test.fix) {
				t.Errorf("got %+v", known)
			}
		})
	}
}

// The old type cannot be chosen any more, and says what comes in its place.
func TestClientSpaceImapIsClosed(t *testing.T) {
	t.Parallel()
	p, r := loadClientSpace(t), clientSpaceRoute(t, "ms-imap-old")
	if r.Flow != Password || r.Status != "retiring" || r.ReplacedBy != "ms-graph-vendor" || r.Recommended || r.Transport != "imap_smtp" {
		t.Errorf("%s, %s, replaced by %q", r.Flow, r.Status, r.ReplacedBy)
	}
	server, ok := r.Server(Inbound)
	if !ok || server.Host != "outlook.office365.com" || server.Port != 993 {
		t.Errorf("server %+v", server)
	}
	for _, date := range []string{"2026-11-21", "2030-01-01"} {
		stopped := Notices(p, day(t, date))
		closed := slices.ContainsFunc(stopped, func(f Finding) bool { return f.Rule == ruleRetiring && strings.Contains(f.Where, "ms-imap-old") })
		open := slices.ContainsFunc(stopped, func(f Finding) bool { return strings.Contains(f.Where, "ms-graph-vendor") })
		if !closed || open {
			t.Errorf("%s: %v", date, stopped)
		}
	}
}

func TestClientSpaceWarningsAndCorrections(t *testing.T) {
	t.Parallel()
	p := loadClientSpace(t)
	var warnings, corrections []string
	for _, w := range p.WarningsAt("ms-graph-vendor", day(t, "2026-11-21")) {
		warnings = append(warnings, w.ID)
	}
	for _, c := range p.CorrectionsFor("ms-graph-vendor") {
		corrections = append(corrections, c.ID)
	}
	slices.Sort(warnings)
	if got := strings.Join(warnings, " "); got != "consent-policy marks-read" {
		t.Errorf("warnings %s", got)
	}
	if got := strings.Join(corrections, " "); got != "imap-supported mfa-off consent-step" {
		t.Errorf("corrections %s", got)
	}
}
