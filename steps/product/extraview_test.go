package product

import (
	"slices"
	"strings"
	"testing"
)

var extraviewValues = map[string]string{
	"tenant_id": "22222222-3333-4444-5555-666666666666", "client_id": "11111111-2222-3333-4444-555555555555",
	"base_origin": "https://issues.contoso.example", "instance_name": "evj", "tomcat_service": "worker1",
	"token_name": "issues token", "authorization_url": "https://login.microsoftonline.com/",
	"outbound": "issues@contoso.example", "inbound": "issues@contoso.example",
}

func TestExtraviewRoutes(t *testing.T) {
	t.Parallel()
	p := embedded(t, "extraview")
	noFindings(t, p)
	const device = "device +, loopback http://localhost +, product"
	for id, test := range map[string]struct {
		what, servers, out, in, permissions, tests, proofs, values string
		recommended                                                bool
		replacedBy                                                 string
	}{
		"ms-mail-code": {
			what:    "microsoft, imap_smtp, auth_code_product, current, out single, in single, platform web, credential secret, owner customer, consent expected by admin",
			servers: "smtp://smtp.office365.com:587/starttls imap://outlook.office365.com:993/tls",
			out:     "https://outlook.office.com/SMTP.Send", in: "https://outlook.office.com/IMAP.AccessAsUser.All",
			permissions: "graph delegated SMTP.Send required; graph delegated IMAP.AccessAsUser.All required; graph delegated offline_access required",
			tests:       "token token smtp_login smtp_send imap_login product_button", proofs: device, recommended: true,
		},
		"ms-pop-code": {
			what:    "microsoft, pop, auth_code_product, current, out single, in single, platform web, credential secret, owner customer, consent expected by admin",
			servers: "smtp://smtp.office365.com:587/starttls pop3://outlook.office365.com:995/tls",
			out:     "https://outlook.office.com/SMTP.Send", in: "https://outlook.office.com/POP.AccessAsUser.All",
			permissions: "graph delegated SMTP.Send required; graph delegated POP.AccessAsUser.All required; graph delegated offline_access required",
			tests:       "token token smtp_login smtp_send pop_login product_button", proofs: device,
		},
		"ms-ews-code": {
			what:    "microsoft, ews, auth_code_product, retiring, out single, in single, platform web, credential secret, owner customer, consent expected by admin",
			servers: "smtp://smtp.office365.com:587/starttls ews://outlook.office365.com:443/tls",
			out:     "https://outlook.office.com/SMTP.Send", in: "https://outlook.office.com/EWS.AccessAsUser.All",
			permissions: "graph delegated SMTP.Send required; exo delegated EWS.AccessAsUser.All required; graph delegated offline_access required",
			tests:       "token token smtp_login smtp_send ews_folder product_button", proofs: device, replacedBy: "ms-mail-code",
		},
		"google-mail-code": {
			what:    "google, imap_smtp, auth_code_product, current, out single, in single, platform web, credential secret, owner customer, consent expected by user",
			servers: "smtp://smtp.gmail.com:587/starttls imap://imap.gmail.com:993/tls",
			out:     "https://mail.google.com/", in: "https://mail.google.com/",
			permissions: "google delegated https://mail.google.com/ required",
			tests:       "token token smtp_login smtp_send imap_login product_button", proofs: "loopback http://127.0.0.1:8421/ + secret, product",
		},
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			r := routeOf(t, p, id)
			var kinds []string
			for _, test := range r.Tests {
				kinds = append(kinds, test.Kind)
			}
			for what, pair := range map[string][2]any{
				"route": {describe(r), test.what}, "servers": {serversOf(r), test.servers},
				"outbound scope": {r.Scopes[Outbound], test.out}, "inbound scope": {r.Scopes[Inbound], test.in},
				"outbound test scope": {r.TestScopes[Outbound], test.out}, "inbound test scope": {r.TestScopes[Inbound], test.in},
				"permissions": {strings.Join(lines(r.PermissionsFor(true, true)), "; "), test.permissions},
				"tests":       {strings.Join(kinds, " "), test.tests}, "proofs": {proofsOf(r), test.proofs},
				"recommended": {r.Recommended, test.recommended}, "replaced by": {r.ReplacedBy, test.replacedBy},
				"redirect": {r.Redirect.URI(extraviewValues), "https://issues.contoso.example/evj/OAuth2?p_action=getTokenReturn&p_option=admin.EmailTokenUtility"},
			} {
				if pair[0] != pair[1] {
					t.Errorf("%s is\n%v\nnot\n%v", what, pair[0], pair[1])
				}
			}
			if !slices.Contains(r.Redirect.Rules, "has_query") || slices.Contains(r.Registration.AccountTypes, "multi_personal") || r.Redirect.CopyFrom == "" {
				t.Errorf("redirect %+v, account types %v", r.Redirect, r.Registration.AccountTypes)
			}
			if r.Provider == "microsoft" && (!slices.Contains(r.Redirect.Rules, "no_personal_accounts") || r.Registration.AccountTypes[0] != "single") {
				t.Errorf("personal accounts are not shut out: %v, %v", r.Redirect.Rules, r.Registration.AccountTypes)
			}
			if !r.Rotation.Reauthorize || len(r.Rotation.Touches) != 1 {
				t.Errorf("rotation %+v", r.Rotation)
			}
		})
	}
}

// The scope of the token record is what ExtraView's page prints, less what is not used.
func TestExtraviewScopeIsAPartOfTheVendors(t *testing.T) {
	t.Parallel()
	const vendor = "https://outlook.office.com/SMTP.Send https://outlook.office.com/EWS.AccessAsUser.All https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/POP.AccessAsUser.All"
	p := embedded(t, "extraview")
	for _, id := range []string{"ms-mail-code", "ms-pop-code", "ms-ews-code"} {
		scope := strings.Fields(routeOf(t, p, id).ScopeFor(true, true))
		for _, part := range scope {
			if !slices.Contains(strings.Fields(vendor), part) {
				t.Errorf("%s requests %s", id, part)
			}
		}
		if len(scope) != 2 || scope[0] != "https://outlook.office.com/SMTP.Send" {
			t.Errorf("%s requests %q", id, scope)
		}
	}
}

func TestExtraviewTexts(t *testing.T) {
	t.Parallel()
	p := embedded(t, "extraview")
	sending := map[string]string{}
	for id, value := range extraviewValues {
		sending[id] = value
	}
	delete(sending, "inbound")
	for name, test := range map[string]struct {
		route, artefact string
		values          map[string]string
		want            string
	}{
		"token, both directions": {"ms-mail-code", "token-ms", extraviewValues, `Email Token Name: issues token
Email Token Type: Microsoft Azure
Email Address: issues@contoso.example
Tenant ID: 22222222-3333-4444-5555-666666666666
Client ID: 11111111-2222-3333-4444-555555555555
Client Secret: ********
Scope: https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All
Authorization URL: https://login.microsoftonline.com/
`},
		"token, sending alone": {"ms-mail-code", "token-ms", sending, `Email Token Name: issues token
Email Token Type: Microsoft Azure
Email Address: issues@contoso.example
Tenant ID: 22222222-3333-4444-5555-666666666666
Client ID: 11111111-2222-3333-4444-555555555555
Client Secret: ********
Scope: https://outlook.office.com/SMTP.Send
Authorization URL: https://login.microsoftonline.com/
`},
		"token for Google": {"google-mail-code", "token-google", map[string]string{
			"token_name": "issues@contoso.example", "client_id": "123456789012-abc.apps.googleusercontent.com",
			"authorization_url": "https://accounts.google.com/", "outbound": "issues@contoso.example", "inbound": "issues@contoso.example",
		}, `Email Token Name: issues@contoso.example
Email Token Type: Google Gmail
Email Address: issues@contoso.example
Client ID: 123456789012-abc.apps.googleusercontent.com
Client Secret: ********
Scope: https://mail.google.com/
Authorization URL: https://accounts.google.com/
Access Token URL: https://oauth2.googleapis.com/
`},
		"EVMail":       {"ms-mail-code", "evmail", extraviewValues, "MAILBOX_AUTH_TYPE = OAUTH2\nMAILBOX_EMAIL_TOKEN_NAME = issues token\n"},
		"BatchMail":    {"ms-mail-code", "batchmail", extraviewValues, "MAIL_AUTH_TYPE = OAUTH2\nMAIL_TOKEN_NAME = issues token\n"},
		"mount points": {"ms-mail-code", "jkmount", extraviewValues, "JkMount /evj/OAuth2 worker1\nJkMount /evj/OAuth2/* worker1\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := filled(t, p, test.route, test.artefact, test.values); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
	for id, want := range map[string]string{"token-ms": "Client Secret", "token-google": "Client Secret"} {
		a, _ := p.Artefact(id)
		if places := a.SecretPlaces(); len(places) != 1 || places[0].Key != want {
			t.Errorf("%s holds the secret at %v", id, places)
		}
	}
}

func TestExtraviewAsksByProvider(t *testing.T) {
	t.Parallel()
	p := embedded(t, "extraview")
	for name, test := range map[string]struct{ route, id, given, refused, proposed string }{
		"client ID of Entra":       {"ms-mail-code", "client_id", "11111111-2222-3333-4444-555555555555", "123456789012-abc.apps.googleusercontent.com", ""},
		"client ID of Google":      {"google-mail-code", "client_id", "123456789012-abc.apps.googleusercontent.com", "123456789012", ""},
		"authorization at Entra":   {"ms-ews-code", "authorization_url", "https://login.microsoftonline.com/x", "login.microsoftonline.com", "https://login.microsoftonline.com/"},
		"authorization at Google":  {"google-mail-code", "authorization_url", "https://accounts.google.com/", "ftp://accounts.google.com/", "https://accounts.google.com/"},
		"address without the path": {"ms-pop-code", "base_origin", "https://issues.contoso.example", "https://issues.contoso.example/evj", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v, ok := p.ValueFor(test.route, test.id)
			if !ok || v.Check(test.given) != nil || v.Check(test.refused) == nil || v.Default != test.proposed {
				t.Errorf("%+v", v)
			}
			if test.proposed != "" && !v.Source.Inferred() {
				t.Error("what is proposed is not marked as inferred")
			}
		})
	}
}

func TestExtraviewWarnsAndCorrects(t *testing.T) {
	t.Parallel()
	p := embedded(t, "extraview")
	for _, test := range []struct{ route, day, want string }{
		{"ms-mail-code", "2026-11-21", "consent-policy smtp-auth-password legacy-tls"},
		{"ms-ews-code", "2026-11-21", "ews-closing consent-policy smtp-auth-password"},
		{"ms-ews-code", "2027-04-01", "ews-closed consent-policy smtp-auth-password"},
		{"google-mail-code", "2026-11-21", "google-testing google-password-reset google-mail-scope"},
	} {
		var ids []string
		for _, w := range p.WarningsAt(test.route, day(t, test.day)) {
			ids = append(ids, w.ID)
		}
		if got := strings.Join(ids, " "); got != test.want {
			t.Errorf("%s on %s: %s", test.route, test.day, got)
		}
	}
	if stopped := Notices(p, day(t, "2027-04-01")); len(stopped) != 1 || stopped[0].Where != "route ms-ews-code" {
		t.Errorf("stopped in April 2027: %v", stopped)
	}
	for id, words := range map[string]string{
		"name-not-type": "Email Token Name", "auth-type-property": "MAIL_AUTH_TYPE", "ews-ends": "1 April 2027", "whole-scope": "SMTP.Send",
		"entra-name": "Microsoft Entra ID", "secret-value": "Value",
	} {
		if !slices.ContainsFunc(p.Corrections, func(c Correction) bool { return c.ID == id && strings.Contains(c.Correct, words) }) {
			t.Errorf("correction %s does not say %s", id, words)
		}
	}
	if asked := slices.ContainsFunc(p.Unknowns, func(u Unknown) bool { return strings.Contains(u.Ask, "Authorization URL") }); !asked {
		t.Error("nobody is asked for the Authorization URL")
	}
	for i := range p.Routes {
		for _, s := range p.Routes[i].Steps {
			if s.ID == "in-user" && (!strings.Contains(s.Warning, "ExtraView user") || !strings.Contains(s.Text, "EMAIL_FROM_ADDRESS")) {
				t.Errorf("%s does not warn of the loop: %+v", p.Routes[i].ID, s)
			}
		}
	}
}

func TestExtraviewKnowsItsErrors(t *testing.T) {
	t.Parallel()
	p := embedded(t, "extraview")
	for name, test := range map[string]struct{ route, text, cause string }{
		"redirect of another host":   {"ms-mail-code", "AADSTS50011: The redirect URI 'https://x' specified in the request does not match", "redirect URI"},
		"mount points missing":       {"ms-pop-code", "HTTP Status 404 - /evj/OAuth2", "Tomcat"},
		"wrong secret":               {"ms-mail-code", "AADSTS7000215: Invalid client secret provided", "Secret ID"},
		"SMTP AUTH off":              {"ms-ews-code", "535 5.7.139 SmtpClientAuthentication is disabled for the Tenant", "Authenticated SMTP"},
		"another account, IMAP":      {"ms-mail-code", "BAD User is authenticated but not connected.", "Another account"},
		"token refused by POP":       {"ms-pop-code", "-ERR Authentication failure: unknown user name or bad password.", "POP.AccessAsUser.All"},
		"EWS closed":                 {"ms-ews-code", "The remote server returned 403 for /EWS/Exchange.asmx", "EWS is closed"},
		"another redirect at Google": {"google-mail-code", "Error 400: redirect_uri_mismatch", "not registered"},
		"test user missing":          {"google-mail-code", "App has not completed the Google verification process", "Testing"},
		"sign-in ended at Google":    {"google-mail-code", `{"error":"invalid_grant","error_description":"Token has been expired or revoked."}`, "password was changed"},
		"Gmail speaks of a password": {"google-mail-code", "535-5.7.8 Username and Password not accepted.", "narrower scope"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			known, ok := routeOf(t, p, test.route).Recognise(test.text)
			if !ok || known.Verdict != "fix" || !strings.Contains(known.Cause, test.cause) || len(known.Fix) == 0 {
				t.Errorf("got %+v", known)
			}
		})
	}
}

// The list is written whole, so what stands on it must be read and kept, and the app added once.
func TestExtraviewKeepsTheListForEWS(t *testing.T) {
	t.Parallel()
	r := routeOf(t, embedded(t, "extraview"), "ms-ews-code")
	for _, command := range Script(r, Fill{ClientID: extraviewValues["client_id"], Outbound: "a@x.example", Inbound: []string{"a@x.example"}}) {
		if command.ID != "ews-list" {
			continue
		}
		if len(command.Run) != 2 || !strings.HasPrefix(command.Run[0], "$listed = ") ||
			command.Run[1] != `Set-OrganizationConfig -EwsAllowedAppIDs ((@($listed) + "11111111-2222-3333-4444-555555555555" | Where-Object { $_ } | Select-Object -Unique) -join ",")` {
			t.Errorf("runs %q", command.Run)
		}
		return
	}
	t.Error("no step puts the app on the list")
}
