package practice

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// admission is what Exchange makes of an IMAP sign-in: refused, or a mailbox that is open or not.
type admission struct {
	refused error // the token or the right to the protocol is wanting; the sign-in fails
	closed  error // the sign-in succeeds, the mailbox cannot be opened
	mailbox string
}

// admitIMAP decides like Exchange, in three steps for an application: the role in the token, the
// service principal record, the right on the mailbox. Only the last shows after the sign-in, and
// all its reasons look alike.
func (t *Tenant) admitIMAP(address, token string) admission {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	who, err := t.reader(token, "IMAP.AccessAsApp", "IMAP.AccessAsUser.All")
	if err != nil {
		return admission{refused: err}
	}
	box := t.state.mailbox(address)
	if err := mayOpen(box, who); err != nil {
		return admission{closed: err}
	}
	if !box.imapEnabled {
		return admission{closed: fmt.Errorf("IMAP is off for %s", box.address)}
	}
	return admission{mailbox: box.address}
}

// mailRefusal is a refused sign-in: what the client is told, and why.
type mailRefusal struct {
	reply  string // a line of the protocol; of SMTP "535 5.7.3 …", without the server's tag
	reason error
}

// admitPOP3 asks for the same as admitIMAP, and says less: everything that is wanting looks like a
// wrong password.
func (t *Tenant) admitPOP3(address, token string) (string, *mailRefusal) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	who, err := t.reader(token, "POP.AccessAsApp", "POP.AccessAsUser.All")
	if err != nil {
		return "", &mailRefusal{pop3Unknown, err}
	}
	box := t.state.mailbox(address)
	if err := mayOpen(box, who); err != nil {
		return "", &mailRefusal{pop3Unknown, err}
	}
	switch {
	case !box.popEnabled:
		return "", &mailRefusal{pop3Unknown, fmt.Errorf("POP is off for %s", box.address)}
	case t.state.exchange.popDown:
		return "", &mailRefusal{pop3Unavailable, errors.New("the service is unavailable")}
	}
	return box.address, nil
}

// reader is who may use a protocol that reads mail: an application with the role that Exchange
// knows, or a person with the scope.
func (t *Tenant) reader(token, role, scope string) (badge, error) {
	who, err := t.readBadge(token, exchangeAppID)
	switch {
	case err != nil:
		return who, err
	case who.Kind != "app" && !has(strings.Fields(who.Scopes), scope):
		return who, errors.New("token has no scope " + scope)
	case who.Kind != "app":
		return who, nil
	case !has(who.Roles, role):
		return who, errors.New("token has no role " + role)
	}
	return who, t.principalKnown(who)
}

const smtpUnsuccessful = "535 5.7.3 Authentication unsuccessful"

// admitSMTP decides like Exchange. An application may send through the mailbox's permission, or
// through the RBAC role Application SMTP.SendAsApp; a token with the role SMTP.SendAsApp is always
// measured by the permission, so the two ways do not mix
// (https://learn.microsoft.com/exchange/permissions-exo/application-rbac).
func (t *Tenant) admitSMTP(address, token string) (string, *mailRefusal) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if t.state.exchange.smtpDown {
		return "", &mailRefusal{"451 4.7.0 Temporary server error. Please try again later. PRX4", errors.New("the service is unavailable")}
	}
	who, err := t.readBadge(token, exchangeAppID)
	if err == nil && who.Kind == "app" {
		err = t.applicationMaySend(who, address)
	} else if err == nil {
		err = personMaySend(who, address, t.state.mailbox(address))
	}
	if err != nil {
		return "", &mailRefusal{smtpUnsuccessful, err}
	}
	box := t.state.mailbox(address)
	switch t.smtpAuthDisabled(box) {
	case "Tenant":
		return "", &mailRefusal{smtpAuthOff("Tenant"), errors.New("SMTP AUTH is off for the organisation")}
	case "Mailbox":
		return "", &mailRefusal{smtpAuthOff("Mailbox"), fmt.Errorf("SMTP AUTH is off for %s", box.address)}
	}
	if box.throttled {
		return "", &mailRefusal{
			"432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information.",
			fmt.Errorf("%s has too many connections", box.address),
		}
	}
	return box.address, nil
}

func smtpAuthOff(where string) string {
	return "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the " + where +
		". Visit https://aka.ms/smtp_auth_disabled for more information."
}

// smtpAuthDisabled says where SMTP AUTH is off for a mailbox: "Tenant", "Mailbox", or "" where it
// is on. A mailbox's own setting wins over the organisation's.
func (t *Tenant) smtpAuthDisabled(box *mailbox) string {
	own := box.smtpAuthDisabled
	switch {
	case t.state.exchange.smtpAuthDisabled && (own == nil || *own):
		return "Tenant"
	case own != nil && *own:
		return "Mailbox"
	}
	return ""
}

func (t *Tenant) applicationMaySend(who badge, address string) error {
	if err := t.principalKnown(who); err != nil {
		return err
	}
	box := t.state.mailbox(address)
	if has(who.Roles, "SMTP.SendAsApp") {
		return mayOpen(box, who)
	}
	if box == nil || !box.licensed {
		return errors.New("there is no such mailbox, or it has no licence")
	}
	if !t.state.exchange.assigned(box.address, "Application SMTP.SendAsApp") {
		return errors.New("token has no role SMTP.SendAsApp and no Exchange role covers the mailbox")
	}
	return nil
}

// personMaySend holds the XOAUTH2 user against the account: other mailboxes are named in From, not
// in the sign-in.
func personMaySend(who badge, address string, box *mailbox) error {
	if !has(strings.Fields(who.Scopes), "SMTP.Send") {
		return errors.New("token has no scope SMTP.Send")
	}
	if !strings.EqualFold(who.User, address) {
		return fmt.Errorf("%s signed in, not the mailbox named", who.User)
	}
	if box == nil || !box.licensed {
		return errors.New("there is no such mailbox, or it has no licence")
	}
	return nil
}

func (t *Tenant) principalKnown(who badge) error {
	known := slices.ContainsFunc(t.state.exchange.principals, func(p servicePrincipal) bool {
		return strings.EqualFold(p.appID, who.AppID) && strings.EqualFold(p.objectID, who.ObjectID)
	})
	if !known {
		return errors.New("no service principal record has the token's application and object ids")
	}
	return nil
}

// mayOpen says why the bearer cannot open the mailbox: its owner may, and who has FullAccess.
func mayOpen(box *mailbox, who badge) error {
	switch {
	case box == nil:
		return errors.New("there is no such mailbox")
	case who.Kind == "app" && !has(box.fullAccess, who.ObjectID):
		return fmt.Errorf("the application has no FullAccess on %s", box.address)
	case who.Kind != "app" && !strings.EqualFold(box.address, who.User) && !has(box.fullAccess, who.User):
		return fmt.Errorf("%s has no FullAccess on %s", who.User, box.address)
	case !box.licensed:
		return fmt.Errorf("%s has no licence", box.address)
	}
	return nil
}
