package probe

import (
	"encoding/base64"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

func TestXOAUTH2Response(t *testing.T) {
	t.Parallel()
	// Microsoft's own example of user and token gives this text in their documentation's form.
	sign := xoauth2{mailbox: "test@contoso.example", token: keychain.NewSecret("EwBAAl3BAAUFFpUAo7J3Ve0bjLBWZWCclRC3EoAA")}
	want := "user=test@contoso.example\x01auth=Bearer EwBAAl3BAAUFFpUAo7J3Ve0bjLBWZWCclRC3EoAA\x01\x01"
	if got := string(sign.response()); got != want {
		t.Errorf("response %q, want %q", got, want)
	}
	if raw, err := base64.StdEncoding.DecodeString(sign.encoded()); err != nil || string(raw) != want {
		t.Errorf("encoded gives %q, %v", raw, err)
	}
	if text := fmt.Sprintf("%v %+v %#v", sign, sign, sign); strings.Contains(text, "EwBA") {
		t.Errorf("formatted it shows the token: %s", text)
	}
}

func TestReadChallenge(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, raw string
		want      providers.Challenge
	}{
		{"Gmail", `{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}`, providers.Challenge{Status: "400", Schemes: "Bearer", Scope: "https://mail.google.com/"}},
		{"Dovecot", `{"status":"401","schemes":"bearer","scope":"mail","openid-configuration":"https://x"}`, providers.Challenge{Status: "401", Schemes: "bearer", Scope: "mail"}},
		{"status as a number", `{"status":401}`, providers.Challenge{Status: "401"}},
		{"escape sequences", `{"status":"\u001b[31m401"}`, providers.Challenge{Status: "[31m401"}},
		{"other JSON", `{"error":"x"}`, providers.Challenge{Raw: `{"error":"x"}`}},
		{"text", "eh?\x00", providers.Challenge{Raw: "eh?"}},
		{"nothing", "", providers.Challenge{}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := readChallenge([]byte(tc.raw), providers.Clean); *got != tc.want {
				t.Errorf("%+v, want %+v", *got, tc.want)
			}
		})
	}
}

func FuzzReadChallenge(f *testing.F) {
	f.Add([]byte(`{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}`))
	f.Add([]byte(`{"status":[1],"schemes":5}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		got := readChallenge(raw, providers.Clean)
		for _, text := range []string{got.Status, got.Schemes, got.Scope, got.Raw} {
			if dirty(text) {
				t.Errorf("not clean: %q", text)
			}
		}
	})
}

func TestParseStatus(t *testing.T) {
	t.Parallel()
	cases := []struct {
		line string
		want imapStatus
		ok   bool
	}{
		{"* OK ready", imapStatus{tag: "*", kind: "OK", text: "ready"}, true},
		{"* ok [CAPABILITY IMAP4rev1 STARTTLS] ready", imapStatus{tag: "*", kind: "OK", code: "CAPABILITY", args: "IMAP4rev1 STARTTLS", text: "ready"}, true},
		{"S NO [ALERT] eh", imapStatus{tag: "S", kind: "NO", code: "ALERT", text: "eh"}, true},
		{"* BYE", imapStatus{tag: "*", kind: "BYE"}, true},
		{"* OK [unclosed", imapStatus{tag: "*", kind: "OK", text: "[unclosed"}, true},
		{"* OK it's [not] a code", imapStatus{tag: "*", kind: "OK", text: "it's [not] a code"}, true},
		{"* 12 EXISTS", imapStatus{}, false},
		{"+OK POP3", imapStatus{}, false},
		{" OK no tag", imapStatus{kind: "OK", text: "no tag"}, false},
		{"", imapStatus{}, false},
	}
	for _, tc := range cases {
		t.Run(tc.line, func(t *testing.T) {
			t.Parallel()
			if got, ok := parseStatus(tc.line); got != tc.want || ok != tc.ok {
				t.Errorf("%+v %v, want %+v %v", got, ok, tc.want, tc.ok)
			}
		})
	}
}

func TestParseSMTPLine(t *testing.T) {
	t.Parallel()
	cases := []struct {
		line string
		want smtpLine
		ok   bool
	}{
		{"250 ok", smtpLine{code: 250, text: "ok"}, true},
		{"250-ok", smtpLine{code: 250, more: true, text: "ok"}, true},
		{"250", smtpLine{code: 250}, true},
		{"535 5.7.139 no", smtpLine{code: 535, enhanced: "5.7.139", text: "no"}, true},
		{"535 5.7.139", smtpLine{code: 535, enhanced: "5.7.139"}, true},
		{"250 5.7.139 of another class", smtpLine{code: 250, text: "5.7.139 of another class"}, true},
		{"535 5.7.1390 too long", smtpLine{code: 535, text: "5.7.1390 too long"}, true},
		{"535 5.7. no", smtpLine{code: 535, text: "5.7. no"}, true},
		{"220 4.example.test ready", smtpLine{code: 220, text: "4.example.test ready"}, true},
		{"334 ", smtpLine{code: 334}, true},
		{"199 x", smtpLine{}, false},
		{"600 x", smtpLine{}, false},
		{"2a0 x", smtpLine{}, false},
		{"250x", smtpLine{}, false},
		{"25", smtpLine{}, false},
		{"* OK", smtpLine{}, false},
	}
	for _, tc := range cases {
		t.Run(tc.line, func(t *testing.T) {
			t.Parallel()
			if got, ok := parseSMTPLine(tc.line); got != tc.want || ok != tc.ok {
				t.Errorf("%+v %v, want %+v %v", got, ok, tc.want, tc.ok)
			}
		})
	}
}

func FuzzParseSMTPLine(f *testing.F) {
	f.Add("535-5.7.139 Authentication unsuccessful")
	f.Add("334 ")
	f.Fuzz(func(t *testing.T, line string) {
		parsed, ok := parseSMTPLine(line)
		if !ok {
			return
		}
		if parsed.code < 200 || parsed.code > 599 || !strings.HasPrefix(line, fmt.Sprint(parsed.code)) || !strings.HasSuffix(line, parsed.text) {
			t.Errorf("%q gives %+v", line, parsed)
		}
		refusal := smtpReply{code: parsed.code, enhanced: parsed.enhanced, lines: []string{parsed.text}}.refusal("X", providers.Clean)
		if refusal.Status != line[:3] || dirty(refusal.Error()) {
			t.Errorf("%q gives %q", line, refusal.Error())
		}
	})
}

func TestQuoteFolder(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, want string }{
		{"INBOX", `"INBOX"`},
		{"Archive/2026 done", `"Archive/2026 done"`},
		{"Q&A", `"Q&-A"`},
		{`say "hi" \o/`, `"say \"hi\" \\o/"`},
		{"Entwürfe", `"Entw&APw-rfe"`},
		{"~peter/mail/台北/日本語", `"~peter/mail/&U,BTFw-/&ZeVnLIqe-"`}, // RFC 3501 section 5.1.3
		{"📧", `"&2D3c5w-"`},
		{"a\r\nb\x00", `"a&AA0ACg-b&AAA-"`},
	}
	for _, tc := range cases {
		if got := quoteFolder(tc.name); got != tc.want {
			t.Errorf("%q becomes %s, want %s", tc.name, got, tc.want)
		}
	}
}

func FuzzQuoteFolder(f *testing.F) {
	f.Add("Entwürfe & \"more\"\r\n")
	f.Fuzz(func(t *testing.T, name string) {
		quoted := quoteFolder(name)
		if strings.ContainsFunc(quoted, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("%q becomes %q", name, quoted)
		}
		inside := strings.NewReplacer(`\\`, "", `\"`, "").Replace(strings.TrimSuffix(strings.TrimPrefix(quoted, `"`), `"`))
		if strings.ContainsAny(inside, `"\`) {
			t.Errorf("%q becomes %q, which ends early", name, quoted)
		}
	})
}

func TestReadFeatures(t *testing.T) {
	t.Parallel()
	got := readFeatures([]string{"PIPELINING", "size 1000", "AUTH LOGIN", "AUTH=xoauth2", "", "8bitmime "})
	want := map[string]string{"PIPELINING": "", "SIZE": "1000", "AUTH": "LOGIN XOAUTH2", "": "", "8BITMIME": ""}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestAlternateFamilies(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, addresses, want string }{
		{"none", "", ""},
		{"one family", "1.1.1.1 2.2.2.2", "1.1.1.1 2.2.2.2"},
		{"both", "::1 ::2 ::3 1.1.1.1", "::1 1.1.1.1 ::2 ::3"},
		{"the old one first", "1.1.1.1 2.2.2.2 ::1", "1.1.1.1 ::1 2.2.2.2"},
	}
	for _, tc := range cases {
		if got := alternate(strings.Fields(tc.addresses)); !slices.Equal(got, strings.Fields(tc.want)) {
			t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
		}
	}
}
