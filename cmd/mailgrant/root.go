package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailgrant/mailgrant/providers"
)

// version is set by the linker when a release is built.
var version = "0.1.0"

// run carries out one command line and returns the exit code. The first Ctrl+C lets the work end
// in good order; a second one ends the program at once.
func run(args []string, t *terminal) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	return runUntil(ctx, args, t)
}

// runUntil carries out one command line until ctx ends.
func runUntil(ctx context.Context, args []string, t *terminal) int {
	command := rootCommand(t)
	command.SetArgs(args)
	err := command.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		err = context.Canceled
	}
	tell(t, err, jsonWanted(args))
	return exitCode(err)
}

// jsonWanted looks for --json itself, since a command line with a mistake in it is not parsed.
func jsonWanted(args []string) bool {
	wanted := false
	for _, arg := range args {
		switch arg {
		case "--":
			return wanted
		case "--json", "--json=true":
			wanted = true
		case "--json=false":
			wanted = false
		}
	}
	return wanted
}

// tell says what went wrong, unless that was done where it was known better.
func tell(t *terminal, err error, asJSON bool) {
	var told *silent
	switch {
	case errors.As(err, &told):
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(t.talk, "stopped")
	case asJSON && exitCode(err) == exitUsage:
		printJSON(t.out, errorJSONOf(err))
	default:
		printError(t.talk, err)
	}
}

func rootCommand(t *terminal) *cobra.Command {
	root := &cobra.Command{
		Use:   "mailgrant",
		Short: "connect a product to mailboxes at Microsoft 365 or Gmail, and prove that it works",
		Long: "Mailgrant connects a business product to mailboxes at Microsoft 365 or Gmail\n" +
			"with OAuth 2.0, proves every mailbox and protocol, writes the texts that are\n" +
			"pasted into the product, and names cause, owner and fix when something does not\n" +
			"work. Without a verb it shows the saved connections.\n\n" +
			"It ends with 0 when all is well, 1 when something failed, 2 when it was called\n" +
			"wrongly, 3 when a person has to act first, 130 after Ctrl+C.",
		Args:             noArguments,
		SilenceErrors:    true,
		SilenceUsage:     true,
		PersistentPreRun: func(*cobra.Command, []string) { showClock(t) },
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runHome(cmd.Context(), t)
		},
	}
	root.SuggestionsMinimumDistance = 2
	root.SetIn(t.in)
	root.SetOut(t.out)
	root.SetErr(t.talk)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage("%s", providers.Clean(err.Error())).fixedBy(cmd.CommandPath() + " --help lists what it takes")
	})
	root.AddCommand(
		setupCommand(t), checkCommand(t), rotateCommand(t), statusCommand(t), showCommand(t),
		explainCommand(t), probeCommand(t), productsCommand(t), practiceCommand(t), forgetCommand(t), versionCommand(t),
	)
	root.SetHelpCommand(helpCommand(root))
	return root
}

// showClock says that the time is made up, so that nobody takes a screen for today's.
func showClock(t *terminal) {
	if now, fixed, err := t.clock(); err == nil && fixed {
		fmt.Fprintf(t.talk, "the clock stands at %s (MAILGRANT_NOW)\n", now().UTC().Format(time.RFC3339))
	}
}

func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use: "help [VERB]", Short: "show how a verb is called",
		RunE: func(_ *cobra.Command, args []string) error {
			verb, rest, err := root.Find(args)
			if err != nil || verb == root && len(rest) > 0 {
				return usage("verb %q is not known", strings.Join(args, " ")).fixedBy("mailgrant --help lists them")
			}
			verb.InitDefaultHelpFlag()
			return verb.Help()
		},
	}
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if cmd.HasParent() {
		return usage("%s takes no further words, but %q was given", cmd.Name(), args[0]).fixedBy(cmd.CommandPath() + " --help shows how it is called")
	}
	if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
		return usage("verb %q is not known", args[0]).fixedBy("did you mean " + near[0] + "?")
	}
	return usage("verb %q is not known", args[0]).fixedBy("mailgrant --help lists them")
}

// atMostOne allows one word or none.
func atMostOne(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usage("%s takes one word at most, but %q was given too", cmd.Name(), args[1]).fixedBy(cmd.CommandPath() + " --help shows how it is called")
	}
	return nil
}

// oneName demands the name of a connection.
func oneName(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage("%s needs the name of one connection", cmd.Name()).fixedBy("mailgrant status lists them")
	}
	return nil
}

func versionCommand(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "print the program's version", Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprintln(t.out, "mailgrant "+version)
			return nil
		},
	}
}
