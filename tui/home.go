package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
)

// homeScreen lists what is saved and leads to everything that can be done with it.
type homeScreen struct {
	work
	all    []steps.Status
	broken []error
	read   bool // whether the list was read at all
	at     int
}

// listed is the last word of reading the list, opened of reading one connection or draft.
type (
	listed struct {
		all    []steps.Status
		broken []error
	}
	opened struct {
		verb       verb
		connection steps.Connection
		draft      steps.Answers
		err        error
	}
	forgotten struct{ err error }
)

// verb is what is to be done with a connection.
type verb int

const (
	toCheck verb = iota
	toRotate
	toGoOn
)

func newHome(d desk) *homeScreen { return &homeScreen{work: work{desk: d}} }

// Init reads the list; also when the screen is seen again, since much may have changed. What
// was just agreed to is done first.
func (s *homeScreen) Init() tea.Cmd {
	if s.Busy() {
		return nil
	}
	return s.begin("reading the connections", func(_ context.Context, road *steps.Road, _ steps.Emit) any {
		all, broken := road.Status()
		for i := range all {
			if p, err := road.Catalogue.Product(all[i].Product); err == nil {
				all[i].Product = p.Name
			}
		}
		return listed{all, broken}
	})
}

func (s *homeScreen) Update(msg tea.Msg) (move, tea.Cmd) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		return s.press(press)
	}
	message, next := s.hear(msg)
	switch message := message.(type) {
	case listed:
		s.stop()
		s.all, s.broken, s.read = message.all, message.broken, true
		s.at = max(min(s.at, len(s.all)-1), 0)
	case opened:
		s.stop()
		return s.opened(message), nil
	case forgotten:
		s.stop()
		if message.err != nil {
			s.failure = message.err
			return nil, nil
		}
		return nil, s.Init()
	}
	return nil, next
}

func (s *homeScreen) opened(o opened) move {
	switch {
	case o.err != nil:
		s.failure = o.err
		return nil
	case o.verb == toGoOn:
		return push{newWizard(s.desk, steps.State{Answers: o.draft})}
	case o.verb == toRotate:
		return push{newRotate(s.desk, o.connection)}
	}
	return push{newCheck(s.desk, o.connection)}
}

func (s *homeScreen) press(msg tea.KeyPressMsg) (move, tea.Cmd) {
	one, ok := s.selected()
	switch {
	case on(msg, "up", "k"):
		s.at = max(s.at-1, 0)
	case on(msg, "down", "j"):
		s.at = max(min(s.at+1, len(s.all)-1), 0)
	case on(msg, "n"), on(msg, "enter") && !ok:
		return push{newWizard(s.desk, steps.State{})}, nil
	case on(msg, "e"):
		return push{newExplain(s.desk)}, nil
	case on(msg, "p"):
		return quit{Outcome{Chosen: "practice"}}, nil
	case on(msg, "esc", "q"):
		return pop{}, nil
	case !ok:
	case on(msg, "enter") && one.State == steps.StateDraft:
		return nil, s.open(toGoOn, one.Name)
	case on(msg, "enter", "c"):
		return nil, s.open(toCheck, one.Name)
	case on(msg, "r"):
		return nil, s.open(toRotate, one.Name)
	case on(msg, "s"):
		return quit{Outcome{Chosen: "show", State: steps.State{Answers: steps.Answers{Name: one.Name}}}}, nil
	case on(msg, "f"):
		return push{s.askForget(one)}, nil
	}
	return nil, nil
}

// open reads a connection or a draft for what is to be done with it.
func (s *homeScreen) open(v verb, name string) tea.Cmd {
	return s.begin("opening "+name, func(_ context.Context, road *steps.Road, _ steps.Emit) any {
		o := opened{verb: v}
		if v == toGoOn {
			o.draft, o.err = road.Folder.Draft(name)
		} else {
			o.connection, o.err = road.Folder.Connection(name)
		}
		return o
	})
}

func (s *homeScreen) askForget(one steps.Status) screen {
	about := "Its file and its secret in the keychain are removed. The product and the app registration stay as they are."
	if one.State == steps.StateDraft {
		about = "The draft is removed. There is no secret in it."
	}
	return &confirm{
		title: "Forget " + one.Name, question: "Forget the connection " + one.Name + "?", about: about,
		yes: "forget it", no: "keep it",
		agreed: func() tea.Cmd { return s.forget(one) },
	}
}

func (s *homeScreen) forget(one steps.Status) tea.Cmd {
	return s.begin("forgetting "+one.Name, func(ctx context.Context, road *steps.Road, _ steps.Emit) any {
		if one.State == steps.StateDraft {
			return forgotten{road.Folder.RemoveDraft(one.Name)}
		}
		connection, err := road.Folder.Connection(one.Name)
		if err == nil {
			err = road.Forget(ctx, connection)
		}
		return forgotten{err}
	})
}

func (s *homeScreen) selected() (steps.Status, bool) {
	if s.at >= len(s.all) {
		return steps.Status{}, false
	}
	return s.all[s.at], true
}

func (s *homeScreen) Heading(theme.Theme) heading {
	h := heading{Title: "mailgrant", Place: "mail for business products, proved before it is saved"}
	switch n := len(s.all); {
	case !s.read:
	case n == 1:
		h.For = "1 connection"
	case n > 0:
		h.For = fmt.Sprintf("%d connections", n)
	}
	return h
}

func (s *homeScreen) Keys() []binding {
	connect, explain, practise, leave := bind("connect a product", "n"), bind("explain an error", "e"), bind("practise", "p"), bind("leave", "esc", "q")
	one, ok := s.selected()
	if !ok {
		return []binding{connect, practise, explain, leave}
	}
	draft := ""
	open := bind("check", "enter", "c")
	if one.State == steps.StateDraft {
		draft = "this is a draft: press enter to go on with it"
		open = bind("go on", "enter")
	}
	return []binding{
		open, bind("new secret", "r").unless(draft), bind("new connection", "n"), explain,
		bind("show texts", "s").unless(draft), bind("forget", "f"), practise, bind("line", "up", "down", "j", "k").shown("↑↓"), leave,
	}
}

// Draft is nil: home changes nothing by itself.
func (*homeScreen) Draft() *steps.State { return nil }
