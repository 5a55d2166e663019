package practice

import (
	"encoding/xml"
	"net/http"
	"time"
)

const (
	soapSpace        = "http://schemas.xmlsoap.org/soap/envelope/"
	ewsTypesSpace    = "http://schemas.microsoft.com/exchange/services/2006/types"
	ewsMessagesSpace = "http://schemas.microsoft.com/exchange/services/2006/messages"
	ewsErrorsSpace   = "http://schemas.microsoft.com/exchange/services/2006/errors"
)

// soapEnvelope is an answer.
type soapEnvelope struct {
	XMLName xml.Name `xml:"s:Envelope"`
	Space   string   `xml:"xmlns:s,attr"`
	Version soapVersion
	Body    struct {
		Content any
	} `xml:"s:Body"`
}

// soapVersion is Exchange's, which clients choose their ways by.
type soapVersion struct {
	XMLName xml.Name `xml:"s:Header"`
	Info    struct {
		Space   string `xml:"xmlns:h,attr"`
		Major   int    `xml:"MajorVersion,attr"`
		Minor   int    `xml:"MinorVersion,attr"`
		Build   int    `xml:"MajorBuildNumber,attr"`
		Detail  int    `xml:"MinorBuildNumber,attr"`
		Version string `xml:"Version,attr"`
	} `xml:"h:ServerVersionInfo"`
}

func writeSOAP(w http.ResponseWriter, r *http.Request, status int, content any) {
	envelope := soapEnvelope{Space: soapSpace}
	info := &envelope.Version.Info
	info.Space, info.Major, info.Minor, info.Build, info.Version = ewsTypesSpace, 15, 20, 9000, "V2018_01_08"
	envelope.Body.Content = content
	text, err := xml.Marshal(envelope)
	if err != nil {
		http.Error(w, "The answer cannot be written.", http.StatusInternalServerError)
		return
	}
	identify(w, r)
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.Header().Set("Cache-Control", "private")
	w.WriteHeader(status)
	_, _ = w.Write(append([]byte(xml.Header), text...)) // the client has gone; nobody is left to tell
}

// soapFault refuses a call as a whole.
type soapFault struct {
	XMLName xml.Name `xml:"s:Fault"`
	Code    struct {
		Space string `xml:"xmlns:a,attr"`
		Code  string `xml:",chardata"`
	} `xml:"faultcode"`
	Text struct {
		Language string `xml:"xml:lang,attr"`
		Text     string `xml:",chardata"`
	} `xml:"faultstring"`
	Detail struct {
		Code    ewsDetail   `xml:"e:ResponseCode"`
		Message ewsDetail   `xml:"e:Message"`
		BackOff *ewsBackOff `xml:"t:MessageXml"`
	} `xml:"detail"`
}

type ewsDetail struct {
	Space string `xml:"xmlns:e,attr"`
	Text  string `xml:",chardata"`
}

type ewsBackOff struct {
	Space string `xml:"xmlns:t,attr"`
	Value struct {
		Name         string `xml:"Name,attr"`
		Milliseconds int64  `xml:",chardata"`
	} `xml:"t:Value"`
}

// backOff is how long a client of a busy server is told to wait.
const backOff = 29 * time.Second

func (r *ewsRefusal) fault() soapFault {
	var fault soapFault
	fault.Code.Space, fault.Code.Code = ewsTypesSpace, "a:"+r.code
	fault.Text.Language, fault.Text.Text = "en-US", r.message
	fault.Detail.Code = ewsDetail{ewsErrorsSpace, r.code}
	fault.Detail.Message = ewsDetail{ewsErrorsSpace, r.message}
	if r.backOff {
		fault.Detail.BackOff = &ewsBackOff{Space: ewsTypesSpace}
		fault.Detail.BackOff.Value.Name = "BackOffMilliseconds"
		fault.Detail.BackOff.Value.Milliseconds = backOff.Milliseconds()
	}
	return fault
}

// ewsResponse is an answer to an operation: one message for each thing that was asked for.
type ewsResponse struct {
	XMLName  xml.Name
	Messages string       `xml:"xmlns:m,attr"`
	Types    string       `xml:"xmlns:t,attr"`
	List     []ewsMessage `xml:"m:ResponseMessages>any"`
}

// ewsMessage is one of them, good or bad.
type ewsMessage struct {
	XMLName xml.Name
	Class   string         `xml:"ResponseClass,attr"`
	Text    string         `xml:"m:MessageText,omitempty"`
	Code    string         `xml:"m:ResponseCode"`
	Linked  *int           `xml:"m:DescriptiveLinkKey,omitempty"`
	Folders *[]ewsFolder   `xml:"m:Folders>t:Folder,omitempty"`
	Items   *[]ewsItem     `xml:"m:Items>t:Message,omitempty"`
	Root    *ewsRootFolder `xml:"m:RootFolder,omitempty"`
}

// ewsAnswer makes the answer to an operation, with its messages named after it.
func ewsAnswer(operation string, list []ewsMessage) ewsResponse {
	for i := range list {
		list[i].XMLName.Local = "m:" + operation + "ResponseMessage"
	}
	return ewsResponse{
		XMLName: xml.Name{Local: "m:" + operation + "Response"}, Messages: ewsMessagesSpace, Types: ewsTypesSpace, List: list,
	}
}

func ewsSuccess() ewsMessage { return ewsMessage{Class: "Success", Code: "NoError"} }

// ewsError answers for one thing that was asked for and cannot be had.
func ewsError(code, text string) ewsMessage {
	return ewsMessage{Class: "Error", Code: code, Text: text, Linked: new(0)}
}
