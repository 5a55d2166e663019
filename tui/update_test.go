package tui

import (
	"os"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps"
)

func TestGoingBackKeepsWhatWasTyped(t *testing.T) {
	t.Chdir(t.TempDir())
	s := setup(t, newWorld(t), steps.State{Answers: answers("ms-mail-cc")})
	s.settle()
	s.mustShow("3 of 8")
	s.paste(testSecret)
	s.keys("tab", "tab", "-two") // the name, without leaving its field
	s.keys("esc")
	s.mustShow("2 of 8", "contracts@contoso.example", "Sourcing Event")
	s.keys("ctrl+s")
	s.settle()
	s.mustShow("3 of 8", "contoso-agiloft-two", "2028-11-20", "✓ taken")
	s.keys("esc", "esc")
	s.mustShow("1 of 8", "How Agiloft signs in")
	s.keys("esc")
	s.mustShow("Which product")
}

func TestAPastedSecretIsTakenAtOnce(t *testing.T) {
	t.Chdir(t.TempDir())
	s := setup(t, newWorld(t), steps.State{Answers: answers("ms-mail-cc")})
	s.settle()
	s.paste("  " + testSecret + "\r\n")
	s.see("blanks or line ends around the paste were removed")
	s.mustShow("✓ taken")
	s.mustNotShow(testSecret, testSecret[:8])
	screen := top[*formScreen](s)
	if !screen.form.secret.Equal(keychain.NewSecret(testSecret)) {
		t.Error("the secret taken is not the one pasted")
	}
	for _, one := range screen.form.fields {
		if strings.Contains(one.input.Value(), "Q~") {
			t.Errorf("the field %s still holds the secret", one.question.Label)
		}
	}
}

func TestPastesThatCannotBeValues(t *testing.T) {
	t.Chdir(t.TempDir())
	cases := []struct {
		name, field, paste, shown string
	}{
		{"a Secret ID", "secret", "99999999-8888-7777-6666-555555555555", "client secret is a GUID"},
		{"a secret of two lines", "secret", "abc8Q~first\nsecond", "client secret has a line end in it"},
		{"a secret with an escape sequence", "secret", "abc8Q~\x1b[31mred", "client secret has control characters"},
		{"a whole page as a secret", "secret", strings.Repeat("a secret page ", 80_000), "the paste was not taken"},
		{"a whole page as a client ID", "clientId", strings.Repeat("a page\n", 150_000), "the paste was not taken"},
		{"escape sequences in an identifier", "clientId", "\x1b[2J\x1b]0;title\x07" + testClient + "\x1b[31m", testClient},
		{"a secret where everybody reads it", "clientId", testSecret, "looks like a client secret and was not taken"},
		{"a direction override", "clientId", "\u202e" + testClient, testClient},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := answers("ms-mail-cc")
			if c.field == "clientId" {
				a.ClientID = ""
			}
			s := setup(t, newWorld(t), steps.State{Answers: a})
			s.settle()
			s.paste(c.paste)
			s.see(c.shown)
			for _, line := range strings.Split(s.root.View().Content, "\n") {
				if strings.ContainsAny(line, "\x07\u202e") || strings.Contains(line, "\x1b[2J") {
					t.Errorf("the paste acts on the terminal: %q", line)
				}
			}
			s.mustNotShow("abc8Q~")
		})
	}
}

func TestAPasteOfSeveralLinesSaysSo(t *testing.T) {
	t.Chdir(t.TempDir())
	a := answers("ms-mail-cc")
	a.ClientID = ""
	s := setup(t, newWorld(t), steps.State{Answers: a})
	s.settle()
	s.paste("one\ntwo")
	s.see("the paste had several lines; they were joined")
	s.mustShow("one two")
}

func TestLateResultsAreDropped(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	w.authority.approve = make(chan struct{})
	s := toSignIn(t, w)
	s.see("F 7 K")
	screen := top[*signInScreen](s)
	old := screen.job
	s.keys("esc")
	s.mustShow("5 of 8")
	s.send(fromJob{old, steps.CodeIssued{Code: providers.DeviceCode{UserCode: "LATE"}}})
	s.send(fromJob{old, stepDone{state: steps.State{}}})
	s.mustShow("5 of 8", "contoso-agiloft")
	if screen.signIns.code.Code.UserCode != "F7K2PQ9MX" {
		t.Error("a screen that was left took a late code")
	}
}

func TestLeavingAScreenCancelsItsWork(t *testing.T) {
	for name, leave := range map[string]func(s *stage){
		"back":      func(s *stage) { s.keys("esc") },
		"elsewhere": func(s *stage) { s.keys("s", "y"); s.see("3 of 8") },
		"altogether": func(s *stage) {
			s.keys("ctrl+c", "ctrl+c")
			s.until("the end", func() bool { return s.ended })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			w := newWorld(t)
			w.authority.approve = make(chan struct{})
			s := toSignIn(t, w)
			s.see("F 7 K")
			leave(s)
			<-w.authority.cancelled
		})
	}
}

func TestLeavingSavesADraftWithoutTheSecret(t *testing.T) {
	t.Chdir(t.TempDir())
	s := toPermissions(t, newWorld(t))
	s.keys("ctrl+c")
	s.mustShow("Leave?")
	s.keys("n")
	s.mustShow("4 of 8")
	s.keys("ctrl+c", "y")
	s.until("the end", func() bool { return s.ended })
	if s.root.outcome.Draft == "" || !s.root.outcome.Interrupted {
		t.Fatalf("the outcome is %+v", s.root.outcome)
	}
	draft, err := os.ReadFile(s.root.outcome.Draft)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(draft), testClient) || strings.Contains(string(draft), testSecret) {
		t.Errorf("the draft is\n%s", draft)
	}
	if s.root.View().AltScreen {
		t.Error("the last frame stays in the alternate screen")
	}
}

func TestADraftThatCannotBeSavedHoldsNobody(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	s := toPermissions(t, w)
	if err := os.MkdirAll("home", 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("home/drafts", nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	s.keys("ctrl+c", "ctrl+c")
	s.see("could not be kept")
	s.keys("y")
	s.until("the end", func() bool { return s.ended })
	if s.root.outcome.Draft != "" {
		t.Errorf("a draft is claimed to be at %s", s.root.outcome.Draft)
	}
}

func TestNothingIsAskedWhereNothingIsLost(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, key := range []string{"esc", "ctrl+c"} {
		s := setup(t, newWorld(t), steps.State{})
		s.keys(key)
		s.until("the end", func() bool { return s.ended })
		if got := s.root.outcome.Interrupted; got != (key == "ctrl+c") {
			t.Errorf("after %s interrupted is %v", key, got)
		}
	}
}

func TestKeysThatCannotWorkSayWhy(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	w.authority.approve = make(chan struct{})
	s := toSignIn(t, w)
	s.see("F 7 K")
	s.keys("o")
	s.mustShow("there is no browser on this machine")
	s.keys("c")
	s.see("the code was sent to your clipboard")
	s.until("the clipboard", func() bool { return len(s.copied) == 1 })
	if s.copied[0] != "F7K2PQ9MX" {
		t.Errorf("copied was %q", s.copied)
	}
	s.keys("?")
	s.mustShow("Keys", "open browser: not now, there is no browser")
	s.keys("esc")
	s.mustShow("F 7 K")
}

func TestTheFirstViewHasNoSize(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	root := newRoot(desk{options(w), t.Context()}, func(d desk) screen { return newWizard(d, steps.State{}) })
	if view := root.View(); view.Content != "" || !view.AltScreen {
		t.Errorf("the first view is %+v", view)
	}
	for _, size := range []tea.WindowSizeMsg{{Width: 0, Height: 0}, {Width: 1, Height: 1}, {Width: 39, Height: 50}, {Width: 200, Height: 9}} {
		root.Update(size)
		if view := plain(root.View().Content); size.Width > 0 && strings.Contains(view, "Which product") {
			t.Errorf("%dx%d is drawn as\n%s", size.Width, size.Height, view)
		}
	}
}

func TestWhatFoldsInALowTerminal(t *testing.T) {
	t.Chdir(t.TempDir())
	s := setup(t, newWorld(t), steps.State{Answers: answers("ms-mail-cc")})
	s.settle()
	s.paste("99999999-8888-7777-6666-555555555555")
	for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 15}, {Width: 60, Height: 15}, {Width: 40, Height: 10}} {
		s.send(size)
		s.mustShow("Client secret, Value", "client secret is a GUID", "esc previous step")
	}
	s.mustNotShow("Kept in:")
}

func TestTheCursorStandsInTheField(t *testing.T) {
	t.Chdir(t.TempDir())
	a := answers("ms-mail-cc")
	a.ClientID = ""
	s := setup(t, newWorld(t), steps.State{Answers: a})
	s.settle()
	s.keys("abc")
	for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 60, Height: 15}, {Width: 120, Height: 40}} {
		s.send(size)
		view := s.root.View()
		if view.Cursor == nil {
			t.Fatalf("at %dx%d there is no cursor", size.Width, size.Height)
		}
		row := strings.Split(plain(view.Content), "\n")[view.Cursor.Y]
		if cells := []rune(row); len(cells) < view.Cursor.X || string(cells[view.Cursor.X-3:view.Cursor.X]) != "abc" {
			t.Errorf("at %dx%d the cursor is at column %d of %q", size.Width, size.Height, view.Cursor.X, row)
		}
	}
	s.keys("ctrl+c")
	if s.root.View().Cursor != nil {
		t.Error("the cursor stays in a field that is covered")
	}
}

func TestPagesTurnAndStop(t *testing.T) {
	t.Chdir(t.TempDir())
	s := setup(t, newWorld(t), steps.State{Answers: steps.Answers{Product: "agiloft"}})
	s.keys("d")
	first := s.text()
	s.keys("pgdown")
	if s.text() == first {
		t.Error("the page did not turn")
	}
	for range 100 {
		s.keys("pgdown")
	}
	last := s.text()
	s.keys("pgdown")
	if s.text() != last {
		t.Error("the last page turns on")
	}
	s.keys("pgup")
	if s.text() == last {
		t.Error("the page did not turn back at once")
	}
	for range 100 {
		s.keys("pgup")
	}
	if s.text() != first {
		t.Errorf("the first page is now\n%s", s.text())
	}
}

func TestTimeIsCountedDownByBeats(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	w.authority.approve = make(chan struct{})
	s := toSignIn(t, w)
	s.see("13:41 left")
	s.send(beat(testNow().Add(41 * time.Second)))
	s.mustShow("13:00 left")
	s.send(beat(testNow().Add(time.Hour)))
	s.mustShow("the code has ended")
}

func TestABannerNamesThePracticeRunAndItsClock(t *testing.T) {
	t.Chdir(t.TempDir())
	o := options(newWorld(t))
	o.Practice, o.FixedClock = "practice tenant · scenario healthy", true
	s := newStage(t, o, func(d desk) screen { return newWizard(d, steps.State{}) })
	for _, height := range []int{24, 12} {
		s.send(tea.WindowSizeMsg{Width: 80, Height: height})
		s.mustShow("practice tenant · scenario healthy · clock set to 2026-11-21 12:04 UTC")
	}
}

func TestLightAndDarkDifferInNothingButColour(t *testing.T) {
	t.Chdir(t.TempDir())
	s := toPermissions(t, newWorld(t))
	dark, words := s.root.View().Content, s.text()
	s.send(tea.BackgroundColorMsg{Color: white{}})
	if s.root.View().Content == dark {
		t.Error("a light terminal gets the colours of a dark one")
	}
	if s.text() != words {
		t.Error("a light terminal gets other words")
	}
}

type white struct{}

func (white) RGBA() (r, g, b, a uint32) { return 0xffff, 0xffff, 0xffff, 0xffff }

func TestASCIIDrawsNoGlyph(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	w.mail.refuse("sourcing@contoso.example", true)
	o := options(w)
	o.ASCII = true
	s := newStage(t, o, func(d desk) screen { return newWizard(d, ready("ms-mail-cc")) })
	s.see("4 of 8")
	s.settle()
	s.keys("enter", "enter", "enter")
	s.settle()
	s.mustShow("+ passed", "x failed", "dns +")
	for _, r := range s.text() {
		if r > 127 {
			t.Fatalf("%q is on the screen:\n%s", r, s.text())
		}
	}
}

func TestViewChangesNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	s := toTests(t, newWorld(t))
	first := s.root.View()
	for range 3 {
		if again := s.root.View(); again.Content != first.Content {
			t.Fatal("the same model is drawn differently")
		}
	}
}
