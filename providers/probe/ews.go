package probe

import (
	"context"
	"encoding/xml"
	"net/http"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// ewsTalk is the one operation of Exchange Web Services that a test needs
// (https://learn.microsoft.com/exchange/client-developer/web-service-reference/getfolder-operation).
type ewsTalk struct {
	*web
}

func (t *test) testEWS(ctx context.Context, w *wire, target string) {
	c := t.secureWeb(ctx, w, target)
	if c == nil || !t.admit() {
		return
	}
	defer c.close()
	folder, err := ewsTalk{c}.inbox()
	if !t.authorised(ctx, err) {
		return
	}
	if err != nil {
		t.fail(ctx, providers.LayerMailbox, t.ledger.lap(), err)
		return
	}
	t.inbox(folder.name, folder.messages)
	t.skip(providers.LayerSend, "nothing is sent over EWS")
}

// inbox reads the inbox's properties, which marks nothing.
func (e ewsTalk) inbox() (ewsFolder, error) {
	attempt := e.test.attempt
	header := http.Header{
		"Content-Type": {"text/xml; charset=utf-8"},
		"Accept":       {"text/xml"},
		"SOAPAction":   {`"http://schemas.microsoft.com/exchange/services/2006/messages/GetFolder"`},
		// Exchange needs it to find the mailbox's server when an app signs in as itself
		// (https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-authenticate-an-ews-application-by-using-oauth).
		"X-AnchorMailbox": {string(attempt.Mailbox)},
	}
	answer, err := e.ask(http.MethodPost, attempt.Server.String(), header, getFolder(attempt))
	if err != nil {
		return ewsFolder{}, err
	}
	said, ok := readEWS(answer.body)
	switch {
	case ok && answer.status == http.StatusOK && said.code == ewsSuccess:
		said.folder.name = e.keep(said.folder.name)
		return said.folder, nil
	case !ok && answer.status == http.StatusOK:
		return ewsFolder{}, e.wire.rubbish(providers.StageDialogue, "the answer is not EWS's", string(answer.body))
	}
	refusal := e.refusal("GetFolder", answer)
	if ok {
		refusal.Code, refusal.Message = e.keep(said.code), e.keep(said.text)
	}
	return ewsFolder{}, refusal
}

// getFolder is the request. An app that signs in as itself must act for the mailbox; a person's
// token opens the mailbox by its address, so that it can be another one than the person's own.
func getFolder(attempt Attempt) string {
	address := xmlText(string(attempt.Mailbox))
	impersonation, mailbox := "", "<t:Mailbox><t:EmailAddress>"+address+"</t:EmailAddress></t:Mailbox>"
	if attempt.AppOnly {
		impersonation = "<t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>" + address + "</t:SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>"
		mailbox = ""
	}
	return `<?xml version="1.0" encoding="utf-8"?>` +
		`<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"` +
		` xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"` +
		` xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">` +
		`<soap:Header><t:RequestServerVersion Version="Exchange2013_SP1"/>` + impersonation + `</soap:Header>` +
		`<soap:Body><m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape>` +
		`<m:FolderIds><t:DistinguishedFolderId Id="inbox">` + mailbox + `</t:DistinguishedFolderId></m:FolderIds>` +
		`</m:GetFolder></soap:Body></soap:Envelope>`
}

func xmlText(text string) string {
	var escaped strings.Builder
	_ = xml.EscapeText(&escaped, []byte(text)) // a strings.Builder takes everything
	return escaped.String()
}
