package practice

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/mail"
	"slices"
	"strings"
	"testing"
)

// graphLetter is a body for sendMail.
func graphLetter(more string) string {
	return `{"message":{"subject":"Grüße","body":{"contentType":"Text","content":"one\n.\ntwo"},` +
		`"toRecipients":[{"emailAddress":{"address":"` + contracts + `"}}]` + more + `}}`
}

func (w *world) graphSend(path, token, body string) answer {
	w.Helper()
	return w.graphCall(http.MethodPost, path, token, "application/json", body)
}

// inboxOf are the messages of a folder, as they lie there.
func (w *world) inboxOf(address, folder string) []stored {
	w.Helper()
	reader, err := w.inside(w.exchangeHouse(), address)
	if err != nil {
		w.Fatal(err)
	}
	defer reader.close()
	list, err := reader.messages(folder)
	if err != nil {
		w.Fatal(err)
	}
	return list
}

func TestGraphSendsWhatItWasGiven(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	more := `,"ccRecipients":[{"emailAddress":{"name":"Crm","address":"` + crm + `"}}],"bccRecipients":[{"emailAddress":{"address":"sourcing@contoso.example"}}],` +
		`"internetMessageId":"<given@contoso.example>","internetMessageHeaders":[{"name":"X-Test","value":"yes\r\nX-Injected: no"}],` +
		`"attachments":[{"@odata.type":"#microsoft.graph.fileAttachment","name":"a.txt","contentType":"text/plain","contentBytes":"aGk="}]`
	got := w.graphSend("/users/"+crm+"/sendMail", w.graphToken(), graphLetter(more))
	if got.status != http.StatusAccepted || got.text != "" || got.header.Get("request-id") == "" {
		t.Fatalf("%d %s", got.status, got.text)
	}
	for _, address := range []string{contracts, crm, "sourcing@contoso.example"} {
		list := w.inboxOf(address, "INBOX")
		if len(list) != 1 {
			t.Fatalf("%s has %d messages", address, len(list))
		}
		read := readContent(list[0].raw)
		if read.subject != "Grüße" || read.id != "<given@contoso.example>" || read.text != "one\n.\ntwo" || !read.attachments || read.from[0].Address != crm {
			t.Errorf("%s got %+v", address, read)
		}
		parsed, err := mail.ReadMessage(strings.NewReader(string(list[0].raw)))
		if err != nil || parsed.Header.Get("X-Test") == "" || parsed.Header.Get("X-Injected") != "" || parsed.Header.Get("Bcc") != "" {
			t.Errorf("header %v, %v", parsed.Header, err)
		}
	}
	if kept := w.inboxOf(crm, sentItems); len(kept) != 1 || !kept[0].read {
		t.Errorf("Sent Items has %d messages", len(kept))
	}
}

func TestGraphKeepsNoCopyWhereNoneIsWanted(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	body := strings.TrimSuffix(graphLetter(""), "}") + `,"saveToSentItems":false}`
	if got := w.graphSend("/me/sendMail", w.userToken(crm, graphScope), body); got.status != http.StatusAccepted {
		t.Fatal(got.text)
	}
	if kept := w.inboxOf(crm, sentItems); len(kept) != 0 || len(w.inboxOf(contracts, "INBOX")) != 1 {
		t.Errorf("Sent Items has %d messages", len(kept))
	}
}

func TestGraphTakesMIME(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	token := w.graphToken()
	mime := base64.StdEncoding.EncodeToString([]byte("From: " + crm + "\r\nTo: " + contracts + "\r\nSubject: mime\r\n\r\nx\r\n"))
	send := func(body string) answer {
		return w.graphCall(http.MethodPost, "/users/"+crm+"/sendMail", token, "text/plain", body)
	}
	if got := send(mime[:40] + "\r\n" + mime[40:]); got.status != http.StatusAccepted {
		t.Fatal(got.text)
	}
	if list := w.inboxOf(contracts, "INBOX"); len(list) != 1 || readContent(list[0].raw).subject != "mime" {
		t.Errorf("%d messages arrived", len(list))
	}
	for body, want := range map[string]string{
		"!!!":                  "400 ErrorMimeContentInvalidBase64String: Invalid base64 string for MIME content.",
		"U3ViamVjdDogeA0KDQp4": "400 ErrorInvalidRecipients: At least one recipient isn't valid., A message can't be sent because it contains no recipients.",
	} {
		if got := send(body).graphCode(); got != want {
			t.Errorf("%s: %s", body, got)
		}
	}
}

func TestGraphSendRefusals(t *testing.T) {
	t.Parallel()
	const denied = "403 ErrorAccessDenied: Access is denied. Check credentials and try again."
	const sendAs = "403 ErrorSendAsDenied: The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account., Cannot submit message."
	nothing := func(*state) {}
	person := func(w *world) string { return w.userToken(crm, graphScope) }
	from := func(address string) string {
		return graphLetter(`,"from":{"emailAddress":{"address":"` + address + `"}}`)
	}
	cases := []struct {
		name   string
		change func(*state)
		token  func(*world) string
		path   string
		body   string
		want   string
	}{
		{"an application without the permission", func(s *state) { s.enterprise.roles = []string{"Mail.ReadWrite"} }, (*world).graphToken, "/users/" + crm, graphLetter(""), denied},
		{"an application by a role of Exchange", func(s *state) {
			s.enterprise.roles = nil
			s.exchange.assignments = []assignment{{"Application Mail.Send", []string{crm}}}
		}, (*world).graphToken, "/users/" + crm, graphLetter(""), ""},
		{"a mailbox that lost SendAs on itself", func(s *state) { s.mailbox(crm).selfSendAs = false }, (*world).graphToken, "/users/" + crm, graphLetter(""), sendAs},
		{"as another address", nothing, (*world).graphToken, "/users/" + crm, from(contracts), sendAs},
		{"as another address, allowed", func(s *state) { s.mailbox(contracts).sendAs = []string{crm} }, (*world).graphToken, "/users/" + crm, from(contracts), ""},
		{"as an address of nobody", nothing, person, "/me", from("nobody@contoso.example"), sendAs},
		{"from another's mailbox", nothing, person, "/users/" + contracts, graphLetter(""), "404 ErrorItemNotFound: The specified object was not found in the store., Default folder Inbox not found."},
		{"from a shared mailbox", func(s *state) { s.mailbox(contracts).fullAccess = []string{crm} }, person, "/users/" + contracts, graphLetter(""), ""},
		{"the organisation is blocked", func(s *state) { s.exchange.sendingBlocked = true }, person, "/me", graphLetter(""), "403 ErrorMessageSubmissionBlocked: Cannot send mail. The organization has exceeded its threshold for outbound messages."},
		{"the day's recipients are used up", func(s *state) { s.mailbox(crm).recipients = maxRecipients }, person, "/me", graphLetter(""), "403 ErrorExceededMessageLimit: The message can't be submitted because the sender's submission quota was exceeded."},
		{"a recipient elsewhere is accepted", nothing, person, "/me", strings.Replace(graphLetter(""), contracts, "x@elsewhere.example", 1), ""},
		{"no message", nothing, person, "/me", `{}`, "400 BadRequest: The required parameter 'message' is missing."},
		{"no JSON", nothing, person, "/me", `{"message":`, "400 BadRequest: Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format."},
		{"nobody to send to", nothing, person, "/me", `{"message":{"subject":"x"}}`, "400 ErrorInvalidRecipients: At least one recipient isn't valid., A message can't be sent because it contains no recipients."},
		{"a recipient with a line break", nothing, person, "/me", strings.Replace(graphLetter(""), contracts, `a@b.example\r\nBcc: c@d.example`, 1), "400 ErrorInvalidRecipients: At least one recipient is not valid., Recipient 'a@b.example\r\nBcc: c@d.example' is not resolved. All recipients must be resolved before a message can be submitted."},
		{"a header of the message's own", nothing, person, "/me", graphLetter(`,"internetMessageHeaders":[{"name":"Subject","value":"x"}]`), "400 InvalidInternetMessageHeader: The internet message header name 'Subject' should start with 'x-' or 'X-'."},
		{"a header with a line break", nothing, person, "/me", graphLetter(`,"internetMessageHeaders":[{"name":"X-A: b\r\nC","value":"x"}]`), "400 InvalidInternetMessageHeader: The internet message header name 'X-A: b\r\nC' should start with 'x-' or 'X-'."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{})
			w.change(c.change)
			got := w.graphSend(c.path+"/sendMail", c.token(w), c.body)
			if got.graphCode() != c.want || c.want == "" && got.status != http.StatusAccepted {
				t.Errorf("%d %s, want %q", got.status, got.graphCode(), c.want)
			}
			if arrived := len(w.inboxOf(contracts, "INBOX")); c.want != "" && arrived != 0 {
				t.Errorf("refused, and yet %d messages arrived", arrived)
			}
		})
	}
}

func TestGraphWantsAKindOfBody(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	for _, kind := range []string{"", "text/html", ";"} {
		got := w.graphCall(http.MethodPost, "/users/"+crm+"/sendMail", w.graphToken(), kind, graphLetter(""))
		if got.status != http.StatusBadRequest || !strings.Contains(got.text, "Content-Type") {
			t.Errorf("%q: %d %s", kind, got.status, got.text)
		}
	}
	long := graphLetter(`,"x":"` + strings.Repeat("x", maxGraphBody) + `"`)
	if got := w.graphSend("/users/"+crm+"/sendMail", w.graphToken(), long); got.status != http.StatusRequestEntityTooLarge {
		t.Errorf("a long body: %d %.200s", got.status, got.text)
	}
}

// FuzzGraphMail composes messages from anything: what comes out has one header, without lines that
// nobody asked for.
func FuzzGraphMail(f *testing.F) {
	f.Add("application/json", graphLetter(""))
	f.Add("application/json", graphLetter(`,"internetMessageId":"<a\r\nBcc: x>","attachments":[{"name":"\"\r\n","contentBytes":"aGk="}]`))
	f.Add("text/plain; charset=x", base64.StdEncoding.EncodeToString([]byte("To: a@b.example\r\n\r\n")))
	allowed := []string{"Date", "From", "To", "Cc", "Subject", "Message-Id", "Mime-Version", "Content-Type", "Content-Transfer-Encoding"}
	f.Fuzz(func(t *testing.T, kind, body string) {
		out, refused := readOutgoing(kind, []byte(body), crm, noon)
		if refused != nil {
			if refused.status != http.StatusBadRequest || refused.code == "" {
				t.Errorf("refused with %v", refused)
			}
			return
		}
		if len(out.recipients) == 0 || out.from == "" {
			t.Errorf("a message from %q to %q", out.from, out.recipients)
		}
		_ = readContent(out.raw)
		if !strings.HasPrefix(kind, "application/json") {
			return
		}
		parsed, err := mail.ReadMessage(strings.NewReader(string(out.raw)))
		if err != nil {
			t.Fatalf("%v in %q", err, out.raw)
		}
		for name := range parsed.Header {
			if !slices.Contains(allowed, name) && !strings.HasPrefix(name, "X-") {
				t.Errorf("the header has %s: %q", name, fmt.Sprint(parsed.Header[name]))
			}
		}
	})
}
