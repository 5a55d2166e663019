package product

import (
	"strings"
	"testing"
	"time"
)

func TestCatalogueLintsClean(t *testing.T) {
	t.Parallel()
	c := Embedded()
	for _, id := range c.IDs() {
		p, err := c.Product(id)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range Lint(p) {
			t.Errorf("%s: %s (%s)", id, f, f.Fix)
		}
	}
}

func TestSampleLintsClean(t *testing.T) {
	t.Parallel()
	for _, f := range Lint(loadSample(t)) {
		t.Errorf("%s (%s)", f, f.Fix)
	}
}

// gmail turns the sample's route into one to Gmail.
func gmail(r *Route, flow Flow) {
	r.Provider, r.Flow, r.Exchange[1].Removes = "google", flow, nil
	r.Permissions[0].Resource, r.Permissions[0].Type, r.Permissions[0].Name = "google", "delegated", "https://mail.google.com/"
	r.Scopes[Outbound] = "https://mail.google.com/"
}

// delegate turns the sample's route into one whose sign-in the product finishes.
func delegate(r *Route) {
	click := func(text string) *Click { return &Click{Screen: "Authentication", Text: text, Source: Source{"guide"}} }
	r.Flow, r.Permissions[0].Need, r.Scopes[Outbound] = AuthCodeProduct, Optional, "SMTP.Send offline_access"
	r.Proofs = []Proof{
		{ID: ProofDevice, Change: click("On."), Undo: click("Off."), Source: Source{"guide"}},
		{ID: ProofLoopback, Redirect: "http://localhost", Change: click("Add it."), Undo: click("Delete it."), Source: Source{"guide"}},
		{ID: ProofProduct, Source: Source{"guide"}},
	}
}

// Each case breaks the sample in one place; the linter must say so there, under that rule.
func TestLintFinds(t *testing.T) {
	t.Parallel()
	const secret = "abc8Q~dEfGhIjKlMnOpQrStUvWxYz01234567"
	for name, test := range map[string]struct {
		breakIt func(p *Product, r *Route, a *Artefact)
		want    []string
	}{
		"placeholder too often": {func(_ *Product, _ *Route, a *Artefact) { a.template += "x=CLIENT_SECRET\n" },
			[]string{"rule 1: artefact text: placeholder CLIENT_SECRET occurs 3 times, not 2 times", "rule 12: route app, rotation: text holds the secret in 3 places, not in 2"}},
		"placeholder without count": {func(_ *Product, _ *Route, a *Artefact) { delete(a.Count, "CLIENT_ID") },
			[]string{"rule 1: artefact text: placeholder CLIENT_ID has no count"}},
		"placeholder that never occurs": {func(_ *Product, _ *Route, a *Artefact) {
			a.Placeholders["MAIL_FROM"], a.Count["MAIL_FROM"] = "outbound", 1
		},
			[]string{"rule 1: artefact text: placeholder MAIL_FROM occurs 0 times, not 1 times"}},
		"count of nothing": {func(_ *Product, _ *Route, a *Artefact) { a.Count["OTHER"] = 1 },
			[]string{"rule 1: artefact text: OTHER is counted but not declared"}},
		"undeclared placeholder": {func(_ *Product, _ *Route, a *Artefact) { a.template += "x=TENANT_ID\n" },
			[]string{"rule 1: artefact text: template has TENANT_ID, which is not declared"}},
		"literal that is gone": {func(_ *Product, _ *Route, a *Artefact) { a.template = strings.Replace(a.template, "%CODE%", "", 1) },
			[]string{"rule 1: artefact text: template does not have %CODE%, which it should keep"}},
		"literal that is not declared": {func(_ *Product, _ *Route, a *Artefact) { a.template += "x=${other}%TOKEN%\n" },
			[]string{"rule 1: artefact text: template has ${other}, which the product replaces, but does not declare it", "rule 1: artefact text: template has %TOKEN%, which the product replaces, but does not declare it"}},
		"placeholder inside a literal": {func(_ *Product, _ *Route, a *Artefact) { a.Placeholders["CODE"], a.Count["CODE"] = "client_id", 1 },
			[]string{"rule 1: artefact text: placeholder CODE lies in %CODE%, which must stay as it is"}},
		"secret not admitted": {func(_ *Product, _ *Route, a *Artefact) { a.ContainsSecret = false },
			[]string{"rule 1: artefact text: contains_secret is false, but 1 of its placeholders are secret"}},
		"text that cannot be read back": {func(_ *Product, _ *Route, a *Artefact) { a.template += `x=\u12` },
			[]string{`rule 1: artefact text: template of text: line 6: an escape \u is not followed by four hexadecimal digits`}},

		"value that is not used": {func(p *Product, r *Route, _ *Artefact) {
			p.Values = append(p.Values, Value{ID: "folder", RequiredIn: []string{"app"}, Source: Source{"guide"}})
			r.Values = append(r.Values, "folder")
		}, []string{"rule 2: route app: value folder is asked for but not used"}},
		"date without a reminder": {func(_ *Product, r *Route, _ *Artefact) { r.Rotation.Trigger = nil },
			[]string{"rule 2: route app: value ends is asked for but not used"}},
		"value that no route asks for": {func(p *Product, _ *Route, _ *Artefact) {
			p.Values = append(p.Values, Value{ID: "folder", Source: Source{"guide"}})
		}, []string{"rule 2: value folder: no route asks for it"}},
		"value there twice for one route": {func(p *Product, _ *Route, _ *Artefact) { p.Values = append(p.Values, p.Values[0]) },
			[]string{"rule 16: value client_id: the id is there twice for route app"}},
		"value that only one side asks for": {func(_ *Product, r *Route, _ *Artefact) { r.Values = r.Values[:3] },
			[]string{"rule 2: route app: value outbound and this route disagree whether it is asked for", "rule 16: route app: a sentence mentions outbound, which the route does not ask for"}},

		"permission of another type": {func(_ *Product, r *Route, _ *Artefact) {
			r.Permissions[0].Type = "delegated"
			r.Permissions[0].Need = Optional
		},
			[]string{"rule 3: route app, permission SMTP.SendAsApp: resource exo has no delegated permission of this name"}},
		"permission of another resource": {func(_ *Product, r *Route, _ *Artefact) { r.Permissions[0].Resource = "graph" },
			[]string{"rule 3: route app, permission SMTP.SendAsApp: resource graph has no application permission of this name"}},
		"delegated permission needed without a user": {func(_ *Product, r *Route, _ *Artefact) {
			r.Permissions = append(r.Permissions, Permission{Resource: "graph", Type: "delegated", Name: "SMTP.Send", Need: Required, Source: Source{"guide"}})
		}, []string{"rule 4: route app, permission SMTP.Send: a delegated permission cannot be needed: with client credentials there is no user"}},
		"application permission needed with a user": {func(_ *Product, r *Route, _ *Artefact) { r.Flow, r.Scopes[Outbound] = DeviceCode, "x offline_access" },
			[]string{"rule 4: route app, permission SMTP.SendAsApp: an application permission cannot be needed: the app acts for the person who signs in"}},
		"sign-in that does not last": {func(_ *Product, r *Route, _ *Artefact) { r.Flow, r.Permissions[0].Need = DeviceCode, Optional },
			[]string{"rule 4: route app: nothing keeps the sign-in alive: outbound has no offline_access"}},
		"password that is still offered": {func(_ *Product, r *Route, _ *Artefact) { r.Flow = Password },
			[]string{"rule 4: route app: no provider takes a password for mail any more, but status is current"}},
		"redirect without a platform": {func(_ *Product, r *Route, _ *Artefact) { r.Redirect.Kind = "template" },
			[]string{`rule 5: route app: redirect is "template" but platform is "none"`}},
		"query with personal accounts": {func(_ *Product, r *Route, _ *Artefact) {
			r.Redirect.Rules, r.Registration.AccountTypes = []string{"has_query"}, []string{"multi_personal"}
		}, []string{"rule 6: route app: a redirect with a query is not allowed where personal accounts are"}},
		"no test of ours": {func(_ *Product, r *Route, _ *Artefact) { r.Tests = r.Tests[1:] },
			[]string{"rule 7: route app, outbound: no test of ours covers it"}},
		"no test by the product": {func(_ *Product, r *Route, _ *Artefact) { r.Tests = r.Tests[:1] },
			[]string{"rule 7: route app, outbound: it has 0 tests by the product, not one"}},
		"two tests by the product": {func(_ *Product, r *Route, _ *Artefact) {
			r.Tests = append(r.Tests, Test{ID: "again", By: "product", Directions: []Direction{Outbound}, Source: Source{"guide"}})
		}, []string{"rule 7: route app, outbound: it has 2 tests by the product, not one"}},
		"test that sends unasked": {func(_ *Product, r *Route, _ *Artefact) { r.Tests[0].AsksFirst = false },
			[]string{"rule 8: route app, test send: it sends or deletes mail without asking first"}},
		"test that deletes unasked": {func(_ *Product, r *Route, _ *Artefact) { r.Tests[1].SideEffects = []string{"deletes_mail"} },
			[]string{"rule 8: route app, test button: it sends or deletes mail without asking first"}},
		"retiring into nothing": {func(_ *Product, r *Route, _ *Artefact) { r.Status = "retiring" },
			[]string{"rule 9: route app: it is retiring and nothing is named that comes after it"}},
		"secret with an example": {func(p *Product, _ *Route, _ *Artefact) { p.Values[1].Example = "hunter2" },
			[]string{"rule 10: value client_secret: a secret has a default or an example"}},
		"secret in a template": {func(_ *Product, _ *Route, a *Artefact) { a.template += "x=" + secret + "\n" },
			[]string{"rule 10: artefact text: a word of 37 characters looks like a secret"}},
		"secret in a fix": {func(_ *Product, r *Route, _ *Artefact) { r.Errors[0].Fix = []string{"enter '" + secret + "'"} },
			[]string{"rule 10: route app, error nothing happened: a word of 37 characters looks like a secret"}},
		"token in an expectation": {func(_ *Product, r *Route, _ *Artefact) { r.Tests[0].Expect = "eyJhbGciOi.eyJhdWQiOi.c2ln" },
			[]string{"rule 10: route app, test send: a word of 26 characters looks like a secret"}},
		"secret in a sentence": {func(_ *Product, r *Route, _ *Artefact) { r.Steps[0].Text += " {{client_secret}}" },
			[]string{`rule 10: route app: a sentence would show client_secret: "Paste the text for {{outbound}}. {{client_secret}}"`}},
		"Google with a device code": {func(_ *Product, r *Route, _ *Artefact) { gmail(r, DeviceCode); r.Scopes = nil },
			[]string{"rule 11: route app: Google gives no device code for mail", "rule 11: route app: IMAP and SMTP of Gmail need the scope https://mail.google.com/, which outbound does not request"}},
		"rotation that forgets a text": {func(_ *Product, r *Route, _ *Artefact) { r.Rotation.Touches = nil },
			[]string{"rule 12: route app, rotation: text holds the secret but is not listed"}},
		"rotation with another number": {func(_ *Product, r *Route, _ *Artefact) { r.Rotation.Touches[0].Count = 3 },
			[]string{"rule 12: route app, rotation: text holds the secret in 2 places, not in 3"}},
		"rotation repeated otherwise": {func(_ *Product, r *Route, _ *Artefact) { r.Rotation.Touches[0].ForEach = "inbound" },
			[]string{"rule 12: route app, rotation: text is repeated in one place and not in the other"}},
		"rotation of an unknown text": {func(_ *Product, r *Route, _ *Artefact) {
			r.Rotation.Touches = append(r.Rotation.Touches, Touch{Artefact: "none"})
		},
			[]string{"rule 12: route app, rotation: it touches none, which this route does not use"}},
		"alternative to nothing": {func(_ *Product, r *Route, _ *Artefact) { r.Exchange = r.Exchange[:1] },
			[]string{"rule 13: route app, Exchange step grant: group way has no other step"}},
		"role that leaves the permission": {func(_ *Product, r *Route, _ *Artefact) { r.Exchange[1].Removes = nil },
			[]string{"rule 13: route app, Exchange step role: it assigns the role for SMTP.SendAsApp but leaves the permission on the checklist"}},
		"role that removes what is not there": {func(_ *Product, r *Route, _ *Artefact) {
			r.Exchange[1].Removes = append(r.Exchange[1].Removes, "Mail.Send")
		},
			[]string{"rule 13: route app, Exchange step role: it removes Mail.Send, which is not on the checklist"}},
		"no alternative but removes": {func(_ *Product, r *Route, _ *Artefact) { r.Exchange[0].OneOf, r.Exchange[1].OneOf = "", "" },
			[]string{"rule 13: route app, Exchange step role: it removes a permission but is no alternative"}},

		"query that the rules do not say": {func(_ *Product, r *Route, _ *Artefact) {
			r.Redirect.Kind, r.Redirect.Template, r.Registration.Platform = "template", "https://x.example/?a=b", "web"
		}, []string{"rule 6: route app: the redirect has a query, which its rules do not say"}},
		"Google with client credentials": {func(_ *Product, r *Route, _ *Artefact) {
			gmail(r, ClientCredentials)
			r.Permissions[0].Need = Optional
		},
			[]string{"rule 11: route app: Google has no client credentials for mail"}},
		"Google scope that is none": {func(_ *Product, r *Route, _ *Artefact) {
			gmail(r, AuthCodeLoopback)
			r.Permissions[0].Name = "https://mail.google.com"
		},
			[]string{"rule 3: route app, permission https://mail.google.com: resource google has no delegated permission of this name"}},
		"vendor's app of the customer": {func(_ *Product, r *Route, _ *Artefact) {
			r.Flow, r.Permissions[0].Need, r.Scopes[Outbound], r.Proofs = VendorApp, Optional, "offline_access", []Proof{{ID: ProofProduct, Source: Source{"guide"}}}
		},
			[]string{"rule 4: route app: flow is vendor_app but the application is the customer's",
				"rule 4: route app: client_id is asked for although the application is the vendor's",
				"rule 4: route app: client_secret is asked for although the application is the vendor's"}},
		"sign-in of the product without a proof": {func(_ *Product, r *Route, _ *Artefact) { delegate(r); r.Proofs = nil },
			[]string{"rule 7: route app: the product finishes the sign-in, and no proof says how it can be tested"}},
		"proof where none is wanted": {func(_ *Product, r *Route, _ *Artefact) {
			r.Proofs = []Proof{{ID: ProofProduct, Source: Source{"guide"}}}
		},
			[]string{"rule 7: route app: proofs are for routes whose sign-in the product finishes, which this is not"}},
		"proof that leaves its change behind": {func(_ *Product, r *Route, _ *Artefact) { delegate(r); r.Proofs[0].Undo = nil },
			[]string{"rule 7: route app, proof device: it changes the registration and does not take it back, or the other way round"}},
		"loopback proof without a redirect": {func(_ *Product, r *Route, _ *Artefact) { delegate(r); r.Proofs[1].Redirect = "" },
			[]string{`rule 7: route app, proof loopback: its redirect is ""`}},
		"product's own proof with a change": {func(_ *Product, r *Route, _ *Artefact) { delegate(r); r.Proofs[2].Change = r.Proofs[0].Change },
			[]string{"rule 7: route app, proof product: the product's own test changes nothing in the registration"}},
		"our proof with the vendor's app": {func(p *Product, r *Route, a *Artefact) {
			delegate(r)
			r.Flow, r.AppOwner, r.Proofs, r.Values = VendorApp, "vendor", r.Proofs[:1], []string{"outbound"}
			p.Values, r.Artefacts, r.Rotation, r.Steps[0].Artefact = p.Values[3:], nil, Rotation{}, ""
			a.Placeholders, a.Count, a.template, a.Keep, a.ContainsSecret, a.secrets = nil, nil, "", nil, false, nil
		}, []string{"rule 7: route app, proof device: the application is the vendor's, so only the product can sign in with it"}},
		"test of ours without a token": {func(_ *Product, r *Route, _ *Artefact) { r.TestScopes = nil },
			[]string{"rule 7: route app, test send: it needs a token, and no test scope is given for outbound"}},
		"test of another protocol": {func(_ *Product, r *Route, _ *Artefact) { r.Tests[0].Kind = "graph_send" },
			[]string{"rule 7: route app, test send: it speaks graph, but the server for outbound speaks smtp"}},
		"choice between nothing": {func(p *Product, _ *Route, _ *Artefact) { p.Values[0].Kind = "choice" },
			[]string{"rule 2: value client_id: it is of kind choice with 0 options"}},
		"default that is refused": {func(p *Product, _ *Route, _ *Artefact) { p.Values[0].Default = "app" },
			[]string{`rule 2: value client_id: its default is not accepted: Client ID "app" is not a GUID: it has the form 11111111-2222-3333-4444-555555555555`}},
		"field of an unknown value": {func(_ *Product, _ *Route, a *Artefact) {
			a.Fields = []Field{{Label: "Id", Value: "{{clientid}} {{scope}}", Source: Source{"guide"}}}
		},
			[]string{"rule 1: artefact text, field Id: it names clientid, which is no value and nothing that is computed"}},
		"secret in the note of a field": {func(_ *Product, _ *Route, a *Artefact) {
			a.Fields = []Field{{Label: "Id", Value: "{{client_id}}", Note: secret, Source: Source{"guide"}}}
		},
			[]string{"rule 10: artefact text, field Id: a word of 37 characters looks like a secret"}},
		"text of a value that is not asked for": {func(p *Product, r *Route, _ *Artefact) {
			p.Values[0].RequiredIn, r.Values = nil, r.Values[1:]
		}, []string{"rule 2: value client_id: no route asks for it", "rule 16: route app: artefact text needs client_id, which the route does not ask for"}},
		"mention in a proof": {func(_ *Product, r *Route, _ *Artefact) {
			delegate(r)
			r.Proofs[0].Change = &Click{Screen: "Authentication", Text: "of {{tenant_id}} for {{redirect}}", Source: Source{"guide"}}
		}, []string{"rule 16: route app: a sentence mentions tenant_id, which the route does not ask for"}},
		"proof without a source": {func(_ *Product, r *Route, _ *Artefact) { delegate(r); r.Proofs[0].Undo.Source = nil },
			[]string{"rule 15: product sample, routes app, proofs device, undo: it names no source"}},

		"fact without a source": {func(_ *Product, r *Route, _ *Artefact) { r.Servers[0].Source = nil },
			[]string{"rule 15: product sample, routes app, servers: it names no source"}},
		"source that is not listed": {func(_ *Product, r *Route, _ *Artefact) { r.Permissions[0].Source = Source{"M99"} },
			[]string{"rule 15: product sample, routes app, permissions SMTP.SendAsApp: its source M99 is not among docs"}},

		"id with capitals":   {func(p *Product, _ *Route, _ *Artefact) { p.ID = "Sample" }, []string{"rule 16: product Sample: id has other characters"}},
		"day that is none":   {func(p *Product, _ *Route, _ *Artefact) { p.Warnings[0].From = "soon" }, []string{`rule 16: warning soon: "soon" is not a date`}},
		"page without https": {func(p *Product, _ *Route, _ *Artefact) { p.Docs[0].URL = "guide" }, []string{"rule 16: doc guide: url is not an https address"}},
		"id there twice": {func(p *Product, _ *Route, _ *Artefact) { p.Corrections = append(p.Corrections, p.Corrections[0]) },
			[]string{"rule 16: correction wrong: the id is there twice"}},
		"placeholder of an unknown value": {func(_ *Product, _ *Route, a *Artefact) { a.Placeholders["CLIENT_ID"] = "none" },
			[]string{"rule 2: route app: value client_id is asked for but not used", "rule 16: artefact text: there is no value none"}},
		"warning about an unknown route": {func(p *Product, _ *Route, _ *Artefact) { p.Warnings[0].Routes = []string{"none"} },
			[]string{"rule 16: warning soon: there is no route none"}},
		"step that pastes nothing": {func(_ *Product, r *Route, _ *Artefact) { r.Steps[0].Artefact = "none" },
			[]string{"rule 16: route app: no step pastes artefact text", "rule 16: route app, step paste: it pastes none, which the route does not have"}},
		"prerequisite of an unknown step": {func(_ *Product, r *Route, _ *Artefact) { r.Prerequisites[0].Exchange = "none" },
			[]string{"rule 16: route app, prerequisite smtp-on: there is no Exchange step none"}},
		"command with an unknown placeholder": {func(_ *Product, r *Route, _ *Artefact) { r.Exchange[0].Run[0] += " {{client_secret}}" },
			[]string{"rule 16: route app, Exchange step grant: a command has the placeholder client_secret, which nothing fills"}},
		"command with a bare address": {func(_ *Product, r *Route, _ *Artefact) { r.Exchange[0].Undo = []string{"Remove {{mailbox}}"} },
			[]string{"rule 16: route app, Exchange step grant: the placeholder mailbox stands bare"}},
		"command that is not repeated": {func(_ *Product, r *Route, _ *Artefact) { r.Exchange[0].ForEach = "" },
			[]string{"rule 16: route app, Exchange step grant: a command has the placeholder mailbox but is not repeated"}},
		"quotation left open": {func(_ *Product, r *Route, _ *Artefact) { r.Exchange[0].Verify = []string{`Get "x`} },
			[]string{"rule 16: route app, Exchange step grant: a quotation does not end"}},
		"request that the text does not hold": {func(_ *Product, _ *Route, a *Artefact) {
			a.Requests = []Request{{ID: "token", URL: "none", Payload: "none."}}
		},
			[]string{"rule 16: artefact text, request token: its address: the text has no none", "rule 16: artefact text, request token: no key begins with none."}},
		"request to a place without encryption": {func(_ *Product, _ *Route, a *Artefact) {
			a.Requests = []Request{{ID: "token", URL: "mail.id", Payload: "mail.re"}}
		},
			[]string{"rule 16: artefact text, request token: its address is not https"}},
		"two recommended routes": {func(p *Product, r *Route, _ *Artefact) {
			second := *r
			second.ID = "second"
			p.Routes = append(p.Routes, second)
			for i := range p.Values {
				p.Values[i].RequiredIn = append(p.Values[i].RequiredIn, "second")
			}
		}, []string{"rule 16: route second: route app of the same provider is recommended too"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := loadSample(t)
			test.breakIt(p, &p.Routes[0], &p.Artefacts[0])
			var got []string
			for _, f := range Lint(p) {
				got = append(got, f.String())
				if f.Fix == "" || strings.Contains(f.String()+f.Fix, secret) {
					t.Errorf("no fix, or it shows the secret: %+v", f)
				}
			}
			if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// What a rule allows as an exception must stay allowed.
func TestLintAccepts(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(p *Product, r *Route){
		"redirect without platform, corrected":  func(p *Product, r *Route) { r.Redirect.Kind, p.Corrections[0].About = "template", "redirect" },
		"retiring, admitted not to be known":    func(p *Product, r *Route) { r.Status, p.Unknowns[0].Field = "retiring", "routes.app.replaced_by" },
		"retiring into another route":           func(_ *Product, r *Route) { r.Status, r.ReplacedBy = "retiring", "app" },
		"product test admitted not to be known": func(p *Product, r *Route) { r.Tests, p.Unknowns[0].Field = r.Tests[:1], "routes.app.tests" },
		"offline_access requested by product": func(_ *Product, r *Route) {
			r.Flow, r.Scopes[Outbound], r.Permissions[0].Need = DeviceCode, "SMTP.Send offline_access", Optional
		},
		"reason why there is no test":       func(_ *Product, r *Route) { r.Tests[0].Kind, r.Tests[0].SideEffects = "none", nil },
		"sign-in that the product finishes": func(_ *Product, r *Route) { delegate(r) },
		"permissions admitted not to be known": func(p *Product, r *Route) {
			delegate(r)
			r.Scopes[Outbound], p.Unknowns[0].Field = "SMTP.Send", "routes.app.permissions"
		},
		"value of another provider": func(p *Product, r *Route) {
			second := *r
			second.ID, second.Recommended = "second", false
			p.Routes = append(p.Routes, second)
			for i := range p.Values[1:] {
				p.Values[1+i].RequiredIn = append(p.Values[1+i].RequiredIn, "second")
			}
			other := p.Values[0]
			other.Kind, other.RequiredIn = "text", []string{"second"}
			p.Values = append(p.Values, other)
		},
		"password of a closed route": func(_ *Product, r *Route) { r.Flow, r.Status = Password, "closed" },
		"value that only the token is asked for with": func(p *Product, r *Route) {
			p.Values = append(p.Values, Value{ID: "tenant_id", RequiredIn: []string{"app"}, Source: Source{"guide"}})
			r.Values, r.Tests[0].Kind = append(r.Values, "tenant_id"), "token"
		},
		"redirect of the vendor's own": func(_ *Product, r *Route) { r.Redirect.Kind = "vendor_owned" },
		"a choice with its default": func(p *Product, _ *Route) {
			p.Values[0].Kind, p.Values[0].Options, p.Values[0].Default = "choice", []Option{{Value: "a"}}, "a"
		},
		"a test that only marks read": func(_ *Product, r *Route) { r.Tests[1].SideEffects = []string{"marks_read"} },
		"Gmail's scope":               func(_ *Product, r *Route) { gmail(r, AuthCodeLoopback) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := loadSample(t)
			change(p, &p.Routes[0])
			for _, f := range Lint(p) {
				t.Error(f)
			}
		})
	}
}

func TestNotices(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		day  string
		want []string
	}{
		"the day of the comparison": {"2026-11-21", nil},
		"the day before it closes":  {"2026-12-31", nil},
		"the day it closes":         {"2027-01-01", []string{"rule 9: route app: This way closes."}},
		"180 days later":            {"2027-05-20", []string{"rule 9: route app: This way closes."}},
		"181 days later":            {"2027-05-21", []string{"rule 9: route app: This way closes.", "rule 14: product sample: its facts were last compared with their sources 181 days ago"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now, err := time.Parse(time.DateOnly, test.day)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range Notices(loadSample(t), now) {
				got = append(got, f.String())
			}
			if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("got %q", got)
			}
		})
	}
}

func BenchmarkLint(b *testing.B) {
	p := loadAgiloft(b)
	b.ReportAllocs()
	for b.Loop() {
		Lint(p)
	}
}
