package keychain

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/zalando/go-keyring"
)

type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit status %d", int(e)) }
func (e exitError) ExitCode() int { return int(e) }

func TestOSNamesWhatIsWrong(t *testing.T) {
	for _, tc := range []struct {
		name   string
		system string
		err    error
		want   error
	}{
		{"no bus and no dbus-launch", "linux", errors.New(`exec: "dbus-launch": executable file not found in $PATH`), ErrUnavailable},
		{"bus without keyring", "linux", errors.New("The name org.freedesktop.secrets was not provided by any .service files"), ErrUnavailable},
		{"stale bus address", "linux", errors.New("dial unix /run/user/0/bus: connect: connection refused"), ErrUnavailable},
		{"no collection yet", "freebsd", errors.New("Object does not exist at path “/org/freedesktop/secrets/aliases/default”"), ErrUnavailable},
		{"locked collection", "linux", errors.New("failed to unlock correct collection '/org/freedesktop/secrets/collection/login'"), ErrLocked},
		{"locked item", "linux", errors.New("org.freedesktop.Secret.Error.IsLocked"), ErrLocked},
		{"full disk", "linux", errors.New("couldn't write keyring: no space left on device"), ErrFull},
		{"Windows without a logon session", "windows", syscall.Errno(1312), ErrUnavailable},
		{"Windows quota", "windows", syscall.Errno(1816), ErrFull},
		{"Windows entry missing", "windows", syscall.Errno(1168), ErrNotFound},
		{"Windows blob too large", "windows", fmt.Errorf("write: %w", syscall.Errno(1783)), ErrTooLarge},
		{"macOS over SSH", "darwin", exitError(36), ErrLocked},
		{"macOS prompt cancelled", "darwin", exitError(128), ErrLocked},
		{"macOS without keychain", "darwin", exitError(50), ErrUnavailable},
		{"macOS without security tool", "darwin", errors.New("fork/exec /usr/bin/security: no such file or directory"), ErrUnavailable},
		{"macOS entry missing", "darwin", exitError(44), ErrNotFound},
		{"macOS full disk", "darwin", exitError(222), ErrFull},
		{"entry missing", "linux", keyring.ErrNotFound, ErrNotFound},
		{"too large", "darwin", keyring.ErrSetDataTooBig, ErrTooLarge},
		{"system without keychain", "plan9", keyring.ErrUnsupportedPlatform, ErrUnavailable},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			store := newOS(tc.system, OSOptions{SessionBus: "unix:path=/run/bus"}, (&fakeRing{err: tc.err}).ring())
			if _, err := store.Get(t.Context(), "c/client-secret"); !errors.Is(err, tc.want) {
				t.Errorf("Get gives %v, want %v", err, tc.want)
			}
			if err := store.Set(t.Context(), "c/client-secret", NewSecret(plain)); !errors.Is(err, tc.want) {
				t.Errorf("Set gives %v, want %v", err, tc.want)
			}
		})
	}
}

func TestOSKeepsAnUnknownComplaintHumbleAndClean(t *testing.T) {
	ring := &fakeRing{err: errors.New("odd \x1b[31m" + plain + "\x07\nthing")}
	store := newOS("linux", OSOptions{SessionBus: "unix:path=/run/bus"}, ring.ring())
	err := store.Set(t.Context(), "c/client-secret", NewSecret(plain))
	mustHide(t, fmt.Sprintf("%v %+v %#v", err, err, err))
	ring.err = errors.New("odd \x1b[31mthing\x07\nhere")
	_, err = store.Get(t.Context(), "c/client-secret")
	if got, want := err.Error(), "cannot read the Secret Service keyring: odd [31mthing here"; got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for _, known := range []error{ErrNotFound, ErrUnavailable, ErrLocked, ErrTooLarge, ErrFull, ErrTimeout} {
		if errors.Is(err, known) {
			t.Errorf("an unknown complaint claims to be %v", known)
		}
	}
}

func TestOSNeverCallsABusThatIsNotThere(t *testing.T) {
	runtimeDir := t.TempDir()
	if err := os.WriteFile(filepath.Join(runtimeDir, "bus"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name      string
		system    string
		options   OSOptions
		reachable bool
	}{
		{"nothing is set", "linux", OSOptions{}, false},
		{"address would start a bus", "linux", OSOptions{SessionBus: "autolaunch:"}, false},
		{"runtime folder without socket", "linux", OSOptions{RuntimeDir: filepath.Join(runtimeDir, "none")}, false},
		{"BSD is alike", "openbsd", OSOptions{}, false},
		{"address is set", "linux", OSOptions{SessionBus: "unix:abstract=/tmp/dbus-x"}, true},
		{"runtime folder has the socket", "linux", OSOptions{RuntimeDir: runtimeDir}, true},
		{"Windows needs no bus", "windows", OSOptions{}, true},
		{"macOS needs no bus", "darwin", OSOptions{}, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			ring := &fakeRing{}
			err := newOS(tc.system, tc.options, ring.ring()).Ready(t.Context())
			if tc.reachable && err != nil {
				t.Errorf("Ready gives %v", err)
			}
			if !tc.reachable && (!errors.Is(err, ErrUnavailable) || ring.calls != 0) {
				t.Errorf("Ready gives %v after %d calls", err, ring.calls)
			}
		})
	}
}

func TestOSLimits(t *testing.T) {
	for _, tc := range []struct {
		system string
		bytes  int
		fits   bool
	}{
		{"windows", 2560, true}, {"windows", 2561, false},
		{"darwin", 2800, true}, {"darwin", 2801, false},
		{"linux", 200_000, true},
	} {
		t.Run(fmt.Sprint(tc.system, " ", tc.bytes), func(t *testing.T) {
			ring := &fakeRing{}
			store := newOS(tc.system, OSOptions{SessionBus: "unix:path=/run/bus"}, ring.ring())
			err := store.Set(t.Context(), "c/client-secret", NewSecret(strings.Repeat("x", tc.bytes)))
			if tc.fits != (err == nil) || !tc.fits && (!errors.Is(err, ErrTooLarge) || ring.calls != 0) {
				t.Errorf("Set gives %v after %d calls", err, ring.calls)
			}
		})
	}
}

func TestOSGivesUpOnAPromptThatNobodyAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		prompt := make(chan struct{})
		var asked atomic.Int32
		store := newOS("linux", OSOptions{SessionBus: "unix:path=/run/bus"}, ring{
			get: func(string, string) (string, error) { asked.Add(1); <-prompt; return plain, nil },
		})
		start := time.Now()
		_, err := store.Get(t.Context(), "c/client-secret")
		if !errors.Is(err, ErrTimeout) || time.Since(start) != OSTimeout {
			t.Errorf("Get gives %v after %v", err, time.Since(start))
		}
		if _, err := store.Get(t.Context(), "c/client-secret"); !errors.Is(err, ErrTimeout) || asked.Load() != 1 {
			t.Errorf("a second Get gives %v, the person was asked %d times", err, asked.Load())
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := store.Get(ctx, "c/client-secret"); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ErrTimeout) {
			t.Errorf("the caller's own deadline gives %v", err)
		}
		close(prompt)
		synctest.Wait()
		if got, err := store.Get(t.Context(), "c/client-secret"); err != nil || got.Reveal() != plain {
			t.Errorf("after the prompt was answered Get gives %v", err)
		}
	})
}

func TestOSOutlivesAPanicInTheLibrary(t *testing.T) {
	store := newOS("linux", OSOptions{SessionBus: "unix:path=/run/bus"}, ring{
		get: func(string, string) (string, error) { var v any = 1; return v.(string), nil },
	})
	for range 2 { // the second call shows that the turn was given back
		if _, err := store.Get(t.Context(), "c/client-secret"); !errors.Is(err, ErrUnavailable) {
			t.Errorf("Get gives %v", err)
		}
	}
}
