package practice

import (
	"encoding/base64"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
)

// graphSend takes a message and delivers it. What cannot be delivered is accepted all the same, as
// Graph does; the report of that would come by mail.
func (t *Tenant) graphSend(r *http.Request, call graphCall) *graphRefusal {
	mailbox, refused := t.admitGraph(bearerToken(r), call, graphSending())
	if refused != nil {
		return refused
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return &graphRefusal{status: http.StatusRequestEntityTooLarge, code: "BadRequest", message: "Maximum request length exceeded."}
	}
	out, refused := readOutgoing(r.Header.Get("Content-Type"), body, mailbox, t.clock.now())
	if refused != nil {
		return refused
	}
	return t.graphSubmit(mailbox, out)
}

// readOutgoing takes a message as JSON, or in MIME as base64 text.
func readOutgoing(kind string, body []byte, mailbox string, at time.Time) (outgoing, *graphRefusal) {
	kind, _, err := mime.ParseMediaType(kind)
	switch {
	case err == nil && kind == "text/plain":
		return readOutgoingMIME(body, mailbox)
	case err != nil || kind != "application/json":
		return outgoing{}, graphBadRequest("A valid Content-Type header is missing: send application/json, or text/plain with the message in MIME.")
	}
	var asked graphMail
	if err := json.Unmarshal(body, &asked); err != nil {
		return outgoing{}, graphBadRequest("Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.")
	}
	return asked.compose(mailbox, at)
}

func readOutgoingMIME(body []byte, mailbox string) (outgoing, *graphRefusal) {
	raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(body)), ""))
	if err != nil {
		return outgoing{}, &graphRefusal{status: http.StatusBadRequest, code: "ErrorMimeContentInvalidBase64String", message: "Invalid base64 string for MIME content."}
	}
	read := readContent(raw)
	out := outgoing{raw: raw, from: mailbox, save: true}
	if len(read.from) > 0 {
		out.from = read.from[0].Address
	}
	for _, address := range append(read.to, read.cc...) {
		out.recipients = append(out.recipients, address.Address)
	}
	if len(out.recipients) == 0 {
		return outgoing{}, noRecipients()
	}
	return out, nil
}

// graphSubmit checks what Exchange checks of a message, and delivers it within the tenant.
func (t *Tenant) graphSubmit(mailbox string, out outgoing) *graphRefusal {
	forbidden := func(code, message string) *graphRefusal {
		return &graphRefusal{status: http.StatusForbidden, code: code, message: message}
	}
	switch {
	case t.sendingBlocked() != nil:
		return forbidden("ErrorMessageSubmissionBlocked", "Cannot send mail. The organization has exceeded its threshold for outbound messages.")
	case !t.maySendAs(mailbox, out.from):
		return forbidden("ErrorSendAsDenied", "The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account., Cannot submit message.")
	case t.quotaExceeded(mailbox, len(out.recipients)) != nil:
		return forbidden("ErrorExceededMessageLimit", "The message can't be submitted because the sender's submission quota was exceeded.")
	}
	var reached []string
	for _, to := range out.recipients {
		if t.receives(to) {
			reached = append(reached, to)
		} else {
			t.journal.note(t.clock.now(), "graph", "message to "+to+" was not delivered: it is no mailbox of the practice tenant")
		}
	}
	keeper := mailbox
	if !out.save {
		keeper = ""
	}
	if err := t.deliver(newLetter(out.raw, mailbox, "HTTPS", t.clock.now()), keeper, reached); err != nil {
		return graphUnavailable()
	}
	return nil
}
