package tui

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
)

// rotateScreen asks for a new client secret, proves it, and lists where it must be replaced.
type rotateScreen struct {
	work
	connection steps.Connection
	form       form
	signIns    signIns
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
	s.proving, s.report, s.signIns = true, nil, signIns{}
	s.ledger = newLedger(testsOf(s.desk.Road, steps.State{Answers: connection.Answers}), nil)
	return s.begin("signing in with the new secret", func(ctx context.Context, road *steps.Road, emit steps.Emit) any {
		report, err := road.Rotate(ctx, connection, secret, ends, emit)
		return reportDone{report, err}
	})
}

func (s *rotateScreen) Update(msg tea.Msg) (move, tea.Cmd) {
	if taken, cmd := s.signIns.input(s.desk, msg); taken {
		return nil, cmd
	}
	switch msg := msg.(type) {
	case fromJob:
		message, next := s.hear(msg)
		s.signIns.hear(message)
		s.ledger.hear(message)
		switch message := message.(type) {
		case accountAsked:
			return push{askAccount(message)}, next
		case reportDone:
			s.finish(message)
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
	case on(msg, "c") && s.replaced():
		return nil, copyOut(s.replaceList(), "the list was")
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

// replaced reports whether the new secret is in the old one's place. A connection that only the
// product can prove is not proved by that.
func (s *rotateScreen) replaced() bool { return s.report != nil && s.failure == nil }

func (s *rotateScreen) Heading(theme.Theme) heading {
	h := heading{Title: "New secret for " + s.connection.Name, For: s.old, Place: "1 of 3  the new secret"}
	switch {
	case s.replaced():
		h.Place, h.For = "3 of 3  replace it in the product", "the new one is in use here"
	case s.proving:
		h.Place = "2 of 3  proving the new secret first"
		if signIn, open := s.signIns.open(); open {
			h.Place, h.Status = "2 of 3  sign in as "+string(signIn.account), s.signIns.count()
		} else if len(s.ledger.rows) > 0 {
			h.Status = s.ledger.count()
		}
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
		stop := bind("stop, nothing changed", "esc")
		switch _, open := s.signIns.open(); {
		case s.signIns.typing():
			return s.signIns.keys(s.desk)
		case open:
			return append(s.signIns.keys(s.desk), stop)
		}
		return []binding{stop}
	case s.replaced():
		return []binding{bind("finish", "enter", "esc", "q"), bind("copy list", "c")}
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
