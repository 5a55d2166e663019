package practice

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// content is what programs want to know of a message without reading RFC 5322 themselves.
type content struct {
	subject, id  string
	from, to, cc []*mail.Address
	date         time.Time
	kind, text   string // "text" or "html", and the first such part
	attachments  bool
}

// readContent reads as much as there is: a message may be anything.
func readContent(raw []byte) content {
	read := content{kind: "text"}
	message, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return read
	}
	read.subject, read.id = decodedHeader(message.Header.Get("Subject")), providers.Clean(message.Header.Get("Message-ID"))
	read.from, read.to, read.cc = addresses(message.Header, "From"), addresses(message.Header, "To"), addresses(message.Header, "Cc")
	read.date, _ = message.Header.Date()
	read.part(textproto.MIMEHeader(message.Header), message.Body, 0)
	return read
}

func decodedHeader(text string) string {
	if decoded, err := new(mime.WordDecoder).DecodeHeader(text); err == nil {
		text = decoded
	}
	return providers.Clean(text)
}

func addresses(header mail.Header, name string) []*mail.Address {
	list, _ := header.AddressList(name)
	return list
}

// maxDepth bounds how deep parts may lie in parts.
const maxDepth = 5

// part takes one part of a message, or those within it.
func (c *content) part(header textproto.MIMEHeader, body io.Reader, depth int) {
	kind, parameters, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	disposition, _, _ := mime.ParseMediaType(header.Get("Content-Disposition"))
	switch {
	case strings.HasPrefix(kind, "multipart/") && depth < maxDepth:
		parts := multipart.NewReader(body, parameters["boundary"])
		for {
			next, err := parts.NextRawPart()
			if err != nil {
				return
			}
			c.part(next.Header, next, depth+1)
		}
	case disposition == "attachment" || kind != "text/plain" && kind != "text/html":
		c.attachments = true
	case c.text == "":
		c.kind = strings.TrimPrefix(strings.Replace(kind, "plain", "text", 1), "text/")
		c.text = transferred(header.Get("Content-Transfer-Encoding"), body)
	}
}

// transferred undoes the encoding that a text was sent in, as far as it was kept to.
func transferred(encoding string, body io.Reader) string {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	text, _ := io.ReadAll(body)
	return strings.ToValidUTF8(string(text), "�")
}

// maxPreview is how much of a text stands in a list, in characters.
const maxPreview = 255

func (c content) preview() string {
	runes := []rune(strings.Join(strings.Fields(c.text), " "))
	return string(runes[:min(len(runes), maxPreview)])
}
