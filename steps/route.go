package steps

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/steps/product"
)

// routeStep chooses the product and the way it signs in.
type routeStep struct{ road *Road }

func (routeStep) Name() Name    { return StepRoute }
func (routeStep) Title() string { return "How the product signs in" }

func (s routeStep) Ask(state State) []Question {
	questions := []Question{{
		Key: KeyProduct, Label: "Product", Kind: Choice, Help: "the business application that reads and sends the mail",
		Options: s.products(), Check: func(id string) error { _, err := s.road.Catalogue.Product(id); return err },
	}}
	chosen, err := s.road.Catalogue.Product(state.Answers.Product)
	if state.Answers.Product == "" || err != nil {
		return questions
	}
	return append(questions, Question{
		Key: KeyRoute, Label: "Way to sign in", Kind: Choice, Help: "each way with what it needs and what it costs later",
		Options: s.routes(chosen, state),
		Check: func(id string) error {
			if _, ok := chosen.Route(id); !ok {
				return &AnswerError{Key: KeyRoute, Message: fmt.Sprintf("route %q is not one of %s's", providers.Clean(id), chosen.Name), Fix: "choose one of: " + strings.Join(routeIDs(chosen), ", ")}
			}
			return nil
		},
	})
}

func (s routeStep) products() []Option {
	var options []Option
	for _, head := range s.road.Catalogue.Heads() {
		options = append(options, Option{Value: head.ID, Label: head.Name, Summary: head.Category})
	}
	return options
}

func (s routeStep) routes(p *product.Product, state State) []Option {
	var options []Option
	for _, route := range p.Routes {
		options = append(options, Option{
			Value: route.ID, Label: route.Title, Recommended: route.Recommended, Summary: route.Summary,
			Facts: routeFacts(route, state), Warnings: p.WarningsAt(route.ID, s.road.Now()),
		})
	}
	return options
}

// routeFacts is what choosing a route means, so that a person can compare.
func routeFacts(route product.Route, state State) []Fact {
	var roles []string
	for _, need := range route.Prerequisites {
		roles = appendNew(roles, roleName(need.Who))
	}
	if len(route.Exchange) > 0 {
		roles = appendNew(roles, roleName("exchange-admin"))
	}
	signIns := "none"
	if route.Flow != product.ClientCredentials {
		signIns = "one for each mailbox"
		if n := len(state.Answers.Mailboxes.Inbound); n > 0 || state.Answers.Mailboxes.Outbound != nil {
			signIns = fmt.Sprintf("%d", countAccounts(state.Answers))
		}
	}
	portal := ""
	if n := len(route.Registration.Steps); n > 0 {
		portal = fmt.Sprintf("%d steps", n)
	}
	facts := []Fact{{"Needs", strings.Join(roles, ", ")}, {"Renew", route.Renewal}, {"Portal", portal}, {"Sign-ins", signIns}}
	return slices.DeleteFunc(facts, func(f Fact) bool { return f.Text == "" })
}

func countAccounts(answers Answers) int {
	accounts := map[string]bool{}
	add := func(mailbox MailboxAnswer) {
		account := mailbox.SignedInAs
		if account == "" {
			account = mailbox.Address
		}
		accounts[strings.ToLower(account)] = true
	}
	if answers.Mailboxes.Outbound != nil {
		add(*answers.Mailboxes.Outbound)
	}
	for _, inbound := range answers.Mailboxes.Inbound {
		add(inbound)
	}
	return len(accounts)
}

func appendNew(list []string, text string) []string {
	for _, have := range list {
		if have == text {
			return list
		}
	}
	return append(list, text)
}

// roleName is the person behind an owner's name.
func roleName(owner string) string {
	switch diagnosis.Owner(owner) {
	case diagnosis.EntraAdmin:
		return "Entra admin"
	case diagnosis.ExchangeAdmin:
		return "Exchange admin"
	case diagnosis.ProductAdmin:
		return "product admin"
	case diagnosis.MailboxUser:
		return "the mailboxes' users"
	case diagnosis.WorkspaceAdmin:
		return "Workspace admin"
	case diagnosis.NetworkAdmin:
		return "network admin"
	case diagnosis.You:
		return "you"
	}
	return owner
}

// RoleName is the person behind an owner's name, for screens.
func RoleName(owner diagnosis.Owner) string { return roleName(string(owner)) }

// Do takes the choice, and makes sure that the client secret has a place to go before anybody
// is asked for it.
func (s routeStep) Do(ctx context.Context, state State, emit Emit) (State, error) {
	chosen, err := s.road.Catalogue.Product(state.Answers.Product)
	if err != nil {
		return state, AnswerErrors{{Key: KeyProduct, Message: err.Error()}}
	}
	route, ok := chosen.Route(state.Answers.Route)
	if !ok {
		return state, AnswerErrors{missing(KeyRoute, "route", "choose one of: "+strings.Join(routeIDs(chosen), ", "))}
	}
	if err := s.road.Stopped(chosen, route); err != nil {
		return state, err
	}
	state.Product, state.Route = chosen, route
	state.Answers.Product = chosen.ID
	if needsSecret(route, state.Answers) {
		emit(Working{"checking that " + s.road.Store.Describe() + " can keep the client secret"})
		if err := s.road.Store.Ready(ctx); err != nil {
			return state, s.road.storeProblem(err)
		}
	}
	return state, nil
}

// Stopped says why a route cannot be taken today, where a dated warning stops it.
func (r *Road) Stopped(p *product.Product, route *product.Route) error {
	for _, warning := range p.WarningsAt(route.ID, r.Now()) {
		if warning.Level == "stop" {
			return AnswerErrors{{Key: KeyRoute, Message: strings.TrimSuffix(warning.Text, "."), Fix: "choose another route"}}
		}
	}
	return nil
}

// storeProblem diagnoses a store that does not work.
func (r *Road) storeProblem(err error) error {
	return diagnosed(diagnosis.Symptom{Layer: providers.LayerLocal, Protocol: "keychain", Err: err}, diagnosis.Evidence{})
}
