package tui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
)

// run shows a first screen and whatever follows it until the person leaves.
func run(ctx context.Context, o Options, first func(desk) screen) (Outcome, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	program := tea.NewProgram(newRoot(desk{o, ctx}, first), programOptions(ctx, o)...)
	last, err := program.Run()
	outcome := Outcome{}
	if m, ok := last.(*root); ok {
		m.close()
		outcome = m.outcome
	}
	switch {
	case errors.Is(err, tea.ErrInterrupted), ctx.Err() != nil:
		outcome.Interrupted = true
		return outcome, nil
	case err != nil:
		return outcome, fmt.Errorf("the terminal could not be used: %w", err)
	}
	return outcome, nil
}

func programOptions(ctx context.Context, o Options) []tea.ProgramOption {
	if o.Output == nil {
		o.Output = os.Stderr
	}
	options := []tea.ProgramOption{tea.WithContext(ctx), tea.WithOutput(o.Output)}
	if o.Input != nil {
		options = append(options, tea.WithInput(o.Input))
	}
	if o.width > 0 {
		options = append(options, tea.WithWindowSize(o.width, o.height))
	}
	if o.Environ != nil {
		options = append(options, tea.WithEnvironment(o.Environ))
	}
	if slices.Contains(o.Environ, "CLICOLOR=0") && !slices.ContainsFunc(o.Environ, forcesColour) {
		options = append(options, tea.WithColorProfile(colorprofile.ASCII)) // the library knows NO_COLOR only
	}
	return options
}

func forcesColour(variable string) bool {
	return strings.HasPrefix(variable, "CLICOLOR_FORCE=") && variable != "CLICOLOR_FORCE=0"
}
