package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
)

// permissionScreen compares what is granted with what is needed. It holds nobody up.
type permissionScreen struct {
	work
	state steps.State
	at    int
	read  bool // whether the list was made before
}

func newPermissionScreen(d desk, state steps.State, a arrival) *permissionScreen {
	return &permissionScreen{work: work{desk: d}, state: state, read: a.returning && len(state.Checklist) > 0}
}

func (s *permissionScreen) Init() tea.Cmd {
	if s.read {
		return nil
	}
	s.read = true
	return s.again()
}

func (s *permissionScreen) again() tea.Cmd {
	return s.work.step(steps.StepPermissions, s.state, "reading what the token shows")
}

func (s *permissionScreen) Update(msg tea.Msg) (move, tea.Cmd) {
	switch {
	case on(msg, "up", "k"):
		s.at = max(s.at-1, 0)
	case on(msg, "down", "j"):
		s.at = min(s.at+1, max(len(s.state.Checklist)-1, 0))
	case on(msg, "r"):
		return nil, s.again()
	case on(msg, "x") && len(s.alternatives()) > 0:
		return nil, s.otherWay()
	case on(msg, "c"):
		if line, ok := s.line(); ok {
			return nil, copyOut(line.Clicks(), "the way to "+line.Permission.Name)
		}
	case on(msg, "t") && s.failure != nil:
		return nil, s.copyTicket(s.state)
	case on(msg, "enter"):
		s.stop()
		return advance{s.state}, nil
	case on(msg, "esc"):
		s.stop()
		return back{s.state}, nil
	}
	message, next := s.hear(msg)
	if done, ok := message.(stepDone); ok {
		s.state = done.state
		s.at = s.firstMissing()
	}
	return nil, next
}

func (s *permissionScreen) firstMissing() int {
	for i, line := range s.state.Checklist {
		if line.State == steps.Missing {
			return i
		}
	}
	return 0
}

func (s *permissionScreen) line() (steps.Line, bool) {
	if s.at >= len(s.state.Checklist) {
		return steps.Line{}, false
	}
	return s.state.Checklist[s.at], true
}

func (s *permissionScreen) Heading(theme.Theme) heading {
	needed, granted, seen := 0, 0, false
	for _, line := range s.state.Checklist {
		if !line.Permission.Must() {
			continue
		}
		needed++
		seen = seen || line.State != steps.Open
		if line.State == steps.Granted {
			granted++
		}
	}
	switch {
	case needed == 0:
		return heading{}
	case s.state.Way() == steps.ByProduct:
		return heading{Status: fmt.Sprintf("%d to agree to", needed)}
	case !seen:
		return heading{Status: fmt.Sprintf("%d to grant", needed)}
	}
	return heading{Status: fmt.Sprintf("%d of %d granted (from token)", granted, needed)}
}

func (s *permissionScreen) Keys() []binding {
	none := ""
	if len(s.state.Checklist) == 0 {
		none = "there is no line yet"
	}
	busy := ""
	if s.Busy() {
		busy = "the token is being read already"
	}
	if s.state.Way() == steps.ByProduct {
		busy = "no token comes here: only " + s.state.Product.Name + " gets one"
	}
	noClicks := none
	if line, ok := s.line(); ok && !clickable(s.state, line) {
		noClicks = "this is not added by clicks in a portal: it is agreed to when somebody signs in"
	}
	keys := []binding{
		bind("continue", "enter"),
		bind("read token again", "r").unless(busy),
		bind("copy the clicks", "c").unless(noClicks),
	}
	if len(s.alternatives()) > 0 {
		keys = append(keys, bind("other way into Exchange", "x"))
	}
	if s.failure != nil {
		keys = append(keys, s.desk.ticketKey("t", ""))
	}
	return append(keys,
		bind("line", "up", "down", "j", "k").shown("↑↓").unless(none), bind("back", "esc"))
}

func (s *permissionScreen) Draft() *steps.State { return &s.state }

// clickable reports whether a permission is added in the portal of a registration of one's own.
func clickable(state steps.State, line steps.Line) bool {
	return !registersNothing(state) && line.Permission.Resource != "google"
}
