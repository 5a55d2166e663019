package practice

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// refusal is an error answer of Entra's endpoints. The sentences are Entra's own: people search
// for them, and programs recognise them.
type refusal struct {
	status     int
	code       string // OAuth 2.0 error
	number     int    // of AADSTS
	text       string
	suberror   string
	claims     string        // a Conditional Access challenge
	retryAfter time.Duration // sent as Retry-After unless zero
}

func (r *refusal) String() string { return fmt.Sprintf("AADSTS%d %s", r.number, r.code) }

func refuse(status int, code string, number int, format string, values ...any) *refusal {
	return &refusal{status: status, code: code, number: number, text: fmt.Sprintf(format, values...)}
}

func badRequest(code string, number int, format string, values ...any) *refusal {
	return refuse(http.StatusBadRequest, code, number, format, values...)
}

// badClient is used where the client itself could not be authenticated (RFC 6749 section 5.2).
func badClient(number int, format string, values ...any) *refusal {
	return refuse(http.StatusUnauthorized, "invalid_client", number, format, values...)
}

func missingParameter(name string) *refusal {
	return badRequest("invalid_request", 900144, "The request body must contain the following parameter: '%s'.", name)
}

func unavailable() *refusal {
	r := refuse(http.StatusServiceUnavailable, "temporarily_unavailable", 90033, "A transient error has occurred. Please try again.")
	r.retryAfter = 30 * time.Second
	return r
}

// body is the JSON of Entra's error answers
// (https://learn.microsoft.com/entra/identity-platform/reference-error-codes).
type body struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
	Codes       []int  `json:"error_codes"`
	Timestamp   string `json:"timestamp"`
	Trace       string `json:"trace_id"`
	Correlation string `json:"correlation_id"`
	URI         string `json:"error_uri"`
	Suberror    string `json:"suberror,omitempty"`
	Claims      string `json:"claims,omitempty"`
}

func (r *refusal) write(w http.ResponseWriter, request *http.Request, now time.Time) {
	answer := r.body(request, now)
	if r.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(r.retryAfter.Seconds())))
	}
	w.Header().Set("x-ms-request-id", answer.Trace)
	writeJSON(w, r.status, answer)
}

func (r *refusal) body(request *http.Request, now time.Time) body {
	trace, correlation := uuid.NewString(), correlationID(request)
	stamp := now.UTC().Format("2006-01-02 15:04:05Z")
	return body{
		Error: r.code,
		Description: fmt.Sprintf("AADSTS%d: %s Trace ID: %s Correlation ID: %s Timestamp: %s",
			r.number, r.text, trace, correlation, stamp),
		Codes:       []int{r.number},
		Timestamp:   stamp,
		Trace:       trace,
		Correlation: correlation,
		URI:         "https://login.microsoftonline.com/error?code=" + strconv.Itoa(r.number),
		Suberror:    r.suberror,
		Claims:      r.claims,
	}
}

// correlationID echoes the client's, as Entra does; only a GUID is taken for one.
func correlationID(request *http.Request) string {
	if id, err := uuid.Parse(request.Header.Get("client-request-id")); err == nil {
		return id.String()
	}
	return uuid.NewString()
}

func writeJSON(w http.ResponseWriter, status int, answer any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store, no-cache")
	w.Header().Set("Pragma", "no-cache")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(answer) // the client has gone; nobody is left to tell
}
