package product

import (
	"slices"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
)

func loadTherefore(t testing.TB) *Product {
	t.Helper()
	return mustLoad(t, folders, "therefore")
}

func thereforeRoute(t testing.TB, id string) *Route {
	t.Helper()
	r, ok := loadTherefore(t).Route(id)
	if !ok {
		t.Fatalf("no route %s", id)
	}
	return r
}

func TestThereforeIsWithoutFindings(t *testing.T) {
	t.Parallel()
	p := loadTherefore(t)
	for _, f := range Lint(p) {
		t.Errorf("%s (%s)", f, f.Fix)
	}
	for _, f := range Notices(p, day(t, "2026-11-21")) {
		t.Error(f)
	}
}

func TestThereforeRoutes(t *testing.T) {
	t.Parallel()
	p := loadTherefore(t)
	var ids []string
	for _, r := range p.Routes {
		ids = append(ids, r.ID)
	}
	if got := strings.Join(ids, " "); got != "ms-graph-cc ms-graph-user ms-ews-cc" {
		t.Errorf("routes %s", got)
	}
	for id, test := range map[string]struct {
		flow                                          Flow
		transport, status, replacedBy, platform       string
		redirect, consent, scope, testScope           string
		permissions, proofs, artefact, host, protocol string
		recommended                                   bool
	}{
		"ms-graph-cc": {
			flow: ClientCredentials, transport: "graph", status: "current", recommended: true, platform: "none", redirect: "none", consent: "required by admin",
			scope: "https://graph.microsoft.com/.default", testScope: "https://graph.microsoft.com/.default",
			permissions: "graph application Mail.ReadWrite required, graph delegated User.Read vendor_lists_only",
			artefact:    "profile-graph-app", host: "graph.microsoft.com", protocol: "graph",
		},
		"ms-graph-user": {
			flow: AuthCodeProduct, transport: "graph", status: "current", platform: "web", redirect: "copied", consent: "expected by admin",
			scope: "https://graph.microsoft.com/Mail.ReadWrite https://graph.microsoft.com/User.Read offline_access", testScope: "https://graph.microsoft.com/Mail.ReadWrite",
			permissions: "graph delegated Mail.ReadWrite required, graph delegated offline_access required, graph delegated User.Read required",
			proofs:      "device loopback product", artefact: "profile-graph-user", host: "graph.microsoft.com", protocol: "graph",
		},
		"ms-ews-cc": {
			flow: ClientCredentials, transport: "ews", status: "retiring", replacedBy: "ms-graph-cc", platform: "none", redirect: "none", consent: "required by admin",
			scope: "https://outlook.office365.com/.default", testScope: "https://outlook.office365.com/.default",
			permissions: "exo application full_access_as_app required", artefact: "profile-ews", host: "outlook.office365.com", protocol: "ews",
		},
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			r := thereforeRoute(t, id)
			var permissions, proofs []string
			for _, permission := range r.PermissionsFor(false, true) {
				permissions = append(permissions, strings.Join([]string{permission.Resource, permission.Type, permission.Name, string(permission.Need)}, " "))
			}
			for _, proof := range r.Proofs {
				proofs = append(proofs, proof.ID)
			}
			server, ok := r.Server(Inbound)
			if !ok {
				t.Fatal("no inbound server")
			}
			for what, pair := range map[string][2]any{
				"flow": {r.Flow, test.flow}, "provider": {r.Provider, "microsoft"}, "transport": {r.Transport, test.transport}, "status": {r.Status, test.status},
				"recommended": {r.Recommended, test.recommended}, "replaced by": {r.ReplacedBy, test.replacedBy}, "owner": {r.AppOwner, "customer"},
				"inbound": {r.Directions[Inbound], "many"}, "outbound": {r.Directions[Outbound], ""},
				"credential": {strings.Join(r.Registration.Credential, " "), "secret"}, "platform": {r.Registration.Platform, test.platform},
				"redirect": {r.Redirect.Kind, test.redirect}, "consent": {r.Consent.Need + " by " + r.Consent.By, test.consent},
				"scope": {r.Scopes[Inbound], test.scope}, "test scope": {r.TestScopes[Inbound], test.testScope},
				"permissions": {strings.Join(permissions, ", "), test.permissions}, "proofs": {strings.Join(proofs, " "), test.proofs},
				"artefacts": {strings.Join(r.Artefacts, " "), test.artefact}, "protocol": {server.Protocol, test.protocol},
				"host": {server.Host, test.host}, "port": {server.Port, 443}, "security": {server.Security, "tls"},
			} {
				if pair[0] != pair[1] {
					t.Errorf("%s is %v, not %v", what, pair[0], pair[1])
				}
			}
		})
	}
}

// One profile is entered for each mailbox, in the order of the screen.
func TestThereforeProfiles(t *testing.T) {
	t.Parallel()
	values := map[string]string{
		"tenant_id": "22222222-3333-4444-5555-666666666666", "client_id": "11111111-2222-3333-4444-555555555555",
		"inbound": "invoices@contoso.example", "folder": "Inbox/New", "ews_url": "https://outlook.office365.com/EWS/Exchange.asmx",
	}
	common := "Email: invoices@contoso.example\nClient ID: 11111111-2222-3333-4444-555555555555\nClient Secret: ********\n"
	for id, want := range map[string]string{
		"profile-graph-app":  "Name: invoices@contoso.example\nType: Exchange (Online) - Graph API as App\n" + common + "Tenant ID: 22222222-3333-4444-5555-666666666666\nInput Folder: Inbox/New\n",
		"profile-graph-user": "Name: invoices@contoso.example\nType: Exchange (Online) - Graph API as User\n" + common + "Tenant ID: 22222222-3333-4444-5555-666666666666\nInput Folder: Inbox/New\n",
		"profile-ews":        "Name: invoices@contoso.example\nType: Exchange (Online) - EWS\n" + common + "Exchange Web Services URL: https://outlook.office365.com/EWS/Exchange.asmx\nInput Folder: Inbox/New\n",
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			p := loadTherefore(t)
			a, ok := p.Artefact(id)
			if !ok {
				t.Fatal("no such artefact")
			}
			if a.ForEach != "inbound" || a.Place != "Solution Designer > Integrations > Therefore Content Connector > Mailbox Monitoring > New" {
				t.Errorf("for each %q, at %s", a.ForEach, a.Place)
			}
			text, err := Render(a, values, keychain.NewSecret("first~secret"))
			if err != nil {
				t.Fatal(err)
			}
			if text.Masked() != want || text.Reveal() != strings.ReplaceAll(want, "********", "first~secret") {
				t.Errorf("got\n%s", text.Masked())
			}
			if places := a.SecretPlaces(); len(places) != 1 || places[0] != (Place{Line: 5, Key: "Client Secret"}) {
				t.Errorf("the secret is entered in %v", places)
			}
			for _, field := range a.Fields {
				if field.Label == "Tenant ID" && (!field.Source.Inferred() || field.Note == "") {
					t.Error("a field that nobody published is not marked")
				}
			}
		})
	}
	url, _ := loadTherefore(t).Value("ews_url")
	if url.Default != "https://outlook.office365.com/EWS/Exchange.asmx" || !url.Source.Inferred() {
		t.Errorf("the EWS address is proposed as %s, sources %v", url.Default, url.Source)
	}
}

// What an Exchange administrator runs is in Microsoft's form, and can be taken back.
func TestThereforeExchange(t *testing.T) {
	t.Parallel()
	const read = "Get-OrganizationConfig | Format-List Ews*"
	list := "Set-OrganizationConfig -EwsAllowedAppIDs ('11111111-2222-3333-4444-555555555555', <ids_already_on_the_list> -join ',')"
	principal := "New-ServicePrincipal -AppId 11111111-2222-3333-4444-555555555555 -ObjectId 66666666-7777-8888-9999-000000000000"
	see := func(mailbox string) string {
		return `Get-EXOMailbox -Identity "` + mailbox + `" | Format-List PrimarySmtpAddress, RecipientTypeDetails`
	}
	role := func(mailbox, name string) string {
		return `New-ManagementScope -Name "Therefore ` + mailbox + `" -RecipientRestrictionFilter "PrimarySmtpAddress -eq '` + mailbox + `'"` + "\n" +
			`New-ManagementRoleAssignment -Name "Therefore ` + mailbox + `" -Role "` + name + `" -App 66666666-7777-8888-9999-000000000000 -CustomResourceScope "Therefore ` + mailbox + `"`
	}
	open := func(mailbox string) string { return `Set-CASMailbox -Identity "` + mailbox + `" -EwsEnabled:$true` }
	for name, test := range map[string]struct {
		route, choice string
		want          []string
	}{
		"Graph, permission in Entra": {"ms-graph-cc", "", []string{"Connect-ExchangeOnline", principal, see("a@contoso.example"), see("b@contoso.example")}},
		"Graph, limited by a role": {"ms-graph-cc", "mailbox-role", []string{
			"Connect-ExchangeOnline", principal, role("a@contoso.example", "Application Mail.ReadWrite"), role("b@contoso.example", "Application Mail.ReadWrite"),
		}},
		"Graph as a person": {"ms-graph-user", "", nil},
		"EWS, permission in Entra": {"ms-ews-cc", "", []string{
			"Connect-ExchangeOnline", read + "\nGet-OrganizationConfig -RetrieveEwsOperationAccessPolicy | Format-List Ews*",
			"Set-OrganizationConfig -EwsEnabled:$true", list, open("a@contoso.example"), open("b@contoso.example"), principal, see("a@contoso.example"), see("b@contoso.example"),
		}},
		"EWS, limited by a role": {"ms-ews-cc", "mailbox-role", []string{
			"Connect-ExchangeOnline", read + "\nGet-OrganizationConfig -RetrieveEwsOperationAccessPolicy | Format-List Ews*",
			"Set-OrganizationConfig -EwsEnabled:$true", list, open("a@contoso.example"), open("b@contoso.example"), principal,
			role("a@contoso.example", "Application EWS.AccessAsApp"), role("b@contoso.example", "Application EWS.AccessAsApp"),
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fill := Fill{ClientID: "11111111-2222-3333-4444-555555555555", ObjectID: "66666666-7777-8888-9999-000000000000", Inbound: []string{"a@contoso.example", "b@contoso.example"}, Choices: map[string]string{"reach": test.choice}}
			var got []string
			for _, command := range Script(thereforeRoute(t, test.route), fill) {
				got = append(got, strings.Join(command.Run, "\n"))
				looks := strings.HasPrefix(command.Run[0], "Get-")
				if !looks && (len(command.Verify) == 0 || len(command.Undo) == 0) {
					t.Errorf("%s cannot be verified and undone", command.ID)
				}
				if strings.HasPrefix(command.ID, "mailbox-role") && !strings.HasPrefix(command.Verify[0], "Test-ServicePrincipalAuthorization -Identity 66666666-7777-8888-9999-000000000000 -Resource ") {
					t.Errorf("%s is verified by %s", command.ID, command.Verify[0])
				}
			}
			if strings.Join(got, "\n--\n") != strings.Join(test.want, "\n--\n") {
				t.Errorf("got\n%s", strings.Join(got, "\n--\n"))
			}
		})
	}
}

// A role in Exchange takes the place of the permission: both together would open every mailbox.
func TestThereforeRoleRemovesThePermission(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"ms-graph-cc", "ms-ews-cc"} {
		for _, permission := range thereforeRoute(t, id).PermissionsChosen(false, true, map[string]string{"reach": "mailbox-role"}) {
			if permission.Type == "application" {
				t.Errorf("%s still asks for %s", id, permission.Name)
			}
		}
	}
}

func TestThereforeWarningsByDay(t *testing.T) {
	t.Parallel()
	p := loadTherefore(t)
	for name, test := range map[string]struct{ route, day, want string }{
		"Graph today":              {"ms-graph-cc", "2026-11-21", "every-mailbox older-types"},
		"Graph as a person":        {"ms-graph-user", "2026-11-21", "consent-policy older-types"},
		"EWS before it closes":     {"ms-ews-cc", "2026-09-30", "every-mailbox older-types"},
		"EWS from the first day":   {"ms-ews-cc", "2026-10-01", "every-mailbox ews-closing older-types"},
		"EWS on its last day":      {"ms-ews-cc", "2027-03-31", "every-mailbox ews-closing older-types"},
		"EWS when it is shut down": {"ms-ews-cc", "2027-04-01", "every-mailbox ews-closed older-types"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var ids []string
			for _, w := range p.WarningsAt(test.route, day(t, test.day)) {
				ids = append(ids, w.ID)
			}
			slices.Sort(ids)
			want := strings.Fields(test.want)
			slices.Sort(want)
			if !slices.Equal(ids, want) {
				t.Errorf("got %v, want %v", ids, want)
			}
		})
	}
	stopped := Notices(p, day(t, "2027-04-01"))
	if len(stopped) != 1 || !strings.Contains(stopped[0].Where, "ms-ews-cc") {
		t.Errorf("stopped on 1 April 2027: %v", stopped)
	}
}

func TestThereforeKnowsItsErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ route, text, cause string }{
		"EWS closed":               {"ms-ews-cc", "The remote server returned an error: (403) Forbidden.", "Exchange Web Services is closed"},
		"EWS permission missing":   {"ms-ews-cc", `2000008;reason="The token contains not enough scope to make this call.";error_category="invalid_grant"`, "full_access_as_app"},
		"EWS token without rights": {"ms-ews-cc", `2000008;reason="The token contains no permissions, or permissions can not be understood."`, "no permission of Exchange"},
		"EWS mailbox not allowed":  {"ms-ews-cc", "ErrorImpersonateUserDenied", "leaves the mailbox out"},
		"EWS alias":                {"ms-ews-cc", "ErrorNonExistentMailbox", "primary"},
		"Graph access denied":      {"ms-graph-cc", `{"error":{"code":"ErrorAccessDenied"}}`, "Mail.ReadWrite or its consent"},
		"Graph wrong account":      {"ms-graph-user", `{"error":{"code":"ErrorAccessDenied"}}`, "account that signed in"},
		"Graph no mailbox":         {"ms-graph-user", "404 MailboxNotEnabledForRESTAPI", "no mailbox in Exchange Online"},
		"Graph wrong token":        {"ms-graph-cc", "Access token validation failure. Invalid audience.", "for Exchange, not for Microsoft Graph"},
		"redirect differs":         {"ms-graph-user", "AADSTS50011: The redirect URI", "letter for letter"},
		"no redirect":              {"ms-graph-user", "AADSTS500113: No reply address", "no redirect URI at all"},
		"secret ended":             {"ms-graph-cc", "AADSTS7000222: The provided client secret keys", "has ended"},
		"secret wrong":             {"ms-ews-cc", "AADSTS7000215: Invalid client secret", "Secret ID"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			known, ok := thereforeRoute(t, test.route).Recognise(test.text)
			if !ok || known.Verdict != "fix" || !strings.Contains(known.Cause, test.cause) || len(known.Fix) == 0 {
				t.Errorf("got %+v", known)
			}
		})
	}
}

// Where the guide is wrong it is said, and where nobody knows it is asked.
func TestThereforeCorrectionsAndUnknowns(t *testing.T) {
	t.Parallel()
	p := loadTherefore(t)
	for route, want := range map[string]string{
		"ms-graph-cc":   "secret-by-message secret-life user-read",
		"ms-graph-user": "secret-by-message secret-life",
		"ms-ews-cc":     "graph-is-ews ews-date secret-by-message secret-life",
	} {
		var ids []string
		for _, c := range p.CorrectionsFor(route) {
			ids = append(ids, c.ID)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s: %s", route, got)
		}
	}
	blocks := map[string]bool{}
	for _, u := range p.Unknowns {
		blocks[u.Field] = u.Blocks
	}
	for field, want := range map[string]bool{
		"routes.ms-graph-user.redirect": true, "artefacts.profile-graph-app.fields": false, "routes.ms-graph-cc.versions": false,
		"routes.ms-ews-cc.permissions": false, "routes.google": false, "product_effects": false,
	} {
		if got, asked := blocks[field]; !asked || got != want {
			t.Errorf("%s: asked %t, blocks %t", field, asked, got)
		}
	}
	r := thereforeRoute(t, "ms-ews-cc")
	for _, version := range []string{"2020 Update 6", "2021 Update 3", "2022 Update 1"} {
		if !strings.Contains(r.Versions.Note, version) || !strings.Contains(r.Prerequisites[0].Text, version) {
			t.Errorf("%s is not named as minimum version", version)
		}
	}
}

// A new secret has to reach every profile.
func TestThereforeRotation(t *testing.T) {
	t.Parallel()
	for id, artefact := range map[string]string{"ms-graph-cc": "profile-graph-app", "ms-graph-user": "profile-graph-user", "ms-ews-cc": "profile-ews"} {
		rotation := thereforeRoute(t, id).Rotation
		if len(rotation.Touches) != 1 || rotation.Touches[0] != (Touch{Artefact: artefact, Count: 1, ForEach: "inbound"}) || !rotation.Overlap {
			t.Errorf("%s: %+v", id, rotation)
		}
		if rotation.Reauthorize != (id == "ms-graph-user") {
			t.Errorf("%s: reauthorize %t", id, rotation.Reauthorize)
		}
	}
}
