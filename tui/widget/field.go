package widget

import (
	"strings"
	"unicode"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailgrant/mailgrant/tui/theme"
)

// MaxInput bounds what one field takes, in characters. No value of the road comes near it.
const MaxInput = 4096

// Field is one line of input with the terminal's own cursor. The text of a hidden one is
// never drawn.
type Field struct {
	input textinput.Model
	plain func(text string) int // of a partly hidden one; nil otherwise
}

// NewField makes a field that holds value. empty stands in it while it holds nothing.
func NewField(value, empty string, hidden bool) Field {
	input := textinput.New()
	input.Prompt = ""
	input.Placeholder = empty
	input.CharLimit = MaxInput
	input.SetVirtualCursor(false)
	// The binding would read the clipboard of the machine that this program runs on, which over
	// SSH is the wrong one. Terminals paste by themselves.
	input.KeyMap.Paste = key.NewBinding(key.WithDisabled())
	input.KeyMap.AcceptSuggestion = key.NewBinding(key.WithDisabled())
	input.KeyMap.NextSuggestion = key.NewBinding(key.WithDisabled())
	input.KeyMap.PrevSuggestion = key.NewBinding(key.WithDisabled())
	if hidden {
		input.EchoMode = textinput.EchoPassword
	}
	input.SetValue(value)
	input.CursorEnd()
	return Field{input: input}
}

// NewPartlyHidden makes a field of whose text only the beginning is drawn: plain says how many
// letters of it. For the rest stands a mask that is always equally long.
func NewPartlyHidden(value, empty string, plain func(text string) int) Field {
	f := NewField(value, empty, true)
	f.plain = plain
	return f
}

// Focus and Blur say whether keys go here.
func (f *Field) Focus() { _ = f.input.Focus() } // its command only blinks a virtual cursor
func (f *Field) Blur()  { f.input.Blur() }

// Value is what stands in the field.
func (f Field) Value() string { return f.input.Value() }

// Set replaces what stands in the field.
func (f *Field) Set(value string) {
	f.input.SetValue(value)
	f.input.CursorEnd()
}

// Insert puts a text at the cursor, as far as the field has room.
func (f *Field) Insert(text string) { f.input, _ = f.input.Update(tea.PasteMsg{Content: text}) }

// Press takes a key.
func (f *Field) Press(msg tea.KeyPressMsg) tea.Cmd {
	var cmd tea.Cmd
	f.input, cmd = f.input.Update(msg)
	return cmd
}

// View draws the field in at most width cells; the second result is the cursor's column, or -1
// when the field is not focused. It is drawn here and not by the input, whose own cursor
// counts characters where wide ones need two cells.
func (f Field) View(t theme.Theme, width int) (string, int) {
	if width < 2 {
		return "", -1
	}
	text := []rune(f.Value())
	if len(text) == 0 {
		return t.Quiet.Render(Fit(f.input.Placeholder, width)), f.column(0)
	}
	at := min(f.input.Position(), len(text))
	if f.plain != nil {
		return f.viewPart(t, text, at, width)
	}
	if !f.input.Focused() {
		at = 0
	}
	left, right := f.shown(text[:at]), f.shown(text[at:])
	if over := lipgloss.Width(left) - (width - 1); over > 0 {
		left = ansi.TruncateLeft(left, over+1, "…")
	}
	column := lipgloss.Width(left)
	return t.Plain.Render(left + Fit(right, width-column)), f.column(column)
}

func (f Field) column(at int) int {
	if !f.input.Focused() {
		return -1
	}
	return at
}

// viewPart draws the beginning of a partly hidden text and the mask. A cursor somewhere in what is
// hidden stands behind the mask.
func (f Field) viewPart(t theme.Theme, text []rune, at, width int) (string, int) {
	n := max(0, min(f.plain(string(text)), len(text)))
	line := visible(text[:n])
	column := lipgloss.Width(visible(text[:min(at, n)]))
	if len(text) > n {
		line = Fit(line, width-lipgloss.Width(partMask)-1) + partMask
	}
	if at > n {
		column = lipgloss.Width(line)
	}
	return t.Plain.Render(Fit(line, width)), f.column(min(column, width-1))
}

// partMask stands for hidden text of any length.
const partMask = "••••••••"

// shown is what may be drawn of a part of the text: dots for a hidden one, and a dot for each
// character that would act on the terminal or turn the line around.
func (f Field) shown(part []rune) string {
	if f.input.EchoMode != textinput.EchoNormal {
		return strings.Repeat("•", len(part))
	}
	return visible(part)
}

// visible puts a dot in the place of each character that has no glyph.
func visible(part []rune) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return '·'
		}
		return r
	}, string(part))
}
