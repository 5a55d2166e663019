package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// leaving asks whether to go while something would be lost. It belongs to the root, so that no
// result that arrives meanwhile can answer it.
type leaving struct {
	at          int // the place of the screen that is left
	state       steps.State
	interrupted bool // by ctrl+c
	saving      bool
	refused     string
}

// draftSaved tells where the draft is, or why it is not.
type draftSaved struct {
	path string
	err  error
}

// leave asks first where there is something to keep: of the screen at this place or of one
// below, which it may cover.
func (m *root) leave(at int, interrupted bool) tea.Cmd {
	for ; at >= 0; at-- {
		if state := m.stack[at].Draft(); state != nil {
			m.leaving = &leaving{at: at, state: *state, interrupted: interrupted}
			return nil
		}
	}
	outcome := m.outcome // of what was done last, from home
	outcome.Interrupted = interrupted
	return m.quit(outcome)
}

// answerLeaving takes yes and no; a second ctrl+c is a yes.
func (m *root) answerLeaving(msg tea.KeyPressMsg) tea.Cmd {
	asked := m.leaving
	switch {
	case asked.saving:
	case on(msg, "n", "N", "esc"):
		m.leaving = nil
	case on(msg, "y", "Y", "enter", "ctrl+c"):
		asked.interrupted = asked.interrupted || on(msg, "ctrl+c")
		if asked.refused != "" {
			return m.finish(asked.at, Outcome{State: asked.state, Interrupted: asked.interrupted})
		}
		asked.saving = true
		return m.saveDraft(asked.state)
	}
	return nil
}

func (m *root) saveDraft(state steps.State) tea.Cmd {
	folder := m.desk.Road.Folder
	return func() tea.Msg {
		path, err := folder.SaveDraft(state.Answers)
		return draftSaved{path, err}
	}
}

// draftSaved leaves, or says why the draft could not be kept and asks once more.
func (m *root) draftSaved(msg draftSaved) tea.Cmd {
	if m.leaving == nil {
		return nil
	}
	if msg.err != nil {
		m.leaving.saving, m.leaving.refused = false, msg.err.Error()
		return nil
	}
	return m.finish(m.leaving.at, Outcome{State: m.leaving.state, Draft: msg.path, Interrupted: m.leaving.interrupted})
}

func (l *leaving) lines(a area) []string {
	p := &widget.Page{Width: a.Width}
	p.Add("")
	if l.refused != "" {
		p.Add(a.Theme.Failed().Draw() + " The draft could not be kept.")
		p.Text(a.Theme.Failure, 2, l.refused)
		p.Gap()
		p.Text(a.Theme.Plain, 0, "Leave all the same? What was typed is lost then.")
		return p.Lines
	}
	p.Text(a.Theme.Plain, 0, "Leave?")
	p.Gap()
	p.Text(a.Theme.Quiet, 0, "What you typed is kept as a draft, without the client secret. mailgrant setup goes on where you stopped.")
	return p.Lines
}

func (*leaving) keys() []binding {
	return []binding{bind("leave", "y"), bind("stay", "n", "esc")}
}
