package main

import (
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"

	"github.com/cli/browser"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui"
)

// drawnSetup runs the terminal UI and leaves a summary behind when it is gone.
func drawnSetup(ctx context.Context, t *terminal, road *steps.Road, start steps.State) error {
	if err := unlock(ctx, road, road.Store.Kind()); err != nil {
		return err
	}
	options, err := screenOptions(t, road)
	if err != nil {
		return err
	}
	outcome, err := tui.Setup(ctx, options, start)
	if err != nil {
		return err
	}
	return summarise(t, road, outcome)
}

// summarise prints what remains to be known after the screen is gone.
func summarise(t *terminal, road *steps.Road, outcome tui.Outcome) error {
	if outcome.Draft != "" {
		fmt.Fprintf(t.talk, "the answers are kept as a draft without the secret: %s\n", outcome.Draft)
	}
	if outcome.Interrupted {
		return &silent{exitInterrupted}
	}
	report := outcome.Report
	if report == nil && outcome.State.Saved != nil {
		made := outcome.State.Report(road, nil)
		report = &made
	}
	if report != nil {
		printer{t.out}.report(*report, road.Folder)
	}
	switch {
	case outcome.Err != nil:
		return &silent{exitCode(outcome.Err)}
	case outcome.Draft != "":
		return &silent{exitNeedsPerson}
	}
	return nil
}

func drawnRotate(ctx context.Context, t *terminal, road *steps.Road, connection steps.Connection) error {
	if err := unlock(ctx, road, connection.StoreKind()); err != nil {
		return err
	}
	options, err := screenOptions(t, road)
	if err != nil {
		return err
	}
	outcome, err := tui.Rotate(ctx, options, connection)
	if err != nil {
		return err
	}
	return summarise(t, road, outcome)
}

// drawnExplain lets a person paste error texts on a screen of their own, and leaves the last
// explanation behind.
func drawnExplain(ctx context.Context, t *terminal) error {
	road, err := newRoad(t)
	if err != nil {
		return err
	}
	options, err := screenOptions(t, road)
	if err != nil {
		return err
	}
	outcome, err := tui.Explain(ctx, options)
	if err != nil || outcome.Text == "" {
		return err
	}
	return explained(t, outcome.Text, false)
}

// screenOptions is what the terminal UI is handed.
func screenOptions(t *terminal, road *steps.Road) (tui.Options, error) {
	_, fixed, err := t.clock()
	if err != nil {
		return tui.Options{}, err
	}
	return tui.Options{
		Road: road, Input: t.in, Output: t.talk, Environ: t.environ, Now: road.Now, FixedClock: fixed,
		OpenBrowser: t.openBrowser, Remote: t.overSSH(), StoreName: road.Store.Describe(),
		Ticket: func(report steps.Report) string {
			var page strings.Builder
			ticket{&page}.write(report, nil, road.Now())
			return page.String()
		},
		Reproduce: reproduce,
	}, nil
}

// overSSH reports whether the person sits at another machine, by the variables that sshd sets for a
// session (sshd(8)).
func (t *terminal) overSSH() bool {
	return t.getenv("SSH_CONNECTION") != "" || t.getenv("SSH_TTY") != ""
}

// openBrowser shows a page in the person's browser: the one that BROWSER names, or the system's.
// What a browser has to say must not land on the drawn screen.
func (t *terminal) openBrowser(url string) error {
	if named := t.getenv("BROWSER"); named != "" && !strings.ContainsAny(named, " :%") {
		return exec.Command(named, url).Start()
	}
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	return browser.OpenURL(url)
}
