// Package diagnosis turns what went wrong into layer, cause, owner and fixes. It is data and
// pure functions: it never touches the network, a file or the clock.
package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// Cause is the stable name of a reason, as other programs rely on it.
type Cause string

// Owner is who usually mends a cause.
type Owner string

// The owners.
const (
	You            Owner = "you"
	MailboxUser    Owner = "mailbox-user"
	EntraAdmin     Owner = "entra-admin"
	ExchangeAdmin  Owner = "exchange-admin"
	ProductAdmin   Owner = "product-admin"
	WorkspaceAdmin Owner = "workspace-admin"
	NetworkAdmin   Owner = "network-admin"
	Vendor         Owner = "vendor"
	Microsoft      Owner = "microsoft"
	Google         Owner = "google"
)

// Certainty is how far the evidence carries.
type Certainty string

// The certainties, surest first.
const (
	Certain  Certainty = "certain"
	Likely   Certainty = "likely"
	Possible Certainty = "possible"
)

// Diagnosis is one reason and what to do about it.
type Diagnosis struct {
	Cause     Cause // empty when nothing is recognised
	Certainty Certainty
	Layer     providers.Layer
	Owner     Owner
	Summary   string // one sentence, lower case, the thing first, with the connection's real values
	// Decides says, where the evidence cannot tell this cause from the next, which check does.
	Decides string
	Fixes   []Fix
}

// Fix is one way to mend a cause.
type Fix struct {
	Text    string // what to do, one sentence
	Command string // one line to run, with real values; may be empty
	URL     string // the portal page; may be empty
}
