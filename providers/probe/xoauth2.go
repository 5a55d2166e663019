package probe

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

// mechanism is the SASL mechanism that Microsoft and Google take access tokens by.
const mechanism = "XOAUTH2"

// xoauth2 is what one sign-in says. Its form is the same at both providers
// (https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth,
// https://developers.google.com/workspace/gmail/imap/xoauth2-protocol).
type xoauth2 struct {
	mailbox providers.Address
	token   keychain.Secret
}

// response is the SASL initial response, bare.
func (x xoauth2) response() []byte {
	return []byte("user=" + string(x.mailbox) + "\x01auth=Bearer " + x.token.Reveal() + "\x01\x01")
}

// encoded is the response as it goes over the wire.
func (x xoauth2) encoded() string { return base64.StdEncoding.EncodeToString(x.response()) }

// decodeBase64 accepts what servers send: with padding, without it, with blanks around it.
func decodeBase64(text string) ([]byte, error) {
	return base64.RawStdEncoding.DecodeString(strings.TrimRight(strings.TrimSpace(text), "="))
}

// decodeChallenge reads a challenge as it came over the wire.
func decodeChallenge(encoded string, keep func(string) string) *providers.Challenge {
	raw, err := decodeBase64(encoded)
	if err != nil {
		raw = []byte(encoded)
	}
	return readChallenge(raw, keep)
}

// readChallenge reads what a server says before it refuses a token: JSON at Gmail and Dovecot,
// perhaps something else elsewhere. Every text goes through keep.
func readChallenge(raw []byte, keep func(string) string) *providers.Challenge {
	var said struct {
		Status  json.RawMessage `json:"status"`
		Schemes string          `json:"schemes"`
		Scope   string          `json:"scope"`
	}
	if err := json.Unmarshal(raw, &said); err != nil || said.Status == nil {
		return &providers.Challenge{Raw: keep(string(raw))}
	}
	status := string(said.Status)
	var text string
	if json.Unmarshal(said.Status, &text) == nil {
		status = text
	}
	return &providers.Challenge{Status: keep(status), Schemes: keep(said.Schemes), Scope: keep(said.Scope)}
}
