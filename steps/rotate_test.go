package steps

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

func TestRotateSwapsAProvedSecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := w.saved(routeApp)
	w.entra.refuse = func(credential providers.AppCredential) error {
		if credential.Secret.Reveal() != newSecret {
			return aadsts(7000222)
		}
		return nil
	}
	report, err := w.road.Rotate(t.Context(), old, keychain.NewSecret(newSecret), "2030-01-01", w.emit)
	if err != nil || !report.Verified || report.State != StateVerified || len(report.ReplaceHere) != 6 || report.Store == "" {
		t.Fatalf("%v: %+v", err, report)
	}
	after := w.reread("contoso")
	if after.ID != old.ID || after.SecretEnds != "2030-01-01" || after.State() != StateVerified || w.kept(after) != newSecret {
		t.Errorf("%+v, kept %q", after, w.kept(after))
	}
}

func TestRotateThatFailsLeavesTheOldSecret(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		secret string
		ends   string
		plant  func(*world, context.CancelFunc)
		wrong  Key
		cause  string
	}{
		{"a Secret ID", testObject, "", nil, KeySecret, ""},
		{"the secret in use", testSecret, "", nil, KeySecret, ""},
		{"no date", newSecret, "soon", nil, KeySecretEnds, ""},
		{"refused", newSecret, "", func(w *world, _ context.CancelFunc) {
			w.entra.refuse = func(providers.AppCredential) error { return aadsts(7000222) }
		}, "", "secret-expired"},
		{"one mailbox fails", newSecret, "", func(w *world, _ context.CancelFunc) {
			w.mail.refuse = refusing("imap", "EXAMINE", "NO [NONEXISTENT] none")
		}, "", "imap-folder-missing"},
		{"cancelled", newSecret, "", func(w *world, cancel context.CancelFunc) {
			w.mail.refuse = func(string, string, string) string { cancel(); return "" }
		}, "", ""},
		{"the store does not work", newSecret, "", func(w *world, _ context.CancelFunc) {
			w.road.StoreOf = func(string) (keychain.Store, error) {
				return &balky{Store: w.store, ready: keychain.ErrLocked}, nil
			}
		}, "", "keyring-locked"},
		{"the store takes nothing", newSecret, "", func(w *world, _ context.CancelFunc) {
			w.road.StoreOf = func(string) (keychain.Store, error) {
				return &unwilling{w.store, newSecret}, nil
			}
		}, "", "keyring-full"},
		{"the file was changed meanwhile", newSecret, "", func(w *world, _ context.CancelFunc) {
			w.mail.refuse = func(string, string, string) string {
				_ = os.WriteFile(w.road.Folder.ConnectionPath("contoso"), []byte("theirs"), 0o600)
				return ""
			}
		}, "", ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			old := w.saved(routeApp)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if tc.plant != nil {
				tc.plant(w, cancel)
			}
			report, err := w.road.Rotate(ctx, old, keychain.NewSecret(tc.secret), tc.ends, w.emit)
			if err == nil || report.Verified || len(report.ReplaceHere) != 0 {
				t.Fatalf("%v: %+v", err, report)
			}
			if tc.wrong != "" && answerOf(t, err).Key != tc.wrong {
				t.Errorf("%v", err)
			}
			if tc.cause != "" && string(problemOf(t, err).Diagnoses[0].Cause) != tc.cause {
				t.Errorf("%+v", problemOf(t, err).Diagnoses[0])
			}
			if kept := w.kept(old); kept != testSecret {
				t.Errorf("the store has %q", kept)
			}
			if tc.name == "the file was changed meanwhile" {
				var changed *Changed
				if !errors.As(err, &changed) {
					t.Errorf("%v", err)
				}
			} else if after := w.reread("contoso"); after.revision != old.revision {
				t.Error("the file changed")
			}
		})
	}
}

// unwilling is a store that takes anything but one secret.
type unwilling struct {
	keychain.Store
	not string
}

func (u *unwilling) Set(ctx context.Context, entry keychain.Entry, secret keychain.Secret) error {
	if secret.Reveal() == u.not {
		return keychain.ErrFull
	}
	return u.Store.Set(ctx, entry, secret)
}

func TestRotateWaitsForANewSecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := w.saved(routeApp)
	w.road.Wait = 3 * time.Minute
	w.entra.refuse = func(providers.AppCredential) error {
		if w.clock().Before(testNow.Add(30 * time.Second)) {
			return aadsts(7000215)
		}
		return nil
	}
	if _, err := w.road.Rotate(t.Context(), old, keychain.NewSecret(newSecret), "", w.emit); err != nil {
		t.Fatal(err)
	}
	if n := len(seen[Waiting](w)); n != 3 {
		t.Errorf("waited %d times", n)
	}
	if after := w.reread("contoso"); after.SecretEnds != "" || w.kept(after) != newSecret {
		t.Errorf("the old end date is kept for the new secret: %q", after.SecretEnds)
	}
}

func TestRotateReplacesALostSecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := w.saved(routeApp)
	if err := w.store.Delete(t.Context(), old.entry()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.road.Rotate(t.Context(), old, keychain.NewSecret(newSecret), "", w.emit); err != nil || w.kept(old) != newSecret {
		t.Errorf("%v, kept %q", err, w.kept(old))
	}
}

func TestRotateIsForRoutesWithASecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	connection := w.saved(routePerson)
	if _, err := w.road.Rotate(t.Context(), connection, keychain.NewSecret(newSecret), "", w.emit); answerOf(t, err).Key != KeyRoute {
		t.Errorf("%v", err)
	}
	if _, err := w.road.RotateQuestions(connection); answerOf(t, err).Key != KeyRoute {
		t.Errorf("%v", err)
	}
	questions, err := w.road.RotateQuestions(Connection{Answers: w.answers(routeApp)})
	if err != nil || len(questions) != 2 || questions[0].Kind != Hidden || questions[1].Kind != Date || questions[0].Where == "" {
		t.Errorf("%+v %v", questions, err)
	}
}
