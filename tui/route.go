package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// routeScreen asks for the product and then for the way it signs in.
type routeScreen struct {
	work
	step   steps.Step
	state  steps.State
	key    steps.Key // which of the two is being asked
	choice choice
	auto   bool
}

func newRouteScreen(d desk, step steps.Step, state steps.State, a arrival) *routeScreen {
	s := &routeScreen{work: work{desk: d}, step: step, state: state, auto: a.auto}
	s.ask(steps.KeyRoute)
	return s
}

// ask puts up the list for a key, or the products where none is chosen yet.
func (s *routeScreen) ask(key steps.Key) {
	for _, q := range s.step.Ask(s.state) {
		if q.Key == steps.KeyProduct || q.Key == key {
			s.key, s.choice = q.Key, newChoice(q.Options, s.state.Value(q))
			if q.Key == key {
				return
			}
		}
	}
}

func (s *routeScreen) Init() tea.Cmd {
	if !s.auto {
		return nil
	}
	s.auto = false
	return s.work.step(steps.StepRoute, s.state, "checking")
}

func (s *routeScreen) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case fromJob:
		message, next := s.hear(msg)
		if done, ok := message.(stepDone); ok && done.err == nil {
			return advance{done.state}, nil
		}
		return nil, next
	case tea.KeyPressMsg:
		return s.press(msg)
	}
	return nil, nil
}

func (s *routeScreen) press(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case s.Busy():
		if on(msg, "esc") {
			s.stop()
		}
	case on(msg, "up", "k"):
		s.choice.move(-1)
	case on(msg, "down", "j"):
		s.choice.move(1)
	case on(msg, "enter"):
		return nil, s.take()
	case on(msg, "t") && s.failure != nil:
		return nil, s.copyTicket(s.state)
	case on(msg, "d") && s.key == steps.KeyRoute:
		option, _ := s.choice.chosen()
		return push{newGuide(s.product(), s.route(), option.Warnings)}, nil
	case on(msg, "esc"):
		if s.key == steps.KeyRoute {
			s.failure = nil
			s.ask(steps.KeyProduct)
			return nil, nil
		}
		return back{s.state}, nil
	}
	return nil, nil
}

// take answers the question; after the route the step can do its work.
func (s *routeScreen) take() tea.Cmd {
	option, ok := s.choice.chosen()
	if !ok {
		return nil
	}
	s.state = s.state.With(s.key, option.Value)
	if s.key == steps.KeyProduct {
		s.ask(steps.KeyRoute)
		return nil
	}
	return s.work.step(steps.StepRoute, s.state, "checking")
}

// product is the one chosen, or pointed at; nil when it cannot be read.
func (s *routeScreen) product() *product.Product {
	p, _ := s.desk.Road.Catalogue.Product(s.state.Answers.Product)
	return p
}

func (s *routeScreen) route() *product.Route {
	option, _ := s.choice.chosen()
	if p := s.product(); p != nil {
		if route, ok := p.Route(option.Value); ok {
			return route
		}
	}
	return nil
}

func (s *routeScreen) Heading(theme.Theme) heading {
	if s.key == steps.KeyProduct {
		return heading{Place: "1 of 8  Which product"}
	}
	h := heading{}
	if p := s.product(); p != nil {
		h.Title = "Connect " + p.Name
		h.Place = "1 of 8  How " + p.Name + " signs in"
	}
	return h
}

func (s *routeScreen) Keys() []binding {
	if s.Busy() {
		return []binding{bind("stop", "esc")}
	}
	keys := []binding{bind("take", "enter"), bind("choose", "up", "down", "j", "k").shown("↑↓")}
	if s.key == steps.KeyProduct {
		return append(keys, bind("leave", "esc"))
	}
	if s.failure != nil {
		keys = append(keys, s.desk.ticketKey("t", ""))
	}
	return append(keys, bind("guide and differences", "d"), bind("other product", "esc"))
}

func (s *routeScreen) Draft() *steps.State { return &s.state }

func (s *routeScreen) View(a area) drawing {
	d := a.page()
	page, aside, apart := a.beside(wide)
	d.Width, d.Beside = page, apart
	switch {
	case s.Busy():
		d.Gap()
		d.Text(a.Theme.Plain, 2, a.spin()+" "+s.saying)
		return *d
	case s.failure != nil:
		drawFailure(&d.Page, a, s.failure, 0)
		d.Gap()
	}
	above := len(d.Lines)
	room := a
	room.Height -= above
	s.choice.draw(d, room)
	if s.failure != nil {
		d.From, d.To = 0, above
	}
	if s.key == steps.KeyRoute {
		d.Aside = s.aside(a, aside)
	}
	return *d
}

// aside is what the product does to mail and why the way pointed at is recommended or not.
func (s *routeScreen) aside(a area, width int) []string {
	p := &widget.Page{Width: width}
	if route := s.route(); route != nil {
		p.Text(a.Theme.Plain, 0, sentence(route.Why))
	}
	if chosen := s.product(); chosen != nil && len(chosen.Effects) > 0 {
		p.Text(a.Theme.Quiet, 0, chosen.Name+" "+effectWords(chosen.Effects)+".")
	}
	return p.Lines
}

// effectWords say what a product does to the mail that it reads.
func effectWords(effects []string) string {
	var words []string
	for _, effect := range effects {
		switch effect {
		case "deletes_mail":
			words = append(words, "deletes the mail it has read")
		case "auto_replies":
			words = append(words, "answers some mail by itself")
		case "marks_read":
			words = append(words, "marks mail as read")
		case "rejects_unknown":
			words = append(words, "turns away mail from unknown senders")
		}
	}
	return strings.Join(words, ", ")
}
