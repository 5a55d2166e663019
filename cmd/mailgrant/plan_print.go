package main

import (
	"strings"

	"github.com/mailgrant/mailgrant/steps"
)

// plan prints what a setup would do, without doing it.
func (p printer) plan(plan steps.Plan) {
	p.line("%s: %s, %s", plan.Name, plan.Product.Name, plan.Route.Title)
	if plan.Tenant != "" {
		p.line("  tenant %s", plan.Tenant)
	}
	if plan.ClientID != "" {
		p.line("  client ID %s, sign-in at %s", plan.ClientID, plan.Endpoints.Authority)
	}
	p.proof(plan)
	for i, signIn := range plan.SignIns {
		p.line("  sign-in %d of %d: %s for %s", i+1, len(plan.SignIns), signIn.Account, strings.Join(signIn.Scopes, " "))
	}
	for _, test := range plan.Tests {
		sends := ""
		if test.Recipient != "" {
			sends = ", sends one message to " + string(test.Recipient)
		}
		needs := "needs " + test.Needs
		if test.Needs == "" {
			needs = "by a role in Exchange"
		}
		p.line("  test %s over %s at %s, %s%s", test.Mailbox.Address, test.Server.Protocol, test.Server, needs, sends)
	}
	p.line("  permissions:")
	for _, permission := range plan.Permissions() {
		p.line("    %-26s %-12s %-6s %s", permission.Name, permission.Type, permission.Resource, strings.ReplaceAll(string(permission.Need), "_", " "))
	}
	if commands := plan.ExchangeCommands(plan.ObjectID); len(commands) > 0 {
		p.line("  Exchange Online PowerShell:")
		for _, command := range commands {
			for _, run := range command.Run {
				p.line("    %s", run)
			}
		}
	}
	p.unpublished(plan)
	p.line("nothing was sent over the network and nothing was written")
}

// unpublished prints what the vendor keeps to itself, so that nobody takes the rest for everything.
func (p printer) unpublished(plan steps.Plan) {
	for _, unknown := range plan.Unpublished() {
		p.line("  not published: %s", unknown.Ask)
	}
}

// proof prints how a sign-in is proved that the product itself finishes.
func (p printer) proof(plan steps.Plan) {
	proof := plan.Proof()
	if proof == nil {
		return
	}
	p.line("  proved by: %s", proof.Title)
	if proof.Change != nil {
		p.line("    change for now: %s: %s", proof.Change.Screen, proof.Change.Text)
	}
	if proof.Undo != nil {
		p.line("    undo after: %s: %s", proof.Undo.Screen, proof.Undo.Text)
	}
	if plan.Way() == steps.ByProduct {
		for _, test := range plan.ProductTests() {
			p.line("    confirm %s: %s", test.ID, test.Expect)
		}
	}
}

// printPlan shows what a setup would do.
func printPlan(t *terminal, road *steps.Road, answers steps.Answers, asJSON bool) error {
	plan, err := steps.NewPlan(road.Catalogue, answers)
	if err != nil {
		return err
	}
	if err := road.Stopped(plan.Product, plan.Route); err != nil {
		return err
	}
	if asJSON {
		printJSON(t.out, checkJSONOf(steps.State{Answers: answers}.Report(road, nil)))
		return nil
	}
	printer{t.out}.plan(plan)
	return nil
}
