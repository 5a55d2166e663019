package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// face is which lines of a command are shown.
type face int

const (
	toRun face = iota
	toVerify
	toUndo
)

// exchangeScreen shows what an Exchange admin runs, and what is to be ticked. Its lines are the
// form's questions first and the commands below them.
type exchangeScreen struct {
	idle
	desk   desk
	form   form
	script []product.Command
	at     int // among the commands; -1 while the cursor is in the form
	face   face
}

func newExchangeScreen(d desk, step steps.Step, state steps.State, a arrival) *exchangeScreen {
	s := &exchangeScreen{desk: d, form: newForm(step.Ask, state, a.key)}
	s.script = d.Road.ExchangeScript(state)
	if len(s.script) > 0 && (len(s.form.fields) == 0 || s.form.fields[s.form.at].question.Kind == steps.Confirm) && a.key == "" {
		s.at = 0
		return s
	}
	s.at = -1
	return s
}

func (s *exchangeScreen) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		if s.at < 0 {
			return nil, say(s.form.paste(msg.Content))
		}
	case tea.KeyPressMsg:
		return s.press(msg)
	}
	return nil, nil
}

func (s *exchangeScreen) press(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case on(msg, "esc"):
		return back{s.form.snapshot()}, nil
	case on(msg, "down", "tab"):
		s.move(1)
	case on(msg, "up", "shift+tab"):
		s.move(-1)
	case on(msg, "enter", "ctrl+s"):
		s.form.commit()
		s.script = s.desk.Road.ExchangeScript(s.form.state)
		if !s.form.complete() {
			s.at = -1
			return nil, nil
		}
		return advance{s.form.state}, nil
	case s.at >= 0:
		return nil, s.pressCommand(msg)
	default:
		_, cmd := s.form.press(msg)
		return nil, cmd
	}
	return nil, nil
}

func (s *exchangeScreen) pressCommand(msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case on(msg, "v"):
		s.face = other(s.face, toVerify)
	case on(msg, "u"):
		s.face = other(s.face, toUndo)
	case on(msg, "c"):
		return copyOut(strings.Join(s.shown(s.script[s.at]), "\n"), "this command was")
	case on(msg, "a"):
		var all []string
		for _, command := range s.script {
			all = append(all, s.shown(command)...)
		}
		return copyOut(strings.Join(all, "\n"), "the whole script was")
	}
	return nil
}

// other switches between the commands themselves and another face of them.
func other(now, to face) face {
	if now == to {
		return toRun
	}
	return to
}

// move goes through the commands and, below them, the questions.
func (s *exchangeScreen) move(by int) {
	fields := len(s.form.fields)
	if fields+len(s.script) == 0 {
		return
	}
	position := s.at
	if s.at < 0 {
		s.form.commit()
		s.script = s.desk.Road.ExchangeScript(s.form.state)
		fields = len(s.form.fields)
		position = len(s.script) + s.form.at
	}
	position = max(0, min(position+by, len(s.script)+fields-1))
	if position < len(s.script) {
		s.at = position
		return
	}
	s.at = -1
	s.form.focus(position - len(s.script))
}

func (s *exchangeScreen) shown(command product.Command) []string {
	switch s.face {
	case toVerify:
		return command.Verify
	case toUndo:
		return command.Undo
	}
	return command.Run
}

func (s *exchangeScreen) Heading(theme.Theme) heading {
	switch s.face {
	case toVerify:
		return heading{Status: "how to verify"}
	case toUndo:
		return heading{Status: "how to undo"}
	}
	return heading{Status: fmt.Sprintf("%d commands", len(s.script))}
}

func (s *exchangeScreen) Keys() []binding {
	keys := []binding{bind("continue", "enter", "ctrl+s")}
	if s.at >= 0 {
		keys = append(keys, bind("copy", "c"), bind("copy all", "a"))
		verify, undo := "verify", "undo"
		if s.face == toVerify {
			verify = "run"
		}
		if s.face == toUndo {
			undo = "run"
		}
		keys = append(keys, bind(verify, "v"), bind(undo, "u"))
	} else if q, ok := s.form.now(); ok && q.Kind == steps.Confirm {
		keys = append(keys, bind("tick", "space", "x"))
	}
	return append(keys, bind("line", "up", "down", "tab", "shift+tab").shown("↑↓"), bind("back", "esc"))
}

func (s *exchangeScreen) Draft() *steps.State {
	state := s.form.snapshot()
	return &state
}

func (s *exchangeScreen) View(a area) drawing {
	page, aside, apart := a.beside(wide)
	d := a.page()
	d.Width, d.Beside = page, apart
	if len(s.script) == 0 {
		d.Text(a.Theme.Plain, 0, "There is nothing to grant in Exchange.")
	}
	for i, command := range s.script {
		s.drawCommand(d, a, command, i)
	}
	if len(s.form.fields) > 0 {
		d.Gap()
		hold := [2]int{d.From, d.To}
		s.drawQuestions(d, a)
		if s.at >= 0 {
			d.From, d.To, d.Cursor = hold[0], hold[1], nil
		}
	}
	d.Aside = s.meaning(a, aside)
	return *d
}

func (s *exchangeScreen) drawCommand(d *drawing, a area, command product.Command, i int) {
	pointer, style := "  ", a.Theme.Quiet
	if i == s.at {
		pointer, style = a.Theme.Accent.Render(theme.Pointer)+" ", a.Theme.Plain
	}
	title := command.Title
	if command.Mailbox != "" {
		title += " · " + command.Mailbox
	}
	from := len(d.Lines)
	for n, line := range widget.Wrap(fmt.Sprintf("%d  %s", i+1, title), d.Width-2) {
		if n > 0 {
			pointer = "     "
		}
		d.Add(pointer + style.Render(line))
	}
	if i != s.at {
		return
	}
	lines := s.shown(command)
	if len(lines) == 0 {
		lines = []string{"nothing to run"}
	}
	for _, line := range widget.Frame(a.Theme, lines, d.Width-5) {
		d.Add("     " + line)
	}
	if !d.Beside {
		d.Text(a.Theme.Quiet, 5, command.Note)
	}
	d.Hold(from)
}

// drawQuestions draws what is typed or ticked here, without a pointer while a command has it.
func (s *exchangeScreen) drawQuestions(d *drawing, a area) {
	f := s.form
	if s.at >= 0 {
		f.at = -1
	}
	f.draw(d, a, nil)
}

// meaning tells about the command at the pointer, or about the question.
func (s *exchangeScreen) meaning(a area, width int) []string {
	if s.at < 0 {
		return s.form.explain(a, width, "")
	}
	if s.at >= len(s.script) {
		return nil
	}
	p := &widget.Page{Width: width}
	if a.Shape == wide {
		p.Text(a.Theme.Plain, 0, s.script[s.at].Note)
		p.Gap()
	}
	p.Text(a.Theme.Quiet, 0, "An Exchange admin runs it in PowerShell. The tests show whether it was done; nothing here has to be ticked for that.")
	return p.Lines
}
