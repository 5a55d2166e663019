package loopback

import (
	"crypto/subtle"
	"errors"
	"net/url"
	"strings"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers/oauth"
)

// What an answer can be besides the one that is waited for.
var (
	errForeign = errors.New("it belongs to another sign-in")
	errNoCode  = errors.New("it holds no code")
	errTwice   = errors.New("this sign-in has been answered already")
)

// take settles the sign-in by an authorization response (RFC 6749 section 4.1.2), wherever it
// comes from: a code, or a refusal as *providers.AuthorityError, which it returns as well. What
// is no answer to this sign-in changes nothing and gives another error. None shows a code.
func (l *Listener) take(answer url.Values) error {
	for _, member := range []string{"state", "code", "error"} {
		if len(answer[member]) > 1 { // RFC 6749 section 3.1 allows each once; which is meant, nobody knows
			return errForeign
		}
	}
	if subtle.ConstantTimeCompare([]byte(answer.Get("state")), []byte(l.state)) != 1 {
		return errForeign
	}
	if refused := oauth.Redirected(answer); refused != nil {
		if !l.settle(keychain.Secret{}, refused) {
			return errTwice
		}
		return refused
	}
	code := answer.Get("code")
	if code == "" || strings.ContainsFunc(code, func(r rune) bool { return r < 0x20 || r > 0x7e }) { // RFC 6749 appendix A.11
		return errNoCode
	}
	if !l.settle(keychain.NewSecret(code), nil) {
		return errTwice
	}
	return nil
}
