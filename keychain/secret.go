// Package keychain keeps client secrets: in the operating system's keychain, in an encrypted
// file when that is asked for by name, or in memory for practice runs and tests.
package keychain

import (
	"fmt"
	"io"
	"log/slog"
	"unique"
)

const redacted = "[redacted]"

// Secret is a value that must never be shown. It hides itself in every format: fmt's verbs,
// slog, JSON, YAML and text encodings all print "[redacted]". Only Reveal gives the value.
// Two secrets are == when they hold the same value.
type Secret struct {
	// A handle and not a string: fmt prints an unexported field of a struct without asking its
	// type's methods, and of a handle it finds an address only.
	handle unique.Handle[string]
}

// NewSecret wraps value.
func NewSecret(value string) Secret {
	if value == "" {
		return Secret{}
	}
	return Secret{handle: unique.Make(value)}
}

// Reveal returns the value itself. Call it only where the value leaves for the server or the
// store that must have it.
func (s Secret) Reveal() string {
	if s.IsZero() {
		return ""
	}
	return s.handle.Value()
}

// IsZero reports whether there is no secret at all.
func (s Secret) IsZero() bool { return s == Secret{} }

// Equal reports whether both hold the same value.
func (s Secret) Equal(other Secret) bool { return s == other }

func (s Secret) String() string                 { return redacted }
func (s Secret) GoString() string               { return redacted }
func (s Secret) LogValue() slog.Value           { return slog.StringValue(redacted) }
func (s Secret) MarshalText() ([]byte, error)   { return []byte(redacted), nil }
func (s Secret) MarshalJSON() ([]byte, error)   { return []byte(`"` + redacted + `"`), nil }
func (s Secret) MarshalYAML() (any, error)      { return redacted, nil }
func (s Secret) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, redacted) }
