package keychain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// lockTimeout bounds how long another process may hold the secrets file.
const lockTimeout = 10 * time.Second

// maxFile bounds the secrets file that is read, in bytes.
const maxFile = 1 << 20

// File keeps secrets in one file that is encrypted with a passphrase, for computers without a
// keychain: SSH, root, containers. Several processes may use one file.
type File struct {
	path       string
	passphrase func(ctx context.Context) (Secret, error)
	workFactor int // binary logarithm of scrypt's cost

	turn   chan struct{} // holds one token; guards what follows, and is left when ctx ends
	opened Secret        // the passphrase, once it has been handed in
	sealed []byte        // the file's bytes that contents was read from
	inside contents
}

// NewFile returns a store in the file at path, which is made when the first secret is kept.
// passphrase is called when it is first needed, and never again after it has given one.
func NewFile(path string, passphrase func(ctx context.Context) (Secret, error)) *File {
	return &File{path: path, passphrase: passphrase, workFactor: workFactor, turn: make(chan struct{}, 1)}
}

// Kind is "file".
func (f *File) Kind() string { return "file" }

// Describe names the file.
func (f *File) Describe() string { return "encrypted file " + f.path }

// Ready keeps, reads and deletes a random secret. It asks for the passphrase.
func (f *File) Ready(ctx context.Context) error { return prove(ctx, f) }

// Get returns the entry's secret, or ErrNotFound, ErrPassphrase, ErrDamaged.
func (f *File) Get(ctx context.Context, entry Entry) (Secret, error) {
	if err := f.take(ctx); err != nil {
		return Secret{}, err
	}
	defer f.leave()
	inside, err := f.read(ctx)
	if err != nil {
		return Secret{}, err
	}
	value, found := inside[entry]
	if !found {
		return Secret{}, fmt.Errorf("%s: %w", f.path, ErrNotFound)
	}
	return NewSecret(value), nil
}

// Set keeps the secret under the entry's name, beside what other processes have kept.
func (f *File) Set(ctx context.Context, entry Entry, secret Secret) error {
	if secret.IsZero() {
		return ErrEmpty
	}
	return f.change(ctx, func(inside contents) bool {
		inside[entry] = secret.Reveal()
		return true
	})
}

// Delete removes the entry.
func (f *File) Delete(ctx context.Context, entry Entry) error {
	return f.change(ctx, func(inside contents) bool {
		_, found := inside[entry]
		delete(inside, entry)
		return found
	})
}

// change reads the file, lets edit change what is in it, and writes it when edit says so. Other
// processes wait meanwhile, so that nobody's entry is lost.
func (f *File) change(ctx context.Context, edit func(contents) bool) error {
	if err := f.take(ctx); err != nil {
		return err
	}
	defer f.leave()
	// The passphrase comes before the lock: a person may take long to type it.
	passphrase, err := f.ask(ctx)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return fmt.Errorf("folder of the secrets file cannot be made: %w", err)
	}
	unlock, err := f.lock(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	before, err := f.read(ctx)
	if err != nil {
		return err
	}
	after := before.clone()
	if !edit(after) {
		return nil
	}
	sealed, err := seal(after, passphrase, f.workFactor)
	if err != nil {
		return fmt.Errorf("secrets file %s cannot be encrypted: %w", f.path, err)
	}
	err = replace(f.path, func(w io.Writer) error {
		_, err := w.Write(sealed)
		return err
	})
	if err != nil {
		return fmt.Errorf("secrets file %s cannot be written, its old content is kept: %w", f.path, err)
	}
	f.sealed, f.inside = sealed, after
	return nil
}

// read returns what is in the file now. Deriving the key is slow by design, so bytes that were
// opened before are not opened again.
func (f *File) read(ctx context.Context) (contents, error) {
	sealed, err := readBounded(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return contents{}, nil
	case err != nil:
		return nil, fmt.Errorf("secrets file cannot be read: %w", err)
	case f.sealed != nil && bytes.Equal(sealed, f.sealed):
		return f.inside, nil
	}
	passphrase, err := f.ask(ctx)
	if err != nil {
		return nil, err
	}
	inside, err := open(sealed, passphrase)
	if err != nil {
		return nil, fmt.Errorf("secrets file %s: %w", f.path, err)
	}
	f.sealed, f.inside = sealed, inside
	return inside, nil
}

func readBounded(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err == nil && len(content) > maxFile {
		err = fmt.Errorf("%s is larger than %d bytes: %w", path, maxFile, ErrDamaged)
	}
	return content, err
}

// ask returns the passphrase, from the person the first time.
func (f *File) ask(ctx context.Context) (Secret, error) {
	if !f.opened.IsZero() {
		return f.opened, nil
	}
	passphrase, err := f.passphrase(ctx)
	if err != nil {
		return Secret{}, fmt.Errorf("passphrase of the secrets file is missing: %w", err)
	}
	if passphrase.IsZero() {
		return Secret{}, fmt.Errorf("passphrase of the secrets file is empty: %w", ErrPassphrase)
	}
	f.opened = passphrase
	return passphrase, nil
}

// lock waits until no other process changes the file. The lock goes with the process that holds
// it, however that ends, so there is no stale one to clear away.
func (f *File) lock(ctx context.Context) (unlock func(), err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, lockTimeout, ErrTimeout)
	defer cancel()
	retry := time.NewTicker(10 * time.Millisecond)
	defer retry.Stop()
	for {
		unlock, err := tryLock(f.path + ".lock")
		if !errors.Is(err, errHeld) {
			if err != nil {
				err = fmt.Errorf("lock of the secrets file cannot be made: %w", err)
			}
			return unlock, err
		}
		select {
		case <-retry.C:
		case <-ctx.Done():
			return nil, fmt.Errorf("secrets file %s is in use by another process: %w", f.path, context.Cause(ctx))
		}
	}
}

var errHeld = errors.New("another process holds the lock")

func (f *File) take(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case f.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (f *File) leave() { <-f.turn }
