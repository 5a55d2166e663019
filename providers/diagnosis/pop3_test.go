package diagnosis

import (
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

func TestPOP3CodesSayMoreThanTheirWords(t *testing.T) {
	t.Parallel()
	for bracket, want := range map[string]string{
		"IN-USE":      "likely too-many-connections, possible service-unavailable",
		"LOGIN-DELAY": "certain throttled",
		"SYS/TEMP":    "likely mailbox-not-found-or-unlicensed, possible service-unavailable",
		"SYS/PERM":    "likely mailbox-not-found-or-unlicensed, possible pop-disabled-mailbox",
	} {
		reply := &providers.Reply{Protocol: "pop3", Command: "STAT", Status: "-ERR", Bracket: bracket, Text: "x"}
		expectRanking(t, Diagnose(Symptom{Layer: providers.LayerMailbox, Protocol: "pop3", Err: reply}, delegated()), want)
	}
	gmail := &providers.Reply{Protocol: "pop3", Command: "AUTH", Status: "-ERR", Bracket: "AUTH", Text: "Invalid credentials",
		Challenge: &providers.Challenge{Status: "400", Scope: "https://mail.google.com/"}}
	expectRanking(t, Diagnose(Symptom{Layer: providers.LayerSASL, Err: gmail}, delegated(unreadable)), "likely google-scope-wrong, possible wrong-user-signed-in, possible access-token-expired")
}
