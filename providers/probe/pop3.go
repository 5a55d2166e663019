package probe

import (
	"context"
	"strconv"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// maxCapabilities is how many lines an answer to CAPA may have.
const maxCapabilities = 100

// pop3Talk is POP3 (RFC 1939) with STLS (RFC 2595) and AUTH (RFC 5034).
type pop3Talk struct {
	wire    *wire
	greeted bool
}

func (t *test) testPOP3(ctx context.Context, w *wire, target string) {
	protocol := &pop3Talk{wire: w}
	defer protocol.leave()
	if !t.secure(ctx, w, protocol, target) || !t.admit() || !t.present(ctx, protocol) {
		return
	}
	messages, err := protocol.count()
	if err != nil {
		t.fail(ctx, providers.LayerMailbox, t.ledger.lap(), err)
		return
	}
	t.inbox("INBOX", messages)
	t.skip(providers.LayerSend, "nothing is sent over POP3")
}

func (p *pop3Talk) greet() (string, error) {
	line, err := p.wire.readGreeting()
	if err != nil {
		return "", err
	}
	status, ok := parsePOP3(line)
	switch {
	case ok && status.kind == "+OK":
		p.greeted = true
		return p.keep(status.text), nil
	case ok && status.kind == "-ERR":
		return "", p.wire.refused(providers.StageGreeting, p.reply("connection", status))
	}
	return "", p.wire.rubbish(providers.StageGreeting, "the greeting is not POP3", line)
}

// startTLS asks for TLS without asking first whether it is offered: a server without STLS
// refuses the command, and what is offered before TLS may come from someone else.
func (p *pop3Talk) startTLS() error {
	status, err := p.ask(providers.StageStartTLS, "STLS", "STLS")
	if err != nil {
		return err
	}
	if status.kind != "+OK" {
		return p.wire.refused(providers.StageStartTLS, p.reply("STLS", status))
	}
	if p.wire.lines.ahead() {
		return p.wire.trouble(providers.StageStartTLS, errInjected)
	}
	return nil
}

// signIn sends the token on a line of its own, which is the only form that Exchange takes
// (https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth)
// and needs no look at the server's capabilities before: a server without the mechanism refuses
// the command, and never sees the token.
func (p *pop3Talk) signIn(sign xoauth2) (string, error) {
	status, err := p.ask(providers.StageDialogue, "AUTH", "AUTH "+mechanism)
	if err != nil {
		return "", err
	}
	if status.kind != "+" {
		return "", p.unwilling(status)
	}
	if status, err = p.ask(providers.StageDialogue, "AUTH", sign.encoded()); err != nil {
		return "", err
	}
	var challenge *providers.Challenge
	if status.kind == "+" {
		challenge = decodeChallenge(status.text, p.keep)
		if status, err = p.ask(providers.StageDialogue, "AUTH", ""); err != nil {
			return "", err
		}
	}
	switch status.kind {
	case "+OK":
		return strings.TrimSuffix(mechanism+" accepted for "+string(sign.mailbox)+": "+p.keep(status.text), ": "), nil
	case "+":
		return "", p.wire.trouble(providers.StageDialogue, errChallenges)
	}
	said := p.reply("AUTH", status)
	said.Challenge = challenge
	return "", said
}

// unwilling finds out why the server does not want a token at all: its capabilities tell, where
// it has them (RFC 2449 section 6.3), else its own words must do.
func (p *pop3Talk) unwilling(status pop3Status) error {
	refusal := p.reply("AUTH", status)
	if status.kind != "-ERR" {
		return p.wire.rubbish(providers.StageDialogue, "the answer to AUTH came before the token", status.kind+" "+status.text)
	}
	offers, err := p.capabilities()
	if err != nil || offers == nil {
		return refusal
	}
	missing := &providers.MechanismMissing{Protocol: "pop3", Wanted: mechanism}
	for _, offer := range offers {
		words := strings.Fields(strings.ToUpper(offer))
		if len(words) == 0 || words[0] != "SASL" {
			continue
		}
		for _, word := range words[1:] {
			if word == mechanism {
				return refusal
			}
			missing.Offered = append(missing.Offered, p.keep(word))
		}
	}
	return p.wire.trouble(providers.StageDialogue, missing)
}

// capabilities are the lines of the answer to CAPA, or nil where the server has no such command.
func (p *pop3Talk) capabilities() ([]string, error) {
	status, err := p.ask(providers.StageDialogue, "CAPA", "CAPA")
	if err != nil || status.kind != "+OK" {
		return nil, err
	}
	lines := []string{}
	for range maxCapabilities {
		line, err := p.wire.read()
		if err != nil {
			return nil, p.wire.trouble(providers.StageDialogue, err)
		}
		if line == "." {
			return lines, nil
		}
		lines = append(lines, line)
	}
	return nil, p.wire.trouble(providers.StageDialogue, errEndlessSpeech)
}

// count asks how many messages there are, which marks and removes nothing.
func (p *pop3Talk) count() (int, error) {
	status, err := p.ask(providers.StageDialogue, "STAT", "STAT")
	if err != nil {
		return 0, err
	}
	if status.kind == "-ERR" {
		return 0, p.reply("STAT", status)
	}
	number, _, _ := strings.Cut(status.text, " ")
	messages, err := strconv.ParseUint(number, 10, 31)
	if err != nil || status.kind != "+OK" {
		return 0, p.wire.rubbish(providers.StageDialogue, "the answer to STAT is not POP3", status.kind+" "+status.text)
	}
	return int(messages), nil
}

// ask sends one command and returns the first line of its answer.
func (p *pop3Talk) ask(stage providers.Stage, name, line string) (pop3Status, error) {
	if err := p.wire.send(line); err != nil {
		return pop3Status{}, p.wire.trouble(stage, err)
	}
	answer, err := p.wire.read()
	if err != nil {
		return pop3Status{}, p.wire.trouble(stage, err)
	}
	status, ok := parsePOP3(answer)
	if !ok {
		return pop3Status{}, p.wire.rubbish(stage, "the answer to "+name+" is not POP3", answer)
	}
	return status, nil
}

// leave ends the session; nothing was marked for removal, so that nothing is removed.
func (p *pop3Talk) leave() {
	if p.greeted {
		_ = p.wire.send("QUIT")
	}
}

func (p *pop3Talk) keep(text string) string { return p.wire.journal.veil.keep(text) }

func (p *pop3Talk) reply(command string, status pop3Status) *providers.Reply {
	return &providers.Reply{Protocol: "pop3", Command: command, Status: status.kind, Bracket: p.keep(status.code), Text: p.keep(status.text)}
}
