package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"context"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
)

// patience is how long the key for waiting keeps trying. Exchange tells of up to an hour until a
// grant holds everywhere; most hold within minutes.
const patience = 30 * time.Minute

// testScreen proves the plan and shows what failed and who mends it.
type testScreen struct {
	work
	state   steps.State
	form    form // asks for the recipient of a test message, if there may be one
	ledger  ledger
	started bool
	copied  int // which of several commands is copied next
}

func newTestScreen(d desk, step steps.Step, state steps.State, a arrival) *testScreen {
	s := &testScreen{work: work{desk: d}, state: state, form: newForm(step.Ask, state, a.key)}
	s.started = len(state.Results) > 0
	s.ledger = newLedger(testsOf(d.Road, state), state.Results)
	return s
}

// testsOf are the tests of a state's plan; none while the plan does not stand.
func testsOf(road *steps.Road, state steps.State) []steps.Test {
	plan, err := steps.NewPlan(road.Catalogue, state.Answers)
	if err != nil {
		return nil
	}
	return plan.Tests
}

// Init begins at once where nothing is to be asked.
func (s *testScreen) Init() tea.Cmd {
	if s.started || len(s.form.fields) > 0 {
		return nil
	}
	return s.test(0)
}

// test runs what is not proved yet, and keeps trying for as long as wait says.
func (s *testScreen) test(wait time.Duration) tea.Cmd {
	state := s.state
	s.started = true
	return s.begin("preparing the tests", func(ctx context.Context, road *steps.Road, emit steps.Emit) any {
		road.Wait = max(road.Wait, wait)
		next, err := road.TestAgain(ctx, state, emit)
		return stepDone{next, err}
	})
}

func (s *testScreen) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case fromJob:
		message, next := s.hear(msg)
		s.ledger.hear(message)
		if done, ok := message.(stepDone); ok {
			s.state = done.state
			s.ledger = newLedger(testsOf(s.desk.Road, s.state), s.state.Results)
		}
		return nil, next
	case tea.PasteMsg:
		if !s.started {
			return nil, say(s.form.paste(msg.Content))
		}
	case tea.KeyPressMsg:
		if s.started {
			return s.press(msg)
		}
		return s.pressForm(msg)
	}
	return nil, nil
}

// pressForm is for the question before the first run.
func (s *testScreen) pressForm(msg tea.KeyPressMsg) (move, tea.Cmd) {
	if on(msg, "esc") {
		return back{s.form.snapshot()}, nil
	}
	sent, cmd := s.form.press(msg)
	if !sent {
		return nil, cmd
	}
	s.state = s.form.state
	s.ledger = newLedger(testsOf(s.desk.Road, s.state), nil)
	return nil, s.test(0)
}

func (s *testScreen) press(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case on(msg, "up", "k"):
		s.ledger.move(-1)
		s.copied = 0
	case on(msg, "down", "j"):
		s.ledger.move(1)
		s.copied = 0
	case on(msg, "r"):
		return nil, s.test(0)
	case on(msg, "a"):
		return nil, s.test(patience)
	case on(msg, "c"):
		commands := s.commands()
		s.copied++
		return nil, copyOut(commands[(s.copied-1)%len(commands)], "the command was")
	case on(msg, "t") && !s.Busy():
		return nil, s.copyTicket(s.state)
	case on(msg, "enter") && s.state.Verified != nil:
		return advance{s.state}, nil
	case on(msg, "enter"):
		to, _ := s.mend()
		return to, nil
	case on(msg, "esc") && s.Busy():
		s.stop()
		s.ledger.halt()
	case on(msg, "esc"):
		return back{s.state}, nil
	}
	return nil, nil
}

// commands are what mends the test at the pointer, or the failure before any test.
func (s *testScreen) commands() []string {
	if r := s.ledger.selected(); r != nil && r.result != nil {
		return commandsOf(r.result.Diagnoses)
	}
	return commandsOf(diagnosesOf(s.failure))
}

// mend is where the failure leads: that of the test at the pointer goes before the worst one.
func (s *testScreen) mend() (jump, string) {
	if r := s.ledger.selected(); r != nil && r.result != nil && len(r.result.Diagnoses) > 0 {
		return mending(steps.ProblemOf(r.result.Diagnoses, r.result.Failure), s.state)
	}
	return mending(s.failure, s.state)
}

func (s *testScreen) Heading(theme.Theme) heading { return heading{Status: s.ledger.count()} }

func (s *testScreen) Keys() []binding {
	switch {
	case !s.started:
		return []binding{bind("begin the tests", "enter"), bind("back", "esc")}
	case s.Busy():
		running := "the tests are running"
		return []binding{
			bind("line", "up", "down", "j", "k").shown("↑↓"), bind("try again", "r").unless(running),
			bind("wait", "a").unless(running), bind("fix", "enter").unless(running), s.desk.ticketKey("t", running), bind("stop", "esc"),
		}
	case s.state.Verified != nil:
		return []binding{
			bind("save it", "enter"), bind("line", "up", "down", "j", "k").shown("↑↓"),
			bind("test again", "r").unless("everything has passed"), bind("wait", "a").unless("there is nothing to wait for"),
			bind("copy", "c").unless("nothing has to be mended"), s.desk.ticketKey("t", ""), bind("back", "esc"),
		}
	}
	noCommand := ""
	if len(s.commands()) == 0 {
		noCommand = "no command mends this line"
	}
	to, why := s.mend()
	fix := "fix"
	if why == "" {
		fix = "fix at " + shortTitle(to.to, s.state)
	}
	return []binding{
		bind(fix, "enter").unless(why), bind("try again", "r"), bind("wait", "a"), bind("copy", "c").unless(noCommand), s.desk.ticketKey("t", ""),
		bind("line", "up", "down", "j", "k").shown("↑↓"), bind("back", "esc"),
	}
}

func (s *testScreen) Draft() *steps.State {
	state := s.state
	if !s.started {
		state = s.form.snapshot()
	}
	return &state
}

func (s *testScreen) View(a area) drawing {
	d := a.page()
	if !s.started {
		s.form.draw(d, a, nil)
		d.Gap()
	}
	s.ledger.draw(d, a, s.started)
	switch {
	case s.Busy() && s.ledger.waiting == nil && s.saying != "":
		d.Gap()
		d.Text(a.Theme.Plain, 2, a.spin()+" "+s.saying)
	case s.state.Verified != nil:
		d.Gap()
		drawTexts(d, a, s.state.Texts)
		d.Text(a.Theme.Success, 2, "✓ Everything passed. Press enter to save it.")
	case s.failure != nil && !s.shownInLedger():
		d.Gap()
		from := len(d.Lines)
		drawFailure(&d.Page, a, s.failure, 2)
		d.Hold(from)
	}
	if !s.started {
		d.Aside = s.form.explain(a, d.Width, "")
	}
	return *d
}

// shownInLedger reports whether a test tells about the failure already.
func (s *testScreen) shownInLedger() bool {
	r := s.ledger.selected()
	return r != nil && r.result != nil && len(r.result.Diagnoses) > 0
}

// drawTexts says how each text for the product was proved.
func drawTexts(d *drawing, a area, texts []steps.TextProof) {
	for _, text := range texts {
		name := text.Title
		if text.Address != "" {
			name += " for " + string(text.Address)
		}
		mark := a.Theme.Passed()
		if !text.OK {
			mark = a.Theme.Failed()
		}
		d.Add("  " + mark.Draw() + " " + name + a.Theme.Quiet.Render("  "+text.Detail))
	}
	if len(texts) > 0 {
		d.Gap()
	}
}
