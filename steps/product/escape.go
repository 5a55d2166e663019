package product

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// escape writes a value so that it reads back unchanged where an artefact of this kind is read.
// A line end is refused: no field that is pasted into has one.
func escape(kind, value string) (string, error) {
	if strings.ContainsAny(value, "\r\n") {
		return "", errors.New("it has a line end in it")
	}
	if !utf8.ValidString(value) {
		return "", errors.New("it is not UTF-8")
	}
	if kind == "properties" {
		return escapeProperty(value), nil
	}
	return value, nil
}

// escapeProperty writes a value for a Java .properties text, which is Latin-1: everything outside
// printable ASCII becomes \uXXXX. Inside a value # ! = and : are ordinary. Blanks count only
// where a value begins, so only leading ones are escaped.
// https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)
func escapeProperty(value string) string {
	var b strings.Builder
	leading := true
	for _, r := range value {
		switch {
		case r == '\\':
			b.WriteString(`\\`)
		case r == ' ' && leading:
			b.WriteString(`\ `)
		case ' ' <= r && r <= '~':
			b.WriteRune(r)
		default:
			for _, unit := range utf16.AppendRune(nil, r) {
				fmt.Fprintf(&b, `\u%04X`, unit)
			}
		}
		leading = leading && r == ' '
	}
	return b.String()
}
