package tui

import "github.com/mailgrant/mailgrant/steps"

// move is what a screen wants of whoever holds it.
type move interface{ move() }

// The moves of the stack.
type (
	push struct{ screen screen } // show another screen above this one
	pop  struct{}                // go back to the one below, or leave from the last
	// become puts another screen in this one's place.
	become struct{ screen screen }
	// uncover closes what stands above the screen: it has changed beneath.
	uncover struct{}
	quit    struct{ outcome Outcome }
)

// The moves on the road, which the wizard makes.
type (
	advance struct{ state steps.State }
	back    struct{ state steps.State }
	jump    struct {
		state steps.State
		to    steps.Name
		key   steps.Key
	}
	// reroute walks the road anew with another route, past whatever is answered already.
	reroute struct{ state steps.State }
)

func (push) move()    {}
func (pop) move()     {}
func (become) move()  {}
func (uncover) move() {}
func (quit) move()    {}
func (advance) move() {}
func (back) move()    {}
func (jump) move()    {}
func (reroute) move() {}
