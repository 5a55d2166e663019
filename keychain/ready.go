package keychain

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
)

// prove keeps, reads back and deletes a random secret under a random name. Comparing matters:
// the security tool of macOS can end without complaint and have kept nothing.
func prove(ctx context.Context, store Store) error {
	entry := Entry("ready-" + rand.Text())
	secret := NewSecret(rand.Text())
	if err := store.Set(ctx, entry, secret); err != nil {
		return err
	}
	found, err := store.Get(ctx, entry)
	switch {
	case errors.Is(err, ErrNotFound):
		return fmt.Errorf("%s took a secret without complaint and does not have it: %w", store.Describe(), ErrUnavailable)
	case err != nil:
		return errors.Join(err, store.Delete(ctx, entry))
	case !found.Equal(secret):
		return errors.Join(
			fmt.Errorf("%s gave back another secret than the one it was given: %w", store.Describe(), ErrUnavailable),
			store.Delete(ctx, entry))
	}
	return store.Delete(ctx, entry)
}
