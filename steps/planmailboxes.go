package steps

import (
	"fmt"
	"slices"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

func (b *planner) mailboxes() {
	if outbound := b.answers.Mailboxes.Outbound; outbound != nil {
		mailbox := b.mailbox(KeyOutbound, product.Outbound, *outbound)
		b.plan.Outbound = &mailbox
		b.direction(KeyOutbound, product.Outbound, 1)
	}
	if n := len(b.answers.Mailboxes.Inbound); n > 0 {
		b.direction(inboundKey(n-1, partAddress), product.Inbound, n)
	}
	for i, inbound := range b.answers.Mailboxes.Inbound {
		key := inboundKey(i, partAddress)
		mailbox := b.mailbox(key, product.Inbound, inbound)
		same := func(other Mailbox) bool { return other.Address.Same(mailbox.Address) }
		if mailbox.Address != "" && slices.ContainsFunc(b.plan.Inbound, same) {
			b.refuse(key, fmt.Sprintf("inbound address %s is given twice", mailbox.Address), "give each table a mailbox of its own")
		}
		b.plan.Inbound = append(b.plan.Inbound, mailbox)
	}
	if b.plan.Outbound == nil && len(b.plan.Inbound) == 0 {
		b.wrong = append(b.wrong, missing(KeyOutbound, "mailbox", "name the outbound mailbox, at least one inbound mailbox, or both"))
	}
	if b.answers.SendTo != "" {
		to, err := providers.ParseAddress(b.answers.SendTo)
		b.check(KeySendTo, err)
		if b.plan.Outbound == nil {
			b.refuse(KeySendTo, "a test message needs an outbound mailbox", "name one, or leave sendTo out")
		}
		b.plan.SendTo = to
	}
}

// direction refuses mailboxes that the route has no use for.
func (b *planner) direction(key Key, direction product.Direction, count int) {
	switch many, used := b.plan.Route.Directions[direction]; {
	case !used:
		b.refuse(key, fmt.Sprintf("%s mailboxes are not connected on route %s", direction, b.plan.Route.ID), "leave them out or choose another route")
	case many == "single" && count > 1:
		b.refuse(key, fmt.Sprintf("route %s connects one %s mailbox, not %d", b.plan.Route.ID, direction, count), "keep one of them")
	}
}

// mailbox reads one mailbox. Where the product signs in as itself nobody else signs in for it;
// an account that was named for another route waits there until that is chosen again.
func (b *planner) mailbox(key Key, direction product.Direction, answer MailboxAnswer) Mailbox {
	mailbox := Mailbox{Direction: direction, Table: answer.Table, Folder: answer.Folder}
	address, err := providers.ParseAddress(answer.Address)
	b.check(key, err)
	mailbox.Address, mailbox.SignIn = address, address
	if answer.SignedInAs != "" {
		account, err := providers.ParseAddress(answer.SignedInAs)
		b.check(key+partSignedInAs, err)
		if b.plan.Delegated() {
			mailbox.SignIn = account
		}
	}
	for _, of := range []struct{ id, part, text string }{{"table", partTable, answer.Table}, {"folder", partFolder, answer.Folder}} {
		b.check(key+Key(of.part), checkPlain(of.id, of.text))
		value, known := ValueOf(b.plan.Product, b.plan.Route, of.id)
		if known && direction == product.Inbound && takes(b.plan.Route, of.id) && !value.Optional && value.Default == "" && of.text == "" {
			b.wrong = append(b.wrong, missing(key+Key(of.part), value.Label, value.Hint))
		}
	}
	return mailbox
}
