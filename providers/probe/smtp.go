package probe

import (
	"context"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

const (
	// clientName is what EHLO says: a literal that is valid everywhere and tells nothing about
	// this computer (RFC 5321 section 4.1.3).
	clientName = "[127.0.0.1]"
	// maxCommand is the longest command line that every server must take, with its end
	// (RFC 5321 section 4.5.3.1.4, less a margin). Longer responses go after the 334.
	maxCommand = 500
)

// smtpTalk is SMTP submission (RFC 6409) with AUTH (RFC 4954).
type smtpTalk struct {
	wire     *wire
	greeted  bool
	features map[string]string // of the last EHLO: keyword → parameters, both in capitals
}

func (t *test) testSMTP(ctx context.Context, w *wire, target string) {
	protocol := &smtpTalk{wire: w}
	defer protocol.leave()
	if !t.secure(ctx, w, protocol, target) || !t.admit() || !t.present(ctx, protocol) {
		return
	}
	t.skip(providers.LayerMailbox, "no folder is opened over SMTP")
	if t.attempt.Recipient == "" {
		t.skip(providers.LayerSend, "signed in, nothing sent")
		return
	}
	message := newMessage(t.attempt, t.prober.Now())
	words, err := protocol.deliver(message)
	if err != nil {
		t.fail(ctx, providers.LayerSend, t.ledger.lap(), err)
		return
	}
	t.messageID = message.id
	t.pass(providers.LayerSend, t.ledger.lap(), "message "+message.id+" accepted: "+words)
}

func (s *smtpTalk) greet() (string, error) {
	line, err := s.wire.readGreeting()
	if err != nil {
		return "", err
	}
	reply, err := s.continued("greeting", providers.StageGreeting, line)
	if err != nil {
		return "", err
	}
	if reply.code != 220 {
		return "", s.wire.refused(providers.StageGreeting, reply.refusal("connection", s.keep))
	}
	s.greeted = true
	return s.keep(reply.text()), nil
}

func (s *smtpTalk) startTLS() error {
	reply, err := s.hello(providers.StageStartTLS)
	if err != nil {
		return err
	}
	if reply != nil {
		return s.wire.refused(providers.StageStartTLS, reply)
	}
	if _, offered := s.features["STARTTLS"]; !offered {
		return s.wire.trouble(providers.StageStartTLS, errNoStartTLS)
	}
	answer, err := s.ask(providers.StageStartTLS, "STARTTLS", "STARTTLS")
	if err != nil {
		return err
	}
	if answer.code != 220 {
		return s.wire.refused(providers.StageStartTLS, answer.refusal("STARTTLS", s.keep))
	}
	if s.wire.lines.ahead() {
		return s.wire.trouble(providers.StageStartTLS, errInjected)
	}
	return nil
}

// hello says EHLO and learns what the server can do. After STARTTLS it must be said again, since
// what was offered before may come from someone else (RFC 3207 section 4.2).
func (s *smtpTalk) hello(stage providers.Stage) (*providers.Reply, error) {
	reply, err := s.ask(stage, "EHLO", "EHLO "+clientName)
	if err != nil {
		return nil, err
	}
	if reply.code != 250 {
		return reply.refusal("EHLO", s.keep), nil
	}
	s.features = readFeatures(reply.lines[1:])
	return nil, nil
}

// readFeatures reads the lines of an EHLO reply after the first (RFC 5321 section 4.1.1.1).
func readFeatures(lines []string) map[string]string {
	features := make(map[string]string, len(lines))
	for _, line := range lines {
		// Old servers write AUTH=LOGIN besides AUTH LOGIN.
		line = strings.ToUpper(strings.Replace(line, "AUTH=", "AUTH ", 1))
		keyword, parameters, _ := strings.Cut(strings.TrimSpace(line), " ")
		if before := features[keyword]; before != "" {
			parameters = before + " " + parameters
		}
		features[keyword] = parameters
	}
	return features
}

// ask sends one command and returns its reply, whatever the code.
func (s *smtpTalk) ask(stage providers.Stage, name, line string) (smtpReply, error) {
	if err := s.wire.send(line); err != nil {
		return smtpReply{}, s.wire.trouble(stage, err)
	}
	return s.reply(stage, name)
}

func (s *smtpTalk) reply(stage providers.Stage, name string) (smtpReply, error) {
	line, err := s.wire.read()
	if err != nil {
		return smtpReply{}, s.wire.trouble(stage, err)
	}
	return s.continued("answer to "+name, stage, line)
}

// continued reads the rest of a reply whose first line is known.
func (s *smtpTalk) continued(what string, stage providers.Stage, line string) (smtpReply, error) {
	var reply smtpReply
	for {
		parsed, ok := parseSMTPLine(line)
		if !ok || reply.code != 0 && parsed.code != reply.code {
			return smtpReply{}, s.wire.rubbish(stage, "the "+what+" is not SMTP", line)
		}
		reply.code = parsed.code
		if reply.enhanced == "" {
			reply.enhanced = parsed.enhanced
		}
		reply.lines = append(reply.lines, parsed.text)
		if !parsed.more {
			return reply, nil
		}
		if len(reply.lines) == maxReplyLines {
			return smtpReply{}, s.wire.trouble(stage, errEndlessSpeech)
		}
		var err error
		if line, err = s.wire.read(); err != nil {
			return smtpReply{}, s.wire.trouble(stage, err)
		}
	}
}

func (s *smtpTalk) keep(text string) string { return s.wire.journal.veil.keep(text) }

func (s *smtpTalk) leave() {
	if s.greeted {
		_ = s.wire.send("QUIT")
	}
}
