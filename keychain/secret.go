// Package keychain keeps client secrets: in the operating system's keychain, in an encrypted
// file when that is asked for by name, or in memory for practice runs and tests.
package keychain

import (
	"fmt"
	"io"
	"log/slog"
)

const redacted = "[redacted]"

// Secret is a value that must never be shown. It hides itself in every format: fmt's verbs,
// slog, JSON, YAML and text encodings all print "[redacted]". Only Reveal gives the value.
type Secret struct{ value string }

// NewSecret wraps value.
func NewSecret(value string) Secret { return Secret{value: value} }

// Reveal returns the value itself. Call it only where the value leaves for the server or the
// store that must have it.
func (s Secret) Reveal() string { return s.value }

// IsZero reports whether there is no secret at all.
func (s Secret) IsZero() bool { return s.value == "" }

// Equal reports whether both hold the same value.
func (s Secret) Equal(other Secret) bool { return s.value == other.value }

func (s Secret) String() string                 { return redacted }
func (s Secret) GoString() string               { return redacted }
func (s Secret) LogValue() slog.Value           { return slog.StringValue(redacted) }
func (s Secret) MarshalText() ([]byte, error)   { return []byte(redacted), nil }
func (s Secret) MarshalJSON() ([]byte, error)   { return []byte(`"` + redacted + `"`), nil }
func (s Secret) MarshalYAML() (any, error)      { return redacted, nil }
func (s Secret) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, redacted) }
