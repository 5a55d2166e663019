package practice

import (
	"strings"

	"github.com/google/uuid"
)

// approve is a person's sign-in through a device code. Conditional Access can forbid this way of
// signing in alone; another one, or the refreshing of a token, may go on.
func (t *Tenant) approve(account, scope string) *refusal {
	who, refused := t.authenticate(account)
	if refused != nil {
		return refused
	}
	if t.state.policy.blockDeviceCode {
		return blockedByPolicy()
	}
	request, refused := parseScopes(scope, t.state.app.name)
	if refused != nil {
		return refused
	}
	return t.authorise(who, request)
}

// signIn checks that a person may have tokens through this application.
func (t *Tenant) signIn(account string, request scopeRequest) (user, *refusal) {
	who, refused := t.authenticate(account)
	if refused == nil {
		refused = t.authorise(who, request)
	}
	if refused != nil {
		return user{}, refused
	}
	return who, nil
}

// authenticate checks the account itself. Entra tells most of this on its page; programs get it
// with the answer to their poll or refresh.
func (t *Tenant) authenticate(account string) (user, *refusal) {
	who, known := t.state.user(account)
	switch {
	case !known:
		return user{}, t.stranger(account)
	case !who.enabled:
		return user{}, badRequest("invalid_grant", 50057, "The user account is disabled.")
	case who.locked:
		return user{}, badRequest("invalid_grant", 50053, "The account is locked, you've tried to sign in too many times with an incorrect user ID or password.")
	case who.passwordEnded:
		return user{}, badRequest("invalid_grant", 50055, "The password is expired.")
	case t.state.policy.secondFactor && !who.secondFactor:
		return user{}, interactionRequired(50079, "basic_action", "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access '%s'.", exchangeAppID)
	}
	return who, nil
}

// stranger tells an account of another directory from a name that should be here and is not.
func (t *Tenant) stranger(account string) *refusal {
	_, domain, _ := strings.Cut(account, "@")
	if domain == "" || has(t.fixture.domains, domain) {
		return userNotFound(account)
	}
	home := uuid.NewSHA1(uuid.NameSpaceDNS, []byte(strings.ToLower(domain)))
	return badRequest("invalid_grant", 50020, "User account '%s' from identity provider 'https://sts.windows.net/%s/' does not exist in tenant '%s' and cannot access the application '%s'(%s) in that tenant. The account needs to be added as an external user in the tenant first. Sign out and sign in again with a different Azure Active Directory user account.", account, home, tenantName, t.state.app.clientID, t.state.app.name)
}

// authorise checks what the tenant lets an account do: its policies, who may use the application,
// the service that is asked for, consent.
func (t *Tenant) authorise(who user, request scopeRequest) *refusal {
	app, enterprise := t.state.app, t.state.enterprise
	if t.state.policy.managedDevice {
		return interactionRequired(53000, "message_only", "Device is not in required device state: %s. Conditional Access policy requires a compliant device, and the device is not compliant. The user must enroll their device with an approved MDM provider like Intune.", "compliant")
	}
	if enterprise.assignmentRequired && !has(enterprise.assigned, who.address) {
		return badRequest("invalid_grant", 50105, "Your administrator has configured the application %s ('%s') to block users unless they are specifically granted ('assigned') access to the application. The signed in user '%s' is blocked because they are not a direct member of a group with access, nor had access directly assigned by an administrator. Please contact your administrator to assign access to this application.", app.name, app.clientID, who.address)
	}
	if request.resource.appID == exchangeAppID && !t.state.exchange.subscribed {
		return badRequest("invalid_resource", 650052, "The app needs access to a service ('%s') that your organization '%s' has not subscribed to or enabled. Contact your IT Admin to review the configuration of your service subscriptions.", request.audience, tenantName)
	}
	if t.consentLacks(request) {
		return t.noConsent()
	}
	return nil
}

// consentLacks reports whether a permission that is asked for was never consented to.
func (t *Tenant) consentLacks(request scopeRequest) bool {
	wanted := request.names
	if request.byDefault {
		wanted = t.state.app.scopes
	}
	for _, name := range wanted {
		if !has(t.state.enterprise.scopes, name) && has(request.resource.scopes, name) {
			return true
		}
	}
	return false
}

// noConsent is where the page that asks for consent leads.
func (t *Tenant) noConsent() *refusal {
	app := t.state.app
	switch {
	case app.removedService:
		return badRequest("invalid_resource", 650054, "The application '%s' asked for permissions to access a resource that has been removed or is no longer available. Contact the app vendor.", app.name)
	case !t.state.policy.usersMayConsent:
		return badRequest("invalid_grant", 90094, "An administrator of %s has set a policy that prevents you from granting %s the permissions it is requesting. Contact an administrator of %s, who can grant permissions to this app on your behalf.", tenantName, app.name, tenantName)
	}
	// Users may consent here, but the tenant's people do not press Accept for what they do not know.
	refused := badRequest("invalid_grant", 65001, "The user or administrator has not consented to use the application with ID '%s' named '%s'. Send an interactive authorization request for this user and resource.", app.clientID, app.name)
	refused.suberror = "consent_required"
	return refused
}

func userNotFound(account string) *refusal {
	return badRequest("invalid_grant", 50034, "The user account %s does not exist in the %s directory. To sign into this application, the account must be added to the directory.", account, tenantName)
}

func blockedByPolicy() *refusal {
	return interactionRequired(53003, "", "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.")
}

// interactionRequired is a policy's refusal, with the challenge that a client sends on when it
// signs the person in again
// (https://learn.microsoft.com/entra/identity-platform/claims-challenge).
func interactionRequired(number int, suberror, format string, values ...any) *refusal {
	refused := badRequest("interaction_required", number, format, values...)
	refused.suberror = suberror
	refused.claims = `{"access_token":{"capolids":{"essential":true,"values":["3c1f0f52-8a64-4a1d-9d0a-7be2f7c4a915"]}}}`
	return refused
}
