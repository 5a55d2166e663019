package diagnosis

import (
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// argument quotes a value for PowerShell, so that nothing in it can end the argument or be run.
// A plain value gets the double quotes that Microsoft's pages use. Any other gets single quotes,
// between which PowerShell replaces nothing; a single quote, of which PowerShell knows five forms,
// is doubled (about_Quoting_Rules).
func argument(value string) string {
	value = providers.Clean(value)
	if strings.IndexFunc(value, func(r rune) bool { return !plain(r) }) < 0 {
		return `"` + value + `"`
	}
	var quoted strings.Builder
	quoted.WriteByte('\'')
	for _, r := range value {
		if strings.ContainsRune("'‘’‚‛", r) {
			quoted.WriteRune(r)
		}
		quoted.WriteRune(r)
	}
	quoted.WriteByte('\'')
	return quoted.String()
}

// plain characters mean nothing to PowerShell between double quotes, nor to a reader of a sentence.
func plain(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("@._+-/:=", r)
}
