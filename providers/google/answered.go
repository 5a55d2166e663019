package google

import (
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/oauth"
)

// answered is a success of the token endpoint.
type answered struct {
	token oauth.Token
	took  time.Duration
}

// grant is what the rest of the program sees of the token.
func (a answered) grant(now time.Time, request providers.CodeRequest) providers.Grant {
	grant := a.token.Grant(now, a.took)
	if len(grant.Scopes) == 0 { // RFC 6749 section 5.1: left out where it is what was asked for
		grant.Scopes = naming(request.Scopes)
	}
	grant.Claims = providers.Claims{
		Audience: string(request.ClientID),
		ClientID: string(request.ClientID),
		Scopes:   grant.Scopes,
		Expires:  grant.Expires,
		Readable: true,
	}
	person, err := providers.ReadClaims(a.token.ID.Reveal())
	if err == nil && person.Audience == string(request.ClientID) { // or it speaks of somebody else's sign-in
		grant.Claims.User, grant.Claims.Email = person.Email, person.Email
	}
	return grant
}
