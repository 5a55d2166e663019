package practice

import (
	"encoding/base64"
	"net"
	"strings"
	"time"
)

// serveIMAP lets a client sign in. What comes after is the library's.
//
// The part before the sign-in is our own, because there the library answers in its own words and
// refuses tokens of more than 4 kB after a continuation, and Exchange does neither.
func (t *Tenant) serveIMAP(accepted net.Conn, implicitTLS bool) {
	if t.barred("imap", accepted) {
		return
	}
	d := &door{dialogue: t.dialogue("imap", "* BYE Connection closed. 14", accepted)}
	if implicitTLS {
		if err := d.secure(); err != nil {
			_ = d.conn.Close()
			return
		}
	}
	if t.estranged("imap", d.conn) {
		return
	}
	mailbox, err := d.run()
	if err != nil || mailbox == "" {
		_ = d.conn.Close()
		return
	}
	_ = d.conn.SetDeadline(time.Time{})
	client := &signedIn{Conn: d.conn, reader: d.reader, house: t.exchangeHouse(), mailbox: mailbox, ended: make(chan struct{})}
	if !t.handed.give(client) {
		_ = d.conn.Close()
		return
	}
	<-client.ended
}

// door is an IMAP connection that has not signed in (RFC 3501 section 3.1), or one that has and
// whose mailbox stays closed.
type door struct {
	dialogue
	closed  error // why the mailbox cannot be opened, after a sign-in
	strange int   // lines that made no sense
}

// run leads the dialogue until somebody has signed in to an open mailbox, whose address it
// returns, or until the client goes.
func (d *door) run() (string, error) {
	if err := d.say("* OK [CAPABILITY %s] The Microsoft Exchange IMAP4 service is ready. (practice)", d.capability()); err != nil {
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
			if d.strange++; d.strange > 3 {
				return "", d.say("* BYE Connection closed. 14")
			}
			if err := d.say("* BAD Command Error. 10"); err != nil {
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
func (d *door) obey(tag, command, argument string) (string, error) {
	switch {
	case command == "CAPABILITY":
		if err := d.say("* CAPABILITY %s", d.capability()); err != nil {
			return "", err
		}
		return "", d.say("%s OK CAPABILITY completed.", tag)
	case command == "NOOP":
		return "", d.say("%s OK NOOP completed.", tag)
	case command == "LOGOUT":
		if err := d.say("* BYE Microsoft Exchange Server IMAP4 server signing off."); err != nil {
			return "", err
		}
		if err := d.say("%s OK LOGOUT completed.", tag); err != nil {
			return "", err
		}
		return "", errOver
	case d.closed != nil:
		d.note(command + " refused, not connected: " + d.closed.Error())
		return "", d.say("%s BAD User is authenticated but not connected.", tag)
	case command == "STARTTLS" && d.offersTLS():
		if err := d.say("%s OK Begin TLS negotiation now.", tag); err != nil {
			return "", err
		}
		return "", d.secure()
	case command == "LOGIN" && d.private:
		d.note("LOGIN refused: passwords are not accepted")
		return "", d.say("%s NO LOGIN failed.", tag)
	case command == "AUTHENTICATE" && d.private:
		return d.authenticate(tag, argument)
	}
	return "", d.say("%s BAD Command received in Invalid state.", tag)
}

func (d *door) capability() string {
	switch {
	case d.closed != nil:
		return "IMAP4 IMAP4rev1 SASL-IR UIDPLUS MOVE UNSELECT IDLE NAMESPACE"
	case d.private:
		return "IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR"
	}
	if !d.offersTLS() {
		return "IMAP4 IMAP4rev1 LOGINDISABLED"
	}
	return "IMAP4 IMAP4rev1 LOGINDISABLED STARTTLS"
}

// authenticate takes the response with the command (RFC 4959) or after a continuation, and answers
// a refusal directly, without a challenge, as Exchange does.
func (d *door) authenticate(tag, argument string) (string, error) {
	mechanism, response, given := strings.Cut(argument, " ")
	mechanism = strings.ToUpper(mechanism)
	if mechanism != "XOAUTH2" && mechanism != "PLAIN" {
		return "", d.say("%s NO AUTHENTICATE failed.", tag)
	}
	if !given {
		if err := d.say("+ "); err != nil {
			return "", err
		}
		var err error
		if response, err = d.read(); err != nil {
			return "", err
		}
	}
	if response == "*" {
		return "", d.say("%s BAD The AUTH protocol exchange was canceled by the client.", tag)
	}
	decoded, err := base64.StdEncoding.DecodeString(response)
	if err != nil {
		d.note("AUTHENTICATE refused: the response is not base64")
		return "", d.say("%s BAD Command Argument Error. 12", tag)
	}
	if mechanism == "PLAIN" {
		d.note("AUTHENTICATE PLAIN refused: passwords are not accepted")
		return "", d.say("%s NO AUTHENTICATE failed.", tag)
	}
	address, token, err := parseXOAUTH2(decoded)
	if err != nil {
		d.note("AUTHENTICATE refused: " + err.Error())
		return "", d.say("%s NO AUTHENTICATE failed.", tag)
	}
	admitted := d.tenant.admitIMAP(address, token)
	if admitted.refused != nil {
		d.note("AUTHENTICATE for " + address + " refused: " + admitted.refused.Error())
		return "", d.say("%s NO AUTHENTICATE failed.", tag)
	}
	d.closed = admitted.closed
	d.note("AUTHENTICATE for " + address + " accepted")
	return admitted.mailbox, d.say("%s OK AUTHENTICATE completed.", tag)
}
