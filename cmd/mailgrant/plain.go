package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/mailgrant/mailgrant/steps"
)

// plain asks the road's questions line by line: for screen readers, terminals that cannot draw,
// and answers from a pipe.
type plain struct {
	t    *terminal
	road *steps.Road
	p    printer
}

// errEnded says that standard input ended before the questions did.
var errEnded = errors.New("standard input ended before all questions were answered")

// errBack says that the person wants the previous step again.
var errBack = errors.New("back")

func plainSetup(ctx context.Context, t *terminal, road *steps.Road, start steps.State) error {
	front := plain{t, road, printer{t.talk}}
	road.AskAccount = front.askAccount
	state, err := front.resume(ctx, start)
	if err == nil {
		state, err = front.walk(ctx, state)
	}
	if errors.Is(err, errEnded) {
		keepDraft(t, road, state)
		fmt.Fprintf(t.talk, "mailgrant: %s; run setup again to go on\n", err)
		return &silent{exitNeedsPerson}
	}
	return conclude(t, road, state, err, false)
}

// resume offers to go on with a draft.
func (f plain) resume(ctx context.Context, state steps.State) (steps.State, error) {
	for _, draft := range f.road.Folder.Resumable(state.Answers) {
		yes, err := f.confirm(ctx, "Go on with the draft "+draft.Name+"?")
		if err != nil {
			return state, err
		}
		if yes {
			state.Answers = draft
			return state, nil
		}
	}
	return state, nil
}

// walk asks and does every step; "<" goes back to the step before.
func (f plain) walk(ctx context.Context, state steps.State) (steps.State, error) {
	road := f.road.Setup()
	var before []steps.State
	var places []int
	for i := 0; i < len(road); {
		step := road[i]
		if !steps.Applies(step, state) {
			i++
			continue
		}
		f.p.line("\n%d of %d  %s", i+1, len(road), step.Title())
		next, err := f.step(ctx, step, state)
		var answers steps.AnswerErrors
		switch {
		case errors.Is(err, errBack) && len(places) > 0:
			last := len(places) - 1
			i, state = places[last], before[last].Keeping(next)
			places, before = places[:last], before[:last]
			continue
		case errors.Is(err, errBack):
			f.p.line("this is the first step")
			continue
		case errors.As(err, &answers):
			printError(f.t.talk, err)
			state = next
			continue
		case err != nil:
			again, askErr := f.again(ctx, err)
			if askErr != nil && !errors.Is(askErr, errEnded) {
				return next, askErr
			}
			if !again {
				return next, err
			}
			at := indexOf(road, err, i)
			i, state = at, next
			continue
		}
		places, before = append(places, i), append(before, state)
		state, i = next, i+1
	}
	return state, nil
}

// indexOf is the step that mends a failure, or the one that failed.
func indexOf(road []steps.Step, err error, failed int) int {
	var problem *steps.Problem
	if errors.As(err, &problem) {
		for i, step := range road[:failed] {
			if step.Name() == problem.Mend {
				return i
			}
		}
	}
	return failed
}

// again tells a failure and asks whether to try once more.
func (f plain) again(ctx context.Context, err error) (bool, error) {
	if ctx.Err() != nil || !isProblem(err) {
		return false, nil
	}
	printError(f.t.talk, err)
	return f.confirm(ctx, "Mend it and try again?")
}

// step asks a step's questions until none is left, does its work and shows what it brought.
func (f plain) step(ctx context.Context, step steps.Step, state steps.State) (steps.State, error) {
	f.before(step, state)
	asked := map[steps.Key]bool{}
	for {
		var open *steps.Question
		for _, question := range step.Ask(state) {
			if !asked[question.Key] {
				open = &question
				break
			}
		}
		if open == nil {
			break
		}
		asked[open.Key] = true
		var err error
		if state, err = f.ask(ctx, *open, state); err != nil {
			return state, err
		}
	}
	next, err := step.Do(ctx, state, f.progress(ctx))
	if err == nil {
		f.after(step, next)
	}
	return next, err
}
