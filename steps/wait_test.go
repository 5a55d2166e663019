package steps

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

const notGranted = "NO User is authenticated but not connected."

func TestWaitingRepeatsOnlyWhatFailed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.road.Wait = time.Hour
	tries := 0
	w.mail.refuse = func(_, command, user string) string {
		if command == "EXAMINE" && user == "b@contoso.example" {
			if tries++; tries < 4 {
				return notGranted
			}
		}
		return ""
	}
	start := w.state(routeApp)
	start.Answers = start.Answers.With("mailboxes.inbound.1", "b@contoso.example")
	if _, err := w.walk(t.Context(), start, StepTests); err != nil {
		t.Fatal(err)
	}
	var pauses []time.Duration
	at := testNow
	for _, waiting := range seen[Waiting](w) {
		pauses = append(pauses, waiting.Next.Sub(at))
		at = waiting.Next
		if waiting.Why == "" || !waiting.Until.Equal(testNow.Add(time.Hour)) {
			t.Errorf("%+v", waiting)
		}
	}
	if want := []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second}; !slices.Equal(pauses, want) {
		t.Errorf("pauses %v", pauses)
	}
	for _, user := range []string{"imap contracts@contoso.example", "imap b@contoso.example"} {
		n, want := 0, map[bool]int{true: 4, false: 1}[strings.HasPrefix(user, "imap b@")]
		for _, one := range w.mail.signedIn() {
			if one == user {
				n++
			}
		}
		if n != want {
			t.Errorf("%s signed in %d times, want %d", user, n, want)
		}
	}
	if n := w.entra.asked("app https://outlook.office365.com/.default anew=true"); n != 3 {
		t.Errorf("%d new tokens", n)
	}
}

func TestWaitingEnds(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		wait  time.Duration
		cause string
		plant func(*world)
		waits int
	}{
		{"no waiting wanted", 0, "mailbox-permission-missing", func(w *world) { w.mail.refuse = refusing("imap", "EXAMINE", notGranted) }, 0},
		{"the time is over", time.Minute, "mailbox-permission-missing", func(w *world) { w.mail.refuse = refusing("imap", "EXAMINE", notGranted) }, 3},
		{"it does not go away by itself", time.Hour, "imap-folder-missing", func(w *world) { w.mail.refuse = refusing("imap", "EXAMINE", "NO [NONEXISTENT] none") }, 0},
		{"one of two does not go away by itself", time.Hour, "imap-folder-missing", func(w *world) {
			w.mail.refuse = func(protocol, command, _ string) string {
				switch protocol + command {
				case "imapEXAMINE":
					return "NO [NONEXISTENT] none"
				case "smtpMAIL":
					return "550 5.7.60 SMTP; Client does not have permissions to send as this sender"
				}
				return ""
			}
		}, 0},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.road.Wait = tc.wait
			tc.plant(w)
			start := w.state(routeApp)
			start.Answers.SendTo = "a@b.example"
			state, err := w.walk(t.Context(), start, StepTests)
			problem := problemOf(t, err)
			if got := string(problem.Diagnoses[0].Cause); got != tc.cause && tc.name != "no waiting wanted" && tc.name != "the time is over" {
				t.Errorf("cause %s", got)
			}
			if n := len(seen[Waiting](w)); n != tc.waits {
				t.Errorf("waited %d times for %s", n, problem.Diagnoses[0].Cause)
			}
			if len(state.Results) != 2 || state.Verified != nil {
				t.Errorf("%d results, verified %v", len(state.Results), state.Verified)
			}
		})
	}
}

func TestNewSecretIsWaitedForBeforeTheTests(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.road.Wait = time.Minute
	w.entra.refuse = func(providers.AppCredential) error {
		if w.clock().Before(testNow.Add(10 * time.Second)) {
			return aadsts(7000215)
		}
		return nil
	}
	if _, err := w.walk(t.Context(), w.state(routeApp), StepRegistration); err != nil {
		t.Fatal(err)
	}
	if n := len(seen[Waiting](w)); n != 2 {
		t.Errorf("waited %d times", n)
	}
	w.now = testNow
	w.entra.refuse = func(providers.AppCredential) error { return aadsts(7000222) }
	if _, err := w.walk(t.Context(), w.state(routeApp), StepRegistration); problemOf(t, err).Diagnoses[0].Cause != "secret-expired" {
		t.Errorf("%v", err)
	}
	if n := len(seen[Waiting](w)); n != 2 {
		t.Error("an expired secret was waited for")
	}
}

func TestCancelledTestsEndAtOnce(t *testing.T) {
	t.Parallel()
	for _, when := range []string{"during a test", "during a pause"} {
		t.Run(when, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.road.Wait = time.Hour
			ctx, cancel := context.WithCancel(t.Context())
			w.mail.refuse = func(_, command, _ string) string {
				if command == "EXAMINE" {
					if when == "during a test" {
						cancel()
					}
					return notGranted
				}
				return ""
			}
			sleep := w.road.Sleep
			w.road.Sleep = func(ctx context.Context, pause time.Duration) error {
				cancel()
				return sleep(ctx, pause)
			}
			if _, err := w.walk(ctx, w.state(routeApp), StepTests); !errors.Is(err, context.Canceled) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestTryingAgainRepeatsOnlyWhatFailed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.mail.refuse = refusing("imap", "EXAMINE", notGranted)
	state, err := w.walk(t.Context(), w.state(routeApp), StepTests)
	problemOf(t, err)
	w.mail.refuse, w.events = nil, nil
	state, err = w.road.TestAgain(t.Context(), state, w.emit)
	if err != nil || state.Verified == nil || len(state.Results) != 2 {
		t.Fatalf("%v", err)
	}
	started := seen[TestStarted](w)
	if len(started) != 1 || started[0].Test.Server.Protocol != "imap" {
		t.Errorf("repeated %+v", started)
	}
	if w.entra.asked("app https://outlook.office365.com/.default anew=true") != 1 {
		t.Errorf("no new token: %v", w.entra.log)
	}
	w.events = nil
	if state, err = w.road.TestAgain(t.Context(), state, w.emit); err != nil || len(seen[TestStarted](w)) != 2 {
		t.Errorf("when all have passed all are repeated: %v %v", seen[TestStarted](w), err)
	}
}
