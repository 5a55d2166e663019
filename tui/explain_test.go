package tui

import (
	"strings"
	"testing"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
)

// pastedSecretExpired is what a product's log says when a secret has ended, with what logs have
// beside it.
const pastedSecretExpired = "2026-11-19 06:00:12,511 ERROR [MailPoller-3] c.a.mail.OAuth - token request failed\r\n" +
	"POST https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token client_secret=" + testSecret + "&grant_type=client_credentials\r\n" +
	"{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000222: The provided client secret keys for app '" + testClient + "' are expired.\r\n" +
	"Trace ID: 0f3a1b2c-4d5e-4f60-8a7b-9c0d1e2f3a4b Correlation ID: 5c6d7e8f-9a0b-4c1d-8e2f-3a4b5c6d7e8f Timestamp: 2026-11-19 06:00:12Z\",\r\n" +
	"\"error_codes\":[7000222]}\r\n\tat com.example.mail.OAuth.token(OAuth.java:211)\r\n"

func explaining(t testing.TB, w *world) *stage {
	t.Helper()
	s := home(t, w)
	s.keys("e")
	s.mustShow("Explain an error", "paste it here")
	return s
}

func TestAPasteIsExplainedAtOnce(t *testing.T) {
	t.Chdir(t.TempDir())
	s := explaining(t, newWorld(t))
	s.paste(pastedSecretExpired)
	s.mustShow("secret-expired, certain", "token, getting a token", "Who      Entra admin", "AADSTS7000222")
	s.mustNotShow(testSecret)
	s.send(tea.WindowSizeMsg{Width: 120, Height: 40})
	s.mustShow("https://login.microsoftonline.com/error?code=7000222", "0f3a1b2c-4d5e-4f60-8a7b-9c0d1e2f3a4b", "5c6d7e8f-9a0b-4c1d-8e2f-3a4b5c6d7e8f",
		"2026-11-19 06:00:12Z", "See it on the practice tenant", "client_secret=********")
	s.keys("c")
	s.mustShow("no command mends this")
	s.keys("p")
	s.until("the clipboard", func() bool { return len(s.copied) == 1 })
	if s.copied[0] != "mailgrant setup --practice --scenario secret-expired" {
		t.Errorf("copied was %q", s.copied[0])
	}
}

func TestTheNextPasteTakesTheFirstOnesPlace(t *testing.T) {
	t.Chdir(t.TempDir())
	s := explaining(t, newWorld(t))
	s.paste(pastedSecretExpired)
	s.paste("535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled")
	s.mustShow("smtp-auth-disabled-mailbox", "sasl, signing in to the mail server", "Who      Exchange admin")
	s.mustNotShow("secret-expired", "AADSTS7000222")
	s.keys("c")
	s.until("the clipboard", func() bool { return len(s.copied) == 1 })
	if !strings.HasPrefix(s.copied[0], "Set-CASMailbox") {
		t.Errorf("copied was %q", s.copied[0])
	}
	s.paste(" \r\n\t")
	s.see("there is no text in it to explain")
	s.mustShow("smtp-auth-disabled-mailbox")
	s.keys("esc")
	s.settle()
	s.mustShow("Practise on a tenant")
}

func TestATypedTextWaitsForEnter(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, key := range []string{"enter", "ctrl+s"} {
		s := explaining(t, newWorld(t))
		s.keys(key)
		s.see("there is no text in it to explain")
		s.keys("AADSTS50126: quite wrong?") // with letters that are keys elsewhere
		s.mustShow("AADSTS50126: quite wrong?")
		s.keys(key)
		s.mustShow("wrong-credentials", "AADSTS50126: user name or password is wrong")
		s.keys("every key of a text", "enter", "n")
		s.mustShow("wrong-credentials")
		s.keys("ctrl+n")
		s.mustShow("paste it here")
		s.mustNotShow("wrong-credentials")
	}
}

func TestAnUnknownTextGetsAHumbleAnswer(t *testing.T) {
	t.Chdir(t.TempDir())
	s := explaining(t, newWorld(t))
	s.paste("the goblin in the outbox is on strike\nTrace ID: 0f3a1b2c-4d5e-4f60-8a7b-9c0d1e2f3a4b")
	s.mustShow("the goblin in the outbox", "so no cause is", "Next, paste more of the log", "not recognised", "0f3a1b2c-4d5e-4f60-8a7b-9c0d1e2f3a4b")
	s.mustNotShow("practice tenant:")
	s.keys("c")
	s.mustShow("no command mends this")
	s.keys("p")
	s.mustShow("the practice tenant does not show this")
	if len(s.copied) > 0 {
		t.Errorf("copied was %q", s.copied)
	}
}

func TestALongLogIsSearchedAtItsEnds(t *testing.T) {
	t.Chdir(t.TempDir())
	s := explaining(t, newWorld(t))
	const failure = "AADSTS7000222: The provided client secret keys are expired.\n"
	quiet := strings.Repeat("2026-11-19 06:00:00,000 INFO  [main] nothing happened here\n", 5_000)
	for _, c := range []struct {
		name, text string
		shown      []string
	}{
		{"at the end", quiet + failure, []string{"secret-expired", "more lines"}},
		{"at the beginning", failure + quiet, []string{"secret-expired", "more lines"}},
		{"in between", quiet + failure + quiet, []string{"so no cause is", "only the beginning and the end were searched"}},
		{"behind the first megabyte", quiet + quiet + quiet + quiet + failure, []string{"so no cause is", "only the first megabyte of the text was read"}},
		{"a short one", "nothing happened here", []string{"so no cause is"}},
	} {
		s.paste(c.text)
		for _, text := range c.shown {
			s.see(text)
		}
	}
	s.mustNotShow("were searched")
}

// TestNothingInAPasteActsOnTheTerminal pastes what a hostile server could have put into a log.
func TestNothingInAPasteActsOnTheTerminal(t *testing.T) {
	t.Chdir(t.TempDir())
	s := explaining(t, newWorld(t))
	for _, text := range hostileTexts() {
		s.paste(text)
		s.mustBeHarmless()
		s.mustFit()
	}
}

func hostileTexts() []string {
	return []string{
		"\x1b[2J\x1b]0;owned\x07AADSTS50126", "\x1b]52;c;ZXZpbA==\x07 535 5.7.3", "\u202e535 5.7.3 Authentication unsuccessful\u202c",
		"\x9b31m\xff\xfe535", "a\rb\x08\x08\x7f\u0085c\u2028d", "\x1b[200~nested\x1b[201~", strings.Repeat("x", 1<<20), strings.Repeat("日本語 ", 5000),
		"abc8\x00Q~aVeryWellKnownTestValueOf40Letters", "secret:\u200b" + testSecret, strings.Repeat("\n", 5000) + "535", "\x1bP" + strings.Repeat("q", 3000),
	}
}

// mustBeHarmless looks for what would act on a terminal. The frame's own colours are taken out
// first, by their exact form.
func (s *stage) mustBeHarmless() {
	s.t.Helper()
	content := withoutLink(s.root.View().Content)
	for {
		before, after, found := strings.Cut(content, "\x1b[")
		if !found {
			break
		}
		end := strings.IndexFunc(after, func(r rune) bool { return !strings.ContainsRune("0123456789;:", r) })
		if end < 0 || after[end] != 'm' {
			s.t.Fatalf("a sequence that is no colour is on the screen: %q", after[:min(len(after), 40)])
		}
		content = before + after[end+1:]
	}
	for _, r := range content {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			s.t.Fatalf("%U is on the screen:\n%q", r, content)
		}
	}
	if strings.Contains(content, testSecret) {
		s.t.Fatalf("the secret is on the screen:\n%s", s.text())
	}
}

// withoutLink takes out the link of an address to open, by its exact form.
func withoutLink(content string) string {
	for {
		before, after, found := strings.Cut(content, "\x1b]8;id=address;https://")
		if !found {
			return strings.ReplaceAll(content, "\x1b]8;;\x07", "")
		}
		end := strings.IndexFunc(after, func(r rune) bool { return r <= ' ' || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
		if end < 0 || after[end] != '\a' {
			return content // not ours: it is found out
		}
		content = before + after[end+1:]
	}
}

func FuzzExplainScreen(f *testing.F) {
	f.Add(pastedSecretExpired, uint8(80), uint8(24))
	for _, text := range hostileTexts() {
		f.Add(text[:min(len(text), 5000)], uint8(60), uint8(15))
	}
	f.Fuzz(func(t *testing.T, text string, width, height uint8) {
		s := &stage{t: t, root: newRoot(desk{Options: Options{Now: testNow, Road: &steps.Road{Catalogue: product.Embedded()}}}, func(d desk) screen { return newExplain(d) })}
		s.root.Update(tea.WindowSizeMsg{Width: int(width), Height: int(height)})
		s.root.Update(tea.PasteMsg{Content: text})
		s.mustFit()
		s.mustBeHarmless()
	})
}

// TestExplainOnATerminal runs the program itself: what was explained last is its outcome.
func TestExplainOnATerminal(t *testing.T) {
	t.Chdir(t.TempDir())
	term := newTerminal(t, nil, Explain)
	term.see("paste it here")
	term.send("\x1b[200~" + pastedSecretExpired + "\x1b[201~")
	term.see("secret-expired")
	term.send("\x1b")
	select {
	case <-term.done:
	case <-time.After(20 * time.Second):
		t.Fatalf("the program did not end:\n%s", term.screen())
	}
	if term.err != nil || term.outcome.Interrupted || !strings.Contains(term.outcome.Text, "AADSTS7000222") {
		t.Errorf("the outcome is %+v, %v", term.outcome, term.err)
	}
	if strings.Contains(term.outcome.Text+term.written(), testSecret) {
		t.Error("the secret in the log got out")
	}
}
