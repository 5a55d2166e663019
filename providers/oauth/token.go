package oauth

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

// Token is a success of the token endpoint: RFC 6749 section 5.1.
type Token struct {
	Access keychain.Secret
	ID     keychain.Secret // OpenID Connect's id_token, when there is one
	Scopes []string
	Life   time.Duration // 0 when the answer does not say
}

// ReadToken reads a success. Its errors show nothing of the answer, which may hold a token.
func ReadToken(text []byte) (Token, error) {
	body := Members(text)
	access := body.Text("access_token")
	switch {
	case body == nil:
		return Token{}, errors.New("its answer is no JSON object (cut, or a page of a proxy)")
	case access == "":
		return Token{}, errors.New("its answer says success and holds no access token")
	case strings.ContainsFunc(access, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r > unicode.MaxASCII }):
		return Token{}, errors.New("its access token has characters that no token may have (RFC 6750 section 2.1)")
	}
	read := Token{Access: keychain.NewSecret(access), ID: keychain.NewSecret(body.Text("id_token"))}
	for _, scope := range strings.Fields(body.Text("scope")) {
		read.Scopes = append(read.Scopes, providers.Clean(scope))
	}
	if seconds, err := strconv.ParseFloat(body.Text("expires_in"), 64); err == nil && seconds > 0 {
		read.Life = time.Duration(min(seconds, 10*365*86_400)) * time.Second
	}
	return read, nil
}

// Grant is what the rest of the program sees of the token. now is when it came, took how long it
// was waited for.
func (t Token) Grant(now time.Time, took time.Duration) providers.Grant {
	// A token that is no JWT gives claims that say so.
	claims, _ := providers.ReadClaims(t.Access.Reveal())
	if claims.User == "" && !t.ID.IsZero() {
		if person, err := providers.ReadClaims(t.ID.Reveal()); err == nil {
			claims.User = person.User
		}
	}
	grant := providers.Grant{Token: t.Access, Claims: claims, Scopes: t.Scopes, Expires: claims.Expires, Took: took}
	if t.Life > 0 {
		grant.Expires = now.Add(t.Life)
	}
	return grant
}
