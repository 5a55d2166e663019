package steps

import (
	"slices"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

// tests lists what proves the plan, outbound first.
func (b *planner) tests() {
	if b.plan.Way() == ByProduct {
		return
	}
	for _, mailbox := range b.plan.Mailboxes() {
		test := b.plan.test(mailbox, mailbox.Direction)
		if mailbox.Direction == product.Outbound {
			test.Recipient = b.plan.SendTo
		}
		b.plan.Tests = append(b.plan.Tests, test)
		if b.plan.Delegated() {
			b.signIn(test)
		}
	}
}

// test is how a mailbox is tested over the protocol that the route uses in a direction. Without
// such a protocol its server is zero.
func (p Plan) test(mailbox Mailbox, direction product.Direction) Test {
	test := Test{Mailbox: mailbox, Scope: p.Route.TestScopes[direction] + p.shared(mailbox)}
	if server, ok := p.Route.Server(direction); ok {
		test.Server = p.Endpoints.For(server.Protocol)
	}
	if test.Needs = p.permissionNeeded(direction); test.Needs != "" {
		test.Needs += p.shared(mailbox)
	}
	return test
}

// shared is what Graph's delegated mail permissions end in where the mailbox belongs to another
// account than the one that signs in
// (https://learn.microsoft.com/graph/outlook-share-messages-folders).
func (p Plan) shared(mailbox Mailbox) string {
	if p.Delegated() && p.resource() == "graph" && !mailbox.SignIn.Same(mailbox.Address) {
		return ".Shared"
	}
	return ""
}

// signIn adds a test to the sign-in of its account, so that each person signs in once.
func (b *planner) signIn(test Test) {
	for i := range b.plan.SignIns {
		one := &b.plan.SignIns[i]
		if !one.Account.Same(test.Mailbox.SignIn) {
			continue
		}
		if !slices.Contains(one.Scopes, test.Scope) {
			one.Scopes = append(one.Scopes, test.Scope)
		}
		if !slices.ContainsFunc(one.For, test.Mailbox.Address.Same) {
			one.For = append(one.For, test.Mailbox.Address)
		}
		return
	}
	b.plan.SignIns = append(b.plan.SignIns, SignIn{
		Account: test.Mailbox.SignIn,
		Scopes:  []string{test.Scope},
		For:     []providers.Address{test.Mailbox.Address},
	})
}

// permissionNeeded is what a token must show for the protocol of a direction: the scope that it is
// asked for, by its short name where it has one, or of a product that signs in as itself the first
// application permission that the route requires.
func (p Plan) permissionNeeded(direction product.Direction) string {
	if p.AppOnly() {
		for _, permission := range p.Route.PermissionsChosen(direction == product.Outbound, direction == product.Inbound, p.choices()) {
			if permission.Type == "application" && permission.Must() {
				return permission.Name
			}
		}
		return ""
	}
	scope := p.Route.TestScopes[direction]
	if p.Route.Provider == google {
		return scope
	}
	_, name := scopeParts(scope)
	return name
}
