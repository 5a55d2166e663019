package steps

import (
	"maps"
	"strings"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// Grants are the tokens of one run, in memory only. Each stands under what it was made for, so
// that one made for other answers is never found.
type Grants struct{ made map[grantKey]Grant }

type grantKey struct{ tenant, clientID, account, scopes string }

// Grant is a token, or why there is none.
type Grant struct {
	providers.Grant
	Err error
}

func keyOf(plan Plan, account providers.Address, scopes ...string) grantKey {
	return grantKey{plan.Tenant, string(plan.ClientID), strings.ToLower(string(account)), strings.Join(scopes, " ")}
}

func (g Grants) get(key grantKey) (Grant, bool) {
	grant, ok := g.made[key]
	return grant, ok
}

func (g Grants) with(key grantKey, grant Grant) Grants {
	made := maps.Clone(g.made)
	if made == nil {
		made = map[grantKey]Grant{}
	}
	made[key] = grant
	return Grants{made}
}

// without drops the token that a test signs in with.
func (g Grants) without(plan Plan, test Test) Grants {
	made := maps.Clone(g.made)
	if key, ok := keyFor(plan, test); ok {
		delete(made, key)
	}
	return Grants{made}
}

// For finds the token that a test signs in with.
func (g Grants) For(plan Plan, test Test) (Grant, bool) {
	key, ok := keyFor(plan, test)
	if !ok {
		return Grant{}, false
	}
	return g.get(key)
}

func keyFor(plan Plan, test Test) (grantKey, bool) {
	if plan.AppOnly() {
		return keyOf(plan, "", test.Scope), true
	}
	for _, signIn := range plan.SignIns {
		if signIn.Account.Same(test.Mailbox.SignIn) {
			return keyOf(plan, signIn.Account, signIn.Scopes...), true
		}
	}
	return grantKey{}, false
}

// Alive leaves out what failed and what ends before the given moment.
func (g Grants) Alive(until time.Time) Grants {
	made := maps.Clone(g.made)
	maps.DeleteFunc(made, func(_ grantKey, grant Grant) bool {
		return grant.Err != nil || !grant.Expires.IsZero() && grant.Expires.Before(until)
	})
	return Grants{made}
}
