package product

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// ticketbox is the example of a product of one's own, to be broken in one place by a test.
func ticketbox(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"product.yaml", "mailbox.properties"} {
		data, err := os.ReadFile("../../testdata/products/ticketbox/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files["ticketbox/"+name] = &fstest.MapFile{Data: data}
	}
	return files
}

func TestTicketboxIsWithoutFindings(t *testing.T) {
	t.Parallel()
	findings, err := LintFolder(ticketbox(t), "ticketbox", day(t, "2026-11-21"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		t.Errorf("%s (%s)", f, f.Fix)
	}
}

// Who copies the example gets a product that can be found and filled in.
func TestTicketboxIsAProduct(t *testing.T) {
	t.Parallel()
	p, err := Embedded(ticketbox(t)).Product("ticket box")
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]string{
		"tenant_id": "contoso.example", "client_id": "11111111-2222-3333-4444-555555555555", "base_url": "https://desk.contoso.example",
		"polling": "idle", "outbound": "desk@contoso.example", "inbound": "desk@contoso.example",
	}
	const account = `Provider: Microsoft 365
Tenant: contoso.example
Client ID: 11111111-2222-3333-4444-555555555555
Client secret: ********
Scope: https://outlook.office.com/SMTP.Send offline_access https://outlook.office.com/IMAP.AccessAsUser.All
From: desk@contoso.example
`
	if got := filled(t, p, "ms-mail", "account", values); got != account {
		t.Errorf("account\n%s", got)
	}
	if got := filled(t, p, "ms-mail", "mailbox-file", values); got != "mailbox.address = desk@contoso.example\nmailbox.polling = idle\nmailbox.store = ${data.dir}/mail\n" {
		t.Errorf("file\n%s", got)
	}
	if got := routeOf(t, p, "ms-mail").Redirect.URI(values); got != "https://desk.contoso.example/oauth/return" {
		t.Errorf("redirect %s", got)
	}
}

// Each rule is broken once in a copy of the example, as a newcomer would break it: the finding must
// lead to the line that holds at.
func TestTicketboxBreaksEachRule(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ old, with, at, want string }{
		"1, misspelt placeholder": {`label: Client ID, value: "{{client_id}}"`, `label: Client ID, value: "{{clientid}}"`,
			`label: Client ID, value`, "rule 1: artefact account, field Client ID: it names clientid, which is no value and nothing that is computed"},
		"2, value that is not used": {`template: "{{base_url}}/oauth/return"`, `template: "https://desk.contoso.example/oauth/return"`,
			`values: [tenant_id`, "rule 2: route ms-mail: value base_url is asked for but not used"},
		"3, misspelt permission": {"name: SMTP.Send, directions", "name: SMTP.Sent, directions",
			`name: SMTP.Sent`, "rule 3: route ms-mail, permission SMTP.Sent: resource graph has no delegated permission of this name"},
		"4, permission that the flow cannot use": {"type: delegated, name: IMAP.AccessAsUser.All", "type: application, name: Mail.Read",
			`name: Mail.Read`, "rule 4: route ms-mail, permission Mail.Read: an application permission cannot be needed: the app acts for the person who signs in"},
		"5, redirect without a platform": {"platform: web", "platform: none",
			`redirect: {kind: template`, `rule 5: route ms-mail: redirect is "template" but platform is "none"`},
		"6, query with personal accounts": {"account_types: [single]", "account_types: [multi_personal]",
			`account_types: [multi_personal]`, "rule 6: route ms-mail: a redirect with a query is not allowed where personal accounts are"},
		"7, proof that leaves its change behind": {`        undo: {screen: "Authentication > Mobile and desktop applications", text: "Delete http://localhost.", src: [M11]}` + "\n", "",
			`- id: loopback`, "rule 7: route ms-mail, proof loopback: it changes the registration and does not take it back, or the other way round"},
		"8, message sent unasked": {"side_effects: [sends_mail], asks_first: true", "side_effects: [sends_mail]",
			`- {id: send, by: wizard`, "rule 8: route ms-mail, test send: it sends or deletes mail without asking first"},
		"9, retiring into nothing": {"status: current ", "status: retiring ",
			`- id: ms-mail`, "rule 9: route ms-mail: it is retiring and nothing is named that comes after it"},
		"10, secret with an example": {"    secret: true ", "    example: s3cret\n    secret: true ",
			`- id: client_secret`, "rule 10: value client_secret: a secret has a default or an example"},
		"11, Google by device code": {"flow: auth_code_product\n", "flow: device_code\n",
			`flow: device_code`, "rule 11: route ms-mail: Google gives no device code for mail"},
		"12, wrong number of places": {"touches: [{artefact: account, count: 1}]", "touches: [{artefact: account, count: 2}]",
			`touches: [{artefact: account, count: 2}]`, "rule 12: route ms-mail, rotation: account holds the secret in 1 places, not in 2"},
		"13, alternative to nothing": {"        for_each: outbound\n", "        for_each: outbound\n        one_of: smtp\n",
			`- id: smtp-auth`, "rule 13: route ms-mail, Exchange step smtp-auth: group smtp has no other step"},
		"14, facts that are old": {`checked: "2026-11-21"`, `checked: "2026-05-01"`,
			`checked: "2026-05-01"`, "rule 14: product ticketbox: its facts were last compared with their sources 204 days ago"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := ticketbox(t)
			replaceIn(t, files, "ticketbox/product.yaml", test.old, test.with)
			if strings.HasPrefix(name, "6") {
				replaceIn(t, files, "ticketbox/product.yaml", "/oauth/return\", rules: [https,", "/oauth/return?a=b\", rules: [has_query, https,")
			}
			if strings.HasPrefix(name, "11") {
				replaceIn(t, files, "ticketbox/product.yaml", "provider: microsoft\n", "provider: google\n")
			}
			findings, err := LintFolder(files, "ticketbox", day(t, "2026-11-21"))
			if err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(string(files["ticketbox/product.yaml"].Data), "\n")
			var all []string
			for _, f := range findings {
				all = append(all, f.String())
				place, message, _ := strings.Cut(f.String(), ": ")
				if message == test.want && f.Fix != "" && strings.Contains(lines[f.Line-1], test.at) && place == fmt.Sprintf("ticketbox/product.yaml:%d:%d", f.Line, f.Column) {
					return
				}
			}
			t.Errorf("wanted %s, at %s\nfound\n%s", test.want, test.at, strings.Join(all, "\n"))
		})
	}
}
