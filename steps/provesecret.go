package steps

import (
	"context"

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
	if !needsSecret(plan.Route) || plan.Route.Provider == google {
		return nil
	}
	service, err := r.Sign(plan.Route.Provider, plan.Endpoints)
	if err != nil {
		return err
	}
	for patience := r.patience(); ; {
		emit(Working{"trying the client secret"})
		_, err := service.AppOnly(ctx, providers.AppCredential{Tenant: plan.Tenant, ClientID: plan.ClientID, Secret: credential.Secret}, anyAPI)
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
