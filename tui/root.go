package tui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/tui/theme"
)

// root is the one tea.Model: it owns the stack of screens and the frame around them.
type root struct {
	desk    desk
	stack   []screen // never empty before the end
	frame   frame
	now     time.Time
	beat    int
	beating bool
	scroll  int  // the first line in view, when scrolled by hand
	byHand  bool // whether it is
	notice  string
	leaving *leaving // the question that covers everything
	outcome Outcome
	ended   bool
}

// newRoot shows one screen. Until the terminal has answered it is taken for a dark one, and
// until its size is known nothing is drawn.
func newRoot(d desk, first func(desk) screen) *root {
	m := &root{desk: d, stack: []screen{first(d)}, now: d.Now()}
	m.frame = frame{theme: theme.New(true), ascii: d.ASCII}
	return m
}

// Init starts the first screen and asks the terminal for its background, which many never tell.
func (m *root) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, m.stack[0].Init(), m.pulse())
}

// Update keeps what concerns the terminal, and passes on the rest: input to the screen on top,
// results to the screens that may have asked for them.
func (m *root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	var cmd tea.Cmd
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.frame.width, m.frame.height = msg.Width, msg.Height
	case tea.BackgroundColorMsg:
		m.frame.theme = theme.New(msg.IsDark())
	case beat:
		m.beating, m.beat, m.now = false, m.beat+1, time.Time(msg)
	case noted:
		m.notice = string(msg)
	case draftSaved:
		cmd = m.draftSaved(msg)
	case tea.KeyPressMsg:
		cmd = m.press(msg)
	case tea.PasteMsg:
		if m.leaving == nil {
			m.byHand, m.notice = false, ""
			cmd = m.deliver(len(m.stack)-1, msg)
		}
	default:
		cmd = m.broadcast(msg)
	}
	return m, tea.Batch(cmd, m.pulse())
}

// press handles the keys that work everywhere and hands on the others.
func (m *root) press(msg tea.KeyPressMsg) tea.Cmd {
	m.notice = ""
	top := m.stack[len(m.stack)-1]
	switch {
	case m.leaving != nil:
		return m.answerLeaving(msg)
	case on(msg, "ctrl+c"):
		return m.leave(len(m.stack)-1, true)
	case on(msg, "pgdown", "pgup"):
		m.turn(on(msg, "pgdown"))
		return nil
	}
	m.byHand = false
	if _, helping := top.(*help); !helping && (on(msg, "ctrl+g", "f1") || on(msg, "?") && !m.typing(top)) {
		return m.help(top)
	}
	if why := refusal(top.Keys(), msg); why != "" {
		m.notice = why
		return nil
	}
	return m.deliver(len(m.stack)-1, msg)
}

// broadcast brings a result to every screen, since the one that asked may be covered.
func (m *root) broadcast(msg tea.Msg) tea.Cmd {
	var all []tea.Cmd
	for i := 0; i < len(m.stack); i++ {
		all = append(all, m.deliver(i, msg))
	}
	return tea.Batch(all...)
}

// deliver gives a message to one screen and makes the move that it wants.
func (m *root) deliver(at int, msg tea.Msg) tea.Cmd {
	if m.ended {
		return nil
	}
	wanted, cmd := m.stack[at].Update(msg)
	if wanted == nil {
		return cmd
	}
	for _, covering := range m.stack[at+1:] {
		covering.Close()
	}
	m.stack = slices.Clip(m.stack[:at+1])
	m.byHand = false
	switch wanted := wanted.(type) {
	case push:
		m.stack = append(m.stack, wanted.screen)
		return tea.Batch(cmd, wanted.screen.Init())
	case become:
		m.stack[at].Close()
		m.stack[at] = wanted.screen
		return tea.Batch(cmd, wanted.screen.Init())
	case pop:
		if at == 0 || m.stack[at].Draft() != nil {
			return tea.Batch(cmd, m.leave(at, false))
		}
		return tea.Batch(cmd, m.uncover(at))
	case quit:
		return tea.Batch(cmd, m.finish(at, wanted.outcome))
	}
	return cmd
}

// uncover closes the screens from at upwards and shows the one below, which may read anew what
// has changed meanwhile.
func (m *root) uncover(at int) tea.Cmd {
	for _, s := range m.stack[at:] {
		s.Close()
	}
	m.stack = m.stack[:at]
	return m.stack[at-1].Init()
}

// finish ends a screen with an outcome: the program, or back to the screen that led to it. The
// outcome of what was done last is the program's.
func (m *root) finish(at int, outcome Outcome) tea.Cmd {
	m.leaving = nil
	if at > 0 && !outcome.Interrupted {
		m.outcome = outcome
		return m.uncover(at)
	}
	return m.quit(outcome)
}

// quit ends the program with an outcome.
func (m *root) quit(outcome Outcome) tea.Cmd {
	m.outcome, m.ended = outcome, true
	m.close()
	return tea.Quit
}

func (m *root) close() {
	for _, s := range m.stack {
		s.Close()
	}
}
