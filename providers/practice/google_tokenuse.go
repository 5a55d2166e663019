package practice

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// Why an access token is not taken.
var (
	errNotGoogles    = errors.New("token was not given out here, or is over")
	errNoGmailScope  = errors.New("token has not the scope " + gmailScope)
	errOtherAccount  = errors.New("token is of another account")
	errGmailDisabled = errors.New("the account has no Gmail")
)

// readGoogleToken accepts an access token of now. The caller holds the tenant's mutex.
func (t *Tenant) readGoogleToken(token string) (googleAccess, error) {
	access, known := t.vault.access[token]
	if !known || access.grant.revoked || !t.clock.now().Before(access.ends) {
		return googleAccess{}, errNotGoogles
	}
	return access, nil
}

// googleRevoke ends what an access or refresh token stands for (RFC 7009).
func (t *Tenant) googleRevoke(r *http.Request) (any, *googleRefusal) {
	token := r.Form.Get("token")
	grant := t.vault.refresh[token]
	if access, known := t.vault.access[token]; known {
		grant = access.grant
	}
	if grant == nil || grant.revoked {
		return nil, googleBad("invalid_token", "Token expired or revoked")
	}
	grant.revoked = true
	return map[string]any{}, nil
}

// googleTokenInfo tells what an access token is good for.
func (t *Tenant) googleTokenInfo(r *http.Request) (any, *googleRefusal) {
	access, err := t.readGoogleToken(r.Form.Get("access_token"))
	if err != nil {
		return nil, googleBad("invalid_token", "Invalid Value")
	}
	grant := access.grant
	answer := map[string]string{
		"azp": grant.client, "aud": grant.client, "sub": googleSubject(grant.account), "scope": strings.Join(grant.scopes, " "),
		"exp": fmt.Sprint(access.ends.Unix()), "expires_in": fmt.Sprint(int(access.ends.Sub(t.clock.now()).Seconds())), "access_type": "offline",
	}
	if slices.Contains(grant.scopes, googleScopePrefix+"userinfo.email") {
		answer["email"], answer["email_verified"] = grant.account, "true"
	}
	return answer, nil
}

// googleUserInfo tells who signed in (OpenID Connect Core section 5.3).
func (t *Tenant) googleUserInfo(r *http.Request) (any, *googleRefusal) {
	access, err := t.readGoogleToken(bearerToken(r))
	if err != nil {
		return nil, googleUnauthorized("invalid_request", "Invalid Credentials")
	}
	answer := map[string]any{"sub": googleSubject(access.grant.account)}
	if slices.Contains(access.grant.scopes, googleScopePrefix+"userinfo.email") {
		answer["email"], answer["email_verified"] = access.grant.account, true
	}
	return answer, nil
}

// gmailProfile tells the mailbox of a token with the mail scope alone
// (https://developers.google.com/workspace/gmail/api/reference/rest/v1/users/getProfile).
func (t *Tenant) gmailProfile(r *http.Request) (any, *googleRefusal) {
	access, err := t.readGoogleToken(bearerToken(r))
	if err != nil {
		return nil, apiRefusal(http.StatusUnauthorized, "UNAUTHENTICATED", "authError", "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.")
	}
	if !t.state.google.project.gmailAPI {
		console := "https://console.developers.google.com/apis/api/gmail.googleapis.com/overview?project=" + googleProjectNumber
		return nil, apiRefusal(http.StatusForbidden, "PERMISSION_DENIED", "accessNotConfigured", "Gmail API has not been used in project "+googleProjectNumber+" before or it is disabled. Enable it by visiting "+console+" then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.")
	}
	if !slices.ContainsFunc(access.grant.scopes, readsMail) {
		return nil, apiRefusal(http.StatusForbidden, "PERMISSION_DENIED", "insufficientPermissions", "Request had insufficient authentication scopes.")
	}
	account, ours := t.state.google.account(access.grant.account)
	user := r.PathValue("user")
	switch {
	case user != "me" && !strings.EqualFold(user, access.grant.account):
		return nil, apiRefusal(http.StatusForbidden, "PERMISSION_DENIED", "forbidden", "Delegation denied for "+access.grant.account)
	case !ours || !account.gmail:
		return nil, apiRefusal(http.StatusBadRequest, "FAILED_PRECONDITION", "failedPrecondition", "Mail service not enabled")
	}
	return t.gmailCount(account.address)
}

// gmailCount is the mailbox in numbers. Threads are not kept: every message is one.
func (t *Tenant) gmailCount(address string) (any, *googleRefusal) {
	counted, err := t.gmailPost.user(address).Status(allMail, &imap.StatusOptions{NumMessages: true, UIDNext: true})
	if err != nil {
		return nil, apiRefusal(http.StatusInternalServerError, "INTERNAL", "backendError", "Internal error encountered.")
	}
	return map[string]any{
		"emailAddress": address, "messagesTotal": *counted.NumMessages, "threadsTotal": *counted.NumMessages,
		"historyId": fmt.Sprint(counted.UIDNext),
	}, nil
}

// readsMail is for the scopes that the profile may be read with.
func readsMail(scope string) bool {
	return slices.Contains([]string{
		gmailScope, googleScopePrefix + "gmail.readonly", googleScopePrefix + "gmail.modify",
		googleScopePrefix + "gmail.compose", googleScopePrefix + "gmail.metadata",
	}, scope)
}
