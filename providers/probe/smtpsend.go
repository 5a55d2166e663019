package probe

import (
	"errors"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

var errNoSMTPUTF8 = errors.New("the server takes no address with letters beyond ASCII (SMTPUTF8 is not offered)")

// envelope is what the server answered to MAIL, RCPT and DATA, as far as it did.
type envelope []smtpReply

// envelopeNames are the commands of an envelope, in their order.
var envelopeNames = [...]string{"MAIL", "RCPT", "DATA"}

// accepted reports whether the n-th command was answered as it must be for a message to follow.
func (e envelope) accepted(n int) bool {
	if n >= len(e) {
		return false
	}
	if envelopeNames[n] == "DATA" {
		return e[n].code == 354
	}
	return e[n].code/100 == 2
}

// refusal is the first answer that stands in the way of the message, if any came.
func (e envelope) refusal(keep func(string) string) *providers.Reply {
	for n, reply := range e {
		if !e.accepted(n) {
			return reply.refusal(envelopeNames[n], keep)
		}
	}
	return nil
}

// deliver sends one message and returns the server's last words.
func (s *smtpTalk) deliver(m message) (string, error) {
	commands, err := s.commands(m)
	if err != nil {
		return "", s.wire.trouble(providers.StageDialogue, err)
	}
	ask := s.oneByOne
	if _, offered := s.features["PIPELINING"]; offered {
		ask = s.atOnce
	}
	answers, err := ask(commands)
	if refusal := answers.refusal(s.keep); refusal != nil {
		s.abandon(answers)
		return "", refusal
	}
	if err != nil {
		return "", err
	}
	if err := s.wire.sendBlock("message", m.encode()); err != nil {
		return "", unsure(s.wire.host, s.wire.trouble(providers.StageDialogue, err))
	}
	reply, err := s.reply(providers.StageDialogue, "the message")
	if err != nil {
		return "", unsure(s.wire.host, err)
	}
	if reply.code/100 != 2 {
		return "", reply.refusal("message", s.keep)
	}
	return strings.TrimSpace(reply.enhanced + " " + s.keep(reply.text())), nil
}

func (s *smtpTalk) commands(m message) ([]string, error) {
	if err := m.check(); err != nil {
		return nil, err
	}
	mail := "MAIL FROM:<" + string(m.from) + ">"
	if m.international() {
		if _, offered := s.features["SMTPUTF8"]; !offered {
			return nil, errNoSMTPUTF8
		}
		mail += " SMTPUTF8"
	}
	return []string{mail, "RCPT TO:<" + string(m.to) + ">", "DATA"}, nil
}

// atOnce sends the commands in one go (RFC 2920) and reads every answer, so that the dialogue
// stays in step.
func (s *smtpTalk) atOnce(commands []string) (envelope, error) {
	if err := s.wire.send(commands...); err != nil {
		return nil, s.wire.trouble(providers.StageDialogue, err)
	}
	var answers envelope
	for _, name := range envelopeNames {
		reply, err := s.reply(providers.StageDialogue, name)
		if err != nil {
			return answers, err
		}
		answers = append(answers, reply)
	}
	return answers, nil
}

// oneByOne stops at the first refusal.
func (s *smtpTalk) oneByOne(commands []string) (envelope, error) {
	var answers envelope
	for n, name := range envelopeNames {
		reply, err := s.ask(providers.StageDialogue, name, commands[n])
		if err != nil {
			return answers, err
		}
		if answers = append(answers, reply); !answers.accepted(n) {
			break
		}
	}
	return answers, nil
}

// abandon ends the transaction after a refusal. A server that took DATA all the same waits for a
// message: without a recipient a lone dot ends that harmlessly (RFC 2920 section 3.1); with one
// it would send an empty message, so that the connection is dropped instead.
func (s *smtpTalk) abandon(answers envelope) {
	switch {
	case !answers.accepted(2):
	case answers.accepted(1):
		s.wire.broken.Store(true)
	default:
		if err := s.wire.send("."); err == nil {
			_, _ = s.reply(providers.StageDialogue, "the end of data")
		}
	}
}
