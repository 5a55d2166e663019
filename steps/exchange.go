package steps

import (
	"context"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

// exchangeStep shows what an Exchange administrator must grant. The tests show whether it was.
type exchangeStep struct{ road *Road }

func (exchangeStep) Name() Name    { return StepExchange }
func (exchangeStep) Title() string { return "Exchange grants" }

func (s exchangeStep) Ask(state State) []Question {
	if state.Route == nil {
		return nil
	}
	var questions []Question
	plan, err := NewPlan(s.road.Catalogue, state.Answers)
	var object providers.ObjectID
	if err == nil {
		object = ObjectIDOf(plan, state.Grants)
	}
	if err == nil && plan.AppOnly() && object == "" {
		questions = append(questions, Question{
			Key: KeyObjectID, Label: "Object ID of the enterprise application", Optional: true,
			Help:  "the token does not show it; the commands need it",
			Where: "Entra ID › Enterprise applications › this application › Overview › Object ID",
			Check: func(text string) error {
				if _, err := providers.ParseObjectID(text); err != nil {
					return err
				}
				return checkObjectID(text, state.Answers.ClientID)
			},
		})
	}
	boxes := state.Answers.Mailboxes
	for _, need := range state.Route.PrerequisitesFor(boxes.Outbound != nil, len(boxes.Inbound) > 0) {
		if need.Confirm {
			questions = append(questions, Question{
				Key: Key("confirmed." + need.ID), Label: need.Text, Kind: Confirm, Optional: true,
				Help: "who: " + roleName(need.Who), Where: strings.Join(need.Commands(plan.fill(object)), "; "),
			})
		}
	}
	return questions
}

func (exchangeStep) Do(_ context.Context, state State, _ Emit) (State, error) { return state, nil }

// ObjectIDOf is the enterprise application's Object ID: the app-only token's oid, which cannot
// be wrong, or the one that was typed.
func ObjectIDOf(plan Plan, grants Grants) providers.ObjectID {
	if plan.AppOnly() && len(plan.Tests) > 0 {
		if grant, ok := grants.For(plan, plan.Tests[0]); ok && grant.Err == nil && grant.Claims.ObjectID != "" {
			return providers.ObjectID(grant.Claims.ObjectID)
		}
	}
	return plan.ObjectID
}

// ExchangeScript is the PowerShell for a state, for every front end.
func (r *Road) ExchangeScript(state State) []product.Command {
	plan, err := NewPlan(r.Catalogue, state.Answers)
	if err != nil {
		return nil
	}
	return plan.ExchangeCommands(ObjectIDOf(plan, state.Grants))
}
