package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailgrant/mailgrant/steps"
)

// setupOptions are the flags of setup.
type setupOptions struct {
	product     string
	practice    bool
	scenario    string
	route       string
	answers     string
	replace     bool
	plain       bool
	noInput     bool
	dryRun      bool
	wait        time.Duration
	sendTo      string
	secretStdin bool
	store       string
	json        bool
}

func setupCommand(t *terminal) *cobra.Command {
	var o setupOptions
	command := &cobra.Command{
		Use: "setup [PRODUCT]", Short: "connect a product, step by step or from an answers file", Args: atMostOne,
		Long: "Connects a product: chooses the way to sign in, asks for the values, tests every\n" +
			"mailbox and protocol, and saves only what was proved. With --answers, or without\n" +
			"a terminal, it asks nobody. Leaving at any point keeps a draft without secrets;\n" +
			"setup offers to go on with it.\n\n" +
			"The client secret is read from a hidden prompt, from standard input with\n" +
			"--secret-stdin, or from MAILGRANT_CLIENT_SECRET.",
		Example:           "  mailgrant setup agiloft\n  mailgrant setup --answers contoso.yaml --secret-stdin < secret.txt\n  mailgrant setup --practice",
		ValidArgsFunction: productNames(t),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				o.product = args[0]
			}
			return runSetup(cmd.Context(), t, o)
		},
	}
	flags := command.Flags()
	flags.BoolVar(&o.practice, "practice", false, "use a practice tenant that lives in this program")
	flags.StringVar(&o.scenario, "scenario", "", "plant this fault; mailgrant practice --list has them")
	flags.StringVar(&o.route, "route", "", "the way to sign in, as mailgrant products shows them")
	flags.StringVar(&o.answers, "answers", "", "read the answers from this YAML file")
	flags.BoolVar(&o.replace, "replace", false, "replace a connection of the same name")
	flags.BoolVar(&o.plain, "plain", false, "ask line by line, without drawing")
	flags.BoolVar(&o.noInput, "no-input", false, "ask nothing; what is missing is an error")
	flags.BoolVar(&o.dryRun, "dry-run", false, "print the plan; no network, nothing written")
	flags.DurationVar(&o.wait, "wait", 0, "how long sign-ins and grants may take, e.g. 15m")
	flags.StringVar(&o.sendTo, "send-to", "", "send one test message to this address")
	flags.BoolVar(&o.secretStdin, "secret-stdin", false, "read the client secret from standard input")
	flags.StringVar(&o.store, "store", "", "where the secret is kept: keychain or file")
	flags.BoolVar(&o.json, "json", false, "print the result as JSON")
	return command
}

func runSetup(ctx context.Context, t *terminal, o setupOptions) error {
	if o.scenario != "" && !o.practice {
		return usage("--scenario goes only with --practice").fixedBy("add --practice")
	}
	if o.wait < 0 {
		return usage("--wait %s is negative", o.wait).fixedBy("give how long to wait, e.g. 15m")
	}
	if o.practice {
		return runPracticeSetup(ctx, t, o)
	}
	road, answers, err := prepareSetup(t, o)
	if err != nil {
		return err
	}
	secret, err := givenSecret(ctx, t, o.secretStdin)
	if err != nil {
		return err
	}
	start := steps.State{Answers: answers}.WithSecret(secret)
	switch {
	case o.dryRun:
		return printPlan(t, road, answers, o.json)
	case o.noInput || o.json || o.secretStdin && !o.plain || !t.person && !o.plain:
		return headless(ctx, t, road, start, o)
	case o.plain || t.plainWanted():
		return plainSetup(ctx, t, road, start)
	}
	return drawnSetup(ctx, t, road, start)
}

// prepareSetup puts together the road and the answers that the command line already gives.
func prepareSetup(t *terminal, o setupOptions) (*steps.Road, steps.Answers, error) {
	road, err := newRoad(t)
	if err != nil {
		return nil, steps.Answers{}, err
	}
	var answers steps.Answers
	if o.answers != "" {
		if answers, err = steps.ReadAnswers(o.answers); err != nil {
			return nil, steps.Answers{}, missingFile(err, o.answers)
		}
	}
	if answers, err = withFlags(road, answers, o); err != nil {
		return nil, steps.Answers{}, err
	}
	if answers.Store != "" {
		if road.Store, err = road.StoreOf(answers.Store); err != nil {
			return nil, steps.Answers{}, storeRefused(err, o)
		}
	}
	road.Replace, road.Wait, road.SignInWait = o.replace, o.wait, o.wait
	return road, answers, nil
}

// storeRefused says where a store that is not known was named.
func storeRefused(err error, o setupOptions) error {
	if o.store != "" {
		return err
	}
	told := complain(err)
	return steps.AnswerErrors{{Key: "store", Message: told.message, Fix: told.fix}}.InFile(o.answers)
}

// withFlags puts what the command line says in place of what the answers file says. A product
// that contradicts the file is refused: its values would belong to another one.
func withFlags(road *steps.Road, answers steps.Answers, o setupOptions) (steps.Answers, error) {
	if o.product != "" && answers.Product != "" && o.product != answers.Product {
		return answers, usage("the product is %s on the command line and %s in %s", o.product, answers.Product, o.answers).fixedBy("leave one of them out")
	}
	for key, given := range map[steps.Key]string{steps.KeyProduct: o.product, steps.KeyRoute: o.route, steps.KeySendTo: o.sendTo} {
		if given != "" {
			answers = answers.With(key, given)
		}
	}
	if o.store != "" {
		answers.Store = o.store
	}
	if o.product == "" {
		return answers, nil
	}
	if _, err := road.Catalogue.Product(o.product); err != nil {
		return answers, usage("%s", err).fixedBy("mailgrant products lists them")
	}
	return answers, nil
}

// missingFile makes a file that is not there a matter of usage.
func missingFile(err error, path string) error {
	var file *steps.FileError
	if errors.As(err, &file) {
		return usage("answers file %s cannot be read: %s", path, file.Reason()).fixedBy("check the path")
	}
	return err
}
