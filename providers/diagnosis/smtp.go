package diagnosis

import (
	"fmt"

	"github.com/mailgrant/mailgrant/providers"
)

// fromSMTP reads a refusal over SMTP whose words alone do not decide.
func fromSMTP(reply *providers.Reply, symptom Symptom, evidence Evidence) []finding {
	switch {
	case outboundBlocked(reply.Enhanced):
		return likely(OutboundSendingBlocked)
	case reply.Code == 535 || reply.Command == "AUTH" && reply.Code >= 500:
		return smtpRefused(reply, symptom, evidence)
	}
	return nil
}

// smtpRefused is about a token that the server did not take. Exchange says "535 5.7.3" whatever the
// reason. App-only it looks at its own record of the app and at the mailbox in this one step; so a
// record that IMAP accepts leaves the mailbox.
func smtpRefused(reply *providers.Reply, symptom Symptom, evidence Evidence) []finding {
	if evidence.atGoogle() || ofGmail(reply) {
		return gmailRefused(evidence)
	}
	if findings := tokenAtFault(symptom, evidence); findings != nil {
		return findings
	}
	switch {
	case reply.Code == 501:
		return likely(XOAUTH2StringMalformed, XOAUTH2NeedsTwoStep)
	case !fromEntra(evidence.Claims):
		return unreadableToken(symptom, evidence)
	case !evidence.AppOnly:
		return likely(MailboxNotFoundOrUnlicensed, SMTPAuthDisabledMailbox)
	case evidence.AnySASL == Accepted:
		return likely(MailboxPermissionMissing, MailboxNotFoundOrUnlicensed)
	case evidence.AnySASL == Refused:
		return recordAtFault(evidence, ServicePrincipalObjectIDWrong)
	}
	return recordAtFault(evidence, MailboxPermissionMissing)
}

// outboundBlocked knows the enhanced codes with which Exchange Online stops a tenant's or a
// mailbox's outgoing mail
// (https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online/non-delivery-reports-in-exchange-online).
func outboundBlocked(enhanced string) bool {
	var class, subject, detail int
	if _, err := fmt.Sscanf(enhanced, "%d.%d.%d", &class, &subject, &detail); err != nil {
		return false
	}
	return class == 5 && subject == 7 && (detail >= 501 && detail <= 503 || detail >= 700 && detail <= 799)
}
