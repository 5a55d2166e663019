package oauth

import (
	"net/url"
	"slices"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// withheld stands for a secret that a server repeated.
const withheld = "[redacted]"

// secretMembers are the form fields that must never come back in an error: RFC 6749, RFC 7521,
// RFC 8628.
var secretMembers = []string{
	"client_secret", "client_assertion", "assertion", "device_code", "refresh_token", "code", "code_verifier", "password",
}

// SecretsOf lists the secrets in a form. What is shorter than four bytes is no secret, and
// taking it out would leave nothing of a text.
func SecretsOf(form url.Values) []string {
	var secrets []string
	for _, member := range secretMembers {
		for _, value := range form[member] {
			if len(value) >= 4 {
				secrets = append(secrets, value)
			}
		}
	}
	// The longest first, for one may hold another and would show its rest.
	slices.SortFunc(secrets, func(a, b string) int { return len(b) - len(a) })
	return secrets
}

// cleanHiding makes a server's text fit to be kept. Secrets are taken out before, because
// cleaning cuts, and after, because cleaning joins what control characters kept apart.
func cleanHiding(text string, secrets []string) string {
	return hide(providers.Clean(hide(text, secrets)), secrets)
}

// hide takes secrets out of a server's text: those that were sent, as they are and as a form or
// a path encodes them, and everything that looks like a token.
func hide(text string, secrets []string) string {
	for _, secret := range secrets {
		for _, form := range []string{secret, url.QueryEscape(secret), url.PathEscape(secret)} {
			text = strings.ReplaceAll(text, form, withheld)
		}
	}
	return hideTokens(text)
}

// hideTokens takes out what begins as every JWT does: eyJ is base64url for {".
func hideTokens(text string) string {
	const mark = "eyJ"
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, mark)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		end := strings.IndexFunc(rest, func(r rune) bool {
			return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("-_.=+/", r))
		})
		if end < 0 {
			end = len(rest)
		}
		b.WriteString(withheld)
		text = rest[end:]
	}
}
