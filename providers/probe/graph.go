package probe

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// graphTalk is the little of Microsoft Graph's mail interface that a test needs
// (https://learn.microsoft.com/graph/api/mailfolder-get,
// https://learn.microsoft.com/graph/api/user-sendmail).
type graphTalk struct {
	*web
	ctx  context.Context // of the test, for another connection where the server closes this one
	base string          // URL that paths are appended to, up to the mailbox's owner
}

// graphFolder is a mail folder, as far as it is asked for.
type graphFolder struct {
	id       string // only of one that was looked up
	name     string
	messages int
}

func (t *test) testGraph(ctx context.Context, w *wire, target string) {
	c := t.secureWeb(ctx, w, target)
	if c == nil || !t.admit() {
		return
	}
	defer c.close()
	protocol := &graphTalk{web: c, ctx: ctx, base: strings.TrimRight(t.attempt.Server.String(), "/") + graphOwner(t.attempt)}
	folder, err := protocol.folder(t.attempt.Folder)
	if !t.authorised(ctx, err) {
		return
	}
	switch {
	case err != nil && t.attempt.SendsOnly && closed(err):
		t.ledger.lap()
		t.skip(providers.LayerMailbox, "may not be read, and need not be to send")
	case err != nil:
		t.fail(ctx, providers.LayerMailbox, t.ledger.lap(), err)
		return
	default:
		t.messages = folder.messages
		t.pass(providers.LayerMailbox, t.ledger.lap(), folder.name+", "+count(folder.messages, "message", "messages"))
	}
	if t.attempt.Recipient == "" {
		t.skip(providers.LayerSend, "signed in, nothing sent")
		return
	}
	message := newMessage(t.attempt, t.prober.Now())
	if err := protocol.deliver(ctx, message); err != nil {
		t.fail(ctx, providers.LayerSend, t.ledger.lap(), err)
		return
	}
	t.messageID = message.id
	t.pass(providers.LayerSend, t.ledger.lap(), "message "+message.id+" accepted")
}

// closed reports whether the mailbox is there and this token may not read it: Mail.Send alone
// opens no folder (https://learn.microsoft.com/graph/permissions-reference).
func closed(err error) bool {
	var refusal *providers.HTTPRefusal
	return errors.As(err, &refusal) && refusal.Status == http.StatusForbidden
}

// graphOwner is the part of a path that names the mailbox's owner. "me" is right only where the
// account that signed in is the mailbox: for anybody else it would prove another mailbox.
func graphOwner(attempt Attempt) string {
	if !attempt.AppOnly && attempt.SignedIn != "" && attempt.SignedIn.Same(attempt.Mailbox) {
		return "/me"
	}
	return "/users/" + url.PathEscape(string(attempt.Mailbox))
}

// deliver sends one message and keeps no copy.
func (g *graphTalk) deliver(ctx context.Context, m message) error {
	if err := m.check(); err != nil {
		return g.wire.trouble(providers.StageDialogue, err)
	}
	body, err := json.Marshal(m.graph(g.test.attempt.Mailbox))
	if err != nil {
		return g.wire.trouble(providers.StageDialogue, err)
	}
	if err := g.ready(ctx); err != nil {
		return err
	}
	header := http.Header{"Accept": {"application/json"}, "Content-Type": {"application/json"}}
	answer, err := g.ask(http.MethodPost, g.base+"/sendMail", header, string(body))
	if err != nil {
		return unsure(g.wire.host, err)
	}
	if answer.status/100 != 2 {
		return g.refused("sendMail", answer)
	}
	return nil
}

func (g *graphTalk) refused(command string, answer webAnswer) *providers.HTTPRefusal {
	refusal := g.refusal(command, answer)
	said := readGraphError(answer.body)
	refusal.Code = g.keep(said.code)
	if said.message != "" {
		refusal.Message = g.keep(said.message)
	}
	if refusal.RequestID == "" {
		refusal.RequestID = g.keep(said.requestID)
	}
	return refusal
}
