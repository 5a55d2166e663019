package practice

import "slices"

const (
	graphAppID    = "00000003-0000-0000-c000-000000000000"
	exchangeAppID = "00000002-0000-0ff1-ce00-000000000000"
	graphAudience = "https://graph.microsoft.com"
)

// resource is an API that a token can be made out to.
type resource struct {
	appID     string
	names     []string // how a scope may write it, without a slash at the end
	audiences []string // the names that it takes in a token
	scopes    []string // the delegated permissions it knows, as far as mail needs them
	roles     []string // the application permissions, likewise
}

// resources are the two APIs of mail. The delegated permissions of the mail protocols exist on both,
// and consent given for the one counts for the other.
func resources() []resource {
	exchange := []string{"https://outlook.office365.com", "https://outlook.office.com", exchangeAppID}
	graph := []string{graphAudience, graphAppID}
	protocols := []string{"IMAP.AccessAsUser.All", "POP.AccessAsUser.All", "SMTP.Send", "EWS.AccessAsUser.All"}
	return []resource{
		{
			appID: exchangeAppID, audiences: exchange, scopes: protocols,
			names: append(slices.Clone(exchange), "https://outlook.com", "https://ps.outlook.com"),
			roles: []string{"IMAP.AccessAsApp", "POP.AccessAsApp", "SMTP.SendAsApp", "full_access_as_app"},
		},
		{
			appID: graphAppID, audiences: graph, names: graph,
			scopes: append([]string{
				"User.Read", "User.ReadBasic.All", "User.Read.All", "Mail.Read", "Mail.ReadBasic", "Mail.ReadWrite", "Mail.Send",
				"Mail.Read.Shared", "Mail.ReadWrite.Shared", "Mail.Send.Shared",
			}, protocols...),
			roles: []string{"Mail.ReadBasic", "Mail.ReadBasic.All", "Mail.Read", "Mail.ReadWrite", "Mail.Send", "User.Read.All"},
		},
	}
}

// findResource finds an API by one of its names.
func findResource(written string) (resource, bool) {
	list := resources()
	i := slices.IndexFunc(list, func(r resource) bool { return has(r.names, written) })
	if i < 0 {
		return resource{}, false
	}
	return list[i], true
}

// known are those of a list that the API knows: a token carries nothing else.
func known(list, wanted []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(name string) bool { return !has(wanted, name) })
}
