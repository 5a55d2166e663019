package steps

import (
	"context"
	"slices"
	"sync"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/providers/probe"
	"github.com/mailgrant/mailgrant/steps/product"
)

// TestResult is what a test showed and what that means.
type TestResult struct {
	probe.Result
	Test      Test
	Claims    providers.Claims      // of the token that was used
	Diagnoses []diagnosis.Diagnosis // empty unless the test failed
}

// OK reports whether the server accepted everything that was tried.
func (t TestResult) OK() bool {
	return t.Outcome == providers.Passed || t.Outcome == providers.Warned
}

// atOnce bounds how many tests run at the same time: Exchange lets a mailbox have three
// submissions at once, and a desk's network has its limits too.
const atOnce = 6

// each does work for every number, several at a time, and waits for all of them.
func each(numbers []int, work func(int)) {
	slots := make(chan struct{}, atOnce)
	var all sync.WaitGroup
	for _, i := range numbers {
		all.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			work(i)
		})
	}
	all.Wait()
}

// prove repeats those of the results whose numbers are given, and diagnoses what failed beside
// all the others: a mailbox that opens tells much about one that does not. Every result has its
// Test. It returns the context's error and no other.
func (r *Road) prove(ctx context.Context, plan Plan, credential Credential, grants Grants, results []TestResult, which []int, emit Emit) error {
	emit = oneAtATime(emit)
	each(which, func(i int) {
		test := results[i].Test
		emit(TestStarted{test})
		results[i] = r.runTest(ctx, plan, test, grants, func(layer probe.LayerResult) { emit(LayerDone{test, layer}) })
		if results[i].OK() {
			emit(TestDone{results[i]})
		}
	})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	diagnosed := slices.Clone(results)
	each(which, func(i int) {
		if !results[i].OK() {
			diagnosed[i].Diagnoses = r.diagnoseTest(ctx, plan, credential, grants, results, i)
			emit(TestDone{diagnosed[i]})
		}
	})
	copy(results, diagnosed)
	return ctx.Err()
}

func oneAtATime(emit Emit) Emit {
	var mu sync.Mutex
	return func(e Event) {
		mu.Lock()
		defer mu.Unlock()
		emit(e)
	}
}

func (r *Road) runTest(ctx context.Context, plan Plan, test Test, grants Grants, onLayer func(probe.LayerResult)) TestResult {
	grant, _ := grants.For(plan, test)
	prober := r.Probe
	prober.Endpoints, prober.OnLayer = plan.Endpoints, onLayer
	result := prober.Run(ctx, r.attempt(plan, test, grant))
	if result.Failure == nil && grant.Err != nil {
		result.Failure = grant.Err
	}
	return TestResult{Result: result, Test: test, Claims: grant.Claims}
}

func (r *Road) attempt(plan Plan, test Test, grant Grant) probe.Attempt {
	attempt := probe.Attempt{
		Server:      test.Server,
		Mailbox:     test.Mailbox.Address,
		AppOnly:     plan.AppOnly(),
		SignedIn:    providers.Address(grant.Claims.User),
		SendsOnly:   test.Mailbox.Direction == product.Outbound,
		TokenLayer:  tokenLayer(grant, r.Now()),
		ClaimsLayer: claimsLayer(plan, test, grant, r.Now()),
		Folder:      test.Mailbox.Folder,
		Recipient:   test.Recipient,
		Subject:     "Mailgrant test for " + plan.Product.Name,
	}
	if grant.Err == nil {
		attempt.Token = grant.Token
	}
	if test.Server.Protocol == "smtp" {
		// SMTP signs in as the account itself and sends as the mailbox; IMAP names the mailbox.
		attempt.Mailbox, attempt.Sender = test.Mailbox.SignIn, test.Mailbox.Address
	}
	return attempt
}

func failedLayer(result probe.Result) providers.Layer {
	for _, layer := range result.Layers {
		if layer.Outcome == providers.Failed {
			return layer.Layer
		}
	}
	return ""
}

func layerOutcome(result probe.Result, layer providers.Layer) providers.Outcome {
	for _, one := range result.Layers {
		if one.Layer == layer {
			return one.Outcome
		}
	}
	return providers.NotReached
}

func layerIndex(layer providers.Layer) int {
	return slices.Index(providers.Layers(), layer)
}
