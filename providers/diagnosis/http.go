package diagnosis

import (
	"net/http"
	"slices"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// fromHTTP reads a refusal by Microsoft Graph or EWS: first what a gateway or an overloaded
// service says, then what each of the two means.
func fromHTTP(refusal *providers.HTTPRefusal, symptom Symptom, evidence Evidence) []finding {
	if findings := fromGateway(refusal); findings != nil {
		return findings
	}
	switch refusal.Protocol {
	case "graph":
		return fromGraph(refusal, symptom, evidence)
	case "ews":
		return fromEWS(refusal, evidence)
	}
	return nil
}

// fromGateway reads what says nothing of the token or the mailbox.
func fromGateway(refusal *providers.HTTPRefusal) []finding {
	switch {
	case refusal.Status == http.StatusProxyAuthRequired:
		return certain(ProxyAuthRequired)
	case refusal.Status == http.StatusTooManyRequests, contains(refusal.Code, "throttl"), coded(refusal, "ErrorServerBusy"):
		return certain(Throttled)
	case coded(refusal, "ErrorMailboxStoreUnavailable", "ErrorMailboxMoveInProgress", "ErrorInternalServerError",
		"ErrorInternalServerTransientError", "ErrorTimeoutExpired"):
		return likely(ServiceUnavailable)
	case refusal.Status == http.StatusServiceUnavailable:
		return certain(ServiceUnavailable)
	case refusal.Status == http.StatusBadGateway, refusal.Status == http.StatusGatewayTimeout:
		return likely(ServiceUnavailable, ProxyMisconfigured)
	case refusal.Status == http.StatusInternalServerError && refusal.Protocol != "ews": // EWS says everything with it
		return likely(ServiceUnavailable)
	case refusal.Status/100 == 3:
		return likely(ServerProtocolError, ProxyMisconfigured)
	}
	return nil
}

// bearerRefused is HTTP 401: what the token shows to be wrong, then what the server says of it, then
// the rest, as the service is known to mean it.
func bearerRefused(refusal *providers.HTTPRefusal, evidence Evidence, audience, rest []finding) []finding {
	said := refusal.Message + " " + refusal.Diagnostics
	switch {
	case evidence.TokenExpired:
		return certain(AccessTokenExpired)
	case audience != nil:
		return audience
	case contains(said, "expired"), contains(said, "lifetime validation"):
		return certain(AccessTokenExpired)
	case contains(said, "revocation"), contains(said, "revoked"):
		return certain(TokenRevokedPasswordChange)
	case contains(refusal.WWWAuthenticate, "insufficient_claims"), contains(said, "continuous access evaluation"):
		return likely(ConditionalAccessBlocked, TokenRevokedPasswordChange)
	case contains(said, "compacttoken"), contains(said, "not well formed"), contains(said, "malformed"), contains(said, "signature"):
		return certain(AccessTokenMalformed)
	}
	return rest
}

// coded reports whether the refusal has one of the codes, in any case.
func coded(refusal *providers.HTTPRefusal, codes ...string) bool {
	return slices.ContainsFunc(codes, func(code string) bool { return strings.EqualFold(code, refusal.Code) })
}

// lacks reports whether a token of Entra's shows none of the permissions.
func lacks(claims providers.Claims, permissions ...string) bool {
	return fromEntra(claims) && !slices.ContainsFunc(permissions, claims.Has)
}

// elsewhere reports whether the mailbox is another one than the signed-in person's own. A sign-in
// name may differ from the address, so that this is a hint only.
func elsewhere(evidence Evidence) bool {
	account := firstAddress(evidence.SignIn, providers.Address(evidence.Claims.User))
	return !evidence.AppOnly && account != "" && !account.Same(evidence.Mailbox)
}

// overHTTPS reports whether a test is spoken over HTTPS rather than a mail protocol.
func overHTTPS(symptom Symptom) bool {
	return symptom.Protocol == "graph" || symptom.Protocol == "ews"
}
