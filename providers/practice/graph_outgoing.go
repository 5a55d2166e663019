package practice

import (
	"bytes"
	"encoding/base64"
	"mime"
	"mime/multipart"
	"net/http"
	"net/mail"
	"net/textproto"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/mailgrant/mailgrant/providers"
)

// graphMail is the body of sendMail (https://learn.microsoft.com/graph/api/user-sendmail).
type graphMail struct {
	Message *graphDraft `json:"message"`
	Save    *bool       `json:"saveToSentItems"`
}

type graphDraft struct {
	Subject string `json:"subject"`
	Body    struct {
		Kind    string `json:"contentType"`
		Content string `json:"content"`
	} `json:"body"`
	From    *graphRecipient  `json:"from"`
	To      []graphRecipient `json:"toRecipients"`
	Cc      []graphRecipient `json:"ccRecipients"`
	Bcc     []graphRecipient `json:"bccRecipients"`
	ID      string           `json:"internetMessageId"`
	Headers []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"internetMessageHeaders"`
	Files []struct {
		Name    string `json:"name"`
		Content []byte `json:"contentBytes"`
	} `json:"attachments"`
}

// outgoing is a message on its way out.
type outgoing struct {
	raw        []byte
	from       string
	recipients []string
	save       bool // in Sent Items
}

func noRecipients() *graphRefusal {
	return &graphRefusal{
		status: http.StatusBadRequest, code: "ErrorInvalidRecipients",
		message: "At least one recipient isn't valid., A message can't be sent because it contains no recipients.",
	}
}

// compose writes the message in RFC 5322's form.
func (m graphMail) compose(mailbox string, at time.Time) (outgoing, *graphRefusal) {
	draft := m.Message
	if draft == nil {
		return outgoing{}, graphBadRequest("The required parameter 'message' is missing.")
	}
	out := outgoing{from: mailbox, save: m.Save == nil || *m.Save}
	if draft.From != nil && draft.From.EmailAddress.Address != "" {
		out.from = draft.From.EmailAddress.Address
	}
	header := []string{"Date: " + at.Format(time.RFC1123Z), "From: " + (&mail.Address{Address: out.from}).String()}
	for _, line := range []struct {
		name string
		list []graphRecipient
	}{{"To", draft.To}, {"Cc", draft.Cc}, {"Bcc", draft.Bcc}} {
		addresses, refused := mailAddresses(line.list)
		if refused != nil {
			return outgoing{}, refused
		}
		var written []string
		for _, address := range addresses {
			out.recipients = append(out.recipients, address.Address)
			written = append(written, address.String())
		}
		if line.name != "Bcc" && len(written) > 0 {
			header = append(header, line.name+": "+strings.Join(written, ",\r\n "))
		}
	}
	if len(out.recipients) == 0 {
		return outgoing{}, noRecipients()
	}
	more, refused := draft.header()
	if refused != nil {
		return outgoing{}, refused
	}
	out.raw = draft.write(append(header, more...))
	return out, nil
}

// mailAddresses reads recipients; an address with anything else in it is none.
func mailAddresses(list []graphRecipient) ([]*mail.Address, *graphRefusal) {
	var read []*mail.Address
	for _, one := range list {
		address, err := mail.ParseAddress(one.EmailAddress.Address)
		if err != nil || address.Address != one.EmailAddress.Address {
			return nil, &graphRefusal{
				status: http.StatusBadRequest, code: "ErrorInvalidRecipients",
				message: "At least one recipient is not valid., Recipient '" + one.EmailAddress.Address + "' is not resolved. All recipients must be resolved before a message can be submitted.",
			}
		}
		address.Name = providers.Clean(one.EmailAddress.Name)
		read = append(read, address)
	}
	return read, nil
}

// header is what follows the addresses: the subject, the message's name, and the client's own
// lines, which may be of the kind X- only.
func (d *graphDraft) header() ([]string, *graphRefusal) {
	id := providers.Clean(d.ID)
	if id == "" {
		id = "<" + uuid.NewString() + "@practice.example>"
	}
	lines := []string{
		"Subject: " + mime.QEncoding.Encode("utf-8", providers.Clean(d.Subject)), "Message-ID: " + id, "MIME-Version: 1.0",
	}
	for _, own := range d.Headers {
		if !strings.HasPrefix(strings.ToLower(own.Name), "x-") || strings.ContainsFunc(own.Name, notInFieldName) {
			return nil, &graphRefusal{
				status: http.StatusBadRequest, code: "InvalidInternetMessageHeader",
				message: "The internet message header name '" + own.Name + "' should start with 'x-' or 'X-'.",
			}
		}
		lines = append(lines, own.Name+": "+mime.QEncoding.Encode("utf-8", providers.Clean(own.Value)))
	}
	return lines, nil
}

// notInFieldName are the characters that no header field's name has (RFC 5322 section 2.2).
func notInFieldName(r rune) bool { return r <= ' ' || r > '~' || r == ':' }

// write puts header, text and files together.
func (d *graphDraft) write(header []string) []byte {
	kind := "text/plain; charset=utf-8"
	if strings.EqualFold(d.Body.Kind, "html") {
		kind = "text/html; charset=utf-8"
	}
	var raw bytes.Buffer
	text := textproto.MIMEHeader{"Content-Type": {kind}, "Content-Transfer-Encoding": {"base64"}}
	if len(d.Files) == 0 {
		for _, name := range []string{"Content-Type", "Content-Transfer-Encoding"} {
			header = append(header, name+": "+text.Get(name))
		}
		raw.WriteString(strings.Join(header, "\r\n") + "\r\n\r\n" + lines64([]byte(d.Body.Content)))
		return raw.Bytes()
	}
	parts := multipart.NewWriter(&raw)
	header = append(header, "Content-Type: multipart/mixed; boundary="+parts.Boundary())
	raw.WriteString(strings.Join(header, "\r\n") + "\r\n\r\n")
	// A buffer takes everything: no part can fail to be written.
	part, _ := parts.CreatePart(text)
	_, _ = part.Write([]byte(lines64([]byte(d.Body.Content))))
	for _, file := range d.Files {
		part, _ := parts.CreatePart(textproto.MIMEHeader{
			"Content-Type":              {"application/octet-stream"},
			"Content-Transfer-Encoding": {"base64"},
			"Content-Disposition":       {mime.FormatMediaType("attachment", map[string]string{"filename": providers.Clean(file.Name)})},
		})
		_, _ = part.Write([]byte(lines64(file.Content)))
	}
	_ = parts.Close()
	return raw.Bytes()
}

// lines64 is base64 in lines of 76 characters (RFC 2045 section 6.8).
func lines64(data []byte) string {
	encoded := base64.StdEncoding.EncodeToString(data)
	var lines strings.Builder
	for ; len(encoded) > 76; encoded = encoded[76:] {
		lines.WriteString(encoded[:76] + "\r\n")
	}
	return lines.String() + encoded + "\r\n"
}
