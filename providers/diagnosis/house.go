package diagnosis

import (
	"iter"
	"slices"
	"strings"
)

// house is whose mailboxes and whose sign-in a text speaks of.
type house int

const (
	eitherHouse house = iota // neither is named, or both are
	microsoftHouse
	googleHouse
	anotherHouse // a mail server of somebody else
)

// The names of each house, its hosts and its libraries.
var (
	microsoftWords = []string{
		"aadsts", "outlook", "office365", "office 365", "o365", "microsoft", "m365", "ms365", "hotmail", "live.com", "azure",
		"entra", "msal", "adal", "exchange", "onmicrosoft", "windows.net", "accesstokenexpired", "sendasdenied", "storedrv",
		"no login failed", "no authenticate failed", "authenticated but not connected", "smtpclientauth", "authorization_requestdenied",
		"request_resourcenotfound", "erroraccessdenied", "errornonexistentmailbox", "mailboxnotenabledforrestapi",
	}
	googleWords = []string{"gmail", "google", "oauth2client.client", "access blocked:", "error 400: ", "error 401: ", "error 403: ", "gsmtp", "gimap", "ya29.", "gaxios"}
)

// house knows a text that names one of the two only. Whoever writes to an address at Gmail from an
// office of Microsoft's names both, and proves nothing.
func (t pastedText) house() house {
	microsoft, google := len(t.numbers) > 0 || t.hasAny(microsoftWords), t.hasAny(googleWords)
	switch {
	case microsoft && !google:
		return microsoftHouse
	case google && !microsoft:
		return googleHouse
	case !microsoft && !google && t.namesAnotherServer():
		return anotherHouse
	}
	return eitherHouse
}

// endings are those of addresses of servers, as against packages and files of programs.
var endings = []string{"com", "net", "org", "de", "fr", "it", "es", "nl", "pl", "br", "uk", "ch", "at", "ru", "cn", "jp", "eu", "edu"}

// namesAnotherServer finds an address such as imap.provider.net. Where documents keep a place for a
// name, nobody is named.
func (t pastedText) namesAnotherServer() bool {
	for address := range t.addresses() {
		labels := strings.Split(address, ".")
		if len(labels) < 3 || slices.Contains(labels, "example") || !slices.Contains(endings, labels[len(labels)-1]) {
			continue
		}
		switch strings.TrimRight(labels[0], "0123456789") {
		case "imap", "smtp", "pop", "mail", "mx":
			return true
		}
	}
	return false
}

// addresses are the runs of letters, digits, dots and hyphens.
func (t pastedText) addresses() iter.Seq[string] {
	return strings.FieldsFuncSeq(t.lower, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '.' && r != '-'
	})
}

// twins are one cause with a name in each house. A cause that only one of them can have stands alone.
var twins = []struct{ microsoft, google Cause }{
	{ScopeMissing, GoogleScopeWrong},
	{RefreshTokenExpired, GoogleTokenRevoked},
	{TokenRevokedPasswordChange, GoogleTokenRevoked},
	{RefreshTokenExpired, GoogleTestingTokenExpired},
	{BasicAuthBlocked, GoogleAppPasswordNeeded},
	{RedirectURIMismatch, GoogleRedirectURIMismatch},
	{GraphPermissionMissing, GoogleScopeInsufficient},
	{MailboxNotFoundOrUnlicensed, GoogleMailServiceDisabled},
	{microsoft: ServicePrincipalMissing},
	{microsoft: ServicePrincipalObjectIDWrong},
	{microsoft: SMTPSendAsAppMissing},
	{microsoft: SMTPAuthDisabledTenant},
	{microsoft: SMTPAuthDisabledMailbox},
	{microsoft: ScopeNeedsDefault},
	{microsoft: TokenAudienceWrong},
	{microsoft: MailboxPermissionMissing},
	{microsoft: MailboxOnPremises},
	{microsoft: PublicClientFlowDisabled},
	{microsoft: SecretIDInsteadOfValue},
	{microsoft: ApplicationAccessPolicy},
	{microsoft: EWSPermissionMissing},
	{microsoft: EWSAllowlistBlocked},
	{microsoft: GraphUserInvalid},
	{google: GoogleNotTestUser},
	{google: GoogleDWDMissing},
	{google: GoogleAPIDisabled},
}

// asNamed gives a cause the name that it has in the house: a program that serves both says the same
// of either. It is empty for a cause that the house cannot have.
func (h house) asNamed(cause Cause) Cause {
	if h == anotherHouse {
		return namedElsewhere(cause)
	}
	foreign := false
	for _, twin := range twins {
		here, there := twin.microsoft, twin.google
		if h == googleHouse {
			here, there = there, here
		}
		if cause == here {
			return cause
		}
		if cause == there {
			if here != "" {
				return here
			}
			foreign = true
		}
	}
	if foreign {
		return ""
	}
	return cause
}

// namedElsewhere is the name of a cause at a provider of whom nothing is known: the one without a
// house in it, and empty for what only one house has. Passwords are not switched off everywhere.
func namedElsewhere(cause Cause) Cause {
	switch cause {
	case BasicAuthBlocked, GoogleAppPasswordNeeded:
		return WrongCredentials
	}
	named := cause
	for _, twin := range twins {
		switch cause {
		case twin.microsoft, twin.google:
			if twin.microsoft != "" && twin.google != "" {
				return twin.microsoft
			}
			named = ""
		}
	}
	return named
}

// settle leaves the causes that the house can have, under its names and as they look there.
func (h house) settle(found []finding) []finding {
	if h == eitherHouse {
		return found
	}
	var settled []finding
	for _, f := range found {
		name := h.asNamed(f.cause)
		if name == "" || slices.ContainsFunc(settled, func(s finding) bool { return s.cause == name }) {
			continue
		}
		if name != f.cause {
			f.cause, f.face = name, nil
		}
		if h == googleHouse && f.face == nil {
			f.face = googleFace(name)
		}
		if len(settled) == 0 && len(found) > 1 && f.certainty == Possible && found[0].certainty == Likely {
			f.certainty = Likely // the likelier one before it is not this house's
		}
		settled = append(settled, f)
	}
	return settled
}
