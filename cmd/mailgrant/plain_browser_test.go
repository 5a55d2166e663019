package main

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/mailgrant/mailgrant/steps"
)

var openPage = regexp.MustCompile(`(?m)^https://\S+/authorize\?\S+$`)

// endsAt is where a browser on another machine ends up: at an address that it cannot reach, and
// that its person copies.
func (d *tenant) endsAt(t *testing.T, said, account string) string {
	t.Helper()
	pages := openPage.FindAllString(said, -1)
	if len(pages) == 0 {
		t.Fatalf("no page to open was told:\n%s", said)
	}
	elsewhere := *d.browser
	elsewhere.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := elsewhere.PostForm(pages[len(pages)-1], url.Values{"account": {account}, "action": {"approve"}})
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.Header.Get("Location")
}

// TestPlainTakesTheAddressOfABrowserElsewhere signs in on a host without a browser: rubbish and the
// answer to another sign-in are refused with a reason, the right address goes on.
func TestPlainTakesTheAddressOfABrowserElsewhere(t *testing.T) {
	t.Parallel()
	d := newTenant(t, "")
	c := newConsole(t)
	c.env["MAILGRANT_STORE"], c.env["MAILGRANT_PASSPHRASE"] = "file", "a passphrase for tests"
	c.env["MAILGRANT_CLIENT_SECRET"] = d.Describe().ClientSecret
	answers := d.papers("ms-mail-code").With(steps.KeyProof, "loopback")
	text, err := yaml.Marshal(answers)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "answers.yaml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	const prompt = "Press enter when the browser has signed in"
	p := &partner{}
	p.replies = []reply{
		{prompt: prompt, answer: "rubbish"},
		{prompt: prompt, answer: "http://localhost:1/?code=somebody&state=somebody"},
		{prompt: prompt, find: func(said string) string { return d.endsAt(t, said, "crm@contoso.example") }},
		{prompt: prompt, find: func(said string) string { return d.endsAt(t, said, "sourcing@contoso.example") }},
	}
	if code := c.talkWith(p, "setup", "--plain", "--answers", file); code != exitOK {
		t.Fatalf("exit code %d\n%s", code, p.String())
	}
	said := p.String()
	holds(t, "the conversation", said, "holds no code", "another sign-in", "signed in as crm@contoso.example", "signed in as sourcing@contoso.example")
	if strings.Contains(said, "code=1.") {
		t.Errorf("a code is in the conversation:\n%s", said)
	}
}
