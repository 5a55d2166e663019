package practice

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// Gmail's folders, which are labels: a message is in All Mail and in as many others as it has labels.
const (
	allMail  = "[Gmail]/All Mail"
	sentMail = "[Gmail]/Sent Mail"
)

func gmailFolders() []string {
	return []string{
		"INBOX", "[Gmail]", allMail, "[Gmail]/Drafts", "[Gmail]/Important", sentMail, "[Gmail]/Spam", "[Gmail]/Starred", "[Gmail]/Trash",
	}
}

// errProtocolOff is for a protocol that the Workspace's administrator switched off.
var errProtocolOff = errors.New("the protocol is off for the domain")

// admitGmail decides like Gmail: one scope opens every protocol, for the mailbox of the account
// that signed in and no other.
func (t *Tenant) admitGmail(protocol, address, token string) (mailbox string, err error) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	access, err := t.readGoogleToken(token)
	if err != nil {
		return "", err
	}
	account, ours := t.state.google.account(address)
	workspace := t.state.google.workspace
	switch {
	case !slices.Contains(access.grant.scopes, gmailScope):
		return "", errNoGmailScope
	case !strings.EqualFold(access.grant.account, address):
		return "", fmt.Errorf("%w: %s", errOtherAccount, access.grant.account)
	case !ours || !account.gmail:
		return "", errGmailDisabled
	case protocol == "imap" && workspace.imapOff, protocol == "pop3" && workspace.popOff:
		return "", errProtocolOff
	}
	return account.address, nil
}

// gmailChallenge is what Gmail sends before it refuses a token; the client answers with an empty
// line, or a lone 0x01 (https://developers.google.com/workspace/gmail/imap/xoauth2-protocol).
func gmailChallenge(mechanism string) []byte {
	if mechanism == oauthbearer {
		return []byte(`{"status":"invalid_request","scope":"` + gmailScope + `"}`)
	}
	return []byte(`{"status":"400","schemes":"Bearer","scope":"` + gmailScope + `"}`)
}

func encodedChallenge(mechanism string) string {
	return base64.StdEncoding.EncodeToString(gmailChallenge(mechanism))
}

// deliverGmail puts a message into the recipients' inboxes and among what its sender sent.
func (t *Tenant) deliverGmail(l letter, sender string, recipients []string) error {
	for _, to := range recipients {
		if err := errors.Join(t.gmailPost.put(to, "INBOX", l), t.gmailPost.put(to, allMail, l)); err != nil {
			return err
		}
	}
	return errors.Join(t.gmailPost.put(sender, sentMail, l, imap.FlagSeen), t.gmailPost.put(sender, allMail, l, imap.FlagSeen))
}
