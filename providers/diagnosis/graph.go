package diagnosis

import (
	"net/http"
	"slices"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// graphAudiences are Microsoft Graph's hosts in every cloud, and its application ID
// (https://learn.microsoft.com/graph/deployments).
var graphAudiences = []string{
	"graph.microsoft.com", "graph.microsoft.us", "dod-graph.microsoft.us", "microsoftgraph.chinacloudapi.cn",
	"00000003-0000-0000-c000-000000000000",
}

// Any one of these lets an app read a folder's properties, or send
// (https://learn.microsoft.com/graph/api/mailfolder-get, https://learn.microsoft.com/graph/api/user-sendmail).
var (
	graphReading = []string{
		"Mail.ReadBasic", "Mail.ReadBasic.All", "Mail.Read", "Mail.ReadWrite",
		"Mail.ReadBasic.Shared", "Mail.Read.Shared", "Mail.ReadWrite.Shared",
	}
	graphSending = []string{"Mail.Send", "Mail.Send.Shared"}
)

// fromGraph reads Graph's error codes (https://learn.microsoft.com/graph/errors) and those of
// Exchange that it passes on.
func fromGraph(refusal *providers.HTTPRefusal, symptom Symptom, evidence Evidence) []finding {
	switch {
	case contains(refusal.Message, "/me", "delegated"), contains(refusal.Message, "/me", "signed-in user"):
		return certain(MeEndpointWithAppToken)
	case coded(refusal, "Authorization_IdentityNotFound"):
		return showing(&enterpriseApplicationMissing, certain(ServicePrincipalMissing))
	case refusal.Status == http.StatusUnauthorized:
		rest := likely(AccessTokenMalformed, AccessTokenExpired, PersonalAccountsNotAllowed)
		return bearerRefused(refusal, evidence, graphAudienceAtFault(refusal, evidence), rest)
	case contains(refusal.Message, "access to odata is disabled"), contains(refusal.Message, "accesspolicy"):
		return certain(ApplicationAccessPolicy)
	case coded(refusal, "MailboxNotEnabledForRESTAPI", "MailboxNotSupportedForRESTAPI"), contains(refusal.Message, "hosted on-premise"):
		return likely(MailboxNotFoundOrUnlicensed, MailboxOnPremises)
	case coded(refusal, "extensionError"):
		return likely(MailboxOnPremises, ApplicationAccessPolicy)
	case coded(refusal, "ErrorInvalidUser", "Request_ResourceNotFound", "ResourceNotFound"):
		return likely(GraphUserInvalid, MailboxNotFoundOrUnlicensed)
	case coded(refusal, "ErrorNonExistentMailbox"):
		return certain(MailboxNotFoundOrUnlicensed)
	case coded(refusal, "ErrorItemNotFound", "ErrorFolderNotFound", "ErrorInvalidIdMalformed", "ErrorInvalidFolderId"):
		return graphFolderRefused(evidence)
	case coded(refusal, "ErrorSendAsDenied"):
		return certain(SendAsDenied)
	case coded(refusal, "ErrorExceededMessageLimit", "ErrorMessageRecipientRateLimit"):
		return likely(SendingQuotaExceeded)
	case coded(refusal, "ErrorMessageSubmissionBlocked"):
		return likely(OutboundSendingBlocked)
	case refusal.Status == http.StatusForbidden:
		return graphDenied(symptom, evidence)
	}
	return nil
}

// graphAudienceAtFault knows a token for another service by its claims, or by Graph's words.
func graphAudienceAtFault(refusal *providers.HTTPRefusal, evidence Evidence) []finding {
	audience := strings.TrimRight(strings.TrimPrefix(strings.ToLower(evidence.Claims.Audience), "https://"), "/")
	foreign := fromEntra(evidence.Claims) && audience != "" && !slices.Contains(graphAudiences, audience)
	if foreign || contains(refusal.Message, "audience") {
		return showing(&tokenNotForGraph, certain(TokenAudienceWrong))
	}
	return nil
}

// graphDenied is 403 without a reason. A permission missing is the likeliest; a policy that leaves
// the mailbox out says the same.
func graphDenied(symptom Symptom, evidence Evidence) []finding {
	permissions := graphReading
	if symptom.Layer == providers.LayerSend {
		permissions = graphSending
	}
	switch {
	case lacks(evidence.Claims, permissions...) && evidence.AppOnly:
		// a role that Exchange itself gives to an app, for some mailboxes, does not show in the token
		return likely(GraphPermissionMissing, ApplicationAccessPolicy)
	case lacks(evidence.Claims, permissions...):
		return certain(GraphPermissionMissing)
	case !fromEntra(evidence.Claims):
		return likely(GraphPermissionMissing, ApplicationAccessPolicy)
	case elsewhere(evidence):
		return likely(MailboxPermissionMissing, GraphPermissionMissing)
	}
	return likely(ApplicationAccessPolicy)
}

// graphFolderRefused: what a person may not see is not there, in Exchange's words.
func graphFolderRefused(evidence Evidence) []finding {
	switch {
	case namesFolder(evidence):
		return likely(IMAPFolderMissing, MailboxPermissionMissing)
	case evidence.AppOnly:
		return likely(MailboxNotFoundOrUnlicensed, ApplicationAccessPolicy)
	}
	return likely(MailboxPermissionMissing, MailboxNotFoundOrUnlicensed)
}
