package tui

import (
	"fmt"
	"testing/fstest"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
)

// Deskline finishes its sign-ins itself, over every way that a proof can take.
const deskline = `
schema: 1
id: deskline
name: Deskline
aliases: [desk line, helpline]
category: help desk
product_effects: [deletes_mail, auto_replies]
checked: "2026-11-21"
docs: [{id: guide, kind: guide, read: "2026-11-21", title: "Deskline: mail by OAuth", url: "https://desk.example/mail"}]
values:
  - {id: tenant_id, label: Directory (tenant) ID, kind: guid, portal: "App registrations > your app > Overview"}
  - {id: client_id, label: Client ID, kind: guid, required_in: [ms-mail-code, ms-ews-code, ms-own-browser], portal: "App registrations > your app > Overview", example: 11111111-2222-3333-4444-555555555555}
  - {id: client_id, label: Client ID, kind: text, required_in: [google-mail-code], portal: "Google Auth Platform > Clients", example: 123-abc.apps.googleusercontent.com}
  - {id: client_secret, label: "Client secret, Value", kind: secret, secret: true, hint: "Shown only once, when it is made."}
  - {id: secret_expires, label: Client secret ends on, kind: date, optional: true, example: "2028-11-20"}
  - {id: site, label: Address of your Deskline, kind: origin, hint: "Without anything behind the host.", example: "https://desk.contoso.example"}
  - id: region
    label: Where it is hosted
    kind: choice
    hint: Deskline has one installation for each part of the world.
    options:
      - {value: eu, label: Europe, note: data stays in Frankfurt}
      - {value: us, label: United States}
      - {value: own, label: Your own server, note: needs version 9 or later}
  - {id: flavour, label: How replies look, kind: choice, optional: true, options: [{value: plain, label: Plain text}, {value: html, label: HTML}]}
artefacts:
  - id: mail-settings
    title: Mail settings
    kind: fields
    place: "Admin > Channels > Mail > OAuth"
    direction: inbound
    fields:
      - {label: Host, value: outlook.office365.com}
      - {label: Client Id, value: "{{client_id}}", note: Not the Object ID.}
      - {label: Client Secret, value: "{{client_secret}}", note: The Value and not the Secret ID.}
      - {label: Scope, value: "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access"}
      - {label: Tenant Id, value: "{{tenant_id}}"}
routes:
  - id: ms-mail-code
    title: Sign-in by Deskline, IMAP and SMTP
    provider: microsoft
    transport: imap_smtp
    flow: auth_code_product
    versions: {from: "9.0", note: "8 and older know passwords only"}
    summary: Deskline opens the sign-in itself and keeps it alive.
    directions: {outbound: single, inbound: single}
    status: current
    recommended: true
    why: It is the only way that lasts.
    renewal: the client secret, and the sign-in after a password change
    app_owner: customer
    prerequisites: [{id: admin, text: Somebody may register applications., who: entra-admin}]
    registration:
      credential: [secret]
      platform: web
      account_types: [single]
      steps:
        - {screen: "Entra ID > App registrations", text: Press New registration., src: [guide]}
        - {screen: Authentication, text: "Add the platform Web with the redirect URI.", src: [inferred]}
        - {screen: "Certificates & secrets", text: "Make a client secret and copy its Value.", src: [guide]}
    redirect:
      kind: template
      template: "{{site}}/oauth/Return?step=2"
      rules: [https, exact_case, has_query]
      copy_from: "Admin > Channels > Mail > OAuth, the grey line at the bottom"
    permissions:
      - {resource: graph, type: delegated, name: IMAP.AccessAsUser.All, directions: [inbound], need: required, note: Reads the mailbox., src: [guide]}
      - {resource: graph, type: delegated, name: SMTP.Send, directions: [outbound], need: required, src: [guide]}
      - {resource: graph, type: delegated, name: offline_access, directions: [inbound, outbound], need: required, note: Keeps the sign-in alive., src: [inferred]}
    consent: {need: expected, by: admin, why: "Most tenants let only administrators agree to mail permissions."}
    scopes: {inbound: "https://outlook.office.com/IMAP.AccessAsUser.All", outbound: "https://outlook.office.com/SMTP.Send"}
    test_scopes: {inbound: "https://outlook.office.com/IMAP.AccessAsUser.All", outbound: "https://outlook.office.com/SMTP.Send"}
    servers:
      - {direction: inbound, protocol: imap, host: outlook.office365.com, port: 993, security: tls}
      - {direction: outbound, protocol: smtp, host: smtp.office365.com, port: 587, security: starttls}
    values: [tenant_id, client_id, client_secret, secret_expires, site, region, flavour, inbound, outbound]
    artefacts: [mail-settings]
    steps:
      - {id: open, screen: "Admin > Channels > Mail", text: "Press Add and choose OAuth."}
      - {id: enter, screen: "Admin > Channels > Mail > OAuth", text: "Enter these values.", direction: inbound, artefact: mail-settings, warning: "Save before you press Authorize."}
      - {id: authorize, screen: "Admin > Channels > Mail > OAuth", text: "Press Authorize and sign in as {{inbound}}.", direction: inbound}
    proofs:
      - id: device
        title: A device code with the same registration
        note: "The proof signs in by a code and needs the registration to allow that for a while."
        change: {screen: "Authentication > Settings", text: "Set Allow public client flows to Yes and press Save."}
        undo: {screen: "Authentication > Settings", text: "Set Allow public client flows back to No."}
      - id: loopback
        title: A browser on this computer
        note: "The proof signs in as Deskline does, and ends at this computer instead."
        redirect: "http://localhost"
        change: {screen: "Authentication > Add a platform", text: "Add Mobile and desktop applications with http://localhost."}
        undo: {screen: Authentication, text: "Remove http://localhost again."}
      - {id: product, title: Deskline alone, note: "Nothing is changed: you make the tests in Deskline and tick what you saw."}
    tests:
      - {id: test-receive, by: product, kind: product_button, directions: [inbound], expect: "Test Receive says that the mailbox was read."}
      - {id: test-send, by: product, kind: product_button, directions: [outbound], expect: "Test Send says that a message left, and it arrives."}
    rotation: {}
  - id: ms-ews-code
    title: Exchange Web Services
    provider: microsoft
    transport: ews
    flow: auth_code_product
    summary: The old way into Exchange.
    directions: {inbound: single}
    status: closed
    replaced_by: ms-mail-code
    app_owner: customer
    values: [tenant_id, client_id]
    proofs: [{id: product, title: Deskline alone}]
  - id: ms-pop
    title: POP3 with a password
    provider: microsoft
    transport: pop
    flow: auth_code_product
    versions: {to: "8.4"}
    summary: Reads by POP3.
    directions: {inbound: single}
    status: retiring
    replaced_by: ms-mail-code
    app_owner: customer
    values: [tenant_id, client_id]
    proofs: [{id: product, title: Deskline alone}]
  - id: ms-own-browser
    title: Sign-in on this computer
    provider: microsoft
    transport: imap_smtp
    flow: auth_code_loopback
    summary: The tool beside Deskline signs in and hands the sign-in over.
    directions: {outbound: single, inbound: many}
    status: current
    app_owner: customer
    registration: {credential: [none], platform: desktop, account_types: [single]}
    redirect: {kind: loopback, template: "http://localhost"}
    permissions:
      - {resource: graph, type: delegated, name: IMAP.AccessAsUser.All, directions: [inbound], need: required}
      - {resource: graph, type: delegated, name: SMTP.Send, directions: [outbound], need: required}
    test_scopes: {inbound: "https://outlook.office.com/IMAP.AccessAsUser.All", outbound: "https://outlook.office.com/SMTP.Send"}
    servers:
      - {direction: inbound, protocol: imap, host: outlook.office365.com, port: 993, security: tls}
      - {direction: outbound, protocol: smtp, host: smtp.office365.com, port: 587, security: starttls}
    values: [tenant_id, client_id, inbound, outbound]
  - id: google-mail-code
    title: Gmail with Deskline's sign-in
    provider: google
    transport: imap_smtp
    flow: auth_code_product
    summary: Deskline signs in at Google.
    directions: {outbound: single, inbound: single}
    status: current
    app_owner: customer
    registration: {credential: [secret], platform: web}
    redirect: {kind: copied, copy_from: "Admin > Channels > Mail > OAuth"}
    permissions: [{resource: google, type: delegated, name: "https://mail.google.com/", directions: [inbound, outbound], need: required, note: "Reads, sends and deletes.", src: [guide]}]
    consent: {need: required, by: admin, why: "The scope is a restricted one."}
    test_scopes: {inbound: "https://mail.google.com/", outbound: "https://mail.google.com/"}
    servers:
      - {direction: inbound, protocol: imap, host: imap.gmail.com, port: 993, security: tls}
      - {direction: outbound, protocol: smtp, host: smtp.gmail.com, port: 587, security: starttls}
    values: [client_id, client_secret, inbound, outbound]
    proofs: [{id: loopback, title: A browser on this computer, redirect: "http://localhost", secret: true}, {id: product, title: Deskline alone}]
    tests: [{id: test-gmail, by: product, kind: product_button, directions: [inbound, outbound], expect: "The token's line shows a date."}]
warnings:
  - {id: pop-ends, from: "2026-10-01", level: stop, routes: [ms-pop], text: "Deskline took POP3 out on 1 October 2026. Its settings are still shown."}
  - {id: consent, level: warn, routes: [ms-mail-code], text: "Many tenants let only administrators agree to mail permissions. Ask early."}
corrections:
  - {id: path, about: redirect, routes: [ms-mail-code], vendor_says: "/oauth/return", correct: "/oauth/Return", why: Entra compares capital letters., src: [guide]}
`

// PeopleWorks signs in with its maker's application: only PeopleWorks itself can prove anything.
const peopleworks = `
schema: 1
id: peopleworks
name: PeopleWorks
aliases: [pw]
category: staffing
product_effects: [marks_read]
checked: "2026-11-21"
docs: [{id: guide, kind: guide, read: "2026-11-21", title: "PeopleWorks: Graph", url: "https://people.example/graph"}]
artefacts:
  - id: record
    title: Mailbox record
    kind: fields
    place: "System Admin > Mail > mailbox record"
    direction: inbound
    for_each: inbound
    fields:
      - {label: Type, value: "Office 365 - Graph API"}
      - {label: Use SSL For Callback, value: selected, note: "Without it the sign-in does not come back."}
routes:
  - id: ms-graph-vendor
    title: PeopleWorks' own application
    provider: microsoft
    transport: graph
    flow: vendor_app
    summary: Nothing is registered; somebody signs in once and an administrator agrees.
    directions: {inbound: many}
    status: current
    recommended: true
    app_owner: vendor
    registration: {credential: [none], platform: none, steps: [{screen: Consent page, text: "Sign in as {{inbound}} and read the list.", src: [inferred]}]}
    redirect: {kind: vendor_owned}
    permissions:
      - {resource: graph, type: delegated, name: Mail.ReadWrite, directions: [inbound], need: required, note: "It reads, and marks as read.", src: [inferred]}
      - {resource: graph, type: delegated, name: User.Read, directions: [inbound], need: optional, src: [unknown]}
    consent: {need: required, by: admin, why: "Most tenants let only administrators agree to mail permissions of other makers' applications."}
    values: [inbound]
    artefacts: [record]
    steps:
      - {id: open, screen: "System Admin > Mail", text: "Open the mailbox record of {{inbound}}.", direction: inbound, for_each: inbound}
      - {id: enter, screen: "System Admin > Mail > mailbox record", text: "Enter these values and press Apply.", direction: inbound, for_each: inbound, artefact: record}
      - {id: sign-in, screen: "Action Center > cloud icon", text: "Press Authorize and sign in as {{inbound}}.", direction: inbound, for_each: inbound, warning: "Sign out of other Microsoft accounts first."}
    tests:
      - {id: connection, by: product, kind: product_button, directions: [inbound], expect: "Test Connection on the mailbox record says Success."}
      - {id: log, by: product, kind: product_button, directions: [inbound], expect: "The Exception Log stays empty for five minutes."}
`

// shop is a catalogue that only the tests have: those two, and enough others to have to look for
// one.
func shop() *product.Catalogue { return product.Open(shopWith(deskline)) }

// shopWith are the shop's files, with another Deskline.
func shopWith(desk string) fstest.MapFS {
	files := fstest.MapFS{
		"deskline/product.yaml":    {Data: []byte(desk)},
		"peopleworks/product.yaml": {Data: []byte(peopleworks)},
	}
	for i, name := range []string{"Agenda", "Billfold", "Casebook", "Drydock", "Evergreen", "Fieldnote", "Gatehouse", "Harvest"} {
		id := fmt.Sprintf("p%d", i)
		files[id+"/product.yaml"] = &fstest.MapFile{Data: fmt.Appendf(nil, "schema: 1\nid: %s\nname: %s\ncategory: office\nchecked: \"2026-11-21\"\nroutes: []\n", id, name)}
	}
	return files
}

// inShop puts the shop in the place of the catalogue.
func (w *world) inShop() *world {
	w.road.Catalogue = shop()
	return w
}

// shopAnswers are a complete set for a route of the shop.
func shopAnswers(route string) steps.Answers {
	a := steps.Answers{
		Product: "deskline", Route: route, Name: "contoso-desk", Tenant: testTenant, ClientID: testClient, SecretEnds: "2028-11-20",
		Mailboxes: steps.MailboxAnswers{
			Outbound: &steps.MailboxAnswer{Address: "desk@contoso.example"},
			Inbound:  []steps.MailboxAnswer{{Address: "desk@contoso.example"}},
		},
		Values:    map[string]string{"site": "https://desk.contoso.example", "region": "eu"},
		Endpoints: steps.EndpointAnswers{IMAP: "imaps://imap.example.com:993", SMTP: "smtp://smtp.example.com:587"},
	}
	switch route {
	case "ms-own-browser":
		a.Values, a.SecretEnds = nil, ""
	case "google-mail-code":
		a.Tenant, a.ClientID, a.Values = "", "123-abc.apps.googleusercontent.com", nil
	case "ms-graph-vendor":
		a.Product, a.Tenant, a.ClientID, a.Values, a.SecretEnds = "peopleworks", "", "", nil, ""
		a.Mailboxes.Outbound = nil
		a.Mailboxes.Inbound = []steps.MailboxAnswer{{Address: "cases@contoso.example"}, {Address: "staff@contoso.example"}}
	}
	return a
}

func shopReady(route string) steps.State {
	return steps.State{Answers: shopAnswers(route)}.WithSecret(keychain.NewSecret(testSecret))
}
