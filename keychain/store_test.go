package keychain

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/zalando/go-keyring"
)

// fakeRing is an operating system's keychain that keeps what it is given and can be told to fail.
type fakeRing struct {
	mu      sync.Mutex
	secrets map[string]string
	err     error  // when set, every call gives it
	forget  bool   // Set keeps nothing
	alter   string // what Get appends
	calls   int
}

func (f *fakeRing) ring() ring {
	return ring{
		get: func(service, user string) (string, error) {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.calls++
			value, found := f.secrets[service+":"+user]
			switch {
			case f.err != nil:
				return "", f.err
			case !found:
				return "", keyring.ErrNotFound
			}
			return value + f.alter, nil
		},
		set: func(service, user, password string) error {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.calls++
			if f.err != nil {
				return f.err
			}
			if f.secrets == nil {
				f.secrets = map[string]string{}
			}
			if !f.forget {
				f.secrets[service+":"+user] = password
			}
			return nil
		},
		delete: func(service, user string) error {
			f.mu.Lock()
			defer f.mu.Unlock()
			f.calls++
			if f.err != nil {
				return f.err
			}
			if _, found := f.secrets[service+":"+user]; !found {
				return keyring.ErrNotFound
			}
			delete(f.secrets, service+":"+user)
			return nil
		},
	}
}

func passphrase(text string) func(context.Context) (Secret, error) {
	return func(context.Context) (Secret, error) { return NewSecret(text), nil }
}

// quickFile is a file store with the cheapest key derivation; TestFileCost looks at the real one.
func quickFile(path, phrase string) *File {
	store := NewFile(path, passphrase(phrase))
	store.workFactor = 1
	return store
}

func TestStores(t *testing.T) {
	stores := []struct {
		name, kind, describe string
		open                 func(t *testing.T) Store
	}{
		{"memory", "memory", "memory", func(*testing.T) Store { return NewMemory() }},
		{"memory's zero value", "memory", "memory", func(*testing.T) Store { return &Memory{} }},
		{"file", "file", "secrets.age", func(t *testing.T) Store {
			return quickFile(filepath.Join(t.TempDir(), "home", "secrets.age"), "correct horse")
		}},
		{"Windows", "keychain", "Windows Credential Manager", func(*testing.T) Store {
			return newOS("windows", OSOptions{}, new(fakeRing).ring())
		}},
		{"macOS", "keychain", "macOS Keychain", func(*testing.T) Store {
			return newOS("darwin", OSOptions{}, new(fakeRing).ring())
		}},
		{"Linux", "keychain", "Secret Service keyring", func(*testing.T) Store {
			return newOS("linux", OSOptions{SessionBus: "unix:path=/run/bus"}, new(fakeRing).ring())
		}},
	}
	for _, s := range stores {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			store := s.open(t)
			if store.Kind() != s.kind || !strings.Contains(store.Describe(), s.describe) {
				t.Errorf("it is %q, %q", store.Kind(), store.Describe())
			}
			first, second := ClientSecret("c1"), ClientSecret("c2")
			mustFind := func(entry Entry, want string) {
				t.Helper()
				got, err := store.Get(ctx, entry)
				if err != nil || got.Reveal() != want {
					t.Errorf("%s holds %q, %v; want %q", entry, got.Reveal(), err, want)
				}
			}
			mustNotFind := func(entry Entry) {
				t.Helper()
				if got, err := store.Get(ctx, entry); !errors.Is(err, ErrNotFound) || !got.IsZero() {
					t.Errorf("%s gives %v, %v; want ErrNotFound", entry, got, err)
				}
			}
			must := func(err error) {
				t.Helper()
				if err != nil {
					t.Error(err)
				}
			}

			mustNotFind(first)
			must(store.Delete(ctx, first))
			must(store.Set(ctx, first, NewSecret(plain)))
			must(store.Set(ctx, second, NewSecret("other\n\x00ü")))
			mustFind(first, plain)
			mustFind(second, "other\n\x00ü")
			must(store.Set(ctx, first, NewSecret("renewed")))
			mustFind(first, "renewed")
			must(store.Ready(ctx))
			must(store.Delete(ctx, first))
			mustNotFind(first)
			mustFind(second, "other\n\x00ü")
			must(store.Delete(ctx, first))

			if err := store.Set(ctx, first, Secret{}); !errors.Is(err, ErrEmpty) {
				t.Errorf("an empty secret gives %v", err)
			}
			mustNotFind(first)

			ended, cancel := context.WithCancel(ctx)
			cancel()
			_, err := store.Get(ended, second)
			for call, err := range map[string]error{
				"Get": err, "Set": store.Set(ended, second, NewSecret("late")), "Delete": store.Delete(ended, second), "Ready": store.Ready(ended),
			} {
				if !errors.Is(err, context.Canceled) {
					t.Errorf("%s after the end of its context gives %v", call, err)
				}
			}
		})
	}
}

func TestReadyNoticesAStoreThatLies(t *testing.T) {
	for _, tc := range []struct {
		name string
		ring *fakeRing
		want error
	}{
		{"it keeps nothing", &fakeRing{forget: true}, ErrUnavailable},
		{"it gives back another value", &fakeRing{alter: "\n"}, ErrUnavailable},
		{"it is locked", &fakeRing{err: errors.New("failed to unlock correct collection '/x'")}, ErrLocked},
	} {
		t.Run(tc.name, func(t *testing.T) {
			store := newOS("linux", OSOptions{SessionBus: "unix:path=/run/bus"}, tc.ring.ring())
			if err := store.Ready(t.Context()); !errors.Is(err, tc.want) {
				t.Errorf("Ready gives %v, want %v", err, tc.want)
			}
			if len(tc.ring.secrets) != 0 {
				t.Errorf("%d entries stay behind", len(tc.ring.secrets))
			}
		})
	}
}
