package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
)

// catalogueRead is every product that can be read, by its id. To parse them all takes a moment, so
// the list is there before.
type catalogueRead map[string]*product.Product

// read parses the catalogue, for the names that a product is also found by and for what it does to
// mail.
func (s *routeScreen) read() tea.Cmd {
	if s.key != steps.KeyProduct || s.known != nil {
		return nil
	}
	catalogue := s.desk.Road.Catalogue
	return func() tea.Msg {
		all := catalogueRead{}
		for _, id := range catalogue.IDs() {
			if p, err := catalogue.Product(id); err == nil {
				all[id] = p
			}
		}
		return all
	}
}

// namesOf is all that a product is called.
func (s *routeScreen) namesOf(option steps.Option) []string {
	names := []string{option.Label, option.Value, option.Summary}
	if p := s.known[option.Value]; p != nil {
		names = append(names, p.Aliases...)
	}
	return names
}

// pressProduct finds a product by its name. Esc first lets all of them stand again.
func (s *routeScreen) pressProduct(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case on(msg, "esc") && s.finder.typed != "":
		s.finder.typed = ""
		s.narrow()
	case on(msg, "esc"):
		return back{s.state}, nil
	case s.finder.press(msg):
		s.narrow()
	}
	return nil, nil
}

// narrow shows the products that are looked for.
func (s *routeScreen) narrow() { s.choice = newChoice(s.finder.found(), s.state.Answers.Product) }

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
