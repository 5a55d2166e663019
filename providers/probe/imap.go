package probe

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// errChallenges is for both protocols: XOAUTH2 has one challenge only.
var errChallenges = errors.New("the server asks again and again instead of answering")

// imapTalk is the little of IMAP4rev1 (RFC 3501) that a test needs. The library's client is not
// used: a server can make it wait or compute for ever (go-imap v2.0.0-beta.8, a challenge with
// the refusal right behind it, a parenthesis among the capabilities), also after its connection
// has been closed.
type imapTalk struct {
	wire    *wire
	greeted bool
	offers  []string // capabilities in capitals; nil where they are not known
	asked   int      // commands so far
}

func (t *test) testIMAP(ctx context.Context, w *wire, target string) {
	protocol := &imapTalk{wire: w}
	defer protocol.leave()
	if !t.secure(ctx, w, protocol, target) || !t.admit() || !t.present(ctx, protocol) {
		return
	}
	folder := t.attempt.Folder
	if folder == "" {
		folder = "INBOX"
	}
	messages, err := protocol.examine(folder)
	if err != nil {
		t.fail(ctx, providers.LayerMailbox, t.ledger.lap(), err)
		return
	}
	detail := folder + ", " + count(messages, "message", "messages")
	if t.attempt.Find != "" {
		if t.found, err = protocol.find(t.attempt.Find); err != nil {
			t.fail(ctx, providers.LayerMailbox, t.ledger.lap(), err)
			return
		}
		detail += ", " + whetherFound(t.found)
	}
	t.messages = messages
	t.pass(providers.LayerMailbox, t.ledger.lap(), detail)
	t.skip(providers.LayerSend, "nothing is sent over IMAP")
}

func (i *imapTalk) greet() (string, error) {
	line, err := i.wire.readGreeting()
	if err != nil {
		return "", err
	}
	status, ok := parseStatus(line)
	if !ok || status.tag != "*" {
		return "", i.wire.rubbish(providers.StageGreeting, "the greeting is not IMAP", line)
	}
	switch status.kind {
	case "OK":
		i.greeted, i.offers = true, status.capabilities()
		return i.keep(status.text), nil
	case "BYE":
		return "", i.wire.refused(providers.StageGreeting, i.reply("connection", status))
	}
	return "", i.wire.rubbish(providers.StageGreeting, "the greeting lets nobody sign in", line)
}

func (i *imapTalk) startTLS() error {
	if err := i.learn(providers.StageStartTLS); err != nil {
		return err
	}
	if !slices.Contains(i.offers, "STARTTLS") {
		return i.wire.trouble(providers.StageStartTLS, errNoStartTLS)
	}
	if _, err := i.ask(providers.StageStartTLS, imapCommand{name: "STARTTLS"}); err != nil {
		return err
	}
	if i.wire.lines.ahead() {
		return i.wire.trouble(providers.StageStartTLS, errInjected)
	}
	// What was offered before TLS may come from someone else (RFC 3501 section 6.2.1).
	i.offers = nil
	return nil
}

// learn asks what the server can do, unless it said so itself.
func (i *imapTalk) learn(stage providers.Stage) error {
	if i.offers != nil {
		return nil
	}
	answer, err := i.ask(stage, imapCommand{name: "CAPABILITY"})
	for _, line := range answer.untagged {
		if words := strings.Fields(strings.ToUpper(line)); len(words) > 1 && words[1] == "CAPABILITY" {
			i.offers = words[2:]
		}
	}
	return err
}

func (i *imapTalk) signIn(sign xoauth2) (string, error) {
	i.wire.lines.budget = maxMailbox
	if err := i.learn(providers.StageDialogue); err != nil {
		return "", err
	}
	if !slices.Contains(i.offers, "AUTH="+mechanism) {
		missing := &providers.MechanismMissing{Protocol: "imap", Wanted: mechanism}
		for _, offer := range i.offers {
			if offered, found := strings.CutPrefix(offer, "AUTH="); found {
				missing.Offered = append(missing.Offered, i.keep(offered))
			}
		}
		return "", i.wire.trouble(providers.StageDialogue, missing)
	}
	exchange := &imapExchange{response: sign.encoded(), keep: i.keep}
	command := imapCommand{name: "AUTHENTICATE", arguments: " " + mechanism, answer: exchange.answer}
	if slices.Contains(i.offers, "SASL-IR") { // RFC 4959
		command.arguments += " " + exchange.response
		exchange.response = ""
	}
	answer, err := i.ask(providers.StageDialogue, command)
	var reply *providers.Reply
	if errors.As(err, &reply) {
		reply.Challenge = exchange.challenge
	}
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(mechanism + " accepted for " + string(sign.mailbox) + ": " + i.keep(answer.text)), nil
}

// examine opens a folder read-only: unlike SELECT it leaves even the recent flags alone.
func (i *imapTalk) examine(folder string) (int, error) {
	answer, err := i.ask(providers.StageDialogue, imapCommand{name: "EXAMINE", arguments: " " + quoteFolder(folder)})
	if err != nil {
		return 0, err
	}
	messages := 0
	for _, line := range answer.untagged {
		words := strings.Fields(line)
		if len(words) != 3 || !strings.EqualFold(words[2], "EXISTS") {
			continue
		}
		if n, err := strconv.ParseUint(words[1], 10, 31); err == nil {
			messages = int(n)
		}
	}
	return messages, nil
}

func (i *imapTalk) leave() {
	if i.greeted {
		i.asked++
		_ = i.wire.send(fmt.Sprintf("M%d LOGOUT", i.asked))
	}
}

func (i *imapTalk) keep(text string) string { return i.wire.journal.veil.keep(text) }

func (i *imapTalk) reply(command string, status imapStatus) *providers.Reply {
	return &providers.Reply{Protocol: "imap", Command: command, Status: status.kind, Bracket: i.keep(status.code), Text: i.keep(status.text)}
}
