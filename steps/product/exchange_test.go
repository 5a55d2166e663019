package product

import (
	"slices"
	"strings"
	"testing"
)

var fill = Fill{
	ClientID: "11111111-2222-3333-4444-555555555555",
	ObjectID: "66666666-7777-8888-9999-000000000000",
	TenantID: "contoso.example",
	Outbound: "crm@contoso.example",
	Inbound:  []string{"contracts@contoso.example", "sourcing@contoso.example"},
}

// run is every command of a script to its end, one per line.
func run(script []Command) string {
	var lines []string
	for _, command := range script {
		lines = append(lines, command.Run...)
	}
	return strings.Join(lines, "\n")
}

func ids(script []Command) []string {
	var all []string
	for _, command := range script {
		all = append(all, command.ID)
	}
	return all
}

func agiloftRoute(t testing.TB, id string) *Route {
	t.Helper()
	r, ok := loadAgiloft(t).Route(id)
	if !ok {
		t.Fatalf("no route %s", id)
	}
	return r
}

func TestScriptOfClientCredentials(t *testing.T) {
	t.Parallel()
	script := Script(agiloftRoute(t, "ms-mail-cc"), fill)
	want := `Connect-ExchangeOnline
New-ServicePrincipal -AppId 11111111-2222-3333-4444-555555555555 -ObjectId 66666666-7777-8888-9999-000000000000
Add-MailboxPermission -Identity "crm@contoso.example" -User 66666666-7777-8888-9999-000000000000 -AccessRights FullAccess
Add-MailboxPermission -Identity "contracts@contoso.example" -User 66666666-7777-8888-9999-000000000000 -AccessRights FullAccess
Add-MailboxPermission -Identity "sourcing@contoso.example" -User 66666666-7777-8888-9999-000000000000 -AccessRights FullAccess
Set-CASMailbox -Identity "crm@contoso.example" -SmtpClientAuthenticationDisabled $false
Set-CASMailbox -Identity "contracts@contoso.example" -ImapEnabled $true
Set-CASMailbox -Identity "sourcing@contoso.example" -ImapEnabled $true`
	if got := run(script); got != want {
		t.Errorf("got\n%s", got)
	}
	for _, command := range script {
		if len(command.Verify) == 0 || len(command.Undo) == 0 || command.Title == "" || strings.Contains(strings.Join(slices.Concat(command.Verify, command.Undo), " "), "{{") {
			t.Errorf("incomplete: %+v", command)
		}
	}
	if got := script[1].Verify[0]; got != "Get-ServicePrincipal -Identity 66666666-7777-8888-9999-000000000000" {
		t.Errorf("verify: %s", got)
	}
	if got := script[3]; got.ID != "inbound-permission:contracts@contoso.example" || got.Mailbox != "contracts@contoso.example" {
		t.Errorf("id %s, mailbox %s", got.ID, got.Mailbox)
	}
}

func TestScriptOfDeviceCodeGrantsNothing(t *testing.T) {
	t.Parallel()
	got := ids(Script(agiloftRoute(t, "ms-mail-device"), fill))
	want := []string{"connect", "smtp-auth:crm@contoso.example", "imap:contracts@contoso.example", "imap:sourcing@contoso.example"}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestScriptNamesEachMailboxOnce(t *testing.T) {
	t.Parallel()
	both := fill
	both.Outbound = "crm@contoso.example"
	both.Inbound = []string{"CRM@contoso.example", "contracts@contoso.example", "Contracts@Contoso.example"}
	script := run(Script(agiloftRoute(t, "ms-mail-cc"), both))
	if n := strings.Count(script, "Add-MailboxPermission"); n != 2 {
		t.Errorf("%d mailbox permissions:\n%s", n, script)
	}
	if n := strings.Count(script, "ImapEnabled"); n != 2 {
		t.Errorf("IMAP switched on %d times:\n%s", n, script)
	}
}

func TestScriptLeavesOutWhatIsNotConnected(t *testing.T) {
	t.Parallel()
	outbound, inbound := fill, fill
	outbound.Inbound = nil
	inbound.Outbound = ""
	r := agiloftRoute(t, "ms-mail-cc")
	if got, want := ids(Script(r, outbound)), []string{"connect", "service-principal", "outbound-permission:crm@contoso.example", "smtp-auth:crm@contoso.example"}; !slices.Equal(got, want) {
		t.Errorf("outbound alone: %v", got)
	}
	if got := run(Script(r, inbound)); strings.Contains(got, "crm@") || strings.Contains(got, "Smtp") || !strings.Contains(got, "sourcing@") {
		t.Errorf("inbound alone:\n%s", got)
	}
}

func TestScriptWithTheRoleInsteadOfThePermission(t *testing.T) {
	t.Parallel()
	chosen := fill
	chosen.Inbound = []string{"contracts@contoso.example"}
	chosen.Choices = map[string]string{"smtp-access": "outbound-role"}
	script := run(Script(agiloftRoute(t, "ms-mail-cc"), chosen))
	for _, want := range []string{
		`New-ManagementScope -Name "Agiloft outbound mailbox" -RecipientRestrictionFilter "PrimarySmtpAddress -eq 'crm@contoso.example'"`,
		`New-ManagementRoleAssignment -Name "Agiloft SMTP" -Role "Application SMTP.SendAsApp" -App 66666666-7777-8888-9999-000000000000 -CustomResourceScope "Agiloft outbound mailbox"`,
		`Add-MailboxPermission -Identity "contracts@contoso.example"`,
	} {
		if !strings.Contains(script, want) {
			t.Errorf("lacks %s in\n%s", want, script)
		}
	}
	if strings.Contains(script, `Add-MailboxPermission -Identity "crm@contoso.example"`) {
		t.Errorf("both alternatives:\n%s", script)
	}
	chosen.Choices["smtp-access"] = "no such step"
	if script := run(Script(agiloftRoute(t, "ms-mail-cc"), chosen)); strings.Contains(script, "RoleAssignment") || !strings.Contains(script, `"crm@contoso.example" -User`) {
		t.Errorf("an unknown choice is not the default:\n%s", script)
	}
}

func TestScriptShowsWhatIsMissing(t *testing.T) {
	t.Parallel()
	unknown := fill
	unknown.ObjectID, unknown.ClientID = "", "not a guid; Remove-Item *"
	script := run(Script(agiloftRoute(t, "ms-mail-cc"), unknown))
	if !strings.Contains(script, "New-ServicePrincipal -AppId <client_id> -ObjectId <object_id>\n") || strings.Contains(script, "Remove-Item") {
		t.Errorf("got\n%s", script)
	}
}

func TestPowershellQuoting(t *testing.T) {
	t.Parallel()
	const guid = "11111111-2222-3333-4444-555555555555"
	for name, test := range map[string]struct{ line, value, want string }{
		"bare GUID":                       {"x {{v}} y", guid, "x " + guid + " y"},
		"bare GUID with blanks":           {"x {{v}}", " " + guid + "\t", "x <v>"},
		"bare text":                       {"x {{v}}", "a; b", "x <v>"},
		"nothing":                         {`x "{{v}}"`, "", `x "<v>"`},
		"plain in double quotes":          {`x "{{v}}"`, "a@b.example", `x "a@b.example"`},
		"double quote in double quotes":   {`x "{{v}}"`, `a" ; b "`, "x \"a`\" ; b `\"\""},
		"typographic quote in double":     {`x "{{v}}"`, "a“b”c„d", "x \"a`“b`”c`„d\""},
		"variable in double quotes":       {`x "{{v}}"`, "a$(b)$c", "x \"a`$(b)`$c\""},
		"backtick in double quotes":       {`x "{{v}}"`, "a`nb", "x \"a``nb\""},
		"apostrophe in double quotes":     {`x "{{v}}"`, "o'neil@b.example", `x "o'neil@b.example"`},
		"apostrophe in single quotes":     {"x '{{v}}'", "o'neil@b.example", "x 'o''neil@b.example'"},
		"typographic apostrophe":          {"x '{{v}}'", "o’neil", "x 'o’’neil'"},
		"variable in single quotes":       {"x '{{v}}'", "$a`\"", "x '$a`\"'"},
		"filter: apostrophe":              {`x "y -eq '{{v}}'"`, "o'neil", `x "y -eq 'o''neil'"`},
		"filter: all of them":             {`x "y -eq '{{v}}'"`, "'\"$`", "x \"y -eq '''`\"`$``'\""},
		"line end":                        {`x "{{v}}"`, "a\nRemove-Item *", `x "<v>"`},
		"escape sequence":                 {`x "{{v}}"`, "a\x1b[2J", `x "<v>"`},
		"value that looks a placeholder":  {`x "{{v}}"`, "{{v}}", `x "{{v}}"`},
		"after a closed quotation":        {`x "y" {{v}}`, "a b", `x "y" <v>`},
		"braces that are no placeholder":  {"x {{ v }} {y}", "a", "x {{ v }} {y}"},
		"unknown placeholder":             {`x "{{w}}"`, "a", `x "<w>"`},
		"unfinished placeholder":          {`x "{{v"`, "a", `x "{{v"`},
		"characters beyond ASCII in line": {`ä "{{v}}" ö`, "ü", `ä "ü" ö`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := powershell(test.line, map[string]string{"v": test.value}); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// FuzzPowershellString reads the argument back by PowerShell's rules for expandable strings: an
// address ends where we say it ends, and expands nothing.
func FuzzPowershellString(f *testing.F) {
	for _, value := range append(slices.Clone(hostile), `a"; b`, "a“; b", "$(c)", "a`", "o'neil@contoso.example") {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		line := powershell(`x "{{v}}"`, map[string]string{"v": value})
		inside, ok := strings.CutPrefix(line, `x "`)
		if !ok {
			t.Fatalf("got %s", line)
		}
		var read strings.Builder
		runes := []rune(inside)
		for i := 0; i < len(runes); i++ {
			switch r := runes[i]; {
			case r == '`':
				i++
				read.WriteRune(runes[i])
			case r == '$':
				t.Fatalf("%q expands in %s", value, line)
			case isDoubleQuote(r):
				if i != len(runes)-1 {
					t.Fatalf("%q breaks out in %s", value, line)
				}
				if got := read.String(); got != "<v>" && got != strings.ToValidUTF8(value, "\ufffd") && strings.ToValidUTF8(value, "") == value {
					t.Fatalf("%q reads back %q", value, got)
				}
				return
			default:
				read.WriteRune(r)
			}
		}
		t.Fatalf("%q leaves %s open", value, line)
	})
}

func TestPrerequisiteCommands(t *testing.T) {
	t.Parallel()
	r := agiloftRoute(t, "ms-mail-cc")
	got := map[string][]string{}
	for _, p := range r.Prerequisites {
		got[p.ID] = p.Commands(fill)
	}
	if want := []string{`Get-CASMailbox -Identity "crm@contoso.example" | Format-List SmtpClientAuthenticationDisabled; Get-TransportConfig | Format-List SmtpClientAuthenticationDisabled`}; !slices.Equal(got["smtp-auth-on"], want) {
		t.Errorf("smtp-auth-on: %q", got["smtp-auth-on"])
	}
	if want := []string{`Get-CASMailbox -Identity "contracts@contoso.example" | Format-List ImapEnabled`, `Get-CASMailbox -Identity "sourcing@contoso.example" | Format-List ImapEnabled`}; !slices.Equal(got["imap-on"], want) {
		t.Errorf("imap-on: %q", got["imap-on"])
	}
	if n := len(got["mailboxes-licensed"]); n != 3 {
		t.Errorf("mailboxes-licensed: %d commands", n)
	}
	if got["agiloft-admin-at-hand"] != nil {
		t.Errorf("agiloft-admin-at-hand: %q", got["agiloft-admin-at-hand"])
	}
	if got := (Prerequisite{Check: "Get-TransportConfig"}).Commands(Fill{}); !slices.Equal(got, []string{"Get-TransportConfig"}) {
		t.Errorf("without a mailbox: %q", got)
	}
}

func BenchmarkScript(b *testing.B) {
	r := agiloftRoute(b, "ms-mail-cc")
	b.ReportAllocs()
	for b.Loop() {
		Script(r, fill)
	}
}
