package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/steps/product"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// explainScreen takes an error text and says what it means. A paste is explained at once, and the
// next one takes its place; what is typed waits for enter.
type explainScreen struct {
	idle
	desk    desk
	input   widget.Field
	text    pastedText
	found   *diagnosis.Explanation // nil while a text is asked for
	screens []product.Recognised   // the products whose own screens show the text
	copied  int                    // which of several commands is copied next
}

func newExplain(d desk) *explainScreen {
	s := &explainScreen{desk: d}
	s.ask()
	return s
}

// ask waits for a text.
func (s *explainScreen) ask() {
	s.text, s.found, s.screens = pastedText{}, nil, nil
	s.input = widget.NewField("", "paste it here", false)
	s.input.Focus()
}

// explain reads a text. An empty one is none; the sentence says what was not read.
func (s *explainScreen) explain(content string) (notice string) {
	text := newPastedText(content)
	if len(text.lines) == 0 {
		return "there is no text in it to explain"
	}
	found := text.explain()
	s.text, s.found, s.copied = text, &found, 0
	s.screens = s.desk.Road.Catalogue.Recognise(text.String())
	if text.cut {
		return "only the first megabyte of the text was read"
	}
	return ""
}

func (s *explainScreen) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		return nil, say(s.explain(msg.Content))
	case tea.KeyPressMsg:
		if s.found != nil {
			return s.pressAnswer(msg)
		}
		return s.pressInput(msg)
	}
	return nil, nil
}

func (s *explainScreen) pressInput(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case on(msg, "esc"):
		return pop{}, nil
	case on(msg, "enter", "ctrl+s"):
		return nil, say(s.explain(s.input.Value()))
	}
	return nil, s.input.Press(msg)
}

// pressAnswer leaves the answer by keys alone that are in no text: a terminal that pastes by
// typing brings the lines after the first one here.
func (s *explainScreen) pressAnswer(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case on(msg, "esc"):
		return pop{}, nil
	case on(msg, "ctrl+n"):
		s.ask()
	case on(msg, "c"):
		if commands := commandsOf(s.found.Diagnoses); len(commands) > 0 {
			s.copied++
			return nil, copyOut(commands[(s.copied-1)%len(commands)], "the command was")
		}
	case on(msg, "p"):
		if command := s.reproduce(); command != "" {
			return nil, copyOut(command, "the practice command was")
		}
	}
	return nil, nil
}

// reproduce is the command that shows the most probable cause on the practice tenant, or empty.
func (s *explainScreen) reproduce() string {
	if s.desk.Reproduce == nil || s.found == nil || !s.found.Recognised {
		return ""
	}
	return s.desk.Reproduce(s.found.Diagnoses[0])
}

func (s *explainScreen) Heading(theme.Theme) heading {
	h := heading{Title: "Explain an error", Place: "what a text means, who mends it and how"}
	switch {
	case s.found == nil:
	case s.found.Recognised:
		h.Status = string(s.found.Diagnoses[0].Certainty)
	default:
		h.Status = "not recognised"
	}
	return h
}

func (s *explainScreen) Keys() []binding {
	if s.found == nil {
		return []binding{bind("explain", "enter", "ctrl+s"), bind("back", "esc")}
	}
	noCommand, noScenario := "", ""
	if len(commandsOf(s.found.Diagnoses)) == 0 {
		noCommand = "no command mends this"
	}
	if s.reproduce() == "" {
		noScenario = "the practice tenant does not show this"
	}
	return []binding{
		bind("copy command", "c").unless(noCommand), bind("copy practice command", "p").unless(noScenario),
		bind("another text", "ctrl+n"), bind("back", "esc"),
	}
}
