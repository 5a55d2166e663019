package steps

import "context"

// permissionStep compares what is granted with what is needed. It never stops anybody: a proof
// decides, not a list.
type permissionStep struct{ road *Road }

func (permissionStep) Name() Name    { return StepPermissions }
func (permissionStep) Title() string { return "Permissions" }

// Ask asks which of the alternatives in Exchange is taken, because the checklist follows from it.
func (permissionStep) Ask(state State) []Question {
	if state.Route == nil {
		return nil
	}
	return alternativeQuestions(state.Route, state.Answers)
}

// Do computes the checklist from the tokens that are at hand. A product that signs in as
// itself is asked for a new token when something is missing, since somebody may just have
// granted it.
func (s permissionStep) Do(ctx context.Context, state State, emit Emit) (State, error) {
	plan, err := s.road.plan(state.Answers)
	if err != nil {
		return state, err
	}
	if plan.AppOnly() && anyMissing(state.Checklist) {
		if state.Grants, err = s.road.appTokens(ctx, plan, Credential{state.secret, true}, true, emit); err != nil {
			return state, err
		}
	}
	state.Checklist = checklist(plan, state.Grants, s.road.Now())
	return state, nil
}

func anyMissing(lines []Line) bool {
	for _, line := range lines {
		if line.State == Missing {
			return true
		}
	}
	return false
}
