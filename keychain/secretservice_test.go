//go:build secretservice

package keychain

import (
	"errors"
	"os"
	"os/exec"
	"testing"
	"time"
)

// These tests need a session bus with an unlocked Secret Service; the continuous integration
// starts one with dbus-run-session and gnome-keyring-daemon. They fail, and are not skipped,
// where there is none.

func openOS(timeout time.Duration) *OS {
	return NewOS(OSOptions{
		Timeout:    timeout,
		SessionBus: os.Getenv("DBUS_SESSION_BUS_ADDRESS"),
		RuntimeDir: os.Getenv("XDG_RUNTIME_DIR"),
	})
}

func TestSecretService(t *testing.T) {
	ctx := t.Context()
	store := openOS(0)
	if err := store.Ready(ctx); err != nil {
		t.Fatal(err)
	}
	entry := ClientSecret("integration")
	for _, value := range []string{plain, "renewed\n\x00ü"} {
		if err := store.Set(ctx, entry, NewSecret(value)); err != nil {
			t.Fatal(err)
		}
		if got, err := store.Get(ctx, entry); err != nil || got.Reveal() != value {
			t.Errorf("Get gives another value or %v", err)
		}
	}
	listed, err := exec.CommandContext(ctx, "secret-tool", "search", "service", Service, "username", string(entry)).CombinedOutput()
	if err != nil || len(listed) == 0 {
		t.Errorf("secret-tool finds nothing under the service's name: %v", err)
	}
	if err := store.Delete(ctx, entry); err != nil {
		t.Error(err)
	}
	if _, err := store.Get(ctx, entry); !errors.Is(err, ErrNotFound) {
		t.Errorf("Get after Delete gives %v", err)
	}
	if err := store.Delete(ctx, entry); err != nil {
		t.Errorf("a second Delete gives %v", err)
	}

	lock := exec.CommandContext(ctx, "dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets",
		"/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/collection/login")
	if out, err := lock.CombinedOutput(); err != nil {
		t.Fatalf("the collection cannot be locked: %v: %s", err, out)
	}
	if err := openOS(3 * time.Second).Ready(ctx); !errors.Is(err, ErrLocked) && !errors.Is(err, ErrTimeout) {
		t.Errorf("a locked collection gives %v", err)
	}
}
