package diagnosis

import (
	"regexp"
	"sync"
)

// offers are the ways to sign in that a mail server lists before anybody has tried one (RFC 3501
// section 6.1.1, RFC 4954 section 3, RFC 5034 section 3), in lower case.
var offers = sync.OnceValue(func() *regexp.Regexp {
	const ways = `(?:(?:plain-clienttoken|plain|login|xoauth2?|oauthbearer|ntlm|gssapi|cram-md5|digest-md5|external)\b[ ,;]*)`
	return regexp.MustCompile(`\b(?:auth=|imaps?: auth: |extension "auth", arg ")` + ways + `+|250[ -]auth[ =]` + ways + `+|\bsasl (?:plain|login) ` + ways + `+`)
})

// withoutOffers leaves out what a server lists, which would pass for what the client did: a list
// that names XOAUTH2 stands above many a refused password.
func withoutOffers(lower string) string { return offers().ReplaceAllString(lower, " ") }
