package microsoft

import (
	"context"
	"sync"
)

// memo keeps what was once asked for, and lets callers who want the same thing at the same time
// share one request. Failures are not kept. Its zero value is ready for use.
type memo[K comparable, V any] struct {
	mu    sync.Mutex
	kept  map[K]V
	calls map[K]*sharedCall[V]
}

// sharedCall is one request with everybody who waits for it.
type sharedCall[V any] struct {
	done    chan struct{}
	value   V
	err     error
	waiting int
	cancel  context.CancelFunc
}

// get returns what is kept under key if it is usable, and otherwise what ask gives. The request
// goes on as long as one of its callers waits; each of them gives up when its own ctx ends.
func (m *memo[K, V]) get(ctx context.Context, key K, usable func(V) bool, ask func(context.Context) (V, error)) (V, error) {
	m.mu.Lock()
	if value, found := m.kept[key]; found && usable(value) {
		m.mu.Unlock()
		return value, nil
	}
	if err := ctx.Err(); err != nil {
		m.mu.Unlock()
		var none V
		return none, err
	}
	call := m.calls[key]
	if call == nil {
		call = m.start(ctx, key, ask)
	}
	call.waiting++
	m.mu.Unlock()

	select {
	case <-call.done:
		return call.value, call.err
	case <-ctx.Done():
		m.mu.Lock()
		defer m.mu.Unlock()
		if call.waiting--; call.waiting == 0 {
			call.cancel()
			m.drop(key, call)
		}
		var none V
		return none, ctx.Err()
	}
}

// forget drops what is kept under key.
func (m *memo[K, V]) forget(key K) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.kept, key)
}

// start begins a request; m.mu is held.
func (m *memo[K, V]) start(ctx context.Context, key K, ask func(context.Context) (V, error)) *sharedCall[V] {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	call := &sharedCall[V]{done: make(chan struct{}), cancel: cancel}
	if m.calls == nil {
		m.kept, m.calls = map[K]V{}, map[K]*sharedCall[V]{}
	}
	m.calls[key] = call
	go func() {
		defer cancel()
		value, err := ask(ctx)
		m.mu.Lock()
		defer m.mu.Unlock()
		call.value, call.err = value, err
		if m.drop(key, call) && err == nil {
			m.kept[key] = value
		}
		close(call.done)
	}()
	return call
}

// drop takes call out, unless another has taken its place; m.mu is held.
func (m *memo[K, V]) drop(key K, call *sharedCall[V]) bool {
	if m.calls[key] != call {
		return false
	}
	delete(m.calls, key)
	return true
}
