package probe

import (
	"encoding/xml"
	"strings"
)

// ewsSuccess is the response code of a call that did what it should.
const ewsSuccess = "NoError"

// ewsFolder is a mail folder, as far as it is asked for.
type ewsFolder struct {
	name     string
	messages int
}

// ewsAnswer is what a SOAP envelope says, raw.
type ewsAnswer struct {
	code   string // ResponseCode
	text   string
	folder ewsFolder
}

// ewsEnvelope is read by local names: prefixes are the server's choice.
type ewsEnvelope struct {
	XMLName  xml.Name     `xml:"Envelope"`
	Messages []ewsMessage `xml:"Body>GetFolderResponse>ResponseMessages>GetFolderResponseMessage"`
	Fault    *ewsFault    `xml:"Body>Fault"`
}

type ewsMessage struct {
	Class   string `xml:"ResponseClass,attr"`
	Code    string `xml:"ResponseCode"`
	Text    string `xml:"MessageText"`
	Folders []struct {
		Name     *string `xml:"DisplayName"`
		Messages *uint32 `xml:"TotalCount"`
	} `xml:"Folders>Folder"`
}

// ewsFault comes instead of an answer where the call as a whole was refused.
type ewsFault struct {
	Code   string `xml:"faultcode"` // e.g. "a:ErrorImpersonateUserDenied"
	Text   string `xml:"faultstring"`
	Detail string `xml:"detail>ResponseCode"`
}

// readEWS reads the answer to GetFolder for one folder.
func readEWS(body []byte) (ewsAnswer, bool) {
	var envelope ewsEnvelope
	if err := xml.Unmarshal(body, &envelope); err != nil {
		return ewsAnswer{}, false
	}
	if fault := envelope.Fault; fault != nil {
		code := fault.Detail
		if code == "" {
			code = fault.Code[strings.LastIndex(fault.Code, ":")+1:]
		}
		return ewsAnswer{code: code, text: fault.Text}, code != "" && code != ewsSuccess
	}
	if len(envelope.Messages) != 1 {
		return ewsAnswer{}, false
	}
	return envelope.Messages[0].read()
}

func (m ewsMessage) read() (ewsAnswer, bool) {
	if m.Class != "Success" {
		return ewsAnswer{code: m.Code, text: m.Text}, m.Code != "" && m.Code != ewsSuccess
	}
	if m.Code != ewsSuccess || len(m.Folders) != 1 || m.Folders[0].Name == nil || m.Folders[0].Messages == nil {
		return ewsAnswer{}, false
	}
	folder := m.Folders[0]
	return ewsAnswer{code: ewsSuccess, folder: ewsFolder{name: *folder.Name, messages: int(*folder.Messages)}}, true
}
