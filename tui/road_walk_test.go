package tui

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps"
)

// TestTheWholeRoad walks from the product to the saved connection by hand, as a person does.
func TestTheWholeRoad(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	start := steps.State{Answers: steps.Answers{Endpoints: answers("").Endpoints}}
	s := setup(t, w, start)
	s.keys("enter")
	s.mustShow("How Agiloft signs in")
	s.keys("enter")
	s.settle()
	s.mustShow("2 of 8")
	s.keys("crm@contoso.example", "enter", "contracts@contoso.example", "enter", "Contract", "enter", "enter")
	s.keys("ctrl+s")
	s.settle()
	s.mustShow("3 of 8")
	s.keys("contoso.example", "enter", testClient, "enter")
	s.paste(testSecret)
	s.keys("enter", "2028-11-20", "enter")
	s.mustShow("agiloft-contoso")
	s.keys("enter")
	s.settle()
	s.mustShow("4 of 8", "2 of 2 granted")
	s.keys("enter")
	s.mustShow("5 of 8")
	s.keys("enter")
	s.mustShow("7 of 8")
	s.keys("enter")
	s.settle()
	s.mustShow("Everything passed")
	s.keys("enter")
	s.settle()
	s.mustShow("Agiloft is connected", "mailgrant check agiloft-contoso", "ends 20 Nov 2028")
	s.keys("esc")
	s.mustShow("it is saved: press enter to finish")
	s.keys("?")
	s.mustShow("esc         back: not now, it is saved")
	s.keys("esc")
	s.keys("enter")
	s.until("the end", func() bool { return s.ended })
	saved := s.root.outcome.State.Saved
	if saved == nil {
		t.Fatal("the outcome has nothing saved")
	}
	if secret, err := w.store.Get(t.Context(), keychain.ClientSecret(saved.Connection.ID)); err != nil || secret.Reveal() != testSecret {
		t.Errorf("the store holds another secret: %v", err)
	}
}

func TestATextWithTheSecretIsCopiedOnlyWhenAgreed(t *testing.T) {
	t.Chdir(t.TempDir())
	s := toVerified(t, newWorld(t))
	s.keys("c")
	s.mustShow("nothing is pasted at this line")
	s.keys("down", "c")
	s.mustShow("The client secret stands in it")
	s.keys("n", "c", "y")
	s.see("the text was sent to your clipboard")
	s.until("the clipboard", func() bool { return len(s.copied) == 1 })
	if !strings.Contains(s.copied[0], testSecret) {
		t.Error("the text that was copied has no secret in it")
	}
	s.mustNotShow(testSecret)
	s.keys("space")
	s.mustShow("1 of 28 done")
}

func TestAFailureLeadsToItsStepAndBack(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	w.mail.refuse("sourcing@contoso.example", true)
	s := toTests(t, w)
	s.keys("enter")
	s.settle()
	s.mustShow("1 failed", "Who   Exchange admin", "fix at Exchange")
	s.keys("c")
	s.until("the clipboard", func() bool { return len(s.copied) == 1 })
	if !strings.HasPrefix(s.copied[0], "Add-MailboxPermission") {
		t.Errorf("copied was %q", s.copied[0])
	}
	s.keys("enter")
	s.mustShow("5 of 8")
	s.keys("enter")
	s.mustShow("7 of 8", "1 failed")
	w.mail.refuse("sourcing@contoso.example", false)
	before := w.mail.dials()
	s.keys("r")
	s.settle()
	s.mustShow("3 of 3 passed")
	if made := w.mail.dials() - before; made != 1 {
		t.Errorf("trying again made %d connections, want only that of the failed test", made)
	}
}

func TestWaitAndRetryGoesOnUntilTheGrantHolds(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	w.mail.refuse("sourcing@contoso.example", true)
	s := toTests(t, w)
	s.keys("enter")
	s.settle()
	s.mustShow("1 failed")
	waited := make(chan time.Duration)
	w.road.Sleep = nil // the screens' copy is made when a job begins
	screen := top[*testScreen](s)
	slept := *screen.desk.Road
	slept.Sleep = func(_ context.Context, d time.Duration) error {
		waited <- d
		return nil
	}
	screen.desk.Road = &slept
	s.keys("a")
	s.see("trying again in")
	<-waited
	w.mail.refuse("sourcing@contoso.example", false)
	s.settle()
	s.mustShow("3 of 3 passed")
}

func TestASecretThatEndedLeadsToItsField(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	w.authority.refuse = &providers.AuthorityError{Status: 401, Code: "invalid_client", Numbers: []int{7000222}, Description: "AADSTS7000222: expired"}
	s := setup(t, w, ready("ms-mail-cc"))
	s.settle()
	s.mustShow("reached its end date")
	if q, _ := top[*formScreen](s).form.now(); q.Key != steps.KeySecret {
		t.Errorf("the cursor is at %s", q.Key)
	}
	w.authority.refuse = nil
	s.paste("def8Q~anotherWellKnownTestValueOf40Lette")
	s.keys("ctrl+s")
	s.settle()
	s.mustShow("4 of 8")
}

func TestAnotherAccountIsAQuestion(t *testing.T) {
	for name, c := range map[string]struct{ key, shown string }{
		"yes": {"y", "7 of 8"},
		"no":  {"n", "6 of 8"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			w := newWorld(t)
			w.authority.user = "svc@contoso.example"
			s := toSignIn(t, w)
			for range 3 {
				s.see("svc@contoso.example signed in")
				s.keys(c.key)
				if c.key == "n" {
					break
				}
				s.until("the next sign-in or the tests", func() bool {
					return strings.Contains(s.text(), "7 of 8") || strings.Contains(s.text(), "but the mailbox needs")
				})
			}
			s.settle()
			s.mustShow(c.shown)
		})
	}
}

func TestSignInsAreMadeOnceForEachAccount(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	w.authority.approve = make(chan struct{})
	o := options(w)
	o.Approve = func(code providers.DeviceCode, account providers.Address) string {
		return "curl -d user_code=" + code.UserCode + " -d account=" + string(account)
	}
	s := newStage(t, o, func(d desk) screen { return newWizard(d, steps.State{Answers: answers("ms-mail-device")}) })
	s.see("4 of 8")
	s.settle()
	s.keys("enter", "enter")
	for _, account := range []string{"crm", "contracts", "sourcing"} {
		s.see("Sign in as " + account + "@contoso.example")
		s.mustShow("curl -d user_code=F7K2PQ9MX -d account=" + account)
		if account == "crm" {
			s.keys("q")
			s.mustShow("▀", "code F7K2PQ9MX")
			s.keys("q", "a")
			s.until("the clipboard", func() bool { return len(s.copied) == 1 })
			if !strings.HasPrefix(s.copied[0], "curl ") {
				t.Errorf("copied was %q", s.copied[0])
			}
		}
		w.authority.approve <- struct{}{}
	}
	s.see("7 of 8")
	s.keys("esc")
	s.mustShow("Every account has signed in")
	s.keys("enter")
	s.see("7 of 8")
}
