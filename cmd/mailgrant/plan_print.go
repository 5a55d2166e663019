package main

import (
	"strings"

	"github.com/mailgrant/mailgrant/steps"
)

// plan prints what a setup would do, without doing it.
func (p printer) plan(plan steps.Plan) {
	p.line("%s: %s, %s", plan.Name, plan.Product.Name, plan.Route.Title)
	p.line("  tenant %s, client ID %s, sign-in at %s", plan.Tenant, plan.ClientID, plan.Endpoints.Authority)
	for i, signIn := range plan.SignIns {
		p.line("  sign-in %d of %d: %s for %s", i+1, len(plan.SignIns), signIn.Account, strings.Join(signIn.Scopes, " "))
	}
	for _, test := range plan.Tests {
		sends := ""
		if test.Recipient != "" {
			sends = ", sends one message to " + string(test.Recipient)
		}
		p.line("  test %s over %s at %s, needs %s%s", test.Mailbox.Address, test.Server.Protocol, test.Server, test.Needs, sends)
	}
	p.line("  permissions:")
	for _, permission := range plan.Route.PermissionsFor(plan.Outbound != nil, len(plan.Inbound) > 0) {
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
	p.line("nothing was sent over the network and nothing was written")
}

// printPlan shows what a setup would do.
func printPlan(t *terminal, road *steps.Road, answers steps.Answers, asJSON bool) error {
	plan, err := steps.NewPlan(road.Catalogue, answers)
	if err != nil {
		return err
	}
	if asJSON {
		printJSON(t.out, checkJSONOf(steps.State{Answers: answers}.Report(road, nil)))
		return nil
	}
	printer{t.out}.plan(plan)
	return nil
}
