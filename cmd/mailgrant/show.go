package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailgrant/mailgrant/steps"
)

// showOptions are the flags of show.
type showOptions struct {
	artefact string
	reveal   bool
	out      string
}

func showCommand(t *terminal) *cobra.Command {
	var o showOptions
	command := &cobra.Command{
		Use: "show NAME", Short: "show the texts for the product, with the secret masked", Args: oneName,
		ValidArgsFunction: connectionNames(t),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runShow(cmd.Context(), t, args[0], o)
		},
	}
	flags := command.Flags()
	flags.StringVar(&o.artefact, "artefact", "", "print this text alone: ID, or ID:ADDRESS inbound")
	flags.BoolVar(&o.reveal, "reveal", false, "with the secret: with --out, or asked on a terminal")
	flags.StringVar(&o.out, "out", "", "write the texts into this folder, readable by you only")
	return command
}

func runShow(ctx context.Context, t *terminal, name string, o showOptions) error {
	road, err := newRoad(t)
	if err != nil {
		return err
	}
	connection, err := road.Folder.Connection(name)
	if err != nil {
		return err
	}
	if o.out != "" && !o.reveal {
		return usage("--out writes the texts with the secret in them").fixedBy("say so with --reveal")
	}
	if o.reveal && o.out == "" && (!t.person || !t.outSeen) {
		return usage("--reveal would write the secret into a pipe or file").fixedBy("give a folder with --out")
	}
	if o.reveal && o.out == "" {
		yes, err := plain{t, road, printer{t.talk}}.confirm(ctx, "Show the client secret on this screen?")
		if err != nil || !yes {
			fmt.Fprintln(t.talk, "nothing was shown")
			return err
		}
	}
	shown, err := road.Texts(ctx, connection, o.reveal)
	if err != nil {
		return err
	}
	if shown.Texts, err = chosenTexts(shown.Texts, o.artefact); err != nil {
		return err
	}
	switch {
	case o.out != "":
		return writeTexts(t, shown.Texts, o.out)
	case o.artefact != "":
		fmt.Fprint(t.out, textOf(shown.Texts[0], o.reveal))
		return nil
	}
	printer{t.out}.shown(connection, shown, o.reveal)
	return nil
}

// chosenTexts finds ID or ID:ADDRESS among the texts; no choice means all.
func chosenTexts(texts []steps.TextProof, choice string) ([]steps.TextProof, error) {
	if choice == "" {
		return texts, nil
	}
	id, address, _ := strings.Cut(choice, ":")
	var found []steps.TextProof
	var known []string
	for _, text := range texts {
		known = append(known, textName(text, ":"))
		if text.Artefact == id && (address == "" || strings.EqualFold(address, string(text.Address))) {
			found = append(found, text)
		}
	}
	if len(found) != 1 {
		return nil, usage("artefact %q is not one text", choice).fixedBy("choose one of: " + strings.Join(known, ", "))
	}
	return found, nil
}

func textName(text steps.TextProof, between string) string {
	if text.Address == "" {
		return text.Artefact
	}
	return text.Artefact + between + string(text.Address)
}

func textOf(text steps.TextProof, reveal bool) string {
	if reveal {
		return text.Text.Reveal()
	}
	return text.Text.Masked()
}

// writeTexts writes each text into a file of its own that only its owner can read.
func writeTexts(t *terminal, texts []steps.TextProof, folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return usage("folder %s cannot be made: %s", folder, reason(err)).fixedBy("choose another path")
	}
	for _, text := range texts {
		path := filepath.Join(folder, filepath.Base(textName(text, "-"))+"."+text.Extension)
		if err := steps.WriteFile(path, []byte(text.Text.Reveal())); err != nil {
			return err
		}
		fmt.Fprintln(t.out, path)
	}
	return nil
}

func (p printer) shown(connection steps.Connection, shown steps.Shown, reveal bool) {
	p.line("%s: %s, %s, %s", connection.Name, shown.Plan.Product.Name, shown.Plan.Route.Title, connection.State())
	for _, text := range shown.Texts {
		p.line("")
		p.line("--- %s", textTitle(text))
		p.line("    goes to: %s", text.Place)
		p.line("    alone:   mailgrant show %s --artefact %s", connection.Name, textName(text, ":"))
		p.line("")
		fmt.Fprint(p.w, textOf(text, reveal))
	}
	p.line("")
	p.places(shown.Plan)
	if !reveal {
		p.line("  the secret is shown as ********; write the texts with it to a folder:")
		p.line("  mailgrant show %s --reveal --out FOLDER", connection.Name)
	}
}
