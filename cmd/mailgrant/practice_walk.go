package main

import (
	"context"
	"fmt"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/probe"
	"github.com/mailgrant/mailgrant/steps"
)

// demonstrate walks the whole road without a person: codes are approved through the practice
// page, one message is sent, and everything that is done is told.
func (r practiceRun) demonstrate(ctx context.Context) error {
	routes, err := r.routes()
	if err != nil {
		return err
	}
	worst := exitOK
	for _, route := range routes {
		answers, err := r.answers(route)
		if err != nil {
			return err
		}
		if answers.SendTo == "" && len(answers.Mailboxes.Inbound) > 0 && answers.Mailboxes.Outbound != nil {
			answers.SendTo = answers.Mailboxes.Inbound[0].Address
		}
		if r.o.dryRun {
			if err := printPlan(r.t, r.road, answers, r.o.json); err != nil {
				return err
			}
			continue
		}
		code, err := r.walk(ctx, answers)
		if err != nil {
			return err
		}
		worst = graver(worst, code)
	}
	if worst == exitOK {
		return nil
	}
	return &silent{worst}
}

// walk goes the whole road on one route and returns the exit code it stands for.
func (r practiceRun) walk(ctx context.Context, answers steps.Answers) (int, error) {
	fmt.Fprintf(r.t.talk, "practice tenant, route %s\n", answers.Route)
	r.road.Unattended, r.road.SignInWait = true, max(r.o.wait, time.Minute)
	if plan, err := steps.NewPlan(r.road.Catalogue, answers); err == nil {
		r.tenant.Permit(permitted(plan)) // as after a set-up that granted what this route needs and no more
	}
	secret, err := r.secret(ctx, answers)
	if err != nil {
		return 0, err
	}
	start := steps.State{Answers: answers}.WithSecret(secret)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	human := printer{r.t.talk}.progress(r.road.Now)
	state, err := walk(ctx, r.road, start, func(event steps.Event) {
		human(event)
		switch event := event.(type) {
		case steps.CodeIssued:
			go r.approve(ctx, event)
		case steps.PageOpened:
			go func() {
				if kept := r.agree(ctx, event); kept != nil {
					stop(kept) // nothing will ever come back from the page
				}
			}()
		}
	})
	if kept := context.Cause(ctx); err != nil && isProblem(kept) {
		err = kept
	}
	if err == nil && state.Verified != nil {
		r.lookForMessage(ctx, state)
	}
	err = conclude(r.t, r.road, state, err, r.o.json)
	if told, ok := err.(*silent); ok {
		return told.code, nil
	}
	return exitOK, err
}

// permitted are the permissions that a plan needs, and those that its alternatives may need.
func permitted(plan steps.Plan) []string {
	var names []string
	for _, permission := range plan.Route.Permissions {
		names = append(names, permission.Name)
	}
	for _, test := range plan.Tests {
		names = append(names, test.Needs)
	}
	return names
}

// lookForMessage looks for the test message in the inbox that it was sent to.
func (r practiceRun) lookForMessage(ctx context.Context, state steps.State) {
	plan := state.Verified.Plan()
	sent := ""
	for _, result := range state.Results {
		sent += result.MessageID
	}
	for _, test := range plan.Tests {
		grant, ok := state.Grants.For(plan, test)
		if sent == "" || test.Server.Protocol != "imap" || !test.Mailbox.Address.Same(plan.SendTo) || !ok {
			continue
		}
		prober := r.road.Probe
		prober.Endpoints = plan.Endpoints
		seen := prober.Run(ctx, probe.Attempt{
			Server: test.Server, Mailbox: test.Mailbox.Address, Token: grant.Token, Find: sent,
			TokenLayer: probe.LayerResult{Layer: providers.LayerToken, Outcome: providers.Passed},
		})
		if seen.Found {
			fmt.Fprintf(r.t.talk, "  the test message was sent by %s and found in the inbox of %s\n", plan.Outbound.Address, plan.SendTo)
		} else {
			fmt.Fprintf(r.t.talk, "  the test message is not in the inbox of %s: %d messages are\n", plan.SendTo, seen.Messages)
		}
		return
	}
}
