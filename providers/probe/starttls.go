package probe

import (
	"errors"

	"github.com/mailgrant/mailgrant/providers"
)

var (
	errNoStartTLS = errors.New("the server does not offer STARTTLS, or something on the way removed it")
	// What comes between the answer to STARTTLS and the handshake would be taken for the secured
	// server's words (CVE-2021-33515 and others of its kind).
	errInjected = errors.New("text follows the answer to STARTTLS in the clear: something on the way may have added it")
)

// refused wraps a server's refusal where its stage is not clear from the command.
func (w *wire) refused(stage providers.Stage, reply *providers.Reply) error {
	return &providers.StageError{Stage: stage, Host: w.host, Err: reply}
}
