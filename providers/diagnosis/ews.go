package diagnosis

import (
	"net/http"

	"github.com/mailgrant/mailgrant/providers"
)

// ewsPermissions let an app or a person use EWS
// (https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-authenticate-an-ews-application-by-using-oauth).
var ewsPermissions = []string{"full_access_as_app", "EWS.AccessAsUser.All"}

// fromEWS reads EWS's response codes
// (https://learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode) and
// the header x-ms-diagnostics, which tells more than the status beside it.
func fromEWS(refusal *providers.HTTPRefusal, evidence Evidence) []finding {
	if findings := fromEWSCode(refusal, evidence); findings != nil {
		return findings
	}
	audience := ewsAudienceAtFault(refusal, evidence)
	scopeless := contains(refusal.Diagnostics, "not enough scope") || contains(refusal.Diagnostics, "no permissions") ||
		contains(refusal.Diagnostics, "2000008")
	switch {
	case audience == nil && !evidence.TokenExpired && scopeless:
		return certain(EWSPermissionMissing)
	case refusal.Status == http.StatusUnauthorized && lacks(evidence.Claims, ewsPermissions...):
		return bearerRefused(refusal, evidence, audience, certain(EWSPermissionMissing))
	case refusal.Status == http.StatusUnauthorized && fromEntra(evidence.Claims):
		// a role granted moments ago is in the token before every server knows it
		return bearerRefused(refusal, evidence, audience, likely(EWSPermissionMissing, AccessTokenMalformed))
	case refusal.Status == http.StatusUnauthorized:
		return bearerRefused(refusal, evidence, audience, likely(AccessTokenMalformed, TokenAudienceWrong, EWSPermissionMissing))
	case refusal.Status == http.StatusForbidden && audience != nil:
		return audience
	case refusal.Status == http.StatusForbidden:
		return ewsForbidden(refusal, evidence)
	case refusal.Status == http.StatusInternalServerError && refusal.Code == "":
		return likely(ServiceUnavailable)
	}
	return nil
}

func fromEWSCode(refusal *providers.HTTPRefusal, evidence Evidence) []finding {
	switch {
	case coded(refusal, "ErrorImpersonateUserDenied", "ErrorImpersonationDenied"), contains(refusal.Message, "permission to impersonate"):
		return certain(EWSImpersonationDenied)
	case coded(refusal, "ErrorImpersonationFailed"):
		return likely(EWSImpersonationDenied, MailboxNotFoundOrUnlicensed)
	case coded(refusal, "ErrorMissingEmailAddress", "ErrorInvalidExchangeImpersonationHeaderData"),
		contains(refusal.Message, "exchangeimpersonation", "must be present"):
		return certain(EWSImpersonationHeaderMissing)
	case coded(refusal, "ErrorNonExistentMailbox"):
		return certain(MailboxNotFoundOrUnlicensed)
	case coded(refusal, "ErrorSendAsDenied"):
		return certain(SendAsDenied)
	case coded(refusal, "ErrorExceededConnectionCount"):
		return certain(TooManyConnections)
	case coded(refusal, "ErrorItemNotFound", "ErrorFolderNotFound") && namesFolder(evidence):
		return likely(IMAPFolderMissing, MailboxPermissionMissing)
	case coded(refusal, "ErrorAccessDenied", "ErrorItemNotFound", "ErrorFolderNotFound") && evidence.AppOnly:
		return likely(ApplicationAccessPolicy, EWSImpersonationDenied)
	case coded(refusal, "ErrorAccessDenied", "ErrorItemNotFound", "ErrorFolderNotFound"):
		return likely(MailboxPermissionMissing, WrongUserSignedIn)
	}
	return nil
}

func ewsAudienceAtFault(refusal *providers.HTTPRefusal, evidence Evidence) []finding {
	if contains(refusal.Diagnostics, "audience") {
		return certain(TokenAudienceWrong)
	}
	if !fromEntra(evidence.Claims) {
		return nil
	}
	return audienceAtFault(evidence)
}

// ewsForbidden is 403 with a token that EWS has read, and no word of its scope: the organisation
// does not want this app or this mailbox to use EWS.
func ewsForbidden(refusal *providers.HTTPRefusal, evidence Evidence) []finding {
	switch {
	case evidence.TokenExpired:
		return certain(AccessTokenExpired)
	case ewsSwitchedOff(refusal):
		return certain(EWSAllowlistBlocked)
	case contains(refusal.Message+refusal.Diagnostics, "accesspolicy"):
		return certain(ApplicationAccessPolicy)
	case lacks(evidence.Claims, ewsPermissions...):
		return certain(EWSPermissionMissing)
	}
	return likely(EWSAllowlistBlocked, ApplicationAccessPolicy)
}

// ewsSwitchedOff reports whether the answer speaks of EWS or the list of those who may use it.
func ewsSwitchedOff(refusal *providers.HTTPRefusal) bool {
	said := refusal.Code + " " + refusal.Message + " " + refusal.Diagnostics
	for _, word := range []string{"ewsenabled", "ewsallow", "ews is disabled", "ews is not enabled", "ews is blocked", "allow list", "allowlist"} {
		if contains(said, word) {
			return true
		}
	}
	return contains(said, "exchange web services") && (contains(said, "disabled") || contains(said, "blocked") || contains(said, "not allowed"))
}
