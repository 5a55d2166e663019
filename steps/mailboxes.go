package steps

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

// mailboxStep asks for the mailboxes and what they are for.
type mailboxStep struct{ road *Road }

func (mailboxStep) Name() Name    { return StepMailboxes }
func (mailboxStep) Title() string { return "Mailboxes and directions" }

func (s mailboxStep) Ask(state State) []Question {
	if state.Route == nil {
		return nil
	}
	var questions []Question
	delegated := state.Way() == ByDeviceCode || state.Way() == InBrowser
	if _, sends := state.Route.Directions[product.Outbound]; sends {
		questions = append(questions, Question{
			Key: KeyOutbound, Label: "Outbound address", Group: "Outbound", Example: "crm@contoso.example", Optional: true,
			Help:  state.Product.Name + " sends from this mailbox; leave it empty if it only reads",
			Check: checkAddress,
		})
		if delegated && state.Answers.Mailboxes.Outbound != nil {
			questions = append(questions, signedInAs(KeyOutboundAs, "Outbound"))
		}
	}
	if _, reads := state.Route.Directions[product.Inbound]; reads {
		for i := range len(state.Answers.Mailboxes.Inbound) + 1 {
			if i > 0 && state.Route.Directions[product.Inbound] == "single" {
				break
			}
			questions = append(questions, s.inbound(state, i, delegated)...)
		}
	}
	return questions
}

func (s mailboxStep) inbound(state State, i int, delegated bool) []Question {
	group := "Inbound " + strconv.Itoa(i+1)
	address := Question{
		Key: inboundKey(i, partAddress), Label: group + " address", Group: group, Example: "contracts@contoso.example", Optional: true,
		Help: state.Product.Name + " reads this mailbox; leave it empty when there is no further one",
		Check: func(text string) error {
			if err := checkAddress(text); err != nil {
				return err
			}
			for j, other := range state.Answers.Mailboxes.Inbound {
				if j != i && strings.EqualFold(strings.TrimSpace(text), other.Address) {
					return &AnswerError{Message: fmt.Sprintf("inbound address %s is given twice", text), Fix: "give each table a mailbox of its own"}
				}
			}
			return nil
		},
	}
	if i == len(state.Answers.Mailboxes.Inbound) {
		return []Question{address}
	}
	questions := []Question{address}
	for _, of := range []struct{ id, part, about string }{
		{"table", partTable, "the table of " + state.Product.Name + " that this mail goes to"},
		{"folder", partFolder, "only if the mail is not in the inbox"},
	} {
		if value, ok := ValueOf(state.Product, state.Route, of.id); ok && takes(state.Route, of.id) {
			questions = append(questions, Question{
				Key: inboundKey(i, of.part), Label: value.Label, Group: group, Optional: value.Optional,
				Example: value.Example, Help: cmp.Or(value.Hint, of.about), Where: value.Portal,
				Check: func(text string) error { return checkPlain(of.id, text) },
			})
		}
	}
	if delegated {
		questions = append(questions, signedInAs(inboundKey(i, partSignedInAs), group))
	}
	return questions
}

func signedInAs(key Key, group string) Question {
	return Question{
		Key: key, Label: "Signs in as", Group: group, Optional: true,
		Help:  "only if the account that signs in has another name than the address, as for a shared mailbox",
		Check: checkAddress,
	}
}

func checkAddress(text string) error {
	_, err := providers.ParseAddress(text)
	return err
}

// Do refuses what does not go together: no mailbox at all, or an inbound address twice.
func (s mailboxStep) Do(_ context.Context, state State, _ Emit) (State, error) {
	b := &planner{answers: state.Answers, plan: Plan{Product: state.Product, Route: state.Route, answers: state.Answers}}
	b.mailboxes()
	if len(b.wrong) > 0 {
		return state, b.wrong
	}
	return state, nil
}
