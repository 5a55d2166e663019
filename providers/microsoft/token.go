package microsoft

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

// token is a success of the token endpoint: RFC 6749 section 5.1.
type token struct {
	access  keychain.Secret
	id      keychain.Secret // OpenID Connect's id_token, when there is one
	scopes  []string
	expires time.Duration // from now; 0 when the answer does not say
}

// readToken reads a success. Its errors show nothing of the answer, which may hold a token.
func readToken(text []byte) (token, error) {
	body := members(text)
	access := body.text("access_token")
	switch {
	case body == nil:
		return token{}, errors.New("its answer is no JSON object (cut, or a page of a proxy)")
	case access == "":
		return token{}, errors.New("its answer says success and holds no access token")
	case strings.ContainsFunc(access, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r > unicode.MaxASCII }):
		return token{}, errors.New("its access token has characters that no token may have (RFC 6750 section 2.1)")
	}
	read := token{access: keychain.NewSecret(access), id: keychain.NewSecret(body.text("id_token"))}
	for _, scope := range strings.Fields(body.text("scope")) {
		read.scopes = append(read.scopes, providers.Clean(scope))
	}
	if seconds, err := strconv.ParseFloat(body.text("expires_in"), 64); err == nil && seconds > 0 {
		read.expires = time.Duration(min(seconds, 10*365*86_400)) * time.Second
	}
	return read, nil
}

// forMSAL is the answer without what MSAL stumbles over. It treats fewer scopes than were asked
// for as an error although a token was given; without "scope" all count as granted, and the
// Grant still says what was really granted. It refuses an answer without "expires_in", which
// RFC 6749 only recommends, and one whose id_token it cannot read.
func (t token) forMSAL(text []byte) []byte {
	body := members(text)
	delete(body, "scope")
	if t.expires == 0 {
		delete(body, "expires_on")
		body["expires_in"] = json.RawMessage("0")
	}
	if _, err := providers.ReadClaims(t.id.Reveal()); err != nil {
		delete(body, "id_token")
	}
	rewritten, err := json.Marshal(body)
	if err != nil { // cannot be: every member was read from JSON
		return text
	}
	return rewritten
}

// grant is what the rest of the program sees of the token.
func (t token) grant(now time.Time, took time.Duration) providers.Grant {
	// A token that is no JWT gives claims that say so.
	claims, _ := providers.ReadClaims(t.access.Reveal())
	if claims.User == "" && !t.id.IsZero() {
		if person, err := providers.ReadClaims(t.id.Reveal()); err == nil {
			claims.User = person.User
		}
	}
	grant := providers.Grant{Token: t.access, Claims: claims, Scopes: t.scopes, Expires: claims.Expires, Took: took}
	if t.expires > 0 {
		grant.Expires = now.Add(t.expires)
	}
	return grant
}
