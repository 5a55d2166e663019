package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/strictyaml"
)

// printer writes the human report. It uses no colour and no cursor movement, so that it reads
// the same in a pipe, a log and a screen reader.
type printer struct{ w io.Writer }

func (p printer) line(format string, values ...any) { fmt.Fprintf(p.w, format+"\n", values...) }

func printError(w io.Writer, err error) {
	p := printer{w}
	var problem *steps.Problem
	var answers steps.AnswerErrors
	var file *strictyaml.Error
	switch {
	case errors.As(err, &problem):
		p.diagnoses(problem.Diagnoses)
	case errors.As(err, &answers):
		for _, one := range answers {
			p.line("mailgrant: %s", one)
		}
	case errors.As(err, &file):
		p.line("mailgrant: %s", err)
		p.line("  fix: %s", file.Fix)
	default:
		p.line("mailgrant: %s", err)
	}
}

// mark is an outcome's glyph and word; either says it without the other and without colour.
func mark(outcome providers.Outcome) string {
	switch outcome {
	case providers.Passed:
		return "+ passed"
	case providers.Warned:
		return "! warned"
	case providers.Failed:
		return "x failed"
	case providers.Skipped:
		return "- skipped"
	}
	return ". not reached"
}

// report prints what setup, check or rotate came to, and how to go on from where it was kept.
func (p printer) report(report steps.Report, in steps.Folder) {
	p.line("%s: %s, route %s, %s", report.Name, report.Product, report.Route, report.State)
	for _, result := range report.Results {
		p.result(result)
	}
	if report.Diagnosis != nil {
		p.diagnoses(report.Diagnoses)
	}
	for _, text := range report.Texts {
		p.text(text)
	}
	for _, need := range report.Needs {
		p.line("  needed: %s (%s)", need.Text, steps.RoleName(need.Owner))
		if need.Command != "" {
			p.line("      %s", need.Command)
		}
	}
	if report.Kept() {
		p.kept(report, in)
	}
}

func (p printer) result(result steps.TestResult) {
	p.line("  %s  %s over %s  %s", mark(result.Outcome), result.Test.Mailbox.Address, result.Test.Server.Protocol, result.Test.Server)
	for _, layer := range result.Layers {
		if layer.Outcome == providers.NotReached {
			continue
		}
		line := fmt.Sprintf("      %-7s  %-9s %5d ms  %s", layer.Layer, strings.TrimLeft(mark(layer.Outcome), "+!x-. "), layer.Elapsed.Milliseconds(), layer.Detail)
		p.line("%s", strings.TrimRight(line, " "))
	}
	p.diagnoses(result.Diagnoses)
}

// diagnoses prints the first one whole and what else it may be.
func (p printer) diagnoses(found []diagnosis.Diagnosis) {
	for i, one := range found {
		if i == 0 {
			p.diagnosis(one)
			if one.Decides != "" {
				p.line("      decided by: %s", one.Decides)
			}
			continue
		}
		p.line("      or (%s): %s [%s]", one.Certainty, one.Summary, one.Cause)
	}
}

func (p printer) diagnosis(d diagnosis.Diagnosis) {
	switch {
	case d.Cause != "":
		p.line("      cause: %s (%s, at %s)", d.Cause, d.Certainty, d.Layer)
	case d.Certainty != diagnosis.Certain: // certain without a cause is only that somebody is needed
		p.line("      cause: unknown (%s, at %s)", d.Certainty, d.Layer)
	}
	p.line("      %s", d.Summary)
	p.line("      who: %s", steps.RoleName(d.Owner))
	for _, fix := range d.Fixes {
		p.line("      fix: %s", fix.Text)
		if fix.Command != "" {
			p.line("           %s", fix.Command)
		}
		if fix.URL != "" {
			p.line("           %s", fix.URL)
		}
	}
}

func (p printer) text(text steps.TextProof) {
	word := mark(providers.Passed)
	if !text.OK {
		word = mark(providers.Failed)
	}
	p.line("  %s  %s: %s", word, textTitle(text), text.Detail)
	for _, difference := range text.Differences {
		p.line("      note: %s", difference)
	}
}

func textTitle(text steps.TextProof) string {
	if text.Address == "" {
		return text.Title
	}
	return text.Title + " for " + string(text.Address)
}

func (p printer) kept(report steps.Report, in steps.Folder) {
	p.line("  saved   %s (no secret in it)", report.Path)
	if report.Store != "" {
		p.line("  secret  %s", report.Store)
	}
	if len(report.ReplaceHere) > 0 {
		p.line("  replace the old secret in these %d places:", len(report.ReplaceHere))
		for _, place := range report.ReplaceHere {
			p.line("    line %2d  %s  in %s", place.Line, place.Key, placeTitle(place))
		}
	}
	if report.Plan != nil && report.Plan.Delegated() && report.Plan.Proof() != nil {
		p.line("  proved  by a sign-in of our own with the same registration (%s); the sign-in of %s itself", report.Plan.Way(), report.Plan.Product.Name)
		p.line("          is seen in its own test")
	}
	if report.State == steps.StateConfirmed {
		p.line("  confirmed by a person, not proved: only the product itself can show that it works")
	}
	if in.Practice {
		p.line("  this was practice: the secret was in memory only and is gone with this program,")
		p.line("  and mailgrant check --all and mailgrant status leave the connection out")
		return
	}
	if report.Plan != nil {
		p.unpublished(*report.Plan)
	}
	p.line("  texts   mailgrant show %s", report.Name)
	p.line("  again   mailgrant check %s", report.Name)
}

func placeTitle(place steps.Replacement) string {
	if place.Address == "" {
		return place.Place
	}
	return string(place.Address) + ", " + place.Place
}

// progress prints events as lines of conversation.
func (p printer) progress(now func() time.Time) steps.Emit {
	return func(event steps.Event) {
		switch e := event.(type) {
		case steps.Working:
			p.line("… %s", e.Text)
		case steps.CodeIssued:
			p.line("sign-in %d of %d: open %s and enter %s", e.Number, e.Total, e.Code.VerificationURI, e.Code.UserCode)
			p.line("  sign in as %s, not as yourself; the code ends at %s UTC", e.Account, e.Code.Expires.UTC().Format("15:04:05"))
		case steps.PageOpened:
			p.line("sign-in %d of %d: open this page in a browser", e.Number, e.Total)
			p.line("%s", e.Page.URL)
			p.line("  sign in as %s, not as yourself; it ends at %s, and this waits until %s UTC", e.Account, e.Page.Redirect, e.Page.Expires.UTC().Format("15:04:05"))
		case steps.SignedIn:
			if e.Account != "" {
				p.line("  signed in as %s", e.Account)
			} else {
				p.line("  signed in for %s", e.Want)
			}
		case steps.TestDone:
			p.line("  %s  %s over %s", mark(e.Result.Outcome), e.Result.Test.Mailbox.Address, e.Result.Test.Server.Protocol)
		case steps.Waiting:
			p.line("  %s; trying again in %s, until %s UTC", e.Why, e.Next.Sub(now()).Round(time.Second), e.Until.UTC().Format("15:04:05"))
		}
	}
}
