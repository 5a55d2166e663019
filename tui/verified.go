package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// verifiedScreen saves what was proved and leads through what remains in the product.
type verifiedScreen struct {
	work
	state  steps.State
	places places
	begun  bool
}

func newVerifiedScreen(d desk, state steps.State) *verifiedScreen {
	s := &verifiedScreen{work: work{desk: d}, state: state}
	if state.Verified != nil {
		s.places = newPlaces(state.Verified.Plan(), state.Texts)
	}
	return s
}

func (s *verifiedScreen) Init() tea.Cmd {
	if s.begun {
		return nil
	}
	s.begun = true
	return s.work.step(steps.StepVerified, s.state, "saving")
}

func (s *verifiedScreen) Update(msg tea.Msg) (move, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		return s.press(press)
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
	case saved && on(msg, "enter"):
		return quit{Outcome{State: s.state}}, nil
	case saved:
		return s.places.press(msg)
	case s.Busy():
	case on(msg, "r", "enter"):
		return nil, s.work.step(steps.StepVerified, s.state, "saving")
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

func (s *verifiedScreen) Heading(theme.Theme) heading {
	plan := steps.Plan{}
	if s.state.Verified != nil {
		plan = s.state.Verified.Plan()
	}
	if s.state.Saved == nil {
		return heading{}
	}
	done, all := s.places.count()
	return heading{
		Title:  plan.Product.Name + " is connected",
		Place:  fmt.Sprintf("proved %s UTC, %d of %d passed", s.state.Verified.At().Format("2 Jan 2006 15:04"), len(s.state.Results), len(plan.Tests)),
		Status: fmt.Sprintf("%d of %d done", done, all),
	}
}

func (s *verifiedScreen) Keys() []binding {
	switch {
	case s.state.Saved != nil:
		return append(s.places.keys(), bind("back", "esc").shown("").unless("it is saved: press enter to finish"), bind("finish", "enter"))
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
		d.Text(a.Theme.Plain, 0, "Everything passed, but it could not be saved.")
		d.Gap()
		drawFailure(&d.Page, a, s.failure, 0)
		return *d
	case s.state.Saved == nil:
		d.Text(a.Theme.Plain, 0, a.spin()+" "+s.saying)
		return *d
	}
	d.Width, d.Beside = page, apart
	if apart {
		d.Aside = s.summary(a, aside)
	} else {
		d.Add(s.summary(a, page)...)
		d.Gap()
	}
	d.Add(a.Theme.Quiet.Render("Now in " + s.state.Product.Name))
	s.places.draw(d, a)
	return *d
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
