package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sound is an answers file without a mistake; its servers do not exist, which no case finds out.
const sound = `product: agiloft
route: ms-mail-cc
name: contoso
tenant: contoso.example
clientId: 11111111-2222-3333-4444-555555555555
objectId: 66666666-7777-8888-9999-000000000000
secretEnds: 2028-11-20
mailboxes:
  outbound: {address: crm@contoso.example}
  inbound:
    - {address: contracts@contoso.example, table: Contract}
sendTo: crm@contoso.example
store: file
endpoints:
  authority: https://127.0.0.1:1/
  imap: imaps://127.0.0.1:1
  smtp: smtp://127.0.0.1:1
`

// TestMistakesInAnAnswersFile is the table of what people get wrong in one: each is told with
// file, line, column and a fix, ends with 2, and leaves nothing behind.
func TestMistakesInAnAnswersFile(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		old, new     string // what is written instead in the sound file
		line, column int
		message      string // a part of it
	}{
		"unknown key":              {"sendTo:", "sentTo:", 12, 1, "sentTo"},
		"key in the wrong case":    {"clientId:", "clientid:", 5, 1, "clientid"},
		"secret among the answers": {"sendTo: crm@contoso.example", "clientSecret: abc8Q~value", 12, 1, "clientSecret"},
		"duplicate key":            {"name: contoso", "product: agiloft", 3, 1, "product"},
		"list instead of a text":   {"tenant: contoso.example", "tenant: [contoso.example]", 4, 9, "text"},
		"text instead of a list":   {"inbound:\n    - {address: contracts@contoso.example, table: Contract}", "inbound: contracts@contoso.example", 10, 12, "list"},
		"alias":                    {"tenant: contoso.example", "tenant: &t contoso.example", 4, 9, "alias"},
		"tab instead of blanks":    {"  outbound:", "\toutbound:", 9, 1, ""},
		"second document":          {"store: file", "---\nstore: file", 14, 1, "document"},
		"unknown product":          {"product: agiloft", "product: agilfot", 1, 10, "did you mean agiloft"},
		"unknown route":            {"route: ms-mail-cc", "route: ms-mail-imap", 2, 8, "ms-mail-imap"},
		"name with capitals":       {"name: contoso", "name: Contoso", 3, 7, `name "Contoso"`},
		"name of a device":         {"name: contoso", "name: con", 3, 7, "device name"},
		"tenant with a slash":      {"tenant: contoso.example", "tenant: contoso/x", 4, 9, "neither a GUID nor a domain"},
		"malformed client ID":      {"11111111-2222-3333-4444-555555555555", "11111111-2222-3333-4444", 5, 11, "11111111-2222-3333-4444"},
		"malformed object ID":      {"66666666-7777-8888-9999-000000000000", "none", 6, 11, "none"},
		"client ID as object ID":   {"66666666-7777-8888-9999-000000000000", "11111111-2222-3333-4444-555555555555", 6, 11, "same as the client ID"},
		"date of another country":  {"2028-11-20", "20.11.2028", 7, 13, "20.11.2028"},
		"outbound without an at":   {"{address: crm@contoso.example}", "{address: crm}", 9, 23, "crm"},
		"duplicate inbound":        {"table: Contract}", "table: Contract}\n    - Contracts@contoso.example", 12, 7, "given twice"},
		"unknown store":            {"store: file", "store: cupboard", 13, 8, "cupboard"},
		"authority without TLS":    {"https://127.0.0.1:1/", "http://127.0.0.1:1/", 15, 14, "http://127.0.0.1:1/"},
		"SMTP address for IMAP":    {"imaps://127.0.0.1:1", "smtps://127.0.0.1:1", 16, 9, "smtps://127.0.0.1:1"},
		"message without a sender": {"  outbound: {address: crm@contoso.example}\n", "", 11, 9, "outbound mailbox"},
		"unknown value":            {"store: file", "values: {base_uri: x}", 13, 20, "base_uri"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := strings.Replace(sound, c.old, c.new, 1)
			if text == sound {
				t.Fatalf("%q does not stand in the sound file", c.old)
			}
			console := newConsole(t)
			console.env["MAILGRANT_CLIENT_SECRET"] = "abc8Q~value"
			file := filepath.Join(t.TempDir(), "answers.yaml")
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			console.want(exitUsage, "setup", "--answers", file, "--json")
			var told errorJSON
			strict(t, console.out.String(), &told)
			if told.File != file || told.Line != c.line || told.Column != c.column || !strings.Contains(told.Message+told.Fix, c.message) || told.Fix == "" {
				t.Errorf("told %s\nwant %d:%d and %q", console.out.String(), c.line, c.column, c.message)
			}
			console.want(exitUsage, "setup", "--answers", file)
			holds(t, "standard error", console.talk.String(), told.Message)
			if console.out.String() != "" {
				t.Errorf("without --json standard output holds %q", console.out.String())
			}
			console.eachFile(func(path string, _ []byte) { t.Errorf("%s was written", path) })
		})
	}
}

// TestASoundAnswersFile keeps the table above honest: without a mistake nothing is refused.
func TestASoundAnswersFile(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	file := filepath.Join(t.TempDir(), "answers.yaml")
	if err := os.WriteFile(file, []byte(sound), 0o600); err != nil {
		t.Fatal(err)
	}
	c.want(exitOK, "setup", "--answers", file, "--dry-run")
}

// TestAnswersFilesThatAreNone are files that nobody wrote as answers.
func TestAnswersFilesThatAreNone(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, c := range map[string]struct {
		content string
		message string
	}{
		"more than 1 MB":  {"# " + strings.Repeat("x", 1<<20), "larger than 1 MiB"},
		"not UTF-8":       {"product: \xff\xfe", "UTF-8"},
		"an empty file":   {"", "file is empty"},
		"only a comment":  {"# later\n", "file is empty"},
		"a list":          {"- product\n", ""},
		"control in text": {"product: \"agi\\eloft\"\n", "agiloft"},
	} {
		c0 := newConsole(t)
		file := filepath.Join(folder, strings.ReplaceAll(name, " ", "-"))
		if err := os.WriteFile(file, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		c0.want(exitUsage, "setup", "--answers", file, "--json")
		var told errorJSON
		strict(t, c0.out.String(), &told)
		if !strings.Contains(told.Message, c.message) || strings.ContainsRune(told.Message, 0x1b) {
			t.Errorf("%s: told %q, want %q", name, told.Message, c.message)
		}
	}
	c := newConsole(t)
	c.want(exitUsage, "setup", "--answers", folder)
	holds(t, "standard error", c.talk.String(), "cannot be read")
}
