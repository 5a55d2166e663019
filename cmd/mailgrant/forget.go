package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/mailgrant/mailgrant/steps"
)

func forgetCommand(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use: "forget NAME", Short: "remove a connection and its secret, or a draft", Args: oneName,
		ValidArgsFunction: connectionNames(t),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runForget(cmd.Context(), t, args[0])
		},
	}
}

func runForget(ctx context.Context, t *terminal, name string) error {
	road, err := newRoad(t)
	if err != nil {
		return err
	}
	connection, err := road.Folder.Connection(name)
	var notFound *steps.NotFound
	if errors.As(err, &notFound) {
		return forgetDraft(t, road, name, err)
	}
	if err != nil {
		return err
	}
	what := name
	if connection.Secret != "" {
		what += " with its secret"
	}
	if t.person {
		yes, err := plain{t, road, printer{t.talk}}.confirm(ctx, "Remove "+what+" from this computer?")
		if err != nil || !yes {
			fmt.Fprintln(t.talk, "nothing was removed")
			return err
		}
	}
	if err := road.Forget(ctx, connection); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "%s is gone from this computer; the app registration in Entra stays as it is\n", what)
	return nil
}

func forgetDraft(t *terminal, road *steps.Road, name string, notFound error) error {
	if _, err := road.Folder.Draft(name); err != nil {
		return notFound
	}
	if err := road.Folder.RemoveDraft(name); err != nil {
		return err
	}
	fmt.Fprintf(t.out, "the draft %s is gone\n", name)
	return nil
}
