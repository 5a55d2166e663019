package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/mailgrant/mailgrant/steps"
)

// headless walks the road with the answers that are there and asks nothing.
func headless(ctx context.Context, t *terminal, road *steps.Road, start steps.State, o setupOptions) error {
	road.Unattended = true
	state, err := walk(ctx, road, start, headlessEvents(t, road))
	var answers steps.AnswerErrors
	if errors.As(err, &answers) && o.answers != "" && !answers[0].Missing {
		err = answers.InFile(o.answers)
	}
	return conclude(t, road, state, err, o.json)
}

// walk does every step of the road in turn. What the answers lack is told before anything else
// is done.
func walk(ctx context.Context, road *steps.Road, state steps.State, emit steps.Emit) (steps.State, error) {
	plan, err := steps.NewPlan(road.Catalogue, state.Answers)
	if err != nil {
		return state, err
	}
	if err := road.Stopped(plan.Product, plan.Route); err != nil {
		return state, err
	}
	if err := refuseAtOnce(road, plan, state); err != nil {
		return state, err
	}
	for _, step := range road.Setup() {
		if !steps.Applies(step, state) {
			continue
		}
		if state, err = step.Do(ctx, state, emit); err != nil {
			return state, err
		}
	}
	return state, nil
}

// refuseAtOnce finds what would only come out later, after the keychain was asked: a name that is
// taken, and a given secret that cannot be one.
func refuseAtOnce(road *steps.Road, plan steps.Plan, state steps.State) error {
	if !road.Replace && slices.Contains(road.Folder.Names(), plan.Name) {
		return steps.AnswerErrors{{
			Key: steps.KeyName, Message: fmt.Sprintf("connection %q exists already", plan.Name),
			Fix: "choose another name, or run setup with --replace",
		}}
	}
	if !state.Secret().IsZero() {
		return steps.CheckSecret(state.Secret())
	}
	return nil
}

// headlessEvents tells a program about codes, and a person about everything else.
func headlessEvents(t *terminal, road *steps.Road) steps.Emit {
	human := printer{t.talk}.progress(road.Now)
	return func(event steps.Event) {
		switch event := event.(type) {
		case steps.CodeIssued:
			printJSON(t.talk, signInJSONOf(event))
		case steps.PageOpened:
			printJSON(t.talk, pageJSONOf(event))
		default:
			human(event)
		}
	}
}

// conclude prints what a setup came to, keeps a draft of what is not proved, and turns the
// outcome into the exit code.
func conclude(t *terminal, road *steps.Road, state steps.State, err error, asJSON bool) error {
	if isUsage(err) || err != nil && state.Product == nil && !isProblem(err) {
		return err
	}
	report := state.Report(road, err)
	if err != nil {
		keepDraft(t, road, state)
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	if asJSON {
		printJSON(t.out, checkJSONOf(report))
	} else {
		printer{t.out}.report(report, road.Folder)
	}
	switch {
	case err == nil:
		return nil
	case !isProblem(err):
		printError(t.talk, err)
	}
	return &silent{exitCode(err)}
}

func isProblem(err error) bool {
	var problem *steps.Problem
	return errors.As(err, &problem)
}

// keepDraft saves the answers, never the secret, so that setup can go on later.
func keepDraft(t *terminal, road *steps.Road, state steps.State) {
	if state.Answers.Product == "" {
		return
	}
	path, err := road.Folder.SaveDraft(state.Answers)
	if err != nil {
		printError(t.talk, err)
		return
	}
	fmt.Fprintf(t.talk, "the answers are kept as a draft without the secret: %s\n", path)
}
