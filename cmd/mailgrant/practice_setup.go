package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/practice"
	"github.com/mailgrant/mailgrant/providers/probe"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
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

// routes are the routes to walk: the one asked for, those that the scenario belongs to, or all of
// the product's that can be proved without the product.
func (r practiceRun) routes() ([]string, error) {
	scenario, planted := scenarioNamed(r.o.scenario)
	planted = planted && len(scenario.Routes) > 0
	if r.o.route != "" {
		if planted && !slices.Contains(scenario.Routes, r.o.route) {
			return nil, usage("scenario %s does not show on route %q", scenario.Name, r.o.route).fixedBy("use one of: " + strings.Join(scenario.Routes, ", "))
		}
		_, _, err := r.papers.find(r.o.product, r.o.route)
		return []string{r.o.route}, err
	}
	known, err := r.papers.catalogue.Product(cmp.Or(r.o.product, usual))
	if err != nil {
		return nil, usage("%s", err).fixedBy("mailgrant products lists them")
	}
	if planted {
		return r.belonging(known, scenario)
	}
	var provable, all []string
	for i := range known.Routes {
		route := &known.Routes[i]
		if route.Status == "closed" {
			continue
		}
		all = append(all, route.ID)
		if (steps.State{Route: route}).Way() != steps.ByProduct {
			provable = append(provable, route.ID)
		}
	}
	if len(provable) == 0 {
		return all, nil
	}
	return provable, nil
}

// belonging are the scenario's routes that the product has. Where no product was named, those over
// IMAP and SMTP stand for the others, or the first one that shows it: a fault of the sign-in shows on every route alike.
func (r practiceRun) belonging(known *product.Product, scenario practice.Scenario) ([]string, error) {
	if r.o.product == "" {
		shown := []string{practice.RouteAppOnly, practice.RouteDevice}
		if scenario.InBrowser {
			shown = []string{practice.RouteMailCode, practice.RouteGoogleCode}
		}
		others := func(id string) bool { return !slices.Contains(shown, id) }
		if some := slices.DeleteFunc(slices.Clone(scenario.Routes), others); len(some) > 0 {
			return some, nil
		}
		return scenario.Routes[:1], nil
	}
	var some []string
	for _, id := range scenario.Routes {
		if _, ok := known.Route(id); ok {
			some = append(some, id)
		}
	}
	if len(some) == 0 {
		return nil, usage("scenario %s does not show on the routes of %s", scenario.Name, known.Name).fixedBy("leave the product out: it shows on " + strings.Join(scenario.Routes, ", "))
	}
	return some, nil
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

// demonstrate walks the whole road without a person: codes are approved through the practice
// page, one message is sent, and everything that is done is told.
func (r practiceRun) demonstrate(ctx context.Context) error {
	routes, err := r.routes()
	if err != nil {
		return err
	}
	worst := exitOK
	for _, route := range routes {
		answers, err := r.answers(route)
		if err != nil {
			return err
		}
		if answers.SendTo == "" && len(answers.Mailboxes.Inbound) > 0 && answers.Mailboxes.Outbound != nil {
			answers.SendTo = answers.Mailboxes.Inbound[0].Address
		}
		if r.o.dryRun {
			if err := printPlan(r.t, r.road, answers, r.o.json); err != nil {
				return err
			}
			continue
		}
		code, err := r.walk(ctx, answers)
		if err != nil {
			return err
		}
		worst = graver(worst, code)
	}
	if worst == exitOK {
		return nil
	}
	return &silent{worst}
}

// walk goes the whole road on one route and returns the exit code it stands for.
func (r practiceRun) walk(ctx context.Context, answers steps.Answers) (int, error) {
	fmt.Fprintf(r.t.talk, "practice tenant, route %s\n", answers.Route)
	r.road.Unattended, r.road.SignInWait = true, max(r.o.wait, time.Minute)
	if plan, err := steps.NewPlan(r.road.Catalogue, answers); err == nil {
		r.tenant.Permit(permitted(plan)) // as after a set-up that granted what this route needs and no more
	}
	secret, err := r.secret(ctx, answers)
	if err != nil {
		return 0, err
	}
	start := steps.State{Answers: answers}.WithSecret(secret)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	human := printer{r.t.talk}.progress(r.road.Now)
	state, err := walk(ctx, r.road, start, func(event steps.Event) {
		human(event)
		switch event := event.(type) {
		case steps.CodeIssued:
			go r.approve(ctx, event)
		case steps.PageOpened:
			go func() {
				if kept := r.agree(ctx, event); kept != nil {
					stop(kept) // nothing will ever come back from the page
				}
			}()
		}
	})
	if kept := context.Cause(ctx); err != nil && isProblem(kept) {
		err = kept
	}
	if err == nil && state.Verified != nil {
		r.lookForMessage(ctx, state)
	}
	err = conclude(r.t, r.road, state, err, r.o.json)
	if told, ok := err.(*silent); ok {
		return told.code, nil
	}
	return exitOK, err
}

// permitted are the permissions that a plan needs, and those that its alternatives may need.
func permitted(plan steps.Plan) []string {
	var names []string
	for _, permission := range plan.Route.Permissions {
		names = append(names, permission.Name)
	}
	for _, test := range plan.Tests {
		names = append(names, test.Needs)
	}
	return names
}

// lookForMessage looks for the test message in the inbox that it was sent to.
func (r practiceRun) lookForMessage(ctx context.Context, state steps.State) {
	plan := state.Verified.Plan()
	sent := ""
	for _, result := range state.Results {
		sent += result.MessageID
	}
	for _, test := range plan.Tests {
		grant, ok := state.Grants.For(plan, test)
		if sent == "" || test.Server.Protocol != "imap" || !test.Mailbox.Address.Same(plan.SendTo) || !ok {
			continue
		}
		prober := r.road.Probe
		prober.Endpoints = plan.Endpoints
		seen := prober.Run(ctx, probe.Attempt{
			Server: test.Server, Mailbox: test.Mailbox.Address, Token: grant.Token, Find: sent,
			TokenLayer: probe.LayerResult{Layer: providers.LayerToken, Outcome: providers.Passed},
		})
		if seen.Found {
			fmt.Fprintf(r.t.talk, "  the test message was sent by %s and found in the inbox of %s\n", plan.Outbound.Address, plan.SendTo)
		} else {
			fmt.Fprintf(r.t.talk, "  the test message is not in the inbox of %s: %d messages are\n", plan.SendTo, seen.Messages)
		}
		return
	}
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

// practiceAnswers reads the tenant's answers as an answers file would be.
func practiceAnswers(given practice.Answers) steps.Answers {
	answers := steps.Answers{
		Product: given.Product, Route: given.Route, Name: given.Name, Tenant: given.Tenant,
		ClientID: given.ClientID, ObjectID: given.ObjectID, SecretEnds: given.SecretEnds, Values: given.Values,
		Endpoints: steps.EndpointAnswers{
			Authority: given.Endpoints.Authority, Graph: given.Endpoints.Graph, IMAP: given.Endpoints.IMAP, SMTP: given.Endpoints.SMTP,
			POP3: given.Endpoints.POP3, EWS: given.Endpoints.EWS, CAFile: given.Endpoints.CAFile,
		},
	}
	if given.Mailboxes.Outbound.Address != "" {
		answers = answers.With(steps.KeyOutbound, given.Mailboxes.Outbound.Address)
	}
	for _, inbound := range given.Mailboxes.Inbound {
		answers.Mailboxes.Inbound = append(answers.Mailboxes.Inbound, steps.MailboxAnswer{Address: inbound.Address, Table: inbound.Table, Folder: inbound.Folder})
	}
	return answers
}
