package practice

import (
	"strings"
	"testing"
)

func TestTheQuotaCountsEveryRecipient(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before, more int
		refused      bool
	}{
		"nothing sent":             {0, 1, false},
		"the last recipient":       {maxRecipients - 1, 1, false},
		"one too many":             {maxRecipients - 1, 2, true},
		"the quota is used up":     {maxRecipients, 1, true},
		"a large message, at once": {0, maxRecipients + 1, true},
		"a large message, just so": {0, maxRecipients, false},
	} {
		w := practise(t, Options{})
		w.state.outbound().recipients = test.before
		if got := w.quotaExceeded(crm, test.more); (got != nil) != test.refused {
			t.Errorf("%s: refused %v", name, got != nil)
		}
		if got := w.quotaExceeded("nobody@contoso.example", test.more); got != nil {
			t.Errorf("%s: a mailbox that is not there has a quota", name)
		}
	}
}

func TestARefusedMessageIsNotDelivered(t *testing.T) {
	t.Parallel()
	for _, scenario := range []string{"outbound-sending-blocked", "sending-quota-exceeded", "send-as-denied"} {
		t.Run(scenario, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{Scenario: scenario})
			if got := w.trySMTP(crm, w.appToken()); !strings.HasPrefix(got, "smtp send: 55") {
				t.Errorf("sending was answered %q", got)
			}
			c, _ := w.dialIMAP()
			c.ask("AUTHENTICATE XOAUTH2 " + xoauth2Response(crm, w.appToken()))
			for _, folder := range []string{"INBOX", `"Sent Items"`} {
				if got, lines := c.ask("EXAMINE " + folder); !strings.Contains(strings.Join(lines, "\n"), "* 0 EXISTS") {
					t.Errorf("%s holds something: %s %q", folder, got, lines)
				}
			}
		})
	}
}
