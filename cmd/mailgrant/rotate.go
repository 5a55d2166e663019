package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailgrant/mailgrant/steps"
)

// rotateWait is how long a new secret is given to become known everywhere: Entra needs seconds,
// at times a minute or two.
const rotateWait = 3 * time.Minute

// rotateOptions are the flags of rotate.
type rotateOptions struct {
	secretStdin bool
	ends        string
	json        bool
}

func rotateCommand(t *terminal) *cobra.Command {
	var o rotateOptions
	command := &cobra.Command{
		Use: "rotate NAME", Short: "replace a client secret, proved before the old one is given up", Args: oneName,
		ValidArgsFunction: connectionNames(t),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runRotate(cmd.Context(), t, args[0], o)
		},
	}
	flags := command.Flags()
	flags.BoolVar(&o.secretStdin, "secret-stdin", false, "read the new client secret from standard input")
	flags.StringVar(&o.ends, "ends", "", "the day the new secret ends, e.g. 2028-11-20")
	flags.BoolVar(&o.json, "json", false, "print the result as JSON")
	return command
}

func runRotate(ctx context.Context, t *terminal, name string, o rotateOptions) error {
	road, err := newRoad(t)
	if err != nil {
		return err
	}
	connection, err := road.Folder.Connection(name)
	if err != nil {
		return err
	}
	if _, err := road.RotateQuestions(connection); err != nil {
		return err
	}
	secret, err := givenSecret(ctx, t, o.secretStdin)
	if err != nil {
		return err
	}
	road.Wait = rotateWait
	if secret.IsZero() && t.person && !o.json && !t.plainWanted() {
		return drawnRotate(ctx, t, road, connection)
	}
	if secret.IsZero() && t.person {
		front := plain{t, road, printer{t.talk}}
		state, err := front.askRotation(ctx, connection, o.ends)
		if err != nil {
			return err
		}
		secret, o.ends = state.Secret(), string(state.Answers.SecretEnds)
	}
	if err := steps.CheckSecret(secret); err != nil {
		return err
	}
	road.Unattended = !t.person || o.json
	front := plain{t, road, printer{t.talk}}
	emit := front.p.progress(road.Now)
	if !road.Unattended {
		road.AskAccount, emit = front.askAccount, front.progress(ctx)
	}
	report, err := road.Rotate(ctx, connection, secret, o.ends, emit)
	return concludeRotate(t, road, report, err, o.json)
}

func concludeRotate(t *terminal, road *steps.Road, report steps.Report, err error, asJSON bool) error {
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(t.talk, "the old secret stays in use; nothing was changed")
		return err
	}
	if isUsage(err) || err != nil && report.Name == "" {
		return err
	}
	if asJSON {
		printJSON(t.out, rotateJSONOf(report))
	} else {
		printer{t.out}.report(report, road.Folder)
	}
	if err == nil && len(report.Needs) > 0 {
		return &silent{exitNeedsPerson}
	}
	if err == nil {
		return nil
	}
	if !isProblem(err) {
		printError(t.talk, err)
	}
	fmt.Fprintln(t.talk, "the old secret stays in use; nothing was changed")
	return &silent{exitCode(err)}
}

// askRotation asks for the new secret and its end, line by line.
func (f plain) askRotation(ctx context.Context, connection steps.Connection, ends string) (steps.State, error) {
	questions, err := f.road.RotateQuestions(connection)
	if err != nil {
		return steps.State{}, err
	}
	state := steps.State{}.With(steps.KeySecretEnds, ends)
	for _, question := range questions {
		if question.Key == steps.KeySecretEnds && ends != "" {
			continue
		}
		if state, err = f.ask(ctx, question, state); err != nil {
			if errors.Is(err, errEnded) {
				return state, usage("the new client secret is missing").fixedBy("give it at the prompt, with --secret-stdin or in MAILGRANT_CLIENT_SECRET")
			}
			return state, err
		}
	}
	return state, nil
}
