package probe

import (
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// find looks for a message in the examined folder by its Message-ID (RFC 3501 section 6.4.4). The
// answer is a list of UIDs; a search marks nothing as read.
func (i *imapTalk) find(messageID string) (bool, error) {
	answer, err := i.ask(providers.StageDialogue, imapCommand{name: "UID SEARCH", arguments: " HEADER Message-ID " + quoteText(messageID)})
	if err != nil {
		return false, err
	}
	for _, line := range answer.untagged {
		if words := strings.Fields(line); len(words) > 2 && strings.EqualFold(words[1], "SEARCH") {
			return true, nil
		}
	}
	return false, nil
}

// quoteText writes a quoted string. What cannot stand in one goes: a Message-ID has none of it.
func quoteText(text string) string {
	var out strings.Builder
	for _, r := range text {
		switch {
		case r < ' ' || r > '~':
			continue
		case r == '"', r == '\\':
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return `"` + out.String() + `"`
}

func whetherFound(found bool) string {
	if found {
		return "the test message is there"
	}
	return "the test message is not there yet"
}
