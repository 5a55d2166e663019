package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/probe"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// ledger is the list of tests with what each has shown so far.
type ledger struct {
	rows    []row
	at      int
	waiting *steps.Waiting // the program tries again by itself
}

// row is one test.
type row struct {
	test    steps.Test
	running bool
	layers  []probe.LayerResult
	result  *steps.TestResult // nil until it is done
}

// newLedger lists the tests of a plan with the results that there are.
func newLedger(tests []steps.Test, results []steps.TestResult) ledger {
	l := ledger{}
	for _, test := range tests {
		l.rows = append(l.rows, row{test: test})
	}
	for _, result := range results {
		if i := l.find(result.Test); i >= 0 {
			l.rows[i].result, l.rows[i].layers = &result, result.Layers
		}
	}
	l.toFailure()
	return l
}

func (l *ledger) find(test steps.Test) int {
	return slices.IndexFunc(l.rows, func(r row) bool { return r.test == test })
}

// hear takes what happened to a test. A test that was not in the plan shown is added.
func (l *ledger) hear(message any) {
	switch event := message.(type) {
	case steps.TestStarted:
		l.waiting = nil
		*l.row(event.Test) = row{test: event.Test, running: true}
	case steps.LayerDone:
		r := l.row(event.Test)
		r.layers = append(r.layers, event.Layer)
	case steps.TestDone:
		r := l.row(event.Result.Test)
		r.running, r.result, r.layers = false, &event.Result, event.Result.Layers
	case steps.Waiting:
		l.waiting = &event
	}
}

func (l *ledger) row(test steps.Test) *row {
	i := l.find(test)
	if i < 0 {
		l.rows = append(l.rows, row{test: test})
		i = len(l.rows) - 1
	}
	return &l.rows[i]
}

// halt forgets what was running when the work ended.
func (l *ledger) halt() {
	l.waiting = nil
	for i := range l.rows {
		l.rows[i].running = false
	}
}

func (l *ledger) move(by int) {
	l.at = max(0, min(l.at+by, len(l.rows)-1))
}

// toFailure points at the first test that failed.
func (l *ledger) toFailure() {
	for i, r := range l.rows {
		if r.result != nil && r.result.Outcome == providers.Failed {
			l.at = i
			return
		}
	}
}

// selected is the test at the pointer; nil for an empty list.
func (l *ledger) selected() *row {
	if l.at >= len(l.rows) {
		return nil
	}
	return &l.rows[l.at]
}

// count says how many tests ended how.
func (l *ledger) count() string {
	passed, failed, skipped := 0, 0, 0
	for _, r := range l.rows {
		switch {
		case r.result == nil:
		case r.result.OK():
			passed++
		case r.result.Outcome == providers.Skipped:
			skipped++
		default:
			failed++
		}
	}
	parts := []string{fmt.Sprintf("%d of %d passed", passed, len(l.rows))}
	if failed > 0 {
		parts = append(parts, fmt.Sprintf("%d failed", failed))
	}
	if skipped > 0 {
		parts = append(parts, fmt.Sprintf("%d skipped", skipped))
	}
	return strings.Join(parts, " · ")
}

// draw lists the tests, and below them the layers and the diagnosis of the one at the pointer,
// if the pointer is here.
func (l *ledger) draw(d *drawing, a area, pointed bool) {
	address := 0
	for _, r := range l.rows {
		address = max(address, lipgloss.Width(string(r.test.Mailbox.Address)))
	}
	address = min(address, max(d.Width/2-8, 12))
	for i, r := range l.rows {
		pointer := "  "
		if i == l.at && pointed {
			pointer = a.Theme.Accent.Render(theme.Pointer) + " "
		}
		from := len(d.Lines)
		d.Add(pointer + widget.Pad(string(r.test.Mailbox.Address), address) + "  " + a.Theme.Quiet.Render(widget.Pad(r.test.Server.Protocol, 5)) + r.describe(a))
		if i == l.at && pointed {
			d.Hold(from)
		}
	}
	l.drawWaiting(d, a)
	r := l.selected()
	if r == nil || len(r.layers) == 0 {
		return
	}
	d.Gap()
	for _, line := range widget.Layers(a.Theme, r.layers, d.Width-4) {
		d.Add("    " + line)
	}
	if r.result != nil && len(r.result.Diagnoses) > 0 {
		d.Gap()
		drawDiagnoses(&d.Page, a, r.result.Diagnoses, 4)
		return
	}
	for _, layer := range r.layers {
		if layer.Outcome == providers.Warned || layer.Outcome == providers.Failed {
			d.Label(string(layer.Layer), layer.Detail, a.Theme.Outcome(layer.Outcome).Style, 4, 9)
		}
	}
}

func (l *ledger) drawWaiting(d *drawing, a area) {
	if l.waiting == nil {
		return
	}
	d.Gap()
	d.Text(a.Theme.Plain, 2, fmt.Sprintf("%s trying again in %s, until %s UTC", a.spin(), clock(l.waiting.Next.Sub(a.Now)), l.waiting.Until.UTC().Format("15:04")))
	d.Text(a.Theme.Quiet, 4, sentence(l.waiting.Why))
}

// describe is what one test has shown: outcome, time and the most telling detail.
func (r row) describe(a area) string {
	switch {
	case r.running:
		doing := "connecting"
		if n := len(r.layers); n > 0 {
			doing = "after " + string(r.layers[n-1].Layer)
		}
		return a.spin() + " " + doing
	case r.result == nil:
		return a.Theme.ToCome().Spell()
	}
	mark := a.Theme.Outcome(r.result.Outcome)
	total := time.Duration(0)
	for _, layer := range r.layers {
		total += layer.Elapsed
	}
	if r.result.Outcome == providers.Skipped {
		return mark.Spell()
	}
	return mark.Style.Render(mark.Glyph+" "+widget.Pad(mark.Word, 6)) + a.Theme.Quiet.Render(fmt.Sprintf(" %6s  %s", took(total), r.telling()))
}

// telling is the detail that says most about a test.
func (r row) telling() string {
	switch {
	case r.result.Outcome == providers.Failed:
		for _, layer := range r.layers {
			if layer.Outcome == providers.Failed {
				return "at " + string(layer.Layer)
			}
		}
		return ""
	case r.result.Messages >= 0 && r.test.Server.Protocol == "imap":
		folder := r.test.Mailbox.Folder
		if folder == "" {
			folder = "INBOX"
		}
		return fmt.Sprintf("%s, %d messages", folder, r.result.Messages)
	case r.test.Recipient != "":
		return "signed in, 1 sent"
	case r.test.Server.Protocol == "smtp":
		return "signed in, nothing sent"
	}
	return ""
}

// took is a test's time as people read it.
func took(d time.Duration) string {
	if d < 10*time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%d s", int(d.Seconds()))
}

// clock is a time that is left, as minutes and seconds; what has passed is 0:00.
func clock(left time.Duration) string {
	seconds := max(int(left.Round(time.Second).Seconds()), 0)
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}
