package tui

import (
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
)

func TestTheNextTextIsOneKeyAway(t *testing.T) {
	t.Chdir(t.TempDir())
	s := toVerified(t, newWorld(t))
	places := &top[*verifiedScreen](s).places
	var visited []string
	for range 4 {
		s.keys("n")
		place := places.all[places.at]
		if place.Artefact == "" || places.text() == nil {
			t.Fatalf("at %+v nothing is pasted", place)
		}
		s.mustShow(place.Text, "text to paste", "c copy text")
		visited = append(visited, string(place.Address))
	}
	if want := []string{"crm@contoso.example", "contracts@contoso.example", "sourcing@contoso.example", "crm@contoso.example"}; !slices.Equal(visited, want) {
		t.Errorf("the texts come in the order %v, want %v", visited, want)
	}
}

func TestOnlyTheGroupAtThePointerIsOpen(t *testing.T) {
	t.Chdir(t.TempDir())
	s := toVerified(t, newWorld(t))
	places := &top[*verifiedScreen](s).places
	for _, c := range []struct {
		name, key string
		open      string
	}{
		{"the outbound one at first", "left", "crm@contoso.example · outbound"},
		{"then the first inbound one", "right", "contracts@contoso.example · Contract"},
		{"then the second", "right", "sourcing@contoso.example · Sourcing Event"},
		{"and no further", "right", "sourcing@contoso.example · Sourcing Event"},
		{"and back", "left", "contracts@contoso.example · Contract"},
	} {
		s.keys(c.key)
		if got := places.groups[places.here()]; got.title != c.open || places.at != got.from {
			t.Errorf("%s: open is %q at %d, want %q", c.name, got.title, places.at, c.open)
		}
		s.mustShow(c.open)
	}
	s.keys("up")
	if got := places.groups[places.here()].title; got != "crm@contoso.example · outbound" {
		t.Errorf("one line up from the first inbound place is %q", got)
	}
	s.mustShow("0 of 6 done", "text to paste · 0 of 11 done")
}

func TestAProductInWhichNothingRemains(t *testing.T) {
	t.Parallel()
	p := newPlaces(steps.Plan{Route: &product.Route{}}, nil)
	d := &drawing{}
	d.Width = 60
	for _, key := range []string{"n", "left", "right", "up", "down", "space", "c"} {
		p.press(presses(key)[0].(tea.KeyPressMsg))
	}
	p.draw(d, area{Width: 60, Height: 20}, true)
	if len(d.Lines) > 0 {
		t.Errorf("drawn was %q", d.Lines)
	}
	for _, b := range p.keys() {
		if b.Enabled() || b.why == "" {
			t.Errorf("%s works, or does not say why not", b.Help().Desc)
		}
	}
}
