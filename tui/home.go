package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
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
	connect, practise, leave := bind("connect a product", "n"), bind("practise", "p"), bind("leave", "esc", "q")
	one, ok := s.selected()
	if !ok {
		return []binding{connect, practise, leave}
	}
	draft := ""
	open := bind("check", "enter", "c")
	if one.State == steps.StateDraft {
		draft = "this is a draft: press enter to go on with it"
		open = bind("go on", "enter")
	}
	return []binding{
		open, bind("new secret", "r").unless(draft), bind("show texts", "s").unless(draft), connect,
		bind("forget", "f"), practise, bind("line", "up", "down", "j", "k").shown("↑↓"), leave,
	}
}

// Draft is nil: home changes nothing by itself.
func (*homeScreen) Draft() *steps.State { return nil }

func (s *homeScreen) View(a area) drawing {
	d := a.page()
	if a.Height >= flat-5 {
		d.Add("")
	}
	for _, err := range s.broken {
		drawWrong(&d.Page, a, err.Error(), 0)
	}
	if s.failure != nil {
		drawFailure(&d.Page, a, s.failure, 0)
	}
	if len(s.broken) > 0 || s.failure != nil {
		d.Gap()
	}
	switch {
	case !s.read:
		d.Text(a.Theme.Quiet, 2, s.saying)
	case len(s.all) == 0:
		s.drawFirst(d, a)
	default:
		s.drawList(d, a)
	}
	return *d
}

// drawFirst is what somebody sees who has connected nothing yet.
func (s *homeScreen) drawFirst(d *drawing, a area) {
	d.Text(a.Theme.Plain, 2, a.Theme.Accent.Render("p")+"  Practise on a tenant that lives in this program")
	d.Text(a.Theme.Plain, 2, a.Theme.Accent.Render("n")+"  Connect a product")
}

func (s *homeScreen) drawList(d *drawing, a area) {
	name, product := 0, 0
	for _, one := range s.all {
		name, product = max(name, lipgloss.Width(one.Name)), max(product, lipgloss.Width(one.Product))
	}
	for i, one := range s.all {
		pointer := "  "
		if i == s.at {
			pointer = a.Theme.Accent.Render(theme.Pointer) + " "
		}
		mark, words := statusMark(a.Theme, one)
		from := len(d.Lines)
		d.Add(pointer + mark.Draw() + " " + widget.Pad(one.Name, min(name, d.Width/3)) + "  " +
			a.Theme.Quiet.Render(widget.Pad(one.Product, min(product, d.Width/5))) + "  " + mark.Style.Render(words))
		if i == s.at {
			d.Hold(from)
		}
	}
	d.Gap()
	one, _ := s.selected()
	d.Text(a.Theme.Plain, 4, fmt.Sprintf("%s · %s · %d outbound, %d inbound", one.Tenant, one.Route, one.Outbound, one.Inbound))
	facts := ""
	if one.LastVerified != "" {
		facts = "proved " + day(one.LastVerified)
	}
	if one.HasEnd {
		facts += " · secret " + endWords(one.DaysLeft) + " (" + day(one.SecretEnds) + ")"
	}
	d.Text(a.Theme.Quiet, 4, facts)
	d.Text(a.Theme.Plain, 4, advice(one))
}

// soon is how many days before its end a secret is worth a warning.
const soon = 30

// statusMark is a connection's state in a glyph and a few words.
func statusMark(t theme.Theme, one steps.Status) (theme.Mark, string) {
	switch {
	case one.State == steps.StateDraft:
		return t.ToCome(), "draft"
	case one.Due(-1):
		return t.Failed(), "secret " + endWords(one.DaysLeft)
	case one.State == steps.StateFailing:
		return t.Failed(), "failing"
	case one.State == steps.StateStale:
		return t.Warned(), "changed since it was proved"
	case one.Due(soon):
		return t.Warned(), "secret " + endWords(one.DaysLeft)
	case one.HasEnd:
		return t.Passed(), "proved, secret " + endWords(one.DaysLeft)
	}
	return t.Passed(), "proved"
}

// advice is the next thing to do with a connection, if there is one.
func advice(one steps.Status) string {
	switch {
	case one.State == steps.StateDraft:
		return "Not proved yet. Enter goes on with it."
	case one.Due(-1):
		return "A new secret mends it: press r."
	case one.State == steps.StateFailing:
		if one.Cause != "" {
			return "The last check failed: " + one.Cause + ". Enter checks again and says who mends it."
		}
		return "The last check failed. Enter checks again and says who mends it."
	case one.State == steps.StateStale:
		return "Its file was changed. Enter proves it anew."
	case one.Due(soon):
		return "Make a new secret in time, and press r."
	}
	return ""
}
