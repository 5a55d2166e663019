package diagnosis

import (
	"regexp"
	"strings"
	"sync"
)

// goodNews are the steps that went well and the troubles that people rule out, in lower case.
var goodNews = strings.NewReplacer(
	"tls handshake complete", " ", "ssl handshake complete", " ", "handshake complete", " ", "handshake finished", " ", "starting tls handshake", " ",
	"no proxy, no firewall", " ", "no proxy", " ", "no firewall", " ", "without a proxy", " ", "without proxy", " ", "not behind a proxy", " ",
	"proxy: none", " ", "proxy: null", " ",
)

// praise is what people say of the other house, with which all is well.
var praise = sync.OnceValue(func() *regexp.Regexp {
	const others = `(?:gmail|google|google workspace|outlook\.com|hotmail|yahoo)(?: account| mail)?`
	return regexp.MustCompile(`\bwork(?:s|ed|ing)? (?:\w+ )?(?:with|for|on|in) (?:my |the |a |our )?` + others +
		`|\b` + others + ` (?:works|worked|is working) (?:fine|well|perfectly|without)`)
})

// withoutPraise leaves out what is well: it would pass for what went wrong.
func withoutPraise(lower string) string {
	lower = goodNews.Replace(lower)
	if !strings.Contains(lower, "work") {
		return lower
	}
	return praise().ReplaceAllString(lower, " ")
}
