package widget

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailgrant/mailgrant/tui/theme"
)

// Address shows a long address of the web whole, between two rules that are open at the sides: a
// person who selects its lines by hand gets nothing else along. Where a terminal knows links, all
// of its lines are one.
func Address(t theme.Theme, address string, width int) []string {
	if width < 1 {
		return nil
	}
	link := linkable(address)
	rule := t.Quiet.Render(strings.Repeat("─", width))
	lines := []string{rule}
	for _, part := range pieces(printable(address), width) {
		style := t.Accent
		if link {
			style = style.Hyperlink(address, "id=address")
		}
		lines = append(lines, style.Render(part))
	}
	return append(lines, rule)
}

// linkable reports whether an address can be put into a terminal's link as it is. Beyond ASCII some
// bytes end the link, which is written as an operating system command (ECMA-48 section 8.3.89).
func linkable(address string) bool {
	beyond := func(r rune) bool { return r <= ' ' || r > '~' }
	return strings.HasPrefix(address, "https://") && !strings.ContainsFunc(address, beyond)
}

// printable is a text without what acts on a terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, ansi.Strip(text))
}

// pieces cuts a text at exactly the width, without a hyphen or an indentation that would be
// copied along.
func pieces(text string, width int) []string {
	var all []string
	for text != "" {
		head := ansi.Truncate(text, width, "")
		if head == "" {
			_, size := utf8.DecodeRuneInString(text)
			head = text[:size]
		}
		all = append(all, head)
		text = text[len(head):]
	}
	return all
}
