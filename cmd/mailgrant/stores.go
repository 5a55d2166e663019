package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/steps"
)

// stores opens the places where secrets are kept. The encrypted file is opened once, so that its
// passphrase is asked for once.
type stores struct {
	terminal *terminal
	home     string

	mu   sync.Mutex
	file *keychain.File
}

func (s *stores) of(kind string) (keychain.Store, error) {
	switch kind {
	case "keychain":
		return keychain.NewOS(keychain.OSOptions{
			SessionBus: s.terminal.getenv("DBUS_SESSION_BUS_ADDRESS"),
			RuntimeDir: s.terminal.getenv("XDG_RUNTIME_DIR"),
		}), nil
	case "file":
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.file == nil {
			s.file = keychain.NewFile(s.path(), s.passphrase)
		}
		return s.file, nil
	}
	return nil, usage("store %q is not known", kind).fixedBy("use keychain or file")
}

func (s *stores) path() string { return filepath.Join(s.home, "secrets.age") }

// unlock asks for the passphrase of the encrypted file, where a store of that kind is used, before
// a screen is drawn over which nobody could type it.
func unlock(ctx context.Context, road *steps.Road, kinds ...string) error {
	if !slices.Contains(kinds, "file") {
		return nil
	}
	store, err := road.StoreOf("file")
	if err != nil {
		return err
	}
	return store.Ready(ctx)
}

// passphrase opens the encrypted file: from the environment, or typed. That of a new file is typed
// twice, since a slip would lock its owner out.
func (s *stores) passphrase(ctx context.Context) (keychain.Secret, error) {
	if given := s.terminal.getenv("MAILGRANT_PASSPHRASE"); given != "" {
		return keychain.NewSecret(given), nil
	}
	if s.terminal.readHidden == nil {
		return keychain.Secret{}, usage("the encrypted file needs a passphrase").fixedBy("set MAILGRANT_PASSPHRASE or run it in a terminal")
	}
	line, err := s.terminal.readHidden(ctx, "Passphrase of the secrets file (hidden): ")
	if err != nil {
		return keychain.Secret{}, fmt.Errorf("the passphrase was not read: %w", err)
	}
	if _, err := os.Stat(s.path()); err == nil {
		return keychain.NewSecret(line), nil
	}
	again, err := s.terminal.readHidden(ctx, "The same again, since the file is new (hidden): ")
	if err != nil {
		return keychain.Secret{}, fmt.Errorf("the passphrase was not read: %w", err)
	}
	if again != line {
		return keychain.Secret{}, usage("the two passphrases are not the same").fixedBy("run it again")
	}
	return keychain.NewSecret(line), nil
}
