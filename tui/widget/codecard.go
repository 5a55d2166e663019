package widget

import (
	"strings"

	"github.com/mailgrant/mailgrant/tui/theme"
)

// CodeCard draws a code that a person types elsewhere, large and in groups.
func CodeCard(t theme.Theme, code string, width int) []string {
	spelt := "   " + spell(code) + "   "
	card := Frame(t, []string{t.Accent.Render(spelt)}, min(len([]rune(spelt))+4, width))
	for i := range card {
		card[i] = Centre(card[i], min(width, 72))
	}
	return card
}

// spell puts blanks between a code's letters and more between its groups.
func spell(code string) string {
	letters := []rune(code)
	group := 4
	if len(letters)%3 == 0 {
		group = 3
	}
	var b strings.Builder
	for i, letter := range letters {
		if i > 0 {
			b.WriteByte(' ')
			if i%group == 0 {
				b.WriteByte(' ')
			}
		}
		b.WriteRune(letter)
	}
	return b.String()
}
