package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/providers/practice"
	"github.com/mailgrant/mailgrant/steps/product"
)

// maxExplained is how much of a pasted text is read, in bytes.
const maxExplained = 1 << 20

func explainCommand(t *terminal) *cobra.Command {
	asJSON := false
	command := &cobra.Command{
		Use: "explain [TEXT]", Short: "say what an error text means, who mends it and how",
		Long:    "Reads an error text, as an argument or from standard input, and names layer,\ncause, owner and fixes. It works offline; the text does not leave this computer.",
		Example: "  mailgrant explain \"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant\"\n  mailgrant explain < error.log",
		RunE: func(cmd *cobra.Command, args []string) error {
			return runExplain(cmd.Context(), t, strings.Join(args, " "), asJSON)
		},
	}
	command.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return command
}

func runExplain(ctx context.Context, t *terminal, text string, asJSON bool) error {
	if text == "" && t.person && !asJSON && !t.plainWanted() {
		return drawnExplain(ctx, t)
	}
	if text == "" {
		var err error
		if text, err = pasted(ctx, t); err != nil {
			return err
		}
	}
	if strings.TrimSpace(text) == "" {
		return usage("there is no text to explain").fixedBy("give it as an argument or on standard input")
	}
	return explained(t, text, asJSON)
}

// explained prints what a text means; a text that is not recognised is a failure to scripts.
func explained(t *terminal, text string, asJSON bool) error {
	explanation := diagnosis.Explain(text)
	if asJSON {
		printJSON(t.out, explainJSONOf(explanation))
	} else {
		p := printer{t.out}
		p.explanation(explanation, text)
		if known, err := knownProducts(t); err == nil {
			p.screens(known.Recognise(text))
		}
	}
	if !explanation.Recognised {
		return &silent{exitFailed}
	}
	return nil
}

// pasted reads standard input to its end, or its first megabyte.
func pasted(ctx context.Context, t *terminal) (string, error) {
	if t.person {
		fmt.Fprintln(t.talk, "paste the error text, then press Ctrl+D on a line of its own (Ctrl+Z, Enter on Windows)")
	}
	data, err := t.all(ctx, maxExplained)
	if err != nil {
		return "", fmt.Errorf("standard input cannot be read: %w", err)
	}
	return string(data), nil
}

type explainJSON struct {
	Schema     string           `json:"schema"`
	Recognised bool             `json:"recognised"`
	Diagnoses  []*diagnosisJSON `json:"diagnoses"`
	Facts      factsJSON        `json:"facts"`
}

type factsJSON struct {
	AADSTS        int    `json:"aadsts,omitempty"`
	TraceID       string `json:"traceId,omitempty"`
	CorrelationID string `json:"correlationId,omitempty"`
	Timestamp     string `json:"timestamp,omitempty"`
	SMTPEnhanced  string `json:"smtpEnhanced,omitempty"`
	HTTPStatus    int    `json:"httpStatus,omitempty"`
}

func explainJSONOf(e diagnosis.Explanation) explainJSON {
	made := explainJSON{"mailgrant.explain/1", e.Recognised, []*diagnosisJSON{}, factsJSON(e.Facts)}
	for _, one := range e.Diagnoses {
		made.Diagnoses = append(made.Diagnoses, diagnosisJSONOf(one))
	}
	return made
}

// explanation prints what is known, and how to see the same failure on the practice tenant.
func (p printer) explanation(e diagnosis.Explanation, text string) {
	if !e.Recognised {
		p.line("no cause is named: %s", e.Unknown.Summary)
		p.line("      it says: %s", providers.Clean(firstWords(text)))
		for _, fix := range e.Unknown.Fixes {
			p.line("      next: %s", fix.Text)
			if fix.URL != "" {
				p.line("            %s", fix.URL)
			}
		}
		p.facts(e.Facts)
		return
	}
	p.diagnoses(e.Diagnoses)
	p.facts(e.Facts)
	if command := reproduce(e.Diagnoses[0]); command != "" {
		p.line("      see it on the practice tenant:")
		p.line("           %s", command)
	}
}

// screens tells what a text means on the screens of the products that show it.
func (p printer) screens(found []product.Recognised) {
	for _, one := range found {
		p.line("      in %s, %s: %s", one.Product.Name, strings.Join(one.Routes, " and "), one.Verdict())
		p.line("           %s", one.Error.Cause)
		for _, fix := range one.Error.Fix {
			p.line("           fix: %s", fix)
		}
	}
}

func firstWords(text string) string {
	const most = 300
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

func (p printer) facts(f diagnosis.Facts) {
	for _, fact := range []struct{ name, value string }{
		{"trace ID", f.TraceID}, {"correlation ID", f.CorrelationID}, {"time", f.Timestamp}, {"SMTP status", f.SMTPEnhanced},
	} {
		if fact.value != "" {
			p.line("      %s: %s", fact.name, fact.value)
		}
	}
	if f.AADSTS != 0 {
		p.line("      number: AADSTS%d, https://login.microsoftonline.com/error?code=%d", f.AADSTS, f.AADSTS)
	}
	if f.HTTPStatus != 0 {
		p.line("      HTTP status: %d", f.HTTPStatus)
	}
}

// reproduce is the command that shows a cause on the practice tenant; empty where none does.
func reproduce(d diagnosis.Diagnosis) string {
	scenario, shown := practice.Showing(d.Cause, d.Owner)
	if !shown {
		return ""
	}
	return "mailgrant setup --practice --scenario " + scenario.Name
}
