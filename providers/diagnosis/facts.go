package diagnosis

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/mailgrant/mailgrant/providers"
)

// Facts are the identifiers in an error text that others can look up. What is not there stays zero.
type Facts struct {
	AADSTS        int    // the deciding number
	TraceID       string // a GUID
	CorrelationID string // a GUID
	Timestamp     string // as it stands in the text
	SMTPEnhanced  string // e.g. "5.7.139"
	HTTPStatus    int
}

// pastedText is an error text made ready to be read: escapes undone, blanks joined, lower case.
type pastedText struct {
	lower   string
	numbers []int
	code    int // SMTP reply code
	facts   Facts
}

// maxPasted bounds what is read of one text, in bytes: a whole log holds more than one error anyway.
const maxPasted = 64 << 10

// patterns are made when the first text is explained, not when the program starts.
var patterns = sync.OnceValue(func() (p struct {
	number, trace, correlation, timestamp, reply, enhanced, status *regexp.Regexp
}) {
	const guid = `([0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})`
	p.number = regexp.MustCompile(`(?i)AADSTS\s?0*(\d{2,8})\b|error_codes"?\s*[:=]\s*\[\s*(\d{2,8})`)
	p.trace = regexp.MustCompile(`(?i)trace[ _-]?id"?\s*[:=]\s*"?` + guid)
	p.correlation = regexp.MustCompile(`(?i)correlation[ _-]?id"?\s*[:=]\s*"?` + guid)
	p.timestamp = regexp.MustCompile(`(?i)timestamp"?\s*[:=]\s*"?(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?Z?)`)
	p.reply = regexp.MustCompile(`\b([45]\d\d)[ :,'"b-]{1,4}([45]\.\d{1,3}\.\d{1,3})\b`)
	p.enhanced = regexp.MustCompile(`(?:^|[^\d.])([45]\.[0-9]\.\d{1,3})(?:[^\d.]|\.?$|\.\s)`)
	p.status = regexp.MustCompile(`(?i)(?:http(?:/\d(?:\.\d)?)?[ _]?(?:error|status|code|statuscode|response)?"?[ :=]{1,3}|status ?code"?[ :=]{1,3}|"code"\s?:\s?)"?([1-5]\d\d)\b`)
	return p
})

func readText(text string) pastedText {
	if len(text) > maxPasted {
		text = text[:maxPasted]
	}
	text = plainText(text)
	t := pastedText{lower: strings.ToLower(text)}
	p := patterns()
	for _, found := range p.number.FindAllStringSubmatch(text, 32) {
		if number, err := strconv.Atoi(first(found[1], found[2])); err == nil && !slices.Contains(t.numbers, number) {
			t.numbers = append(t.numbers, number)
		}
	}
	t.facts = Facts{
		AADSTS:  decisiveNumber(&providers.AuthorityError{Numbers: t.numbers}),
		TraceID: group(p.trace, text), CorrelationID: group(p.correlation, text), Timestamp: group(p.timestamp, text),
		SMTPEnhanced: group(p.enhanced, text),
	}
	t.facts.HTTPStatus, _ = strconv.Atoi(group(p.status, text))
	if found := p.reply.FindStringSubmatch(text); found != nil {
		t.code, _ = strconv.Atoi(found[1])
		t.facts.SMTPEnhanced = found[2]
	}
	return t
}

func group(pattern *regexp.Regexp, text string) string {
	if found := pattern.FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return ""
}

// plainText undoes what logs, JSON, HTML and addresses do to a text, and cleans it.
func plainText(text string) string {
	if strings.Contains(text, "%20") || strings.Contains(text, "%27") {
		if plain, err := url.PathUnescape(text); err == nil {
			text = plain
		}
	}
	text = html.UnescapeString(text)
	text = strings.NewReplacer(`\\r`, " ", `\\n`, " ", `\r`, " ", `\n`, " ", `\t`, " ", `\"`, `"`, `\u0027`, "'", `\u0022`, `"`, `\/`, "/",
		"’", "'", "‘", "'", "“", `"`, "”", `"`).Replace(text)
	return cleanAll(text)
}

// cleanAll cleans a long text word by word, since Clean cuts long ones.
func cleanAll(text string) string {
	words := strings.Fields(text)
	for i, word := range words {
		words[i] = providers.Clean(word)
	}
	return strings.Join(words, " ")
}

func (t pastedText) has(words ...string) bool { return holds(t.lower, words) }

func (t pastedText) hasAny(words ...string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(t.lower, word) })
}

// aboutMail reports whether the text speaks of mail, its servers or a sign-in to them.
func (t pastedText) aboutMail() bool {
	return t.facts.SMTPEnhanced != "" || t.hasAny("storedrv", "imap", "smtp", "pop3", "mail", "outlook", "office365", "exchange", "microsoftonline", "xoauth2", "oauth",
		"graph.microsoft", "gsmtp", "azure", "msal", "aadsts", "access_token", "refresh_token", "inbox", ":993", ":587", ":465", ":995")
}

// namesMailServer reports whether the text names a mail protocol or a server of Microsoft or Google.
func (t pastedText) namesMailServer() bool {
	return t.hasAny("imap", "smtp", "pop3", "outlook", "office365", "xoauth2", "gmail", "microsoftonline", "graph.microsoft", "exchange")
}

// foreign reports whether the text is another trade's: databases, containers and package managers
// have refusals and certificates of their own.
func (t pastedText) foreign() bool {
	return !t.aboutMail() && t.hasAny("postgres", "mysql", "mariadb", "mongodb", "redis", "kubernetes", "kubectl", "docker", "registry",
		"nginx", "npm ", "pip ", "maven", "gradle", "ldap", "ssh:", "ssh_", "git@", "apt-get", "yum ", "terraform", "jdbc", "oracle", "ora-", "kafka", "elasticsearch")
}
