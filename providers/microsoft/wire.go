package microsoft

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

// callTimeout bounds one exchange, and maxAnswer what is read of an answer, in bytes.
const (
	callTimeout = 30 * time.Second
	maxAnswer   = 1 << 20
)

var errNoAnswer = fmt.Errorf("no answer within %s: %w", callTimeout, os.ErrDeadlineExceeded)

// wire makes single exchanges with the sign-in service: bounded in time and size, traced, and
// without following redirects, which would carry a secret to another place.
type wire struct {
	transport http.RoundTripper
	now       func() time.Time
	trace     func(Call)
}

// answer is a whole HTTP answer.
type answer struct {
	host   string // whose it is, as host:port
	status int
	header http.Header
	body   []byte
	at     time.Time
	took   time.Duration
}

// exchange sends the request and reads the answer, whatever its status. Its errors are the
// request's context's own or a *providers.StageError.
func (w wire) exchange(request *http.Request) (answer, error) {
	call := Call{At: w.now(), Method: request.Method, URL: bare(request.URL), CorrelationID: request.Header.Get("client-request-id")}
	start := time.Now()
	got, err := w.send(request)
	call.Took = time.Since(start)
	got.at, got.took = call.At, call.Took
	var stage *providers.StageError
	switch {
	case errors.As(err, &stage):
		call.Code = string(stage.Stage)
	case err != nil:
		call.Code = "cancelled"
	case got.status >= http.StatusBadRequest:
		refused := refusal(got, nil)
		call.Code = refused.Code
		if refused.CorrelationID != "" {
			call.CorrelationID = refused.CorrelationID
		}
	}
	call.Status = got.status
	w.trace(call)
	return got, err
}

func (w wire) send(request *http.Request) (answer, error) {
	got := answer{host: hostPort(request.URL)}
	caller := request.Context()
	ctx, cancel := context.WithTimeoutCause(caller, callTimeout, errNoAnswer)
	defer cancel()
	var reached progress
	response, err := w.transport.RoundTrip(request.WithContext(reached.watch(ctx)))
	if err == nil {
		got.status, got.header = response.StatusCode, response.Header
		got.body, err = io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
		_ = response.Body.Close() // what had to be read is read
		if err == nil && len(got.body) > maxAnswer {
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
	return got, &providers.StageError{Stage: reached.stage(err), Host: got.host, Err: tidy(err)}
}
