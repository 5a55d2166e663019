package practice

import (
	"fmt"
	"slices"
	"strings"
)

// gmailScope is the only one that Gmail's IMAP, POP3 and SMTP servers take
// (https://developers.google.com/workspace/gmail/imap/xoauth2-protocol).
const gmailScope = "https://mail.google.com/"

const googleScopePrefix = "https://www.googleapis.com/auth/"

// googleIdentityScopes tell who signed in; nobody is asked whether to give them.
func googleIdentityScopes() []string {
	return []string{"openid", "email", "profile", googleScopePrefix + "userinfo.email", googleScopePrefix + "userinfo.profile"}
}

// gmailAPIScopes open the Gmail API (https://developers.google.com/workspace/gmail/api/auth/scopes).
func gmailAPIScopes() []string {
	var list []string
	for _, name := range []string{"send", "readonly", "compose", "insert", "modify", "metadata", "labels", "settings.basic", "settings.sharing"} {
		list = append(list, googleScopePrefix+"gmail."+name)
	}
	return list
}

// parseGoogleScopes reads a scope parameter. Google writes two of the identity scopes out in full.
func parseGoogleScopes(text string) ([]string, *googleRefusal) {
	known := slices.Concat(googleIdentityScopes(), gmailAPIScopes(), []string{gmailScope})
	var valid, invalid []string
	for _, scope := range strings.Fields(text) {
		if !slices.Contains(known, scope) {
			invalid = append(invalid, scope)
			continue
		}
		if scope == "email" || scope == "profile" {
			scope = googleScopePrefix + "userinfo." + scope
		}
		if !slices.Contains(valid, scope) {
			valid = append(valid, scope)
		}
	}
	if len(invalid) > 0 {
		return nil, googleBad("invalid_scope", fmt.Sprintf("Some requested scopes were invalid. {valid=[%s], invalid=[%s]}", strings.Join(valid, ", "), strings.Join(invalid, ", ")))
	}
	return valid, nil
}

// identityOnly reports whether the scopes tell who signed in and open nothing.
func identityOnly(scopes []string) bool {
	return !slices.ContainsFunc(scopes, func(scope string) bool { return !slices.Contains(googleIdentityScopes(), scope) })
}
