package tui

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps"
)

// expired makes the sign-in service refuse the secret of every app.
func expired(w *world) {
	w.authority.refuse = &providers.AuthorityError{Status: 401, Code: "invalid_client", Numbers: []int{7000222}, Description: "AADSTS7000222: expired"}
}

func TestEveryFailureCanGoIntoATicket(t *testing.T) {
	for _, c := range []struct {
		name, key string
		show      func(t testing.TB, w *world) *stage
		want      string
	}{
		{"the tests", "t", func(t testing.TB, w *world) *stage {
			w.mail.refuse("sourcing@contoso.example", true)
			s := toTests(t, w)
			s.keys("enter")
			return s
		}, "# contoso-agiloft, 3 tests, verified false"},
		{"a check", "t", func(t testing.TB, w *world) *stage {
			connection := saved(t, w)
			w.mail.refuse("sourcing@contoso.example", true)
			return newStage(t, options(w), func(d desk) screen { return newCheck(d, connection) })
		}, "# contoso-agiloft, 3 tests, verified false"},
		{"a rotation", "t", func(t testing.TB, w *world) *stage {
			s := rotate(t, w, saved(t, w))
			w.mail.refuse("sourcing@contoso.example", true)
			s.paste("def8Q~anotherWellKnownTestValueOf40Lette")
			s.keys("ctrl+s")
			return s
		}, "# contoso-agiloft, 3 tests, verified false"},
		{"the registration, where letters are typed", "ctrl+t", func(t testing.TB, w *world) *stage {
			expired(w)
			return setup(t, w, ready("ms-mail-cc"))
		}, "# contoso-agiloft, 0 tests, verified false"},
		{"a sign-in", "t", func(t testing.TB, w *world) *stage {
			w.authority.expired = true
			return toSignIn(t, w)
		}, "# contoso-agiloft, 0 tests, verified false"},
		{"the permissions", "t", func(t testing.TB, w *world) *stage {
			s := toPermissions(t, w)
			top[*permissionScreen](s).failure = errors.New("a refused token holds nobody up there, so this stands for the rest")
			return s
		}, "# contoso-agiloft, 0 tests, verified false"},
		{"a proof that cannot be saved", "t", func(t testing.TB, w *world) *stage {
			if err := os.MkdirAll("home", 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile("home/connections", nil, 0o600); err != nil { // a file where the folder should be
				t.Fatal(err)
			}
			s := toVerified(t, w)
			s.mustShow("it could not be saved")
			return s
		}, "# contoso-agiloft, 3 tests, verified false"},
		{"a machine without a keychain", "t", func(t testing.TB, w *world) *stage {
			w.road.Store = broken{w.store}
			s := setup(t, w, steps.State{Answers: steps.Answers{Product: "agiloft"}})
			s.keys("enter")
			return s
		}, "# a new connection, 0 tests, verified false"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			s := c.show(t, newWorld(t))
			s.settle()
			s.keys(c.key)
			s.see("the ticket text was sent to your clipboard")
			s.until("the clipboard", func() bool { return len(s.copied) == 1 })
			if s.copied[0] != c.want {
				t.Errorf("copied was %q, want %q; the screen is\n%s", s.copied[0], c.want, s.text())
			}
		})
	}
}

func TestWithoutATicketWriterTheKeySaysSo(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	w.mail.refuse("sourcing@contoso.example", true)
	o := options(w)
	o.Ticket = nil
	connection := steps.Connection{Answers: answers("ms-mail-device")}
	w.authority.expired = true
	s := newStage(t, o, func(d desk) screen { return newCheck(d, connection) })
	s.settle()
	s.keys("t")
	s.mustShow("this run writes no texts for tickets")
	expired(w)
	s = newStage(t, o, func(d desk) screen { return newWizard(d, ready("ms-mail-cc")) })
	s.settle()
	s.keys("ctrl+t")
	s.mustShow("this run writes no texts for tickets")
}

func TestAFailureNamesTheScenarioThatShowsIt(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	w.mail.refuse("sourcing@contoso.example", true)
	for practice, want := range map[string]bool{"": true, "practice tenant": false} {
		o := options(w)
		o.Practice = practice
		s := newStage(t, o, func(d desk) screen { return newWizard(d, ready("ms-mail-cc")) })
		if practice != "" {
			throughValues(s)
		}
		s.see("Permissions")
		s.settle()
		s.keys("enter", "enter", "enter")
		s.settle()
		s.keys("pgdown")
		if got := strings.Contains(s.text(), "mailgrant setup --practice --scenario"); got != want {
			t.Errorf("on %q the scenario is named: %v, want %v\n%s", practice, got, want, s.text())
		}
	}
}

func TestAPracticeRunSaysHowToMendItsFault(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	expired(w)
	o := options(w)
	o.Practice, o.Mend = "practice tenant · secret-expired", "curl -d repair=secret-expired http://127.0.0.1:1/"
	s := newStage(t, o, func(d desk) screen { return newWizard(d, ready("ms-mail-cc")) })
	throughValues(s)
	s.see("The fault was planted for practice")
	s.see(o.Mend)
}

// throughValues takes the values that a practice run has filled in: it passes no step by itself.
func throughValues(s *stage) {
	s.t.Helper()
	for _, step := range []struct{ title, key string }{{"1 of 8", "enter"}, {"2 of 8", "ctrl+s"}, {"3 of 8", "ctrl+s"}} {
		s.see(step.title)
		s.keys(step.key)
		s.settle()
	}
}
