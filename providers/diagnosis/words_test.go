package diagnosis

import (
	"errors"
	"strings"
	"testing"
	"unicode"

	"github.com/mailgrant/mailgrant/providers"
)

// of puts one cause into words, as Diagnose does once it has found it.
func of(cause Cause, evidence Evidence) Diagnosis {
	symptom := Symptom{Layer: providers.LayerSASL, Protocol: "imap"}
	return finding{cause: cause, certainty: Likely}.diagnosis(valuesOf(symptom, evidence))
}

func TestSummariesHoldTheConnectionsValues(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		got  Diagnosis
		want string
	}{
		"app":                {of(SecretExpired, appOnly()), "the client secret of app registration " + clientID + " has reached its end date"},
		"app not known":      {of(SecretExpired, Evidence{}), "the client secret of the app registration has reached its end date"},
		"tenant":             {of(TenantNotFound, appOnly()), "tenant contoso.example is not known to the sign-in service"},
		"tenant not known":   {of(TenantNotFound, Evidence{}), "the tenant is not known to the sign-in service"},
		"permission":         {of(ScopeMissing, appOnly()), "the access token lacks IMAP.AccessAsApp"},
		"audience":           {of(TokenAudienceWrong, appOnly(audience("https://graph.microsoft.com"))), "the access token was issued for https://graph.microsoft.com, not for Exchange Online"},
		"app without right":  {of(MailboxPermissionMissing, appOnly()), "enterprise application " + objectID + " has no right on mailbox " + contracts},
		"user without right": {of(MailboxPermissionMissing, delegated(signedInAs("svc@contoso.example"))), "account svc@contoso.example has no right on mailbox " + contracts},
		"two accounts":       {of(WrongUserSignedIn, delegated(signedInAs("carol@contoso.example"))), "carol@contoso.example signed in, but " + contracts + " must"},
		"no account known":   {of(WrongUserSignedIn, Evidence{}), "another account signed in, but the mailbox's owner must"},
		"folder with blank":  {of(IMAPFolderMissing, appOnly(folder("New Contracts"))), `folder "New Contracts" does not exist in mailbox ` + contracts},
		"sender":             {of(SendAsDenied, appOnly(func(e *Evidence) { e.Sender = "ceo@contoso.example" })), contracts + " may not send as ceo@contoso.example"},
		"host":               {of(NetworkBlocked, appOnly()), "outlook.office365.com:993 cannot be reached"},
	} {
		if test.got.Summary != test.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, test.got.Summary, test.want)
		}
	}
}

func TestWrongAccountIsNamedFromTheError(t *testing.T) {
	t.Parallel()
	err := &providers.WrongAccount{Want: "svc@contoso.example", Got: "carol@contoso.example"}
	got := Diagnose(Symptom{Layer: providers.LayerToken, Err: err}, Evidence{Mailbox: contracts})[0]
	if want := "carol@contoso.example signed in, but svc@contoso.example must"; got.Summary != want {
		t.Errorf("got %s", got.Summary)
	}
}

func TestHostOfTheStageIsTheOneNamed(t *testing.T) {
	t.Parallel()
	err := &providers.StageError{Stage: providers.StageConnect, Host: "login.microsoftonline.com:443", Err: errors.New("refused")}
	got := Diagnose(Symptom{Layer: providers.LayerToken, Err: err}, appOnly())[0]
	if got.Summary != "login.microsoftonline.com:443 cannot be reached" {
		t.Errorf("summary %q", got.Summary)
	}
	if want := `Test-NetConnection -ComputerName "login.microsoftonline.com" -Port "443"`; got.Fixes[0].Command != want {
		t.Errorf("command %q", got.Fixes[0].Command)
	}
}

func TestCommandsCanBePasted(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		got  Diagnosis
		want []string
	}{
		"full access for an app": {of(MailboxPermissionMissing, appOnly()),
			[]string{`Add-MailboxPermission -Identity "` + contracts + `" -User "` + objectID + `" -AccessRights FullAccess`}},
		"full access for an app, record noted wrongly": {of(MailboxPermissionMissing, appOnly(registrationsID)),
			[]string{`Add-MailboxPermission -Identity "` + contracts + `" -User "` + objectID + `" -AccessRights FullAccess`}},
		"full access for an app without a token": {of(MailboxPermissionMissing, appOnly(unreadable, registrationsID)),
			[]string{`-User "` + otherID + `"`}},
		"full access for a person": {of(MailboxPermissionMissing, delegated(signedInAs("svc@contoso.example"))),
			[]string{`-User "svc@contoso.example"`}},
		"nothing known": {of(MailboxPermissionMissing, Evidence{AppOnly: true}),
			[]string{`Add-MailboxPermission -Identity '<mailbox address>' -User '<enterprise application''s Object ID>' -AccessRights FullAccess`}},
		"register": {of(ServicePrincipalMissing, appOnly()),
			[]string{`New-ServicePrincipal -AppId "` + clientID + `" -ObjectId "` + objectID + `"`}},
		"register again": {of(ServicePrincipalObjectIDWrong, appOnly(registrationsID)),
			[]string{`Remove-ServicePrincipal -Identity "` + otherID + `"`, `New-ServicePrincipal -AppId "` + clientID + `" -ObjectId "` + objectID + `"`}},
		"never remove the right record": {of(ServicePrincipalObjectIDWrong, appOnly()),
			[]string{`Remove-ServicePrincipal -Identity '<Object ID on record>'`}},
		"IMAP on":      {of(IMAPDisabledMailbox, appOnly()), []string{`Set-CASMailbox -Identity "` + contracts + `" -ImapEnabled $true`}},
		"SMTP on":      {of(SMTPAuthDisabledMailbox, appOnly()), []string{`Set-CASMailbox -Identity "` + contracts + `" -SmtpClientAuthenticationDisabled $false`}},
		"SMTP on, all": {of(SMTPAuthDisabledTenant, appOnly()), []string{`Set-TransportConfig -SmtpClientAuthenticationDisabled $false`}},
		"send as": {of(SendAsDenied, delegated(func(e *Evidence) { e.Sender = "ceo@contoso.example" })),
			[]string{`Add-RecipientPermission -Identity "ceo@contoso.example" -Trustee "Contracts@contoso.example" -AccessRights SendAs`}},
	} {
		for _, want := range test.want {
			found := false
			for _, fix := range test.got.Fixes {
				found = found || strings.Contains(fix.Command, want)
			}
			if !found {
				t.Errorf("%s: no command with\n%s\nin %+v", name, want, test.got.Fixes)
			}
		}
	}
}

func TestPagesOpenAtTheRegistration(t *testing.T) {
	t.Parallel()
	if got := of(SecretExpired, appOnly()).Fixes[0].URL; !strings.HasSuffix(got, "/Credentials/appId/"+clientID) {
		t.Errorf("URL %q", got)
	}
	for _, id := range []providers.ClientID{"", "my app", "../../evil", clientID + "?x=1"} {
		if got := of(SecretExpired, Evidence{ClientID: id}).Fixes[0].URL; got != registrationsPage {
			t.Errorf("client ID %q leads to %q", id, got)
		}
	}
}

func TestArgumentsCannotBreakOut(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"contracts@contoso.example":   `"contracts@contoso.example"`,
		"":                            `""`,
		"o'brien@contoso.example":     `'o''brien@contoso.example'`,
		"a’; Remove-Item x; ’@b.test": `'a’’; Remove-Item x; ’’@b.test'`,
		"$(whoami)@b.test":            `'$(whoami)@b.test'`,
		"`n@b.test":                   "'`n@b.test'",
		`a"@b.test`:                   `'a"@b.test'`,
		"a“b@b.test":                  `'a“b@b.test'`,
		"a b\r\nc":                    `'a b c'`,
		"a;b|c&d":                     `'a;b|c&d'`,
		"\x1b[31mred":                 `'[31mred'`,
		"müller@contoso.example":      `'müller@contoso.example'`,
	} {
		if got := argument(value); got != want {
			t.Errorf("argument(%q) is %s, want %s", value, got, want)
		}
	}
}

func TestTemplatesAreReadOnce(t *testing.T) {
	t.Parallel()
	value := func(name string) string { return "<" + name + ">{{b}}" }
	for template, want := range map[string]string{
		"":                    "",
		"plain":               "plain",
		"{{a}}":               "<a>{{b}}",
		"x {{a}} y {{b}} z":   "x <a>{{b}} y <b>{{b}} z",
		"never {{closed":      "never {{closed",
		"{{a}}, {{cut":        "<a>{{b}}, {{cut",
		"closed only }} here": "closed only }} here",
	} {
		if got := expand(template, value); got != want {
			t.Errorf("expand(%q) is %q, want %q", template, got, want)
		}
	}
}

// hostile is what a server or an operator may put where a name is due.
const hostile = "a\x1b]0;owned\x07'\"`$(x)\r\n{{mailbox}}\u202e’;rm@evil.example"

func hostileEvidence(appOnly bool) Evidence {
	return Evidence{
		AppOnly: appOnly, Tenant: hostile, ClientID: hostile, ObjectID: hostile, Mailbox: hostile, SignIn: hostile, Sender: hostile,
		Folder: hostile, Host: hostile, Needs: hostile,
		Claims: providers.Claims{Audience: hostile, TenantID: hostile, ClientID: hostile, ObjectID: hostile, User: hostile, Readable: true},
	}
}

func TestHostileValuesStayValues(t *testing.T) {
	t.Parallel()
	for _, entry := range append(Causes(), otherFaces()...) {
		for _, appOnly := range []bool{true, false} {
			v := valuesOf(Symptom{Protocol: "smtp"}, hostileEvidence(appOnly))
			d := finding{cause: entry.Cause, certainty: Possible, face: &entry}.diagnosis(v)
			for _, text := range texts(d) {
				expectShowable(t, text)
			}
			for _, fix := range d.Fixes {
				expectOneCommand(t, fix.Command)
			}
		}
	}
}

func texts(d Diagnosis) []string {
	all := []string{d.Summary, d.Decides}
	for _, fix := range d.Fixes {
		all = append(all, fix.Text, fix.Command, fix.URL)
	}
	return all
}

func expectShowable(t *testing.T, text string) {
	t.Helper()
	for _, r := range text {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar {
			t.Fatalf("%q holds %U", text, r)
		}
	}
}

// expectOneCommand reads a line as PowerShell does and finds nothing but the catalogue's own words
// outside of quotation marks.
func expectOneCommand(t *testing.T, line string) {
	t.Helper()
	var bare strings.Builder
	var open rune
	for _, r := range line {
		switch {
		case open == 0 && strings.ContainsRune("\"“”„", r):
			open = '"'
		case open == 0 && strings.ContainsRune("'‘’‚‛", r):
			open = '\''
		case open == '"' && strings.ContainsRune("\"“”„", r), open == '\'' && strings.ContainsRune("'‘’‚‛", r):
			open = 0
		case open == '"' && strings.ContainsRune("$`", r):
			t.Fatalf("%s: PowerShell would expand something", line)
		case open == 0:
			bare.WriteRune(r)
		}
	}
	if open != 0 || strings.ContainsAny(bare.String(), ";&()@") || strings.Contains(bare.String(), "evil") {
		t.Fatalf("%s: outside of quotation marks stands %q", line, bare.String())
	}
}
