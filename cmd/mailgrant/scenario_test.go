package main

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/providers/practice"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
)

// setUp walks the whole road of setup against the tenant. Nobody but a browser is there: every
// code is entered on the page at once. What it returns is what setup would report.
func (d *tenant) setUp(t *testing.T, route string) error {
	t.Helper()
	return d.walk(t, d.road(t), route)
}

// road keeps secrets in memory and asks nobody.
func (d *tenant) road(t *testing.T) *steps.Road {
	t.Helper()
	road, err := newRoad(newConsole(t).terminal())
	if err != nil {
		t.Fatal(err)
	}
	road.Catalogue = everyProduct()
	store := keychain.NewMemory()
	road.Store = store
	road.StoreOf = func(string) (keychain.Store, error) { return store, nil }
	road.Unattended, road.SignInWait = true, time.Minute
	return road
}

func (d *tenant) walk(t *testing.T, road *steps.Road, route string) error {
	t.Helper()
	state, err := d.walkAnswers(t, road, d.answers(route))
	if err == nil && state.Saved == nil {
		t.Error("the road ended without an error and without a saved connection")
	}
	return err
}

// atOnce runs subtests at the same time, more of them than there are processors: they mostly wait
// for the next poll of a device code.
type atOnce struct {
	t     *testing.T
	slots chan struct{}
	group sync.WaitGroup
}

func (a *atOnce) run(name string, test func(*testing.T)) {
	a.group.Go(func() {
		a.slots <- struct{}{}
		defer func() { <-a.slots }()
		a.t.Run(name, test)
	})
}

func (a *atOnce) wait() { a.group.Wait() }

// foundIn is the first diagnosis of a walk that failed.
func foundIn(t *testing.T, err error) diagnosis.Diagnosis {
	t.Helper()
	var problem *steps.Problem
	if !errors.As(err, &problem) {
		t.Fatalf("the walk ended with %v, which is no diagnosed problem", err)
	}
	return problem.Diagnoses[0]
}

// mend does what the scenario's owner would do.
func (d *tenant) mend(t *testing.T, scenario string) {
	t.Helper()
	if scenario == "secret-not-yet-active" {
		d.Advance(2 * time.Minute) // nothing to repair: time does it
		return
	}
	if err := d.Repair(scenario); err != nil {
		t.Fatal(err)
	}
}

// TestScenarios is the promise of the program: each fault that the practice tenant knows is
// named with its cause, layer and owner and at least one fix, and what the fix mends is green.
func TestScenarios(t *testing.T) {
	t.Parallel()
	rows := atOnce{t: t, slots: make(chan struct{}, 12)}
	defer rows.wait()
	for _, scenario := range practice.Scenarios() {
		for _, route := range scenario.Routes {
			rows.run(scenario.Name+"/"+route, func(t *testing.T) {
				d := newTenant(t, scenario.Name)
				err := d.meet(t, scenario, route)
				if scenario.Cause == "" {
					if err != nil {
						t.Errorf("the healthy tenant failed: %v", err)
					}
					return
				}
				d.recognises(t, scenario, err)
				d.mend(t, scenario.Name)
				mended := scenario // the rows of a scenario's other routes look at it at the same time
				mended.PageOnly = false
				if err := d.meet(t, mended, route); err != nil {
					t.Errorf("mended, it still failed: %v", err)
				}
			})
		}
	}
}

// meet walks the road in the way in which the scenario is met. Where only the page in the browser
// tells of it, the walk ends there, with what explain makes of the page's text.
func (d *tenant) meet(t *testing.T, scenario practice.Scenario, route string) error {
	t.Helper()
	written := papers{d.Tenant, product.Embedded()}
	_, known, err := written.find("", route)
	if err != nil {
		t.Fatal(err)
	}
	answers := d.answers(route)
	if scenario.InBrowser {
		answers = answers.With(steps.KeyProof, browserProof(known))
	}
	if scenario.PageOnly {
		return d.stayOnPage(t, answers, keychain.NewSecret(written.of(known.Provider).ClientSecret))
	}
	state, err := d.walkAnswers(t, d.road(t), answers)
	if err == nil && state.Saved == nil {
		t.Error("the road ended without an error and without a saved connection")
	}
	return err
}

// stayOnPage goes to the page of the sign-in and no further.
func (d *tenant) stayOnPage(t *testing.T, answers steps.Answers, secret keychain.Secret) error {
	t.Helper()
	fixedPort.Lock()
	defer fixedPort.Unlock()
	ctx, stop := context.WithCancelCause(t.Context())
	defer stop(nil)
	run := practiceRun{t: newConsole(t).terminal(), tenant: d.Tenant}
	start := steps.State{Answers: answers}.WithSecret(secret)
	_, err := walk(ctx, d.road(t), start, func(event steps.Event) {
		if page, ok := event.(steps.PageOpened); ok {
			stop(run.agree(ctx, page))
		}
	})
	if kept := context.Cause(ctx); isProblem(kept) {
		return kept
	}
	return err
}

// recognises compares a failed walk with the scenario's row.
func (d *tenant) recognises(t *testing.T, scenario practice.Scenario, err error) {
	t.Helper()
	if scenario.Name == "secret-id-instead-of-value" {
		d.refusedSecretID(t, err)
		return
	}
	found := foundIn(t, err)
	if found.Cause != scenario.Cause || found.Layer != scenario.Layer || found.Owner != scenario.Owner {
		t.Errorf("found %s at %s for %s, want %s at %s for %s", found.Cause, found.Layer, found.Owner, scenario.Cause, scenario.Layer, scenario.Owner)
	}
	if len(found.Fixes) == 0 || strings.TrimSpace(found.Fixes[0].Text) == "" {
		t.Errorf("%s comes without a fix", found.Cause)
	}
	if found.Summary == "" {
		t.Errorf("%s comes without a summary", found.Cause)
	}
	var problem *steps.Problem
	errors.As(err, &problem)
	want := exitFailed
	if len(problem.Needs) > 0 {
		want = exitNeedsPerson
	}
	if got := exitCode(err); got != want {
		t.Errorf("it ends with %d, want %d", got, want)
	}
}

// refusedSecretID expects that the Secret ID never left this computer.
func (d *tenant) refusedSecretID(t *testing.T, err error) {
	t.Helper()
	if err == nil || exitCode(err) != exitUsage || !strings.Contains(err.Error(), "secret-id-instead-of-value") {
		t.Errorf("the Secret ID ended with %d and %v, want a refusal with its cause's name", exitCode(err), err)
	}
	seen, logErr := d.requests()
	if logErr != nil || len(seen) > 0 {
		t.Errorf("the tenant was asked although the value cannot be a secret: %q, %v", seen, logErr)
	}
}

// TestTwoFaultsAtOnce plants two faults: the one nearer the root comes out, and mending it
// reveals the other.
func TestTwoFaultsAtOnce(t *testing.T) {
	t.Parallel()
	pairs := []struct{ root, hidden, route string }{
		{"secret-expired", "smtp-auth-disabled-mailbox", practice.RouteAppOnly},
		{"tenant-not-found", "secret-expired", practice.RouteAppOnly},
		{"app-disabled-in-tenant", "imap-disabled-mailbox", practice.RouteAppOnly},
		{"secret-wrong-or-truncated", "mailbox-permission-missing-imap", practice.RouteAppOnly},
		{"service-principal-missing", "send-as-denied", practice.RouteAppOnly},
		{"consent-missing", "throttled-imap", practice.RouteAppOnly},
		{"service-unavailable", "secret-missing", practice.RouteAppOnly},
		{"public-client-flow-disabled", "smtp-auth-disabled-tenant", practice.RouteDevice},
		{"conditional-access-blocked", "mailbox-not-found-or-unlicensed", practice.RouteDevice},
	}
	table := map[string]practice.Scenario{}
	for _, scenario := range practice.Scenarios() {
		table[scenario.Name] = scenario
	}
	rows := atOnce{t: t, slots: make(chan struct{}, 12)}
	defer rows.wait()
	for _, pair := range pairs {
		rows.run(pair.root+" before "+pair.hidden, func(t *testing.T) {
			d := newTenant(t, pair.hidden)
			if err := d.Plant(pair.root); err != nil {
				t.Fatal(err)
			}
			d.recognises(t, table[pair.root], d.setUp(t, pair.route))
			d.mend(t, pair.root)
			d.recognises(t, table[pair.hidden], d.setUp(t, pair.route))
			d.mend(t, pair.hidden)
			if err := d.setUp(t, pair.route); err != nil {
				t.Errorf("both mended, it still failed: %v", err)
			}
		})
	}
}

// TestWaitingForAGrantToTakeEffect tries again with a token asked for anew while --wait lasts: what
// an administrator granted a moment ago is seen as soon as it counts.
func TestWaitingForAGrantToTakeEffect(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ scenario, route string }{
		{"service-principal-missing", practice.RouteAppOnly},
		{"scope-missing-imap", practice.RouteAppOnly},
		{"mailbox-permission-missing-imap", practice.RouteAppOnly},
		{"secret-not-yet-active", practice.RouteAppOnly},
	} {
		t.Run(c.scenario, func(t *testing.T) {
			t.Parallel()
			d := newTenant(t, c.scenario)
			road := d.road(t)
			waits := 0
			clock := &standingClock{moment: time.Now()}
			road.Now, road.Wait = clock.now, 5*time.Minute
			road.Sleep = func(_ context.Context, pause time.Duration) error {
				clock.mu.Lock()
				clock.moment = clock.moment.Add(pause)
				clock.mu.Unlock()
				if waits++; waits == 2 {
					d.mend(t, c.scenario)
				}
				return nil
			}
			if err := d.walk(t, road, c.route); err != nil {
				t.Errorf("after %d waits: %v", waits, err)
			}
			if waits != 2 {
				t.Errorf("it waited %d times, want 2", waits)
			}
		})
	}
}
