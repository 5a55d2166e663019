package steps

import (
	"context"
)

// testStep proves the plan: every mailbox over its protocol, and every text.
type testStep struct{ road *Road }

func (testStep) Name() Name    { return StepTests }
func (testStep) Title() string { return "Connection tests" }

// Ask asks where a test message goes, or where only the product can prove it, what was seen there.
func (s testStep) Ask(state State) []Question {
	if state.Way() == ByProduct {
		return s.confirmations(state)
	}
	if state.Route == nil || state.Answers.Mailboxes.Outbound == nil {
		return nil
	}
	return []Question{{
		Key: KeySendTo, Label: "Send one test message to", Optional: true, Example: state.Answers.Mailboxes.Outbound.Address,
		Help:  "leave it empty to sign in to SMTP without sending anything",
		Check: checkAddress,
	}}
}

// confirmations are the product's own tests, to be ticked by who made them.
func (s testStep) confirmations(state State) []Question {
	plan, err := NewPlan(s.road.Catalogue, state.Answers)
	if err != nil {
		return nil
	}
	var questions []Question
	for _, test := range plan.ProductTests() {
		questions = append(questions, Question{
			Key: keyConfirmed + "." + Key(test.ID), Label: test.Expect, Kind: Confirm, Optional: true,
			Help: "make this test in " + plan.Product.Name + " first; tick it when this is what you saw",
		})
	}
	return questions
}

// Do tests, and verifies when everything passed. Otherwise the error is a *Problem with the
// diagnosis nearest the root, and the State holds all results.
func (s testStep) Do(ctx context.Context, state State, emit Emit) (State, error) {
	return s.road.test(ctx, state, nil, emit)
}

// TestAgain does the work of the test step, but repeats only the tests that have not passed
// yet; when all have, it repeats them all. A product that signs in as itself gets a new token,
// since what was missing may just have been granted.
func (r *Road) TestAgain(ctx context.Context, state State, emit Emit) (State, error) {
	known := state.Results
	if worst(known) == nil {
		known = nil
	}
	return r.test(ctx, state, known, emit)
}

func (r *Road) test(ctx context.Context, state State, known []TestResult, emit Emit) (State, error) {
	plan, err := r.plan(state.Answers)
	if err != nil {
		return state, err
	}
	credential := Credential{state.secret, true}
	if plan.Way() == ByProduct {
		return r.confirm(ctx, state, plan, credential, emit)
	}
	state.Grants = state.Grants.Alive(r.Now())
	if plan.AppOnly() {
		anew := known != nil || lacking(plan, state.Grants)
		if anew || !haveTokens(plan, state.Grants) {
			state.Grants, err = r.appTokens(ctx, plan, credential, anew, emit)
		}
	} else if plan.Delegated() {
		err = r.openSignIn(plan, state.Grants)
	}
	if err != nil {
		return state, err
	}
	proof, err := r.proof(ctx, plan, credential, state.Grants, known, emit)
	if err != nil {
		return state, err
	}
	state.Results, state.Texts = proof.results, proof.texts
	state.Checklist = checklist(plan, proof.grants, r.Now())
	state.Grants = withoutRefused(plan, proof.grants, proof.results)
	state.Verified = proof.verified
	return state, proof.problem
}

// confirm takes a person's word for what only the product can prove.
func (r *Road) confirm(ctx context.Context, state State, plan Plan, credential Credential, emit Emit) (State, error) {
	var err error
	if state.Texts, err = r.proveTexts(ctx, plan, credential, emit); err != nil {
		return state, err
	}
	state.Checklist = checklist(plan, state.Grants, r.Now())
	confirmed, open := confirm(plan, r.Now(), r.Version)
	if len(open) > 0 {
		return state, unconfirmed(plan, open)
	}
	state.Confirmed = &confirmed
	return state, nil
}

func haveTokens(plan Plan, grants Grants) bool {
	for _, test := range plan.Tests {
		if grant, ok := grants.For(plan, test); !ok || grant.Err != nil {
			return false
		}
	}
	return true
}

// lacking reports whether a token was seen to lack what a test needs, so that it is worth asking
// whether that has been granted since.
func lacking(plan Plan, grants Grants) bool {
	for _, test := range plan.Tests {
		grant, ok := grants.For(plan, test)
		if ok && grant.Err == nil && grant.Claims.Readable && !grant.Claims.Has(test.Needs) {
			return true
		}
	}
	return false
}

// openSignIn is the first sign-in that a plan still needs, as a problem, or nil.
func (r *Road) openSignIn(plan Plan, grants Grants) error {
	for _, signIn := range plan.SignIns {
		if grant, ok := grants.get(keyOf(plan, signIn.Account, signIn.Scopes...)); !ok || grant.Err != nil {
			return r.tokenProblem(plan, Credential{}, signIn, &notSignedIn{account: signIn.Account})
		}
	}
	return nil
}

// withoutRefused drops the sign-ins that tests refused for what only another sign-in mends, so
// that the next walk over that step asks for them.
func withoutRefused(plan Plan, grants Grants, results []TestResult) Grants {
	for _, result := range results {
		if result.OK() || plan.AppOnly() {
			continue
		}
		if mend, _ := mends(result.Diagnoses[0].Cause); mend == StepSignIn || mend == StepPermissions {
			grants = grants.without(plan, result.Test)
		}
	}
	return grants
}

// proof is everything that proving a plan brought.
type proof struct {
	grants   Grants
	results  []TestResult
	texts    []TextProof
	verified *Verified
	problem  error // why it is not verified; nil when it is
}

// proof tests a plan and its texts; results that are known and passed are kept. The error is
// only a context's end or a broken catalogue.
func (r *Road) proof(ctx context.Context, plan Plan, credential Credential, grants Grants, known []TestResult, emit Emit) (proof, error) {
	results, grants, err := r.proveUntil(ctx, plan, credential, grants, known, emit)
	if err != nil {
		return proof{}, err
	}
	done := proof{grants: grants, results: results}
	if problem := worst(results); problem != nil {
		done.problem = problem
		return done, nil
	}
	if done.texts, err = r.proveTexts(ctx, plan, credential, emit); err != nil {
		return proof{}, err
	}
	verified, err := verify(plan, results, done.texts, r.Now(), r.Version)
	if err != nil {
		done.problem = err
		return done, nil
	}
	done.verified = &verified
	return done, nil
}

// worst is the failure nearest the root: the earliest layer, then the first test.
func worst(results []TestResult) error {
	best, at := -1, -1
	for i, result := range results {
		if result.OK() {
			continue
		}
		if layer := layerIndex(failedLayer(result.Result)); at < 0 || layer < best {
			best, at = layer, i
		}
	}
	if at < 0 {
		return nil
	}
	return ProblemOf(results[at].Diagnoses, results[at].Failure)
}
