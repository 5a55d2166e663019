package theme

import (
	"charm.land/lipgloss/v2"

	"github.com/mailgrant/mailgrant/providers"
)

// Mark is a state as it is shown: a glyph, its word and its colour, so that none of the three
// carries the meaning alone.
type Mark struct {
	Glyph string
	Word  string
	Style lipgloss.Style
}

// Draw is the glyph in its colour.
func (m Mark) Draw() string { return m.Style.Render(m.Glyph) }

// Spell is glyph and word in their colour.
func (m Mark) Spell() string { return m.Style.Render(m.Glyph + " " + m.Word) }

// Passed, Warned, Failed, Skipped, NotReached, ToCome and Now are the states of the program.
func (t Theme) Passed() Mark     { return Mark{"✓", "passed", t.Success} }
func (t Theme) Warned() Mark     { return Mark{"!", "warned", t.Warning} }
func (t Theme) Failed() Mark     { return Mark{"✗", "failed", t.Failure} }
func (t Theme) Skipped() Mark    { return Mark{"–", "skipped", t.Quiet} }
func (t Theme) NotReached() Mark { return Mark{"·", "not reached", t.Quiet} }
func (t Theme) ToCome() Mark     { return Mark{"○", "to come", t.Quiet} }
func (t Theme) Now() Mark        { return Mark{"●", "now", t.Accent} }

// Outcome is the mark of a layer or a test.
func (t Theme) Outcome(outcome providers.Outcome) Mark {
	switch outcome {
	case providers.Passed:
		return t.Passed()
	case providers.Warned:
		return t.Warned()
	case providers.Failed:
		return t.Failed()
	case providers.Skipped:
		return t.Skipped()
	}
	return t.NotReached()
}

// Pointer marks the line that keys act on.
const Pointer = "▌"

// Spinner is the glyph of a moment while something works, one for every beat.
func Spinner(beat int) string {
	frames := [...]string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"}
	return frames[((beat%len(frames))+len(frames))%len(frames)]
}
