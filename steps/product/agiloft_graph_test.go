package product

import (
	"slices"
	"strings"
	"testing"
)

const (
	agiloftGraphPage = "https://wiki.agiloft.com/display/HELP/Email+Setup+with+Microsoft+Graph"
	agiloftGmailPage = "https://wiki.agiloft.com/display/HELP/Email+Setup+with+Gmail+OAuth+2.0"
)

func TestAgiloftRoutesWithoutText(t *testing.T) {
	t.Parallel()
	for id, test := range map[string]struct {
		flow                          Flow
		provider, transport, platform string
		credential, redirect, values  string
		outScope, inScope, proofs     string
		public                        bool
		page                          string
	}{
		"ms-graph-cc": {
			flow: ClientCredentials, provider: "microsoft", transport: "graph", platform: "none", credential: "secret", redirect: "none",
			values:   "tenant_id client_id client_secret secret_expires object_id outbound inbound table",
			outScope: "https://graph.microsoft.com/.default", inScope: "https://graph.microsoft.com/.default", page: agiloftGraphPage,
		},
		"ms-graph-device": {
			flow: DeviceCode, provider: "microsoft", transport: "graph", platform: "none", credential: "none", redirect: "none", public: true,
			values:   "tenant_id client_id outbound inbound table",
			outScope: "https://graph.microsoft.com/Mail.Send", inScope: "https://graph.microsoft.com/Mail.ReadWrite", page: agiloftGraphPage,
		},
		"google-api": {
			flow: AuthCodeProduct, provider: "google", transport: "gmail_api", platform: "web", credential: "secret", redirect: "copied",
			values: "client_id outbound inbound table", proofs: "product", page: agiloftGmailPage,
		},
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			p, r := loadAgiloft(t), agiloftRoute(t, id)
			var proofs []string
			for _, proof := range r.Proofs {
				proofs = append(proofs, proof.ID)
			}
			for what, pair := range map[string][2]any{
				"flow": {r.Flow, test.flow}, "provider": {r.Provider, test.provider}, "transport": {r.Transport, test.transport}, "status": {r.Status, "current"},
				"recommended": {r.Recommended, false}, "platform": {r.Registration.Platform, test.platform}, "public client flows": {r.Registration.PublicClientFlows, test.public},
				"credential": {strings.Join(r.Registration.Credential, " "), test.credential}, "redirect": {r.Redirect.Kind, test.redirect}, "values": {strings.Join(r.Values, " "), test.values},
				"outbound": {r.Directions[Outbound], "single"}, "inbound": {r.Directions[Inbound], "many"}, "artefacts": {len(r.Artefacts), 0},
				"outbound test scope": {r.TestScopes[Outbound], test.outScope}, "inbound test scope": {r.TestScopes[Inbound], test.inScope}, "proofs": {strings.Join(proofs, " "), test.proofs},
			} {
				if pair[0] != pair[1] {
					t.Errorf("%s is %v, not %v", what, pair[0], pair[1])
				}
			}
			if first := r.Steps[0]; first.Screen != test.page || first.Direction != "" || !strings.Contains(first.Text, "not public") {
				t.Errorf("the first step does not open the vendor's page: %+v", first)
			}
			if !slices.ContainsFunc(p.Unknowns, func(u Unknown) bool {
				return u.Field == "routes."+id+".artefacts" && u.Blocks && strings.Contains(u.Ask, test.page)
			}) {
				t.Error("nobody is told that the text is missing")
			}
			for _, d := range []Direction{Outbound, Inbound} {
				server, ok := r.Server(d)
				if ok != (test.transport == "graph") || ok && (server.Protocol != "graph" || server.Host != "graph.microsoft.com" || server.Port != 443 || server.Security != "tls") {
					t.Errorf("%s server %+v", d, server)
				}
			}
		})
	}
}

// Agiloft publishes no names for these ways, so each one that must be there is marked as deduced.
func TestAgiloftDeducedPermissions(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"ms-graph-cc":     "graph application Mail.Send outbound, graph application Mail.ReadWrite inbound",
		"ms-graph-device": "graph delegated Mail.Send outbound, graph delegated Mail.ReadWrite inbound, graph delegated offline_access outbound inbound",
		"google-api":      "google delegated https://mail.google.com/ outbound inbound",
	} {
		var got []string
		for _, p := range agiloftRoute(t, id).Permissions {
			if !p.Must() {
				continue
			}
			words := []string{p.Resource, p.Type, p.Name}
			for _, d := range p.Directions {
				words = append(words, string(d))
			}
			got = append(got, strings.Join(words, " "))
			if !p.Source.Inferred() {
				t.Errorf("%s: %s is said to come from %v", id, p.Name, p.Source)
			}
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %s", id, strings.Join(got, ", "))
		}
	}
}

// Client credentials over Graph are granted by Exchange roles for single mailboxes; the device
// code needs nothing in Exchange.
func TestAgiloftGraphExchange(t *testing.T) {
	t.Parallel()
	fill := Fill{ClientID: "11111111-2222-3333-4444-555555555555", ObjectID: "66666666-7777-8888-9999-000000000000", Outbound: "crm@contoso.example", Inbound: []string{"crm@contoso.example"}}
	r := agiloftRoute(t, "ms-graph-cc")
	var got []string
	for _, command := range Script(r, fill) {
		got = append(got, command.Run...)
		if len(command.Verify) == 0 || len(command.Undo) == 0 {
			t.Errorf("%s cannot be verified and undone", command.ID)
		}
	}
	want := []string{
		"Connect-ExchangeOnline",
		"New-ServicePrincipal -AppId 11111111-2222-3333-4444-555555555555 -ObjectId 66666666-7777-8888-9999-000000000000",
		`New-ManagementScope -Name "Agiloft send crm@contoso.example" -RecipientRestrictionFilter "PrimarySmtpAddress -eq 'crm@contoso.example'"`,
		`New-ManagementRoleAssignment -Name "Agiloft send crm@contoso.example" -Role "Application Mail.Send" -App 66666666-7777-8888-9999-000000000000 -CustomResourceScope "Agiloft send crm@contoso.example"`,
		`New-ManagementScope -Name "Agiloft read crm@contoso.example" -RecipientRestrictionFilter "PrimarySmtpAddress -eq 'crm@contoso.example'"`,
		`New-ManagementRoleAssignment -Name "Agiloft read crm@contoso.example" -Role "Application Mail.ReadWrite" -App 66666666-7777-8888-9999-000000000000 -CustomResourceScope "Agiloft read crm@contoso.example"`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	for _, p := range r.PermissionsFor(true, true) {
		if p.Must() {
			t.Errorf("%s is asked for beside the role of the same name", p.Name)
		}
	}
	wide := map[string]string{"outbound-access": "outbound-tenant-wide", "inbound-access": "inbound-tenant-wide"}
	if list := r.PermissionsChosen(true, true, wide); len(list) < 2 || list[0].Name != "Mail.Send" || list[1].Name != "Mail.ReadWrite" {
		t.Errorf("without roles the checklist is %+v", list)
	}
	if steps := agiloftRoute(t, "ms-graph-device").Exchange; len(steps) != 0 {
		t.Errorf("the device code has %d Exchange steps", len(steps))
	}
}

// Over Graph only unread mail is read, which a person must know before the mailbox is chosen.
func TestAgiloftGraphReadsUnreadMailOnly(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"ms-graph-cc", "ms-graph-device"} {
		r := agiloftRoute(t, id)
		told := slices.ContainsFunc(r.PrerequisitesFor(false, true), func(p Prerequisite) bool {
			return strings.Contains(p.Text, "only unread messages") && p.Confirm
		})
		if !told || slices.ContainsFunc(r.PrerequisitesFor(true, false), func(p Prerequisite) bool { return p.ID == "inbound-unread" }) {
			t.Errorf("%s does not say it, or says it for sending", id)
		}
	}
}

func TestAgiloftGmail(t *testing.T) {
	t.Parallel()
	r := agiloftRoute(t, "google-api")
	var clicks strings.Builder
	for _, click := range r.Registration.Steps {
		clicks.WriteString(click.Screen + ": " + click.Text + "\n")
	}
	for _, words := range []string{"Gmail API", "press Enable", "Internal", "Data Access", "Web application", "App access control", "Trusted"} {
		if !strings.Contains(clicks.String(), words) {
			t.Errorf("the clicks do not say %q", words)
		}
	}
	p := loadAgiloft(t)
	if id, ok := p.ValueFor("google-api", "client_id"); !ok || id.Kind != "text" || !strings.Contains(id.Portal, "Google Auth Platform > Clients") || !strings.HasSuffix(id.Example, ".apps.googleusercontent.com") {
		t.Errorf("client ID %+v", id)
	}
	var warnings []string
	for _, w := range p.WarningsAt("google-api", day(t, "2026-11-21")) {
		warnings = append(warnings, w.ID)
	}
	slices.Sort(warnings)
	if got := strings.Join(warnings, " "); got != "google-password-reset google-testing" {
		t.Errorf("warnings %s", got)
	}
	if !r.Rotation.Reauthorize || !slices.Contains(r.Rotation.Trigger, "password_change") {
		t.Errorf("rotation %+v", r.Rotation)
	}
}

func TestAgiloftGraphAndGmailErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ route, text, cause string }{
		"role leaves the mailbox out":  {"ms-graph-cc", "403 ErrorAccessDenied", "Exchange role"},
		"text of the mail routes":      {"ms-graph-cc", "Access token validation failure. Invalid audience.", "SMTP and IMAP"},
		"no mailbox":                   {"ms-graph-device", "404 MailboxNotEnabledForRESTAPI", "no mailbox in Exchange Online"},
		"public client flows off":      {"ms-graph-device", "AADSTS7000218: The request body must contain", "public client flows"},
		"device code blocked":          {"ms-graph-device", "AADSTS53003: Access has been blocked", "device codes"},
		"redirect URI not registered":  {"google-api", "Error 400: redirect_uri_mismatch", "letter for letter"},
		"API not enabled":              {"google-api", "Gmail API has not been used in project 1 before or it is disabled", "not enabled"},
		"account of another company":   {"google-api", "Error 403: org_internal", "another organization"},
		"blocked by the administrator": {"google-api", "Error 400: admin_policy_enforced", "Workspace administrator"},
		"still in testing":             {"google-api", "Agiloft has not completed the Google verification process", "test users"},
		"sign-in over":                 {"google-api", "invalid_grant: Token has been expired or revoked.", "password was changed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			known, ok := agiloftRoute(t, test.route).Recognise(test.text)
			if !ok || known.Verdict != "fix" || !strings.Contains(known.Cause, test.cause) || len(known.Fix) == 0 {
				t.Errorf("got %+v", known)
			}
		})
	}
}
