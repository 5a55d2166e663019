package main

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/mailgrant/mailgrant/keychain"
)

// stores opens the places where secrets are kept.
type stores struct {
	terminal *terminal
	home     string
}

func (s *stores) of(kind string) (keychain.Store, error) {
	switch kind {
	case "keychain":
		return keychain.NewOS(keychain.OSOptions{
			SessionBus: s.terminal.getenv("DBUS_SESSION_BUS_ADDRESS"),
			RuntimeDir: s.terminal.getenv("XDG_RUNTIME_DIR"),
		}), nil
	case "file":
		return keychain.NewFile(filepath.Join(s.home, "secrets.age"), s.passphrase), nil
	}
	return nil, usage("store %q is not known", kind).fixedBy("use keychain or file")
}

// passphrase opens the encrypted file: from the environment, or asked for once.
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
	return keychain.NewSecret(line), nil
}
