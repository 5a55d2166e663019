package practice

import (
	"net/http"
	"slices"
	"strings"
)

// ewsRoles are the roles of RBAC for Applications that open mailboxes over EWS
// (https://learn.microsoft.com/exchange/permissions-exo/application-rbac).
func ewsRoles() []string {
	return []string{"Application EWS.AccessAsApp", "Application Exchange Full Access"}
}

// ewsCaller is who calls, if the token gives any right to EWS.
func (t *Tenant) ewsCaller(token string) (badge, *ewsRefusal) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.state.exchange.ewsDown {
		return badge{}, &ewsRefusal{status: http.StatusServiceUnavailable, header: map[string]string{"Retry-After": "30"}}
	}
	who, err := t.readBadge(token, exchangeAppID)
	if err != nil {
		return badge{}, ewsUnauthorized(err, who)
	}
	given := slices.ContainsFunc(t.state.exchange.assignments, func(a assignment) bool { return has(ewsRoles(), a.role) })
	switch {
	case who.application() && (given || who.hasRole("full_access_as_app")), who.hasScope("EWS.AccessAsUser.All"):
		return who, nil
	case len(who.Roles) == 0 && who.Scopes == "":
		return badge{}, ewsForbidden(ewsDiagnostics, `2000008;reason="The token contains no permissions, or permissions can not be understood.";error_category="invalid_grant"`)
	}
	return badge{}, ewsForbidden(ewsDiagnostics, `2000008;reason="The token contains not enough scope to make this call.";error_category="invalid_grant"`)
}

// ewsAccount is the mailbox that a call acts for: the person's own, or the one impersonated.
type ewsAccount struct {
	address string
	person  string // who signed in; empty for an application
}

// admitEWS decides for whom a call acts. An application has no mailbox of its own, so that it must
// act for one; a person acts for themselves.
func (t *Tenant) admitEWS(who badge, acting *string) (ewsAccount, *ewsRefusal) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	account := ewsAccount{}
	switch {
	case !who.application() && acting != nil && !strings.EqualFold(*acting, who.User):
		return account, ewsFault("ErrorImpersonateUserDenied", "The account does not have permission to impersonate the requested user.")
	case !who.application():
		account = ewsAccount{address: t.mailOf(who.User), person: who.User}
	case acting == nil:
		return account, ewsFault("ErrorInvalidExchangeImpersonationHeaderData", "ExchangeImpersonation SOAP header must be present for this type of OAuth token.")
	case *acting == "":
		return account, ewsFault("ErrorInvalidExchangeImpersonationHeaderData", "The ExchangeImpersonation SOAP header names nobody.")
	default:
		account.address = t.mailOf(*acting)
	}
	if refused := t.ewsClosed(who, account); refused != nil {
		return account, refused
	}
	box := t.state.mailbox(account.address)
	if box == nil || !box.licensed {
		return account, ewsFault("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")
	}
	if who.application() {
		if refused := t.mayImpersonate(who, account.address); refused != nil {
			return account, refused
		}
	}
	if box.throttled {
		busy := ewsFault("ErrorServerBusy", "The server cannot service this request right now. Try again later.")
		busy.backOff = true
		return account, busy
	}
	return account, nil
}

// mailOf is the address of a user's mailbox, also where the sign-in name is given.
func (t *Tenant) mailOf(name string) string {
	if who, known := t.state.user(name); known {
		return who.mail
	}
	return name
}

// ewsClosed reads the switches by which administrators close EWS: the organisation's, the mailbox's,
// and the list of applications that are let in.
func (t *Tenant) ewsClosed(who badge, account ewsAccount) *ewsRefusal {
	exchange := &t.state.exchange
	box := t.state.mailbox(account.address)
	switch {
	case exchange.ewsEnabled == nil || !*exchange.ewsEnabled, box != nil && !box.ewsEnabled:
		return ewsForbidden(ewsPolicyReason, ewsDisabled)
	case len(exchange.ewsAllowedAppIDs) > 0 && !has(exchange.ewsAllowedAppIDs, who.AppID):
		return ewsForbidden(ewsPolicyReason, ewsBlocked)
	}
	return nil
}

// mayImpersonate is an application's right on one mailbox. An application access policy narrows the
// permission; a role that Exchange gave counts beside both.
func (t *Tenant) mayImpersonate(who badge, address string) *ewsRefusal {
	policy := t.state.exchange.accessPolicy
	switch {
	case t.state.exchange.assigned(address, ewsRoles()...):
		return nil
	case !who.hasRole("full_access_as_app"):
		return ewsFault("ErrorImpersonateUserDenied", "The account does not have permission to impersonate the requested user.")
	case policy != nil && !has(policy, address):
		return ewsFault("ErrorAccessDenied", "Access is denied. Check credentials and try again. [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings.")
	}
	return nil
}
