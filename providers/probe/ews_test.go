package probe

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

const (
	ewsURL   = "https://mail.example.test/EWS/Exchange.asmx"
	ewsInbox = `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/><s:Body>` +
		`<m:GetFolderResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">` +
		`<m:ResponseMessages><m:GetFolderResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:Folders><t:Folder>` +
		`<t:FolderId Id="AAM" ChangeKey="AQ"/><t:DisplayName>Inbox</t:DisplayName><t:TotalCount>12</t:TotalCount></t:Folder></m:Folders>` +
		`</m:GetFolderResponseMessage></m:ResponseMessages></m:GetFolderResponse></s:Body></s:Envelope>`
)

func ewsFailure(code, text string) string {
	return `<Envelope><Body><GetFolderResponse><ResponseMessages><GetFolderResponseMessage ResponseClass="Error"><MessageText>` + text +
		`</MessageText><ResponseCode>` + code + `</ResponseCode><DescriptiveLinkKey>0</DescriptiveLinkKey><Folders/></GetFolderResponseMessage></ResponseMessages></GetFolderResponse></Body></Envelope>`
}

func ewsFaulty(code, text string) string {
	return `<s:Envelope xmlns:s="x"><s:Body><s:Fault><faultcode xmlns:a="y">a:` + code + `</faultcode><faultstring xml:lang="en-US">` + text +
		`</faultstring><detail><e:ResponseCode xmlns:e="z">` + code + `</e:ResponseCode><e:Message xmlns:e="z">` + text + `</e:Message></detail></s:Fault></s:Body></s:Envelope>`
}

func ewsRefusal(status int, code, text string) *providers.HTTPRefusal {
	return &providers.HTTPRefusal{Protocol: "ews", Command: "GetFolder", Status: status, Code: code, Message: text}
}

func TestEWS(t *testing.T) {
	t.Parallel()
	const diagnostics = `2000008;reason="The token contains not enough scope to make this call.";error_category="invalid_grant"`
	scenes := []webScene{
		{name: "inbox read", stage: &webStage{answers: []string{answer(200, "", ewsInbox)}}, asked: []string{"POST /EWS/Exchange.asmx"},
			messages: 12, mailbox: "Inbox, 12 messages", says: "nothing is sent over EWS", flights: 3},
		{name: "app-only", edit: func(a *Attempt) { a.AppOnly = true }, stage: &webStage{answers: []string{answer(200, "", ewsInbox)}}, messages: 12},
		{name: "another folder was asked for", edit: func(a *Attempt) { a.Folder = "Contracts" }, stage: &webStage{answers: []string{answer(200, "", ewsInbox)}}, messages: 12,
			mailbox: `Inbox, 12 messages; folder "Contracts" was not looked for: this test opens only the inbox`},
		{name: "may not act for the mailbox", stage: &webStage{answers: []string{answer(500, "", ewsFaulty("ErrorImpersonateUserDenied", "The account does not have permission to impersonate the requested user."))}},
			failed: providers.LayerMailbox, refusal: ewsRefusal(500, "ErrorImpersonateUserDenied", "The account does not have permission to impersonate the requested user.")},
		{name: "no such mailbox", stage: &webStage{answers: []string{answer(200, "", ewsFailure("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it."))}},
			failed: providers.LayerMailbox, refusal: ewsRefusal(200, "ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")},
		{name: "fault without a response code", stage: &webStage{answers: []string{answer(500, "", `<Envelope><Body><Fault><faultcode>a:ErrorServerBusy</faultcode><faultstring>later</faultstring></Fault></Body></Envelope>`)}},
			failed: providers.LayerMailbox, refusal: ewsRefusal(500, "ErrorServerBusy", "later")},
		{name: "permission missing", stage: &webStage{answers: []string{answer(403, "x-ms-diagnostics: "+diagnostics+"\r\nrequest-id: 79\r\n", "")}}, failed: providers.LayerMailbox, says: "HTTP 403: " + diagnostics,
			refusal: &providers.HTTPRefusal{Protocol: "ews", Command: "GetFolder", Status: 403, Diagnostics: diagnostics, RequestID: "79"}},
		{name: "closed by the organisation's policy", stage: &webStage{answers: []string{answer(403, "X-EWS-Policy-Reason: EWS is blocked by policy for this application\r\n", "")}}, failed: providers.LayerMailbox,
			refusal: &providers.HTTPRefusal{Protocol: "ews", Command: "GetFolder", Status: 403, Diagnostics: "EWS is blocked by policy for this application"}},
		{name: "token refused", stage: &webStage{answers: []string{answer(401, "WWW-Authenticate: Bearer client_id=\"x\"\r\nWWW-Authenticate: Basic realm=\"\"\r\nx-ms-diagnostics: 2000003;reason=\"x\"\r\n", "")}},
			failed: providers.LayerSASL, refusal: &providers.HTTPRefusal{Protocol: "ews", Command: "GetFolder", Status: 401, WWWAuthenticate: `Bearer client_id="x", Basic realm=""`, Diagnostics: `2000003;reason="x"`}},
		{name: "500 that is no fault", stage: &webStage{answers: []string{answer(500, "", "<html><title>Runtime Error</title>")}}, failed: providers.LayerSASL, refusal: ewsRefusal(500, "", "Runtime Error")},
		{name: "service down", stage: &webStage{answers: []string{answer(503, "", "")}}, failed: providers.LayerSASL, refusal: ewsRefusal(503, "", "")},
		{name: "success without a folder", stage: &webStage{answers: []string{answer(200, "", strings.Replace(ewsInbox, "t:Folder>", "t:SearchFolder>", 2))}}, failed: providers.LayerSASL, at: providers.StageDialogue},
		{name: "a count that is no number", stage: &webStage{answers: []string{answer(200, "", strings.Replace(ewsInbox, ">12<", ">many<", 1))}}, failed: providers.LayerSASL, at: providers.StageDialogue},
		{name: "a folder's name with an escape sequence", stage: &webStage{answers: []string{answer(200, "", strings.Replace(ewsInbox, ">Inbox<", ">In\u202ebox&#x9b;<", 1))}}, messages: 12, mailbox: "Inbox, 12 messages"},
		{name: "token repeated by the server", stage: &webStage{answers: []string{answer(500, "", ewsFaulty("ErrorX", testToken(2166).Reveal()))}}, failed: providers.LayerMailbox, says: "[token, 2166 bytes]"},
	}
	for _, sc := range scenes {
		t.Run(sc.name, func(t *testing.T) {
			t.Parallel()
			sc.play(t, "ews", ewsURL)
			for _, request := range sc.stage.heard {
				if request.Header.Get("X-AnchorMailbox") != "crm@contoso.example" || !strings.HasPrefix(request.Header.Get("Content-Type"), "text/xml") {
					t.Errorf("headers %v", request.Header)
				}
			}
		})
	}
}

func TestRequestNamesTheMailboxOnce(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name          string
		attempt       Attempt
		impersonated  string
		folderMailbox string
	}{
		{"app-only acts for the mailbox", Attempt{AppOnly: true, Mailbox: "crm@contoso.example"}, "crm@contoso.example", ""},
		{"a person opens the mailbox by its address", Attempt{Mailbox: "crm@contoso.example"}, "", "crm@contoso.example"},
		{"an address cannot leave its place", Attempt{Mailbox: `a"</t:EmailAddress><x>&@b.c`}, "", `a"</t:EmailAddress><x>&@b.c`},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var got struct {
				XMLName      xml.Name `xml:"http://schemas.xmlsoap.org/soap/envelope/ Envelope"`
				Impersonated string   `xml:"Header>ExchangeImpersonation>ConnectingSID>SmtpAddress"`
				Folder       struct {
					ID      string `xml:"Id,attr"`
					Mailbox string `xml:"Mailbox>EmailAddress"`
				} `xml:"Body>GetFolder>FolderIds>DistinguishedFolderId"`
			}
			if err := xml.Unmarshal([]byte(getFolder(tc.attempt)), &got); err != nil {
				t.Fatal(err)
			}
			if got.Impersonated != tc.impersonated || got.Folder.Mailbox != tc.folderMailbox || got.Folder.ID != "inbox" {
				t.Errorf("%+v", got)
			}
		})
	}
}

func FuzzReadEWS(f *testing.F) {
	f.Add([]byte(ewsInbox))
	f.Add([]byte(ewsFailure("ErrorItemNotFound", "x")))
	f.Add([]byte(ewsFaulty("ErrorImpersonateUserDenied", "x")))
	f.Fuzz(func(t *testing.T, body []byte) {
		if said, ok := readEWS(body); ok && (said.code == "" || said.folder.messages < 0) {
			t.Errorf("%+v", said)
		}
	})
}
