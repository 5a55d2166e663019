package steps

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/probe"
)

// claimsLayer compares what the token shows with what the test needs. It warns and never
// fails: Exchange may accept through RBAC what the token does not show, and issuers other than
// Entra have no roles.
func claimsLayer(plan Plan, test Test, grant Grant, now time.Time) probe.LayerResult {
	layer := probe.LayerResult{Layer: providers.LayerClaims, Outcome: providers.Warned}
	claims := grant.Claims
	switch {
	case grant.Err != nil:
		layer.Outcome = providers.NotReached
	case !claims.Readable:
		layer.Outcome, layer.Detail = providers.Skipped, "the token cannot be read, so its permissions are not compared"
	case expired(claims, now):
		layer.Detail = "the token ended at " + claims.Expires.Format(time.RFC3339)
	case wrongAudience(test.Server.Protocol, claims.Audience):
		layer.Detail = fmt.Sprintf("the token is for %s, not for %s", claims.Audience, apiOf(test.Server.Protocol))
	case test.Needs != "" && !claims.Has(test.Needs):
		layer.Detail = fmt.Sprintf("%s is not in the token, which shows %s", test.Needs, listed(append(slices.Clone(claims.Roles), claims.Scopes...)))
	case plan.AppOnly() && plan.ObjectID != "" && claims.ObjectID != "" && string(plan.ObjectID) != strings.ToLower(claims.ObjectID):
		layer.Detail = fmt.Sprintf("the enterprise application's object ID is %s, not %s", claims.ObjectID, plan.ObjectID)
	case test.Needs == "":
		layer.Outcome, layer.Detail = providers.Skipped, "the right comes from a role in Exchange, which no token shows"
	default:
		layer.Outcome, layer.Detail = providers.Passed, test.Needs+" is in the token"
	}
	return layer
}

func listed(permissions []string) string {
	if len(permissions) == 0 {
		return "no permission at all"
	}
	return strings.Join(permissions, " ")
}

func expired(claims providers.Claims, now time.Time) bool {
	return !claims.Expires.IsZero() && !now.Before(claims.Expires)
}

// wrongAudience reports whether a token is for another API of Microsoft's than the protocol's. An
// audience that is not Microsoft's belongs to another identity provider and is left to the server.
func wrongAudience(protocol, audience string) bool {
	lower := strings.ToLower(audience)
	if protocol == "graph" {
		return strings.Contains(lower, "outlook.office") || lower == "00000002-0000-0ff1-ce00-000000000000"
	}
	return strings.Contains(lower, "graph.microsoft.com") || lower == "00000003-0000-0000-c000-000000000000"
}

// apiOf names the API of Microsoft's that a protocol belongs to.
func apiOf(protocol string) string {
	if protocol == "graph" {
		return "Microsoft Graph"
	}
	return "Exchange Online"
}

// protocolNeeds are the permissions of which a protocol needs one
// (https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth,
// https://learn.microsoft.com/graph/permissions-reference).
func protocolNeeds(protocol string, appOnly bool) []string {
	delegated, app := map[string]string{
		"imap": "IMAP.AccessAsUser.All", "pop3": "POP.AccessAsUser.All", "smtp": "SMTP.Send", "ews": "EWS.AccessAsUser.All",
	}, map[string]string{
		"imap": "IMAP.AccessAsApp", "pop3": "POP.AccessAsApp", "smtp": "SMTP.SendAsApp", "ews": "full_access_as_app",
	}
	switch {
	case protocol == "graph":
		return []string{"Mail.Read", "Mail.ReadWrite", "Mail.ReadBasic", "Mail.ReadBasic.All", "Mail.Read.Shared", "Mail.ReadWrite.Shared", "Mail.Send"}
	case appOnly:
		return []string{app[protocol]}
	}
	return []string{delegated[protocol]}
}

// claimsByHand compares a token that was brought along with what the protocol needs.
func (r *Road) claimsByHand(protocol string, appOnly bool, claims providers.Claims) probe.LayerResult {
	layer := probe.LayerResult{Layer: providers.LayerClaims, Outcome: providers.Warned}
	needs := protocolNeeds(protocol, appOnly)
	switch {
	case !claims.Readable:
		layer.Outcome, layer.Detail = providers.Skipped, "the token cannot be read, so its permissions are not compared"
	case expired(claims, r.Now()):
		layer.Detail = "the token ended at " + claims.Expires.UTC().Format("2006-01-02 15:04:05") + " UTC"
	case wrongAudience(protocol, claims.Audience):
		layer.Detail = fmt.Sprintf("the token is for %s, another API", claims.Audience)
	case !slices.ContainsFunc(needs, claims.Has):
		layer.Detail = fmt.Sprintf("%s is not in the token, which shows %s", needs[0], listed(append(slices.Clone(claims.Roles), claims.Scopes...)))
	default:
		layer.Outcome, layer.Detail = providers.Passed, "the token shows "+listed(append(slices.Clone(claims.Roles), claims.Scopes...))
	}
	return layer
}
