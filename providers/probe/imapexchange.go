package probe

import (
	"errors"

	"github.com/mailgrant/mailgrant/providers"
)

var errChallenges = errors.New("the server asks again and again instead of answering")

// imapExchange is the library's view of XOAUTH2.
type imapExchange struct {
	sign      xoauth2
	keep      func(string) string
	challenge *providers.Challenge
}

// Start begins the exchange; the library sends the response with the command where the server
// allows it (SASL-IR, RFC 4959).
func (x *imapExchange) Start() (string, []byte, error) {
	return mechanism, x.sign.response(), nil
}

// Next answers a challenge. The only one of XOAUTH2 says why the token will be refused; the
// refusal itself comes after an empty answer.
func (x *imapExchange) Next(challenge []byte) ([]byte, error) {
	if x.challenge != nil {
		return nil, errChallenges
	}
	x.challenge = readChallenge(challenge, x.keep)
	return []byte{}, nil
}
