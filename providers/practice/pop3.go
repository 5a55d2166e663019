package practice

import (
	"encoding/base64"
	"fmt"
	"net"
	"strings"
)

// servePOP3 leads one client through POP3 (RFC 1939) with STLS (RFC 2595), CAPA (RFC 2449) and
// AUTH (RFC 5034), in Exchange's words.
func (t *Tenant) servePOP3(accepted net.Conn, implicitTLS bool) {
	if t.barred("pop3", accepted) {
		return
	}
	c := &pop3Client{dialogue: t.dialogue("pop3", pop3Closed, accepted), words: exchangePOP3()}
	defer func() { _ = c.conn.Close() }()
	if implicitTLS && c.secure() != nil {
		return
	}
	if t.estranged("pop3", c.conn) {
		return
	}
	// Whatever ends the dialogue, the client has gone or was told.
	_ = c.run()
}

// pop3Words are what a server says otherwise than another.
type pop3Words struct{ closed, strange, outOfRange, farewell string }

const (
	pop3Closed       = "-ERR Protocol error. Connection is closed. 10"
	pop3InvalidState = "-ERR Command is not valid in this state."
	pop3OutOfRange   = "-ERR The specified message is out of range."
	pop3Unavailable  = "-ERR Server Unavailable. 21"
	pop3Unknown      = "-ERR Authentication failure: unknown user name or bad password."
)

func exchangePOP3() pop3Words {
	return pop3Words{
		closed: pop3Closed, strange: pop3InvalidState, outOfRange: pop3OutOfRange,
		farewell: "+OK Microsoft Exchange Server POP3 server signing off.",
	}
}

// pop3Client is a POP3 connection, before and after the sign-in.
type pop3Client struct {
	dialogue
	words   pop3Words
	user    bool // USER was given, so that PASS may come
	strange int  // commands that made no sense
	drop    *maildrop
}

func (c *pop3Client) run() error {
	return c.converse("+OK The Microsoft Exchange POP3 service is ready. (practice)", c.obey)
}

// converse greets, and has every line obeyed until one ends the connection.
func (c *pop3Client) converse(greeting string, obey func(command, argument string) error) error {
	if err := c.say("%s", greeting); err != nil {
		return err
	}
	for {
		line, err := c.read()
		if err != nil {
			return err
		}
		command, argument, _ := strings.Cut(strings.TrimRight(line, " "), " ")
		if err := obey(strings.ToUpper(command), argument); err != nil {
			return err
		}
	}
}

// obey answers one command. Those before the sign-in are here, the others with the maildrop.
func (c *pop3Client) obey(command, argument string) error {
	switch {
	case command == "CAPA":
		return c.say("+OK\r\n%s\r\n.", strings.Join(c.capabilities(), "\r\n"))
	case command == "QUIT":
		return c.quit()
	case c.drop != nil:
		return c.transact(command, argument)
	case command == "STLS" && c.offersTLS():
		if err := c.say("+OK Begin TLS negotiation now."); err != nil {
			return err
		}
		return c.secure()
	case command == "USER" && c.private:
		c.user = true
		return c.say("+OK")
	case command == "PASS" && c.user:
		c.note("PASS refused: passwords are not accepted")
		return c.say("-ERR Logon failure: unknown user name or bad password.")
	case command == "AUTH" && c.private:
		return c.authenticate(argument)
	}
	return c.baffled()
}

// maxStrange is how many commands without sense a client may send.
const maxStrange = 10

func (c *pop3Client) baffled() error {
	if c.strange++; c.strange > maxStrange {
		_ = c.say("%s", c.words.closed)
		return errOver
	}
	return c.say("%s", c.words.strange)
}

func (c *pop3Client) capabilities() []string {
	list := []string{"TOP", "UIDL"}
	if c.private && c.drop == nil {
		list = append(list, "SASL PLAIN XOAUTH2", "USER")
	}
	if c.offersTLS() {
		list = append(list, "STLS")
	}
	return list
}

// authenticate takes the response on a line of its own only: Exchange ends the connection of a
// client that sends it with the command
// (https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth).
func (c *pop3Client) authenticate(argument string) error {
	mechanism, response, given := strings.Cut(argument, " ")
	mechanism = strings.ToUpper(mechanism)
	switch {
	case mechanism != xoauth2 && mechanism != "PLAIN":
		return c.baffled()
	case given && response != "":
		c.note("AUTH refused: the response came with the command")
		_ = c.say("%s", c.words.closed)
		return errOver
	}
	if err := c.say("+ "); err != nil {
		return err
	}
	response, err := c.read()
	if err != nil {
		return err
	}
	if response == "*" {
		return c.say("-ERR The AUTH protocol exchange was canceled by the client.")
	}
	decoded, err := base64.StdEncoding.DecodeString(response)
	switch {
	case err != nil:
		c.note("AUTH refused: the response is not base64")
		return c.say("-ERR Protocol error. 19")
	case mechanism == "PLAIN":
		c.note("AUTH PLAIN refused: passwords are not accepted")
		return c.say(pop3Unknown)
	}
	address, token, err := parseXOAUTH2(decoded)
	if err != nil {
		c.note("AUTH refused: " + err.Error())
		return c.say(pop3Unknown)
	}
	return c.signIn(address, token)
}

func (c *pop3Client) signIn(address, token string) error {
	mailbox, refused := c.tenant.admitPOP3(address, token)
	if refused != nil {
		c.note("AUTH for " + address + " refused: " + refused.reason.Error())
		return c.say("%s", refused.reply)
	}
	drop, err := c.tenant.openMaildrop(c.tenant.exchangeHouse(), mailbox)
	if err != nil {
		c.note("AUTH for " + address + " failed: " + err.Error())
		return c.say(pop3Unavailable)
	}
	c.note("AUTH for " + address + " accepted")
	c.drop = drop
	return c.say("+OK User successfully authenticated.")
}

// quit removes what was marked for it (RFC 1939 section 6).
func (c *pop3Client) quit() error {
	if c.drop != nil {
		removed, err := c.drop.update(c.tenant)
		if err != nil {
			c.note("QUIT of " + c.drop.mailbox + " failed: " + err.Error())
			_ = c.say("-ERR Some deleted messages were not removed.")
			return errOver
		}
		if removed > 0 {
			c.note(fmt.Sprintf("%s: %d messages removed", c.drop.mailbox, removed))
		}
	}
	_ = c.say("%s", c.words.farewell)
	return errOver
}
