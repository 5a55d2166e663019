package diagnosis

import "slices"

// house is whose mailboxes and whose sign-in a text speaks of.
type house int

const (
	eitherHouse house = iota // neither is named, or both are
	microsoftHouse
	googleHouse
)

// The names of each house, its hosts and its libraries.
var (
	microsoftWords = []string{
		"aadsts", "outlook", "office365", "office 365", "o365", "microsoft", "m365", "ms365", "hotmail", "live.com", "azure",
		"entra", "msal", "adal", "exchange", "onmicrosoft", "windows.net", "accesstokenexpired", "sendasdenied", "storedrv",
	}
	googleWords = []string{"gmail", "google", "gsmtp", "gimap", "ya29.", "gaxios"}
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
	}
	return eitherHouse
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
