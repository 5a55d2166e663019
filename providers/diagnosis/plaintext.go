package diagnosis

import (
	"encoding/base64"
	"html"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/mailgrant/mailgrant/providers"
)

// escapes are what logs, terminals, pages and mail put around a text.
var escapes = sync.OnceValue(func() (e struct {
	colour, tag, percent, unicode, lineEnd, quotedPrintable, softBreak, margin, challenge *regexp.Regexp
}) {
	e.colour = regexp.MustCompile("\x1b\\[[0-9;]*[A-Za-z]")
	e.tag = regexp.MustCompile(`(?i)</?(?:html|head|body|title|h[1-6]|p|br|hr|div|span|b|i|u|em|strong|font|a|code|pre|ul|ol|li|table|tr|td|th|blockquote)(?:\s[^<>]{0,300})?/?>`)
	e.percent = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)
	e.unicode = regexp.MustCompile(`\\+u[0-9A-Fa-f]{4}`)
	e.lineEnd = regexp.MustCompile(`\\+[rnt]`)
	e.quotedPrintable = regexp.MustCompile(`=[0-9A-F]{2}`)
	e.softBreak = regexp.MustCompile(`=\r?\n`)
	e.margin = regexp.MustCompile(`(?m)^[ \t]*[>|│┃#*]+[ \t]*`)
	e.challenge = regexp.MustCompile(`\beyJ[A-Za-z0-9+/]{20,400}={0,2}`)
	return e
})

// plainText undoes what logs, JSON, HTML, addresses and mail do to a text, and cleans it.
func plainText(text string) string {
	e := escapes()
	text = e.colour.ReplaceAllString(text, "")
	text = unquotePrintable(text)
	text = e.margin.ReplaceAllString(text, "")
	text = unescapePercent(text)
	text = e.tag.ReplaceAllString(text, " ")
	text = html.UnescapeString(text)
	text = e.unicode.ReplaceAllStringFunc(text, codePoint)
	text = e.lineEnd.ReplaceAllString(text, " ")
	text = plainSigns.Replace(text)
	return cleanAll(text + challengesIn(text))
}

// plainSigns writes quotation marks one way, as the signs have them.
var plainSigns = strings.NewReplacer(
	`\"`, `"`, `\'`, `'`, `\/`, "/",
	"’", "'", "‘", "'", "´", "'", "“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`,
)

// shortForms writes out what English shortens, in lower case.
var shortForms = strings.NewReplacer("can't", "cannot", "can not", "cannot", "n't", " not")

func unquotePrintable(text string) string {
	e := escapes()
	if !strings.Contains(text, "=3D") && !strings.Contains(text, "=\n") && !strings.Contains(text, "=\r\n") {
		return text
	}
	text = e.softBreak.ReplaceAllString(text, "")
	return e.quotedPrintable.ReplaceAllStringFunc(text, func(escape string) string { return hexByte(escape[1:], escape) })
}

// unescapePercent reads what comes from an address bar, where a plus sign is a blank. A lone escape
// is left: a sentence may hold "100%".
func unescapePercent(text string) string {
	e := escapes()
	if len(e.percent.FindAllStringIndex(text, 2)) < 2 && !strings.Contains(text, "&error_description=") {
		return text
	}
	text = e.percent.ReplaceAllStringFunc(text, func(escape string) string { return hexByte(escape[1:], escape) })
	return strings.ReplaceAll(text, "+", " ")
}

func hexByte(digits, otherwise string) string {
	b, err := strconv.ParseUint(digits, 16, 8)
	if err != nil {
		return otherwise
	}
	return string([]byte{byte(b)})
}

// codePoint reads the escape of a code point, however often its backslash was escaped itself.
func codePoint(escape string) string {
	r, err := strconv.ParseUint(escape[len(escape)-4:], 16, 32)
	if err != nil {
		return escape
	}
	return string(rune(r))
}

// challengesIn reads what mail servers say in base64 after a token: JSON with a status
// (https://developers.google.com/workspace/gmail/imap/xoauth2-protocol). A token looks alike, but has
// no status, and is not read.
func challengesIn(text string) string {
	var said strings.Builder
	for _, word := range escapes().challenge.FindAllString(text, mostNumbers) {
		plain, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(word, "="))
		if err == nil && strings.Contains(string(plain), `"status"`) {
			said.WriteString(" " + string(plain))
		}
	}
	return said.String()
}

// cleanAll cleans a long text word by word, since Clean cuts long ones.
func cleanAll(text string) string {
	words := strings.Fields(text)
	for i, word := range words {
		words[i] = providers.Clean(word)
	}
	return strings.Join(words, " ")
}
