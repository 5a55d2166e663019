package practice

import (
	"bufio"
	"bytes"
	"fmt"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/emersion/go-imap/v2"
)

// maildrop is an inbox as a POP3 client has it: as it was at the sign-in, with marks of its own
// (RFC 1939 section 4).
type maildrop struct {
	house    house
	mailbox  string
	messages []stored
	marked   map[int]bool // for removal, by index
}

func (t *Tenant) openMaildrop(of house, mailbox string) (*maildrop, error) {
	reader, err := t.inside(of, mailbox)
	if err != nil {
		return nil, err
	}
	defer reader.close()
	messages, err := reader.messages("INBOX")
	if err != nil {
		return nil, err
	}
	return &maildrop{house: of, mailbox: mailbox, messages: messages, marked: map[int]bool{}}, nil
}

// update removes the marked messages and says how many there were.
func (m *maildrop) update(t *Tenant) (int, error) {
	var uids []imap.UID
	for index := range m.marked {
		uids = append(uids, m.messages[index].uid)
	}
	if len(uids) == 0 {
		return 0, nil
	}
	reader, err := t.inside(m.house, m.mailbox)
	if err != nil {
		return 0, err
	}
	defer reader.close()
	return len(uids), reader.remove("INBOX", uids)
}

// count is how many messages are not marked, and how many bytes they have.
func (m *maildrop) count() (messages, size int) {
	for index, message := range m.messages {
		if !m.marked[index] {
			messages, size = messages+1, size+len(message.raw)
		}
	}
	return messages, size
}

// find reads a message number; 0 is none, as is that of a marked message.
func (m *maildrop) find(number string) (index int, found bool) {
	n, err := strconv.ParseUint(number, 10, 31)
	index = int(n) - 1
	return index, err == nil && index >= 0 && index < len(m.messages) && !m.marked[index]
}

// line is a message's line in a listing: its number, then its size or its lasting name.
func (m *maildrop) line(listing string, index int) string {
	if listing == "UIDL" {
		return fmt.Sprintf("%d %08X", index+1, uint32(m.messages[index].uid))
	}
	return fmt.Sprintf("%d %d", index+1, len(m.messages[index].raw))
}

// transact answers the commands that come after the sign-in.
func (c *pop3Client) transact(command, argument string) error {
	switch command {
	case "NOOP":
		return c.say("+OK")
	case "STAT":
		messages, size := c.drop.count()
		return c.say("+OK %d %d", messages, size)
	case "RSET":
		clear(c.drop.marked)
		return c.say("+OK")
	case "LIST", "UIDL":
		return c.list(command, argument)
	case "DELE", "RETR", "TOP":
		return c.single(command, argument)
	}
	return c.baffled()
}

func (c *pop3Client) list(command, number string) error {
	if number != "" {
		index, found := c.drop.find(number)
		if !found {
			return c.say("%s", c.words.outOfRange)
		}
		return c.say("+OK %s", c.drop.line(command, index))
	}
	messages, size := c.drop.count()
	lines := []string{fmt.Sprintf("+OK %d %d", messages, size)}
	if command == "UIDL" {
		lines[0] = "+OK"
	}
	for index := range c.drop.messages {
		if !c.drop.marked[index] {
			lines = append(lines, c.drop.line(command, index))
		}
	}
	return c.say("%s\r\n.", strings.Join(lines, "\r\n"))
}

// single answers what is asked of one message.
func (c *pop3Client) single(command, argument string) error {
	number, rest, _ := strings.Cut(argument, " ")
	index, found := c.drop.find(number)
	if !found {
		return c.say("%s", c.words.outOfRange)
	}
	raw := c.drop.messages[index].raw
	switch command {
	case "DELE":
		c.drop.marked[index] = true
		return c.say("+OK")
	case "TOP":
		lines, err := strconv.ParseUint(strings.TrimSpace(rest), 10, 31)
		if err != nil {
			return c.baffled()
		}
		raw = top(raw, int(lines))
	}
	return c.send(raw)
}

// send writes a message with its lone dots doubled (RFC 1939 section 3).
func (c *pop3Client) send(raw []byte) error {
	if err := c.say("+OK"); err != nil {
		return err
	}
	buffered := bufio.NewWriter(c.conn)
	dotted := textproto.NewWriter(buffered).DotWriter()
	if _, err := dotted.Write(raw); err != nil {
		return err
	}
	if err := dotted.Close(); err != nil {
		return err
	}
	return buffered.Flush()
}

// top is a message's header and the first lines of its body.
func top(raw []byte, lines int) []byte {
	split := bytes.SplitAfter(raw, []byte("\n"))
	for i, line := range split {
		if len(bytes.TrimRight(line, "\r\n")) == 0 {
			return bytes.Join(split[:min(len(split), i+1+lines)], nil)
		}
	}
	return raw
}
