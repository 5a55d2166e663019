package steps

import (
	"cmp"
	"maps"
	"slices"

	"github.com/mailgrant/mailgrant/providers"
)

// Answers are what a person, an answers file or a saved connection says, as texts that nobody
// has checked yet. No secret is among them. A Plan is made of them once they make sense.
type Answers struct {
	Product    string            `yaml:"product"`
	Route      string            `yaml:"route,omitempty"`
	Name       string            `yaml:"name,omitempty"`
	Cloud      string            `yaml:"cloud,omitempty"`
	Tenant     string            `yaml:"tenant,omitempty"`
	ClientID   string            `yaml:"clientId,omitempty"`
	ObjectID   string            `yaml:"objectId,omitempty"`
	SecretEnds string            `yaml:"secretEnds,omitempty"`
	Mailboxes  MailboxAnswers    `yaml:"mailboxes,omitempty"`
	Values     map[string]string `yaml:"values,omitempty"`
	SendTo     string            `yaml:"sendTo,omitempty"`
	Confirmed  []string          `yaml:"confirmed,omitempty"`
	Store      string            `yaml:"store,omitempty"`
	Endpoints  EndpointAnswers   `yaml:"endpoints,omitempty"`

	draft string // revision of the draft that they were read from
}

// MailboxAnswers are the mailboxes to connect.
type MailboxAnswers struct {
	Outbound *MailboxAnswer  `yaml:"outbound,omitempty"`
	Inbound  []MailboxAnswer `yaml:"inbound,omitempty"`
}

// MailboxAnswer is one mailbox. In a file a plain text is short for its address.
type MailboxAnswer struct {
	Address    string `yaml:"address" need:"yes" short:"yes"`
	SignedInAs string `yaml:"signedInAs,omitempty"` // the account that signs in, where it is another one
	Table      string `yaml:"table,omitempty"`      // the product's table that the mail goes to
	Folder     string `yaml:"folder,omitempty"`     // empty means INBOX
}

// EndpointAnswers are servers other than the provider's own.
type EndpointAnswers struct {
	Authority string `yaml:"authority,omitempty"`
	Graph     string `yaml:"graph,omitempty"`
	IMAP      string `yaml:"imap,omitempty"`
	SMTP      string `yaml:"smtp,omitempty"`
	POP3      string `yaml:"pop3,omitempty"`
	EWS       string `yaml:"ews,omitempty"`
	CAFile    string `yaml:"caFile,omitempty"` // relative to the file it stands in
}

// organisation is whom the connection belongs to: the tenant, or where none is asked for the
// domain of the first mailbox.
func (a Answers) organisation() string {
	if a.Tenant != "" {
		return a.Tenant
	}
	boxes := a.Mailboxes.Inbound
	if a.Mailboxes.Outbound != nil {
		boxes = append([]MailboxAnswer{*a.Mailboxes.Outbound}, boxes...)
	}
	if len(boxes) == 0 {
		return ""
	}
	return providers.Address(boxes[0].Address).Domain()
}

// signingInAs puts another account in the place of one, for every mailbox that it signs in for.
func (a Answers) signingInAs(old, account providers.Address) Answers {
	a = a.clone()
	replace := func(mailbox *MailboxAnswer) {
		if old.Same(providers.Address(cmp.Or(mailbox.SignedInAs, mailbox.Address))) {
			mailbox.SignedInAs = string(account)
		}
	}
	if a.Mailboxes.Outbound != nil {
		replace(a.Mailboxes.Outbound)
	}
	for i := range a.Mailboxes.Inbound {
		replace(&a.Mailboxes.Inbound[i])
	}
	return a
}

func (a Answers) clone() Answers {
	a.Values = maps.Clone(a.Values)
	a.Confirmed = slices.Clone(a.Confirmed)
	a.Mailboxes.Inbound = slices.Clone(a.Mailboxes.Inbound)
	if a.Mailboxes.Outbound != nil {
		outbound := *a.Mailboxes.Outbound
		a.Mailboxes.Outbound = &outbound
	}
	return a
}
