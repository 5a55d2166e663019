package steps

import (
	"slices"
	"strconv"
	"strings"
)

// Key names one answer, as it stands in an answers file: "tenant", "mailboxes.outbound",
// "mailboxes.inbound.0.table", "values.base_kb_uri", "confirmed.smtp-auth-on", "endpoints.imap".
type Key string

// The keys that have one value.
const (
	KeyProduct    Key = "product"
	KeyRoute      Key = "route"
	KeyName       Key = "name"
	KeyTenant     Key = "tenant"
	KeyClientID   Key = "clientId"
	KeyObjectID   Key = "objectId"
	KeySecret     Key = "secret" // its value is never among the answers
	KeySecretEnds Key = "secretEnds"
	KeySendTo     Key = "sendTo"
	KeyOutbound   Key = "mailboxes.outbound"
	KeyOutboundAs Key = "mailboxes.outbound.signedInAs"

	keyCloud     Key = "cloud"
	keyStore     Key = "store"
	keyConfirmed Key = "confirmed"
	keyCAFile    Key = "endpoints.caFile"
)

// The parts of an inbound mailbox.
const (
	partAddress    = ""
	partSignedInAs = ".signedInAs"
	partTable      = ".table"
	partFolder     = ".folder"
)

// Yes is the value of a ticked line.
const Yes = "yes"

func inboundKey(index int, part string) Key {
	return Key("mailboxes.inbound." + strconv.Itoa(index) + part)
}

func valueKey(id string) Key { return Key("values." + id) }

// Get returns the answer under a key, empty when there is none.
func (a Answers) Get(key Key) string {
	if field := a.field(key); field != nil {
		return *field
	}
	group, rest, _ := strings.Cut(string(key), ".")
	switch {
	case group == "values":
		return a.Values[rest]
	case group == "confirmed" && slices.Contains(a.Confirmed, rest):
		return Yes
	}
	if mailbox, part := a.mailbox(key); mailbox != nil {
		if field := mailbox.field(part); field != nil {
			return *field
		}
	}
	return ""
}

// With returns the answers with one changed; the receiver stays as it was. A mailbox whose
// address is emptied is taken out, and the number after the last inbound one's adds one. A key
// that names no answer changes nothing.
func (a Answers) With(key Key, value string) Answers {
	a = a.clone()
	if field := a.field(key); field != nil {
		*field = value
		return a
	}
	group, rest, _ := strings.Cut(string(key), ".")
	switch group {
	case "values":
		a.setValue(rest, value)
	case "confirmed":
		a.Confirmed = slices.DeleteFunc(a.Confirmed, func(id string) bool { return id == rest })
		if value == Yes {
			a.Confirmed = append(a.Confirmed, rest)
		}
	case "mailboxes":
		a.setMailbox(key, value)
	}
	return a
}

func (a *Answers) setValue(id, value string) {
	if value == "" {
		delete(a.Values, id)
		return
	}
	if a.Values == nil {
		a.Values = map[string]string{}
	}
	a.Values[id] = value
}

func (a *Answers) setMailbox(key Key, value string) {
	mailbox, part := a.mailbox(key)
	if mailbox == nil && value != "" && new(MailboxAnswer).field(part) != nil {
		mailbox = a.addMailbox(key)
	}
	if mailbox == nil {
		return
	}
	if part == "" && value == "" {
		a.removeMailbox(key)
	} else if field := mailbox.field(part); field != nil {
		*field = value
	}
}

// addMailbox makes room for the mailbox that a key names, if it is the next one.
func (a *Answers) addMailbox(key Key) *MailboxAnswer {
	switch index, _, ok := key.mailbox(); {
	case ok && index == outboundIndex:
		a.Mailboxes.Outbound = &MailboxAnswer{}
		return a.Mailboxes.Outbound
	case ok && index == len(a.Mailboxes.Inbound):
		a.Mailboxes.Inbound = append(a.Mailboxes.Inbound, MailboxAnswer{})
		return &a.Mailboxes.Inbound[index]
	}
	return nil
}

func (a *Answers) removeMailbox(key Key) {
	if index, _, _ := key.mailbox(); index != outboundIndex {
		a.Mailboxes.Inbound = slices.Delete(a.Mailboxes.Inbound, index, index+1)
		return
	}
	a.Mailboxes.Outbound = nil
}

// field finds the text behind a key that has one value.
func (a *Answers) field(key Key) *string {
	switch key {
	case KeyProduct:
		return &a.Product
	case KeyRoute:
		return &a.Route
	case KeyName:
		return &a.Name
	case keyCloud:
		return &a.Cloud
	case KeyTenant:
		return &a.Tenant
	case KeyClientID:
		return &a.ClientID
	case KeyObjectID:
		return &a.ObjectID
	case KeySecretEnds:
		return &a.SecretEnds
	case KeySendTo:
		return &a.SendTo
	case keyStore:
		return &a.Store
	}
	if name, ok := strings.CutPrefix(string(key), "endpoints."); ok {
		return a.Endpoints.field(name)
	}
	return nil
}

func (e *EndpointAnswers) field(name string) *string {
	switch name {
	case "authority":
		return &e.Authority
	case "graph":
		return &e.Graph
	case "imap":
		return &e.IMAP
	case "smtp":
		return &e.SMTP
	case "pop3":
		return &e.POP3
	case "ews":
		return &e.EWS
	case "caFile":
		return &e.CAFile
	}
	return nil
}

func (m *MailboxAnswer) field(part string) *string {
	switch part {
	case "":
		return &m.Address
	case "signedInAs":
		return &m.SignedInAs
	case "table":
		return &m.Table
	case "folder":
		return &m.Folder
	}
	return nil
}

// outboundIndex stands for the outbound mailbox among the numbers of the inbound ones.
const outboundIndex = -1

// mailbox finds the mailbox that a key names, nil when there is none yet, and the part of it.
func (a *Answers) mailbox(key Key) (*MailboxAnswer, string) {
	index, part, ok := key.mailbox()
	switch {
	case !ok:
		return nil, ""
	case index == outboundIndex:
		return a.Mailboxes.Outbound, part
	case index < len(a.Mailboxes.Inbound):
		return &a.Mailboxes.Inbound[index], part
	}
	return nil, part
}

// mailbox reads "mailboxes.outbound.signedInAs" or "mailboxes.inbound.0.table".
func (k Key) mailbox() (index int, part string, ok bool) {
	if rest, found := strings.CutPrefix(string(k), string(KeyOutbound)); found {
		part, nested := strings.CutPrefix(rest, ".")
		return outboundIndex, part, nested || rest == ""
	}
	rest, found := strings.CutPrefix(string(k), "mailboxes.inbound.")
	if !found {
		return 0, "", false
	}
	number, part, _ := strings.Cut(rest, ".")
	index, err := strconv.Atoi(number)
	return index, part, err == nil && index >= 0
}
