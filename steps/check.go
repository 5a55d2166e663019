package steps

import (
	"context"
	"errors"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/probe"
)

// Check proves a saved connection again and keeps what came out: a new proof, or the failure
// beside the old one. With sendTo one message is sent there. A delegated connection that nobody
// can sign in for is not tested, and its proof stays as it was.
func (r *Road) Check(ctx context.Context, connection Connection, sendTo string, emit Emit) (Report, error) {
	answers := connection.Answers
	if sendTo != "" {
		answers.SendTo = sendTo
	}
	plan, err := r.plan(answers)
	if err != nil {
		return Report{}, err
	}
	report := Report{
		Name: connection.Name, Product: plan.Product.ID, Route: plan.Route.ID, State: connection.State(),
		Path: r.Folder.ConnectionPath(connection.Name), Plan: &plan,
	}
	if plan.Delegated() && r.nobody() {
		report.Results, report.Needs = skipped(plan), waitingWith(waitForCheck(connection.Name), signInNeeds(plan))
		return report, nil
	}
	if plan.Way() == ByProduct {
		report.Needs = productNeeds(plan, plan.ProductTests())
		return report, nil
	}
	credential, err := r.savedCredential(ctx, plan, connection)
	if err != nil {
		return report, r.blamed(&report, err)
	}
	grants, err := r.grantsFor(ctx, plan, credential, emit)
	if err != nil {
		var unsigned *notSignedIn
		if errors.As(err, &unsigned) {
			report.Results = skipped(plan)
		}
		return report, errors.Join(r.blamed(&report, err), r.noteRefusal(&report, connection, err))
	}
	done, err := r.proof(ctx, plan, credential, grants, nil, emit)
	if err != nil {
		return report, err
	}
	report.Results, report.Texts, report.Checklist = done.results, done.texts, checklist(plan, done.grants, r.Now())
	r.note(&connection, done)
	if done.verified != nil {
		connection.Checklist = lineRecords(report.Checklist)
	}
	report.Verified, report.State = done.verified != nil, connection.State()
	if err := r.Folder.SaveConnection(connection); err != nil {
		return report, err
	}
	return report, done.problem
}

// blamed notes a failure in the report and passes it on.
func (r *Road) blamed(report *Report, err error) error {
	report.blame(err, waitForCheck(report.Name))
	return err
}

// waitForCheck is how check waits for a person without a terminal.
func waitForCheck(name string) string { return "mailgrant check --wait 15m " + name }

// note keeps a proof, or a failure beside the proof that was there.
func (r *Road) note(connection *Connection, done proof) {
	if done.verified != nil {
		connection.Verified, connection.LastCheck = done.verified.record(connection.Answers), nil
		return
	}
	connection.LastCheck = &Proof{At: r.Now().UTC().Format(time.RFC3339), By: r.Version, Results: records(done.results)}
}

// noteRefusal keeps a sign-in that was refused for a reason which lies with the tenant. One that
// only wants a person again leaves the connection as it was.
func (r *Road) noteRefusal(report *Report, connection Connection, err error) error {
	var problem *Problem
	if !errors.As(err, &problem) || len(problem.Needs) > 0 {
		return nil
	}
	refused := ResultRecord{Probe: "sign-in", Outcome: string(providers.Failed), Detail: problem.Error(), Cause: string(problem.Diagnoses[0].Cause)}
	connection.LastCheck = &Proof{At: r.Now().UTC().Format(time.RFC3339), By: r.Version, Results: []ResultRecord{refused}}
	report.State = connection.State()
	return r.Folder.SaveConnection(connection)
}

// savedCredential takes a connection's secret out of its store.
func (r *Road) savedCredential(ctx context.Context, plan Plan, connection Connection) (Credential, error) {
	if !needsSecret(plan.Route, plan.answers) {
		return Credential{}, nil
	}
	store, err := r.StoreOf(connection.StoreKind())
	if err != nil {
		return Credential{}, err
	}
	secret, err := store.Get(ctx, connection.entry())
	if errors.Is(err, keychain.ErrNotFound) {
		return Credential{}, r.storeProblem(&SecretLost{connection.Name, store.Describe()})
	}
	if err != nil {
		return Credential{}, r.storeProblem(err)
	}
	return Credential{Secret: secret}, nil
}

// SecretLost says that a connection's secret is not where its file says.
type SecretLost struct{ Name, Store string }

// Unwrap makes it an entry that is not found.
func (e *SecretLost) Unwrap() error { return keychain.ErrNotFound }

func (e *SecretLost) Error() string {
	return "the client secret of " + e.Name + " is not in " + e.Store + "; it may have been made on another computer or for another user: put it there with mailgrant rotate " + e.Name
}

// grantsFor obtains the tokens of a plan. A product's own refusals stay in the grants; a
// person's sign-in that fails ends it.
func (r *Road) grantsFor(ctx context.Context, plan Plan, credential Credential, emit Emit) (Grants, error) {
	if !plan.Delegated() {
		return r.appTokens(ctx, plan, credential, false, emit)
	}
	var grants Grants
	for i, signIn := range plan.SignIns {
		grant, err := r.signIn(ctx, plan, credential, i, emit)
		if err == nil {
			err = grant.Err
		}
		if ctx.Err() != nil {
			return Grants{}, ctx.Err()
		}
		if err != nil {
			return Grants{}, r.tokenProblem(plan, credential, signIn, err)
		}
		grants = grants.with(keyOf(plan, signIn.Account, signIn.Scopes...), grant)
	}
	return grants, nil
}

// skipped are the results of tests that were not made.
func skipped(plan Plan) []TestResult {
	var results []TestResult
	for _, test := range plan.Tests {
		result := probe.Result{
			Probe: test.Server.Protocol, Mailbox: test.Mailbox.Address, Server: test.Server,
			Outcome: providers.Skipped, Messages: -1,
		}
		for _, layer := range providers.Layers() {
			result.Layers = append(result.Layers, probe.LayerResult{Layer: layer, Outcome: providers.Skipped})
		}
		results = append(results, TestResult{Result: result, Test: test})
	}
	return results
}
