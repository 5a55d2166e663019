package steps

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/providers/probe"
)

// Credential is the client secret of a run.
type Credential struct {
	Secret keychain.Secret
	// Fresh says that it was typed in this run, so that it may be minutes old and not known
	// everywhere yet.
	Fresh bool
}

// appTokens asks for the tokens of a product that signs in as itself, one per scope: anew when a
// permission may have been granted since the last one. A refusal is kept in the grant: the tests
// show it at their token layer.
func (r *Road) appTokens(ctx context.Context, plan Plan, credential Credential, anew bool, emit Emit) (Grants, error) {
	service, err := r.Sign(plan.Route.Provider, plan.Endpoints)
	if err != nil {
		return Grants{}, err
	}
	app := plan.appCredential(credential)
	app.Anew = anew
	var grants Grants
	for _, test := range plan.Tests {
		key := keyOf(plan, "", test.Scope)
		if _, asked := grants.get(key); asked {
			continue
		}
		emit(Working{"asking for a token as the product will"})
		grant, err := service.AppOnly(ctx, app, test.Scope)
		if ctx.Err() != nil {
			return Grants{}, ctx.Err()
		}
		grants = grants.with(key, Grant{grant, err})
	}
	return grants, nil
}

// signIn lets a person sign in for one account. The token comes back also when another account
// was used and AskAccount allowed it.
func (r *Road) signIn(ctx context.Context, plan Plan, credential Credential, number int, emit Emit) (Grant, error) {
	signIn := plan.SignIns[number]
	service, err := r.Sign(plan.Route.Provider, plan.Endpoints)
	if err != nil {
		return Grant{}, err
	}
	waiting := ctx
	if r.SignInWait > 0 {
		var stop context.CancelFunc
		waiting, stop = context.WithTimeout(ctx, r.SignInWait)
		defer stop()
	}
	var grant providers.Grant
	if plan.Way() == InBrowser {
		grant, err = service.CodeSignIn(waiting, codeRequest(plan, signIn, credential), func(page providers.CodePage) {
			emit(PageOpened{Account: signIn.Account, For: signIn.For, Page: page, Number: number + 1, Total: len(plan.SignIns)})
		})
	} else {
		grant, err = service.DeviceSignIn(waiting, deviceRequest(plan, signIn), func(code providers.DeviceCode) {
			emit(CodeIssued{Account: signIn.Account, For: signIn.For, Code: code, Number: number + 1, Total: len(plan.SignIns)})
		})
	}
	switch {
	case ctx.Err() != nil:
		return Grant{}, ctx.Err()
	case err != nil && waiting.Err() != nil:
		return Grant{}, &notSignedIn{signIn.Account, r.SignInWait}
	case err != nil:
		return Grant{Err: err}, nil
	}
	if wrong := wrongAccount(signIn, grant); wrong != nil && (r.AskAccount == nil || !r.AskAccount(ctx, wrong)) {
		return Grant{grant, wrong}, nil
	}
	emit(SignedIn{Account: providers.Address(grant.Claims.User), Want: signIn.Account})
	return Grant{grant, nil}, nil
}

// nobody reports whether a sign-in would wait for a person who cannot come.
func (r *Road) nobody() bool { return r.Unattended && r.SignInWait == 0 }

func deviceRequest(plan Plan, signIn SignIn) providers.DeviceRequest {
	return providers.DeviceRequest{Tenant: plan.Tenant, ClientID: plan.ClientID, Scopes: signIn.Scopes}
}

// loopback is the redirect URI of a product whose own flow ends at this computer; Entra takes any
// port with it (https://learn.microsoft.com/entra/identity-platform/reply-url#localhost-exceptions).
const loopback = "http://localhost"

// codeRequest is the sign-in in a browser. The secret goes along only where the redirect is
// registered for a confidential client.
func codeRequest(plan Plan, signIn SignIn, credential Credential) providers.CodeRequest {
	request := providers.CodeRequest{
		Tenant: plan.Tenant, ClientID: plan.ClientID, Scopes: signIn.Scopes, Redirect: loopback, Account: signIn.Account,
	}
	if proof := plan.Proof(); proof != nil {
		request.Redirect = proof.Redirect
		if proof.Secret {
			request.Secret, request.Certificate = credential.Secret, plan.Certificate
		}
	}
	return request
}

// notSignedIn says that nobody signed in within the time that the program was told to wait.
type notSignedIn struct {
	account providers.Address
	waited  time.Duration
}

func (e *notSignedIn) Error() string {
	if e.waited == 0 {
		return fmt.Sprintf("%s has to sign in first", e.account)
	}
	return fmt.Sprintf("nobody signed in as %s within %s", e.account, e.waited)
}

// wrongAccount compares who signed in with whom the mailbox needs. A token that does not say
// who signed in is not held against anybody.
func wrongAccount(signIn SignIn, grant providers.Grant) *providers.WrongAccount {
	got := providers.Address(grant.Claims.User)
	if got == "" || got.Same(signIn.Account) {
		return nil
	}
	return &providers.WrongAccount{Want: signIn.Account, Got: got}
}

// tokenLayer says how a token was come by.
func tokenLayer(grant Grant, now time.Time) probe.LayerResult {
	layer := probe.LayerResult{Layer: providers.LayerToken, Outcome: providers.Passed, Elapsed: grant.Took}
	if grant.Err != nil {
		layer.Outcome, layer.Detail = providers.Failed, providers.Clean(grant.Err.Error())
		return layer
	}
	layer.Detail = "token received"
	if grant.Claims.Audience != "" {
		layer.Detail = "token for " + grant.Claims.Audience
	}
	if left := grant.Expires.Sub(now); !grant.Expires.IsZero() && left > 0 {
		layer.Detail += ", good for " + left.Round(time.Minute).String()
	}
	return layer
}

// evidence is what is known about a plan apart from its tests.
func (r *Road) evidence(plan Plan, credential Credential) diagnosis.Evidence {
	return diagnosis.Evidence{
		AppOnly:          plan.AppOnly(),
		Tenant:           plan.Tenant,
		ClientID:         plan.ClientID,
		ObjectID:         plan.ObjectID,
		SecretIsGUID:     providers.IsGUID(credential.Secret.Reveal()),
		SecretMissing:    plan.AppOnly() && credential.Secret.IsZero() && plan.Certificate == nil,
		SecretEnded:      !plan.SecretEnds.IsZero() && r.Now().After(plan.SecretEnds.AddDate(0, 0, 1)),
		SecretIsNew:      credential.Fresh,
		SecretLooksWhole: looksWhole(credential.Secret),
	}
}

// tokenProblem diagnoses a refused token before any test.
func (r *Road) tokenProblem(plan Plan, credential Credential, signIn SignIn, err error) error {
	evidence := r.evidence(plan, credential)
	evidence.SignIn = signIn.Account
	if len(signIn.For) > 0 {
		evidence.Mailbox = signIn.For[0]
	}
	protocol := plan.tokenProtocol()
	var unsigned *notSignedIn
	if errors.As(err, &unsigned) {
		return &Problem{
			Diagnoses: []diagnosis.Diagnosis{signInNeeded(plan, unsigned.Error())},
			Mend:      StepSignIn, Err: err, Needs: signInNeeds(plan),
		}
	}
	problem := diagnosed(diagnosis.Symptom{Layer: providers.LayerToken, Protocol: protocol, Err: err}, evidence)
	var typed *Problem
	if plan.Delegated() && errors.As(problem, &typed) {
		typed.Needs = needsOf(plan, typed.Diagnoses[0])
		plan.offerInstead(typed)
	}
	return problem
}

// offerInstead adds to a refused device code that the same route can be proved another way, with
// every value kept. Where the product itself needs the code another proof would prove nothing.
func (p Plan) offerInstead(problem *Problem) {
	found := &problem.Diagnoses[0]
	refused := found.Cause == diagnosis.ConditionalAccessBlocked || found.Cause == diagnosis.PublicClientFlowDisabled
	if p.Proof() == nil || p.Way() != ByDeviceCode || !refused {
		return
	}
	for _, other := range p.Route.Proofs {
		if other.ID != p.Proof().ID {
			found.Fixes = append(slices.Clone(found.Fixes), diagnosis.Fix{
				Text: fmt.Sprintf("or prove it another way, all values kept: %s (%s: %s in the answers)", other.Title, KeyProof, other.ID),
			})
			problem.Mend, problem.Key = StepSignIn, KeyProof
			return
		}
	}
}

// tokenProtocol is how a diagnosis calls the way to the token.
func (p Plan) tokenProtocol() string {
	switch p.Way() {
	case ByDeviceCode:
		return "device-code"
	case InBrowser:
		return "auth-code"
	}
	return "token"
}
