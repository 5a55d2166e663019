package steps

import "context"

// Forget removes a connection's secret and then its file, so that an interruption leaves a
// connection that can be forgotten again.
func (r *Road) Forget(ctx context.Context, connection Connection) error {
	if err := r.forgetSecret(ctx, connection); err != nil {
		return err
	}
	return r.Folder.RemoveConnection(connection.Name)
}

// forgetSecret removes a connection's secret from the store that it is in, if it has one.
func (r *Road) forgetSecret(ctx context.Context, connection Connection) error {
	if connection.Secret == "" || connection.ID == "" {
		return nil
	}
	store, err := r.StoreOf(connection.StoreKind())
	if err != nil {
		return err
	}
	if err := store.Delete(ctx, connection.entry()); err != nil {
		return r.storeProblem(err)
	}
	return nil
}
