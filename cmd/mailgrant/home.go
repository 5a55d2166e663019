package main

import (
	"context"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui"
)

// runHome shows the saved connections: drawn for a person, printed for a pipe.
func runHome(ctx context.Context, t *terminal) error {
	road, err := newRoad(t)
	if err != nil {
		return err
	}
	if !t.person || t.plainWanted() {
		all, broken := road.Status()
		printer{t.out}.status(all)
		for _, err := range broken {
			printError(t.talk, err)
		}
		return nil
	}
	if err := unlock(ctx, road, storeKinds(road)...); err != nil {
		return err
	}
	options, err := screenOptions(t, road)
	if err != nil {
		return err
	}
	outcome, err := tui.Home(ctx, options)
	if err != nil {
		return err
	}
	switch outcome.Chosen {
	case "practice":
		return runPracticeSetup(ctx, t, setupOptions{})
	case "show":
		return runShow(ctx, t, outcome.State.Answers.Name, showOptions{})
	}
	return summarise(t, road, outcome)
}

// storeKinds are the kinds of store that home may have to open.
func storeKinds(road *steps.Road) []string {
	kinds := []string{road.Store.Kind()}
	for _, name := range road.Folder.Names() {
		if connection, err := road.Folder.Connection(name); err == nil && connection.Secret != "" {
			kinds = append(kinds, connection.StoreKind())
		}
	}
	return kinds
}
