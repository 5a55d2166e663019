package probe

import (
	"bufio"
	"bytes"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"net/textproto"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/mailgrant/mailgrant/providers"
)

// maxSubject bounds a subject, in bytes.
const maxSubject = 200

// message is the one that a test sends.
type message struct {
	id       string // with angle brackets
	from, to providers.Address
	subject  string
	date     time.Time
	host     string
}

func newMessage(attempt Attempt, date time.Time) message {
	m := message{
		from:    attempt.Sender,
		to:      attempt.Recipient,
		subject: providers.Clean(attempt.Subject),
		date:    date,
		host:    attempt.Server.Host,
	}
	if m.from == "" {
		m.from = attempt.Mailbox
	}
	if m.subject == "" {
		m.subject = "Mailgrant connection test"
	}
	m.subject = strings.ToValidUTF8(m.subject[:min(len(m.subject), maxSubject)], "")
	m.id = "<" + uuid.NewString() + "@" + m.from.Domain() + ">"
	return m
}

// check refuses addresses that could smuggle a command or a header in.
func (m message) check() error {
	for _, address := range []providers.Address{m.from, m.to} {
		if _, err := providers.ParseAddress(string(address)); err != nil {
			return err
		}
	}
	return nil
}

// international reports whether an address needs SMTPUTF8 (RFC 6531).
func (m message) international() bool {
	return strings.ContainsFunc(string(m.from+m.to), func(r rune) bool { return r > '~' })
}

// encode writes the message (RFC 5322) as it goes over the wire after DATA: CRLF line ends,
// dots stuffed, the final dot included.
func (m message) encode() []byte {
	var wire bytes.Buffer
	buffer := bufio.NewWriter(&wire)
	// Neither writes to anything that could fail.
	text := textproto.NewWriter(buffer).DotWriter()
	for _, header := range [][2]string{
		{"From", "<" + string(m.from) + ">"},
		{"To", "<" + string(m.to) + ">"},
		{"Subject", mime.QEncoding.Encode("utf-8", m.subject)},
		{"Date", m.date.Format(time.RFC1123Z)},
		{"Message-ID", m.id},
		// RFC 3834, and Exchange's own word for the same: nobody's out-of-office answers.
		{"Auto-Submitted", "auto-generated"},
		{"X-Auto-Response-Suppress", "All"},
		{"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=utf-8"},
		{"Content-Transfer-Encoding", "quoted-printable"},
	} {
		_, _ = fmt.Fprintf(text, "%s: %s\r\n", header[0], header[1])
	}
	_, _ = fmt.Fprint(text, "\r\n")
	body := quotedprintable.NewWriter(text)
	_, _ = fmt.Fprint(body, m.text())
	_ = body.Close()
	_ = text.Close()
	return wire.Bytes()
}

// text is what the message says.
func (m message) text() string {
	return fmt.Sprintf("This is a test message. Mailgrant sent it to prove that %s\r\nmay send mail through %s. It needs no answer and can be deleted.\r\n",
		m.from, providers.Clean(m.host))
}

// unsure adds what a person must know when the answer to a whole message is missing.
func unsure(host string, err error) error {
	return &providers.StageError{Stage: providers.StageDialogue, Host: host,
		Err: &reason{wording(err) + ", and so the message may or may not have been sent", err}}
}
