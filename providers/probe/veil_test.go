package probe

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
)

func TestVeil(t *testing.T) {
	t.Parallel()
	sign := xoauth2{mailbox: "crm@contoso.example", token: testToken(2166)}
	token := sign.token.Reveal()
	const mask = "[token, 2166 bytes]"
	cases := []struct{ name, text, want string }{
		{"nothing secret", "535 5.7.3 Authentication unsuccessful", "535 5.7.3 Authentication unsuccessful"},
		{"the token", "bad token " + token + "!", "bad token " + mask + "!"},
		{"the token twice", token + " " + token, mask + " " + mask},
		{"the token's beginning", "bad token " + token[:60] + "...", "bad token " + mask + "..."},
		{"a piece from its middle", "<" + token[1000:1016] + ">", "<" + mask + ">"},
		{"less than a piece", token[1000:1015], token[1000:1015]},
		{"the response in base64", "cannot decode " + sign.encoded(), "cannot decode " + mask},
		{"a piece of it", "=" + sign.encoded()[1500:1600] + "=", "=" + mask + "="},
		{"the token in base64 by itself", base64.StdEncoding.EncodeToString([]byte(token)), mask},
		{"the token torn by control characters", token[:10] + "\x00" + token[10:20] + "\x1b" + token[20:30], mask},
		{"the token with a line broken in", "a " + token[:100] + "\r\n" + token[100:200], "a " + mask + " " + mask},
		{"control characters", "\x1b[31mred\r\nline", "[31mred line"},
	}
	v := newVeil(sign)
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := v.keep(tc.text); got != tc.want {
				t.Errorf("shows %q, want %q", got, tc.want)
			}
		})
	}
	for shift := range 3 {
		text := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + "Bearer " + token))
		if shown := v.keep(text); strings.Contains(shown, text[20:36]) || !strings.Contains(shown, mask) {
			t.Errorf("base64 shifted by %d shows %q", shift, shown)
		}
	}
	if got := newVeil(xoauth2{}).keep("nothing to hide"); got != "nothing to hide" {
		t.Errorf("without a token: %q", got)
	}
	if got := newVeil(xoauth2{token: keychain.NewSecret("short")}).keep("a short one"); got != "a [token, 5 bytes] one" {
		t.Errorf("a token shorter than a piece: %q", got)
	}
}

func FuzzVeil(f *testing.F) {
	sign := xoauth2{mailbox: "crm@contoso.example", token: testToken(900)}
	token := sign.token.Reveal()
	v := newVeil(sign)
	f.Add("said ", 0, 900, " again")
	f.Add("\x1b", 17, 40, "\x00")
	f.Fuzz(func(t *testing.T, before string, from, length int, after string) {
		if from < 0 || from > len(token) || length < gram || length > len(token)-from {
			return
		}
		if shown := v.keep(before + token[from:from+length] + after); strings.Contains(shown, token[from:from+gram]) {
			t.Errorf("shows %q", shown)
		}
	})
}

func BenchmarkVeil(b *testing.B) {
	sign := xoauth2{mailbox: "crm@contoso.example", token: testToken(2166)}
	b.ReportAllocs()
	for b.Loop() {
		newVeil(sign).keep("535 5.7.3 Authentication unsuccessful")
	}
}
