package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/providers/probe"
	"github.com/mailgrant/mailgrant/steps"
)

// ticketFile is where check --report writes, and the conversation that it has heard so far.
type ticketFile struct {
	file   *os.File
	failed error // the first page that could not be written

	mu    sync.Mutex
	heard []probe.Line // of the check under way
}

func newTicketFile(path string) (*ticketFile, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, usage("report file %s cannot be written: %s", path, reason(err)).fixedBy("choose another path")
	}
	return &ticketFile{file: file}, nil
}

func (f *ticketFile) close() error { return errors.Join(f.failed, f.file.Close()) }

// hear notes the conversation's lines and passes them on.
func (f *ticketFile) hear(next func(probe.Line)) func(probe.Line) {
	return func(line probe.Line) {
		f.mu.Lock()
		f.heard = append(f.heard, line)
		f.mu.Unlock()
		if next != nil {
			next(line)
		}
	}
}

// write adds one connection's check to the file.
func (f *ticketFile) write(report steps.Report, at time.Time) {
	f.mu.Lock()
	heard := f.heard
	f.heard = nil
	f.mu.Unlock()
	var page bytes.Buffer
	ticket{&page}.write(report, heard, at)
	if _, err := f.file.Write(page.Bytes()); err != nil && f.failed == nil {
		f.failed = notWritten("report", f.file, err)
	}
}

// ticket writes a check as Markdown that is safe to paste into a support ticket: settings, layers,
// what the tokens claimed, the conversation and the diagnosis, without secret, token or code.
type ticket struct{ w io.Writer }

func (t ticket) line(format string, values ...any) { fmt.Fprintf(t.w, format+"\n", values...) }

func (t ticket) write(report steps.Report, conversation []probe.Line, at time.Time) {
	t.line("# Mailgrant check of %s", plainCell(report.Name))
	t.line("\n%s UTC, mailgrant %s on %s/%s\n", at.UTC().Format("2006-01-02 15:04:05"), version, runtime.GOOS, runtime.GOARCH)
	t.line("Outcome: **%s**\n", outcomeWord(report))
	t.settings(report)
	t.tests(report.Results)
	if report.Diagnosis != nil {
		t.line("## Diagnosis\n")
		t.diagnoses(report.Diagnoses)
	}
	t.claims(report.Results)
	t.permissions(report.Checklist)
	t.texts(report.Texts)
	t.conversation(conversation)
}

func outcomeWord(report steps.Report) string {
	if report.Verified {
		return "verified"
	}
	return "not verified, connection is " + string(report.State)
}

// plainCell makes a value fit for a table or heading: on one line, nothing that Markdown or HTML
// would take for its own.
func plainCell(text string) string {
	return strings.NewReplacer("|", "¦", "`", "'", "<", "‹", ">", "›", "[", "(", "]", ")").Replace(providers.Clean(text))
}

func (t ticket) settings(report steps.Report) {
	if report.Plan == nil {
		return
	}
	plan := report.Plan
	t.line("## Settings\n\n| | |\n|---|---|")
	row := func(name, value string) {
		if value != "" {
			t.line("| %s | %s |", name, plainCell(value))
		}
	}
	row("product, route", plan.Product.Name+", "+plan.Route.ID)
	row("tenant", plan.Tenant)
	row("client ID", string(plan.ClientID))
	row("object ID, as configured", string(plan.ObjectID))
	row("sign-in service", plan.Endpoints.Authority)
	if !plan.SecretEnds.IsZero() {
		row("client secret", "kept in its store, ends "+plan.SecretEnds.Format(time.DateOnly))
	}
	for _, mailbox := range plan.Mailboxes() {
		row(string(mailbox.Direction), string(mailbox.Address)+signedInAs(mailbox))
	}
	t.line("")
}

func signedInAs(mailbox steps.Mailbox) string {
	if mailbox.SignIn.Same(mailbox.Address) {
		return ""
	}
	return ", signed in as " + string(mailbox.SignIn)
}

func (t ticket) tests(results []steps.TestResult) {
	t.line("## Tests")
	for _, result := range results {
		t.line("\n### %s over %s: %s\n", plainCell(string(result.Test.Mailbox.Address)), result.Test.Server.Protocol, result.Outcome)
		t.line("Server %s\n\n| layer | outcome | ms | detail |\n|---|---|---:|---|", plainCell(result.Test.Server.String()))
		for _, layer := range result.Layers {
			t.line("| %s | %s | %d | %s |", layer.Layer, layer.Outcome, layer.Elapsed.Milliseconds(), plainCell(layer.Detail))
		}
		t.line("")
		t.diagnoses(result.Diagnoses)
	}
	t.line("")
}

func (t ticket) diagnoses(found []diagnosis.Diagnosis) {
	for i, one := range found {
		cause := string(one.Cause)
		if cause == "" {
			cause = "unknown"
		}
		t.line("%d. **%s** (%s, layer %s, who: %s): %s", i+1, cause, one.Certainty, one.Layer, steps.RoleName(one.Owner), plainCell(one.Summary))
		if one.Decides != "" {
			t.line("   - decided by: %s", plainCell(one.Decides))
		}
		for _, fix := range one.Fixes {
			t.line("   - fix: %s", plainCell(fix.Text))
			if fix.Command != "" {
				t.line("\n     ```\n     %s\n     ```", strings.ReplaceAll(providers.Clean(fix.Command), "```", "'''"))
			}
		}
	}
	if len(found) > 0 {
		t.line("")
	}
}

// claims tells what the tokens said about themselves; the tokens are not among it.
func (t ticket) claims(results []steps.TestResult) {
	seen := map[string]bool{}
	for _, result := range results {
		claims := result.Claims
		key := fmt.Sprint(claims)
		if !claims.Readable || seen[key] {
			continue
		}
		if len(seen) == 0 {
			t.line("## What the tokens claim\n\n| audience | tenant | client ID | object ID | roles | scopes | user | ends |\n|---|---|---|---|---|---|---|---|")
		}
		seen[key] = true
		t.line("| %s | %s | %s | %s | %s | %s | %s | %s |", plainCell(claims.Audience), plainCell(claims.TenantID), plainCell(claims.ClientID),
			plainCell(claims.ObjectID), plainCell(strings.Join(claims.Roles, " ")), plainCell(strings.Join(claims.Scopes, " ")),
			plainCell(claims.User), claims.Expires.UTC().Format(time.RFC3339))
	}
	if len(seen) > 0 {
		t.line("")
	}
}

func (t ticket) permissions(lines []steps.Line) {
	if len(lines) == 0 {
		return
	}
	t.line("## Permissions\n\n| permission | type | resource | state | known from |\n|---|---|---|---|---|")
	for _, line := range lines {
		t.line("| %s | %s | %s | %s | %s |", plainCell(line.Permission.Name), line.Permission.Type, line.Resource(), line.State, plainCell(line.Evidence))
	}
	t.line("")
}

func (t ticket) texts(texts []steps.TextProof) {
	if len(texts) == 0 {
		return
	}
	t.line("## Texts for the product\n")
	for _, text := range texts {
		t.line("- %s: %s", plainCell(textTitle(text)), plainCell(text.Detail))
	}
	t.line("")
}

// conversation writes what was said, test by test.
func (t ticket) conversation(lines []probe.Line) {
	if len(lines) == 0 {
		return
	}
	slices.SortStableFunc(lines, func(a, b probe.Line) int {
		return cmp.Or(strings.Compare(a.Probe, b.Probe), strings.Compare(string(a.Mailbox), string(b.Mailbox)))
	})
	t.line("## Conversation with the mail servers\n\n```")
	for _, line := range lines {
		t.line("%s", strings.ReplaceAll(traceLine(line), "```", "'''"))
	}
	t.line("```\n")
}
