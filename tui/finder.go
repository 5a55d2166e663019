package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/mailgrant/mailgrant/steps"
)

// finder narrows a list of options to those that what is typed fits.
type finder struct {
	all   []steps.Option
	words func(steps.Option) []string // what an option is found by
	typed string
}

// longestFind is how many letters are worth typing.
const longestFind = 40

// press takes a key; true means that the list may have changed.
func (f *finder) press(msg tea.KeyPressMsg) bool {
	switch {
	case on(msg, "backspace") && f.typed != "":
		letters := []rune(f.typed)
		f.typed = string(letters[:len(letters)-1])
		return true
	case msg.Text != "" && !msg.Mod.Contains(tea.ModAlt) && !msg.Mod.Contains(tea.ModCtrl):
		return f.add(msg.Text)
	}
	return false
}

func (f *finder) add(text string) bool {
	text, _ = pastedLine(f.typed + text)
	if len([]rune(text)) > longestFind || text == f.typed {
		return false
	}
	f.typed = text
	return true
}

// found are the options that fit, those that begin with what is typed before the others.
func (f *finder) found() []steps.Option {
	want := strings.ToLower(f.typed)
	var first, other []steps.Option
	for _, option := range f.all {
		begins, holds := false, false
		for _, word := range f.words(option) {
			word = strings.ToLower(word)
			begins = begins || strings.HasPrefix(word, want)
			holds = holds || strings.Contains(word, want)
		}
		switch {
		case begins:
			first = append(first, option)
		case holds:
			other = append(other, option)
		}
	}
	return append(first, other...)
}

// draw shows what is typed, once something is.
func (f *finder) draw(d *drawing, a area) {
	if f.typed == "" {
		return
	}
	d.Add("  " + a.Theme.Quiet.Render("Find  ") + a.Theme.Plain.Render(f.typed))
	d.Cursor = &point{min(8+lipgloss.Width(f.typed), d.Width-1), len(d.Lines) - 1}
	if len(f.found()) == 0 {
		d.Text(a.Theme.Quiet, 2, "Nothing here is called so. Backspace widens the search again; a product of your own can be added to the catalogue.")
	}
	d.Gap()
}
