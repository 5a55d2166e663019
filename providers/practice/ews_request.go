package practice

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"
)

// ewsRequest is a SOAP envelope, read by local names: prefixes are the client's choice.
type ewsRequest struct {
	XMLName xml.Name `xml:"http://schemas.xmlsoap.org/soap/envelope/ Envelope"`
	// Acting is the mailbox that an application acts for
	// (https://learn.microsoft.com/exchange/client-developer/exchange-web-services/impersonation-and-ews-in-exchange).
	Acting *ewsIdentity `xml:"Header>ExchangeImpersonation>ConnectingSID"`
	Body   struct {
		GetFolder *ewsGetFolder `xml:"GetFolder"`
		FindItem  *ewsFindItem  `xml:"FindItem"`
		GetItem   *ewsGetItem   `xml:"GetItem"`
	} `xml:"Body"`
}

type ewsIdentity struct {
	SMTP      string `xml:"SmtpAddress"`
	Primary   string `xml:"PrimarySmtpAddress"`
	Principal string `xml:"PrincipalName"`
}

type ewsGetFolder struct {
	Shape   ewsShape `xml:"FolderShape"`
	Folders struct {
		IDs []ewsFolderID `xml:",any"`
	} `xml:"FolderIds"`
}

type ewsFindItem struct {
	Shape ewsShape `xml:"ItemShape"`
	View  *struct {
		Most   int `xml:"MaxEntriesReturned,attr"`
		Offset int `xml:"Offset,attr"`
	} `xml:"IndexedPageItemView"`
	Restriction *struct{} `xml:"Restriction"`
	Folders     struct {
		IDs []ewsFolderID `xml:",any"`
	} `xml:"ParentFolderIds"`
}

type ewsGetItem struct {
	Shape ewsShape `xml:"ItemShape"`
	Items []struct {
		ID string `xml:"Id,attr"`
	} `xml:"ItemIds>ItemId"`
}

// ewsShape says which properties are wanted.
type ewsShape struct {
	Base string    `xml:"BaseShape"`
	MIME bool      `xml:"IncludeMimeContent"`
	More *struct{} `xml:"AdditionalProperties"`
}

// idOnly is whether nothing is wanted but the identifier.
func (s ewsShape) idOnly() bool { return s.Base == "IdOnly" && s.More == nil && !s.MIME }

// ewsFolderID is a DistinguishedFolderId, perhaps of another mailbox, or a FolderId.
type ewsFolderID struct {
	XMLName xml.Name
	ID      string  `xml:"Id,attr"`
	Mailbox *string `xml:"Mailbox>EmailAddress"`
}

// parseEWS reads a request.
func parseEWS(body []byte) (ewsRequest, *ewsRefusal) {
	var request ewsRequest
	decoder := xml.NewDecoder(bytes.NewReader(body))
	if decoder.Decode(&request) == nil && nothingFollows(decoder) {
		return request, nil
	}
	return ewsRequest{}, ewsFault("ErrorSchemaValidation", "The request failed schema validation: the body is no SOAP envelope that can be read.")
}

// nothingFollows reports whether the document is over but for what XML lets follow: blanks and comments.
func nothingFollows(decoder *xml.Decoder) bool {
	for {
		token, err := decoder.Token()
		if err != nil {
			return err == io.EOF
		}
		switch token := token.(type) {
		case xml.Comment, xml.ProcInst:
		case xml.CharData:
			if len(bytes.TrimSpace(token)) > 0 {
				return false
			}
		default:
			return false
		}
	}
}

// impersonated is the address that an application acts for; nil where the header is missing.
func (r ewsRequest) impersonated() *string {
	if r.Acting == nil {
		return nil
	}
	for _, address := range []string{r.Acting.SMTP, r.Acting.Primary, r.Acting.Principal} {
		if address = strings.TrimSpace(address); address != "" {
			return &address
		}
	}
	return new("")
}
