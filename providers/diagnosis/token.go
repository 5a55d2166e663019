package diagnosis

import (
	"slices"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// tokenAtFault says what the token itself shows to be wrong, nearest to the root first. Exchange
// answers every one of these with the same words. No finding means that the token looks right, or
// that it cannot be read.
func tokenAtFault(symptom Symptom, evidence Evidence) []finding {
	if evidence.TokenExpired {
		return certain(AccessTokenExpired)
	}
	if !fromEntra(evidence.Claims) {
		return nil // what other issuers leave out or name otherwise proves nothing
	}
	if findings := audienceAtFault(evidence); findings != nil {
		return findings
	}
	if findings := permissionAtFault(symptom, evidence); findings != nil {
		return findings
	}
	return accountAtFault(symptom, evidence)
}

// fromEntra reports whether claims have the shape of Entra's: a tenant, roles or scp.
func fromEntra(claims providers.Claims) bool {
	return claims.Readable && !isGoogleClient(claims.Audience) && (claims.TenantID != "" || len(claims.Roles)+len(claims.Scopes) > 0)
}

// The audiences of Exchange Online: its hosts in every cloud, and its application ID. ps.outlook.com
// is one as well, but was seen in tokens that IMAP refused.
var exchangeAudiences = []string{
	"outlook.office365.com", "outlook.office.com", "outlook.office365.us", "webmail.apps.mil", "partner.outlook.cn",
	"00000002-0000-0ff1-ce00-000000000000",
}

func audienceAtFault(evidence Evidence) []finding {
	audience := strings.ToLower(evidence.Claims.Audience)
	host := strings.TrimRight(strings.TrimPrefix(audience, "https://"), "/")
	switch {
	case host == "" || slices.Contains(exchangeAudiences, host):
		return nil
	case host == "ps.outlook.com":
		return likely(TokenAudienceWrong, ServicePrincipalMissing)
	}
	return certain(TokenAudienceWrong)
}

func permissionAtFault(symptom Symptom, evidence Evidence) []finding {
	permission := needed(evidence, symptom.Protocol)
	if permission == "" || evidence.Claims.Has(permission) {
		return nil
	}
	if !evidence.AppOnly {
		return certain(ScopeMissing)
	}
	bare := len(evidence.Claims.Roles) == 0
	if symptom.Protocol != "smtp" {
		if bare {
			return certain(ConsentMissing)
		}
		return certain(ScopeMissing)
	}
	// Over SMTP a role of Exchange's own may stand in for the permission
	// (https://learn.microsoft.com/exchange/client-developer/legacy-protocols/smtp-app-rbac-onboarding).
	switch {
	case bare:
		return likely(ConsentMissing, SMTPSendAsAppMissing, ServicePrincipalMissing)
	case evidence.AnySASL == Accepted:
		return certain(SMTPSendAsAppMissing)
	}
	return likely(SMTPSendAsAppMissing, ServicePrincipalMissing)
}

// accountAtFault compares who signed in with who must. A sign-in name may differ from the mail
// address, so only an account that was named as the one to sign in decides for certain.
func accountAtFault(symptom Symptom, evidence Evidence) []finding {
	user := providers.Address(evidence.Claims.User)
	if evidence.AppOnly || user == "" {
		return nil
	}
	switch {
	case evidence.SignIn != "" && user.Same(evidence.SignIn):
		return nil
	case evidence.SignIn != "":
		return certain(WrongUserSignedIn)
	case evidence.Mailbox == "" || user.Same(evidence.Mailbox):
		return nil
	case symptom.Protocol == "smtp":
		return showing(&anotherAccountOverSMTP, likely(WrongUserSignedIn, MailboxPermissionMissing))
	}
	return likely(WrongUserSignedIn, MailboxPermissionMissing)
}

// unreadableToken lists what may be wrong with a token that does not tell.
func unreadableToken(symptom Symptom, evidence Evidence) []finding {
	switch {
	case evidence.AppOnly && symptom.Protocol == "smtp":
		return possible(ServicePrincipalMissing, SMTPSendAsAppMissing, MailboxPermissionMissing, TokenAudienceWrong)
	case evidence.AppOnly:
		return possible(ServicePrincipalMissing, ServicePrincipalObjectIDWrong, ScopeMissing, TokenAudienceWrong)
	}
	return possible(ScopeMissing, TokenAudienceWrong, WrongUserSignedIn, AccessTokenMalformed)
}

// recordAtFault is about the service principal's record in Exchange: missing, or made with another
// Object ID than the enterprise application's, which the token names.
func recordAtFault(evidence Evidence, then ...Cause) []finding {
	object := evidence.Claims.ObjectID
	if evidence.ObjectID != "" && object != "" && !strings.EqualFold(string(evidence.ObjectID), object) {
		return likely(append([]Cause{ServicePrincipalObjectIDWrong, ServicePrincipalMissing}, then...)...)
	}
	return likely(append([]Cause{ServicePrincipalMissing}, then...)...)
}
