package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps"
)

// checkOptions are the flags of check.
type checkOptions struct {
	all    bool
	sendTo string
	wait   time.Duration
	json   bool
	trace  string
	report string
}

func checkCommand(t *terminal) *cobra.Command {
	var o checkOptions
	command := &cobra.Command{
		Use: "check [NAME...]", Short: "prove saved connections again",
		Long:              "Proves saved connections again: every mailbox, every protocol, layer by layer.\nWithout a name it takes the only connection there is.",
		ValidArgsFunction: connectionNames(t),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCheck(cmd.Context(), t, args, o)
		},
	}
	flags := command.Flags()
	flags.BoolVar(&o.all, "all", false, "check every saved connection")
	flags.StringVar(&o.sendTo, "send-to", "", "send one test message to this address")
	flags.DurationVar(&o.wait, "wait", 0, "how long sign-ins and grants may take, e.g. 15m")
	flags.BoolVar(&o.json, "json", false, "print the result as JSON, an object per connection")
	flags.StringVar(&o.trace, "trace", "", "write the conversation here, without secrets")
	flags.StringVar(&o.report, "report", "", "write a page for a ticket here, without secrets")
	return command
}

func runCheck(ctx context.Context, t *terminal, names []string, o checkOptions) (err error) {
	if o.wait < 0 {
		return usage("--wait %s is negative", o.wait).fixedBy("give how long to wait, e.g. 15m")
	}
	road, err := newRoad(t)
	if err != nil {
		return err
	}
	if names, err = checkNames(road, names, o.all); err != nil {
		return err
	}
	road.Wait, road.SignInWait = o.wait, o.wait
	road.Unattended = !t.person || o.json
	emit := headlessEvents(t, road)
	if !road.Unattended {
		road.AskAccount = plain{t, road, printer{t.talk}}.askAccount
		emit = printer{t.talk}.progress(road.Now)
	}
	if o.trace != "" {
		file, failed := newTrace(o.trace)
		if failed != nil {
			return failed
		}
		defer func() { err = closed(t, err, file.close) }()
		road.Probe.Trace = file.line
	}
	var page *ticketFile
	if o.report != "" {
		if page, err = newTicketFile(o.report); err != nil {
			return err
		}
		defer func() { err = closed(t, err, page.close) }()
		road.Probe.Trace = page.hear(road.Probe.Trace)
	}
	worst := exitOK
	for _, name := range names {
		code, err := checkOne(ctx, t, road, name, o, page, emit)
		if errors.Is(err, context.Canceled) || err != nil && len(names) == 1 {
			return err
		}
		if err != nil {
			tell(t, err, o.json)
			code = exitCode(err)
		}
		worst = graver(worst, code)
	}
	if worst == exitOK {
		return nil
	}
	return &silent{worst}
}

// graver is the code that speaks for both: a failure before what needs a person.
func graver(a, b int) int {
	for _, code := range []int{exitFailed, exitUsage, exitNeedsPerson} {
		if a == code || b == code {
			return code
		}
	}
	return exitOK
}

// checkNames decides which connections are meant.
func checkNames(road *steps.Road, names []string, all bool) ([]string, error) {
	known := road.Folder.Names()
	switch {
	case all && len(names) > 0:
		return nil, usage("--all checks every connection, and one is named too").fixedBy("leave out the name or --all")
	case all && len(known) == 0:
		return nil, usage("there is no saved connection").fixedBy("make one with mailgrant setup")
	case all:
		return known, nil
	case len(names) > 0:
		for _, name := range names {
			if !slices.Contains(known, name) {
				return nil, &steps.NotFound{Name: providers.Clean(name), Known: known}
			}
		}
		return names, nil
	case len(known) == 1:
		return known, nil
	case len(known) == 0:
		return nil, usage("there is no saved connection").fixedBy("make one with mailgrant setup")
	}
	return nil, usage("there are %d connections: %s", len(known), strings.Join(known, ", ")).fixedBy("name one or say --all")
}

// checkOne checks one connection, prints the result and returns the code it stands for. With an
// error nothing was printed.
func checkOne(ctx context.Context, t *terminal, road *steps.Road, name string, o checkOptions, page *ticketFile, emit steps.Emit) (int, error) {
	connection, err := road.Folder.Connection(name)
	if err != nil {
		return 0, err
	}
	report, err := road.Check(ctx, connection, o.sendTo, emit)
	if errors.Is(err, context.Canceled) || isUsage(err) || err != nil && report.Name == "" {
		return 0, err
	}
	if page != nil {
		page.write(report, road.Now())
	}
	if o.json {
		printJSON(t.out, checkJSONOf(report))
	} else {
		printer{t.out}.report(report, road.Folder)
	}
	if err != nil && !isProblem(err) {
		printError(t.talk, err)
	}
	if err == nil && len(report.Needs) > 0 {
		return exitNeedsPerson, nil
	}
	return exitCode(err), nil
}

// connectionNames completes the names of saved connections.
func connectionNames(t *terminal) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		home, err := homeFolder(t)
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		return steps.Folder{Root: home}.Names(), cobra.ShellCompDirectiveNoFileComp
	}
}
