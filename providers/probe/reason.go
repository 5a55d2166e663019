package probe

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// reason gives trouble a sentence of its own, free of a server's raw bytes, while the error
// underneath can still be found with errors.Is and errors.As.
type reason struct {
	text  string
	cause error
}

func (r *reason) Error() string { return r.text }
func (r *reason) Unwrap() error { return r.cause }

// explain words an error of the network for a person.
func explain(err error, patience time.Duration) error {
	var timeout net.Error
	var lookup *net.DNSError
	switch {
	case errors.As(err, &lookup) && lookup.IsNotFound:
		return &reason{"the name has no address", err}
	case errors.As(err, &lookup) && lookup.IsTimeout:
		return &reason{fmt.Sprintf("the name service did not answer within %v", patience), err}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		// The deadline was the test's own: it must not look like the caller's context.
		return &reason{fmt.Sprintf("no answer within %v", patience), os.ErrDeadlineExceeded}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.ErrClosedPipe):
		return &reason{"the server closed the connection without an answer", err}
	case errors.Is(err, syscall.ECONNREFUSED):
		return &reason{"the connection was refused", err}
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return &reason{"the connection was reset", err}
	}
	if text := aboutTLS(err); text != "" {
		return &reason{text, err}
	}
	return &reason{providers.Clean(err.Error()), err}
}

// wording is the line for a person that a failed layer shows.
func wording(err error) string {
	var stage *providers.StageError
	var reply *providers.Reply
	switch {
	case errors.Is(err, context.Canceled):
		return "cancelled"
	case errors.Is(err, context.DeadlineExceeded):
		return "the time given to the test ran out"
	case errors.As(err, &stage):
		return stage.Err.Error()
	case errors.As(err, &reply) && reply.Challenge != nil && reply.Challenge.Status != "":
		return reply.Error() + " (challenge: status " + reply.Challenge.Status + ")"
	}
	return err.Error()
}
