package practice

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// graphCall asks Graph for something below /v1.0.
func (w *world) graphCall(method, path, token, kind, body string) answer {
	w.Helper()
	request, err := http.NewRequestWithContext(w.Context(), method, w.endpoints().Graph+"v1.0"+path, strings.NewReader(body))
	if err != nil {
		w.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	if kind != "" {
		request.Header.Set("Content-Type", kind)
	}
	return w.do(request)
}

func (w *world) graphGet(path, token string) answer {
	w.Helper()
	return w.graphCall(http.MethodGet, path, token, "", "")
}

// graphCode is the code and message of an error, "" in an answer that is none.
func (a answer) graphCode() string {
	said, _ := a.json["error"].(map[string]any)
	if said == nil {
		return ""
	}
	return fmt.Sprintf("%d %v: %v", a.status, said["code"], said["message"])
}

func (a answer) values() []map[string]any {
	var list []map[string]any
	raw, _ := a.json["value"].([]any)
	for _, one := range raw {
		entry, _ := one.(map[string]any)
		list = append(list, entry)
	}
	return list
}

func TestGraphRefusesInItsOwnForm(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	request, _ := http.NewRequest(http.MethodGet, w.endpoints().Graph+"v1.0/me", nil)
	request.Header.Set("client-request-id", "11111111-2222-3333-4444-555555555555")
	got := w.do(request)
	said, _ := got.json["error"].(map[string]any)
	inner, _ := said["innerError"].(map[string]any)
	if got.status != http.StatusUnauthorized || said["code"] != "InvalidAuthenticationToken" || said["message"] != "Access token is empty." {
		t.Errorf("%d %s", got.status, got.text)
	}
	if inner["date"] != "2026-11-21T12:00:00" || inner["request-id"] == "" || inner["request-id"] != got.header.Get("request-id") {
		t.Errorf("innerError %v, header %q", inner, got.header.Get("request-id"))
	}
	if inner["client-request-id"] != "11111111-2222-3333-4444-555555555555" || got.header.Get("client-request-id") != inner["client-request-id"] {
		t.Errorf("the client's own id is not echoed: %v", inner)
	}
	if challenge := got.header.Get("WWW-Authenticate"); !strings.HasPrefix(challenge, `Bearer realm="", authorization_uri="https://login.microsoftonline.com/`) {
		t.Errorf("challenge %q", challenge)
	}
}

func TestGraphLooksAtTheTokenFirst(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	parts := strings.Split(w.graphToken(), ".")
	foreign := parts[0] + "." + parts[1] + "." + base64.RawURLEncoding.EncodeToString(make([]byte, 256))
	cases := []struct{ name, token, want string }{
		{"no JWT", "abc", "CompactToken parsing failed with error code: 80049217"},
		{"another's signature", foreign, "CompactToken validation failed with reason code: 80049228."},
		{"a token for Exchange", w.appToken(), "Access token validation failure. Invalid audience."},
	}
	for _, c := range cases {
		if got := w.graphGet("/users/"+crm+"/messages", c.token).graphCode(); got != "401 InvalidAuthenticationToken: "+c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
	old := w.graphToken()
	w.Advance(2 * time.Hour)
	if got := w.graphGet("/users/"+crm, old).graphCode(); got != "401 InvalidAuthenticationToken: Lifetime validation failed, the token is expired." {
		t.Errorf("an old token: %s", got)
	}
}

func TestGraphAccess(t *testing.T) {
	t.Parallel()
	const other = "sourcing@contoso.example"
	const denied = "403 ErrorAccessDenied: Access is denied. Check credentials and try again."
	const blocked = "403 ErrorAccessDenied: Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings."
	nothing := func(*state) {}
	person := func(w *world) string { return w.userToken(crm, graphScope) }
	cases := []struct {
		name   string
		change func(*state)
		token  func(*world) string
		path   string
		want   string // "" where it is let in
	}{
		{"an application, any mailbox", nothing, (*world).graphToken, "/users/" + other + "/mailFolders/inbox", ""},
		{"an application, by object ID", nothing, (*world).graphToken, "/users/" + userID(other) + "/mailFolders/inbox", ""},
		{"an application has no me", nothing, (*world).graphToken, "/me/messages", "400 BadRequest: /me request is only valid with delegated authentication flow."},
		{"an application without the permission", func(s *state) { s.enterprise.roles = []string{"Mail.Send"} }, (*world).graphToken, "/users/" + crm + "/messages", denied},
		{"an application without any permission", func(s *state) { s.enterprise.roles = nil }, (*world).graphToken, "/users/" + crm + "/messages", denied},
		{"an application with the permission on Exchange alone", func(s *state) { s.enterprise.roles = []string{"full_access_as_app"} }, (*world).graphToken, "/users/" + crm + "/messages", denied},
		{"an application by a role of Exchange", func(s *state) {
			s.enterprise.roles = nil
			s.exchange.assignments = []assignment{{"Application Mail.Read", []string{crm}}}
		}, (*world).graphToken, "/users/" + crm + "/messages", ""},
		{"an application outside that role's scope", func(s *state) {
			s.enterprise.roles = nil
			s.exchange.assignments = []assignment{{"Application Mail.Read", []string{crm}}}
		}, (*world).graphToken, "/users/" + other + "/messages", denied},
		{"an application outside its access policy", func(s *state) { s.exchange.accessPolicy = []string{crm} }, (*world).graphToken, "/users/" + other + "/messages", blocked},
		{"an application within its access policy", func(s *state) { s.exchange.accessPolicy = []string{crm} }, (*world).graphToken, "/users/" + crm + "/messages", ""},
		{"an empty access policy", func(s *state) { s.exchange.accessPolicy = []string{} }, (*world).graphToken, "/users/" + crm + "/messages", blocked},
		{"a role of Exchange counts beside the policy", func(s *state) {
			s.exchange.accessPolicy = []string{crm}
			s.exchange.assignments = []assignment{{"Application Mail.ReadWrite", []string{other}}}
		}, (*world).graphToken, "/users/" + other + "/messages", ""},
		{"a person, their own mailbox", nothing, person, "/me/mailFolders/inbox", ""},
		{"a person, their own mailbox by name", nothing, person, "/users/" + strings.ToUpper(crm) + "/mailFolders('inbox')", ""},
		{"a person, another's mailbox", nothing, person, "/users/" + other + "/messages", "404 ErrorItemNotFound: The specified object was not found in the store., Default folder Inbox not found."},
		{"a person, a shared mailbox", func(s *state) { s.mailbox(other).fullAccess = []string{crm} }, person, "/users/" + other + "/messages", ""},
		{"a person, a shared mailbox without the shared permission", func(s *state) {
			s.mailbox(other).fullAccess = []string{crm}
			s.enterprise.scopes = without(s.enterprise.scopes, "Mail.ReadWrite.Shared")
		}, person, "/users/" + other + "/messages", denied},
		{"a person without the permission", func(s *state) { s.enterprise.scopes = []string{"User.Read"} }, func(w *world) string { return w.userToken(crm, graph1+"User.Read") }, "/me/messages", denied},
		{"nobody of that name", nothing, (*world).graphToken, "/users/nobody@contoso.example/messages", "404 ErrorInvalidUser: The requested user 'nobody@contoso.example' is invalid."},
		{"an address that is no sign-in name", func(s *state) { s.sender().address = "svc@contoso.example" }, (*world).graphToken, "/users/" + crm + "/messages", "404 ErrorInvalidUser: The requested user '" + crm + "' is invalid."},
		{"the sign-in name that differs from the address", func(s *state) { s.sender().address = "svc@contoso.example" }, (*world).graphToken, "/users/svc@contoso.example/messages", ""},
		{"a user without a mailbox", nothing, (*world).graphToken, "/users/admin@contoso.example/messages", "404 MailboxNotEnabledForRESTAPI: The mailbox is either inactive, soft-deleted, or is hosted on-premise."},
		{"a mailbox without a licence", func(s *state) { s.mailbox(crm).licensed = false }, (*world).graphToken, "/users/" + crm + "/messages", "404 MailboxNotEnabledForRESTAPI: The mailbox is either inactive, soft-deleted, or is hosted on-premise."},
		{"a tenant without Exchange", func(s *state) { s.exchange.subscribed = false }, (*world).graphToken, "/users/" + crm + "/messages", "404 MailboxNotEnabledForRESTAPI: The mailbox is either inactive, soft-deleted, or is hosted on-premise."},
		{"a throttled mailbox", func(s *state) { s.mailbox(crm).throttled = true }, (*world).graphToken, "/users/" + crm + "/messages", "429 ApplicationThrottled: Application is over its MailboxConcurrency limit."},
		{"Graph down", func(s *state) { s.exchange.graphDown = true }, (*world).graphToken, "/users/" + crm, "503 serviceNotAvailable: The service is temporarily unavailable. Try again later."},
		{"a folder that is not there", nothing, (*world).graphToken, "/users/" + crm + "/mailFolders/" + itemID("gone"), "404 ErrorItemNotFound: The specified object was not found in the store., The process failed to get the correct properties."},
		{"a folder by its name", nothing, (*world).graphToken, "/users/" + crm + "/mailFolders/Contracts%202024", "400 ErrorInvalidIdMalformed: Id is malformed."},
		{"messages of a folder by its name", nothing, (*world).graphToken, "/users/" + crm + "/mailFolders/Contracts/messages", "400 ErrorInvalidIdMalformed: Id is malformed."},
		{"a message that is not there", nothing, (*world).graphToken, "/users/" + crm + "/messages/" + itemID("gone"), "404 ErrorItemNotFound: The specified object was not found in the store., The process failed to get the correct properties."},
		{"a message by nonsense", nothing, (*world).graphToken, "/users/" + crm + "/messages/1", "400 ErrorInvalidIdMalformed: Id is malformed."},
		{"a segment that is not known", nothing, (*world).graphToken, "/users/" + crm + "/drive", "400 BadRequest: Resource not found for the segment 'drive'."},
		{"no user at all", nothing, (*world).graphToken, "/users", "400 BadRequest: Resource not found for the segment 'users'."},
		{"nothing at all", nothing, (*world).graphToken, "", "400 BadRequest: Resource not found for the segment ''."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{})
			w.change(c.change)
			got := w.graphGet(c.path, c.token(w))
			if got.graphCode() != c.want || c.want == "" && got.status != http.StatusOK {
				t.Errorf("%d %s, want %q", got.status, got.graphCode(), c.want)
			}
			if waits := got.header.Get("Retry-After"); (waits != "") != (got.status == 429 || got.status == 503) {
				t.Errorf("Retry-After %q with %d", waits, got.status)
			}
		})
	}
}

func TestGraphUsers(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	person := w.userToken(crm, graphScope)
	if got := w.graphGet("/me", person); got.word("userPrincipalName") != crm || got.word("mail") != crm || got.word("id") != userID(crm) {
		t.Errorf("me: %s", got.text)
	}
	if got := w.graphGet("/me?$select=mail", person); len(got.json) != 3 || got.word("mail") != crm {
		t.Errorf("me, mail alone: %s", got.text)
	}
	const refused = "403 Authorization_RequestDenied: Insufficient privileges to complete the operation."
	if got := w.graphGet("/users/"+contracts, person).graphCode(); got != refused {
		t.Errorf("another user: %s", got)
	}
	if got := w.graphGet("/users/"+contracts, w.graphToken()).graphCode(); got != refused {
		t.Errorf("an application without the directory's permission: %s", got)
	}
	w.change(func(s *state) { s.enterprise.roles = append(s.enterprise.roles, "User.Read.All") })
	token := w.graphToken()
	if got := w.graphGet("/users/"+contracts, token); got.word("id") != userID(contracts) {
		t.Errorf("an application with it: %s", got.text)
	}
	if got := w.graphGet("/users/nobody@contoso.example", token).graphCode(); !strings.HasPrefix(got, "404 Request_ResourceNotFound: Resource 'nobody@contoso.example' does not exist ") {
		t.Errorf("nobody: %s", got)
	}
}

func TestGraphFolders(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	w.letterTo(contracts, "Subject: one\n\nx\n")
	mail := w.signedInIMAP()
	for _, folder := range []string{"Clients", "Clients/2026"} {
		if got, _ := mail.ask(`CREATE "` + folder + `"`); !strings.HasPrefix(got, "OK ") {
			t.Fatal(got)
		}
	}
	token, base := w.graphToken(), "/users/"+contracts+"/mailFolders"
	inbox := w.graphGet(base+"/inbox", token)
	if inbox.word("displayName") != "Inbox" || inbox.json["totalItemCount"] != 1.0 || inbox.json["unreadItemCount"] != 1.0 {
		t.Errorf("inbox: %s", inbox.text)
	}
	if again := w.graphGet(base+"/"+url.PathEscape(inbox.word("id")), token); again.word("id") != inbox.word("id") {
		t.Errorf("by its ID: %s", again.text)
	}
	list := w.graphGet(base+"?$top=100", token).values()
	var names []any
	for _, folder := range list {
		names = append(names, folder["displayName"])
	}
	if want := []any{"Archive", "Clients", "Deleted Items", "Drafts", "Inbox", "Junk Email", "Sent Items"}; !slices.Equal(names, want) {
		t.Errorf("folders %v, want %v", names, want)
	}
	clients := list[1]
	if clients["childFolderCount"] != 1.0 {
		t.Errorf("Clients: %v", clients)
	}
	children := w.graphGet(base+"/"+url.PathEscape(clients["id"].(string))+"/childFolders", token).values()
	if len(children) != 1 || children[0]["displayName"] != "2026" || children[0]["parentFolderId"] != clients["id"] {
		t.Errorf("children %v", children)
	}
	first := w.graphGet(base+"?$top=4&$count=true&$select=displayName", token)
	if first.json["@odata.count"] != 7.0 || len(first.values()) != 4 || len(first.values()[0]) != 2 {
		t.Errorf("first page: %s", first.text)
	}
	request, _ := http.NewRequest(http.MethodGet, first.word("@odata.nextLink"), nil)
	request.Header.Set("Authorization", "Bearer "+token)
	if second := w.do(request); len(second.values()) != 3 || second.word("@odata.nextLink") != "" {
		t.Errorf("second page: %s", second.text)
	}
}

func TestGraphMessages(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	w.letterTo(contracts, "From: Ann <ann@contoso.example>\nTo: "+contracts+"\nSubject: =?utf-8?q?f=C3=BCr_dich?=\nMessage-ID: <one@x>\n\nfirst text\n")
	w.Advance(time.Minute)
	parts := "Subject: parts\nMessage-ID: <two@x>\nContent-Type: multipart/mixed; boundary=b\n\n" +
		"--b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPGI+aGk8L2I+\n--b\nContent-Disposition: attachment\n\nfile\n--b--\n"
	if err := w.deliver(newLetter([]byte(strings.ReplaceAll(parts, "\n", "\r\n")), "", "SMTP", w.clock.now()), "", []string{contracts}); err != nil {
		t.Fatal(err)
	}
	token, base := w.graphToken(), "/users/"+contracts
	list := w.graphGet(base+"/messages", token).values()
	if len(list) != 2 || list[0]["subject"] != "parts" || list[1]["subject"] != "für dich" {
		t.Fatalf("messages %v", list)
	}
	if body, _ := list[0]["body"].(map[string]any); body["contentType"] != "html" || body["content"] != "<b>hi</b>" || list[0]["hasAttachments"] != true {
		t.Errorf("the one of parts: %v", list[0])
	}
	if list[1]["bodyPreview"] != "first text" || list[1]["isRead"] != false || list[1]["internetMessageId"] != "<one@x>" || list[1]["receivedDateTime"] != "2026-11-21T12:00:00Z" {
		t.Errorf("the plain one: %v", list[1])
	}
	if from := fmt.Sprint(list[1]["from"]); from != "map[emailAddress:map[address:ann@contoso.example name:Ann]]" {
		t.Errorf("from %s", from)
	}
	if one := w.graphGet(base+"/messages/"+url.PathEscape(list[1]["id"].(string)), token); one.word("subject") != "für dich" {
		t.Errorf("by its ID: %s", one.text)
	}
	cases := map[string][]string{
		"/mailFolders/inbox/messages":                                       {"parts", "für dich"},
		"/mailFolders/drafts/messages":                                      nil,
		"/messages?$orderby=receivedDateTime%20asc":                         {"für dich", "parts"},
		"/messages?$filter=internetMessageId%20eq%20'%3Cone@x%3E'":          {"für dich"},
		"/messages?$filter=isRead%20eq%20false&$top=1":                      {"parts"},
		"/messages?$filter=isRead%20eq%20true":                              nil,
		"/messages?$skip=1":                                                 {"für dich"},
		"/messages?$select=subject&$orderby=receivedDateTime%20desc&$top=2": {"parts", "für dich"},
	}
	for path, want := range cases {
		var subjects []string
		got := w.graphGet(base+path, token)
		for _, entry := range got.values() {
			subjects = append(subjects, entry["subject"].(string))
		}
		if got.status != http.StatusOK || !slices.Equal(subjects, want) {
			t.Errorf("%s: %q, want %q; %s", path, subjects, want, got.graphCode())
		}
	}
	for path, want := range map[string]string{
		"/messages?$top=0":                        "400 BadRequest: Invalid value '0' for $top query option found.",
		"/messages?$top=5000":                     "400 BadRequest: Invalid value '5000' for $top query option found.",
		"/messages?$skip=x":                       "400 BadRequest: Invalid value 'x' for $skip query option found.",
		"/messages?$search=x":                     "400 BadRequest: The query parameter '$search' is not supported.",
		"/messages?$filter=startswith(subject,x)": "400 ErrorInvalidUrlQueryFilter: The query filter contains one or more invalid nodes.",
		"/messages?$filter=subject%20eq%20'x":     "400 ErrorInvalidUrlQueryFilter: The query filter contains one or more invalid nodes.",
		"/messages?$orderby=subject":              "400 BadRequest: The query parameter '$orderby' takes receivedDateTime only.",
	} {
		if got := w.graphGet(base+path, token).graphCode(); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	if got := w.graphCall(http.MethodDelete, base+"/messages", token, "", "").status; got != http.StatusMethodNotAllowed {
		t.Errorf("DELETE: %d", got)
	}
	if got := w.graphGet(base+"/sendMail", token).status; got != http.StatusMethodNotAllowed {
		t.Errorf("GET sendMail: %d", got)
	}
}

// FuzzGraphCall is given to the reader of addresses, which must not lose a user in another place.
func FuzzGraphCall(f *testing.F) {
	f.Add("/graph/v1.0/users/a%40b.example/mailFolders/inbox?$top=3")
	f.Add("/graph/users('o''neil@b.example')/messages('x')")
	f.Add("/graph/me/mailFolders/%2e%2e%2f/messages?$filter=a eq 'b'&%zz")
	f.Fuzz(func(t *testing.T, target string) {
		address, err := url.ParseRequestURI(target)
		if err != nil || !strings.HasPrefix(address.Path, "/graph") {
			return
		}
		request := &http.Request{Method: http.MethodGet, URL: address, Host: "127.0.0.1"}
		call, refused := parseGraphCall(request)
		if refused != nil {
			if refused.status != http.StatusBadRequest {
				t.Errorf("refused with %v", refused)
			}
			return
		}
		if call.me == (call.user != "") {
			t.Errorf("%q is both or neither: me %v, user %q", target, call.me, call.user)
		}
		if query, refused := parseGraphQuery(call); refused == nil {
			entries := []map[string]any{{"id": "1", "isRead": true}, {"id": "2", "subject": "x"}, {"id": "3"}}
			if _, err := json.Marshal(query.page(entries, call, "x")); err != nil {
				t.Error(err)
			}
		}
	})
}

// FuzzGraphAnswers throws anything at the handler: it answers with JSON or refuses with JSON.
func FuzzGraphAnswers(f *testing.F) {
	f.Add("GET", "/graph/v1.0/me", "Bearer x", "")
	f.Add("POST", "/graph/users/crm@contoso.example/sendMail", "Bearer a.b.c", `{"message":{}}`)
	f.Add("GET", "/graph/%00", "", "")
	tenant, err := Start(Options{Dir: f.TempDir(), SigningKey: testKey(), Now: func() time.Time { return noon }})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = tenant.Close() })
	f.Fuzz(func(t *testing.T, method, target, authorization, body string) {
		address, err := url.ParseRequestURI(target)
		if err != nil {
			return
		}
		request := httptest.NewRequest(http.MethodPost, "/graph", strings.NewReader(body))
		request.Method, request.URL = method, address
		request.Header.Set("Authorization", authorization)
		recorder := httptest.NewRecorder()
		tenant.serveGraph(recorder, request)
		if !json.Valid(recorder.Body.Bytes()) || recorder.Code < 400 {
			t.Errorf("%d %q", recorder.Code, recorder.Body)
		}
	})
}
