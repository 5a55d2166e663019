package steps

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

// alternativeKey is where the answers choose between the Exchange steps of a group: "smtp-access"
// stands under values as smtp_access.
func alternativeKey(group string) Key { return valueKey(strings.ReplaceAll(group, "-", "_")) }

// groups are a route's groups of alternatives for the directions in use, in order.
func groups(route *product.Route, outbound, inbound bool) []string {
	var all []string
	for _, step := range route.Exchange {
		idle := step.ForEach == "outbound" && !outbound || step.ForEach == "inbound" && !inbound
		if step.OneOf != "" && !idle && !slices.Contains(all, step.OneOf) {
			all = append(all, step.OneOf)
		}
	}
	return all
}

// alternativeQuestions ask how Exchange is to let the app in, wherever there is more than one way.
// The permission checklist follows from it, so they come before that.
func alternativeQuestions(route *product.Route, answers Answers) []Question {
	var questions []Question
	for _, group := range groups(route, answers.Mailboxes.Outbound != nil, len(answers.Mailboxes.Inbound) > 0) {
		question := Question{
			Key: alternativeKey(group), Label: "How Exchange lets the app " + purpose(route, group), Kind: Choice,
			Help: "two ways that must not be mixed; the permission checklist and the commands follow from it",
		}
		for _, step := range route.Alternatives(group) {
			question.Options = append(question.Options, Option{Value: step.ID, Label: step.Title, Summary: step.Note})
		}
		question.Default, question.Check = question.Options[0].Value, oneOf(question.Options)
		questions = append(questions, question)
	}
	return questions
}

// purpose is what a group of alternatives is for.
func purpose(route *product.Route, group string) string {
	switch route.Alternatives(group)[0].ForEach {
	case "outbound":
		return "send"
	case "inbound":
		return "read"
	}
	return "in"
}

// choices are the alternatives that the answers choose, by group; the rest have their defaults.
func (p Plan) choices() map[string]string {
	chosen := map[string]string{}
	for _, group := range groups(p.Route, true, true) {
		if id := p.answers.Get(alternativeKey(group)); id != "" {
			chosen[group] = id
		}
	}
	return chosen
}

// Permissions are what the route needs for the directions in use and the alternatives chosen, and
// what a mailbox needs besides that another account signs in for.
func (p Plan) Permissions() []product.Permission {
	list := p.Route.PermissionsChosen(p.Outbound != nil, len(p.Inbound) > 0, p.choices())
	for _, test := range p.Tests {
		if p.shared(test.Mailbox) == "" {
			continue
		}
		listed := func(have product.Permission) bool { return have.Type == "delegated" && have.Name == test.Needs }
		if at := slices.IndexFunc(list, listed); at >= 0 {
			list[at].Need = product.Required // optional only where nobody's mailbox is shared
			continue
		}
		list = append([]product.Permission{{
			Resource: "graph", Type: "delegated", Name: test.Needs, Directions: []product.Direction{test.Mailbox.Direction},
			Need: product.ProviderNeedsVendorOmits, Note: "for " + string(test.Mailbox.Address) + ", which another account signs in for",
		}}, list...)
	}
	return list
}

// chooses reports whether a value chooses between alternatives on one of the product's routes, and
// what is wrong with it.
func chooses(p *product.Product, id, value string) (bool, error) {
	var steps []string
	for i := range p.Routes {
		for _, group := range groups(&p.Routes[i], true, true) {
			if alternativeKey(group) != valueKey(id) {
				continue
			}
			for _, step := range p.Routes[i].Alternatives(group) {
				steps = appendNew(steps, step.ID)
			}
		}
	}
	if len(steps) == 0 || slices.Contains(steps, value) {
		return len(steps) > 0, nil
	}
	return true, &AnswerError{Message: fmt.Sprintf("%s %q is not one of the alternatives", id, providers.Clean(value)), Fix: "choose one of: " + strings.Join(steps, ", ")}
}
