package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// fromPOP3 reads a refusal over POP3. Exchange looks at the token, its record of the app and the
// mailbox in one step, and says "unknown user name or bad password" of all three.
func fromPOP3(reply *providers.Reply, symptom Symptom, evidence Evidence) []finding {
	if reply.Command != "AUTH" && !contains(reply.Text, "authentication failure") {
		return nil
	}
	if evidence.atGoogle() || ofGmail(reply) {
		return gmailRefused(evidence)
	}
	if findings := tokenAtFault(symptom, evidence); findings != nil {
		return findings
	}
	switch {
	case !fromEntra(evidence.Claims):
		return unreadableToken(symptom, evidence)
	case evidence.OtherWay == Accepted:
		return likely(POPDisabledMailbox, MailboxPermissionMissing)
	case !evidence.AppOnly && evidence.OtherWay == Refused:
		return likely(MailboxNotFoundOrUnlicensed, POPDisabledMailbox)
	case !evidence.AppOnly:
		return likely(POPDisabledMailbox, MailboxNotFoundOrUnlicensed)
	case evidence.AnySASL == Accepted:
		return likely(MailboxPermissionMissing, POPDisabledMailbox, MailboxNotFoundOrUnlicensed)
	}
	return recordAtFault(evidence, MailboxPermissionMissing, POPDisabledMailbox)
}
