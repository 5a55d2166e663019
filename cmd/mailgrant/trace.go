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
	mu     sync.Mutex
	file   *os.File
	failed error // the first line that could not be written
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
	if _, err := fmt.Fprintln(f.file, traceLine(line)); err != nil && f.failed == nil {
		f.failed = notWritten("trace", f.file, err)
	}
}

// traceLine is a line of a conversation: when, in which test, > to the server or < from it.
func traceLine(line probe.Line) string {
	direction := "<"
	if line.Sent {
		direction = ">"
	}
	return fmt.Sprintf("%s %s %s %s %s", line.At.UTC().Format("15:04:05.000"), line.Probe, line.Mailbox, direction, line.Text)
}

func (f *trace) close() error { return errors.Join(f.failed, f.file.Close()) }

// notWritten says that a file which was asked for is not whole.
func notWritten(what string, file *os.File, err error) error {
	return fmt.Errorf("%s file %s is not complete: %s; the check itself was made, choose another place for the file", what, file.Name(), reason(err))
}

// closed closes a file and tells when it is not whole, whatever the command itself came to.
func closed(t *terminal, err error, close func() error) error {
	failed := close()
	if failed == nil {
		return err
	}
	printError(t.talk, failed)
	if err == nil {
		return &silent{exitFailed}
	}
	return err
}

// reason is the operating system's word without the path.
func reason(err error) string {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
