package keychain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"

	"filippo.io/age"
)

func newPath(t *testing.T) string { return filepath.Join(t.TempDir(), "home", "secrets.age") }

// keep writes one entry with its own store, as another process would.
func keep(t *testing.T, path string, entry Entry, value string) {
	t.Helper()
	if err := quickFile(path, "correct horse").Set(t.Context(), entry, NewSecret(value)); err != nil {
		t.Fatal(err)
	}
}

func TestFileOpensOnlyWithItsPassphrase(t *testing.T) {
	path := newPath(t)
	keep(t, path, "a/client-secret", plain)
	for _, tc := range []struct {
		name, phrase string
		want         error
	}{
		{"right", "correct horse", nil},
		{"wrong", "battery staple", ErrPassphrase},
		{"empty", "", ErrPassphrase},
	} {
		t.Run(tc.name, func(t *testing.T) {
			store := quickFile(path, tc.phrase)
			if _, err := store.Get(t.Context(), "a/client-secret"); !errors.Is(err, tc.want) {
				t.Errorf("Get gives %v, want %v", err, tc.want)
			}
			if err := store.Set(t.Context(), "b/client-secret", NewSecret("x")); !errors.Is(err, tc.want) {
				t.Errorf("Set gives %v, want %v", err, tc.want)
			}
			if got, err := quickFile(path, "correct horse").Get(t.Context(), "a/client-secret"); err != nil || got.Reveal() != plain {
				t.Errorf("the file was harmed: %v", err)
			}
		})
	}
}

func TestFileAsksForThePassphraseOnce(t *testing.T) {
	asked := 0
	failing := errors.New("terminal went away")
	store := NewFile(newPath(t), func(context.Context) (Secret, error) {
		if asked++; asked == 1 {
			return Secret{}, failing
		}
		return NewSecret("correct horse"), nil
	})
	store.workFactor = 1
	if _, err := store.Get(t.Context(), "a/client-secret"); !errors.Is(err, ErrNotFound) || asked != 0 {
		t.Errorf("a missing file gives %v and asked %d times", err, asked)
	}
	if err := store.Set(t.Context(), "a/client-secret", NewSecret(plain)); !errors.Is(err, failing) {
		t.Errorf("a failing question gives %v", err)
	}
	for range 3 {
		if err := store.Ready(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if asked != 2 {
		t.Errorf("asked %d times, want once in vain and once for good", asked)
	}
}

func TestFileOnTheDisk(t *testing.T) {
	path := newPath(t)
	keep(t, path, "a/client-secret", plain)
	keep(t, path, "b/client-secret", "second")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, open := range append(traces, "second", "client-secret", "correct horse") {
		if bytes.Contains(content, []byte(open)) {
			t.Errorf("%q stands in the file in clear", open)
		}
	}
	if runtime.GOOS != "windows" {
		for name, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): 0o700, path + ".lock": 0o600} {
			if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s has mode %v, %v; want %v", name, info.Mode(), err, want)
			}
		}
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 2 {
		t.Errorf("the folder holds %v, %v; want the file and its lock", left, err)
	}
}

func TestFileCost(t *testing.T) {
	path := newPath(t)
	store := NewFile(path, passphrase("correct horse"))
	if err := store.Set(t.Context(), "a/client-secret", NewSecret(plain)); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if fields := strings.Fields(strings.SplitN(string(content), "\n", 3)[1]); fields[len(fields)-1] != "16" {
		t.Errorf("the header says %q, want work factor 16 at its end", fields)
	}
	costly := bytes.Replace(content, []byte(" 16\n"), []byte(" 21\n"), 1)
	if _, err := open(costly, NewSecret("correct horse")); !errors.Is(err, ErrDamaged) {
		t.Errorf("a work factor above the cap gives %v", err)
	}
}

func TestFileDamage(t *testing.T) {
	path := newPath(t)
	keep(t, path, "a/client-secret", plain)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	flipped := bytes.Clone(whole)
	flipped[len(flipped)-1] ^= 1
	foreign := func(text string) []byte {
		recipient, err := age.NewScryptRecipient("correct horse")
		if err != nil {
			t.Fatal(err)
		}
		recipient.SetWorkFactor(1)
		var out bytes.Buffer
		w, err := age.Encrypt(&out, recipient)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil || w.Close() != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	for _, tc := range []struct {
		name    string
		content []byte
	}{
		{"empty", nil},
		{"cut in the header", whole[:40]},
		{"cut in the body", whole[:len(whole)-5]},
		{"one bit changed", flipped},
		{"another format", []byte("secret: " + plain + "\n")},
		{"larger than allowed", bytes.Repeat([]byte("x"), maxFile+1)},
		{"another text inside", foreign("hello " + plain)},
		{"another schema inside", foreign(`{"schema":"mailgrant.secrets/9","entries":{"a":"` + plain + `"}}`)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "secrets.age")
			if err := os.WriteFile(path, tc.content, 0o600); err != nil {
				t.Fatal(err)
			}
			store := quickFile(path, "correct horse")
			_, err := store.Get(t.Context(), "a/client-secret")
			if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), path) {
				t.Errorf("Get gives %v", err)
			}
			mustHide(t, fmt.Sprintf("%v %+v", err, err))
			if err := store.Set(t.Context(), "a/client-secret", NewSecret("new")); !errors.Is(err, ErrDamaged) {
				t.Errorf("Set gives %v: it must not overwrite what somebody may still mend", err)
			}
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, tc.content) {
				t.Errorf("the file was changed: %v", err)
			}
		})
	}
}

func TestFileKeepsWhatOthersWrote(t *testing.T) {
	path := newPath(t)
	const writers, each = 6, 5
	var group sync.WaitGroup
	for writer := range writers {
		group.Go(func() {
			store := quickFile(path, "correct horse") // its own lock and cache, as in a process of its own
			for n := range each {
				if err := store.Set(t.Context(), Entry(fmt.Sprint(writer, "-", n)), NewSecret(plain)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	store := quickFile(path, "correct horse")
	for writer := range writers {
		for n := range each {
			if _, err := store.Get(t.Context(), Entry(fmt.Sprint(writer, "-", n))); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestFileWaitsForAnotherProcessOnlyAsLongAsItsContext(t *testing.T) {
	path := newPath(t)
	keep(t, path, "a/client-secret", plain)
	unlock, err := tryLock(path + ".lock")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	store := NewFile(path, func(context.Context) (Secret, error) {
		cancel() // it ends after Set has begun
		return NewSecret("correct horse"), nil
	})
	store.workFactor = 1
	if err := store.Set(ctx, "b/client-secret", NewSecret("x")); !errors.Is(err, context.Canceled) {
		t.Errorf("Set gives %v", err)
	}
	if got, err := store.Get(t.Context(), "a/client-secret"); err != nil || got.Reveal() != plain {
		t.Errorf("reading needs no lock, but gives %v", err)
	}
	unlock()
	if err := store.Set(t.Context(), "b/client-secret", NewSecret("x")); err != nil {
		t.Errorf("after the lock was given back Set gives %v", err)
	}
}

func TestFileThatCannotBeWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file", "secrets.age")
	if err := os.WriteFile(filepath.Dir(path), nil, 0o600); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	if err := quickFile(path, "correct horse").Set(t.Context(), "a/client-secret", NewSecret(plain)); err == nil {
		t.Error("Set into a file's path gives no error")
	}
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		return // neither heeds the folder's mode
	}
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o500); err != nil {
		t.Fatal(err)
	}
	err := quickFile(filepath.Join(folder, "secrets.age"), "correct horse").Set(t.Context(), "a/client-secret", NewSecret(plain))
	if !errors.Is(err, os.ErrPermission) {
		t.Errorf("Set into a read-only folder gives %v", err)
	}
}

func TestReplace(t *testing.T) {
	for _, tc := range []struct {
		name string
		fill func(io.Writer) error
		want string
		err  error
	}{
		{"whole", func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }, "new", nil},
		{"disk full half-way", func(w io.Writer) error {
			_, err := io.WriteString(w, "ne")
			return errors.Join(err, &os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC})
		}, "old", syscall.ENOSPC},
	} {
		t.Run(tc.name, func(t *testing.T) {
			folder := t.TempDir()
			path := filepath.Join(folder, "file")
			if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
				t.Fatal(err)
			}
			if err := replace(path, tc.fill); !errors.Is(err, tc.err) {
				t.Errorf("replace gives %v", err)
			}
			if got, err := os.ReadFile(path); err != nil || string(got) != tc.want {
				t.Errorf("the file holds %q, %v", got, err)
			}
			if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
				t.Errorf("the folder holds %v, %v", left, err)
			}
		})
	}
}

func TestReplaceFollowsALink(t *testing.T) {
	folder := t.TempDir()
	real, link := filepath.Join(folder, "real"), filepath.Join(folder, "link")
	if err := os.WriteFile(real, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, link); err != nil {
		t.Logf("no symbolic links here: %v", err)
		return
	}
	if err := replace(link, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err }); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link became %v, %v", info, err)
	}
	if got, err := os.ReadFile(real); err != nil || string(got) != "new" {
		t.Errorf("its target holds %q, %v", got, err)
	}
}

func FuzzOpen(f *testing.F) {
	sealed, err := seal(contents{"a/client-secret": plain}, NewSecret("correct horse"), 1)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sealed)
	f.Add(sealed[:len(sealed)/2])
	f.Add([]byte("age-encryption.org/v1\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		if bytes.Contains(content, []byte("scrypt")) && !bytes.Equal(content, sealed) {
			return // a changed work factor would only make the fuzzer slow
		}
		inside, err := open(content, NewSecret("correct horse"))
		if err == nil && inside["a/client-secret"] != plain {
			t.Errorf("opened as %v", len(inside))
		}
		if err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrPassphrase) {
			t.Errorf("gives %v", err)
		}
	})
}
