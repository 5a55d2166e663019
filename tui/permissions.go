package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
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
		if line.State == steps.Granted || line.State == steps.Missing || line.State == steps.Open {
			needed++
			seen = seen || line.State != steps.Open
		}
		if line.State == steps.Granted {
			granted++
		}
	}
	switch {
	case needed == 0:
		return heading{}
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
	keys := []binding{
		bind("continue", "enter"),
		bind("read token again", "r").unless(busy),
		bind("copy the clicks", "c").unless(none),
	}
	if s.failure != nil {
		keys = append(keys, s.desk.ticketKey("t", ""))
	}
	return append(keys,
		bind("line", "up", "down", "j", "k").shown("↑↓").unless(none), bind("back", "esc"))
}

func (s *permissionScreen) Draft() *steps.State { return &s.state }

func (s *permissionScreen) View(a area) drawing {
	page, aside, apart := a.beside(wide)
	d := a.page()
	d.Width, d.Beside = page, apart
	if s.failure != nil {
		drawFailure(&d.Page, a, s.failure, 0)
		d.Gap()
	}
	if s.Busy() {
		d.Text(a.Theme.Plain, 0, a.spin()+" "+s.saying)
		d.Gap()
	}
	name := 0
	for _, line := range s.state.Checklist {
		name = max(name, lipgloss.Width(line.Permission.Name))
	}
	for i, line := range s.state.Checklist {
		s.drawLine(d, a, line, i == s.at, min(name, max(page-32, 12)))
	}
	d.Aside = s.detail(a, aside)
	return *d
}

func (s *permissionScreen) drawLine(d *drawing, a area, line steps.Line, here bool, name int) {
	mark, word := lineMark(a.Theme, line)
	pointer, style := "  ", a.Theme.Plain
	if here {
		pointer = a.Theme.Accent.Render(theme.Pointer) + " "
	}
	if line.State == steps.Unneeded {
		style = a.Theme.Quiet
	}
	text := pointer + mark.Draw() + " " + style.Render(widget.Pad(line.Permission.Name, name)) + "  "
	if d.Width >= 70 {
		text += a.Theme.Quiet.Render(widget.Pad(line.Permission.Type, 12) + widget.Pad(shortResource(line), 10))
	}
	from := len(d.Lines)
	d.Add(text + mark.Style.Render(word))
	if here {
		d.Hold(from)
	}
}

// lineMark is how a line's state is shown. What the vendor's list and Microsoft's requirement
// say differently is said in the word.
func lineMark(t theme.Theme, line steps.Line) (theme.Mark, string) {
	omitted := ""
	if line.Permission.Need == product.ProviderNeedsVendorOmits {
		omitted = ", not in the vendor's list"
	}
	switch line.State {
	case steps.Granted:
		return t.Passed(), "granted" + omitted
	case steps.Missing:
		return t.Failed(), "needed, not granted" + omitted
	case steps.Open:
		return t.ToCome(), "needed" + omitted
	case steps.Surplus:
		return t.Warned(), "more than is needed"
	}
	if line.Permission.Need == product.RemoveIfPresent {
		return t.Skipped(), "may be removed"
	}
	return t.Skipped(), "listed by the vendor only"
}

func shortResource(line steps.Line) string {
	switch line.Permission.Resource {
	case "exo":
		return "Exchange"
	case "graph":
		return "Graph"
	}
	return line.Permission.Resource
}

// detail tells about the line at the pointer: what it is for, how its state is known, and the
// clicks where somebody has to act.
func (s *permissionScreen) detail(a area, width int) []string {
	line, ok := s.line()
	if !ok {
		return nil
	}
	p := &widget.Page{Width: width}
	p.Text(a.Theme.Plain, 0, line.Permission.Name+" · "+line.Permission.Type+" · "+line.Resource())
	p.Text(a.Theme.Plain, 0, sentence(line.Permission.Note))
	p.Text(a.Theme.Quiet, 0, "Known: "+line.Evidence+".")
	switch line.State {
	case steps.Missing, steps.Open:
		p.Text(a.Theme.Quiet, 0, "An Entra admin adds it:")
		p.Text(a.Theme.Plain, 0, line.Clicks())
	case steps.Surplus:
		p.Text(a.Theme.Quiet, 0, "An Entra admin removes it under API permissions.")
	}
	return p.Lines
}
