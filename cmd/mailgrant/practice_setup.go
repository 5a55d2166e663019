package main

import (
	"context"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers/practice"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui"
)

// practiceRun is a setup against a tenant that lives in this program. Its secrets are in memory
// only, and what it saves lies apart from real connections.
type practiceRun struct {
	t      *terminal
	tenant *practice.Tenant
	road   *steps.Road
	o      setupOptions
	papers papers
}

func runPracticeSetup(ctx context.Context, t *terminal, o setupOptions) error {
	tenant, stop, err := startPractice(t, practice.Options{Scenario: o.scenario, PollInterval: time.Second})
	if err != nil {
		return err
	}
	defer stop()
	road, answers, err := prepareSetup(t, o)
	if err != nil {
		return err
	}
	memory := keychain.NewMemory()
	road.Store = memory
	road.StoreOf = func(string) (keychain.Store, error) { return memory, nil }
	road.Folder.Practice, road.Replace = true, true
	run := practiceRun{t, tenant, road, o, papers{tenant, road.Catalogue}}
	run.o.product = answers.Product
	if o.dryRun || !t.person && !o.plain || o.noInput || o.json {
		return run.demonstrate(ctx)
	}
	return run.withPerson(ctx)
}

// answers are the practice tenant's own for a route, with what an answers file or a flag says
// instead.
func (r practiceRun) answers(id string) (steps.Answers, error) {
	known, route, err := r.papers.find(r.o.product, id)
	if err != nil {
		return steps.Answers{}, err
	}
	answers := practiceAnswers(r.papers.answers(known, route))
	for i := range known.Routes { // a person may go on to another route
		for id, value := range r.papers.answers(known, &known.Routes[i]).Values {
			answers = answers.With(steps.Key("values."+id), value)
		}
	}
	if scenario, planted := scenarioNamed(r.o.scenario); planted && scenario.InBrowser {
		answers = answers.With(steps.KeyProof, browserProof(route))
	}
	if r.o.answers != "" {
		given, err := steps.ReadAnswers(r.o.answers)
		if err != nil {
			return steps.Answers{}, missingFile(err, r.o.answers)
		}
		given.Endpoints = answers.Endpoints
		answers = given
	}
	if r.o.sendTo != "" {
		answers.SendTo = r.o.sendTo
	}
	return answers, nil
}

// secret is the one given, or the one that the tenant's papers show for the route's application.
func (r practiceRun) secret(ctx context.Context, answers steps.Answers) (keychain.Secret, error) {
	given, err := givenSecret(ctx, r.t, r.o.secretStdin)
	if err != nil || !given.IsZero() {
		return given, err
	}
	_, route, err := r.papers.find(answers.Product, answers.Route)
	if err != nil {
		return keychain.Secret{}, err
	}
	return keychain.NewSecret(r.papers.of(route.Provider).ClientSecret), nil
}

// withPerson runs the wizard with the tenant's values filled in, for a person to look at, change
// and go on.
func (r practiceRun) withPerson(ctx context.Context) error {
	routes, err := r.routes()
	if err != nil {
		return err
	}
	answers, err := r.answers(routes[0])
	if err != nil {
		return err
	}
	secret, err := r.secret(ctx, answers)
	if err != nil {
		return err
	}
	start := steps.State{Answers: answers}.WithSecret(secret)
	if r.o.plain || r.t.plainWanted() {
		return plainSetup(ctx, r.t, r.road, start)
	}
	options, err := screenOptions(r.t, r.road)
	if err != nil {
		return err
	}
	options.Practice = "practice tenant"
	if r.o.scenario != "" {
		options.Practice += " · " + r.o.scenario
		options.Mend = "curl -d repair=" + r.o.scenario + " " + r.tenant.Describe().Control
	}
	options.Approve, options.ApprovePage = r.approveLine, r.agreeLine
	outcome, err := tui.Setup(ctx, options, start)
	if err != nil {
		return err
	}
	return summarise(r.t, r.road, outcome)
}
