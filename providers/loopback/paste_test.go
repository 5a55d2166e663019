package loopback

import (
	"errors"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

func TestPasteTakesTheUsualShapes(t *testing.T) {
	t.Parallel()
	good := query("code", theCode, "state", expected)
	whole := "http://localhost:8421/back?" + good
	for name, text := range map[string]string{
		"whole address":               whole,
		"only the query":              good,
		"query with its mark":         "?" + good,
		"blanks around it":            "  " + whole + "\r\n",
		"broken into lines":           whole[:40] + "\n   " + whole[40:60] + "\r\n" + whole[60:],
		"in quotes":                   `"` + whole + `"`,
		"in angle brackets":           "<" + whole + ">",
		"with what a browser appends": whole + "#",
		"with a fragment after it":    whole + "#_=_",
		"as a fragment":               "http://localhost:8421/back#" + good,
		"without its scheme":          "localhost:8421/back?" + good,
		"with marks that nobody sees": "\u200e" + whole + "\u200b",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := unplugged()
			if err := l.Paste(text); err != nil {
				t.Fatal(err)
			}
			if code, err := l.Wait(t.Context()); err != nil || code != keychain.NewSecret(theCode) {
				t.Errorf("it gives another code, or %v", err)
			}
		})
	}
}

func TestPasteSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, text, words string }{
		{"nothing", " \n", "nothing was pasted"},
		{"something else", "hello", "holds no code"},
		{"address without a query", "http://localhost:8421/back", "holds no code"},
		{"address of another sign-in", "http://localhost:8421/back?" + query("code", theCode, "state", "OTHER"), "belongs to another sign-in"},
		{"only the code", "code=" + theCode, "its state is missing"},
		{"bare code", theCode, "holds no code"},
		{"state and nothing else", "?" + query("state", expected), "holds no code"},
		{"page to sign in at", "https://login.example.test/authorize?" + query("client_id", "x", "code_challenge", "y", "state", expected), "is the one to open"},
		{"cut in a percent sign", "?" + query("code", theCode, "state", expected) + "%", "damaged"},
		{"refusal of another sign-in", "?" + query("error", "access_denied", "state", "OTHER"), "belongs to another sign-in"},
		{"far too long", strings.Repeat("x", maxAnswer+1), "longer than"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			l := unplugged()
			err := l.Paste(tc.text)
			if err == nil || !strings.Contains(err.Error(), tc.words) || !l.waits() {
				t.Errorf("it says %v; it waits on: %v", err, l.waits())
			}
			if err != nil && strings.Contains(err.Error(), theCode) {
				t.Errorf("it shows the code in %q", err)
			}
		})
	}
}

func TestPasteOfARefusalEndsTheSignIn(t *testing.T) {
	t.Parallel()
	l := unplugged()
	if err := l.Paste("http://localhost:8421/back?" + query("error", "access_denied", "state", expected)); err != nil {
		t.Fatal(err)
	}
	_, err := l.Wait(t.Context())
	var refused *providers.AuthorityError
	if !errors.As(err, &refused) || refused.Code != "access_denied" {
		t.Errorf("it gives %v", err)
	}
	if err := l.Paste(query("code", theCode, "state", expected)); err == nil || !strings.Contains(err.Error(), "answered already") {
		t.Errorf("a later one gives %v", err)
	}
}

func FuzzPaste(f *testing.F) {
	f.Add("http://localhost:8421/back?" + query("code", theCode, "state", expected))
	f.Add("?" + query("error", "x", "error_description", "AADSTS65001: \x1b", "state", expected))
	f.Add("code=" + theCode + "\n&state=" + expected)
	f.Add("%zz?=#&;")
	f.Fuzz(func(t *testing.T, text string) {
		l := unplugged()
		err := l.Paste(text)
		if (err == nil) == l.waits() {
			t.Errorf("it says %v; it waits on: %v", err, l.waits())
		}
		if err != nil && providers.Clean(err.Error()) != err.Error() {
			t.Errorf("it says %q", err)
		}
		if !l.waits() && l.err == nil && l.code.IsZero() {
			t.Errorf("%q gives neither a code nor a refusal", text)
		}
	})
}
