package steps

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/steps/product"
)

// registrationStep asks for the values of the app registration, and tries them as soon as they
// are complete.
type registrationStep struct{ road *Road }

func (registrationStep) Name() Name    { return StepRegistration }
func (registrationStep) Title() string { return "Values from the app registration" }

func (s registrationStep) Ask(state State) []Question {
	if state.Route == nil {
		return nil
	}
	p := state.Product
	var questions []Question
	if takes(state.Route, "tenant_id") {
		questions = append(questions, s.described(p, state.Route, "tenant_id", Question{Key: KeyTenant, Label: "Tenant ID or domain",
			Check: func(text string) error { return checkTenant(text, state.Answers.Endpoints.Authority != "") }}))
	}
	if takes(state.Route, "client_id") {
		label := "Application (client) ID"
		if state.Route.Provider == google {
			label = "Client ID"
		}
		questions = append(questions, s.described(p, state.Route, "client_id", Question{Key: KeyClientID, Label: label,
			Check: func(text string) error { _, err := parseClientID(state.Route, text); return err }}))
	}
	if takesCertificate(state.Route) {
		questions = append(questions, certificateQuestion())
	}
	if needsSecret(state.Route, state.Answers) {
		questions = append(questions,
			s.described(p, state.Route, "client_secret", Question{Key: KeySecret, Label: "Client secret, Value", Kind: Hidden,
				Check: func(text string) error { return CheckSecret(keychain.NewSecret(text)) }}),
			s.described(p, state.Route, "secret_expires", Question{Key: KeySecretEnds, Label: "Secret ends on", Kind: Date, Optional: true,
				Check: func(text string) error { _, err := parseDate(text); return err }}))
	}
	for _, value := range otherValues(p, state.Route, state.Answers) {
		question := Question{
			Key: valueKey(value.ID), Label: value.Label, Default: value.Default, Optional: value.Optional,
			Check: func(text string) error { return value.Check(strings.TrimSpace(text)) },
		}
		for _, option := range value.Options {
			question.Kind = Choice
			question.Options = append(question.Options, Option{Value: option.Value, Label: option.Label, Summary: option.Note})
		}
		questions = append(questions, s.described(p, state.Route, value.ID, question))
	}
	return append(questions, Question{
		Key: KeyName, Label: "Name of this connection", Default: DefaultName(p.ID, state.Answers.organisation()),
		Help: "how you will call it later: mailgrant check NAME", Check: s.checkName,
	})
}

// described takes the help of a question from the catalogue.
func (registrationStep) described(p *product.Product, route *product.Route, id string, q Question) Question {
	if value, ok := ValueOf(p, route, id); ok {
		q.Help, q.Where, q.Example = value.Hint, value.Portal, value.Example
	}
	return q
}

func (s registrationStep) checkName(name string) error {
	if err := CheckName(name); err != nil {
		return err
	}
	if s.road.Replace {
		return nil
	}
	for _, taken := range s.road.Folder.Names() {
		if taken == name {
			return nameTaken(name)
		}
	}
	return nil
}

// Do looks the tenant up and, where the product signs in as itself, asks for its token.
func (s registrationStep) Do(ctx context.Context, state State, emit Emit) (State, error) {
	if state.Answers.Name == "" {
		state.Answers.Name = DefaultName(state.Product.ID, state.Answers.organisation())
	}
	plan, err := s.road.plan(state.Answers)
	if err != nil {
		return state, err
	}
	if err := s.checkName(plan.Name); err != nil {
		return state, asAnswerErrors(err)
	}
	credential := Credential{state.secret, true}
	if needsSecret(plan.Route, plan.answers) {
		if err := CheckSecret(state.secret); err != nil {
			return state, asAnswerErrors(err)
		}
	}
	if plan.Route.Flow == product.VendorApp {
		return state, nil
	}
	if plan.Certificate != nil {
		state.Answers.SecretEnds = plan.SecretEnds.Format(time.DateOnly)
	}
	emit(Working{"looking up " + cmp.Or(plan.Tenant, "Google's sign-in service")})
	tenant, err := s.road.lookUp(ctx, plan, credential)
	if err != nil {
		return state, err
	}
	state.Tenant = &tenant
	if !plan.AppOnly() {
		return state, s.road.proveSecret(ctx, plan, credential, emit)
	}
	if state.Grants, err = s.road.firstTokens(ctx, plan, credential, emit); err != nil {
		return state, err
	}
	state.Checklist = checklist(plan, state.Grants, s.road.Now())
	return state, nil
}

// firstTokens asks for the product's own tokens until there is one, for as long as waiting may
// help: a secret made a moment ago is not known everywhere yet.
func (r *Road) firstTokens(ctx context.Context, plan Plan, credential Credential, emit Emit) (Grants, error) {
	for patience := r.patience(); ; {
		grants, err := r.appTokens(ctx, plan, credential, false, emit)
		if err != nil {
			return Grants{}, err
		}
		grant, _ := grants.For(plan, plan.Tests[0])
		if grant.Err == nil {
			return grants, nil
		}
		refused := r.tokenProblem(plan, credential, SignIn{}, grant.Err)
		more, err := r.againAfter(ctx, patience, refused, emit)
		if err != nil {
			return Grants{}, err
		}
		if !more {
			return Grants{}, refused
		}
	}
}

func (r *Road) lookUp(ctx context.Context, plan Plan, credential Credential) (providers.Tenant, error) {
	service, err := r.Sign(plan.Route.Provider, plan.Endpoints)
	if err != nil {
		return providers.Tenant{}, err
	}
	tenant, err := service.LookUp(ctx, plan.Tenant)
	if err != nil {
		return providers.Tenant{}, diagnosed(diagnosis.Symptom{Layer: providers.LayerToken, Protocol: "token", Err: err}, r.evidence(plan, credential))
	}
	return tenant, nil
}
