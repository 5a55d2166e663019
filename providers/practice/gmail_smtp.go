package practice

import (
	"bytes"
	"fmt"
	"io"
	"net/mail"
	"strings"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// gmailSubmission is one SMTP client at Gmail.
type gmailSubmission struct {
	tenant     *Tenant
	mailbox    string // who signed in
	recipients []string
}

// gmailReply is a reply whose lines all carry both codes, as Gmail writes them; the library itself
// writes the enhanced one into the last line alone.
func gmailReply(code int, enhanced smtp.EnhancedCode, lines ...string) error {
	last := len(lines) - 1
	for i := range lines[:last] {
		lines[i] = fmt.Sprintf("%d.%d.%d %s", enhanced[0], enhanced[1], enhanced[2], lines[i])
	}
	lines[last] += " practice - gsmtp"
	return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: strings.Join(lines, "\n")}
}

// AuthMechanisms are those that the server names inside TLS.
func (s *gmailSubmission) AuthMechanisms() []string {
	return []string{"LOGIN", "PLAIN", xoauth2, oauthbearer}
}

// Auth begins a sign-in.
func (s *gmailSubmission) Auth(mechanism string) (sasl.Server, error) {
	switch {
	case s.mailbox != "":
		return nil, gmailReply(503, smtp.EnhancedCode{5, 5, 1}, "Already authenticated.")
	case mechanism == xoauth2 || mechanism == oauthbearer:
		return &gmailSignIn{submission: s, mechanism: mechanism}, nil
	case mechanism == "PLAIN":
		return &gmailPassword{submission: s, prompts: []string{""}}, nil
	case mechanism == "LOGIN":
		return &gmailPassword{submission: s, prompts: []string{"Username:", "Password:"}}, nil
	}
	return nil, gmailReply(504, smtp.EnhancedCode{5, 7, 4}, "Unrecognized Authentication Type")
}

// gmailSignIn is a mechanism with a token: a refusal comes after a challenge that the client answers.
type gmailSignIn struct {
	submission *gmailSubmission
	mechanism  string
	refused    error
}

// Next asks for the response where it did not come with the command, then decides.
func (g *gmailSignIn) Next(response []byte) ([]byte, bool, error) {
	switch {
	case g.refused != nil:
		return nil, false, g.refused
	case response == nil:
		return nil, false, nil
	}
	accepted, refused := g.submission.signIn(g.mechanism, response)
	if refused != nil {
		g.refused = refused
		return gmailChallenge(g.mechanism), false, nil
	}
	return nil, false, accepted
}

// signIn returns the reply that accepts: the library would say 235 in words of its own.
func (s *gmailSubmission) signIn(mechanism string, response []byte) (accepted, refused error) {
	badCredentials := gmailReply(535, smtp.EnhancedCode{5, 7, 8}, "Username and Password not accepted. For more information, go to",
		" https://support.google.com/mail/?p=BadCredentials")
	address, token, err := parseBearer(mechanism, response)
	if err != nil {
		s.note("AUTH refused: %v", err)
		return nil, badCredentials
	}
	mailbox, err := s.tenant.admitGmail("smtp", address, token)
	if err != nil {
		s.note("AUTH for %s refused: %v", address, err)
		return nil, badCredentials
	}
	if s.account(mailbox).tooManyLogins {
		s.note("AUTH for %s refused: too many sign-ins", address)
		return nil, gmailReply(454, smtp.EnhancedCode{4, 7, 0}, "Too many login attempts, please try again later. For more information, go to",
			" https://support.google.com/mail/answer/7126229")
	}
	s.note("AUTH for %s accepted", address)
	s.mailbox = mailbox
	return &smtp.SMTPError{Code: 235, EnhancedCode: smtp.EnhancedCode{2, 7, 0}, Message: "Accepted"}, nil
}

func (s *gmailSubmission) account(address string) googleAccount {
	s.tenant.mutex.Lock()
	defer s.tenant.mutex.Unlock()
	return *s.tenant.state.google.used(address)
}

// gmailPassword asks for a password and refuses it.
type gmailPassword struct {
	submission *gmailSubmission
	prompts    []string
}

// Next asks the next question; what is answered is not looked at.
func (g *gmailPassword) Next(response []byte) ([]byte, bool, error) {
	if response != nil {
		g.prompts = g.prompts[1:]
	}
	if len(g.prompts) > 0 {
		return []byte(g.prompts[0]), false, nil
	}
	g.submission.note("AUTH refused: passwords are not accepted")
	return nil, false, gmailReply(534, smtp.EnhancedCode{5, 7, 9}, "Application-specific password required. For more information, go to",
		" https://support.google.com/mail/?p=InvalidSecondFactor")
}

// Mail takes any sender: Gmail writes the account's own address over one that is not the account's.
func (s *gmailSubmission) Mail(string, *smtp.MailOptions) error {
	if s.mailbox == "" {
		s.note("MAIL refused: nobody has signed in")
		return gmailReply(530, smtp.EnhancedCode{5, 7, 0}, "Authentication Required. For more information, go to",
			" https://support.google.com/mail/?p=WantAuthError")
	}
	return nil
}

// Rcpt takes recipients of the Workspace only: nothing leaves this computer.
func (s *gmailSubmission) Rcpt(to string, _ *smtp.RcptOptions) error {
	_, domain, _ := strings.Cut(to, "@")
	switch {
	case !has(s.tenant.fixture.domains, domain):
		s.note("RCPT %s refused: nothing leaves the practice tenant", to)
		return gmailReply(550, smtp.EnhancedCode{5, 7, 1}, "Nothing leaves the practice tenant: the recipient must be one of its own.")
	case !s.account(to).gmail:
		s.note("RCPT %s refused: there is no such mailbox", to)
		return gmailReply(550, smtp.EnhancedCode{5, 1, 1}, "The email account that you tried to reach does not exist. Please try",
			"double-checking the recipient's email address for typos or", "unnecessary spaces. For more information, go to",
			" https://support.google.com/mail/?p=NoSuchUser")
	}
	if !has(s.recipients, to) {
		s.recipients = append(s.recipients, to)
	}
	return nil
}

// maxGmailRecipients is how many recipients an account may send to in a day
// (https://support.google.com/a/answer/166852).
const maxGmailRecipients = 10000

// Data takes the message and delivers it.
func (s *gmailSubmission) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if sent := s.account(s.mailbox).recipients; sent+len(s.recipients) > maxGmailRecipients {
		s.note("message refused: %s has sent to %d recipients today", s.mailbox, sent)
		return gmailReply(550, smtp.EnhancedCode{5, 4, 5}, "Daily user sending limit exceeded. For more information on Gmail", "sending limits go to",
			" https://support.google.com/a/answer/166852")
	}
	at := s.tenant.clock.now()
	sent := newLetter(ownSender(raw, s.mailbox), s.mailbox, "SMTP", at)
	if err := s.tenant.deliverGmail(sent, s.mailbox, s.recipients); err != nil {
		s.note("message of %s was not delivered: %v", s.mailbox, err)
		return gmailReply(451, smtp.EnhancedCode{4, 3, 0}, "Mail server temporarily rejected message.")
	}
	s.note("message from %s delivered to %s", s.mailbox, strings.Join(s.recipients, ", "))
	return &smtp.SMTPError{Code: 250, EnhancedCode: smtp.EnhancedCode{2, 0, 0}, Message: fmt.Sprintf("OK %d practice - gsmtp", at.Unix())}
}

// ownSender writes the account's address over a From that is another's, as Gmail does; the one
// that was there stays in a header of its own.
func ownSender(raw []byte, account string) []byte {
	message, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return raw
	}
	from, err := message.Header.AddressList("From")
	if err == nil && len(from) == 1 && strings.EqualFold(from[0].Address, account) {
		return raw
	}
	head, body, _ := strings.Cut(string(raw), "\r\n\r\n")
	lines := strings.Split(head, "\r\n")
	for i, line := range lines {
		if len(line) > 5 && strings.EqualFold(line[:5], "from:") {
			lines[i] = "X-Google-Original-From:" + line[5:]
		}
	}
	return []byte("From: <" + account + ">\r\n" + strings.Join(lines, "\r\n") + "\r\n\r\n" + body)
}

// Reset forgets the message, not the sign-in.
func (s *gmailSubmission) Reset() { s.recipients = nil }

// Logout ends the session.
func (s *gmailSubmission) Logout() error { return nil }

func (s *gmailSubmission) note(format string, values ...any) {
	s.tenant.journal.note(s.tenant.clock.now(), "smtp", fmt.Sprintf(format, values...))
}
