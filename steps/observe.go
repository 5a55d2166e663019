package steps

import (
	"context"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/steps/product"
)

// diagnoseTest looks at a failed test beside what the others showed, and makes one more
// observation where that decides between causes.
func (r *Road) diagnoseTest(ctx context.Context, plan Plan, credential Credential, grants Grants, results []TestResult, i int) []diagnosis.Diagnosis {
	failed := results[i]
	grant, _ := grants.For(plan, failed.Test)
	evidence := r.evidence(plan, credential)
	evidence.Mailbox = failed.Test.Mailbox.Address
	evidence.SignIn = failed.Test.Mailbox.SignIn
	evidence.Sender = failed.Test.Mailbox.Address
	evidence.Folder = failed.Test.Mailbox.Folder
	evidence.Host = failed.Test.Server.Addr()
	evidence.Claims = grant.Claims
	evidence.Needs = failed.Test.Needs
	evidence.TokenExpired = expired(grant.Claims, r.Now())
	evidence.AnySASL = anySASL(results)
	evidence.OtherMailbox = otherMailbox(results, i)
	layer := failedLayer(failed.Result)
	if layer == providers.LayerSASL || layer == providers.LayerMailbox {
		evidence.OtherWay, evidence.AnySASL = r.otherWay(ctx, plan, failed, grant, evidence.AnySASL)
	}
	return diagnosis.Diagnose(diagnosis.Symptom{Layer: layer, Protocol: symptomProtocol(plan, layer, failed), Err: failed.Failure}, evidence)
}

func symptomProtocol(plan Plan, layer providers.Layer, failed TestResult) string {
	if layer != providers.LayerToken {
		return failed.Test.Server.Protocol
	}
	return plan.tokenProtocol()
}

// anySASL tells whether any IMAP or POP3 sign-in got past sasl: then the app is registered in Exchange.
func anySASL(results []TestResult) diagnosis.Observed {
	seen := diagnosis.NotObserved
	for _, result := range results {
		if protocol := result.Test.Server.Protocol; protocol != "imap" && protocol != "pop3" {
			continue
		}
		switch layerOutcome(result.Result, providers.LayerSASL) {
		case providers.Passed:
			return diagnosis.Accepted
		case providers.Failed:
			seen = diagnosis.Refused
		}
	}
	return seen
}

func otherMailbox(results []TestResult, i int) diagnosis.Observed {
	seen := diagnosis.NotObserved
	for j, other := range results {
		if j == i || other.Test.Server.Protocol != results[i].Test.Server.Protocol {
			continue
		}
		if other.OK() {
			return diagnosis.Accepted
		}
		seen = diagnosis.Refused
	}
	return seen
}

// otherWay signs in to the failed test's mailbox over the other protocol, without sending or
// changing anything. It is asked only where a token for it can be had without a person.
func (r *Road) otherWay(ctx context.Context, plan Plan, failed TestResult, grant Grant, sasl diagnosis.Observed) (way, any diagnosis.Observed) {
	direction := product.Inbound
	if failed.Test.Mailbox.Direction == product.Inbound {
		direction = product.Outbound
	}
	other := plan.test(failed.Test.Mailbox, direction)
	other.Mailbox.Folder = ""
	if other.Server.IsZero() || other.Server.OverHTTPS() || failed.Test.Server.OverHTTPS() {
		return diagnosis.NotObserved, sasl
	}
	token, ok := r.tokenFor(ctx, plan, other, grant)
	if !ok || !token.Claims.Has(other.Needs) {
		return diagnosis.NotObserved, sasl
	}
	prober := r.Probe
	prober.Endpoints, prober.OnLayer = plan.Endpoints, nil
	result := prober.Run(ctx, r.attempt(plan, other, token))
	signedIn := layerOutcome(result, providers.LayerSASL)
	if direction == product.Inbound && sasl == diagnosis.NotObserved {
		sasl = observed(signedIn)
	}
	if result.Outcome == providers.Failed {
		return observed(providers.Failed, signedIn), sasl
	}
	return diagnosis.Accepted, sasl
}

// observed reads a layer's outcome; a test that did not get as far as signing in shows nothing.
func observed(outcome providers.Outcome, reached ...providers.Outcome) diagnosis.Observed {
	for _, layer := range reached {
		if layer == providers.NotReached || layer == providers.Skipped {
			return diagnosis.NotObserved
		}
	}
	switch outcome {
	case providers.Passed:
		return diagnosis.Accepted
	case providers.Failed:
		return diagnosis.Refused
	}
	return diagnosis.NotObserved
}

func (r *Road) tokenFor(ctx context.Context, plan Plan, other Test, first Grant) (Grant, bool) {
	if plan.AppOnly() || first.Claims.Has(other.Needs) {
		return first, first.Err == nil && !first.Token.IsZero()
	}
	service, err := r.Sign(plan.Route.Provider, plan.Endpoints)
	if err != nil || first.Err != nil {
		return Grant{}, false
	}
	request := providers.DeviceRequest{Tenant: plan.Tenant, ClientID: plan.ClientID, Scopes: []string{other.Scope}}
	grant, err := service.Another(ctx, request, first.Grant)
	return Grant{grant, err}, err == nil
}
