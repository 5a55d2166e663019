package practice

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/mailgrant/mailgrant/providers"
)

// submission is one SMTP client.
type submission struct {
	tenant     *Tenant
	mailbox    string // who signed in
	sender     string
	recipients []string
}

// AuthMechanisms are those that the server names after STARTTLS.
func (s *submission) AuthMechanisms() []string {
	s.tenant.mutex.Lock()
	defer s.tenant.mutex.Unlock()
	return s.tenant.state.exchange.smtpMechanisms
}

const xoauth2 = "XOAUTH2"

// Auth begins a sign-in.
func (s *submission) Auth(mechanism string) (sasl.Server, error) {
	if s.mailbox != "" {
		return nil, s.reply("503 5.5.1 Bad sequence of commands")
	}
	if mechanism != "PLAIN" && !has(s.AuthMechanisms(), mechanism) {
		s.note("AUTH refused: %s is not offered", mechanism)
		return nil, s.reply("504 5.7.4 Unrecognized authentication type")
	}
	switch mechanism {
	case xoauth2:
		return saslFunc(s.authenticate), nil
	case "PLAIN":
		return &passwordDialogue{submission: s, prompts: []string{""}}, nil
	}
	return &passwordDialogue{submission: s, prompts: []string{"Username:", "Password:"}}, nil
}

// saslFunc is a mechanism of one response.
type saslFunc func(response []byte) error

// Next asks for the response where it did not come with the command.
func (f saslFunc) Next(response []byte) ([]byte, bool, error) {
	if response == nil {
		return nil, false, nil
	}
	return nil, true, f(response)
}

// authenticate always returns a reply, also when it accepts: the library would say 235 in words
// of its own.
func (s *submission) authenticate(response []byte) error {
	address, token, err := parseXOAUTH2(response)
	if err != nil {
		s.note("AUTH refused: %v", err)
		return s.reply(smtpUnsuccessful)
	}
	mailbox, refused := s.tenant.admitSMTP(address, token)
	if refused != nil {
		s.note("AUTH for %s refused: %v", address, refused.reason)
		return s.reply(refused.reply)
	}
	s.note("AUTH for %s accepted", address)
	s.mailbox = mailbox
	return plainReply("235 2.7.0 Authentication successful")
}

// passwordDialogue asks for a password like Exchange, and refuses it.
type passwordDialogue struct {
	submission *submission
	prompts    []string
}

// Next asks the next question; what is answered is not looked at.
func (d *passwordDialogue) Next(response []byte) ([]byte, bool, error) {
	if response != nil {
		d.prompts = d.prompts[1:]
	}
	if len(d.prompts) > 0 {
		return []byte(d.prompts[0]), false, nil
	}
	d.submission.note("AUTH refused: passwords are not accepted")
	return nil, false, d.submission.reply("535 5.7.139 Authentication unsuccessful, basic authentication is disabled.")
}

// Mail takes the envelope's sender; whether it may be used is decided with the message, as in Exchange.
func (s *submission) Mail(from string, _ *smtp.MailOptions) error {
	if s.mailbox == "" {
		s.note("MAIL refused: nobody has signed in")
		return s.reply("530 5.7.57 Client not authenticated to send mail.")
	}
	s.sender = from
	return nil
}

// Rcpt takes recipients of the tenant only: nothing leaves this computer.
func (s *submission) Rcpt(to string, _ *smtp.RcptOptions) error {
	_, domain, _ := strings.Cut(to, "@")
	switch {
	case !has(s.tenant.fixture.domains, domain):
		s.note("RCPT %s refused: nothing leaves the practice tenant", to)
		return s.reply("550 5.7.64 TenantAttribution; Relay Access Denied")
	case !s.tenant.receives(to):
		s.note("RCPT %s refused: there is no such mailbox", to)
		return s.reply("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient " + to + " not found by SMTP address lookup")
	}
	if !has(s.recipients, to) {
		s.recipients = append(s.recipients, to)
	}
	return nil
}

// Data takes the message, checks its senders and delivers it.
func (s *submission) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if refused := s.tenant.sendingBlocked(); refused != nil {
		s.note("message refused: %v", refused.reason)
		return s.reply(refused.reply)
	}
	letter := newLetter(raw, s.sender, "SMTP", s.tenant.clock.now())
	for _, sender := range letter.senders {
		if !s.tenant.maySendAs(s.mailbox, sender) {
			s.note("message refused: %s has no SendAs right on %s", s.mailbox, sender)
			return s.reply(fmt.Sprintf("554 5.2.252 SendAsDenied; %s not allowed to send as %s", s.mailbox, sender))
		}
	}
	if refused := s.tenant.quotaExceeded(s.mailbox, len(s.recipients)); refused != nil {
		s.note("message refused: %v", refused.reason)
		return s.reply(refused.reply)
	}
	if err := s.tenant.deliver(letter, s.mailbox, s.recipients); err != nil {
		return s.reply("451 4.7.0 Temporary server error. Please try again later. PRX4")
	}
	s.note("message from %s delivered to %s", s.mailbox, strings.Join(s.recipients, ", "))
	return plainReply("250 2.6.0 " + letter.id + " Queued mail for delivery")
}

// Reset forgets the message, not the sign-in.
func (s *submission) Reset() { s.sender, s.recipients = "", nil }

// Logout ends the session.
func (s *submission) Logout() error { return nil }

func (s *submission) note(format string, values ...any) {
	s.tenant.journal.note(s.tenant.clock.now(), "smtp", fmt.Sprintf(format, values...))
}

// reply ends with a tag like Exchange's, which support people ask for: server, time, request.
func (s *submission) reply(line string) error {
	host := "PRACTICE." + strings.ToUpper(s.tenant.fixture.domains[0])
	at := s.tenant.clock.now().Format("2006-01-02T15:04:05.000Z")
	return plainReply(fmt.Sprintf("%s [%s %s %s]", line, host, at, replyID(at)))
}

// replyID is 16 hexadecimal digits, the same for the same moment.
func replyID(at string) string {
	var sum uint64 = 14695981039346656037 // FNV-1a
	for _, b := range []byte(at) {
		sum = (sum ^ uint64(b)) * 1099511628211
	}
	return strings.ToUpper(fmt.Sprintf("%016x", sum))
}

// plainReply turns "535 5.7.3 text" into the library's error, which it sends as it stands.
func plainReply(line string) error {
	code, rest, _ := strings.Cut(providers.Clean(line), " ")
	enhanced, text, _ := strings.Cut(rest, " ")
	number, err := strconv.Atoi(code)
	if err != nil {
		return errors.New("reply without a code: " + line)
	}
	var digits [3]int
	for i, part := range strings.SplitN(enhanced, ".", 3) {
		digits[i], _ = strconv.Atoi(part)
	}
	return &smtp.SMTPError{Code: number, EnhancedCode: digits, Message: text}
}
