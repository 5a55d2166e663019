package tui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// maxPasted is how much of a pasted error text is read, in bytes.
const maxPasted = 1 << 20

// pastedText is an error text as it may be drawn: its lines cleaned, without what looks like a
// secret.
type pastedText struct {
	lines []string // none is empty
	cut   bool     // there was more than is read
}

func newPastedText(content string) pastedText {
	p := pastedText{cut: len(content) > maxPasted}
	if p.cut {
		content = content[:maxPasted]
	}
	for _, line := range strings.FieldsFunc(content, func(r rune) bool { return r == '\n' || r == '\r' }) {
		// Word by word, since what Clean is given as a whole it cuts to the length of an answer.
		words := strings.Fields(ansi.Strip(line))
		kept := words[:0]
		for _, word := range words {
			if word = providers.Clean(word); word != "" {
				kept = append(kept, word)
			}
		}
		if len(kept) > 0 {
			p.lines = append(p.lines, withoutSecrets(strings.Join(kept, " ")))
		}
	}
	return p
}

// String is the whole text, line by line.
func (p pastedText) String() string { return strings.Join(p.lines, "\n") }

// maxExplained is how much of a text is explained at a time, in bytes: less than
// diagnosis.Explain reads of one text.
const maxExplained = 48 << 10

// long reports whether only the text's two ends are explained. In a whole log the error is the
// last thing said, or the first; to search all of a megabyte takes a second and more.
func (p pastedText) long() bool { return len(p.String()) > 2*maxExplained }

// explain says what the text means. Where it is too long for one look, its beginning goes before
// its end.
func (p pastedText) explain() diagnosis.Explanation {
	text := p.String()
	found := diagnosis.Explain(text[:min(len(text), maxExplained)])
	if found.Recognised || len(text) <= maxExplained {
		return found
	}
	if end := diagnosis.Explain(text[max(len(text)-maxExplained, maxExplained):]); end.Recognised || end.Facts != (diagnosis.Facts{}) {
		return end
	}
	return found
}

// draw shows the beginning in at most so many lines, and says how much there is besides. A single
// line is wrapped; of several each is cut, since together they say more.
func (p pastedText) draw(page *widget.Page, a area, most int) {
	shown := p.lines[:min(len(p.lines), most)]
	if len(p.lines) == 1 {
		shown = widget.Wrap(beginning(p.lines[0]), page.Width)
		if len(shown) > most {
			shown = append(shown[:most-1], shown[most-1]+" …")
		}
	}
	for _, line := range shown {
		page.Add(a.Theme.Quiet.Render(widget.Fit(beginning(line), page.Width)))
	}
	switch more := len(p.lines) - most; {
	case more == 1:
		page.Add(a.Theme.Quiet.Render("… and 1 more line"))
	case more > 1:
		page.Add(a.Theme.Quiet.Render(fmt.Sprintf("… and %d more lines", more)))
	}
}

// beginning is as much of a line as may be drawn, cut between letters.
func beginning(line string) string {
	const most = 1000 // bytes: more than the widest and highest beginning takes
	if len(line) <= most {
		return line
	}
	return strings.ToValidUTF8(line[:most], "") + "…"
}
