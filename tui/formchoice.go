package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
)

// typed reports whether a question is answered by typing.
func typed(q steps.Question) bool { return q.Kind != steps.Confirm && q.Kind != steps.Choice }

// choose takes a key at a question with a few answers: the next or the previous one. One that may
// stay empty has nothing as the first of its answers.
func (f *form) choose(msg tea.KeyPressMsg) {
	by := 0
	switch {
	case on(msg, "right", "space"):
		by = 1
	case on(msg, "left"):
		by = -1
	default:
		return
	}
	q := f.fields[f.at].question
	values := valuesOf(q)
	if len(values) == 0 {
		return
	}
	at := slices.Index(values, f.state.Value(q))
	if at < 0 && by < 0 {
		at = 0
	}
	f.fields[f.at].wrong = ""
	f.state = f.state.With(q.Key, values[(at+by+len(values))%len(values)])
	f.refresh()
	if i := f.find(q.Key); i >= 0 {
		f.focus(i)
	}
}

func valuesOf(q steps.Question) []string {
	var values []string
	if q.Optional && q.Default == "" {
		values = append(values, "")
	}
	for _, option := range q.Options {
		values = append(values, option.Value)
	}
	return values
}

// optionOf is the option that a question's answer stands for; false where it has none.
func optionOf(q steps.Question, value string) (steps.Option, bool) {
	i := slices.IndexFunc(q.Options, func(option steps.Option) bool { return option.Value == value })
	if i < 0 {
		return steps.Option{}, false
	}
	return q.Options[i], true
}

// viewChoice shows the answer that is chosen, with arrows where the cursor is.
func (f *form) viewChoice(a area, i int) string {
	q := f.fields[i].question
	text := a.Theme.Quiet.Render(emptyWords(q))
	if option, ok := optionOf(q, f.state.Value(q)); ok {
		text = a.Theme.Plain.Render(option.Label)
	}
	if i != f.at {
		return text
	}
	return a.Theme.Accent.Render("← ") + text + a.Theme.Accent.Render(" →")
}

// choiceWords tell what the answers of a question are, and what the chosen one means.
func (f *form) choiceWords(q steps.Question) string {
	var labels []string
	for _, option := range q.Options {
		labels = append(labels, option.Label)
	}
	words := "One of: " + strings.Join(labels, ", ") + "."
	if option, ok := optionOf(q, f.state.Value(q)); ok && option.Summary != "" {
		words += " " + option.Label + ": " + sentence(option.Summary)
	}
	return words
}
