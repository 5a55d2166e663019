package main

import (
	"context"
	"strings"
	"testing"
)

func TestSecretFromStandardInput(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ input, want string }{
		"no line end":                {"abc8Q~value", "abc8Q~value"},
		"one line end is removed":    {"abc8Q~value\n", "abc8Q~value"},
		"one of Windows too":         {"abc8Q~value\r\n", "abc8Q~value"},
		"a second one is kept":       {"abc8Q~value\n\n", "abc8Q~value\n"},
		"blanks are kept":            {" abc8Q~value ", " abc8Q~value "},
		"a lone carriage return too": {"abc8Q~value\r", "abc8Q~value\r"},
		"nothing":                    {"", ""},
		"only a line end":            {"\n", ""},
	} {
		console := newConsole(t)
		console.input = c.input
		secret, err := givenSecret(context.Background(), console.terminal(), true)
		if err != nil || secret.Reveal() != c.want {
			t.Errorf("%s: %q read as %q, %v", name, c.input, secret.Reveal(), err)
		}
	}
}

func TestSecretFromTheEnvironment(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	c.env["MAILGRANT_CLIENT_SECRET"] = "abc8Q~value\n"
	secret, err := givenSecret(context.Background(), c.terminal(), false)
	if err != nil || secret.Reveal() != "abc8Q~value\n" {
		t.Errorf("read as %q, %v: only standard input has an editor's line end", secret.Reveal(), err)
	}
	if _, err := givenSecret(context.Background(), c.terminal(), true); exitCode(err) != exitUsage {
		t.Errorf("two secrets gave %v", err)
	}
}

func TestSecretThatIsAFileInstead(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	c.input = strings.Repeat("x", 17<<10)
	_, err := givenSecret(context.Background(), c.terminal(), true)
	if exitCode(err) != exitUsage || strings.Contains(err.Error(), "xxx") {
		t.Errorf("a large input gave %v", err)
	}
}
