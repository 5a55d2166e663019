package tui

import (
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
	finder finder // of the products
	known  catalogueRead
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
				break
			}
		}
	}
	if s.key == steps.KeyProduct {
		s.finder = finder{all: s.choice.options, words: s.namesOf}
	}
}

func (s *routeScreen) Init() tea.Cmd {
	if !s.auto {
		return s.read()
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
	case catalogueRead:
		s.known = msg
	case tea.PasteMsg:
		if s.key == steps.KeyProduct && s.finder.add(msg.Content) {
			s.narrow()
		}
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
	case on(msg, "up"):
		s.choice.move(-1)
	case on(msg, "down"):
		s.choice.move(1)
	case on(msg, "enter"):
		return nil, s.take()
	case s.key == steps.KeyProduct:
		return s.pressProduct(msg)
	case on(msg, "k"):
		s.choice.move(-1)
	case on(msg, "j"):
		s.choice.move(1)
	case on(msg, "t") && s.failure != nil:
		return nil, s.copyTicket(s.state)
	case on(msg, "d"):
		option, _ := s.choice.chosen()
		return push{newGuide(s.product(), s.route(), option)}, nil
	case on(msg, "esc"):
		s.failure = nil
		s.ask(steps.KeyProduct)
		return nil, s.read()
	}
	return nil, nil
}

// product is the one chosen, or pointed at; nil when it cannot be read, or is not yet.
func (s *routeScreen) product() *product.Product {
	if s.key == steps.KeyProduct {
		option, _ := s.choice.chosen()
		return s.known[option.Value]
	}
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

// unfit is why what the pointer is at cannot be taken; empty when it can.
func (s *routeScreen) unfit() string {
	option, ok := s.choice.chosen()
	if !ok {
		return "there is nothing to take: widen the search"
	}
	why := stopped(option)
	if route := s.route(); why == "" && s.key == steps.KeyRoute && route != nil && route.Status == "closed" {
		why = "this way is closed: take another one"
	}
	return why
}

func (s *routeScreen) Heading(theme.Theme) heading {
	if s.key == steps.KeyProduct {
		return heading{Title: "Connect a product", Place: "1 of 8  Which product"}
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
	take := bind("take", "enter").unless(s.unfit())
	if s.key == steps.KeyProduct {
		leave := bind("leave", "esc")
		if s.finder.typed != "" {
			leave = bind("all products", "esc")
		}
		return []binding{take, bind("choose", "up", "down").shown("↑↓"), bind("find", "a-z"), leave}
	}
	keys := []binding{take, bind("choose", "up", "down", "j", "k").shown("↑↓")}
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
	if s.Busy() {
		d.Gap()
		d.Text(a.Theme.Plain, 2, a.spin()+" "+s.saying)
		return *d
	}
	if s.failure != nil {
		drawFailure(&d.Page, a, s.failure, 0)
		d.Gap()
	}
	if s.key == steps.KeyProduct {
		s.finder.draw(d, a)
	}
	p := s.product()
	if p != nil && s.key == steps.KeyRoute {
		drawWarning(&d.Page, a.Theme.Warned(), effectWords(p), 0)
		if a.Height >= flat {
			d.Gap()
		}
		d.Aside = s.aside(a, aside)
	}
	above := len(d.Lines)
	room := a
	room.Height -= above
	list := s.choice
	list.remark = s.remark(a.Theme, p)
	if s.key == steps.KeyRoute {
		list.rest = "  … d tells the rest"
	}
	list.draw(d, room)
	switch {
	case s.failure != nil:
		d.From, d.To = 0, above
	case list.at == 0:
		d.From = 0 // what the product does to mail is seen before anything is taken
	}
	return *d
}

// remark is what the list says besides: of the product pointed at what it does to mail, of a way
// what the catalogue knows of it.
func (s *routeScreen) remark(t theme.Theme, p *product.Product) func(steps.Option) remark {
	return func(option steps.Option) remark {
		switch {
		case p == nil:
			return remark{}
		case s.key == steps.KeyRoute:
			return remarkOnRoute(t, p, option)
		case option.Value != p.ID || effectWords(p) == "":
			return remark{}
		}
		return remark{warnings: []string{effectWords(p)}}
	}
}

// aside is why the way pointed at is recommended or not.
func (s *routeScreen) aside(a area, width int) []string {
	p := &widget.Page{Width: width}
	if route := s.route(); route != nil {
		p.Text(a.Theme.Plain, 0, sentence(route.Why))
	}
	return p.Lines
}
