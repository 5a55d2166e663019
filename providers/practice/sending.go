package practice

import (
	"errors"
	"fmt"
	"strings"
)

// maySendAs says whether a mailbox may use this sender address. Exchange asks for SendAs also of
// a mailbox that sends as itself; SELF has it from the start.
func (t *Tenant) maySendAs(authenticated, sender string) bool {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	box := t.state.mailbox(sender)
	if box == nil {
		return false
	}
	if strings.EqualFold(authenticated, sender) {
		return box.selfSendAs
	}
	return has(box.sendAs, authenticated)
}

// sendingBlocked is for an organisation whose mail nobody takes any more
// (https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/fix-error-code-5-7-700-through-5-7-750).
func (t *Tenant) sendingBlocked() *mailRefusal {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if !t.state.exchange.sendingBlocked {
		return nil
	}
	return &mailRefusal{
		"550 5.7.705 Service unavailable. Access denied, tenant has exceeded threshold. For more information please go to http://go.microsoft.com/fwlink/?LinkId=526655.",
		errors.New("the organisation sent too much"),
	}
}

// maxRecipients is how many recipients a mailbox may send to in a day
// (https://learn.microsoft.com/office365/servicedescriptions/exchange-online-service-description/exchange-online-limits).
const maxRecipients = 10000

// quotaExceeded counts the recipients of one more message.
func (t *Tenant) quotaExceeded(address string, more int) *mailRefusal {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	box := t.state.mailbox(address)
	if box == nil || box.recipients+more <= maxRecipients {
		return nil
	}
	return &mailRefusal{
		"554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message due to a permanent exception with message The message can't be submitted because the sender's submission quota was exceeded.",
		fmt.Errorf("%s has sent to %d recipients today", box.address, box.recipients),
	}
}
