package probe

import (
	"bufio"
	"bytes"
	"io"
	"mime"
	"net/mail"
	"net/textproto"
	"strings"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

var testDate = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// arrived undoes what encode does for the wire and reads the message.
func arrived(t *testing.T, wire []byte) (*mail.Message, string) {
	t.Helper()
	if !bytes.HasSuffix(wire, []byte("\r\n.\r\n")) {
		t.Fatalf("does not end with a dot: %q", wire)
	}
	if bytes.Contains(bytes.ReplaceAll(wire, []byte("\r\n"), nil), []byte("\n")) {
		t.Errorf("has bare line feeds: %q", wire)
	}
	for _, line := range bytes.Split(wire, []byte("\r\n")) {
		if len(line) > 998 {
			t.Errorf("a line of %d bytes: RFC 5322 allows 998", len(line))
		}
	}
	text, err := io.ReadAll(textproto.NewReader(bufio.NewReader(bytes.NewReader(wire))).DotReader())
	if err != nil {
		t.Fatal(err)
	}
	message, err := mail.ReadMessage(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	return message, subject
}

func TestMessage(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name    string
		attempt Attempt
		from    string
		subject string
	}{
		{"from the mailbox", Attempt{Mailbox: "crm@contoso.example", Recipient: "you@contoso.example"}, "<crm@contoso.example>", "Mailgrant connection test"},
		{"from another sender", Attempt{Mailbox: "svc@contoso.example", Sender: "crm@contoso.example", Recipient: "you@contoso.example"}, "<crm@contoso.example>", "Mailgrant connection test"},
		{"subject beyond ASCII", Attempt{Mailbox: "crm@contoso.example", Recipient: "you@contoso.example", Subject: "Prüfung"}, "<crm@contoso.example>", "Prüfung"},
		{"subject with a header in it", Attempt{Mailbox: "crm@contoso.example", Recipient: "you@contoso.example", Subject: "x\r\nBcc: all@contoso.example"}, "<crm@contoso.example>", "x Bcc: all@contoso.example"},
		{"subject without end", Attempt{Mailbox: "crm@contoso.example", Recipient: "you@contoso.example", Subject: strings.Repeat("ü", 5000)}, "<crm@contoso.example>", strings.Repeat("ü", 100)},
		{"subject cut within a letter", Attempt{Mailbox: "crm@contoso.example", Recipient: "you@contoso.example", Subject: "x" + strings.Repeat("ü", 5000)}, "<crm@contoso.example>", "x" + strings.Repeat("ü", 99)},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			m := newMessage(tc.attempt, testDate)
			got, subject := arrived(t, m.encode())
			if got.Header.Get("From") != tc.from || subject != tc.subject || got.Header.Get("Bcc") != "" {
				t.Errorf("from %q with subject %q, want %q, %q", got.Header.Get("From"), subject, tc.from, tc.subject)
			}
			if date, err := got.Header.Date(); err != nil || !date.Equal(testDate) {
				t.Errorf("date %v, %v", date, err)
			}
		})
	}
	a, b := newMessage(cases[0].attempt, testDate), newMessage(cases[0].attempt, testDate)
	if a.id == b.id || !strings.HasSuffix(a.id, "@contoso.example>") {
		t.Errorf("two messages are %s and %s", a.id, b.id)
	}
}

func FuzzMessage(f *testing.F) {
	f.Add("crm@contoso.example", "you@contoso.example", "hello", "mail.example.test")
	f.Add("a@b.c>\r\nDATA", "\r\n.\r\n", "\r\nBcc: x@y.z\r\n\r\n.\r\n", "\n.\n")
	f.Fuzz(func(t *testing.T, from, to, subject, host string) {
		m := newMessage(Attempt{Sender: providers.Address(from), Recipient: providers.Address(to), Subject: subject, Server: providers.Server{Host: host}}, testDate)
		if m.check() != nil {
			return
		}
		got, _ := arrived(t, m.encode())
		if len(got.Header) != 10 {
			t.Errorf("%d headers: %v", len(got.Header), got.Header)
		}
	})
}
