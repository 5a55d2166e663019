package tui

import (
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
	"github.com/mailgrant/mailgrant/tui/theme"
)

// remarkOnRoute is what the list of ways says besides: the provider they stand under, whether a way
// closes, whose application it needs, and what nobody published about it.
func remarkOnRoute(t theme.Theme, p *product.Product, option steps.Option) remark {
	route, ok := p.Route(option.Value)
	if !ok {
		return remark{}
	}
	r := remark{facts: routeFacts(p, route)}
	if severalProviders(p) {
		r.group = providerName(route.Provider)
	}
	r.tag, r.style = statusTag(t, route, option)
	if words := deducedWords(route); words != "" {
		r.warnings = []string{words}
	}
	return r
}

// deducedWords name the permissions of a way that nobody published.
func deducedWords(route *product.Route) string {
	switch names := unpublished(route.Permissions); len(names) {
	case 0:
		return ""
	case 1:
		return "The permission " + names[0] + " is deduced: nobody published it."
	default:
		return "The permissions " + strings.Join(names, ", ") + " are deduced: nobody published them."
	}
}

// statusTag is a way's state in a word, where it is not simply open.
func statusTag(t theme.Theme, route *product.Route, option steps.Option) (string, lipgloss.Style) {
	switch {
	case route.Status == "closed":
		return t.Failed().Glyph + " closed", t.Failure
	case stopped(option) != "":
		return t.Failed().Glyph + " stopped", t.Failure
	case route.Status == "retiring":
		return t.Warned().Glyph + " retiring", t.Warning
	}
	return "", t.Plain
}

func routeFacts(p *product.Product, route *product.Route) []steps.Fact {
	var facts []steps.Fact
	if route.AppOwner == "vendor" {
		facts = append(facts, steps.Fact{Label: "App", Text: "the vendor's own; you register none"})
	}
	if words := versionWords(route.Versions); words != "" {
		facts = append(facts, steps.Fact{Label: "Versions", Text: words})
	}
	if next, ok := p.Route(route.ReplacedBy); ok {
		facts = append(facts, steps.Fact{Label: "Instead", Text: next.Title})
	}
	return facts
}

// versionWords say which versions of the product have a way.
func versionWords(v product.Versions) string {
	words := ""
	switch {
	case v.From != "" && v.To != "":
		words = v.From + " to " + v.To
	case v.From != "":
		words = v.From + " and later"
	case v.To != "":
		words = "up to " + v.To
	}
	if words != "" && v.Note != "" {
		words += ". "
	}
	return words + sentence(v.Note)
}

// stopped is why a way cannot be taken today; empty when it can.
func stopped(option steps.Option) string {
	for _, warning := range option.Warnings {
		if warning.Level == "stop" {
			return firstSentence(warning.Text)
		}
	}
	return ""
}

// unpublished are the permissions that a route cannot do without and that nobody wrote down.
func unpublished(permissions []product.Permission) []string {
	var names []string
	for _, permission := range permissions {
		if permission.Must() && doubtful(permission.Source) {
			names = append(names, permission.Name)
		}
	}
	return names
}

// doubtful reports whether a fact was deduced, or is not known at all.
func doubtful(source product.Source) bool {
	for _, from := range source {
		if from == "inferred" || from == "unknown" {
			return true
		}
	}
	return false
}

func severalProviders(p *product.Product) bool {
	for _, route := range p.Routes {
		if route.Provider != p.Routes[0].Provider {
			return true
		}
	}
	return false
}

func providerName(id string) string {
	switch id {
	case "microsoft":
		return "Microsoft 365"
	case "google":
		return "Gmail and Google Workspace"
	}
	return id
}

// effectWords say what a product does to the mail that it reads.
func effectWords(p *product.Product) string {
	var words []string
	for _, effect := range p.Effects {
		switch effect {
		case "deletes_mail":
			words = append(words, "deletes the mail it has read")
		case "auto_replies":
			words = append(words, "answers mail by itself")
		case "marks_read":
			words = append(words, "marks mail as read")
		case "rejects_unknown":
			words = append(words, "turns away mail from unknown senders")
		}
	}
	if len(words) == 0 {
		return ""
	}
	last := len(words) - 1
	if last > 0 {
		words[last-1] += " and " + words[last]
		words = words[:last]
	}
	return p.Name + " " + strings.Join(words, ", ") + "."
}
