package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// verifiedScreen saves what was proved, or what a person confirmed, and leads through what remains
// in the product.
type verifiedScreen struct {
	work
	state  steps.State
	plan   steps.Plan
	places places
	begun  bool
}

func newVerifiedScreen(d desk, state steps.State) *verifiedScreen {
	s := &verifiedScreen{work: work{desk: d}, state: state}
	if plan, ok := state.Proved(); ok {
		s.plan, s.places = plan, newPlaces(plan, state.Texts)
	}
	if s.confirmed() {
		s.places.tickAll() // it was made ready before it could be confirmed
	}
	return s
}

// confirmed reports whether it rests on a person's word and not on a proof.
func (s *verifiedScreen) confirmed() bool { return s.state.Verified == nil && s.state.Confirmed != nil }

func (s *verifiedScreen) Init() tea.Cmd {
	if s.begun {
		return nil
	}
	s.begun = true
	return s.save()
}

func (s *verifiedScreen) save() tea.Cmd {
	return s.work.step(steps.StepVerified, s.state, "saving")
}

func (s *verifiedScreen) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		return s.press(msg)
	case finishAnyway:
		return s.end(), nil
	}
	message, next := s.hear(msg)
	if done, ok := message.(stepDone); ok {
		s.state = done.state
	}
	return nil, next
}

func (s *verifiedScreen) press(msg tea.KeyPressMsg) (move, tea.Cmd) {
	saved := s.state.Saved != nil
	switch {
	case saved && on(msg, "enter") && s.places.undone():
		return push{askUndone()}, nil
	case saved && on(msg, "enter"):
		return s.end(), nil
	case saved:
		return s.places.press(msg)
	case s.Busy():
	case on(msg, "r", "enter"):
		return nil, s.save()
	case on(msg, "f"):
		if to, why := mending(s.failure, s.state); why == "" {
			return to, nil
		}
		return jump{s.state, steps.StepRegistration, steps.KeyName}, nil
	case on(msg, "t") && s.failure != nil:
		return nil, s.copyTicket(s.state)
	case on(msg, "esc"):
		return back{s.state}, nil
	}
	return nil, nil
}

func (s *verifiedScreen) end() move { return quit{Outcome{State: s.state}} }

// finishAnyway ends the screen although something is left to take back.
type finishAnyway struct{}

func askUndone() screen {
	return &confirm{
		title:    "A change is still there",
		question: "What was changed in the registration for the proof is not ticked as taken back. Finish all the same?",
		about:    "The product does not need that change, and while it stays the registration lets in more than it should. It stands first in the list.",
		yes:      "finish", no: "back to the list",
		agreed: func() tea.Cmd { return func() tea.Msg { return finishAnyway{} } },
	}
}

func (s *verifiedScreen) Heading(theme.Theme) heading {
	if s.state.Saved == nil {
		return heading{}
	}
	done, all := s.places.count()
	h := heading{Title: s.plan.Product.Name + " is connected", Status: fmt.Sprintf("%d of %d done", done, all)}
	if s.confirmed() {
		h.Place = "confirmed by you " + s.state.Confirmed.At().Format("2 Jan 2006 15:04") + " UTC"
		return h
	}
	h.Place = fmt.Sprintf("proved %s UTC, %d of %d passed", s.state.Verified.At().Format("2 Jan 2006 15:04"), len(s.state.Results), len(s.plan.Tests))
	return h
}

func (s *verifiedScreen) Keys() []binding {
	switch {
	case s.state.Saved != nil:
		return append(s.places.keys(), bind("back", "esc").unless("it is saved: press enter to finish"), bind("finish", "enter"))
	case s.Busy():
		return []binding{bind("stop", "esc").unless("this takes a moment only")}
	}
	return []binding{bind("try again", "r", "enter"), bind("another name", "f"), s.desk.ticketKey("t", ""), bind("back", "esc")}
}

// Draft is nil once the connection is saved.
func (s *verifiedScreen) Draft() *steps.State {
	if s.state.Saved != nil {
		return nil
	}
	return &s.state
}

func (s *verifiedScreen) View(a area) drawing {
	page, aside, apart := a.beside(comfortable)
	d := a.page()
	switch {
	case s.failure != nil:
		d.Text(a.Theme.Plain, 0, s.notSaved())
		d.Gap()
		drawFailure(&d.Page, a, s.failure, 0)
		return *d
	case s.state.Saved == nil:
		d.Text(a.Theme.Plain, 0, a.spin()+" "+s.saying)
		return *d
	}
	d.Width, d.Beside = page, apart
	if s.confirmed() {
		drawWarning(&d.Page, a.Theme.Warned(), "Confirmed by you, not proved by Mailgrant: only "+s.plan.Product.Name+" itself can show that it works.", 0)
		d.Gap()
	}
	if apart {
		d.Aside = s.summary(a, aside)
	} else {
		d.Add(s.summary(a, page)...)
		d.Gap()
	}
	s.drawPlaces(d, a)
	return *d
}

func (s *verifiedScreen) notSaved() string {
	if s.confirmed() {
		return "It is confirmed, but it could not be saved."
	}
	return "Everything passed, but it could not be saved."
}

func (s *verifiedScreen) drawPlaces(d *drawing, a area) {
	title := "Now in " + s.plan.Product.Name
	switch {
	case s.places.undone():
		title = "Now in the registration, and in " + s.plan.Product.Name
	case s.confirmed():
		title = "Done in " + s.plan.Product.Name
	}
	d.Add(a.Theme.Quiet.Render(title))
	s.places.draw(d, a, true)
}

// summary is where things are, when they end and how to check again.
func (s *verifiedScreen) summary(a area, width int) []string {
	p := &widget.Page{Width: width}
	column := 8
	p.Label("Saved", s.state.Saved.Path+" (no secret in it)", a.Theme.Quiet, 0, column)
	if s.state.Saved.Store != "" {
		words := s.state.Saved.Store
		if ends := s.state.Answers.SecretEnds; ends != "" {
			words += " · ends " + day(ends)
		}
		p.Label("Secret", words, a.Theme.Quiet, 0, column)
	}
	p.Label("Again", "mailgrant check "+s.state.Saved.Connection.Name, a.Theme.Quiet, 0, column)
	for _, known := range harmless(s.state.Route) {
		p.Label("Ignore", known, a.Theme.Quiet, 0, column)
	}
	return p.Lines
}
