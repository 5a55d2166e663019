package tui

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/steps"
)

// stage runs a root without a terminal: it runs the commands and hands their messages back, as
// Bubble Tea does, until what a test waits for is there.
type stage struct {
	t        testing.TB
	root     *root
	messages chan tea.Msg
	ended    bool
	copied   []string // what was sent to the clipboard
}

func options(w *world) Options {
	return Options{
		Road: w.road, Now: testNow, Still: true, StoreName: "Windows Credential Manager",
		Ticket: func(report steps.Report) string {
			return fmt.Sprintf("# %s, %d tests, verified %v", report.Name, len(report.Results), report.Verified)
		},
		Reproduce: func(d diagnosis.Diagnosis) string {
			if d.Cause == diagnosis.TLSInterception {
				return ""
			}
			return "mailgrant setup --practice --scenario " + string(d.Cause)
		},
	}
}

func newStage(t testing.TB, o Options, first func(desk) screen) *stage {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	s := &stage{t: t, root: newRoot(desk{o, ctx}, first), messages: make(chan tea.Msg, 64)}
	s.run(s.root.Init())
	s.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	return s
}

// run starts a command. Its message comes back through the channel.
func (s *stage) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		if msg := cmd(); msg != nil {
			s.messages <- msg
		}
	}()
}

func (s *stage) send(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.BatchMsg:
		for _, cmd := range msg {
			s.run(cmd)
		}
		return
	case tea.QuitMsg:
		s.ended = true
		return
	}
	if v := reflect.ValueOf(msg); v.Kind() == reflect.String && v.Type().Name() == "setClipboardMsg" {
		s.copied = append(s.copied, v.String())
		return
	}
	_, cmd := s.root.Update(msg)
	s.run(cmd)
}

// until hands on messages until the condition holds.
func (s *stage) until(what string, condition func() bool) {
	s.t.Helper()
	patience := time.After(20 * time.Second)
	for !condition() {
		select {
		case msg := <-s.messages:
			s.send(msg)
		case <-patience:
			s.t.Fatalf("%s did not come about; the screen is\n%s", what, s.text())
		}
	}
}

// settle waits until nothing works any more.
func (s *stage) settle() {
	s.t.Helper()
	s.until("rest", func() bool {
		for _, one := range s.root.stack {
			if one.Busy() {
				return false
			}
		}
		return true
	})
}

// see waits until a text stands on the screen.
func (s *stage) see(text string) {
	s.t.Helper()
	s.until("the text "+text, func() bool { return strings.Contains(s.text(), text) })
}

// keys presses keys by their names; a name of several letters that is no key is typed.
func (s *stage) keys(names ...string) {
	s.t.Helper()
	for _, name := range names {
		for _, msg := range presses(name) {
			s.send(msg)
		}
	}
}

func presses(name string) []tea.Msg {
	special := map[string]tea.KeyPressMsg{
		"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown},
		"left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd}, "delete": {Code: tea.KeyDelete},
		"pgup": {Code: tea.KeyPgUp}, "pgdown": {Code: tea.KeyPgDown}, "backspace": {Code: tea.KeyBackspace},
		"shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "space": {Code: tea.KeySpace, Text: " "},
	}
	if key, ok := special[name]; ok {
		return []tea.Msg{key}
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok && len(letter) == 1 {
		return []tea.Msg{tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl}}
	}
	var all []tea.Msg
	for _, r := range name {
		all = append(all, tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return all
}

func (s *stage) paste(text string) { s.send(tea.PasteMsg{Content: text}) }

// text is the screen without colours.
func (s *stage) text() string { return plain(s.root.View().Content) }

func plain(content string) string {
	lines := strings.Split(ansi.Strip(content), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

func (s *stage) mustShow(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if !strings.Contains(s.text(), text) {
			s.t.Errorf("%q is not on the screen:\n%s", text, s.text())
		}
	}
}

// mustTell is mustShow for what may be wrapped.
func (s *stage) mustTell(texts ...string) {
	s.t.Helper()
	all := strings.Join(strings.Fields(s.text()), " ")
	for _, text := range texts {
		if !strings.Contains(all, text) {
			s.t.Errorf("%q is not told on the screen:\n%s", text, s.text())
		}
	}
}

func (s *stage) mustNotShow(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if strings.Contains(s.root.View().Content, text) {
			s.t.Errorf("%q is on the screen:\n%s", text, s.text())
		}
	}
}

// top is the screen that a test looks into: below the wizard the step's own.
func top[T screen](s *stage) T {
	s.t.Helper()
	one := s.root.stack[len(s.root.stack)-1]
	if w, ok := one.(*wizard); ok {
		one = w.child
	}
	wanted, ok := one.(T)
	if !ok {
		s.t.Fatalf("the screen is a %T:\n%s", one, s.text())
	}
	return wanted
}
