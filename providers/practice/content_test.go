package practice

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestContentOfMessages(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, raw, subject, kind, text string }{
		{"plain", "Subject: a\n\ntext\n", "a", "text", "text\r\n"},
		{"encoded header", "Subject: =?iso-8859-1?q?gr=FC=DFe?=\n\nx", "grüße", "text", "x"},
		{"an unknown character set", "Subject: =?x-none?q?a?=\n\nx", "=?x-none?q?a?=", "text", "x"},
		{"quoted-printable", "Content-Transfer-Encoding: quoted-printable\n\na=3Db=\nc", "", "text", "a=bc"},
		{"base64 cut short", "Content-Transfer-Encoding: base64\n\naGVsbG8", "", "text", "hel"},
		{"html", "Content-Type: text/html\n\n<p>x", "", "html", "<p>x"},
		{"the first of two texts", "Content-Type: multipart/alternative; boundary=b\n\n--b\n\none\n--b\nContent-Type: text/html\n\ntwo\n--b--\n", "", "text", "one"},
		{"no boundary", "Content-Type: multipart/mixed\n\n--b\n\none\n", "", "text", ""},
		{"parts in parts without end", strings.Repeat("Content-Type: multipart/mixed; boundary=b\n\n--b\n", 20), "", "text", ""},
		{"not UTF-8", "\n\xff\xfe", "", "text", "�"},
		{"no message at all", "nonsense", "", "text", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			read := readContent([]byte(strings.ReplaceAll(c.raw, "\n", "\r\n")))
			if read.subject != c.subject || read.kind != c.kind || read.text != c.text {
				t.Errorf("subject %q, %s %q; want %q, %s %q", read.subject, read.kind, read.text, c.subject, c.kind, c.text)
			}
		})
	}
}

// FuzzReadContent reads what anybody may have put into a mailbox.
func FuzzReadContent(f *testing.F) {
	f.Add([]byte("From: a <a@b.example>\r\nSubject: =?utf-8?b?w7w=?=\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n\r\nx\r\n--b--"))
	f.Add([]byte("Content-Transfer-Encoding: base64\r\n\r\n===="))
	f.Fuzz(func(t *testing.T, raw []byte) {
		read := readContent(raw)
		if !utf8.ValidString(read.text) || !utf8.ValidString(read.subject) || len([]rune(read.preview())) > maxPreview {
			t.Errorf("%+v", read)
		}
		if read.kind != "text" && read.kind != "html" {
			t.Errorf("kind %q", read.kind)
		}
		_ = stored{raw: raw}.graph(contracts, shelf{name: "INBOX"})
		_ = stored{raw: raw}.ews(contracts, shelf{name: "INBOX"}, ewsShape{})
	})
}
