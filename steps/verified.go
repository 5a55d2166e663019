package steps

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// verifiedStep keeps what was proved.
type verifiedStep struct{ road *Road }

func (verifiedStep) Name() Name           { return StepVerified }
func (verifiedStep) Title() string        { return "Verified" }
func (verifiedStep) Ask(State) []Question { return nil }

// Saved says where things were put.
type Saved struct {
	Connection Connection
	Path       string // of the connection's file
	Store      string // where the secret is, for a person; empty when there is none
}

// Do keeps the secret, then the file, then drops the draft.
func (s verifiedStep) Do(ctx context.Context, state State, emit Emit) (State, error) {
	if (state.Verified == nil || state.Verified.at.IsZero()) && (state.Confirmed == nil || state.Confirmed.at.IsZero()) {
		return state, errors.New("nothing is proved yet, so nothing is saved as proved")
	}
	if state.Saved != nil {
		return state, nil
	}
	emit(Working{"saving"})
	saved, err := s.road.keep(ctx, state)
	if saved.Path != "" {
		state.Saved = &saved
	}
	return state, err
}

// Proved is the plan that was proved or confirmed; ok is false before that.
func (s State) Proved() (plan Plan, ok bool) {
	if s.Verified == nil && s.Confirmed == nil {
		return Plan{}, false
	}
	return s.proved(), true
}

func (s State) proved() Plan {
	if s.Verified != nil {
		return s.Verified.plan
	}
	return s.Confirmed.plan
}

// keep writes a proved configuration. Without a place for the secret nothing is written, and
// a secret whose file could not be written is taken out of the store again. Where something is
// written, Saved says it even when what it replaced could not be cleared away.
func (r *Road) keep(ctx context.Context, state State) (Saved, error) {
	plan := state.proved()
	answers := plan.answers
	answers.Name = plan.Name
	connection := Connection{Answers: answers, Checklist: lineRecords(state.Checklist)}
	if state.Verified != nil {
		connection.Verified = state.Verified.record(answers)
	} else {
		connection.Confirmation = state.Confirmed.record(answers)
	}
	old, err := r.replaced(plan.Name)
	if err != nil {
		return Saved{}, err
	}
	connection.revision = old.revision
	if connection.ID, err = r.newID(); err != nil {
		return Saved{}, err
	}
	// From here on an interruption must not leave the store and the file apart.
	ctx = context.WithoutCancel(ctx)
	saved := Saved{Path: r.Folder.ConnectionPath(plan.Name)}
	if needsSecret(plan.Route, plan.answers) {
		if err := r.Store.Set(ctx, connection.entry(), state.secret); err != nil {
			return Saved{}, r.storeProblem(err)
		}
		connection.Secret = r.Store.Kind() + ":" + string(connection.entry())
		connection.Store = storeAnswer(r.Store.Kind())
		saved.Store = r.Store.Describe()
	}
	saved.Connection = connection
	if err := r.Folder.SaveConnection(connection); err != nil {
		if connection.Secret != "" {
			err = errors.Join(err, r.Store.Delete(ctx, connection.entry()))
		}
		return Saved{}, err
	}
	return saved, errors.Join(r.forgetSecret(ctx, old), r.Folder.RemoveDraft(plan.Name))
}

// replaced is the connection whose place a new one of this name takes, if there is one. Only with
// Replace may there be one; its file need not make sense then.
func (r *Road) replaced(name string) (Connection, error) {
	old, err := r.Folder.Connection(name)
	var notFound *NotFound
	switch {
	case errors.As(err, &notFound):
		return Connection{}, nil
	case r.Replace && (err == nil || old.revision != ""):
		return old, nil
	case err != nil:
		return Connection{}, err
	}
	return Connection{}, AnswerErrors{nameTaken(name)}
}

func nameTaken(name string) *AnswerError {
	return &AnswerError{Key: KeyName, Message: fmt.Sprintf("connection %q exists already", name), Fix: "choose another name, or run setup with --replace"}
}

// storeAnswer is the kind of a store as the answers have it; the keychain goes without saying.
func storeAnswer(kind string) string {
	if kind == "file" {
		return "file"
	}
	return ""
}

// newID is a connection's random name in the keychain: 32 hexadecimal digits.
func (r *Road) newID() (string, error) {
	id := make([]byte, 16)
	if _, err := io.ReadFull(r.Random, id); err != nil {
		return "", fmt.Errorf("no random numbers to be had: %w", err)
	}
	return hex.EncodeToString(id), nil
}
