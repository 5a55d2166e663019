package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/steps"
)

// probeOptions are the flags of probe.
type probeOptions struct {
	steps.ByHand
	tokenStdin bool
	json       bool
	trace      string
}

func probeCommand(t *terminal) *cobra.Command {
	var o probeOptions
	protocols := []string{"imap", "smtp", "pop3", "graph", "ews"}
	command := &cobra.Command{
		Use: "probe PROTOCOL", Short: "test one mailbox by hand with an access token", ValidArgs: protocols,
		Long:    "Tests one mailbox over imap, smtp, pop3, graph or ews with an access token from\nstandard input, layer by layer, without changing anything in it.",
		Example: "  mailgrant probe imap --server imaps://outlook.office365.com:993 --mailbox crm@contoso.example --token-stdin < token.txt",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || !slices.Contains(protocols, args[0]) {
				return usage("probe needs one protocol").fixedBy("give one of: " + strings.Join(protocols, ", "))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Protocol = args[0]
			return runProbe(cmd.Context(), t, o)
		},
	}
	flags := command.Flags()
	flags.StringVar(&o.Server, "server", "", "the server, e.g. imaps://outlook.office365.com:993")
	flags.StringVar(&o.Mailbox, "mailbox", "", "the mailbox's address")
	flags.BoolVar(&o.tokenStdin, "token-stdin", false, "read the access token from standard input")
	flags.StringVar(&o.Folder, "folder", "", "the folder to open; the inbox when left out")
	flags.StringVar(&o.CAFile, "ca-file", "", "trust the authorities in this PEM file too")
	flags.StringVar(&o.SendTo, "send-to", "", "send one test message to this address")
	flags.BoolVar(&o.json, "json", false, "print the result as JSON")
	flags.StringVar(&o.trace, "trace", "", "write the conversation here, without the token")
	return command
}

type probeJSON struct {
	Schema string `json:"schema"`
	resultJSON
}

func runProbe(ctx context.Context, t *terminal, o probeOptions) (err error) {
	switch {
	case o.Server == "":
		return usage("the server is missing").fixedBy("give it with --server, e.g. imaps://outlook.office365.com:993")
	case o.Mailbox == "":
		return usage("the mailbox is missing").fixedBy("give its address with --mailbox")
	case !o.tokenStdin:
		return usage("the access token is missing").fixedBy("give it on standard input with --token-stdin")
	}
	road, err := newRoad(t)
	if err != nil {
		return err
	}
	if o.Token, err = givenToken(ctx, t); err != nil {
		return err
	}
	if o.trace != "" {
		file, failed := newTrace(o.trace)
		if failed != nil {
			return failed
		}
		defer func() { err = closed(t, err, file.close) }()
		road.Probe.Trace = file.line
	}
	result, err := road.ByHand(ctx, o.ByHand)
	if err != nil {
		return err
	}
	if o.json {
		printJSON(t.out, probeJSON{"mailgrant.probe/1", resultJSONOf(result)})
	} else {
		printer{t.out}.result(result)
	}
	if !result.OK() {
		return &silent{exitFailed}
	}
	return nil
}

// givenToken reads the access token from standard input; the line end behind it does not belong to it.
func givenToken(ctx context.Context, t *terminal) (keychain.Secret, error) {
	const most = 64 << 10
	data, err := t.all(ctx, most)
	if err != nil {
		return keychain.Secret{}, fmt.Errorf("the access token was not read from standard input: %w", err)
	}
	return keychain.NewSecret(withoutLineEnd(string(data))), nil
}
