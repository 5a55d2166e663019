package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers/practice"
	"github.com/mailgrant/mailgrant/steps"
)

// reply is what somebody answers when a prompt begins with these words. Each serves once, in
// order; prompts that none is meant for get an empty line.
type reply struct {
	prompt, answer string
	first          func()                   // done before answering, as mending a fault
	find           func(said string) string // the answer, where it follows from what was said; nil: answer
}

// partner reads prompts and answers them, as a person before the terminal or a program behind a
// pipe would.
type partner struct {
	ink
	replies []reply
	left    string // of an answer that was not read to its end
	code    func(code string)
	codes   int
}

var enterCode = regexp.MustCompile(`open \S+ and enter ([A-Z0-9]+)`)

func (p *partner) Write(data []byte) (int, error) {
	n, err := p.ink.Write(data)
	if seen := enterCode.FindAllStringSubmatch(p.String(), -1); len(seen) > p.codes && p.code != nil {
		p.codes = len(seen)
		p.code(seen[len(seen)-1][1])
	}
	return n, err
}

func (p *partner) Read(into []byte) (int, error) {
	if p.left == "" {
		text := p.String()
		prompt := text[strings.LastIndex(text, "\n")+1:]
		p.left = p.answer(prompt)
		if p.left == "" {
			return 0, io.EOF
		}
	}
	n := copy(into, p.left)
	p.left = p.left[n:]
	return n, nil
}

const hangUp = "\x00" // an answer that ends standard input

func (p *partner) answer(prompt string) string {
	if len(p.replies) > 0 && strings.HasPrefix(prompt, p.replies[0].prompt) {
		next := p.replies[0]
		p.replies = p.replies[1:]
		if next.first != nil {
			next.first()
		}
		if next.find != nil {
			next.answer = next.find(p.String())
		}
		if next.answer == hangUp {
			return ""
		}
		return next.answer + "\n"
	}
	return "\n"
}

// talkWith runs a command line with a partner at standard input.
func (c *console) talkWith(p *partner, args ...string) int {
	c.t.Helper()
	c.out.text.Reset()
	place := c.terminal()
	place.in, place.talk = p, p
	code := runUntil(context.Background(), args, place)
	if len(p.replies) > 0 {
		c.t.Errorf("nobody asked %q; the conversation was\n%s", p.replies[0].prompt, p.String())
	}
	return code
}

// servers writes an answers file that names nothing but a tenant's servers, so that everything
// else is asked for.
func (c *console) servers(d *tenant) string {
	c.t.Helper()
	text, err := yaml.Marshal(map[string]any{"endpoints": practiceAnswers(d.Describe().Answers[practice.RouteAppOnly]).Endpoints})
	if err != nil {
		c.t.Fatal(err)
	}
	path := filepath.Join(c.t.TempDir(), "servers.yaml")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		c.t.Fatal(err)
	}
	return path
}

// TestPlainAsksForEverything answers every question through a pipe, some of them wrongly first,
// goes back once, and meets a fault that is mended in the middle.
func TestPlainAsksForEverything(t *testing.T) {
	t.Parallel()
	d := newTenant(t, "imap-disabled-mailbox")
	described := d.Describe()
	c := newConsole(t)
	p := &partner{replies: []reply{
		{prompt: "Product", answer: "9"},
		{prompt: "Product", answer: "1"},
		{prompt: "Way to sign in", answer: "ms-mail-device"},
		{prompt: "Outbound address", answer: "<"},
		{prompt: "Product [agiloft]", answer: ""},
		{prompt: "Way to sign in [ms-mail-device]", answer: "1"},
		{prompt: "Outbound address", answer: "crm at contoso"},
		{prompt: "Outbound address", answer: "crm@contoso.example"},
		{prompt: "Inbound 1 address", answer: "sourcing@contoso.example"},
		{prompt: "Table", answer: "Sourcing Event"},
		{prompt: "Inbound 2 address", answer: "Sourcing@contoso.example"},
		{prompt: "Inbound 2 address", answer: ""},
		{prompt: "Tenant ID or domain", answer: described.Tenant},
		{prompt: "Application (client) ID", answer: "7d1f9a24"},
		{prompt: "Application (client) ID", answer: described.ClientID},
		{prompt: "Client secret, Value", answer: "99999999-8888-7777-6666-555555555555"},
		{prompt: "Client secret, Value", answer: described.ClientSecret},
		{prompt: "Secret ends on", answer: "2028-10-22"},
		{prompt: "Name of this connection", answer: "desk"},
		{prompt: "Send one test message to", answer: "sourcing@contoso.example"},
		{prompt: "Mend it and try again?", answer: "y", first: func() { d.mend(t, "imap-disabled-mailbox") }},
	}}
	if code := c.talkWith(p, "setup", "--plain", "--store", "file", "--answers", c.servers(d)); code != exitOK {
		t.Fatalf("it ended with %d:\n%s\n%s", code, p.String(), c.out.String())
	}
	holds(t, "standard output", c.out.String(), "desk: agiloft, route ms-mail-cc, verified", "mailgrant show desk")
	holds(t, "the conversation", p.String(),
		"9 is not one of the numbers from 1 to", "given twice", "secret-id-instead-of-value",
		"cause: imap-disabled-mailbox", "Add-MailboxPermission -Identity \"sourcing@contoso.example\"", "message")
	if strings.Contains(p.String()+c.out.String(), described.ClientSecret) {
		t.Error("the secret was printed")
	}
	connection, err := steps.Folder{Root: c.home}.Connection("desk")
	if err != nil || connection.Answers.Mailboxes.Inbound[0].Table != "Sourcing Event" || connection.SecretEnds != "2028-10-22" {
		t.Errorf("saved was %+v, %v", connection.Answers, err)
	}
	c.rotatesAtThePrompt(d, connection)
}

// rotatesAtThePrompt replaces a secret that has ended, as a person at a screen reader would.
func (c *console) rotatesAtThePrompt(d *tenant, connection steps.Connection) {
	c.t.Helper()
	place := c.terminal()
	store, err := (&stores{terminal: place, home: c.home}).of("file")
	if err != nil {
		c.t.Fatal(err)
	}
	if err := store.Set(context.Background(), keychain.ClientSecret(connection.ID), keychain.NewSecret("former~secret")); err != nil {
		c.t.Fatal(err)
	}
	c.person, c.typed = true, []string{d.Describe().ClientSecret}
	c.env["MAILGRANT_ACCESSIBLE"] = "1"
	p := &partner{replies: []reply{{prompt: "New secret ends on", answer: "2030-01-31"}}}
	if code := c.talkWith(p, "rotate", "desk"); code != exitOK {
		c.t.Fatalf("rotate ended with %d:\n%s", code, p.String())
	}
	holds(c.t, "standard output", c.out.String(), "replace the old secret in these 6 places", "mail.agiloft.smtp.device-token.payload.3")
	holds(c.t, "the conversation", p.String(), "New client secret, Value (hidden): ")
}

// TestPlainEndsWhereInputEnds tells the two ends apart: in the middle of the questions a person
// is needed; after a failure that nobody will mend, it is a failure.
func TestPlainEndsWhereInputEnds(t *testing.T) {
	t.Parallel()
	d := newTenant(t, "secret-expired")
	c := newConsole(t)
	c.env["MAILGRANT_STORE"] = "file"
	file, err := d.answersFile(t.TempDir(), practice.RouteAppOnly, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &partner{replies: []reply{{prompt: "Outbound address [crm@contoso.example]", answer: hangUp}}}
	if code := c.talkWith(p, "setup", "--plain", "--answers", file); code != exitNeedsPerson {
		t.Errorf("in the middle it ended with %d, want 3:\n%s", code, p.String())
	}
	holds(t, "the conversation", p.String(), "kept as a draft", "standard input ended")

	c.env["MAILGRANT_CLIENT_SECRET"] = d.Describe().ClientSecret
	p = &partner{replies: []reply{{prompt: "Mend it and try again?", answer: hangUp}}}
	if code := c.talkWith(p, "setup", "--plain", "--answers", file); code != exitFailed {
		t.Errorf("after a failure it ended with %d, want 1:\n%s", code, p.String())
	}
	holds(t, "standard output", c.out.String(), "cause: secret-expired")
}

// TestPlainAsksAboutAnotherAccount lets a bystander sign in: the person at the terminal says that
// this is somebody else, and nothing is saved.
func TestPlainAsksAboutAnotherAccount(t *testing.T) {
	t.Parallel()
	d := newTenant(t, "healthy")
	c := newConsole(t)
	c.person = true
	file, err := d.answersFile(t.TempDir(), practice.RouteDevice, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &partner{
		replies: []reply{
			{prompt: "alex.meyer@contoso.example signed in, but the mailbox is crm@contoso.example.", answer: "n"},
			{prompt: "Mend it and try again?", answer: "n"},
		},
		code: func(code string) {
			if _, _, err := d.enter(code, "alex.meyer@contoso.example", "approve"); err != nil {
				t.Error(err)
			}
		},
	}
	if code := c.talkWith(p, "setup", "--plain", "--answers", file); code != exitNeedsPerson {
		t.Errorf("it ended with %d, want 3:\n%s", code, p.String())
	}
	holds(t, "standard output", c.out.String(), "wrong-user-signed-in", "draft")
	if _, err := os.Stat(filepath.Join(c.home, "connections")); err == nil {
		t.Error("something was saved as proved")
	}
}

// TestQuestionsBeforeHarm makes sure that a person is asked before something goes or shows.
func TestQuestionsBeforeHarm(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	c.person = true
	file := filepath.Join(c.home, "connections", "one.yaml")
	saved := "product: agiloft\nroute: ms-mail-device\nname: one\ntenant: contoso.example\nclientId: 11111111-2222-3333-4444-555555555555\n" +
		"mailboxes: {inbound: [{address: contracts@contoso.example, table: Contract}]}\nvalues: {base_kb_uri: \"https://kb.example\"}\nid: 0123456789abcdef0123456789abcdef\n"
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(saved), 0o600); err != nil {
		t.Fatal(err)
	}
	p := &partner{replies: []reply{{prompt: "Remove one from this computer?", answer: "n"}}}
	if code := c.talkWith(p, "forget", "one"); code != exitOK {
		t.Errorf("forget ended with %d", code)
	}
	if _, err := os.Stat(file); err != nil {
		t.Error("the connection is gone although the answer was no")
	}

	place := c.terminal()
	p = &partner{replies: []reply{{prompt: "Show the client secret on this screen?", answer: "n"}}}
	place.in, place.talk, place.outSeen = p, p, true
	if code := runUntil(context.Background(), []string{"show", "one", "--reveal"}, place); code != exitOK || c.out.String() != "" {
		t.Errorf("show ended with %d and printed %q although the answer was no", code, c.out.String())
	}

	p = &partner{replies: []reply{{prompt: "Remove one from this computer?", answer: "y"}}}
	if code := c.talkWith(p, "forget", "one"); code != exitOK {
		t.Errorf("forget ended with %d", code)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("the connection is still there although the answer was yes")
	}
}

// TestSignInsAtATerminal connects one mailbox by device code and checks it again: each time the
// person at the terminal is shown a code, and nothing else is asked.
func TestSignInsAtATerminal(t *testing.T) {
	t.Parallel()
	d := newTenant(t, "healthy")
	c := newConsole(t)
	c.person = true
	file, err := d.answersFile(t.TempDir(), practice.RouteDevice, func(answers *steps.Answers) {
		answers.Mailboxes.Outbound, answers.Mailboxes.Inbound = nil, answers.Mailboxes.Inbound[:1]
	})
	if err != nil {
		t.Fatal(err)
	}
	browser := func(code string) {
		if _, _, err := d.enter(code, "contracts@contoso.example", "approve"); err != nil {
			t.Error(err)
		}
	}
	for _, args := range [][]string{{"setup", "--plain", "--answers", file}, {"check"}, {"check", "--all"}} {
		p := &partner{code: browser}
		if code := c.talkWith(p, args...); code != exitOK {
			t.Fatalf("%v ended with %d:\n%s\n%s", args, code, p.String(), c.out.String())
		}
		holds(t, "standard output", c.out.String(), "practice-agiloft-device: agiloft, route ms-mail-device, verified")
		holds(t, "the conversation", p.String(), "sign in as contracts@contoso.example, not as yourself", "signed in as contracts@contoso.example")
		if p.codes != 1 {
			t.Errorf("%v showed %d codes, want 1", args, p.codes)
		}
	}
}
