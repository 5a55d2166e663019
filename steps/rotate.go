package steps

import (
	"context"
	"errors"

	"github.com/mailgrant/mailgrant/keychain"
)

// RotateQuestions are what a rotation asks for.
func (r *Road) RotateQuestions(connection Connection) ([]Question, error) {
	plan, err := NewPlan(r.Catalogue, connection.Answers)
	if err != nil {
		return nil, err
	}
	if !needsSecret(plan.Route, plan.answers) {
		return nil, nothingToRotate(connection)
	}
	step := registrationStep{r}
	return []Question{
		step.described(plan.Product, plan.Route, "client_secret", Question{
			Key: KeySecret, Label: "New client secret, Value", Kind: Hidden,
			Check: func(text string) error { return CheckSecret(keychain.NewSecret(text)) },
		}),
		step.described(plan.Product, plan.Route, "secret_expires", Question{
			Key: KeySecretEnds, Label: "New secret ends on", Kind: Date, Optional: true,
			Check: func(text string) error { _, err := parseDate(text); return err },
		}),
	}, nil
}

func nothingToRotate(connection Connection) error {
	return AnswerErrors{{Key: KeyRoute, Message: connection.Name + " signs in without a client secret, so there is none to replace", Fix: "to renew a sign-in, run mailgrant check " + connection.Name + " in a terminal"}}
}

// Rotate replaces a connection's client secret: the new one is proved on every mailbox and
// protocol, and only then takes the old one's place. Whatever fails, and whenever ctx ends
// before that, the old one stays in use.
func (r *Road) Rotate(ctx context.Context, connection Connection, secret keychain.Secret, ends string, emit Emit) (Report, error) {
	answers := connection.Answers
	answers.SecretEnds = ends
	plan, err := r.plan(answers)
	if err != nil {
		return Report{}, err
	}
	if !needsSecret(plan.Route, plan.answers) {
		return Report{}, nothingToRotate(connection)
	}
	if err := CheckSecret(secret); err != nil {
		return Report{}, asAnswerErrors(err)
	}
	report := Report{
		Name: connection.Name, Product: plan.Product.ID, Route: plan.Route.ID, State: connection.State(),
		Path: r.Folder.ConnectionPath(connection.Name), Plan: &plan,
	}
	store, old, err := r.oldSecret(ctx, connection, secret)
	if err != nil {
		return report, r.blamed(&report, err)
	}
	credential := Credential{secret, true}
	connection.Answers = plan.answers
	if err := r.proveNew(ctx, plan, credential, &connection, &report, emit); err != nil {
		return report, err
	}
	connection.Secret = store.Kind() + ":" + string(connection.entry())
	// From here on an interruption must not leave the store and the file apart.
	if err := r.swap(context.WithoutCancel(ctx), store, connection, old, secret); err != nil {
		return report, err
	}
	report.State, report.Store = connection.State(), store.Describe()
	report.Verified = report.State == StateVerified
	report.ReplaceHere = plan.Replacements()
	return report, nil
}

// proveNew proves a new secret wherever it is used: on every mailbox where the tests sign in with
// it, else by the one request that the product makes with it and no person.
func (r *Road) proveNew(ctx context.Context, plan Plan, credential Credential, connection *Connection, report *Report, emit Emit) error {
	if !plan.signsWithSecret() {
		if err := r.proveSecret(ctx, plan, credential, emit); err != nil {
			return r.blamed(report, err)
		}
		if plan.Way() == ByProduct {
			report.Needs = productNeeds(plan, plan.ProductTests())
		}
		return nil
	}
	if plan.Delegated() && r.nobody() {
		needed := r.tokenProblem(plan, credential, plan.SignIns[0], &notSignedIn{account: plan.SignIns[0].Account})
		report.blame(needed, "mailgrant rotate "+report.Name)
		return needed
	}
	grants, err := r.grantsFor(ctx, plan, credential, emit)
	if err != nil {
		return r.blamed(report, err)
	}
	done, err := r.proof(ctx, plan, credential, grants, nil, emit)
	if err != nil {
		return err
	}
	report.Results, report.Texts, report.Checklist = done.results, done.texts, checklist(plan, done.grants, r.Now())
	if done.verified == nil {
		return done.problem
	}
	connection.Checklist = lineRecords(report.Checklist)
	r.note(connection, done)
	return nil
}

// signsWithSecret reports whether the tests' own sign-in carries the client secret.
func (p Plan) signsWithSecret() bool {
	proof := p.Proof()
	return p.AppOnly() || p.Way() == InBrowser && proof != nil && proof.Secret
}

// oldSecret opens the store and reads what is in use. A secret that is lost can still be
// replaced; one that did not change cannot.
func (r *Road) oldSecret(ctx context.Context, connection Connection, secret keychain.Secret) (keychain.Store, keychain.Secret, error) {
	store, err := r.StoreOf(connection.StoreKind())
	if err != nil {
		return nil, keychain.Secret{}, err
	}
	if err := store.Ready(ctx); err != nil {
		return nil, keychain.Secret{}, r.storeProblem(err)
	}
	old, err := store.Get(ctx, connection.entry())
	if err != nil && !errors.Is(err, keychain.ErrNotFound) {
		return nil, keychain.Secret{}, r.storeProblem(err)
	}
	if !old.IsZero() && old.Equal(secret) {
		return nil, keychain.Secret{}, AnswerErrors{{Key: KeySecret, Message: "this is the secret that is in use already", Fix: "make a new one under Certificates & secrets and copy its Value"}}
	}
	return store, old, nil
}

// swap puts the new secret in the old one's place, and back if the file cannot be written.
func (r *Road) swap(ctx context.Context, store keychain.Store, connection Connection, old, secret keychain.Secret) error {
	if err := store.Set(ctx, connection.entry(), secret); err != nil {
		return r.storeProblem(err)
	}
	err := r.Folder.SaveConnection(connection)
	if err == nil {
		return nil
	}
	if old.IsZero() {
		return errors.Join(err, store.Delete(ctx, connection.entry()))
	}
	return errors.Join(err, store.Set(ctx, connection.entry(), old))
}
