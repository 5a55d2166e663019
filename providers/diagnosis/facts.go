package diagnosis

import (
	"regexp"
	"slices"
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

// patterns are made when the first text is explained, not when the program starts.
var patterns = sync.OnceValue(func() (p struct {
	number, bareNumber, trace, correlation, timestamp, reply, enhanced, status *regexp.Regexp
}) {
	const guid = `([0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})`
	p.number = regexp.MustCompile(`(?i)AADSTS[\s:_-]?0*(\d{2,8})\b`)
	p.bareNumber = regexp.MustCompile(`(?i)(?:code|codes|código|codice|codigo|erreur|error\(s\)|fehler|fout|błędu|コード|代码|invalid_\w+|_required)"?\W{0,11}[^\w-](\d{5,7})\b|\b(?:error|code)\b[^\n\d]{0,40}[^\w.,:-](\d{6,7})\b`)
	p.trace = regexp.MustCompile(`(?i)trace[ _-]?id"?\s*[:=]\s*"?` + guid)
	p.correlation = regexp.MustCompile(`(?i)correlation[ _-]?id"?\s*[:=]\s*"?` + guid)
	p.timestamp = regexp.MustCompile(`(?i)timestamp"?\s*[:=]\s*"?(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?Z?)`)
	p.reply = regexp.MustCompile(`\b[45]\d\d[ :,'"b-]{1,4}([45]\.\d{1,3}\.\d{1,3})\b`)
	p.enhanced = regexp.MustCompile(`(?i)(?:version\W{0,4}\d[\d.]*|(?:^|[^\d.@/v])([45]\.[0-9]\.\d{1,3})(?:[^\d.]|\.?$|\.\s))`)
	p.status = regexp.MustCompile(`(?i)(?:http(?:/\d(?:\.\d)?)?[ _]?(?:error|status|code|statuscode|response)?"?[ :=]{1,3}|status ?code"?[ :=]{1,3}|"code"\s?:\s?)"?([1-5]\d\d)\b`)
	return p
})

func factsOf(text string, numbers []int) Facts {
	p := patterns()
	facts := Facts{
		AADSTS:  decisiveNumber(&providers.AuthorityError{Numbers: numbers}),
		TraceID: group(p.trace, text), CorrelationID: group(p.correlation, text), Timestamp: group(p.timestamp, text),
		HTTPStatus:   number(group(p.status, text)),
		SMTPEnhanced: group(p.reply, text),
	}
	if codes := enhancedIn(text); facts.SMTPEnhanced == "" && len(codes) > 0 {
		facts.SMTPEnhanced = codes[0]
	}
	return facts
}

func group(pattern *regexp.Regexp, text string) string {
	if found := pattern.FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return ""
}

// mostNumbers bounds how many codes of one kind are read from a text.
const mostNumbers = 32

// numbersIn finds Entra's error numbers.
func numbersIn(text string) []int {
	var numbers []int
	for _, found := range patterns().number.FindAllStringSubmatch(text, mostNumbers) {
		numbers = append(numbers, number(found[1]))
	}
	return slices.DeleteFunc(unique(numbers), func(n int) bool { return n == 0 })
}

// bareNumbersIn finds those that stand without their letters: one counts only where Entra has it and a
// word says that it is a code; a long one also where that word stands a few words before. The libraries'
// own codes are negative.
func bareNumbersIn(text string) []int {
	var numbers []int
	for _, found := range patterns().bareNumber.FindAllStringSubmatch(text, mostNumbers) {
		n := number(found[1] + found[2])
		if _, _, known := AADSTS(n); known {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

// enhancedIn finds the enhanced status codes of RFC 3463.
func enhancedIn(text string) []string {
	var codes []string
	for _, pattern := range []*regexp.Regexp{patterns().reply, patterns().enhanced} {
		for _, found := range pattern.FindAllStringSubmatch(text, mostNumbers) {
			codes = append(codes, found[1])
		}
	}
	return slices.DeleteFunc(unique(codes), func(code string) bool { return code == "" })
}

// unique keeps the first of what comes more than once.
func unique[T comparable](list []T) []T {
	var kept []T
	for _, one := range list {
		if !slices.Contains(kept, one) {
			kept = append(kept, one)
		}
	}
	return kept
}
