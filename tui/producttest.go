package tui

import (
	"errors"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
)

// productTestScreen is for what only the product itself can prove: it leads through what is to be
// done there, and takes a person's word for the tests made there.
type productTestScreen struct {
	work
	step   steps.Step
	state  steps.State
	places places
	ticks  []steps.Question
	at     int  // the tick at the pointer
	below  bool // the pointer is among the ticks, below the places
	begun  bool // the texts were made
	sent   bool // the ticks were handed over
}

func newProductTestScreen(d desk, step steps.Step, state steps.State) *productTestScreen {
	s := &productTestScreen{work: work{desk: d}, step: step, state: state}
	s.show(state)
	return s
}

// show takes over what is known, and leaves the pointer and the ticks of the places where they are.
func (s *productTestScreen) show(state steps.State) {
	s.state, s.ticks = state, s.step.Ask(state)
	plan, err := steps.NewPlan(s.desk.Road.Catalogue, state.Answers)
	if err != nil {
		s.failure = err
		return
	}
	fresh := newPlaces(plan, state.Texts)
	if len(fresh.all) == len(s.places.all) {
		fresh.done, fresh.at, fresh.field = s.places.done, s.places.at, s.places.field
	}
	s.places = fresh
	s.below = s.below || len(fresh.all) == 0
}

// Init makes the texts that are to be pasted, before anything is ticked.
func (s *productTestScreen) Init() tea.Cmd {
	if s.begun || s.failure != nil {
		return nil
	}
	s.begun = true
	return s.work.step(steps.StepTests, s.state, "preparing what is entered in "+s.state.Product.Name)
}

func (s *productTestScreen) Update(msg tea.Msg) (move, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		return s.press(press)
	}
	message, next := s.hear(msg)
	if done, ok := message.(stepDone); ok {
		return s.finish(done), nil
	}
	return nil, next
}

// finish goes on once everything is confirmed. That something is not ticked yet is no failure.
func (s *productTestScreen) finish(done stepDone) move {
	var open *steps.Unverified
	if errors.As(done.err, &open) {
		s.failure = nil
	}
	if done.err == nil && s.sent {
		return advance{done.state}
	}
	s.sent = false
	s.show(done.state)
	return nil
}

func (s *productTestScreen) press(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case on(msg, "esc"):
		s.stop()
		return back{s.state}, nil
	case on(msg, "t") && s.failure != nil:
		return nil, s.copyTicket(s.state)
	case s.Busy():
	case on(msg, "enter") && s.failure != nil:
		s.begun, s.failure = false, nil
		return nil, s.Init()
	case on(msg, "enter"):
		return nil, s.confirm()
	case on(msg, "tab", "shift+tab"):
		s.below = !s.below || len(s.places.all) == 0
	case s.below:
		s.pressTick(msg)
	case on(msg, "down", "j") && s.places.last():
		s.below, s.at = true, 0
	default:
		return s.places.press(msg)
	}
	return nil, nil
}

func (s *productTestScreen) pressTick(msg tea.KeyPressMsg) {
	switch {
	case on(msg, "up", "k") && s.at == 0:
		s.below = len(s.places.all) == 0
	case on(msg, "up", "k"):
		s.at--
	case on(msg, "down", "j"):
		s.at = max(min(s.at+1, len(s.ticks)-1), 0)
	case on(msg, "space", "x") && s.at < len(s.ticks):
		value := steps.Yes
		if s.state.Has(s.ticks[s.at]) {
			value = ""
		}
		texts := s.state.Texts // they do not depend on ticks
		s.state = s.state.With(s.ticks[s.at].Key, value)
		s.state.Texts = texts
		if value != "" {
			s.at = min(s.at+1, len(s.ticks)-1)
		}
	}
}

// confirm hands the ticks over, or leads to the first that is missing.
func (s *productTestScreen) confirm() tea.Cmd {
	open := s.open()
	if len(open) > 0 {
		s.below, s.at = true, open[0]
		return say(fmt.Sprintf("%s: make the test in %s and tick what you saw", countOf(len(open), "tick is", "ticks are")+" missing", s.state.Product.Name))
	}
	s.sent = true
	return s.work.step(steps.StepTests, s.state, "taking your word for it")
}

// open are the numbers of the ticks that are missing.
func (s *productTestScreen) open() []int {
	var open []int
	for i, q := range s.ticks {
		if !s.state.Has(q) {
			open = append(open, i)
		}
	}
	return open
}

// countOf writes a number with its noun.
func countOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func (s *productTestScreen) Heading(theme.Theme) heading {
	return heading{Status: fmt.Sprintf("%d of %d ticked", len(s.ticks)-len(s.open()), len(s.ticks))}
}

func (s *productTestScreen) Keys() []binding {
	if s.Busy() {
		return []binding{bind("back", "esc")}
	}
	if s.failure != nil {
		return []binding{bind("try again", "enter"), s.desk.ticketKey("t", ""), bind("back", "esc")}
	}
	word := bind("confirm", "enter")
	if len(s.ticks) == 0 {
		word = word.unless("there is nothing to confirm: " + s.state.Product.Name + " has no test that is known")
	}
	over := bind("to the tests", "tab", "shift+tab")
	keys := s.places.keys()
	if s.below {
		over = bind("to the list", "tab", "shift+tab")
		keys = []binding{bind("tick", "space", "x"), bind("line", "up", "down", "j", "k").shown("↑↓")}
	}
	keys = append([]binding{word}, slices.Insert(keys, 1, over)...)
	return append(keys, bind("back", "esc"))
}

func (s *productTestScreen) Draft() *steps.State { return &s.state }

func (s *productTestScreen) View(a area) drawing {
	d := a.page()
	name := s.state.Product.Name
	d.Text(a.Theme.Plain, 0, "Only "+name+" can show that this works: its sign-in is its own, and Mailgrant has no part in it. Make it ready there, make its tests, and tick what you saw.")
	d.Gap()
	switch {
	case s.failure != nil:
		drawFailure(&d.Page, a, s.failure, 0)
		return *d
	case s.Busy():
		d.Text(a.Theme.Plain, 0, a.spin()+" "+s.saying)
		return *d
	}
	d.Add(a.Theme.Quiet.Render("In " + name))
	s.places.draw(d, a, !s.below)
	d.Gap()
	d.Add(a.Theme.Quiet.Render("Then make these tests in " + name))
	for i, q := range s.ticks {
		s.drawTick(d, a, i, q)
	}
	return *d
}

func (s *productTestScreen) drawTick(d *drawing, a area, i int, q steps.Question) {
	mark, style := a.Theme.ToCome(), a.Theme.Plain
	if s.state.Has(q) {
		mark, style = a.Theme.Passed(), a.Theme.Quiet
	}
	here := s.below && i == s.at
	pointer := "  "
	if here {
		pointer = a.Theme.Accent.Render(theme.Pointer) + " "
	}
	from := len(d.Lines)
	d.Label(pointer+mark.Draw(), sentence(q.Label), style, 0, 4)
	if here {
		d.Text(a.Theme.Quiet, 4, sentence(q.Help))
		d.Hold(from)
	}
}

// drawProductTests lists what is seen in the product when it works.
func drawProductTests(d *drawing, a area, plan steps.Plan) {
	for _, test := range plan.ProductTests() {
		d.Label("·", sentence(test.Expect), a.Theme.Quiet, 2, 2)
	}
}
