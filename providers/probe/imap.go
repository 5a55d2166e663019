package probe

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"github.com/mailgrant/mailgrant/providers"
)

// maxUntagged is how many lines a server may say before it answers a command.
const maxUntagged = 100

// imapTalk is IMAP4rev1 (RFC 3501): its greeting and STARTTLS by ourselves, so that each is a
// layer of its own and bounded, what follows on the secured connection by the library.
type imapTalk struct {
	wire     *wire
	greeting string   // as the server wrote it, for the library
	offers   []string // the capabilities that came with the greeting
	pipe     *imapPipe
	client   *imapclient.Client
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
	t.messages = messages
	t.pass(providers.LayerMailbox, t.ledger.lap(), folder+", "+count(messages, "message", "messages"))
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
		i.greeting, i.offers = line, status.capabilities()
		return i.wire.journal.veil.keep(status.text), nil
	case "BYE":
		return "", i.wire.refused(providers.StageGreeting, i.reply("connection", status))
	}
	return "", i.wire.rubbish(providers.StageGreeting, "the greeting lets nobody sign in", line)
}

func (i *imapTalk) startTLS() error {
	if i.offers == nil {
		untagged, err := i.ask("C", "CAPABILITY")
		if err != nil {
			return err
		}
		for _, line := range untagged {
			if words := strings.Fields(line); len(words) > 2 && words[0] == "*" && strings.EqualFold(words[1], "CAPABILITY") {
				i.offers = words[2:]
			}
		}
	}
	if !slices.ContainsFunc(i.offers, func(offer string) bool { return strings.EqualFold(offer, "STARTTLS") }) {
		return i.wire.trouble(providers.StageStartTLS, errNoStartTLS)
	}
	if _, err := i.ask("S", "STARTTLS"); err != nil {
		return err
	}
	if i.wire.lines.ahead() {
		return i.wire.trouble(providers.StageStartTLS, errInjected)
	}
	// There is no second greeting, and what was offered before TLS must be forgotten
	// (RFC 3501 section 6.2.1): the library gets one that offers nothing and asks again.
	i.greeting = "* OK ready"
	return nil
}

// ask sends a command on the plain connection and returns what came before its OK.
func (i *imapTalk) ask(tag, command string) ([]string, error) {
	if err := i.wire.send(tag + " " + command); err != nil {
		return nil, i.wire.trouble(providers.StageStartTLS, err)
	}
	var untagged []string
	for range maxUntagged {
		line, err := i.wire.read()
		if err != nil {
			return nil, i.wire.trouble(providers.StageStartTLS, err)
		}
		status, ok := parseStatus(line)
		switch {
		case ok && status.tag == tag && status.kind == "OK":
			return untagged, nil
		case ok && (status.tag == tag || status.kind == "BYE"):
			return nil, i.wire.refused(providers.StageStartTLS, i.reply(command, status))
		case !strings.HasPrefix(line, "* "):
			return nil, i.wire.rubbish(providers.StageStartTLS, "the answer to "+command+" is not IMAP", line)
		}
		untagged = append(untagged, line)
	}
	return nil, i.wire.trouble(providers.StageStartTLS, errEndlessSpeech)
}

// open hands the secured connection to the library.
func (i *imapTalk) open() {
	i.wire.lines.budget = maxMailbox
	i.wire.wait()
	i.pipe = newIMAPPipe(i.wire, i.greeting)
	i.client = imapclient.New(i.pipe, nil)
}

func (i *imapTalk) signIn(sign xoauth2) (string, error) {
	i.open()
	offers := i.client.Caps()
	if offers == nil {
		return "", i.failed("CAPABILITY", nil, nil)
	}
	if !slices.ContainsFunc(offers.AuthMechanisms(), func(offer string) bool { return strings.EqualFold(offer, mechanism) }) {
		missing := &providers.MechanismMissing{Protocol: "imap", Wanted: mechanism}
		for _, offer := range offers.AuthMechanisms() {
			missing.Offered = append(missing.Offered, i.wire.journal.veil.keep(offer))
		}
		slices.Sort(missing.Offered)
		return "", i.wire.trouble(providers.StageDialogue, missing)
	}
	exchange := &imapExchange{sign: sign, keep: i.wire.journal.veil.keep}
	if err := i.client.Authenticate(exchange); err != nil {
		return "", i.failed("AUTHENTICATE", err, exchange.challenge)
	}
	return mechanism + " accepted for " + string(sign.mailbox), nil
}

// examine opens a folder read-only: unlike SELECT it leaves even the recent flags alone.
func (i *imapTalk) examine(folder string) (int, error) {
	data, err := i.client.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
	if err != nil {
		return 0, i.failed("EXAMINE", err, nil)
	}
	return int(data.NumMessages), nil
}

// failed finds out what an error of the library means: the server's refusal, its parting
// words, trouble with the connection, or an answer that the library cannot read.
func (i *imapTalk) failed(command string, err error, challenge *providers.Challenge) error {
	keep := i.wire.journal.veil.keep
	var refusal *imap.Error
	if errors.As(err, &refusal) {
		return &providers.Reply{Protocol: "imap", Command: command, Status: string(refusal.Type),
			Bracket: keep(string(refusal.Code)), Text: keep(refusal.Text), Challenge: challenge}
	}
	heard := i.pipe.heard()
	switch {
	case heard.bye != nil:
		reply := i.reply(command, *heard.bye)
		reply.Challenge = challenge
		return reply
	case heard.err != nil:
		return i.wire.trouble(providers.StageDialogue, heard.err)
	case errors.Is(err, errChallenges):
		return i.wire.trouble(providers.StageDialogue, err)
	}
	return i.wire.rubbish(providers.StageDialogue, "the answer to "+command+" cannot be read", heard.last)
}

func (i *imapTalk) reply(command string, status imapStatus) *providers.Reply {
	keep := i.wire.journal.veil.keep
	return &providers.Reply{Protocol: "imap", Command: command, Status: status.kind, Bracket: keep(status.code), Text: keep(status.text)}
}

func (i *imapTalk) leave() {
	switch {
	case i.client != nil:
		if !i.wire.broken.Load() {
			i.client.Logout()
		}
		_ = i.client.Close()
	case i.greeting != "" && !i.wire.broken.Load():
		_ = i.wire.send("L LOGOUT")
	}
}
