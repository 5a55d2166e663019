package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailgrant/mailgrant/steps"
)

func statusCommand(t *terminal) *cobra.Command {
	within, asJSON := "30d", false
	command := &cobra.Command{
		Use: "status", Short: "show when secrets end and when connections were proved last", Args: noArguments,
		RunE: func(*cobra.Command, []string) error { return runStatus(t, within, asJSON) },
	}
	command.Flags().StringVar(&within, "within", within, "exit with 3 when a secret ends this soon")
	command.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return command
}

func runStatus(t *terminal, within string, asJSON bool) error {
	days, err := parseDays(within)
	if err != nil {
		return err
	}
	road, err := newRoad(t)
	if err != nil {
		return err
	}
	all, broken := road.Status()
	if asJSON {
		printJSON(t.out, statusJSONOf(all))
	} else {
		printer{t.out}.status(all)
	}
	for _, err := range broken {
		printError(t.talk, err)
	}
	if len(broken) > 0 {
		return &silent{exitFailed}
	}
	for _, one := range all {
		if one.Due(days) {
			return &silent{exitNeedsPerson}
		}
	}
	return nil
}

// parseDays reads 30d, or 30 alone.
func parseDays(text string) (int, error) {
	days, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(text), "d"))
	if err != nil || days < 0 {
		return 0, usage("--within %q is not a number of days", text).fixedBy("write it like 30d")
	}
	return days, nil
}

func (p printer) status(all []steps.Status) {
	if len(all) == 0 {
		p.line("no saved connection yet")
		p.line("  mailgrant setup              connects a product")
		p.line("  mailgrant setup --practice   does the same on a practice tenant that lives in this program")
		return
	}
	width := 0
	for _, one := range all {
		width = max(width, len(one.Name))
	}
	for _, one := range all {
		p.line("%s  %-*s  %s", stateMark(one.State), width, one.Name, strings.Join(statusFacts(one), " · "))
	}
}

// stateMark is a connection state's glyph and word.
func stateMark(state steps.ConnectionState) string {
	glyph := map[steps.ConnectionState]string{
		steps.StateVerified: "+", steps.StateConfirmed: "+", steps.StateStale: "!", steps.StateFailing: "x", steps.StateDraft: "o",
	}[state]
	return fmt.Sprintf("%s %-9s", glyph, state)
}

func statusFacts(one steps.Status) []string {
	facts := []string{one.Product}
	if one.Tenant != "" {
		facts = append(facts, one.Tenant)
	}
	if one.HasEnd {
		facts = append(facts, endsIn(one.DaysLeft)+" ("+one.SecretEnds+")")
	}
	if one.LastVerified != "" {
		facts = append(facts, "proved "+one.LastVerified)
	}
	if one.Cause != "" {
		facts = append(facts, "last check: "+one.Cause)
	}
	return facts
}

func endsIn(days int) string {
	switch {
	case days < -1:
		return fmt.Sprintf("secret ended %d days ago", -days)
	case days == -1:
		return "secret ended yesterday"
	case days == 0:
		return "secret ends today"
	case days == 1:
		return "secret ends tomorrow"
	}
	return fmt.Sprintf("secret ends in %d days", days)
}
