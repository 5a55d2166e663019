package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/providers/practice"
)

// watched passes on what is written and calls seen once the text has appeared.
type watched struct {
	ink
	text string
	seen func()
}

func (w *watched) Write(data []byte) (int, error) {
	n, err := w.ink.Write(data)
	if strings.Contains(w.String(), w.text) {
		w.seen()
	}
	return n, err
}

// interrupted runs a command line and interrupts it as soon as text is said.
func (c *console) interrupted(text string, args ...string) (code int, talk string) {
	c.t.Helper()
	ctx, interrupt := context.WithCancel(context.Background())
	defer interrupt()
	place := c.terminal()
	silent, hold := io.Pipe() // standard input on which nothing ever comes
	defer hold.Close()
	place.in = silent
	said := &watched{text: text, seen: interrupt}
	place.talk = said
	ended := make(chan int, 1)
	go func() { ended <- runUntil(ctx, args, place) }()
	select {
	case code = <-ended:
	case <-time.After(time.Minute):
		c.t.Fatalf("interrupted, mailgrant %s did not end:\n%s", strings.Join(args, " "), said.String())
	}
	return code, said.String()
}

// TestCtrlCEndsEveryWait interrupts where the program waits: for a line, for a piped secret, and
// for a person at a browser. What was answered is kept as a draft.
func TestCtrlCEndsEveryWait(t *testing.T) {
	t.Parallel()
	d := newTenant(t, "healthy")
	device, err := d.answersFile(t.TempDir(), practice.RouteDevice, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		until string
		args  []string
		draft string
	}{
		"at a question":          {"Product [agiloft]", []string{"setup", "agiloft", "--plain"}, ""},
		"while someone signs in": {"mailgrant.signin/1", []string{"setup", "--answers", device, "--wait", "10m"}, "practice-agiloft-device"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newConsole(t)
			code, talk := c.interrupted(test.until, test.args...)
			if code != exitInterrupted {
				t.Errorf("it ended with %d, want 130:\n%s", code, talk)
			}
			if test.draft != "" {
				holds(t, "standard error", talk, filepath.Join(c.home, "drafts", test.draft+".yaml"))
			}
		})
	}
}

// TestCtrlCEndsTheWaitForAPipe reads standard input to its end, which never comes.
func TestCtrlCEndsTheWaitForAPipe(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"setup agiloft --secret-stdin", "explain"} {
		c := newConsole(t)
		place := c.terminal()
		silent, hold := io.Pipe()
		defer hold.Close()
		place.in = silent
		ctx, interrupt := context.WithCancel(context.Background())
		interrupt()
		if code := runUntil(ctx, strings.Fields(line), place); code != exitInterrupted {
			t.Errorf("%s ended with %d, want 130: %s", line, code, c.talk.String())
		}
	}
}
