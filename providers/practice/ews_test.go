package practice

import (
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// soapRequest wraps an operation, acting for a mailbox unless that is empty.
func soapRequest(acting, operation string) string {
	header := `<t:RequestServerVersion Version="Exchange2016"/>`
	if acting != "" {
		header += "<t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>" + acting + "</t:SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>"
	}
	return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="` + soapSpace + `" xmlns:t="` + ewsTypesSpace + `" xmlns:m="` + ewsMessagesSpace + `">` +
		"<soap:Header>" + header + "</soap:Header><soap:Body>" + operation + "</soap:Body></soap:Envelope>"
}

func getFolderOf(ids ...string) string {
	return "<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds>" + strings.Join(ids, "") + "</m:FolderIds></m:GetFolder>"
}

func distinguished(id, mailbox string) string {
	if mailbox == "" {
		return `<t:DistinguishedFolderId Id="` + id + `"/>`
	}
	return `<t:DistinguishedFolderId Id="` + id + `"><t:Mailbox><t:EmailAddress>` + mailbox + `</t:EmailAddress></t:Mailbox></t:DistinguishedFolderId>`
}

// soapAnswer is an answer, read for what the tests look at.
type soapAnswer struct {
	status  int
	header  http.Header
	text    string
	Code    string      `xml:"Body>Fault>faultcode"`
	Fault   string      `xml:"Body>Fault>faultstring"`
	BackOff int         `xml:"Body>Fault>detail>MessageXml>Value"`
	Folders []soapReply `xml:"Body>GetFolderResponse>ResponseMessages>GetFolderResponseMessage"`
	Items   []soapReply `xml:"Body>FindItemResponse>ResponseMessages>FindItemResponseMessage"`
	Got     []soapReply `xml:"Body>GetItemResponse>ResponseMessages>GetItemResponseMessage"`
}

type soapReply struct {
	Class  string `xml:"ResponseClass,attr"`
	Code   string `xml:"ResponseCode"`
	Folder struct {
		ID struct {
			ID string `xml:"Id,attr"`
		} `xml:"FolderId"`
		Name     string `xml:"DisplayName"`
		Total    *int   `xml:"TotalCount"`
		Unread   *int   `xml:"UnreadCount"`
		Children *int   `xml:"ChildFolderCount"`
	} `xml:"Folders>Folder"`
	Root struct {
		Total int        `xml:"TotalItemsInView,attr"`
		Next  int        `xml:"IndexedPagingOffset,attr"`
		Last  bool       `xml:"IncludesLastItemInRange,attr"`
		Items []soapItem `xml:"Items>Message"`
	} `xml:"RootFolder"`
	Item soapItem `xml:"Items>Message"`
}

type soapItem struct {
	ID struct {
		ID string `xml:"Id,attr"`
	} `xml:"ItemId"`
	Subject string `xml:"Subject"`
	From    string `xml:"From>Mailbox>EmailAddress"`
	Read    bool   `xml:"IsRead"`
	Body    string `xml:"Body"`
	MIME    string `xml:"MimeContent"`
}

// said is what decides in an answer, in one line.
func (a soapAnswer) said() string {
	switch {
	case a.header.Get(ewsPolicyReason) != "":
		return fmt.Sprintf("%d %s", a.status, a.header.Get(ewsPolicyReason))
	case a.header.Get(ewsDiagnostics) != "":
		return fmt.Sprintf("%d %s", a.status, a.header.Get(ewsDiagnostics))
	case a.Code != "":
		return fmt.Sprintf("%d %s: %s", a.status, strings.TrimPrefix(a.Code, "a:"), a.Fault)
	}
	said := fmt.Sprint(a.status)
	for _, reply := range slices.Concat(a.Folders, a.Items, a.Got) {
		said += " " + reply.Code
	}
	return said
}

func (w *world) soap(token, body string) soapAnswer {
	w.Helper()
	request, err := http.NewRequestWithContext(w.Context(), http.MethodPost, w.endpoints().EWS, strings.NewReader(body))
	if err != nil {
		w.Fatal(err)
	}
	request.Header.Set("Content-Type", "text/xml; charset=utf-8")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	got := w.do(request)
	read := soapAnswer{status: got.status, header: got.header, text: got.text}
	if strings.HasPrefix(got.header.Get("Content-Type"), "text/xml") {
		if err := xml.Unmarshal([]byte(got.text), &read); err != nil {
			w.Errorf("no XML: %v in %q", err, got.text)
		}
	}
	return read
}

func TestEWSAccess(t *testing.T) {
	t.Parallel()
	const other = "sourcing@contoso.example"
	const noScope = `403 2000008;reason="The token contains not enough scope to make this call.";error_category="invalid_grant"`
	const impersonation = "500 ErrorImpersonateUserDenied: The account does not have permission to impersonate the requested user."
	const header = "500 ErrorInvalidExchangeImpersonationHeaderData: "
	nothing := func(*state) {}
	person := func(w *world) string { return w.userToken(crm, ewsScope) }
	inbox := func(acting string) string { return soapRequest(acting, getFolderOf(distinguished("inbox", ""))) }
	shared := soapRequest("", getFolderOf(distinguished("inbox", other)))
	assigned := func(s *state) {
		s.enterprise.roles = without(s.enterprise.roles, "full_access_as_app")
		s.exchange.assignments = []assignment{{"Application EWS.AccessAsApp", []string{crm}}}
	}
	cases := []struct {
		name   string
		change func(*state)
		token  func(*world) string
		body   string
		want   string
	}{
		{"an application acts for any mailbox", nothing, (*world).appToken, inbox(other), "200 NoError"},
		{"an application acts for nobody", nothing, (*world).appToken, inbox(""), header + "ExchangeImpersonation SOAP header must be present for this type of OAuth token."},
		{"an application acts for an empty name", nothing, (*world).appToken, inbox(" "), header + "The ExchangeImpersonation SOAP header names nobody."},
		{"an application without the permission", func(s *state) { s.enterprise.roles = []string{"IMAP.AccessAsApp"} }, (*world).appToken, inbox(crm), noScope},
		{"an application without any permission", func(s *state) { s.enterprise.roles = nil }, (*world).appToken, inbox(crm), `403 2000008;reason="The token contains no permissions, or permissions can not be understood.";error_category="invalid_grant"`},
		{"an application by a role of Exchange", assigned, (*world).appToken, inbox(crm), "200 NoError"},
		{"an application outside that role's scope", assigned, (*world).appToken, inbox(other), impersonation},
		{"an application outside its access policy", func(s *state) { s.exchange.accessPolicy = []string{crm} }, (*world).appToken, inbox(other), "500 ErrorAccessDenied: Access is denied. Check credentials and try again. [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings."},
		{"an application within its access policy", func(s *state) { s.exchange.accessPolicy = []string{crm} }, (*world).appToken, inbox(crm), "200 NoError"},
		{"no such mailbox", nothing, (*world).appToken, inbox("nobody@contoso.example"), "500 ErrorNonExistentMailbox: The SMTP address has no mailbox associated with it."},
		{"no licence", func(s *state) { s.mailbox(crm).licensed = false }, (*world).appToken, inbox(crm), "500 ErrorNonExistentMailbox: The SMTP address has no mailbox associated with it."},
		{"a person", nothing, person, inbox(""), "200 NoError"},
		{"a person acts for another", nothing, person, inbox(other), impersonation},
		{"a person acts for themselves", nothing, person, inbox(crm), "200 NoError"},
		{"a person, another's folder", nothing, person, shared, "200 ErrorItemNotFound"},
		{"a person, a shared folder", func(s *state) { s.mailbox(other).fullAccess = []string{crm} }, person, shared, "200 NoError"},
		{"a person, a folder of nobody", nothing, person, soapRequest("", getFolderOf(distinguished("inbox", "nobody@contoso.example"))), "200 ErrorNonExistentMailbox"},
		{"a person without the permission", func(s *state) { s.enterprise.scopes = without(s.enterprise.scopes, "EWS.AccessAsUser.All") }, func(w *world) string { return w.userToken(crm, smtpScope) }, inbox(""), noScope},
		{"EWS off for the organisation", func(s *state) { s.exchange.ewsEnabled = new(false) }, person, inbox(""), "403 " + ewsDisabled},
		{"EWS not set for the organisation", func(s *state) { s.exchange.ewsEnabled = nil }, person, inbox(""), "403 " + ewsDisabled},
		{"EWS off for the mailbox", func(s *state) { s.mailbox(crm).ewsEnabled = false }, (*world).appToken, inbox(crm), "403 " + ewsDisabled},
		{"the application is not on the list", func(s *state) { s.exchange.ewsAllowedAppIDs = []string{registrationObjectID} }, (*world).appToken, inbox(crm), "403 " + ewsBlocked},
		{"an empty list lets every application in", func(s *state) { s.exchange.ewsAllowedAppIDs = nil }, (*world).appToken, inbox(crm), "200 NoError"},
		{"a switched off EWS does not look at the list", func(s *state) {
			s.exchange.ewsEnabled, s.exchange.ewsAllowedAppIDs = nil, []string{clientID}
		}, (*world).appToken, inbox(crm), "403 " + ewsDisabled},
		{"a throttled mailbox", func(s *state) { s.mailbox(crm).throttled = true }, (*world).appToken, inbox(crm), "500 ErrorServerBusy: The server cannot service this request right now. Try again later."},
		{"EWS down", func(s *state) { s.exchange.ewsDown = true }, (*world).appToken, inbox(crm), "503"},
		{"no envelope", nothing, person, "<x/>", "500 ErrorSchemaValidation: The request failed schema validation: the body is no SOAP envelope that can be read."},
		{"something behind the envelope", nothing, person, inbox("") + "<x/>", "500 ErrorSchemaValidation: The request failed schema validation: the body is no SOAP envelope that can be read."},
		{"another operation", nothing, person, soapRequest("", "<m:DeleteItem/>"), "500 ErrorInvalidRequest: The request is invalid."},
		{"a folder that is not there", nothing, person, soapRequest("", getFolderOf(`<t:FolderId Id="x"/>`)), "200 ErrorItemNotFound"},
		{"a folder of another kind", nothing, person, soapRequest("", getFolderOf(distinguished("calendar", ""))), "200 ErrorItemNotFound"},
		{"two folders, one of them there", nothing, person, soapRequest("", getFolderOf(distinguished("nowhere", ""), distinguished("drafts", ""))), "200 ErrorItemNotFound NoError"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{})
			w.change(c.change)
			got := w.soap(c.token(w), c.body)
			if got.said() != c.want {
				t.Errorf("%s, want %s\n%s", got.said(), c.want, got.text)
			}
			if (got.BackOff > 0) != strings.Contains(c.want, "ErrorServerBusy") {
				t.Errorf("told to wait %d ms", got.BackOff)
			}
		})
	}
}

func TestEWSLooksAtTheTokenFirst(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	old, body := w.appToken(), soapRequest(crm, getFolderOf(distinguished("inbox", "")))
	cases := []struct{ name, token, diagnostics string }{
		{"none", "", ""},
		{"no JWT", "abc", `2000001;reason="Unable to read or process token, additional details: 'the token is no JWT'.";error_category="invalid_token"`},
		{"for Graph", w.graphToken(), `2000003;reason="The audience claim value is invalid 'https://graph.microsoft.com'.";error_category="invalid_resource"`},
		{"another's", old[:strings.LastIndex(old, ".")] + ".AAAA", `2000000;reason="The token has an invalid signature.";error_category="invalid_signature"`},
	}
	check := func(name, token, diagnostics string) {
		got := w.soap(token, body)
		challenge := got.header.Get("WWW-Authenticate")
		if got.status != http.StatusUnauthorized || got.text != "" || got.header.Get(ewsDiagnostics) != diagnostics || got.header.Get("request-id") == "" {
			t.Errorf("%s: %d %v", name, got.status, got.header)
		}
		if !strings.HasPrefix(challenge, `Bearer client_id="`+exchangeAppID+`"`) || strings.Contains(challenge, "invalid_token") != (diagnostics != "") {
			t.Errorf("%s: challenge %s", name, challenge)
		}
	}
	for _, c := range cases {
		check(c.name, c.token, c.diagnostics)
	}
	w.Advance(2 * time.Hour)
	check("over", old, `2000002;reason="The token has expired.";error_category="token_expired"`)
}

func TestWhatMayFollowAnEnvelope(t *testing.T) {
	t.Parallel()
	envelope := soapRequest(crm, getFolderOf(distinguished("inbox", "")))
	for after, taken := range map[string]bool{"": true, "\r\n": true, "<!-- a comment -->\n": true, "x": false, "<more/>": false, "<": false} {
		if _, refused := parseEWS([]byte(envelope + after)); (refused == nil) != taken {
			t.Errorf("%q after it: %v", after, refused)
		}
	}
}

func TestEWSFolders(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	w.letterTo(contracts, "Subject: one\n\nx\n")
	token := w.appToken()
	got := w.soap(token, soapRequest(contracts, getFolderOf(distinguished("inbox", ""), distinguished("msgfolderroot", ""))))
	if !strings.Contains(got.text, `<h:ServerVersionInfo xmlns:h="`+ewsTypesSpace+`" MajorVersion="15" MinorVersion="20"`) {
		t.Errorf("no version in %s", got.text)
	}
	inbox, root := got.Folders[0].Folder, got.Folders[1].Folder
	if inbox.Name != "Inbox" || inbox.Total == nil || *inbox.Total != 1 || inbox.Unread == nil || *inbox.Unread != 1 {
		t.Errorf("inbox %+v in %s", inbox, got.text)
	}
	if root.Children == nil || *root.Children != 6 {
		t.Errorf("root %+v", root)
	}
	short := strings.Replace(getFolderOf(`<t:FolderId Id="`+inbox.ID.ID+`"/>`), "Default", "IdOnly", 1)
	if again := w.soap(token, soapRequest(contracts, short)).Folders[0]; again.Folder.ID != inbox.ID || again.Folder.Total != nil {
		t.Errorf("by its ID: %+v", again)
	}
	asGraph := w.graphGet("/users/"+contracts+"/mailFolders/inbox", w.graphToken())
	if asGraph.word("id") != inbox.ID.ID {
		t.Errorf("Graph calls it %s, EWS %s", asGraph.word("id"), inbox.ID.ID)
	}
}

func TestEWSFindsItems(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	for _, subject := range []string{"one", "two & <three>", "four"} {
		w.letterTo(contracts, "From: ann@contoso.example\nSubject: "+subject+"\n\nx\n")
	}
	find := func(more, shape string) soapAnswer {
		return w.soap(w.appToken(), soapRequest(contracts, `<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>`+shape+"</t:BaseShape></m:ItemShape>"+more+
			"<m:ParentFolderIds>"+distinguished("inbox", "")+"</m:ParentFolderIds></m:FindItem>"))
	}
	all := find("", "Default").Items[0]
	if all.Code != "NoError" || all.Root.Total != 3 || !all.Root.Last || len(all.Root.Items) != 3 || all.Root.Items[0].Subject != "four" || all.Root.Items[1].Subject != "two & <three>" {
		t.Errorf("all: %+v", all)
	}
	if all.Root.Items[0].From != "ann@contoso.example" || all.Root.Items[0].Read {
		t.Errorf("the newest: %+v", all.Root.Items[0])
	}
	page := find(`<m:IndexedPageItemView MaxEntriesReturned="1" Offset="1" BasePoint="Beginning"/>`, "Default").Items[0]
	if len(page.Root.Items) != 1 || page.Root.Items[0].Subject != "two & <three>" || page.Root.Last || page.Root.Next != 2 {
		t.Errorf("the second: %+v", page)
	}
	for _, odd := range []string{`Offset="-3"`, `Offset="99"`, `MaxEntriesReturned="-1"`} {
		if got := find("<m:IndexedPageItemView "+odd+"/>", "IdOnly").Items[0]; got.Code != "NoError" || len(got.Root.Items) > 0 && got.Root.Items[0].Subject != "" {
			t.Errorf("%s: %+v", odd, got)
		}
	}
	if got := find("<m:Restriction/>", "Default").Items[0]; got.Code != "ErrorUnsupportedPathForQuery" {
		t.Errorf("a restriction: %+v", got)
	}
}

func TestEWSGetsItems(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	w.letterTo(contracts, "From: ann@contoso.example\nSubject: one\n\nhello\n")
	token := w.appToken()
	list := w.soap(token, soapRequest(contracts, `<m:FindItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ParentFolderIds>`+distinguished("inbox", "")+"</m:ParentFolderIds></m:FindItem>"))
	id := list.Items[0].Root.Items[0].ID.ID
	get := func(shape string, ids ...string) soapAnswer {
		items := ""
		for _, id := range ids {
			items += `<t:ItemId Id="` + id + `"/>`
		}
		return w.soap(token, soapRequest(contracts, "<m:GetItem><m:ItemShape>"+shape+"</m:ItemShape><m:ItemIds>"+items+"</m:ItemIds></m:GetItem>"))
	}
	got := get("<t:BaseShape>Default</t:BaseShape><t:IncludeMimeContent>true</t:IncludeMimeContent>", "gone", id).Got
	if len(got) != 2 || got[0].Code != "ErrorItemNotFound" || got[1].Code != "NoError" {
		t.Fatalf("%+v", got)
	}
	mime, err := base64.StdEncoding.DecodeString(got[1].Item.MIME)
	if got[1].Item.Subject != "one" || strings.TrimSpace(got[1].Item.Body) != "hello" || got[1].Item.From != "ann@contoso.example" || err != nil || !strings.HasSuffix(string(mime), "hello\r\n") {
		t.Errorf("%+v, %q", got[1].Item, mime)
	}
	if short := get("<t:BaseShape>IdOnly</t:BaseShape>", id).Got[0]; short.Item.ID.ID != id || short.Item.Subject != "" {
		t.Errorf("the ID alone: %+v", short)
	}
}

func TestEWSAddresses(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	cases := []struct {
		method, path string
		want         int
	}{
		{http.MethodGet, "EWS/Exchange.asmx", http.StatusMethodNotAllowed},
		{http.MethodPost, "ews/exchange.ASMX", http.StatusUnauthorized},
		{http.MethodPost, "EWS/Services.wsdl", http.StatusNotFound},
	}
	for _, c := range cases {
		if got := w.do(w.request(c.method, w.authority()+c.path, nil)).status; got != c.want {
			t.Errorf("%s %s: %d, want %d", c.method, c.path, got, c.want)
		}
	}
	if got := w.soap(w.appToken(), soapRequest(crm, "<!--"+strings.Repeat("x", maxEWSBody)+"-->")); got.status != http.StatusRequestEntityTooLarge {
		t.Errorf("a long request: %d", got.status)
	}
}

// FuzzEWS gives anything to EWS behind a good token: it answers in XML, and never with another
// status than those of its answers.
func FuzzEWS(f *testing.F) {
	f.Add(soapRequest(crm, getFolderOf(distinguished("inbox", contracts))))
	f.Add(soapRequest("", `<m:FindItem><m:ParentFolderIds><t:FolderId Id="&lt;x"/></m:ParentFolderIds></m:FindItem>`))
	f.Add(`<!DOCTYPE x [<!ENTITY a "b">]><Envelope xmlns="` + soapSpace + `"><Body>&a;</Body></Envelope>`)
	tenant, err := Start(Options{Dir: f.TempDir(), SigningKey: testKey(), Now: func() time.Time { return noon }})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = tenant.Close() })
	request, _ := parseScopes(exchange1+".default", appName)
	token, err := tenant.accessToken(bearer{}, request, []string{"full_access_as_app"})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, body string) {
		asked := httptest.NewRequest(http.MethodPost, ewsPath, strings.NewReader(body))
		asked.Header.Set("Authorization", "Bearer "+token)
		recorder := httptest.NewRecorder()
		tenant.serveEWS(recorder, asked)
		var read soapAnswer
		if err := xml.Unmarshal(recorder.Body.Bytes(), &read); err != nil {
			t.Errorf("%v in %q", err, recorder.Body)
		}
		if recorder.Code != http.StatusOK && recorder.Code != http.StatusInternalServerError {
			t.Errorf("status %d", recorder.Code)
		}
	})
}
