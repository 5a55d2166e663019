package probe

import (
	"fmt"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// inbox ends the mailbox layer of a protocol that shows the inbox alone. Another folder that was
// asked for stays unproved, and that must not look like a proof.
func (t *test) inbox(name string, messages int) {
	t.messages = messages
	result := LayerResult{Layer: providers.LayerMailbox, Outcome: providers.Passed, Elapsed: t.ledger.lap()}
	result.Detail = name + ", " + count(messages, "message", "messages")
	if folder := t.attempt.Folder; folder != "" && !strings.EqualFold(folder, "INBOX") {
		result.Outcome = providers.Warned
		result.Detail += fmt.Sprintf("; folder %q was not looked for: this test opens only the inbox", providers.Clean(folder))
	}
	t.conclude(result)
}
