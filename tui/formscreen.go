package tui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// formScreen is a step that asks and then works: the mailboxes, and the values of the
// registration.
type formScreen struct {
	work
	step  steps.Step
	form  form
	guide func(steps.State) screen // how to make what is asked for; nil where there is no telling
	// auto sends the form off at once: its answers were there before it was shown.
	auto bool
}

func newFormScreen(d desk, step steps.Step, state steps.State, a arrival) *formScreen {
	s := &formScreen{work: work{desk: d}, step: step, form: newForm(step.Ask, state, a.key), auto: a.auto}
	s.form.hasty = a.key != ""
	if step.Name() == steps.StepRegistration {
		s.guide = newRegistrationGuide
	}
	return s
}

func (s *formScreen) Init() tea.Cmd {
	if !s.auto {
		return nil
	}
	s.auto = false
	return s.submit()
}

func (s *formScreen) submit() tea.Cmd { return s.work.step(s.step.Name(), s.form.state, "checking") }

func (s *formScreen) Update(msg tea.Msg) (move, tea.Cmd) {
	switch msg := msg.(type) {
	case fromJob:
		message, next := s.hear(msg)
		if done, ok := message.(stepDone); ok {
			return s.finish(done), nil
		}
		return nil, next
	case tea.PasteMsg:
		if s.Busy() {
			return nil, nil
		}
		if notice := s.form.paste(msg.Content); notice != "" {
			return nil, say(notice)
		}
	case tea.KeyPressMsg:
		return s.press(msg)
	}
	return nil, nil
}

func (s *formScreen) press(msg tea.KeyPressMsg) (move, tea.Cmd) {
	switch {
	case s.Busy():
		if on(msg, "esc") {
			s.stop()
		}
		return nil, nil
	case on(msg, "esc"):
		return back{s.form.snapshot()}, nil
	case on(msg, "ctrl+o") && s.guide != nil:
		return push{s.guide(s.form.state)}, nil
	case on(msg, "ctrl+t"):
		if s.failure != nil {
			return nil, s.copyTicket(s.form.state)
		}
		return nil, nil
	case on(msg, "ctrl+n"):
		to, _ := s.elsewhere()
		to.state = s.form.snapshot()
		return to, nil
	}
	sent, cmd := s.form.press(msg)
	if sent {
		cmd = s.submit()
	}
	return nil, cmd
}

// finish goes on, or puts what was wrong where it belongs.
func (s *formScreen) finish(done stepDone) move {
	if done.err == nil {
		return advance{done.state}
	}
	s.form.state = done.state
	s.form.refresh()
	s.form.focus(s.form.at)
	var wrong steps.AnswerErrors
	var problem *steps.Problem
	switch {
	case errors.As(done.err, &wrong):
		s.failure = nil
		if others := s.form.blame(wrong); len(others) > 0 {
			s.failure = others
		}
	case errors.As(done.err, &problem):
		if i := s.form.find(problem.Key); i >= 0 {
			s.form.focus(i)
		}
	}
	return nil
}

// elsewhere is the other step that mends the failure.
func (s *formScreen) elsewhere() (jump, string) {
	to, why := mending(s.failure, s.form.state)
	if why == "" && to.to == s.step.Name() {
		return jump{}, "it is mended here: change the value and continue"
	}
	return to, why
}

// Heading leaves its words to the wizard, which knows the step.
func (s *formScreen) Heading(theme.Theme) heading { return heading{} }

func (s *formScreen) Keys() []binding {
	if s.Busy() {
		return []binding{bind("stop", "esc")}
	}
	keys := []binding{bind("next", "enter"), bind("continue", "ctrl+s")}
	if s.form.hasty || s.form.at >= len(s.form.fields)-1 {
		keys = []binding{bind("continue", "enter", "ctrl+s")}
	}
	if s.failure != nil {
		if to, why := s.elsewhere(); why == "" {
			keys = append([]binding{bind("go to "+string(to.to), "ctrl+n")}, keys...)
		} else {
			keys = append(keys, bind("go where it is mended", "ctrl+n").unless(why))
		}
	}
	if s.guide != nil {
		how := "how to make one"
		if registersNothing(s.form.state) {
			how = "what is agreed to"
		}
		keys = append(keys, bind(how, "ctrl+o"))
	}
	if s.failure != nil {
		keys = append(keys, s.desk.ticketKey("ctrl+t", ""))
	}
	return append(keys, bind("move", "tab", "shift+tab", "down", "up").shown("tab ↑↓"), bind("previous step", "esc"))
}

func (s *formScreen) Draft() *steps.State {
	state := s.form.snapshot()
	return &state
}

func (s *formScreen) View(a area) drawing {
	page, aside, apart := a.beside(comfortable)
	d := a.page()
	d.Width, d.Beside = page, apart
	at := -1
	var problem *steps.Problem
	if errors.As(s.failure, &problem) {
		at = s.form.find(problem.Key)
	}
	s.form.draw(d, a, func(p *widget.Page, q steps.Question, indent int) {
		if tenant := s.form.state.Tenant; tenant != nil && q.Key == steps.KeyTenant && s.failure == nil {
			p.Add(widget.Blanks(indent) + a.Theme.Success.Render("✓ ") + a.Theme.Quiet.Render(tenantWords(*tenant)))
		}
		if at >= 0 && s.form.fields[at].question.Key == q.Key {
			drawFailure(p, a, s.failure, min(indent, 4))
		}
	})
	if s.failure != nil && at < 0 {
		d.Gap()
		from := len(d.Lines)
		drawFailure(&d.Page, a, s.failure, 2)
		d.Hold(from)
	}
	if s.Busy() {
		d.Gap()
		from := len(d.Lines)
		d.Text(a.Theme.Plain, 2, a.spin()+" "+s.saying)
		d.Hold(from)
	}
	d.Aside = s.form.explain(a, aside, s.desk.StoreName)
	return *d
}
