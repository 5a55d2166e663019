package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
)

// registrationGuide is the way to the values of the registration, click by click, with the
// redirect URI to copy.
type registrationGuide struct {
	reading
	uri string // to register; empty where there is none
}

func newRegistrationGuide(state steps.State) screen {
	g := &registrationGuide{uri: redirectURI(state)}
	g.title, g.place = "How to make the app registration", "click by click"
	if registersNothing(state) {
		g.title = "Nothing has to be registered"
	}
	g.write = func(d *drawing, a area) { g.writeAll(d, a, state) }
	return g
}

// redirectURI is the address to register, with what the person has typed so far in it.
func redirectURI(state steps.State) string {
	return state.Route.Redirect.URI(typedValues(state))
}

// typedValues are what instructions may mention, as far as it is known.
func typedValues(state steps.State) map[string]string {
	values := map[string]string{"client_id": state.Answers.ClientID, "tenant_id": state.Answers.Tenant}
	for _, value := range state.Product.Values {
		if value.Default != "" {
			values[value.ID] = value.Default
		}
	}
	for id, value := range state.Answers.Values {
		values[id] = value
	}
	if boxes := state.Answers.Mailboxes; boxes.Outbound != nil {
		values["outbound"] = boxes.Outbound.Address
	}
	if boxes := state.Answers.Mailboxes.Inbound; len(boxes) > 0 {
		values["inbound"] = boxes[0].Address
	}
	return values
}

// cannotCopy is why the redirect URI is not copied.
func (g *registrationGuide) cannotCopy() string {
	switch {
	case g.uri == "":
		return "this way has no redirect URI to register"
	case strings.Contains(g.uri, "<"):
		return "the redirect URI is not whole: go back and fill in what stands in < >"
	}
	return ""
}

func (g *registrationGuide) Update(msg tea.Msg) (move, tea.Cmd) {
	if on(msg, "c") {
		return nil, copyOut(g.uri, "the redirect URI was")
	}
	return g.reading.Update(msg)
}

func (g *registrationGuide) Keys() []binding {
	return append([]binding{bind("copy redirect URI", "c").unless(g.cannotCopy())}, g.reading.Keys()...)
}

func (g *registrationGuide) writeAll(d *drawing, a area, state steps.State) {
	if registersNothing(state) {
		d.Text(a.Theme.Plain, 0, state.Product.Name+" brings an application of its own: you register none, and there is no secret to keep.")
		writeConsent(d, a, state)
		d.Gap()
	}
	g.writeRedirect(d, a, state)
	values := typedValues(state)
	for i, click := range state.Route.Registration.Steps {
		d.Label(fmt.Sprintf("%d", i+1), click.Screen, a.Theme.Accent, 0, 4)
		text := product.Say(click.Text, values)
		if deduced(click.Source) {
			text += " (Deduced: no page says so.)"
		}
		d.Text(a.Theme.Plain, 4, text)
	}
	if len(state.Route.Registration.Steps) == 0 && !registersNothing(state) {
		d.Text(a.Theme.Quiet, 0, "Nobody has written down the clicks for this way: see the vendor's page.")
	}
}

// deduced reports whether a fact rests on nothing that was read anywhere.
func deduced(source product.Source) bool {
	return len(source) > 0 && !slices.ContainsFunc(source, func(from string) bool { return from != "inferred" && from != "unknown" })
}

// writeRedirect is the redirect URI with its rules, where it is copied from, and where the
// vendor's page has it wrong.
func (g *registrationGuide) writeRedirect(d *drawing, a area, state steps.State) {
	redirect := state.Route.Redirect
	if redirect.Kind == "" || redirect.Kind == "none" {
		return
	}
	d.Label("Redirect", g.uri, a.Theme.Accent, 0, 10)
	if redirect.CopyFrom != "" {
		d.Label("Copy from", redirect.CopyFrom, a.Theme.Plain, 0, 10)
	}
	d.Label("Rules", ruleWords(redirect.Rules), a.Theme.Plain, 0, 10)
	d.Label("Note", redirect.Note, a.Theme.Quiet, 0, 10)
	d.Gap()
	for _, c := range state.Product.CorrectionsFor(state.Route.ID) {
		if c.About == "redirect" {
			writeCorrection(d, a, c)
		}
	}
}

// ruleWords say what a redirect URI has to be like.
func ruleWords(rules []string) string {
	var words []string
	for _, rule := range rules {
		switch rule {
		case "https":
			words = append(words, "it begins with https")
		case "exact_case":
			words = append(words, "capital letters count")
		case "has_query":
			words = append(words, "what stands after the ? belongs to it")
		case "no_personal_accounts":
			words = append(words, "the registration must not be open to personal accounts")
		case "no_path":
			words = append(words, "nothing stands behind the host")
		}
	}
	return sentence(strings.Join(words, "; "))
}

// writeConsent says who has to agree to the application, and why.
func writeConsent(d *drawing, a area, state steps.State) {
	consent := state.Route.Consent
	if consent.Need == "" || consent.Need == "none" {
		return
	}
	d.Gap()
	d.Add(a.Theme.Accent.Render("Consent"))
	d.Text(a.Theme.Plain, 0, consentWords(consent, state.Route.Provider))
	d.Text(a.Theme.Quiet, 0, sentence(consent.Why))
}

func consentWords(consent product.Consent, provider string) string {
	who := "the person who signs in"
	if consent.By == "admin" {
		who = "an Entra admin, once for the whole organisation"
		if provider == "google" {
			who = "a Workspace admin, who trusts the application for the whole organisation"
		}
	}
	if consent.Need == "expected" {
		return "It may have to be agreed to by " + who + "."
	}
	return "It has to be agreed to by " + who + "."
}
