package diagnosis

import (
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// mailScope is the only scope that Gmail's IMAP, POP3 and SMTP servers take
// (https://developers.google.com/workspace/gmail/imap/xoauth2-protocol).
const mailScope = "https://mail.google.com/"

// googleClientSuffix is what every client ID of Google's ends in.
const googleClientSuffix = ".apps.googleusercontent.com"

// atGoogle reports whether the connection is with Gmail and Google's sign-in service, wherever
// their servers stand in a practice run.
func (e Evidence) atGoogle() bool {
	return ofGoogle(hostOf(e.Host)) || isGoogleClient(string(e.ClientID)) || isGoogleClient(e.Claims.Audience)
}

func isGoogleClient(id string) bool {
	return strings.HasSuffix(strings.ToLower(id), googleClientSuffix)
}

// ofGmail knows Gmail by its challenge or its signature.
func ofGmail(reply *providers.Reply) bool {
	return reply.Challenge != nil && contains(reply.Challenge.Scope+reply.Challenge.Raw, "mail.google.com") ||
		contains(reply.Text, "gsmtp") || contains(reply.Text, "support.google.com")
}

// gmailRefused is about a token that Gmail did not take. It says the same of a token that has ended,
// has a narrower scope, or belongs to another account than the user name; what the sign-in showed
// tells them apart. Over SMTP it speaks of a password, and means none.
func gmailRefused(evidence Evidence) []finding {
	claims := evidence.Claims
	account := providers.Address(claims.User)
	switch {
	case evidence.TokenExpired:
		return certain(AccessTokenExpired)
	case len(claims.Scopes) > 0 && !claims.Has(mailScope):
		return certain(GoogleScopeWrong)
	case account != "" && evidence.Mailbox != "" && !account.Same(evidence.Mailbox):
		return certain(WrongUserSignedIn) // a mailbox at Gmail has one account; nobody else's token opens it
	case len(claims.Scopes) > 0 && account != "":
		return likely(GoogleMailServiceDisabled, GoogleTokenRevoked)
	}
	return likely(GoogleScopeWrong, WrongUserSignedIn, AccessTokenExpired)
}
