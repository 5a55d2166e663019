package tui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
)

// checkScreen proves a saved connection again.
type checkScreen struct {
	work
	connection steps.Connection
	signIns    signIns
	ledger     ledger
	report     *steps.Report
	err        error // how the last check ended
	begun      bool
}

func newCheck(d desk, connection steps.Connection) *checkScreen {
	s := &checkScreen{work: work{desk: d}, connection: connection}
	s.ledger = newLedger(testsOf(d.Road, steps.State{Answers: connection.Answers}), nil)
	return s
}

func (s *checkScreen) Init() tea.Cmd {
	if s.begun {
		return nil
	}
	return s.check(0)
}

// check starts over. The connection is read anew, since the check before has written to it.
func (s *checkScreen) check(wait time.Duration) tea.Cmd {
	first, connection := !s.begun, s.connection
	s.begun, s.signIns = true, signIns{}
	s.ledger = newLedger(testsOf(s.desk.Road, steps.State{Answers: connection.Answers}), nil)
	return s.begin("reading the connection", func(ctx context.Context, road *steps.Road, emit steps.Emit) any {
		road.Wait = max(road.Wait, wait)
		if !first {
			again, err := road.Folder.Connection(connection.Name)
			if err != nil {
				return reportDone{err: err}
			}
			connection = again
		}
		report, err := road.Check(ctx, connection, "", emit)
		return reportDone{report, err}
	})
}

func (s *checkScreen) Update(msg tea.Msg) (move, tea.Cmd) {
	if taken, cmd := s.signIns.input(s.desk, msg); taken {
		return nil, cmd
	}
	if press, ok := msg.(tea.KeyPressMsg); ok {
		return s.press(press)
	}
	message, next := s.hear(msg)
	s.signIns.hear(message)
	s.ledger.hear(message)
	switch message := message.(type) {
	case accountAsked:
		return push{askAccount(message)}, next
	case reportDone:
		s.report, s.err = &message.report, message.err
		s.ledger.halt()
		s.ledger.toFailure()
	}
	return nil, next
}

func (s *checkScreen) press(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case on(msg, "up", "k"):
		s.ledger.move(-1)
	case on(msg, "down", "j"):
		s.ledger.move(1)
	case on(msg, "r"):
		return nil, s.check(0)
	case on(msg, "a"):
		return nil, s.check(patience)
	case on(msg, "c"):
		return nil, copyOut(s.commands()[0], "the command was")
	case on(msg, "t") && s.report != nil:
		return nil, s.desk.copyTicket(*s.report)
	case on(msg, "enter", "esc", "q"):
		stopped := s.Busy()
		s.stop()
		return quit{Outcome{Report: s.report, Err: s.err, Interrupted: stopped}}, nil
	}
	return nil, nil
}

func (s *checkScreen) commands() []string {
	if r := s.ledger.selected(); r != nil && r.result != nil {
		return commandsOf(r.result.Diagnoses)
	}
	return commandsOf(diagnosesOf(s.failure))
}

func (s *checkScreen) Heading(theme.Theme) heading {
	h := heading{Title: "Check " + s.connection.Name, For: s.connection.Product, Status: s.ledger.count()}
	signIn, open := s.signIns.open()
	switch {
	case s.Busy() && open:
		h.Place = "sign in as " + string(signIn.account)
		h.Status = s.signIns.count()
	case s.Busy():
		h.Place = "proving it again"
	case s.err == nil && s.report != nil && s.report.Verified:
		h.Place = "proved again"
	case s.err == nil && s.report != nil:
		h.Place, h.Status = "confirmed by you, not proved by Mailgrant", ""
	case s.err != nil:
		h.Place = "it does not work as it is"
	}
	return h
}

func (s *checkScreen) Keys() []binding {
	if _, open := s.signIns.open(); s.Busy() && open {
		if s.signIns.typing() {
			return s.signIns.keys(s.desk)
		}
		return append(s.signIns.keys(s.desk), bind("stop", "esc", "q"))
	}
	line := bind("line", "up", "down", "j", "k").shown("↑↓")
	if s.Busy() {
		return []binding{line, bind("check again", "r").unless("the check is running"), bind("wait", "a").unless("the check is running"),
			bind("copy command", "c").unless("the check is running"), s.desk.ticketKey("t", "the check is running"), bind("stop", "esc", "q")}
	}
	noCommand, nothing, noReport := "", "", ""
	if len(s.commands()) == 0 {
		noCommand = "no command mends this line"
	}
	if s.err == nil {
		nothing = "everything has passed"
	}
	if s.report == nil || s.report.Name == "" {
		noReport = "nothing was checked that a ticket could tell of"
	}
	return []binding{
		bind("check again", "r"), bind("wait", "a").unless(nothing), bind("copy command", "c").unless(noCommand), s.desk.ticketKey("t", noReport), line,
		bind("finish", "enter", "esc", "q"),
	}
}

func (s *checkScreen) View(a area) drawing {
	d := a.page()
	if _, open := s.signIns.open(); open {
		s.signIns.draw(d, a, s.desk)
		return *d
	}
	s.ledger.draw(d, a, true)
	switch {
	case s.Busy() && s.ledger.waiting == nil && s.saying != "":
		d.Gap()
		d.Text(a.Theme.Plain, 2, a.spin()+" "+s.saying)
	case s.err != nil && !s.shownInLedger():
		d.Gap()
		from := len(d.Lines)
		drawFailure(&d.Page, a, s.err, 2)
		d.Hold(from)
	case s.err == nil && s.report != nil:
		d.Gap()
		s.drawResult(d, a)
	}
	return *d
}

// drawResult is what a check came to that met no failure. A connection that only the product can
// prove is not seen by it at all.
func (s *checkScreen) drawResult(d *drawing, a area) {
	if plan := s.report.Plan; plan != nil && plan.Way() == steps.ByProduct {
		name := plan.Product.Name
		d.Text(a.Theme.Plain, 2, "Mailgrant cannot check this connection: the sign-in belongs to "+name+", so only "+name+" can show that it works. Make its tests there:")
		drawProductTests(d, a, *plan)
		return
	}
	drawTexts(d, a, s.report.Texts)
	d.Text(a.Theme.Success, 2, "✓ It works as it was proved.")
}

func (s *checkScreen) shownInLedger() bool {
	var problem *steps.Problem
	r := s.ledger.selected()
	return errors.As(s.err, &problem) && r != nil && r.result != nil && len(r.result.Diagnoses) > 0
}

// Draft is nil: the connection is saved already.
func (*checkScreen) Draft() *steps.State { return nil }
