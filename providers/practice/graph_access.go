package practice

import (
	"net/http"
	"slices"
	"strings"
)

// graphPurpose is what a call wants with a mailbox, and what permits it.
type graphPurpose struct {
	roles       []string // application permissions
	scopes      []string // delegated permissions for the person's own mailbox
	shared      []string // and for one that others share
	assignments []string // roles of Exchange's RBAC for Applications
}

// graphReading is permitted by
// https://learn.microsoft.com/graph/api/mailfolder-get#permissions and
// https://learn.microsoft.com/exchange/permissions-exo/application-rbac.
func graphReading() graphPurpose {
	return graphPurpose{
		roles:  []string{"Mail.ReadBasic", "Mail.ReadBasic.All", "Mail.Read", "Mail.ReadWrite"},
		scopes: []string{"Mail.ReadBasic", "Mail.Read", "Mail.ReadWrite"},
		shared: []string{"Mail.Read.Shared", "Mail.ReadWrite.Shared"},
		assignments: []string{
			"Application Mail.ReadBasic", "Application Mail.Read", "Application Mail.ReadWrite", "Application Exchange Full Access",
		},
	}
}

// graphSending is permitted by https://learn.microsoft.com/graph/api/user-sendmail#permissions.
func graphSending() graphPurpose {
	return graphPurpose{
		roles:       []string{"Mail.Send"},
		scopes:      []string{"Mail.Send"},
		shared:      []string{"Mail.Send.Shared"},
		assignments: []string{"Application Mail.Send", "Application Exchange Full Access"},
	}
}

// admitGraph decides whether the call may use the mailbox that it names, and returns its address.
// An application access policy narrows what Entra permits; a role that Exchange gave counts beside
// that and needs no permission in the token.
func (t *Tenant) admitGraph(token string, call graphCall, purpose graphPurpose) (string, *graphRefusal) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	who, refused := t.graphCaller(token, call)
	if refused != nil {
		return "", refused
	}
	owner, known := t.graphOwner(who, call)
	if !known {
		return "", &graphRefusal{status: http.StatusNotFound, code: "ErrorInvalidUser", message: "The requested user '" + call.user + "' is invalid."}
	}
	box := t.state.mailbox(owner.mail)
	if who.application() {
		refused = t.applicationMayUse(who, owner.mail, purpose)
	} else {
		refused = personMayUse(who, owner, box, purpose)
	}
	switch {
	case refused != nil:
		return "", refused
	case box == nil || !box.licensed || !t.state.exchange.subscribed:
		return "", mailboxNotEnabled()
	case box.throttled:
		return "", applicationThrottled()
	}
	return box.address, nil
}

// graphCaller is who calls, if Graph listens at all.
func (t *Tenant) graphCaller(token string, call graphCall) (badge, *graphRefusal) {
	if t.state.exchange.graphDown {
		return badge{}, graphUnavailable()
	}
	who, err := t.readBadge(token, graphAppID)
	switch {
	case err != nil:
		return badge{}, invalidToken(err)
	case call.me && who.application():
		return badge{}, graphBadRequest("/me request is only valid with delegated authentication flow.")
	}
	return who, nil
}

// graphOwner is the user that a call names by sign-in name or object ID: another address of the
// mailbox is no name of the user.
func (t *Tenant) graphOwner(who badge, call graphCall) (user, bool) {
	name := call.user
	if call.me {
		name = who.User
	}
	i := slices.IndexFunc(t.state.users, func(u user) bool { return strings.EqualFold(u.address, name) || u.id == name })
	if i < 0 {
		return user{}, false
	}
	return t.state.users[i], true
}

func (t *Tenant) applicationMayUse(who badge, address string, purpose graphPurpose) *graphRefusal {
	policy := t.state.exchange.accessPolicy
	switch {
	case t.state.exchange.assigned(address, purpose.assignments...):
		return nil
	case !who.hasRole(purpose.roles...):
		return accessDenied()
	case policy != nil && !has(policy, address):
		return &graphRefusal{
			status: http.StatusForbidden, code: "ErrorAccessDenied",
			message: "Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.",
		}
	}
	return nil
}

// personMayUse lets a person at their own mailbox, and at one that gives them FullAccess where the
// application may use shared ones. What a person has no right on looks as if it were not there.
func personMayUse(who badge, owner user, box *mailbox, purpose graphPurpose) *graphRefusal {
	own := strings.EqualFold(owner.address, who.User)
	switch {
	case own && !who.hasScope(slices.Concat(purpose.scopes, purpose.shared)...):
		return accessDenied()
	case own:
		return nil
	case !who.hasScope(purpose.shared...):
		return accessDenied()
	case box == nil || !has(box.fullAccess, who.User):
		return graphItemNotFound("Default folder Inbox not found.")
	}
	return nil
}

// graphUser answers for a user's entry in the directory.
func (t *Tenant) graphUser(token string, call graphCall) (any, *graphRefusal) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	who, refused := t.graphCaller(token, call)
	if refused != nil {
		return nil, refused
	}
	owner, known := t.graphOwner(who, call)
	own := !who.application() && known && strings.EqualFold(owner.address, who.User)
	switch {
	case own && !who.hasScope("User.Read", "User.ReadBasic.All", "User.Read.All"),
		!own && !who.hasScope("User.ReadBasic.All", "User.Read.All") && !who.hasRole("User.Read.All"):
		return nil, &graphRefusal{status: http.StatusForbidden, code: "Authorization_RequestDenied", message: "Insufficient privileges to complete the operation."}
	case !known:
		return nil, &graphRefusal{
			status: http.StatusNotFound, code: "Request_ResourceNotFound",
			message: "Resource '" + call.user + "' does not exist or one of its queried reference-property objects are not present.",
		}
	}
	entry := map[string]any{
		"id": owner.id, "userPrincipalName": owner.address, "displayName": owner.name, "mail": owner.mail,
		"givenName": nil, "surname": nil, "jobTitle": nil, "officeLocation": nil, "mobilePhone": nil,
		"preferredLanguage": nil, "businessPhones": []string{},
	}
	return selected(entry, call, "users/$entity"), nil
}
