package practice

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// badge is what an API reads in an access token.
type badge struct {
	Audience  string   `json:"aud"`
	Issuer    string   `json:"iss"`
	AppID     string   `json:"appid"`
	ObjectID  string   `json:"oid"`
	TenantID  string   `json:"tid"`
	Kind      string   `json:"idtyp"`
	Roles     []string `json:"roles"`
	Scopes    string   `json:"scp"`
	User      string   `json:"upn"`
	NotBefore int64    `json:"nbf"`
	Expires   int64    `json:"exp"`
}

// application is whether an application signed in as itself.
func (b badge) application() bool { return b.Kind == "app" }

// hasScope is whether a person gave the application one of these permissions.
func (b badge) hasScope(any ...string) bool {
	return slices.ContainsFunc(strings.Fields(b.Scopes), func(scope string) bool { return has(any, scope) })
}

// hasRole is whether the application has one of these permissions for itself.
func (b badge) hasRole(any ...string) bool {
	return slices.ContainsFunc(b.Roles, func(role string) bool { return has(any, role) })
}

// Why a token is not taken at all.
var (
	errNoToken      = errors.New("there is no token")
	errMalformed    = errors.New("token is not a JWT with readable claims")
	errNotOurs      = errors.New("token was not signed by this tenant")
	errOtherTenant  = errors.New("token is of another tenant")
	errTokenOver    = errors.New("token is over")
	errTooEarly     = errors.New("token is not valid yet")
	errOtherService = errors.New("token is made out to another resource")
)

// readBadge accepts a token that is ours, of now, and made out to the API with this application ID.
// The caller holds the tenant's mutex.
func (t *Tenant) readBadge(token, api string) (badge, error) {
	if token == "" {
		return badge{}, errNoToken
	}
	who, err := t.signer.verify(token)
	if err != nil {
		return badge{}, err
	}
	resource, _ := findResource(api)
	audiences := resource.audiences
	if t.options.Audience != "" && api == exchangeAppID {
		audiences = append(audiences, strings.TrimRight(t.options.Audience, "/"))
	}
	now := t.clock.now()
	switch {
	case who.Issuer != t.issuer() || who.TenantID != tenantID:
		return who, errOtherTenant
	case now.After(time.Unix(who.Expires, 0)):
		return who, errTokenOver
	case now.Before(time.Unix(who.NotBefore, 0)):
		return who, errTooEarly
	case !has(audiences, strings.TrimRight(who.Audience, "/")):
		return who, errOtherService
	}
	return who, nil
}
