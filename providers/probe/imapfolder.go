package probe

import (
	"encoding/base64"
	"strings"
	"unicode/utf16"
)

// folderBase64 is the alphabet of modified UTF-7: a comma for the slash, no padding.
var folderBase64 = base64.NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,").WithPadding(base64.NoPadding)

// quoteFolder writes a folder's name as a quoted string in modified UTF-7 (RFC 3501 section
// 5.1.3). Nothing but printable ASCII comes out, so that no name can end the command.
func quoteFolder(name string) string {
	var out strings.Builder
	var shifted []uint16
	flush := func() {
		if len(shifted) == 0 {
			return
		}
		raw := make([]byte, 0, 2*len(shifted))
		for _, unit := range shifted {
			raw = append(raw, byte(unit>>8), byte(unit))
		}
		out.WriteString("&" + folderBase64.EncodeToString(raw) + "-")
		shifted = nil
	}
	out.WriteByte('"')
	for _, r := range name {
		if r < ' ' || r > '~' {
			shifted = utf16.AppendRune(shifted, r)
			continue
		}
		flush()
		switch r {
		case '&':
			out.WriteString("&-")
		case '"', '\\':
			out.WriteByte('\\')
			out.WriteRune(r)
		default:
			out.WriteRune(r)
		}
	}
	flush()
	out.WriteByte('"')
	return out.String()
}
