package probe

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

const (
	graphURL   = "https://mail.example.test/v1.0"
	graphInbox = `{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#x","displayName":"Posteingang","totalItemCount":12}`
	asUser     = "/v1.0/users/crm@contoso.example"
	inboxPath  = "/mailFolders/inbox?$select=displayName,totalItemCount"
)

// graphID has the form of a folder's ID.
const graphID = "AAMkAGVmMDEzMTM4LTZmYWUtNDdkNC1hMDZiLTU1OGY5OTZhYmY4OAAuAAAAAAAiQ8W967B7TKBjgx9rVEURAQAiIsqMbYjsT5e"

const graphApprovals = `{"id":"` + graphID + `","displayName":"Approvals","totalItemCount":3}`

func graphList(folders ...string) string { return `{"value":[` + strings.Join(folders, ",") + `]}` }

// called is the query that looks a folder up by its name, which is escaped already.
func called(name string) string {
	return "?$filter=displayName%20eq%20%27" + name + "%27&$select=id,displayName,totalItemCount"
}

func in(folder string) func(*Attempt) { return func(a *Attempt) { a.Folder = folder } }

func graphFailure(code, message string) string {
	return `{"error":{"code":"` + code + `","message":"` + message + `","innerError":{"date":"2026-11-21T12:00:00","request-id":"5a7f","client-request-id":"5a7f"}}}`
}

func graphRefusal(command string, status int, code, message string) *providers.HTTPRefusal {
	return &providers.HTTPRefusal{Protocol: "graph", Command: command, Status: status, Code: code, Message: message, RequestID: "5a7f"}
}

func chunked(body string) string {
	return fmt.Sprintf("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n", body[:5], len(body)-5, body[5:])
}

func TestGraph(t *testing.T) {
	t.Parallel()
	scenes := []webScene{
		// The request goes with the handshake's second flight; the third is goodbye.
		{name: "folder read", stage: &webStage{answers: []string{answer(200, "", graphInbox)}}, asked: []string{"GET " + asUser + inboxPath},
			messages: 12, mailbox: "Posteingang, 12 messages", says: "signed in, nothing sent", flights: 3},
		{name: "app-only, even where the account is said to be the mailbox", edit: func(a *Attempt) { a.AppOnly, a.SignedIn = true, a.Mailbox },
			stage: &webStage{answers: []string{answer(200, "", graphInbox)}}, asked: []string{"GET " + asUser + inboxPath}, messages: 12},
		{name: "the signed-in person's own mailbox", edit: func(a *Attempt) { a.SignedIn = "CRM@contoso.example" },
			stage: &webStage{answers: []string{answer(200, "", graphInbox)}}, asked: []string{"GET /v1.0/me" + inboxPath}, messages: 12},
		{name: "another mailbox than the signed-in person's", edit: func(a *Attempt) { a.SignedIn = "svc@contoso.example" },
			stage: &webStage{answers: []string{answer(200, "", graphInbox)}}, asked: []string{"GET " + asUser + inboxPath}, messages: 12},
		{name: "inbox by its name in IMAP", edit: func(a *Attempt) { a.Folder = "INBOX" }, stage: &webStage{answers: []string{answer(200, "", graphInbox)}}, asked: []string{"GET " + asUser + inboxPath}, messages: 12},
		{name: "another folder by its name", edit: in("Anna's box"), stage: &webStage{answers: []string{answer(200, "", graphList(graphApprovals))}},
			asked: []string{"GET " + asUser + "/mailFolders" + called("Anna%27%27s%20box")}, messages: 3, mailbox: "Approvals, 3 messages"},
		{name: "a folder below the inbox, named alone", edit: in("Approvals"), stage: &webStage{answers: []string{answer(200, "", graphList()), answer(200, "", graphList(graphApprovals))}},
			asked: []string{"GET " + asUser + "/mailFolders" + called("Approvals"), "GET " + asUser + "/mailFolders/inbox/childFolders" + called("Approvals")}, messages: 3},
		{name: "a folder by its path", edit: in("Inbox/Approvals"), stage: &webStage{answers: []string{answer(200, "", graphList(graphApprovals))}},
			asked: []string{"GET " + asUser + "/mailFolders/inbox/childFolders" + called("Approvals")}, messages: 3},
		{name: "a folder by its ID", edit: in(graphID), stage: &webStage{answers: []string{answer(200, "", graphInbox)}},
			asked: []string{"GET " + asUser + "/mailFolders/" + graphID + "?$select=displayName,totalItemCount"}, messages: 12},
		{name: "a folder that nobody has", edit: in("Gone"), stage: &webStage{answers: []string{answer(200, "", graphList()), answer(200, "", graphList())}}, failed: providers.LayerMailbox,
			refusal: &providers.HTTPRefusal{Protocol: "graph", Command: "mailFolders", Status: 404, Code: "ErrorItemNotFound", Message: `no folder of this mailbox is called "Gone"`}},
		{name: "a name cannot leave its place", edit: in("../x?y#z"), stage: &webStage{answers: []string{answer(200, "", graphList())}}, failed: providers.LayerMailbox,
			asked:   []string{"GET " + asUser + "/mailFolders" + called("..")},
			refusal: &providers.HTTPRefusal{Protocol: "graph", Command: "mailFolders", Status: 404, Code: "ErrorItemNotFound", Message: `no folder of this mailbox is called "../x?y#z"`}},
		{name: "a list that is none", edit: in("Approvals"), stage: &webStage{answers: []string{answer(200, "", graphInbox)}}, failed: providers.LayerSASL, says: "not Microsoft Graph's", at: providers.StageDialogue},
		{name: "a product that only sends need not read", edit: func(a *Attempt) { a.SendsOnly = true }, stage: &webStage{answers: []string{answer(403, "", graphFailure("ErrorAccessDenied", "Access is denied."))}},
			messages: -1, mailbox: "may not be read, and need not be to send", says: "signed in, nothing sent"},
		{name: "but its mailbox has to be there", edit: func(a *Attempt) { a.SendsOnly = true }, stage: &webStage{answers: []string{answer(404, "", graphFailure("ErrorInvalidUser", "gone"))}},
			failed: providers.LayerMailbox, refusal: graphRefusal("mailFolders", 404, "ErrorInvalidUser", "gone")},
		{name: "a name with an escape sequence", stage: &webStage{answers: []string{answer(200, "", `{"displayName":"\u001b[31mInbox","totalItemCount":1}`)}}, messages: 1, mailbox: "[31mInbox, 1 message"},
		{name: "a provisional answer first", stage: &webStage{answers: []string{"HTTP/1.1 100 Continue\r\n\r\n" + answer(200, "", graphInbox)}}, messages: 12},
		{name: "an answer in chunks", stage: &webStage{answers: []string{chunked(graphInbox)}}, messages: 12},
		{name: "an answer that ends with the connection", stage: &webStage{bare: true, answers: []string{"HTTP/1.0 200 OK\r\n\r\n" + graphInbox}}, messages: 12},
		{name: "one message", edit: send, stage: &webStage{answers: []string{answer(200, "", graphInbox), answer(202, "", "")}},
			asked: []string{"GET " + asUser + inboxPath, "POST " + asUser + "/sendMail"}, messages: 12, sent: true, says: "@contoso.example> accepted", flights: 4},
		{name: "one message on another connection, where the first was closed", edit: send, stage: &webStage{answers: []string{answer(200, "Connection: close\r\n", graphInbox), answer(202, "", "")}},
			asked: []string{"GET " + asUser + inboxPath, "POST " + asUser + "/sendMail"}, messages: 12, sent: true, dialled: 2},
		{name: "sending refused", edit: send, stage: &webStage{answers: []string{answer(200, "", graphInbox), answer(403, "", graphFailure("ErrorAccessDenied", "Access is denied."))}},
			failed: providers.LayerSend, refusal: graphRefusal("sendMail", 403, "ErrorAccessDenied", "Access is denied.")},
		{name: "no word after the message", edit: send, stage: &webStage{answers: []string{answer(200, "", graphInbox)}},
			failed: providers.LayerSend, at: providers.StageDialogue, check: isTimeout, says: "no answer within 10s, and so the message may or may not have been sent"},
		{name: "recipient that is no address", edit: func(a *Attempt) { a.Recipient = "you" }, stage: &webStage{answers: []string{answer(200, "", graphInbox)}},
			failed: providers.LayerSend, at: providers.StageDialogue, says: "is not of the form name@domain", asked: []string{"GET " + asUser + inboxPath}},
		{name: "token for another service", stage: &webStage{answers: []string{answer(401, "WWW-Authenticate: Bearer realm=\"\", client_id=\"x\"\r\n", graphFailure("InvalidAuthenticationToken", "Access token validation failure. Invalid audience."))}},
			failed: providers.LayerSASL, says: "graph refused mailFolders: HTTP 401 InvalidAuthenticationToken: Access token validation failure. Invalid audience.", refusal: &providers.HTTPRefusal{
				Protocol: "graph", Command: "mailFolders", Status: 401, Code: "InvalidAuthenticationToken", Message: "Access token validation failure. Invalid audience.", RequestID: "5a7f", WWWAuthenticate: `Bearer realm="", client_id="x"`}},
		{name: "401 without a word", stage: &webStage{answers: []string{answer(401, "request-id: 77\r\n", "")}},
			failed: providers.LayerSASL, refusal: &providers.HTTPRefusal{Protocol: "graph", Command: "mailFolders", Status: 401, RequestID: "77"}},
		{name: "permission missing", stage: &webStage{answers: []string{answer(403, "request-id: 78\r\n", graphFailure("ErrorAccessDenied", "Access is denied. Check credentials and try again."))}},
			failed: providers.LayerMailbox, refusal: &providers.HTTPRefusal{Protocol: "graph", Command: "mailFolders", Status: 403, Code: "ErrorAccessDenied", Message: "Access is denied. Check credentials and try again.", RequestID: "78"}},
		{name: "no mailbox", stage: &webStage{answers: []string{answer(404, "", graphFailure("MailboxNotEnabledForRESTAPI", "x"))}},
			failed: providers.LayerMailbox, refusal: graphRefusal("mailFolders", 404, "MailboxNotEnabledForRESTAPI", "x")},
		{name: "throttled", stage: &webStage{answers: []string{answer(429, "Retry-After: 17\r\n", graphFailure("ApplicationThrottled", "x"))}}, failed: providers.LayerMailbox, refusal: &providers.HTTPRefusal{
			Protocol: "graph", Command: "mailFolders", Status: 429, Code: "ApplicationThrottled", Message: "x", RequestID: "5a7f", RetryAfter: 17 * time.Second}},
		{name: "service down", stage: &webStage{answers: []string{answer(503, "Retry-After: 5\r\n", "<html><head><title>Service unavailable</title>")}}, failed: providers.LayerSASL, refusal: &providers.HTTPRefusal{
			Protocol: "graph", Command: "mailFolders", Status: 503, Message: "Service unavailable", RetryAfter: 5 * time.Second}},
		{name: "redirected, which is not followed", stage: &webStage{answers: []string{answer(302, "Location: https://elsewhere.example/\u202ex\r\n", "")}}, asked: []string{"GET " + asUser + inboxPath},
			failed: providers.LayerSASL, says: "HTTP 302: redirected to https://elsewhere.example/x"},
		{name: "error of wrong types", stage: &webStage{answers: []string{answer(403, "", `{"error":{"code":5,"message":["x"],"innerError":"y"}}`)}},
			failed: providers.LayerMailbox, refusal: &providers.HTTPRefusal{Protocol: "graph", Command: "mailFolders", Status: 403}},
		{name: "error with escape sequences", stage: &webStage{answers: []string{answer(403, "", graphFailure(`\u001b[31mX`, `\u001b]0;owned\u0007 \u202e`))}},
			failed: providers.LayerMailbox, refusal: graphRefusal("mailFolders", 403, "[31mX", "]0;owned")},
		{name: "token repeated by the server", stage: &webStage{answers: []string{answer(401, "x-ms-diagnostics: "+testToken(2166).Reveal()+"\r\n", graphFailure(testToken(400).Reveal(), "cannot read "+testToken(2166).Reveal()))}},
			failed: providers.LayerSASL, says: "cannot read [token, 2166 bytes]"},
		{name: "cookies stay out of the trace", stage: &webStage{answers: []string{answer(200, "Set-Cookie: session="+testToken(30).Reveal()+"\r\n", graphInbox)}}, messages: 12},
		{name: "negative count", stage: &webStage{answers: []string{answer(200, "", `{"displayName":"x","totalItemCount":-1}`)}}, failed: providers.LayerSASL, at: providers.StageDialogue},
	}
	for _, sc := range scenes {
		t.Run(sc.name, func(t *testing.T) {
			t.Parallel()
			sc.play(t, "graph", graphURL)
		})
	}
}

func TestTheBaseOfGraphMayEndInASlash(t *testing.T) {
	t.Parallel()
	sc := webScene{stage: &webStage{answers: []string{answer(200, "", graphInbox)}}, asked: []string{"GET /graph/users/crm@contoso.example" + inboxPath}, messages: 12}
	sc.play(t, "graph", "https://mail.example.test:8443/graph/")
}

func TestMessageForGraph(t *testing.T) {
	t.Parallel()
	attempt := attemptAt("graph", graphURL)
	attempt.Recipient, attempt.Subject = "you@contoso.example", "Prüfung \"1\"\r\nBcc: all@contoso.example"
	m := newMessage(attempt, testDate)
	var got struct {
		Message struct {
			Subject           string
			Body              struct{ ContentType, Content string }
			ToRecipients      []struct{ EmailAddress struct{ Address string } }
			From              *struct{ EmailAddress struct{ Address string } }
			InternetMessageID string
		}
		SaveToSentItems *bool
	}
	read := func(m message) {
		if err := json.Unmarshal(must(json.Marshal(m.graph(attempt.Mailbox))), &got); err != nil {
			t.Fatal(err)
		}
	}
	read(m)
	if got.Message.Subject != `Prüfung "1" Bcc: all@contoso.example` || got.Message.Body.Content != m.text() || got.Message.Body.ContentType != "text" ||
		len(got.Message.ToRecipients) != 1 || got.Message.ToRecipients[0].EmailAddress.Address != "you@contoso.example" ||
		got.Message.From != nil || got.Message.InternetMessageID != m.id || got.SaveToSentItems == nil || *got.SaveToSentItems {
		t.Errorf("message %+v", got)
	}
	m.from = "sales@contoso.example"
	if read(m); got.Message.From == nil || got.Message.From.EmailAddress.Address != "sales@contoso.example" {
		t.Errorf("from another address: %+v", got.Message.From)
	}
}

// Go's own server, on loopback, over a real connection.
func TestGraphServedByAServerOfOthers(t *testing.T) {
	t.Parallel()
	token := testToken(2166)
	var sent []byte
	handler := http.NewServeMux()
	handler.HandleFunc("GET /v1.0/users/{user}/mailFolders/{folder}", func(w http.ResponseWriter, r *http.Request) {
		if r.PathValue("user") != "crm@contoso.example" || r.PathValue("folder") != "inbox" {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		_, _ = w.Write([]byte(graphInbox))
	})
	handler.HandleFunc("POST /v1.0/users/{user}/sendMail", func(w http.ResponseWriter, r *http.Request) {
		sent = make([]byte, r.ContentLength)
		_, _ = r.Body.Read(sent)
		w.WriteHeader(http.StatusAccepted)
	})
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer "+token.Reveal() {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		handler.ServeHTTP(w, r)
	}))
	server.EnableHTTP2 = true
	server.TLS = serverTLS(goodCertificate())
	server.StartTLS()
	defer server.Close()
	attempt := Attempt{Server: must(providers.ParseServer("graph", server.URL+"/v1.0")), Mailbox: "crm@contoso.example", Token: token, AppOnly: true, Recipient: "you@contoso.example"}
	prober := Prober{Endpoints: providers.Endpoints{Roots: testAuthority().pool}, Patience: testPatience}
	result := prober.Run(t.Context(), attempt)
	if result.Outcome != providers.Passed || result.Messages != 12 || result.MessageID == "" || !strings.Contains(string(sent), strings.Trim(result.MessageID, "<>")) {
		t.Errorf("%s\nsent %s", show(result), sent)
	}
	attempt.Token = testToken(100)
	result = prober.Run(t.Context(), attempt)
	want := &providers.HTTPRefusal{Protocol: "graph", Command: "mailFolders", Status: 401}
	if failed, _ := failedLayer(result); failed != providers.LayerSASL || !reflect.DeepEqual(result.Failure, error(want)) {
		t.Errorf("another token: %s", show(result))
	}
}

func FuzzReadGraph(f *testing.F) {
	f.Add([]byte(graphInbox))
	f.Add([]byte(graphFailure("ErrorAccessDenied", "no")))
	f.Add([]byte(`{"error":"invalid_request"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		if folder, ok := readGraphFolder(body); ok && folder.messages < 0 {
			t.Errorf("%d messages", folder.messages)
		}
		said := readGraphError(body)
		if len(said.code)+len(said.message)+len(said.requestID) > 3*len(body) {
			t.Errorf("more was read than was there: %+v", said)
		}
	})
}
