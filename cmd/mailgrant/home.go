package main

import (
	"context"

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
