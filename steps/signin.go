package steps

import (
	"context"
	"time"
)

// signInStep has every account sign in once, the outbound one first.
type signInStep struct{ road *Road }

func (signInStep) Name() Name    { return StepSignIn }
func (signInStep) Title() string { return "Sign in" }

// Ask chooses how the sign-in is proved where the product itself finishes it.
func (signInStep) Ask(state State) []Question {
	if state.Route == nil || len(state.Route.Proofs) < 2 {
		return nil
	}
	question := Question{
		Key: KeyProof, Label: "How to prove it", Kind: Choice, Default: proofOf(state.Route, state.Answers).ID,
		Help: state.Product.Name + " finishes the sign-in itself, so its token stays there; this proves the same registration and mailboxes",
	}
	for _, proof := range state.Route.Proofs {
		option := Option{Value: proof.ID, Label: proof.Title, Summary: proof.Note}
		if proof.Change != nil {
			option.Facts = append(option.Facts, Fact{"Change for now", proof.Change.Screen + ": " + proof.Change.Text})
		}
		if proof.Undo != nil {
			option.Facts = append(option.Facts, Fact{"Undo after", proof.Undo.Screen + ": " + proof.Undo.Text})
		}
		question.Options = append(question.Options, option)
	}
	question.Check = oneOf(question.Options)
	return []Question{question}
}

// Do asks for the sign-ins that are still open. What was signed in before stays when a later
// one fails.
func (s signInStep) Do(ctx context.Context, state State, emit Emit) (State, error) {
	plan, err := s.road.plan(state.Answers)
	if err != nil {
		return state, err
	}
	if !plan.Delegated() {
		return state, nil
	}
	if s.road.nobody() {
		return state, s.road.tokenProblem(plan, Credential{}, plan.SignIns[0], &notSignedIn{account: plan.SignIns[0].Account})
	}
	state.Grants = state.Grants.Alive(s.road.Now().Add(time.Minute))
	for i := 0; i < len(plan.SignIns); i++ {
		signIn := plan.SignIns[i]
		key := keyOf(plan, signIn.Account, signIn.Scopes...)
		if _, done := state.Grants.get(key); done {
			continue
		}
		grant, err := s.road.signIn(ctx, plan, Credential{state.secret, true}, i, emit)
		if err == nil {
			err = grant.Err
		}
		if ctx.Err() != nil {
			return state, ctx.Err()
		}
		if err != nil {
			return state, s.road.tokenProblem(plan, Credential{}, signIn, err)
		}
		if wrong := wrongAccount(signIn, grant.Grant); wrong != nil {
			// Somebody allowed it: from now on this is the account that signs in, so that the
			// tests name it to the server and a later check expects it.
			state.Answers = state.Answers.signingInAs(wrong.Want, wrong.Got)
			if plan, err = s.road.plan(state.Answers); err != nil {
				return state, err
			}
			key = keyOf(plan, wrong.Got, signIn.Scopes...)
			i = -1 // that account may be needed for more now
		}
		state.Grants = state.Grants.with(key, grant)
	}
	state.Checklist = checklist(plan, state.Grants, s.road.Now())
	return state, nil
}
