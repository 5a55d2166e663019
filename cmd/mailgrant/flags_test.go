package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// verbs is the command line as it is promised: a verb or flag that is not here is an accident.
var verbs = map[string]string{
	"mailgrant":                       "",
	"mailgrant setup":                 "answers dry-run json no-input plain practice replace route scenario secret-stdin send-to store wait",
	"mailgrant check":                 "all json report send-to trace wait",
	"mailgrant rotate":                "ends json secret-stdin",
	"mailgrant explain":               "json",
	"mailgrant probe":                 "ca-file folder json mailbox send-to server token-stdin trace",
	"mailgrant status":                "json within",
	"mailgrant show":                  "artefact out reveal",
	"mailgrant products":              "json",
	"mailgrant products show":         "json",
	"mailgrant products lint":         "json",
	"mailgrant practice":              "json list port-base scenario",
	"mailgrant forget":                "",
	"mailgrant version":               "",
	"mailgrant help":                  "",
	"mailgrant completion":            "",
	"mailgrant completion bash":       "no-descriptions",
	"mailgrant completion fish":       "no-descriptions",
	"mailgrant completion powershell": "no-descriptions",
	"mailgrant completion zsh":        "no-descriptions",
}

func TestVerbsAndFlagsAreFrozen(t *testing.T) {
	t.Parallel()
	root := rootCommand(newConsole(t).terminal())
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	seen := map[string]bool{}
	visit(root, func(command *cobra.Command) {
		path := command.CommandPath()
		seen[path] = true
		want, known := verbs[path]
		if !known {
			t.Errorf("verb %q is new", path)
			return
		}
		var flags []string
		collect := func(flag *pflag.Flag) {
			if flag.Name != "help" {
				flags = append(flags, flag.Name)
			}
			if flag.Shorthand != "" && flag.Name != "help" {
				t.Errorf("%s: flag --%s has the short form -%s, which nobody promised", path, flag.Name, flag.Shorthand)
			}
		}
		command.NonInheritedFlags().VisitAll(collect)
		command.InheritedFlags().VisitAll(collect)
		slices.Sort(flags)
		if got := strings.Join(flags, " "); got != want {
			t.Errorf("%s takes\n%s\nwant\n%s", path, got, want)
		}
	})
	for path := range verbs {
		if !seen[path] {
			t.Errorf("verb %q is gone", path)
		}
	}
}

func visit(command *cobra.Command, do func(*cobra.Command)) {
	do(command)
	for _, child := range command.Commands() {
		visit(child, do)
	}
}

// TestHelpFitsATerminal holds every help to the narrowest usual terminal. An example is a command to
// take whole, so it may be longer.
func TestHelpFitsATerminal(t *testing.T) {
	t.Parallel()
	root := rootCommand(newConsole(t).terminal())
	visit(root, func(command *cobra.Command) {
		for line := range strings.Lines(command.Long + "\n" + command.LocalFlags().FlagUsages()) {
			if line = strings.TrimRight(line, "\n"); len(line) > 80 {
				t.Errorf("%s: %d columns\n%s", command.CommandPath(), len(line), line)
			}
		}
	})
}

// TestNoFlagTakesASecret keeps secrets out of the command line, where every user of the computer
// can read them.
func TestNoFlagTakesASecret(t *testing.T) {
	t.Parallel()
	visit(rootCommand(newConsole(t).terminal()), func(command *cobra.Command) {
		command.Flags().VisitAll(func(flag *pflag.Flag) {
			about := strings.ToLower(flag.Name)
			for _, word := range []string{"secret", "password", "token", "passphrase"} {
				if strings.Contains(about, word) && flag.Value.Type() != "bool" {
					t.Errorf("%s --%s takes a secret as an argument", command.CommandPath(), flag.Name)
				}
			}
		})
	})
}
