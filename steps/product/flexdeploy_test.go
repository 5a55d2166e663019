package product

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

var flexdeployValues = map[string]string{
	"tenant_id": "22222222-3333-4444-5555-666666666666", "client_id": "11111111-2222-3333-4444-555555555555",
	"server_base_url": "https://flexdeploy.contoso.example", "oauth_application": "Office 365 mail",
	"outbound": "deploy@contoso.example", "inbound": "replies@contoso.example", "folder": "FlexDeploy replies",
}

func TestFlexdeployRoutes(t *testing.T) {
	t.Parallel()
	p := embedded(t, "flexdeploy")
	noFindings(t, p)
	const (
		proofs    = "device +, loopback http://localhost +, product"
		mail      = "microsoft, imap_smtp, auth_code_product, current, out single, in single, platform web, credential secret, owner customer, consent expected by admin"
		mailHosts = "smtp://smtp.office365.com:587/starttls imap://outlook.office365.com:993/tls"
		published = "graph delegated SMTP.Send required; graph delegated IMAP.AccessAsUser.All required; graph delegated offline_access required; graph delegated User.Read required"
		mailTests = "wizard token, wizard token, wizard smtp_login, wizard smtp_send, wizard imap_login, product product_button, product product_button"
	)
	for id, test := range map[string]struct {
		what, servers, redirect, out, in, permissions, tests, versions string
	}{
		"ms-mail-code": {mail, mailHosts, "https://flexdeploy.contoso.example/flexdeploy/rest/v2/oauth",
			"https://outlook.office.com/SMTP.Send", "https://outlook.office.com/IMAP.AccessAsUser.All", published, mailTests, "7.0 to 8.0"},
		"ms-mail-code-56": {mail, mailHosts, "https://flexdeploy.contoso.example/flexdeploy/faces/oauth",
			"https://outlook.office.com/SMTP.Send", "https://outlook.office.com/IMAP.AccessAsUser.All", published, mailTests, "5.6 to "},
		"ms-graph-code": {
			"microsoft, graph, auth_code_product, current, out single, in single, platform web, credential secret+certificate, owner customer, consent expected by admin",
			"graph://graph.microsoft.com:443/tls graph://graph.microsoft.com:443/tls", "https://flexdeploy.contoso.example/flexdeploy/rest/v2/oauth",
			"https://graph.microsoft.com/Mail.Send", "https://graph.microsoft.com/Mail.ReadWrite",
			"graph delegated offline_access required; graph delegated User.Read required; graph delegated SMTP.Send required; graph delegated IMAP.AccessAsUser.All required; " +
				"graph delegated Mail.Send provider_needs_vendor_omits; graph delegated Mail.ReadWrite provider_needs_vendor_omits; " +
				"graph delegated Mail.Send.Shared optional; graph delegated Mail.ReadWrite.Shared optional",
			"wizard token, wizard token, wizard graph_send, wizard graph_read, product product_button, product product_button", "9.0 to "},
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			r := routeOf(t, p, id)
			var tests []string
			for _, test := range r.Tests {
				tests = append(tests, test.By+" "+test.Kind)
			}
			for what, pair := range map[string][2]string{
				"route": {describe(r), test.what}, "servers": {serversOf(r), test.servers}, "redirect": {r.Redirect.URI(flexdeployValues), test.redirect},
				"outbound test scope": {r.TestScopes[Outbound], test.out}, "inbound test scope": {r.TestScopes[Inbound], test.in},
				"scope":       {r.ScopeFor(true, true), test.out + " offline_access " + test.in},
				"permissions": {strings.Join(lines(r.PermissionsFor(true, true)), "; "), test.permissions},
				"tests":       {strings.Join(tests, ", "), test.tests}, "proofs": {proofsOf(r), proofs},
				"versions": {r.Versions.From + " to " + r.Versions.To, test.versions},
			} {
				if pair[0] != pair[1] {
					t.Errorf("%s is\n%v\nnot\n%v", what, pair[0], pair[1])
				}
			}
			if r.Recommended != (id == "ms-graph-code") || !r.Rotation.Reauthorize {
				t.Errorf("recommended %t, rotation %+v", r.Recommended, r.Rotation)
			}
		})
	}
}

func TestFlexdeployPermissionsAreMarked(t *testing.T) {
	t.Parallel()
	r := routeOf(t, embedded(t, "flexdeploy"), "ms-graph-code")
	for _, p := range r.Permissions {
		if strings.HasPrefix(p.Name, "Mail.") && !strings.HasSuffix(p.Name, ".Shared") != p.Source.Inferred() {
			t.Errorf("%s: inferred is %t", p.Name, p.Source.Inferred())
		}
	}
	if got := lines(r.PermissionsFor(true, false)); slices.ContainsFunc(got, func(line string) bool { return strings.Contains(line, "Mail.ReadWrite") }) {
		t.Errorf("sending alone needs %q", got)
	}
}

func TestFlexdeployTexts(t *testing.T) {
	t.Parallel()
	p := embedded(t, "flexdeploy")
	other := maps.Clone(flexdeployValues)
	other["from_address"], other["reply_address"] = "noreply@contoso.example", "approvals@contoso.example"
	for name, test := range map[string]struct {
		route, artefact string
		values          map[string]string
		want            string
	}{
		"SMTP": {"ms-mail-code", "smtp-settings", flexdeployValues, `SMTP Auth Type: Microsoft OAuth
SMTP Host Name: smtp.outlook.com
SMTP Host Port: 587
SMTP Enable STARTTLS: selected
SMTP Username: deploy@contoso.example
Client Id: 11111111-2222-3333-4444-555555555555
Client Secret: ********
Tenant Id: 22222222-3333-4444-5555-666666666666
SMTP From Address: deploy@contoso.example
`},
		"IMAP": {"ms-mail-code-56", "imap-settings", other, `Enable Email Approval: selected
IMAP Auth Type: Microsoft OAuth
IMAP Host Name: outlook.office365.com
IMAP Host Port: 993
IMAP Username: replies@contoso.example
Client Id: 11111111-2222-3333-4444-555555555555
Client Secret: ********
Tenant Id: 22222222-3333-4444-5555-666666666666
Email Reply Folder: FlexDeploy replies
Approval Reply Address: approvals@contoso.example
`},
		"application of 9.0": {"ms-graph-code", "oauth-application", flexdeployValues, `Application: Office 365 mail
Client Id: 11111111-2222-3333-4444-555555555555
Client Secret: ********
Tenant Id: 22222222-3333-4444-5555-666666666666
`},
		"sending in 9.0": {"ms-graph-code", "outgoing-settings", other, `Auth Type: OAuth
User Name: deploy@contoso.example
OAuth Application: Office 365 mail
From Address: noreply@contoso.example
`},
		"replies in 9.0": {"ms-graph-code", "incoming-settings", flexdeployValues, `Auth Type: OAuth
User Name: replies@contoso.example
OAuth Application: Office 365 mail
Email Reply Folder: FlexDeploy replies
Approval Reply Address: replies@contoso.example
`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := filled(t, p, test.route, test.artefact, test.values); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// From 9.0.0.1 a certificate takes the place of the secret: then its field stays empty.
func TestFlexdeployWithACertificateHasNoSecret(t *testing.T) {
	t.Parallel()
	p := embedded(t, "flexdeploy")
	for id, optional := range map[string]bool{"oauth-application": true, "smtp-settings": false, "imap-settings": false} {
		a, _ := p.Artefact(id)
		if a.optional["client_secret"] != optional || !a.secrets["client_secret"] {
			t.Errorf("%s: secret may be missing: %t", id, a.optional["client_secret"])
		}
	}
	steps := routeOf(t, p, "ms-graph-code").Steps
	if !slices.ContainsFunc(steps, func(s Step) bool {
		return strings.Contains(s.Warning, "type Certificate") && strings.Contains(s.Warning, "SSH-Key")
	}) {
		t.Error("no step says how a certificate is entered")
	}
}

// Whoever chooses a route or a folder has been told before what becomes of the mail.
func TestFlexdeployWarnsBeforeItDeletes(t *testing.T) {
	t.Parallel()
	p := embedded(t, "flexdeploy")
	if !slices.Equal(p.Effects, []string{"deletes_mail"}) {
		t.Errorf("effects %v", p.Effects)
	}
	for i := range p.Routes {
		r := &p.Routes[i]
		first := r.PrerequisitesFor(true, true)[0]
		if first.ID != "replies-deleted" || !first.Confirm || !strings.Contains(first.Text, "deletes it for good") {
			t.Errorf("%s begins with %+v", r.ID, first)
		}
		if w := p.WarningsAt(r.ID, day(t, "2026-11-21")); !slices.ContainsFunc(w, func(w Warning) bool { return w.ID == "deletes-replies" && w.Level == "warn" }) {
			t.Errorf("%s is not warned of", r.ID)
		}
		folder, ok := p.ValueFor(r.ID, "folder")
		if !ok || folder.Optional || folder.Default != "" || !strings.Contains(folder.Hint, "deleted for good") {
			t.Errorf("%s asks for the folder as %+v", r.ID, folder)
		}
		for _, test := range r.Tests {
			if test.ID == "flexdeploy-receive" && (!test.AsksFirst || !slices.Contains(test.SideEffects, "deletes_mail")) {
				t.Errorf("%s: %+v", r.ID, test)
			}
		}
	}
}

func TestFlexdeploySignsInAsTheRightUser(t *testing.T) {
	t.Parallel()
	p := embedded(t, "flexdeploy")
	for i := range p.Routes {
		r := &p.Routes[i]
		told := 0
		for _, s := range r.Steps {
			if strings.HasSuffix(s.ID, "authorize") && strings.Contains(s.Warning, "Sign out of Microsoft first") {
				told++
			}
		}
		if want := map[string]int{"ms-graph-code": 1, "ms-mail-code": 2, "ms-mail-code-56": 2}[r.ID]; told != want {
			t.Errorf("%s says so %d times", r.ID, told)
		}
		for _, test := range r.Tests {
			if test.By == "product" && test.Identity != string(test.Directions[0]) {
				t.Errorf("%s, %s: identity %q", r.ID, test.ID, test.Identity)
			}
		}
	}
}

func TestFlexdeployCorrectsAndKnowsItsErrors(t *testing.T) {
	t.Parallel()
	p := embedded(t, "flexdeploy")
	for id, words := range map[string][2]string{
		"merged-page":       {"/flexdeploy/facesrest/v2/oauth", "/flexdeploy/rest/v2/oauth from 7.0 on"},
		"old-path-kept":     {"/flexdeploy/faces/oauth", "no path at all"},
		"smtp-host":         {"smtp.outlook.com", "smtp.office365.com"},
		"bad-user":          {"Bad User is Authenticated But Not Connected", "IMAP's word"},
		"entra-name":        {"Azure Active Directory", "Microsoft Entra ID"},
		"graph-permissions": {"SMTP.Send", "Mail.ReadWrite"},
	} {
		if !slices.ContainsFunc(p.Corrections, func(c Correction) bool {
			return c.ID == id && strings.Contains(c.VendorSays, words[0]) && strings.Contains(c.Correct, words[1])
		}) {
			t.Errorf("%s does not set %q right by %q", id, words[0], words[1])
		}
	}
	for name, test := range map[string]struct{ route, text, cause string }{
		"wrong user, as the guide writes it": {"ms-mail-code", "Bad User is Authenticated But Not Connected", "Another account"},
		"wrong user, as Exchange answers":    {"ms-mail-code-56", "A3 BAD User is authenticated but not connected.", "Another account"},
		"redirect of another version":        {"ms-mail-code", "AADSTS50011: The redirect URI", "another path"},
		"Graph permission missing":           {"ms-graph-code", `WARNING - emailapprovalmonitor - {"error":{"code":"ErrorAccessDenied","message":"Access is denied."}}`, "Mail.ReadWrite"},
		"other sender":                       {"ms-mail-code", "550 5.7.60 SMTP; Client does not have permissions to send as this sender", "may not send under"},
		"SMTP AUTH off":                      {"ms-mail-code", "535 5.7.139 SmtpClientAuthentication is disabled for the Mailbox", "Authenticated SMTP"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			known, ok := routeOf(t, p, test.route).Recognise(test.text)
			if !ok || !strings.Contains(known.Cause, test.cause) || len(known.Fix) == 0 {
				t.Errorf("got %+v", known)
			}
		})
	}
}

// The command needs an address that is not among the script's values, and must not run without it.
func TestFlexdeploySendAsIsACommandToComplete(t *testing.T) {
	t.Parallel()
	r := routeOf(t, embedded(t, "flexdeploy"), "ms-mail-code")
	run := func(choices map[string]string) string {
		var all []string
		for _, command := range Script(r, Fill{Outbound: "deploy@contoso.example", Inbound: []string{"deploy@contoso.example"}, Choices: choices}) {
			all = append(all, command.Run...)
		}
		return strings.Join(all, "\n")
	}
	if strings.Contains(run(nil), "Add-RecipientPermission") {
		t.Error("a right is granted that nobody asked for")
	}
	if got := run(map[string]string{"sender": "other-sender"}); !strings.Contains(got, `Add-RecipientPermission -Identity <from_address> -Trustee "deploy@contoso.example" -AccessRights SendAs`) {
		t.Errorf("runs\n%s", got)
	}
}
