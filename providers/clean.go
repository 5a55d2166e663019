package providers

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxClean bounds what is kept of one text of a server, in bytes.
const maxClean = 2000

// Clean makes a server's text fit to be shown: control characters, escape sequences'
// introducers, direction overrides and broken UTF-8 go, line ends become blanks, runs of
// blanks become one, and what is longer than 2,000 bytes is cut with an ellipsis.
func Clean(text string) string {
	var b strings.Builder
	blank := false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			blank = b.Len() > 0
			continue
		case r == utf8.RuneError, unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
			continue
		}
		if b.Len() > maxClean {
			b.WriteString("…")
			break
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(r)
	}
	return b.String()
}
