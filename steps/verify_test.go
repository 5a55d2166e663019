package steps

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/probe"
)

func TestOnlyAWholeProofVerifies(t *testing.T) {
	t.Parallel()
	plan := newWorld(t).plan(routeApp)
	whole := func() ([]TestResult, []TextProof) {
		var results []TestResult
		for _, test := range plan.Tests {
			results = append(results, TestResult{Result: probe.Result{Outcome: providers.Passed}, Test: test})
		}
		var texts []TextProof
		for _, want := range plan.wantedTexts() {
			texts = append(texts, TextProof{Artefact: want.artefact.ID, Address: want.mailbox.Address, Title: want.artefact.ID, OK: true})
		}
		return results, texts
	}
	outcome := func(o providers.Outcome) func([]TestResult, []TextProof) ([]TestResult, []TextProof) {
		return func(r []TestResult, x []TextProof) ([]TestResult, []TextProof) { r[1].Outcome = o; return r, x }
	}
	cases := []struct {
		name string
		edit func([]TestResult, []TextProof) ([]TestResult, []TextProof)
		says string
	}{
		{"whole", outcome(providers.Passed), ""},
		{"warned", outcome(providers.Warned), ""},
		{"failed", outcome(providers.Failed), "contracts@contoso.example over imap failed"},
		{"skipped", outcome(providers.Skipped), "contracts@contoso.example over imap failed"},
		{"not reached", outcome(providers.NotReached), "failed"},
		{"no outcome", outcome(""), "failed"},
		{"a test missing", func(r []TestResult, x []TextProof) ([]TestResult, []TextProof) { return r[:1], x }, "contracts@contoso.example over imap was not tested"},
		{"a test of another server", func(r []TestResult, x []TextProof) ([]TestResult, []TextProof) {
			r[1].Test.Server.Port = "143"
			return r, x
		}, "was not tested"},
		{"no tests", func([]TestResult, []TextProof) ([]TestResult, []TextProof) { return nil, nil }, "was not tested"},
		{"a text refused", func(r []TestResult, x []TextProof) ([]TestResult, []TextProof) {
			x[0].OK, x[0].Detail = false, "names another tenant"
			return r, x
		}, "outbound-cc: names another tenant"},
		{"a text missing", func(r []TestResult, x []TextProof) ([]TestResult, []TextProof) { return r, x[:1] }, "was not proved"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			results, texts := tc.edit(whole())
			verified, err := verify(plan, results, texts, testNow, "test")
			if tc.says == "" {
				if err != nil || !verified.At().Equal(testNow) || verified.Plan().Name != "contoso" {
					t.Errorf("%v", err)
				}
				return
			}
			var not *Unverified
			if !errors.As(err, &not) || !strings.Contains(err.Error(), tc.says) || !verified.at.IsZero() {
				t.Errorf("%v", err)
			}
		})
	}
	if _, err := verify(Plan{Product: plan.Product, Route: plan.Route}, nil, nil, testNow, "test"); err == nil {
		t.Error("a plan without tests is verified")
	}
}

// balky is a store that refuses some of its work.
type balky struct {
	keychain.Store
	set, get, remove, ready error
}

func (b *balky) Set(ctx context.Context, entry keychain.Entry, secret keychain.Secret) error {
	if b.set != nil {
		return b.set
	}
	return b.Store.Set(ctx, entry, secret)
}

func (b *balky) Get(ctx context.Context, entry keychain.Entry) (keychain.Secret, error) {
	if b.get != nil {
		return keychain.Secret{}, b.get
	}
	return b.Store.Get(ctx, entry)
}

func (b *balky) Delete(ctx context.Context, entry keychain.Entry) error {
	return errors.Join(b.remove, b.Store.Delete(ctx, entry))
}

func (b *balky) Ready(ctx context.Context) error {
	if b.ready != nil {
		return b.ready
	}
	return b.Store.Ready(ctx)
}

// recorder keeps which entries a store was given, and does something else with each.
type recorder struct {
	keychain.Store
	entries []keychain.Entry
	also    func()
}

func (r *recorder) Set(ctx context.Context, entry keychain.Entry, secret keychain.Secret) error {
	r.entries = append(r.entries, entry)
	if r.also != nil {
		r.also()
	}
	return r.Store.Set(ctx, entry, secret)
}

func TestNothingUnprovedIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, state := range []State{{}, {Verified: &Verified{}}} {
		if after, err := (verifiedStep{w.road}).Do(t.Context(), state, w.emit); err == nil || after.Saved != nil {
			t.Error("something was kept")
		}
	}
	if len(w.road.Folder.Names()) != 0 {
		t.Errorf("files %v", w.road.Folder.Names())
	}
}

func TestStoreThatDoesNotWorkStopsBeforeTheSecretIsAskedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.road.Store = &balky{Store: w.store, ready: keychain.ErrUnavailable}
	_, err := w.walk(t.Context(), w.state(routeApp), StepRoute)
	if cause := problemOf(t, err).Diagnoses[0].Cause; cause != "keyring-service-missing" {
		t.Errorf("cause %s", cause)
	}
	if _, err := w.walk(t.Context(), w.state(routePerson), StepRoute); err != nil {
		t.Errorf("a route without a secret needs no store: %v", err)
	}
}

func TestKeepingIsAllOrNothing(t *testing.T) {
	t.Parallel()
	proved := func(t *testing.T) (*world, State, *recorder) {
		w := newWorld(t)
		kept := &recorder{Store: w.store}
		w.road.Store = kept
		state, err := w.walk(t.Context(), w.state(routeApp), StepTests)
		if err != nil {
			t.Fatal(err)
		}
		kept.entries = nil // what Ready tried
		return w, state, kept
	}
	t.Run("the secret is refused", func(t *testing.T) {
		t.Parallel()
		w, state, _ := proved(t)
		w.road.Store = &balky{Store: w.store, set: keychain.ErrFull}
		_, err := verifiedStep{w.road}.Do(t.Context(), state, w.emit)
		if problemOf(t, err).Diagnoses[0].Cause != "keyring-full" || len(w.road.Folder.Names()) != 0 {
			t.Errorf("%v, files %v", err, w.road.Folder.Names())
		}
	})
	t.Run("the file is refused", func(t *testing.T) {
		t.Parallel()
		w, state, kept := proved(t)
		kept.also = func() { _ = os.WriteFile(w.road.Folder.connections(), nil, 0o600) }
		after, err := verifiedStep{w.road}.Do(t.Context(), state, w.emit)
		if err == nil || after.Saved != nil || len(kept.entries) != 1 {
			t.Fatalf("%v %v %v", err, after.Saved, kept.entries)
		}
		if _, err := w.store.Get(t.Context(), kept.entries[0]); !errors.Is(err, keychain.ErrNotFound) {
			t.Error("the secret of a file that is not there was left behind")
		}
	})
	t.Run("another program made the name meanwhile", func(t *testing.T) {
		t.Parallel()
		w, state, kept := proved(t)
		write(t, w.road.Folder, "theirs")
		after, err := verifiedStep{w.road}.Do(t.Context(), state, w.emit)
		if err == nil || after.Saved != nil || len(kept.entries) != 0 {
			t.Errorf("%v, entries %v", err, kept.entries)
		}
	})
	t.Run("the draft goes", func(t *testing.T) {
		t.Parallel()
		w, state, _ := proved(t)
		if _, err := w.road.Folder.SaveDraft(state.Answers); err != nil {
			t.Fatal(err)
		}
		state, err := verifiedStep{w.road}.Do(t.Context(), state, w.emit)
		if err != nil || len(w.road.Folder.DraftNames()) != 0 {
			t.Errorf("%v, drafts %v", err, w.road.Folder.DraftNames())
		}
		again, err := verifiedStep{w.road}.Do(t.Context(), state, w.emit)
		if err != nil || again.Saved != state.Saved {
			t.Errorf("keeping twice: %v", err)
		}
	})
}

func TestExistingNamesAreReplacedOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := w.saved(routeApp)
	_, err := w.walk(t.Context(), w.state(routeApp), StepVerified)
	if wrong := answerOf(t, err); wrong.Key != KeyName {
		t.Errorf("%v", wrong)
	}
	if !slices.Contains([]string{testSecret}, w.kept(old)) {
		t.Error("the old secret is gone")
	}
	w.road.Replace = true
	state, err := w.walk(t.Context(), w.state(routeApp), StepVerified)
	if err != nil {
		t.Fatal(err)
	}
	if renewed := state.Saved.Connection; renewed.ID == old.ID || w.kept(renewed) != testSecret || w.kept(old) != "" {
		t.Error("the new secret is not kept under a name of its own, or the old one is")
	}
	write(t, w.road.Folder, "broken: [")
	if _, err := w.walk(t.Context(), w.state(routeApp), StepVerified); err != nil {
		t.Errorf("a file that makes no sense cannot be replaced: %v", err)
	}
}

func TestReplacedSecretIsTakenOutOfItsOwnStore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := w.saved(routeApp)
	other := keychain.NewMemory()
	w.road.Replace, w.road.Store = true, other
	opened := ""
	w.road.StoreOf = func(kind string) (keychain.Store, error) { opened = kind; return w.store, nil }
	if _, err := w.walk(t.Context(), w.state(routeApp), StepVerified); err != nil {
		t.Fatal(err)
	}
	if w.kept(old) != "" || opened != old.StoreKind() {
		t.Errorf("the old secret is still in its store; %q was opened", opened)
	}
	w.road.StoreOf = func(string) (keychain.Store, error) {
		return &balky{Store: other, remove: keychain.ErrLocked}, nil
	}
	state, err := w.walk(t.Context(), w.state(routeApp), StepVerified)
	if err == nil || state.Saved == nil || !state.Report(w.road, err).Verified {
		t.Errorf("what is written is told although the old secret stayed: %v %v", err, state.Saved)
	}
}

func TestProofSaysWhatWasDoneWithEachMailboxAndText(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	proof := w.saved(routeApp).Verified
	if got := proof.Results[0].Detail; !strings.Contains(got, "nothing sent") {
		t.Errorf("the SMTP test that sent nothing is kept as %q", got)
	}
	if got := proof.Results[1].Detail; !strings.Contains(got, "message") {
		t.Errorf("the IMAP test is kept as %q", got)
	}
	if len(proof.Texts) != 2 || proof.Texts[0].How != "replayed" || proof.Texts[1].Address == "" {
		t.Errorf("the texts' own proofs are kept as %+v", proof.Texts)
	}
}
