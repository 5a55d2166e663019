package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps"
)

// ask asks one question until the answer can be used. An empty line keeps the present answer.
func (f plain) ask(ctx context.Context, q steps.Question, state steps.State) (steps.State, error) {
	f.describe(q, state)
	for {
		if q.Kind == steps.Hidden {
			secret, err := f.askHidden(ctx, q, state)
			if errors.Is(err, errAgain) {
				continue
			}
			if err != nil || secret.IsZero() {
				return state, err
			}
			return state.WithSecret(secret), nil
		}
		text, err := f.read(ctx, f.prompt(q, state))
		if err != nil {
			return state, err
		}
		value, err := f.value(q, text)
		switch {
		case text == "" && (state.Has(q) || q.Optional):
			if q.Default != "" && state.Answers.Get(q.Key) == "" {
				state = state.With(q.Key, q.Default)
			}
			return state, nil
		case text == "-" && q.Optional:
			return state.With(q.Key, ""), nil
		case text == "":
			f.p.line("  %s is needed", q.Label)
		case err != nil:
			f.p.line("  %s", err)
		default:
			return state.With(q.Key, value), nil
		}
	}
}

var errAgain = errors.New("asked again")

func (f plain) askHidden(ctx context.Context, q steps.Question, state steps.State) (keychain.Secret, error) {
	secret, err := hidden(ctx, f.t, q.Label+" (hidden): ")
	if err != nil && secret.IsZero() {
		return keychain.Secret{}, ended(err)
	}
	if secret.IsZero() {
		if state.Has(q) {
			return keychain.Secret{}, nil
		}
		f.p.line("  %s is needed", q.Label)
		return keychain.Secret{}, errAgain
	}
	if err := steps.CheckSecret(secret); err != nil {
		f.p.line("  %s", err)
		return keychain.Secret{}, errAgain
	}
	return secret, nil
}

func ended(err error) error {
	if errors.Is(err, io.EOF) {
		return errEnded
	}
	return err
}

// describe says what is asked and where the answer is found.
func (f plain) describe(q steps.Question, state steps.State) {
	if q.Help != "" {
		f.p.line("  %s", q.Help)
	}
	if q.Where != "" {
		f.p.line("  where: %s", q.Where)
	}
	for i, option := range q.Options {
		recommended := ""
		if option.Recommended {
			recommended = " (recommended)"
		}
		f.p.line("  %d  %s%s", i+1, option.Label, recommended)
		if option.Summary != "" {
			f.p.line("     %s", option.Summary)
		}
		for _, fact := range option.Facts {
			f.p.line("     %s: %s", fact.Label, fact.Text)
		}
		for _, warning := range option.Warnings {
			f.p.line("     ! %s", warning.Text)
		}
	}
}

func (f plain) prompt(q steps.Question, state steps.State) string {
	present := state.Value(q)
	switch {
	case q.Kind == steps.Confirm && present == steps.Yes:
		return q.Label + " (done; n undoes it): "
	case q.Kind == steps.Confirm:
		return q.Label + " (y if done, empty if not known): "
	case present != "":
		return fmt.Sprintf("%s [%s]: ", q.Label, present)
	case q.Optional:
		return q.Label + " (may be empty): "
	case q.Example != "":
		return fmt.Sprintf("%s, e.g. %s: ", q.Label, q.Example)
	}
	return q.Label + ": "
}

// value reads an answer: a choice by number or by name, a tick by y or n.
func (f plain) value(q steps.Question, text string) (string, error) {
	switch q.Kind {
	case steps.Choice:
		if n, err := strconv.Atoi(text); err == nil {
			if n < 1 || n > len(q.Options) {
				return "", fmt.Errorf("%d is not one of the numbers from 1 to %d", n, len(q.Options))
			}
			text = q.Options[n-1].Value
		}
	case steps.Confirm:
		if isYes(text) {
			return steps.Yes, nil
		}
		return "", nil
	}
	if q.Check != nil {
		if err := q.Check(text); err != nil {
			return "", err
		}
	}
	return text, nil
}

func isYes(text string) bool {
	text = strings.ToLower(text)
	return text == "y" || text == "yes"
}

// read prints a prompt and takes a line, without blanks around it. "<" goes back.
func (f plain) read(ctx context.Context, prompt string) (string, error) {
	fmt.Fprint(f.t.talk, prompt)
	line, err := f.t.line(ctx)
	text := strings.TrimSpace(line)
	switch {
	case err != nil && text == "":
		fmt.Fprintln(f.t.talk)
		return "", ended(err)
	case text == "<":
		return "", errBack
	}
	return text, nil
}

func (f plain) confirm(ctx context.Context, question string) (bool, error) {
	text, err := f.read(ctx, question+" [y/N] ")
	return isYes(text), err
}

func (f plain) askAccount(ctx context.Context, wrong *providers.WrongAccount) bool {
	yes, err := f.confirm(ctx, fmt.Sprintf("%s signed in, but the mailbox is %s. Is that the same person's mailbox, so that it may be used?", wrong.Got, wrong.Want))
	return err == nil && yes
}

// hidden reads a secret without echo, or a line where nobody sits.
func hidden(ctx context.Context, t *terminal, prompt string) (keychain.Secret, error) {
	if t.readHidden != nil {
		line, err := t.readHidden(ctx, prompt)
		return keychain.NewSecret(line), err
	}
	fmt.Fprint(t.talk, prompt)
	line, err := t.line(ctx)
	return keychain.NewSecret(withoutLineEnd(line)), err
}

// progress prints events, and takes the address that a browser on another machine ended at. A
// line without one is no answer: the browser may be on this machine and answer by itself.
func (f plain) progress(ctx context.Context) steps.Emit {
	human := f.p.progress(f.road.Now)
	return func(event steps.Event) {
		human(event)
		page, ok := event.(steps.PageOpened)
		for ok {
			address, err := f.read(ctx, "Press enter when the browser has signed in. If it is on another machine and shows an error, paste its address here: ")
			if err != nil || address == "" {
				return
			}
			if err = page.Page.Paste(address); err == nil {
				return
			}
			f.p.line("  %s", err)
		}
	}
}
