package tui

import "strings"

// mask stands for a secret that is not shown.
const mask = "********"

// longestPlain is the longest run of letters, in bytes, that is not taken for a token: host
// names, paths and identifiers are shorter, access tokens, refresh tokens and codes are not.
const longestPlain = 120

// withoutSecrets puts a mask in the place of whatever looks like a client secret, a token or a
// code. Logs hold such things beside the error that somebody pastes.
func withoutSecrets(text string) string {
	var b strings.Builder
	written := 0
	for start := 0; start < len(text); {
		if !ofToken(text[start]) {
			start++
			continue
		}
		end := start
		for end < len(text) && ofToken(text[end]) {
			end++
		}
		if tokenLike(text[start:end]) || end-start >= 6 && namedSecret(text[:start]) {
			b.WriteString(text[written:start])
			b.WriteString(mask)
			written = end
		}
		start = end
	}
	if written == 0 {
		return text
	}
	b.WriteString(text[written:])
	return b.String()
}

// ofToken reports whether tokens and secrets are written with a letter.
func ofToken(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~+/", c) >= 0
}

// tokenLike reports whether a run of letters has the form of a secret: Entra's client secrets
// have a digit, Q and ~ near their beginning, Google's begin with GOCSPX-, its tokens with ya29,
// signed tokens with the base64 of {" and XOAUTH2 strings with that of user=.
func tokenLike(run string) bool {
	if len(run) > longestPlain {
		return true
	}
	if i := strings.Index(run, "Q~"); i > 0 && run[i-1] >= '0' && run[i-1] <= '9' && len(run) >= 10 {
		return true
	}
	for _, begin := range []string{"eyJ", "dXNlcj", "GOCSPX-", "ya29."} {
		if strings.HasPrefix(run, begin) && len(run) >= 20 {
			return true
		}
	}
	return false
}

// namedSecret reports whether what stands before a value gives it the name of a secret, as
// client_secret= and "password": do. A colon alone is no assignment: error texts are full of them.
func namedSecret(before string) bool {
	name := strings.TrimRight(before[max(len(before)-40, 0):], " ")
	quoted := strings.TrimRight(name, `"'`)
	switch {
	case strings.HasSuffix(quoted, "="):
		name = strings.TrimRight(strings.TrimSuffix(quoted, "="), ` "'`)
	case strings.HasSuffix(strings.TrimRight(quoted, " "), `":`), strings.HasSuffix(strings.TrimRight(quoted, " "), `':`):
		name = strings.TrimRight(quoted, ` "':`)
	default:
		return false
	}
	name = strings.ToLower(name)
	for _, secret := range []string{"client_secret", "clientsecret", "password", "passwd", "access_token", "refresh_token", "client_assertion", "device_code", "&code", "?code"} {
		if strings.HasSuffix(name, secret) {
			return true
		}
	}
	return false
}
