package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
)

// resumeScreen offers to go on with a draft before a new set-up begins.
type resumeScreen struct {
	idle
	desk   desk
	start  steps.State
	drafts []steps.Answers
	choice choice
}

func newResume(d desk, start steps.State, drafts []steps.Answers) *resumeScreen {
	s := &resumeScreen{desk: d, start: start, drafts: drafts}
	var options []steps.Option
	for _, draft := range drafts {
		options = append(options, steps.Option{Value: draft.Name, Label: "Go on with " + draft.Name, Summary: draftSummary(draft)})
	}
	s.choice = newChoice(append(options, steps.Option{Label: "Begin anew", Summary: "the drafts stay where they are"}), drafts[0].Name)
	return s
}

// draftSummary says in a line how far a draft had come.
func draftSummary(draft steps.Answers) string {
	facts := []string{draft.Product}
	if draft.Tenant != "" {
		facts = append(facts, draft.Tenant)
	}
	mailboxes := len(draft.Mailboxes.Inbound)
	if draft.Mailboxes.Outbound != nil {
		mailboxes++
	}
	switch mailboxes {
	case 0:
		facts = append(facts, "no mailbox yet")
	case 1:
		facts = append(facts, "1 mailbox")
	default:
		facts = append(facts, fmt.Sprintf("%d mailboxes", mailboxes))
	}
	return strings.Join(facts, " · ")
}

func (s *resumeScreen) Update(msg tea.Msg) (move, tea.Cmd) {
	switch {
	case on(msg, "up", "k"):
		s.choice.move(-1)
	case on(msg, "down", "j"):
		s.choice.move(1)
	case on(msg, "esc"):
		return pop{}, nil
	case on(msg, "enter"):
		start := s.start
		if s.choice.at < len(s.drafts) {
			start.Answers = s.drafts[s.choice.at]
		}
		return become{newWizard(s.desk, start)}, nil
	}
	return nil, nil
}

func (s *resumeScreen) Heading(theme.Theme) heading {
	return heading{Title: "Connect a product", Place: "There is a draft from before"}
}

func (s *resumeScreen) Keys() []binding {
	return []binding{bind("take", "enter"), bind("choose", "up", "down", "j", "k").shown("↑↓"), bind("leave", "esc")}
}

func (s *resumeScreen) View(a area) drawing {
	d := a.page()
	s.choice.draw(d, a)
	return *d
}
