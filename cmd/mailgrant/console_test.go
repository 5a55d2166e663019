package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
)

// console is a terminal for tests: a world of its own, with a home folder that goes away.
type console struct {
	t    *testing.T
	env  map[string]string
	home string
	// type what a person or a pipe gives.
	input  string
	person bool
	typed  []string // what a person types at hidden prompts, in order

	out  ink
	talk ink
}

// ink keeps what is written, also from several goroutines.
type ink struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (i *ink) Write(data []byte) (int, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.text.Write(data)
}

func (i *ink) String() string {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.text.String()
}

// newConsole is a place without a person, a keychain or any setting.
func newConsole(t *testing.T) *console {
	t.Helper()
	home := t.TempDir()
	return &console{t: t, home: home, env: map[string]string{"MAILGRANT_HOME": home, "MAILGRANT_PASSPHRASE": "a passphrase for tests"}}
}

func (c *console) terminal() *terminal {
	t := &terminal{
		in: strings.NewReader(c.input), out: &c.out, talk: &c.talk,
		getenv: func(name string) string { return c.env[name] }, person: c.person,
	}
	if c.person {
		t.readHidden = func(_ context.Context, prompt string) (string, error) {
			fmt.Fprintln(t.talk, prompt)
			if len(c.typed) == 0 {
				c.t.Error("a hidden prompt appeared for which the test has no answer")
				return "", context.Canceled
			}
			next := c.typed[0]
			c.typed = c.typed[1:]
			return next, nil
		}
	}
	return t
}

// run carries out a command line and returns the exit code; out and talk hold what this one said.
func (c *console) run(args ...string) int {
	c.t.Helper()
	return c.runUntil(context.Background(), args...)
}

func (c *console) runUntil(ctx context.Context, args ...string) int {
	c.t.Helper()
	c.out.text.Reset()
	c.talk.text.Reset()
	return runUntil(ctx, args, c.terminal())
}

// want runs a command line and fails the test if it ends with another code.
func (c *console) want(code int, args ...string) {
	c.t.Helper()
	if got := c.run(args...); got != code {
		c.t.Fatalf("mailgrant %s ended with %d, want %d\nstdout:\n%s\nstderr:\n%s", strings.Join(args, " "), got, code, c.out.String(), c.talk.String())
	}
}

// holds fails the test unless the text has every part in it.
func holds(t *testing.T, what, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s does not hold %q:\n%s", what, part, text)
		}
	}
}
