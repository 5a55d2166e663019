package steps

import (
	"context"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// anyAPI is what a token is asked for only to see whether the client secret is taken: every
// application may have one for Microsoft Graph, with no permission in it
// (https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
const anyAPI = "https://graph.microsoft.com/.default"

// proveSecret shows that a client secret is right where people sign in: the sign-in of our own
// tests goes without it, and the product's would be the first to notice. Google has no such
// request; there the sign-in in the browser carries the secret.
func (r *Road) proveSecret(ctx context.Context, plan Plan, credential Credential, emit Emit) error {
	if !needsSecret(plan.Route, plan.answers) && plan.Certificate == nil || plan.Route.Provider == google {
		return nil
	}
	service, err := r.Sign(plan.Route.Provider, plan.Endpoints)
	if err != nil {
		return err
	}
	for patience := r.patience(); ; {
		emit(Working{"trying the " + plan.credentialWords()})
		_, err := service.AppOnly(ctx, plan.appCredential(credential), anyAPI)
		if err == nil || ctx.Err() != nil {
			return ctx.Err()
		}
		evidence := r.evidence(plan, credential)
		evidence.AppOnly = true
		refused := diagnosed(diagnosis.Symptom{Layer: providers.LayerToken, Protocol: "token", Err: err}, evidence)
		more, waitErr := r.againAfter(ctx, patience, refused, emit)
		if waitErr != nil {
			return waitErr
		}
		if !more {
			return refused
		}
	}
}

// credentialWords name what the product signs in with; of a certificate what the portal shows of it.
func (p Plan) credentialWords() string {
	if p.Certificate == nil {
		return "client secret"
	}
	return p.Certificate.String() + ", which ends on " + p.Certificate.NotAfter().Format(time.DateOnly)
}
