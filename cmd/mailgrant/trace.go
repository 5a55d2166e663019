package main

import (
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/mailgrant/mailgrant/providers/probe"
)

// trace is a file with the conversation of the tests.
type trace struct {
	mu   sync.Mutex
	file *os.File
}

func newTrace(path string) (*trace, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, usage("trace file %s cannot be written: %s", path, reason(err)).fixedBy("choose another path")
	}
	return &trace{file: file}, nil
}

func (f *trace) line(line probe.Line) {
	f.mu.Lock()
	defer f.mu.Unlock()
	fmt.Fprintln(f.file, traceLine(line))
}

// traceLine is a line of a conversation: when, in which test, > to the server or < from it.
func traceLine(line probe.Line) string {
	direction := "<"
	if line.Sent {
		direction = ">"
	}
	return fmt.Sprintf("%s %s %s %s %s", line.At.UTC().Format("15:04:05.000"), line.Probe, line.Mailbox, direction, line.Text)
}

func (f *trace) close() { _ = f.file.Close() }

// reason is the operating system's word without the path.
func reason(err error) string {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
