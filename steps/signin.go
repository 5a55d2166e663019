package steps

import (
	"context"
	"time"
)

// signInStep has every account sign in once, the outbound one first.
type signInStep struct{ road *Road }

func (signInStep) Name() Name           { return StepSignIn }
func (signInStep) Title() string        { return "Sign in" }
func (signInStep) Ask(State) []Question { return nil }

// Do asks for the sign-ins that are still open. What was signed in before stays when a later
// one fails.
func (s signInStep) Do(ctx context.Context, state State, emit Emit) (State, error) {
	plan, err := s.road.plan(state.Answers)
	if err != nil {
		return state, err
	}
	if plan.AppOnly() {
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
		grant, err := s.road.signIn(ctx, plan, i, emit)
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
