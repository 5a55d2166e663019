package oauth

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// CallTimeout bounds one exchange, and maxAnswer what is read of an answer, in bytes.
const (
	CallTimeout = 30 * time.Second
	maxAnswer   = 1 << 20
)

var errNoAnswer = fmt.Errorf("no answer within %s: %w", CallTimeout, os.ErrDeadlineExceeded)

// Wire makes single exchanges with the sign-in service: bounded in time and size, traced, and
// without following redirects, which would carry a secret to another place.
type Wire struct {
	Transport http.RoundTripper
	Now       func() time.Time
	Trace     func(Call) // may be called by several goroutines at the same time
}

// Answer is a whole HTTP answer.
type Answer struct {
	Host   string // whose it is, as host:port
	Status int
	Header http.Header
	Body   []byte
	At     time.Time
	Took   time.Duration
}

// Exchange sends the request and reads the answer, whatever its status. Its errors are the
// request's context's own or a *providers.StageError.
func (w Wire) Exchange(request *http.Request) (Answer, error) {
	call := Call{At: w.Now(), Method: request.Method, URL: bare(request.URL), CorrelationID: request.Header.Get("client-request-id")}
	start := time.Now()
	got, err := w.send(request)
	call.Took = time.Since(start)
	got.At, got.Took = call.At, call.Took
	var stage *providers.StageError
	switch {
	case errors.As(err, &stage):
		call.Code = string(stage.Stage)
	case err != nil:
		call.Code = "cancelled"
	case got.Status >= http.StatusBadRequest:
		refused := Refusal(got, nil)
		call.Code = refused.Code
		if refused.CorrelationID != "" {
			call.CorrelationID = refused.CorrelationID
		}
	}
	call.Status = got.Status
	w.Trace(call)
	return got, err
}

func (w Wire) send(request *http.Request) (Answer, error) {
	got := Answer{Host: hostPort(request.URL)}
	caller := request.Context()
	ctx, cancel := context.WithTimeoutCause(caller, CallTimeout, errNoAnswer)
	defer cancel()
	var reached progress
	response, err := w.Transport.RoundTrip(request.WithContext(reached.watch(ctx)))
	if err == nil {
		got.Status, got.Header = response.StatusCode, response.Header
		got.Body, err = io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
		_ = response.Body.Close() // what had to be read is read
		if err == nil && len(got.Body) > maxAnswer {
			err = fmt.Errorf("answer is larger than %d bytes", maxAnswer)
		}
	}
	switch {
	case err == nil:
		return got, nil
	case caller.Err() != nil:
		return got, caller.Err()
	case context.Cause(ctx) == errNoAnswer:
		err = errNoAnswer
	}
	return got, &providers.StageError{Stage: reached.stage(err), Host: got.Host, Err: tidy(err)}
}
