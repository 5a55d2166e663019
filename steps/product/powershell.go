package product

import (
	"strings"
	"unicode"

	"github.com/mailgrant/mailgrant/providers"
)

// powershell fills the {{placeholders}} of one command line. How a value is written follows from
// where its placeholder stands: inside "…", inside '…', inside '…' within "…" (a recipient
// filter), or bare, where only a GUID is safe. A value that is missing or cannot be written
// safely becomes <name>, which PowerShell does not parse.
// Quoting rules: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
func powershell(line string, values map[string]string) string {
	var b strings.Builder
	var double, single bool
	for line != "" {
		if name, rest, ok := placeholder(line); ok {
			b.WriteString(quoted(name, values[name], double, single))
			line = rest
			continue
		}
		switch line[0] {
		case '"':
			double, single = !double, false
		case '\'':
			single = !single
		}
		b.WriteByte(line[0])
		line = line[1:]
	}
	return b.String()
}

func quoted(name, value string, double, single bool) string {
	unsafe := strings.ContainsFunc(value, unicode.IsControl)
	switch {
	case value == "", unsafe, !double && !single && !providers.IsGUID(value):
		return "<" + name + ">"
	case !double && !single:
		return strings.TrimSpace(value)
	}
	var b strings.Builder
	for _, r := range value {
		switch {
		case single && isSingleQuote(r):
			b.WriteRune(r)
		case double && (isDoubleQuote(r) || r == '`' || r == '$'):
			b.WriteByte('`')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// PowerShell takes typographic quotes for straight ones, so that they end a string too.
func isSingleQuote(r rune) bool { return r == '\'' || (r >= '\u2018' && r <= '\u201b') }
func isDoubleQuote(r rune) bool { return r == '"' || (r >= '\u201c' && r <= '\u201e') }
