// Package widget draws the parts that screens are made of. It decides nothing.
package widget

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Wrap breaks a text, styled or not, into lines of at most width cells.
func Wrap(text string, width int) []string {
	if width < 1 || text == "" {
		return nil
	}
	text = strings.ToValidUTF8(text, "·") // half a letter has no width that could be relied on
	if strings.ContainsAny(text, "\x1b\n") {
		return strings.Split(lipgloss.Wrap(text, width, ""), "\n")
	}
	return wrapPlain(text, width)
}

// wrapPlain breaks at blanks only: an identifier, an address or an option of a command is torn
// apart only if it is wider than the line.
func wrapPlain(text string, width int) []string {
	var lines []string
	line, used := "", 0
	for _, word := range strings.Split(text, " ") {
		size := lipgloss.Width(word)
		if line != "" && used+1+size <= width {
			line, used = line+" "+word, used+1+size
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		for size > width {
			head := ansi.Truncate(word, width, "")
			if head == "" {
				head = ansi.Truncate(word, 2, "") // a wide letter does not go into a line of one cell
			}
			if head == "" || head == word {
				break
			}
			lines = append(lines, head)
			word = strings.TrimPrefix(word, head)
			size = lipgloss.Width(word)
		}
		line, used = word, size
	}
	return append(lines, line)
}

// Fit cuts a line to width cells and shows that it did.
func Fit(line string, width int) string {
	if width < 1 {
		return ""
	}
	if lipgloss.Width(line) <= width {
		return line
	}
	return ansi.Truncate(line, width, "…")
}

// Pad fits a line and fills it with blanks up to width cells.
func Pad(line string, width int) string {
	line = Fit(line, width)
	return line + Blanks(width-lipgloss.Width(line))
}

// Blanks are n of them; none when n is negative.
func Blanks(n int) string { return strings.Repeat(" ", max(n, 0)) }

// Across puts one text at the left and one at the right end of a line. Where both do not fit,
// the left one gives way, down to half of the line.
func Across(left, right string, width int) string {
	if right == "" {
		return Fit(left, width)
	}
	right = Fit(right, width/2)
	left = Pad(left, width-lipgloss.Width(right)-1)
	if left == "" {
		return Fit(right, width)
	}
	return left + " " + right
}

// Centre puts a line in the middle of width cells.
func Centre(line string, width int) string {
	line = Fit(line, width)
	return Blanks((width-lipgloss.Width(line))/2) + line
}
