package keychain

import (
	"context"
	"sync"
)

// Memory keeps secrets until the program ends. Its zero value is ready for use.
type Memory struct {
	mu      sync.Mutex
	secrets map[Entry]Secret
}

// NewMemory returns an empty store.
func NewMemory() *Memory { return &Memory{} }

// Kind is "memory".
func (m *Memory) Kind() string { return "memory" }

// Describe says that nothing outlives the program.
func (m *Memory) Describe() string { return "memory, until the program ends" }

// Ready keeps, reads and deletes a random secret.
func (m *Memory) Ready(ctx context.Context) error { return prove(ctx, m) }

// Get returns the entry's secret, or ErrNotFound.
func (m *Memory) Get(ctx context.Context, entry Entry) (Secret, error) {
	if err := ctx.Err(); err != nil {
		return Secret{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	secret, found := m.secrets[entry]
	if !found {
		return Secret{}, ErrNotFound
	}
	return secret, nil
}

// Set keeps the secret under the entry's name.
func (m *Memory) Set(ctx context.Context, entry Entry, secret Secret) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if secret.IsZero() {
		return ErrEmpty
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.secrets == nil {
		m.secrets = map[Entry]Secret{}
	}
	m.secrets[entry] = secret
	return nil
}

// Delete removes the entry.
func (m *Memory) Delete(ctx context.Context, entry Entry) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.secrets, entry)
	return nil
}
