package diagnosis

import (
	"errors"

	"github.com/mailgrant/mailgrant/providers"
)

// Symptom is one failure, typed.
type Symptom struct {
	Layer    providers.Layer // where it was seen
	Protocol string          // "token", "device-code", "imap", "smtp", "pop3", "graph", "ews", "keychain"
	Err      error           // *providers.AuthorityError, *providers.Reply, *providers.HTTPRefusal, *providers.StageError, keychain errors, …
}

// Evidence is everything else that is known about the connection when it failed. What is not
// known stays zero.
type Evidence struct {
	AppOnly  bool   // client credentials; false means a person signed in
	Tenant   string // as configured
	ClientID providers.ClientID
	ObjectID providers.ObjectID // as configured, not from the token
	Mailbox  providers.Address
	SignIn   providers.Address // delegated: the account that must sign in
	Folder   string
	Sender   providers.Address
	Host     string // server as host:port
	// Claims of the token that was used; Readable false when there is none.
	Claims providers.Claims
	// Needs is the permission that this protocol needs, e.g. "IMAP.AccessAsApp".
	Needs string
	// TokenExpired is whether the token's own end has passed.
	TokenExpired bool
	// SecretIsGUID is whether the client secret has the form of a GUID, SecretMissing whether
	// there is none, and SecretEnded whether the recorded end date has passed.
	SecretIsGUID, SecretMissing, SecretEnded bool
	// SecretIsNew is whether the secret was made moments ago, as in a rotation.
	SecretIsNew bool
	// SecretLooksWhole is whether the client secret has the shape of an Entra secret's Value, so
	// that it was hardly cut off.
	SecretLooksWhole bool
	// Observed elsewhere with the same token or the same sign-in.
	AnySASL      Observed // any mailbox got past sasl over IMAP
	OtherMailbox Observed // another mailbox passed this protocol's whole test
	OtherWay     Observed // this mailbox's sign-in over the other protocol (IMAP↔SMTP)
}

// Observed is what another test showed.
type Observed int

// What was observed, if anything.
const (
	NotObserved Observed = iota
	Accepted
	Refused
)

func asStage(err error) (*providers.StageError, bool) {
	var stage *providers.StageError
	return stage, errors.As(err, &stage) && stage != nil
}

func asWrongAccount(err error) (*providers.WrongAccount, bool) {
	var account *providers.WrongAccount
	return account, errors.As(err, &account) && account != nil
}
