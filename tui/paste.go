package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// pastedLine is what a paste brings to an ordinary field: one line without blanks around it and
// without anything that acts on a terminal. The notice says what was left out; a paste that
// cannot be a value is not taken at all.
func pastedLine(content string) (text, notice string) {
	if len(content) > widget.MaxInput {
		return "", tooLong(len(content))
	}
	text = providers.Clean(ansi.Strip(content))
	if slices.ContainsFunc(strings.Fields(text), secretLike) {
		return "", "this looks like a client secret and was not taken: everybody can read this field"
	}
	if strings.ContainsAny(strings.TrimSpace(content), "\r\n") {
		return text, "the paste had several lines; they were joined"
	}
	return text, ""
}

// pastedSecret is what a paste brings to a hidden field. Only what stands around it is removed:
// whatever is inside belongs to the value, or must be refused and not mended.
func pastedSecret(content string) (text, notice string) {
	if len(content) > widget.MaxInput {
		return "", tooLong(len(content))
	}
	text = strings.TrimSpace(content)
	if text != content {
		notice = "blanks or line ends around the paste were removed"
	}
	return text, notice
}

// secretLike reports whether a word has the form of the secrets that Entra makes: 40
// characters, of which the fourth to sixth are a digit, Q and ~.
func secretLike(word string) bool {
	return len(word) == 40 && word[3] >= '0' && word[3] <= '9' && word[4:6] == "Q~"
}

func tooLong(size int) string {
	return fmt.Sprintf("the paste was not taken: it has %d bytes, and no value here is longer than %d", size, widget.MaxInput)
}
