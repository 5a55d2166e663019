package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// alternatives are the ways in which Exchange can let the app in, where there is more than one: the
// permissions that are needed follow from the one that is taken.
func (s *permissionScreen) alternatives() []steps.Question {
	for _, step := range s.desk.Road.Setup() {
		if step.Name() == steps.StepPermissions {
			return step.Ask(s.state)
		}
	}
	return nil
}

// otherWay takes the next alternative of each question, and reads the list again.
func (s *permissionScreen) otherWay() tea.Cmd {
	for _, q := range s.alternatives() {
		s.state = s.state.With(q.Key, next(q, s.state.Value(q)).Value)
	}
	return s.again()
}

// next is the option after the one that is taken, in a circle.
func next(q steps.Question, taken string) steps.Option {
	for i, option := range q.Options {
		if option.Value == taken {
			return q.Options[(i+1)%len(q.Options)]
		}
	}
	return q.Options[0]
}

// drawAlternatives says, in one line each, which way is taken and how to take the other.
func (s *permissionScreen) drawAlternatives(d *drawing, a area) {
	const key = "  x: another way"
	questions := s.alternatives()
	if len(questions) > 0 {
		d.Gap()
	}
	for _, q := range questions {
		for _, option := range q.Options {
			if option.Value == s.state.Value(q) {
				d.Add(widget.Fit("In Exchange: "+option.Label, d.Width-len(key)) + a.Theme.Quiet.Render(key))
			}
		}
	}
}
