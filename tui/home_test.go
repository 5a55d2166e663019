package tui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/steps"
)

func TestHomeLeadsToACheckAndBack(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	saved(t, w)
	w.mail.refuse("contracts@contoso.example", true)
	s := home(t, w)
	s.keys("enter")
	s.see("Check contoso-agiloft")
	s.settle()
	s.mustShow("1 failed", "Who   Exchange admin")
	w.mail.refuse("contracts@contoso.example", false)
	s.keys("r")
	s.settle()
	s.mustShow("3 of 3 passed", "It works as it was proved")
	s.keys("enter")
	s.settle()
	s.mustShow("1 connection", "proved, secret ends in 730 days")
	s.keys("q")
	s.until("the end", func() bool { return s.ended })
	if report := s.root.outcome.Report; report == nil || !report.Verified {
		t.Errorf("the outcome is %+v", s.root.outcome)
	}
}

func TestHomeShowsWhatFailedLast(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	saved(t, w)
	w.mail.refuse("contracts@contoso.example", true)
	s := home(t, w)
	s.keys("c")
	s.see("Check contoso-agiloft")
	s.settle()
	s.keys("esc")
	s.settle()
	s.mustShow("✗ contoso-agiloft", "failing", "The last check failed: mailbox-permission-missing")
}

func TestHomeForgetsOnlyWhenAgreed(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	c := saved(t, w)
	s := home(t, w)
	s.keys("f")
	s.mustShow("Forget the connection contoso-agiloft?")
	s.keys("n")
	s.settle()
	s.mustShow("contoso-agiloft")
	s.keys("f", "y")
	s.settle()
	s.see("Practise on a tenant")
	if _, err := w.store.Get(t.Context(), keychain.ClientSecret(c.ID)); err == nil {
		t.Error("the secret is still in the keychain")
	}
	if names := w.road.Folder.Names(); len(names) > 0 {
		t.Errorf("there are still %v", names)
	}
}

func TestHomeGoesOnWithADraft(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	if _, err := w.road.Folder.SaveDraft(answers("ms-mail-cc")); err != nil {
		t.Fatal(err)
	}
	s := home(t, w)
	s.mustShow("draft", "enter go on")
	s.keys("r")
	s.mustShow("this is a draft")
	s.keys("enter")
	s.see("3 of 8")
	s.mustShow(testClient)
	s.keys("esc", "esc", "esc", "esc")
	s.mustShow("Leave?")
	s.keys("y")
	s.see("1 connection")
	s.settle()
	s.keys("f", "y")
	s.see("Practise on a tenant")
}

func TestHomeChoosesWhatCmdDoes(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	saved(t, w)
	for key, want := range map[string]string{"p": "practice", "s": "show"} {
		s := home(t, w)
		s.keys(key)
		s.until("the end", func() bool { return s.ended })
		if s.root.outcome.Chosen != want || want == "show" && s.root.outcome.State.Answers.Name != "contoso-agiloft" {
			t.Errorf("after %s the outcome is %+v", key, s.root.outcome)
		}
	}
}

func TestHomeShowsFilesThatCannotBeRead(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	saved(t, w)
	if err := os.WriteFile(filepath.Join("home", "connections", "broken.yaml"), []byte("product: [\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := home(t, w)
	s.mustShow("broken.yaml", "contoso-agiloft")
}

func TestStatusInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		one   steps.Status
		words string
	}{
		{"a draft", steps.Status{State: steps.StateDraft}, "draft"},
		{"an ended secret", steps.Status{State: steps.StateVerified, HasEnd: true, DaysLeft: -2}, "secret ended 2 days ago"},
		{"a secret that ended yesterday", steps.Status{State: steps.StateFailing, HasEnd: true, DaysLeft: -1}, "secret ended yesterday"},
		{"a secret on its last day", steps.Status{State: steps.StateVerified, HasEnd: true}, "secret ends today"},
		{"a secret with a day left", steps.Status{State: steps.StateVerified, HasEnd: true, DaysLeft: 1}, "secret ends tomorrow"},
		{"a failing one", steps.Status{State: steps.StateFailing}, "failing"},
		{"a changed one", steps.Status{State: steps.StateStale}, "changed since it was proved"},
		{"one without an end", steps.Status{State: steps.StateVerified}, "proved"},
		{"one with time", steps.Status{State: steps.StateVerified, HasEnd: true, DaysLeft: 412}, "proved, secret ends in 412 days"},
	} {
		if _, words := statusMark(newRoot(desk{Options: Options{Now: testNow}}, func(desk) screen { return &reading{} }).frame.theme, c.one); words != c.words {
			t.Errorf("%s is %q, want %q", c.name, words, c.words)
		}
	}
}

func TestRotateLeavesTheOldSecretUntilTheNewOneProvesItself(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	c := saved(t, w)
	held := func() string {
		secret, err := w.store.Get(t.Context(), keychain.ClientSecret(c.ID))
		if err != nil {
			t.Fatal(err)
		}
		return secret.Reveal()
	}
	const fresh = "def8Q~anotherWellKnownTestValueOf40Lette"
	s := rotate(t, w, c)
	s.paste(testSecret)
	s.keys("ctrl+s")
	s.settle()
	s.mustShow("this is the secret that is in use already")
	w.mail.refuse("sourcing@contoso.example", true)
	s.paste(fresh)
	s.keys("ctrl+s")
	s.settle()
	s.mustShow("1 failed", "everything stays as it was")
	if held() != testSecret {
		t.Error("the old secret was given up before the new one proved itself")
	}
	w.mail.refuse("sourcing@contoso.example", false)
	s.keys("r")
	s.settle()
	s.mustShow("Replace it here", "line 10")
	if held() != fresh {
		t.Error("the new secret was not kept")
	}
	s.mustNotShow(fresh, testSecret)
	s.keys("c")
	s.until("the clipboard", func() bool { return len(s.copied) == 1 })
	for _, part := range []string{": line 10, ", "--reveal --out DIR"} {
		if !strings.Contains(s.copied[0], part) {
			t.Errorf("%q is not in the list that was copied:\n%s", part, s.copied[0])
		}
	}
	if strings.Contains(s.copied[0], fresh) || strings.Contains(s.copied[0], testSecret) {
		t.Error("the list that was copied holds a secret")
	}
	s.keys("enter")
	s.until("the end", func() bool { return s.ended })
	if report := s.root.outcome.Report; report == nil || len(report.ReplaceHere) == 0 {
		t.Errorf("the outcome is %+v", s.root.outcome)
	}
}

func TestRotateSaysWhenThereIsNothingToReplace(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	s := rotate(t, w, steps.Connection{Answers: answers("ms-mail-device")})
	s.mustShow("signs in without a client secret")
	s.keys("enter", "esc")
	s.until("the end", func() bool { return s.ended })
	if s.root.outcome.Err == nil {
		t.Error("the outcome has no error")
	}
}

// TestCheckSignsPeopleInFirst checks a delegated connection: its tokens lived for one run.
func TestCheckSignsPeopleInFirst(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	s := toSignIn(t, w)
	s.see("7 of 8")
	s.keys("enter")
	s.settle()
	s.mustShow("3 of 3 passed")
	s.keys("enter")
	s.settle()
	s.mustShow("is connected")
	c, err := w.road.Folder.Connection("contoso-agiloft")
	if err != nil {
		t.Fatal(err)
	}
	w.authority.approve = make(chan struct{})
	s = newStage(t, options(w), func(d desk) screen { return newCheck(d, c) })
	for _, account := range []string{"crm", "contracts", "sourcing"} {
		s.see("sign in as " + account + "@contoso.example")
		w.authority.approve <- struct{}{}
	}
	s.settle()
	s.mustShow("It works as it was proved")
}

func TestACheckThatIsStoppedSaysSo(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	w.authority.approve = make(chan struct{})
	c := steps.Connection{Answers: answers("ms-mail-device")}
	s := newStage(t, options(w), func(d desk) screen { return newCheck(d, c) })
	s.see("F 7 K")
	s.keys("esc")
	s.until("the end", func() bool { return s.ended })
	<-w.authority.cancelled
	if !s.root.outcome.Interrupted {
		t.Error("a check that was stopped counts as done")
	}
}

func TestACodeThatEndedIsAskedForAnew(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	w.authority.expired = true
	s := toSignIn(t, w)
	s.settle()
	s.mustShow("new code")
	w.authority.expired = false
	s.keys("n")
	s.see("7 of 8")
}

func TestOnlyPagesAreOpened(t *testing.T) {
	t.Parallel()
	var opened []string
	d := desk{Options: Options{OpenBrowser: func(url string) error {
		opened = append(opened, url)
		return nil
	}}}
	for _, url := range []string{"file:///etc/passwd", "javascript:alert(1)", "https://microsoft.com/devicelogin"} {
		d.browse(url)()
	}
	if len(opened) != 1 || opened[0] != "https://microsoft.com/devicelogin" {
		t.Errorf("opened were %q", opened)
	}
}

func TestABrowserThatDoesNotOpenIsToldOf(t *testing.T) {
	t.Parallel()
	d := desk{Options: Options{OpenBrowser: func(string) error { return errors.New("no display") }}}
	if got := d.browse("https://microsoft.com/devicelogin")(); !strings.Contains(string(got.(noted)), "https://microsoft.com/devicelogin by hand") {
		t.Errorf("said was %q", got)
	}
}

// TestNoKeychainIsSaidBeforeTheSecretIsAsked fails where the road begins: the way to mend it
// stands above the list, also when the list is long.
func TestNoKeychainIsSaidBeforeTheSecretIsAsked(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	w.road.Store = broken{w.store}
	s := setup(t, w, steps.State{Answers: steps.Answers{Product: "agiloft"}})
	s.keys("enter")
	s.settle()
	for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 60, Height: 15}} {
		s.send(size)
		s.mustShow("✗ This computer has no credential store", "1 of 8", "--store file")
	}
}

type broken struct{ keychain.Store }

func (broken) Ready(context.Context) error { return keychain.ErrUnavailable }
