package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// terminal is everything the program asks of the world around it. Nothing else in the program
// looks at the environment or at the standard streams.
type terminal struct {
	in     io.Reader
	out    io.Writer // results
	talk   io.Writer // conversation, on standard error
	getenv func(string) string
	// environ is the whole environment, for the terminal UI's colours.
	environ []string
	// person says that somebody sits at standard input and standard error; outSeen that standard
	// output is a terminal too.
	person  bool
	outSeen bool
	// readHidden shows a prompt and reads one line without echo; nil when there is nobody to type it.
	readHidden func(ctx context.Context, prompt string) (string, error)

	lines *bufio.Reader
}

func systemTerminal() *terminal {
	t := &terminal{
		in: os.Stdin, out: os.Stdout, talk: os.Stderr, getenv: os.Getenv, environ: os.Environ(),
		outSeen: term.IsTerminal(int(os.Stdout.Fd())),
	}
	if term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stderr.Fd())) {
		t.person = true
		t.readHidden = readPassword
	}
	return t
}

// readPassword shows a prompt and reads a line without echo. The echo goes before the prompt comes,
// so that not even the first letters of a fast paste are shown.
func readPassword(ctx context.Context, prompt string) (string, error) {
	before, err := term.MakeRaw(int(os.Stdin.Fd()))
	if err != nil {
		return "", err
	}
	defer func() { _ = term.Restore(int(os.Stdin.Fd()), before) }()
	return unlessEnded(ctx, func() (string, error) {
		pressed := &keys{}
		line, err := term.NewTerminal(pressed, "").ReadPassword(prompt)
		if pressed.interrupted {
			fmt.Fprint(os.Stderr, "\r\n")
			return "", context.Canceled
		}
		return line, err
	})
}

// keys are the keys pressed at a terminal in raw mode, where Ctrl+C is one of them. They are taken
// one at a time, so that what follows the line is left for the next question.
type keys struct{ interrupted bool }

func (k *keys) Read(into []byte) (int, error) {
	n, err := os.Stdin.Read(into[:1])
	const ctrlC = 0x03
	k.interrupted = k.interrupted || n == 1 && into[0] == ctrlC
	return n, err
}

func (k *keys) Write(data []byte) (int, error) { return os.Stderr.Write(data) }

// plainWanted says that lines are better than a drawn screen here: a screen reader, or a
// terminal that cannot draw.
func (t *terminal) plainWanted() bool {
	return t.getenv("MAILGRANT_ACCESSIBLE") != "" || t.getenv("TERM") == "dumb"
}

// line reads one line of standard input. The one reader serves all questions, so that piped
// answers are not lost between them.
func (t *terminal) line(ctx context.Context) (string, error) {
	if t.lines == nil {
		t.lines = bufio.NewReader(io.LimitReader(t.in, 1<<20))
	}
	return unlessEnded(ctx, func() (string, error) { return t.lines.ReadString('\n') })
}

// all reads standard input to its end, but no more than most bytes.
func (t *terminal) all(ctx context.Context, most int64) ([]byte, error) {
	return unlessEnded(ctx, func() ([]byte, error) { return io.ReadAll(io.LimitReader(t.in, most)) })
}

// unlessEnded reads, or gives up when ctx ends. A read of a terminal cannot be called back, so it
// is left behind; the program ends soon after.
func unlessEnded[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		value, err := read()
		done <- outcome{value, err}
	}()
	select {
	case got := <-done:
		return got.value, got.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// clock is the time that the program goes by: MAILGRANT_NOW, standing still, or the real one.
func (t *terminal) clock() (now func() time.Time, fixed bool, err error) {
	text := t.getenv("MAILGRANT_NOW")
	if text == "" {
		return time.Now, false, nil
	}
	moment, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return nil, false, usage("MAILGRANT_NOW %q is not a time", text).fixedBy("write it like 2026-11-21T12:00:00Z")
	}
	return func() time.Time { return moment }, true, nil
}
