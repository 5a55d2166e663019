package steps

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// patience is how long something is tried again, and how long the next pause is.
type patience struct {
	until time.Time
	pause time.Duration
}

func (r *Road) patience() *patience {
	return &patience{until: r.Now().Add(r.Wait), pause: 5 * time.Second}
}

// again waits for the next try; false means that the time is over. The error is the context's.
func (r *Road) again(ctx context.Context, p *patience, why string, emit Emit) (bool, error) {
	next := r.Now().Add(p.pause)
	if r.Wait <= 0 || !next.Before(p.until) {
		return false, nil
	}
	emit(Waiting{Why: why, Next: next, Until: p.until})
	err := r.Sleep(ctx, p.pause)
	p.pause = min(2*p.pause, 30*time.Second)
	return err == nil, err
}

// againAfter is again where a refusal may go away by itself; otherwise it says no at once.
func (r *Road) againAfter(ctx context.Context, p *patience, refused error, emit Emit) (bool, error) {
	var problem *Problem
	if !errors.As(refused, &problem) || !diagnosis.Propagates(problem.Diagnoses[0].Cause) {
		return false, nil
	}
	return r.again(ctx, p, problem.Diagnoses[0].Summary, emit)
}

// proveUntil proves a plan, and tries what failed again for as long as waiting may help. Results
// that are known and passed are kept.
func (r *Road) proveUntil(ctx context.Context, plan Plan, credential Credential, grants Grants, known []TestResult, emit Emit) ([]TestResult, Grants, error) {
	results, open := resume(plan, known)
	for patience := r.patience(); ; {
		if err := r.prove(ctx, plan, credential, grants, results, open, emit); err != nil {
			return nil, grants, err
		}
		var why string
		if why, open = worthWaiting(plan, results); len(open) == 0 {
			return results, grants, nil
		}
		more, err := r.again(ctx, patience, why, emit)
		if err != nil {
			return nil, grants, err
		}
		if !more {
			return results, grants, nil
		}
		if plan.AppOnly() {
			if grants, err = r.appTokens(ctx, plan, credential, true, emit); err != nil {
				return nil, grants, err
			}
		}
	}
}

// resume prepares the results of a plan's tests, those that passed before among them, and the
// numbers of those that are still to be made.
func resume(plan Plan, known []TestResult) (results []TestResult, open []int) {
	for i, test := range plan.Tests {
		done := resultOf(known, test)
		if done == nil || !done.OK() {
			done = &TestResult{Test: test}
			open = append(open, i)
		}
		results = append(results, *done)
	}
	return results, open
}

// worthWaiting names the failed results, unless one of them will not go away by itself. What a
// person's token lacks it goes on lacking: that needs another sign-in.
func worthWaiting(plan Plan, results []TestResult) (why string, failed []int) {
	inToken := []diagnosis.Cause{diagnosis.ScopeMissing, diagnosis.ConsentMissing}
	for i, result := range results {
		if result.OK() {
			continue
		}
		cause := result.Diagnoses[0].Cause
		if !diagnosis.Propagates(cause) || !plan.AppOnly() && slices.Contains(inToken, cause) {
			return "", nil
		}
		why = result.Diagnoses[0].Summary
		failed = append(failed, i)
	}
	return why, failed
}
