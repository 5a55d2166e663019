package keychain

import (
	"context"
	"errors"
)

// Service is the name under which the operating system's keychain lists every entry.
const Service = "mailgrant"

// Entry names one secret in a store: "ID/client-secret", where ID is a connection's random id.
type Entry string

// ClientSecret is the entry of the connection with this random id.
func ClientSecret(id string) Entry { return Entry(id + "/client-secret") }

// Store keeps secrets under names. Every method gives up when ctx ends.
type Store interface {
	// Kind is the word that stands in a connection file before the entry: "keychain", "file" or "memory".
	Kind() string
	// Describe says for a person where secrets are kept, e.g. "Windows Credential Manager".
	Describe() string
	// Ready proves that the store can keep a secret, by keeping, reading and deleting a random one.
	Ready(ctx context.Context) error
	Get(ctx context.Context, entry Entry) (Secret, error)
	// Set keeps the secret, in place of an older one. An empty secret is refused with ErrEmpty.
	Set(ctx context.Context, entry Entry, secret Secret) error
	// Delete removes the entry; an entry that does not exist is no error.
	Delete(ctx context.Context, entry Entry) error
}

// What a store can be short of. Errors of a Store wrap one of these where it applies.
var (
	ErrNotFound    = errors.New("no such entry in the keychain")
	ErrUnavailable = errors.New("no keychain service on this computer")
	ErrLocked      = errors.New("the keychain is locked")
	ErrTooLarge    = errors.New("the secret is larger than an entry of this keychain may be")
	ErrFull        = errors.New("the keychain takes no more entries")
	ErrPassphrase  = errors.New("the passphrase does not open the secrets file")
	ErrTimeout     = errors.New("the keychain did not answer in time")
	ErrDamaged     = errors.New("the secrets file is damaged")
	ErrEmpty       = errors.New("the secret is empty")
)
