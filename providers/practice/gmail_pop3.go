package practice

import (
	"encoding/base64"
	"errors"
	"net"
	"slices"
	"strings"
)

// serveGmailPOP3 leads one client through POP3 in Gmail's words.
func (t *Tenant) serveGmailPOP3(accepted net.Conn) {
	if t.barred("pop3", accepted) {
		return
	}
	words := gmailPOP3Words()
	c := &gmailPOP3{pop3Client{dialogue: t.dialogue("pop3", words.closed, accepted), words: words}}
	defer func() { _ = c.conn.Close() }()
	if c.secure() != nil || t.estranged("pop3", c.conn) {
		return
	}
	// Whatever ends the dialogue, the client has gone or was told.
	_ = c.run()
}

func gmailPOP3Words() pop3Words {
	return pop3Words{
		closed:     "-ERR too many bad commands practice",
		strange:    "-ERR bad command practice",
		outOfRange: "-ERR Message number out of range. practice",
		farewell:   "+OK Farewell. practice",
	}
}

// gmailPOP3 is a POP3 connection to Gmail. What comes after the sign-in is as with Exchange.
type gmailPOP3 struct{ pop3Client }

func (c *gmailPOP3) run() error {
	return c.converse("+OK Gpop ready for requests from 127.0.0.1 practice", c.obey)
}

func (c *gmailPOP3) obey(command, argument string) error {
	switch {
	case command == "CAPA":
		return c.say("+OK Capability list follows\r\nUSER\r\nRESP-CODES\r\nTOP\r\nUIDL\r\nSASL PLAIN XOAUTH2 OAUTHBEARER\r\n.")
	case command == "QUIT":
		return c.quit()
	case c.drop != nil:
		return c.transact(command, argument)
	case command == "USER":
		c.user = true
		return c.say("+OK send PASS")
	case command == "PASS" && c.user:
		return c.refusePassword(command)
	case command == "AUTH":
		return c.authenticate(argument)
	}
	return c.baffled()
}

func (c *gmailPOP3) refusePassword(command string) error {
	c.note(command + " refused: passwords are not accepted")
	return c.say("-ERR [AUTH] Application-specific password required: https://support.google.com/accounts/answer/185833")
}

// authenticate takes the response with the command or on a line of its own (RFC 5034).
func (c *gmailPOP3) authenticate(argument string) error {
	mechanism, response, given := strings.Cut(argument, " ")
	mechanism = strings.ToUpper(mechanism)
	if !slices.Contains([]string{xoauth2, oauthbearer, "PLAIN"}, mechanism) {
		return c.say("-ERR Unsupported auth mechanism. practice")
	}
	if !given || response == "" {
		var err error
		if response, err = c.ask("+ "); err != nil {
			return err
		}
	}
	if response == "*" {
		return c.say("-ERR Authentication exchange cancelled. practice")
	}
	decoded, err := base64.StdEncoding.DecodeString(response)
	if err == nil && mechanism == "PLAIN" {
		return c.refusePassword("AUTH PLAIN")
	}
	if err != nil {
		c.note("AUTH refused: the response is not base64")
		return c.say("-ERR malformed command practice")
	}
	address, token, err := parseBearer(mechanism, decoded)
	if err != nil {
		c.note("AUTH refused: " + err.Error())
		return c.refuse(mechanism, err)
	}
	return c.signInAs(mechanism, address, token)
}

func (c *gmailPOP3) signInAs(mechanism, address, token string) error {
	mailbox, refused := c.tenant.admitGmail("pop3", address, token)
	if refused != nil {
		c.note("AUTH for " + address + " refused: " + refused.Error())
		return c.refuse(mechanism, refused)
	}
	drop, err := c.tenant.openMaildrop(c.tenant.gmailHouse(), mailbox)
	if err != nil {
		c.note("AUTH for " + address + " failed: " + err.Error())
		return c.say("-ERR [SYS/TEMP] Temporary system problem. Please try again later. practice")
	}
	c.note("AUTH for " + address + " accepted")
	c.drop = drop
	return c.say("+OK Welcome.")
}

// refuse sends the challenge before the refusal, and waits for the client's empty answer to it.
func (c *gmailPOP3) refuse(mechanism string, reason error) error {
	if _, err := c.ask("+ " + encodedChallenge(mechanism)); err != nil {
		return err
	}
	if errors.Is(reason, errProtocolOff) {
		return c.say("-ERR [SYS/PERM] Your account is not enabled for POP access. Please visit your Gmail settings page and enable your account for POP access.")
	}
	return c.say("-ERR [AUTH] Username and password not accepted.")
}
