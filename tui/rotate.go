package tui

import (
	"context"
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
)

// rotateScreen asks for a new client secret, proves it, and lists where it must be replaced.
type rotateScreen struct {
	work
	connection steps.Connection
	form       form
	ledger     ledger
	proving    bool // the form was sent off
	report     *steps.Report
	refused    error  // there is nothing to rotate
	old        string // when the old secret ends or ended
}

func newRotate(d desk, connection steps.Connection) *rotateScreen {
	s := &rotateScreen{work: work{desk: d}, connection: connection}
	questions, err := d.Road.RotateQuestions(connection)
	s.refused = err
	if days, ok := connection.DaysLeft(d.Now()); ok {
		s.old = "old one " + endWords(days)
	}
	start := steps.State{Answers: connection.Answers}
	start.Answers.SecretEnds = "" // the old secret's end is not the new one's
	s.form = newForm(func(steps.State) []steps.Question { return questions }, start, "")
	return s
}

func (s *rotateScreen) Init() tea.Cmd { return nil }

// rotate proves the new secret and, if it proves itself, puts it in place.
func (s *rotateScreen) rotate() tea.Cmd {
	connection, secret, ends := s.connection, s.form.secret, s.form.state.Answers.SecretEnds
	s.proving, s.report = true, nil
	s.ledger = newLedger(testsOf(s.desk.Road, steps.State{Answers: connection.Answers}), nil)
	return s.begin("signing in with the new secret", func(ctx context.Context, road *steps.Road, emit steps.Emit) any {
		report, err := road.Rotate(ctx, connection, secret, ends, emit)
		return reportDone{report, err}
	})
}

func (s *rotateScreen) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case fromJob:
		message, next := s.hear(msg)
		s.ledger.hear(message)
		if done, ok := message.(reportDone); ok {
			s.finish(done)
		}
		return nil, next
	case tea.PasteMsg:
		if !s.proving {
			return nil, say(s.form.paste(msg.Content))
		}
	case tea.KeyPressMsg:
		if s.proving {
			return s.press(msg)
		}
		return s.pressForm(msg)
	}
	return nil, nil
}

// finish shows what came out. A value that cannot be a secret leads back to its field.
func (s *rotateScreen) finish(done reportDone) {
	s.ledger.halt()
	s.ledger.toFailure()
	var wrong steps.AnswerErrors
	if errors.As(done.err, &wrong) {
		s.proving = false
		if others := s.form.blame(wrong); len(others) == 0 {
			s.failure = nil
		}
		return
	}
	s.report = &done.report
}

func (s *rotateScreen) pressForm(msg tea.KeyPressMsg) (move, tea.Cmd) {
	if on(msg, "esc") {
		return quit{Outcome{Err: s.refused}}, nil
	}
	sent, cmd := s.form.press(msg)
	if sent && s.refused == nil {
		cmd = s.rotate()
	}
	return nil, cmd
}

func (s *rotateScreen) press(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case on(msg, "up", "k"):
		s.ledger.move(-1)
	case on(msg, "down", "j"):
		s.ledger.move(1)
	case s.Busy() && on(msg, "esc"):
		s.stop()
		s.proving = false
	case s.Busy():
	case on(msg, "r") && s.failure != nil:
		return nil, s.rotate()
	case on(msg, "s") && s.failure != nil:
		s.proving, s.failure = false, nil
	case on(msg, "c") && len(s.commands()) > 0:
		return nil, copyOut(s.commands()[0], "the command was")
	case on(msg, "t") && s.report != nil:
		return nil, s.desk.copyTicket(*s.report)
	case on(msg, "enter", "esc", "q"):
		return quit{Outcome{Report: s.report, Err: s.failure}}, nil
	}
	return nil, nil
}

func (s *rotateScreen) commands() []string {
	if r := s.ledger.selected(); r != nil && r.result != nil {
		return commandsOf(r.result.Diagnoses)
	}
	return commandsOf(diagnosesOf(s.failure))
}

func (s *rotateScreen) replaced() bool {
	return s.report != nil && s.failure == nil && s.report.Verified
}

func (s *rotateScreen) Heading(theme.Theme) heading {
	h := heading{Title: "New secret for " + s.connection.Name, For: s.old, Place: "1 of 3  the new secret"}
	switch {
	case s.replaced():
		h.Place, h.For = "3 of 3  replace it in the product", "the new one is in use here"
	case s.proving:
		h.Place, h.Status = "2 of 3  proving the new secret first", s.ledger.count()
	}
	return h
}

func (s *rotateScreen) Keys() []binding {
	switch {
	case s.refused != nil:
		return []binding{bind("back", "esc")}
	case !s.proving:
		return []binding{bind("prove it", "enter", "ctrl+s"), bind("move", "tab", "shift+tab", "up", "down").shown("tab ↑↓"), bind("leave, nothing changed", "esc")}
	case s.Busy():
		return []binding{bind("stop, nothing changed", "esc")}
	case s.replaced():
		return []binding{bind("finish", "enter", "esc", "q")}
	}
	noCommand, noReport := "", ""
	if len(s.commands()) == 0 {
		noCommand = "no command mends this"
	}
	if s.report == nil {
		noReport = "nothing was tested that a ticket could tell of"
	}
	return []binding{
		bind("try again", "r"), bind("another secret", "s"), bind("copy command", "c").unless(noCommand), s.desk.ticketKey("t", noReport),
		bind("line", "up", "down", "j", "k").shown("↑↓"), bind("leave, nothing changed", "esc", "enter", "q"),
	}
}

// Draft is nil: the connection stays as it was.
func (*rotateScreen) Draft() *steps.State { return nil }

func (s *rotateScreen) View(a area) drawing {
	d := a.page()
	switch {
	case s.refused != nil:
		drawFailure(&d.Page, a, s.refused, 0)
	case !s.proving:
		page, aside, apart := a.beside(comfortable)
		d.Width, d.Beside = page, apart
		s.form.draw(d, a, nil)
		d.Aside = s.form.explain(a, aside, s.desk.StoreName)
	case s.replaced():
		s.drawReplace(d, a)
	default:
		s.drawProof(d, a)
	}
	return *d
}

func (s *rotateScreen) drawProof(d *drawing, a area) {
	d.Text(a.Theme.Quiet, 2, "Until every test passes, everything stays as it was.")
	d.Gap()
	s.ledger.draw(d, a, true)
	d.Gap()
	switch {
	case s.Busy() && s.ledger.waiting == nil:
		d.Text(a.Theme.Plain, 2, a.spin()+" "+s.saying)
	case s.failure != nil && (s.ledger.selected() == nil || s.ledger.selected().result == nil):
		from := len(d.Lines)
		drawFailure(&d.Page, a, s.failure, 2)
		d.Hold(from)
	}
}

// drawReplace lists every place of the product that holds the secret.
func (s *rotateScreen) drawReplace(d *drawing, a area) {
	d.Text(a.Theme.Success, 0, fmt.Sprintf("✓ proved on all %d tests, and kept in %s", len(s.report.Results), s.report.Store))
	d.Gap()
	d.Text(a.Theme.Plain, 0, "Replace it here. Until then the product goes on with the old secret.")
	last := ""
	for _, at := range s.report.ReplaceHere {
		title := at.Place
		if at.Address != "" {
			title = string(at.Address) + " · " + title
		}
		if title != last {
			d.Gap()
			d.Text(a.Theme.Plain, 2, title)
			last = title
		}
		d.Label(fmt.Sprintf("line %d", at.Line), at.Key, a.Theme.Quiet, 4, 9)
	}
	d.Gap()
	words := "The texts with the new secret: mailgrant show " + s.connection.Name + " --reveal --out DIR"
	if ends := s.form.state.Answers.SecretEnds; ends != "" {
		words += ". The new one ends " + day(ends) + "."
	}
	d.Text(a.Theme.Quiet, 0, words)
}
