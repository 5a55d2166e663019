package steps

import (
	"slices"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

// tests lists what proves the plan, outbound first.
func (b *planner) tests() {
	for _, mailbox := range b.plan.Mailboxes() {
		test := Test{Mailbox: mailbox, Scope: b.plan.Route.TestScopes[mailbox.Direction]}
		if mailbox.Direction == product.Outbound {
			test.Server, test.Recipient = b.plan.Endpoints.SMTP, b.plan.SendTo
		} else {
			test.Server = b.plan.Endpoints.IMAP
		}
		test.Needs = permissionNeeded(b.plan.AppOnly(), test.Server.Protocol)
		b.plan.Tests = append(b.plan.Tests, test)
		if !b.plan.AppOnly() {
			b.signIn(test)
		}
	}
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

// permissionNeeded is the permission that Exchange Online wants for a protocol
// (https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth).
func permissionNeeded(appOnly bool, protocol string) string {
	switch {
	case appOnly && protocol == "imap":
		return "IMAP.AccessAsApp"
	case appOnly:
		return "SMTP.SendAsApp"
	case protocol == "imap":
		return "IMAP.AccessAsUser.All"
	}
	return "SMTP.Send"
}
