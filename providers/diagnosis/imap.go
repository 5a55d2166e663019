package diagnosis

import (
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// fromIMAP reads a refusal over IMAP whose words alone do not decide.
func fromIMAP(reply *providers.Reply, symptom Symptom, evidence Evidence) []finding {
	switch {
	case contains(reply.Text, "authenticated but not connected"):
		return notConnected(evidence)
	case reply.Command == "LOGIN":
		return likely(BasicAuthBlocked, WrongCredentials)
	case reply.Command == "AUTHENTICATE":
		return imapRefused(reply, symptom, evidence)
	case reply.Command == "EXAMINE" || reply.Command == "SELECT" || reply.Command == "STATUS":
		return folderRefused(reply, evidence)
	}
	return nil
}

// imapRefused is about a token that the server did not take. Exchange says "AUTHENTICATE failed."
// whatever the reason.
func imapRefused(reply *providers.Reply, symptom Symptom, evidence Evidence) []finding {
	if evidence.atGoogle() || ofGmail(reply) {
		return gmailRefused(evidence)
	}
	if findings := tokenAtFault(symptom, evidence); findings != nil {
		return findings
	}
	switch {
	case reply.Status == "BAD":
		return likely(XOAUTH2StringMalformed, AccessTokenMalformed)
	case !fromEntra(evidence.Claims):
		return unreadableToken(symptom, evidence)
	case !evidence.AppOnly && evidence.OtherWay == Accepted:
		return likely(IMAPDisabledMailbox, MailboxNotFoundOrUnlicensed)
	case !evidence.AppOnly:
		return likely(MailboxNotFoundOrUnlicensed, IMAPDisabledMailbox, MailboxPermissionMissing)
	case evidence.AnySASL == Accepted:
		return likely(MailboxPermissionMissing, MailboxNotFoundOrUnlicensed, IMAPDisabledMailbox)
	}
	return recordAtFault(evidence, ServicePrincipalObjectIDWrong)
}

// notConnected is Exchange's answer to a good token for a mailbox that it cannot open.
func notConnected(evidence Evidence) []finding {
	user := providers.Address(evidence.Claims.User)
	shared := evidence.SignIn != "" && !evidence.SignIn.Same(evidence.Mailbox)
	switch {
	case evidence.AppOnly && evidence.OtherWay == Accepted:
		// sending as the app needs the same right on the mailbox, unless a role stands in for it
		return likely(IMAPDisabledMailbox, MailboxPermissionMissing)
	case evidence.AppOnly:
		return likely(MailboxPermissionMissing, MailboxNotFoundOrUnlicensed, IMAPDisabledMailbox)
	case shared && user != "" && !user.Same(evidence.SignIn):
		return likely(WrongUserSignedIn, MailboxPermissionMissing)
	case shared:
		return likely(MailboxPermissionMissing, MailboxNotFoundOrUnlicensed, IMAPDisabledMailbox)
	case user != "" && !user.Same(evidence.Mailbox):
		return likely(WrongUserSignedIn, MailboxPermissionMissing)
	case evidence.OtherWay == Accepted:
		return likely(IMAPDisabledMailbox)
	case evidence.OtherWay == Refused:
		return likely(MailboxNotFoundOrUnlicensed, IMAPDisabledMailbox)
	}
	return likely(IMAPDisabledMailbox, MailboxNotFoundOrUnlicensed)
}

// folderRefused tells a folder that is not there. Servers without response codes say it in words.
func folderRefused(reply *providers.Reply, evidence Evidence) []finding {
	switch {
	case strings.EqualFold(reply.Bracket, "NONEXISTENT"), strings.EqualFold(reply.Bracket, "TRYCREATE"),
		contains(reply.Text, "doesn't exist"), contains(reply.Text, "does not exist"),
		contains(reply.Text, "no such mailbox"), contains(reply.Text, "unknown mailbox"):
		return certain(IMAPFolderMissing)
	case strings.EqualFold(reply.Bracket, "NOPERM"):
		return likely(MailboxPermissionMissing)
	case namesFolder(evidence):
		return likely(IMAPFolderMissing, MailboxPermissionMissing)
	}
	return nil
}

// namesFolder reports whether another folder than the one that every mailbox has was asked for.
func namesFolder(evidence Evidence) bool {
	return evidence.Folder != "" && !strings.EqualFold(evidence.Folder, "INBOX")
}
