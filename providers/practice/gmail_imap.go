package practice

import (
	"encoding/base64"
	"errors"
	"net"
	"slices"
	"strings"
	"time"
)

// serveGmailIMAP lets a client sign in in Gmail's words. What comes after is the library's.
func (t *Tenant) serveGmailIMAP(accepted net.Conn) {
	if t.barred("imap", accepted) {
		return
	}
	d := &gmailDoor{dialogue: t.dialogue("imap", "* BYE Line too long", accepted)}
	if d.secure() != nil {
		_ = d.conn.Close()
		return
	}
	if t.estranged("imap", d.conn) {
		return
	}
	mailbox, err := d.run()
	if err != nil {
		_ = d.conn.Close()
		return
	}
	_ = d.conn.SetDeadline(time.Time{})
	client := &signedIn{Conn: d.conn, reader: d.reader, mailbox: mailbox, house: t.gmailHouse(), ended: make(chan struct{})}
	if !t.handed.give(client) {
		_ = d.conn.Close()
		return
	}
	<-client.ended
}

// gmailDoor is an IMAP connection to Gmail that has not signed in.
type gmailDoor struct {
	dialogue
	strange int // lines that made no sense
}

const gmailCapability = "IMAP4rev1 UNSELECT IDLE NAMESPACE ID UIDPLUS MOVE SASL-IR AUTH=XOAUTH2 AUTH=PLAIN AUTH=OAUTHBEARER"

// run leads the dialogue until somebody has signed in, whose mailbox it returns, or until the
// client goes.
func (d *gmailDoor) run() (string, error) {
	if err := d.say("* OK Gimap ready for requests from 127.0.0.1 practice"); err != nil {
		return "", err
	}
	for {
		line, err := d.read()
		if err != nil {
			return "", err
		}
		tag, rest, _ := strings.Cut(line, " ")
		command, argument, _ := strings.Cut(rest, " ")
		if tag == "" || command == "" || strings.ContainsAny(tag, "+*(){}%\"\\") {
			if err := d.baffled("*"); err != nil {
				return "", err
			}
			continue
		}
		mailbox, err := d.obey(tag, strings.ToUpper(command), argument)
		if err != nil || mailbox != "" {
			return mailbox, err
		}
	}
}

// obey answers one command; a mailbox in its answer means that somebody has signed in.
func (d *gmailDoor) obey(tag, command, argument string) (string, error) {
	switch command {
	case "CAPABILITY":
		return "", errors.Join(d.say("* CAPABILITY %s", gmailCapability), d.say("%s OK Thats all she wrote! practice", tag))
	case "ID":
		return "", errors.Join(d.say(`* ID ("name" "GImap" "vendor" "Google, Inc.")`), d.say("%s OK Success practice", tag))
	case "NOOP":
		return "", d.say("%s OK Success practice", tag)
	case "LOGOUT":
		return "", errors.Join(d.say("* BYE LOGOUT Requested"), d.say("%s OK 73 good day (Success)", tag), errOver)
	case "LOGIN":
		return "", d.refusePassword(tag, command)
	case "AUTHENTICATE":
		return d.authenticate(tag, argument)
	}
	return "", d.baffled(tag)
}

// maxBaffled is how many lines without sense a client may send.
const maxBaffled = 10

func (d *gmailDoor) baffled(tag string) error {
	if d.strange++; d.strange > maxBaffled {
		return errors.Join(d.say("* BYE Too many bad commands practice"), errOver)
	}
	return d.say("%s BAD Unknown command practice", tag)
}

func (d *gmailDoor) refusePassword(tag, command string) error {
	d.note(command + " refused: passwords are not accepted")
	return d.say("%s NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)", tag)
}

func (d *gmailDoor) authenticate(tag, argument string) (string, error) {
	mechanism, response, given := strings.Cut(argument, " ")
	mechanism = strings.ToUpper(mechanism)
	if !slices.Contains([]string{xoauth2, oauthbearer, "PLAIN"}, mechanism) {
		return "", d.baffled(tag)
	}
	if !given {
		var err error
		if response, err = d.ask("+ "); err != nil {
			return "", err
		}
	}
	if response == "*" {
		return "", d.say("%s BAD Authentication exchange cancelled practice", tag)
	}
	decoded, err := base64.StdEncoding.DecodeString(response)
	switch {
	case err != nil:
		d.note("AUTHENTICATE refused: the response is not base64")
		return "", d.say("%s BAD Invalid SASL argument. practice", tag)
	case mechanism == "PLAIN":
		return "", d.refusePassword(tag, "AUTHENTICATE PLAIN")
	}
	address, token, err := parseBearer(mechanism, decoded)
	if err != nil {
		d.note("AUTHENTICATE refused: " + err.Error())
		return "", d.say("%s BAD Invalid SASL argument. practice", tag)
	}
	mailbox, refused := d.tenant.admitGmail("imap", address, token)
	if refused != nil {
		d.note("AUTHENTICATE for " + address + " refused: " + refused.Error())
		return "", d.refuse(tag, mechanism, refused)
	}
	d.note("AUTHENTICATE for " + address + " accepted")
	return mailbox, errors.Join(d.say("* CAPABILITY %s", gmailCapability), d.say("%s OK %s authenticated (Success)", tag, mailbox))
}

// refuse sends the challenge before the refusal, and waits for the client's empty answer to it.
func (d *gmailDoor) refuse(tag, mechanism string, reason error) error {
	if _, err := d.ask("+ " + encodedChallenge(mechanism)); err != nil {
		return err
	}
	switch {
	case errors.Is(reason, errGmailDisabled):
		return d.say("%s NO Lookup failed practice", tag)
	case errors.Is(reason, errProtocolOff):
		return d.say("%s NO [ALERT] IMAP access is disabled for your domain. Please contact your domain administrator for questions about this feature. (Failure)", tag)
	}
	return d.say("%s NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", tag)
}
