package oauth

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// Refusal reads an answer that is no success. hidden are secrets of the request that must not
// come back in a text. An answer that is not OAuth's, such as a proxy's page, keeps its status,
// has no Code, and shows the beginning of its text.
func Refusal(got Answer, hidden []string) *providers.AuthorityError {
	refused := &providers.AuthorityError{Status: got.Status, RetryAfter: retryAfter(got.Header, got.At)}
	body := Members(got.Body)
	code := body.Text("error")
	text := body.Text("error_description")
	if code == "" { // the older form that Graph and Google use: {"error": {"code": …, "message": …}}
		inner := Members(body["error"])
		code, text = inner.Text("code"), inner.Text("message")
	}
	if code == "" {
		refused.Description = pageText(got, hidden)
		return refused
	}
	keep := func(text string) string { return cleanHiding(text, hidden) }
	said := splitDescription(keep(text))
	refused.Code = keep(code)
	refused.Suberror = keep(body.Text("suberror"))
	refused.Description = said.text
	refused.TraceID = cmp.Or(keep(body.Text("trace_id")), said.trace)
	refused.CorrelationID = cmp.Or(keep(body.Text("correlation_id")), said.correlation)
	refused.Timestamp = cmp.Or(keep(body.Text("timestamp")), said.timestamp)
	refused.Claims = keep(body.Text("claims"))
	refused.Numbers = body.Numbers("error_codes")
	if len(refused.Numbers) == 0 {
		refused.Numbers = numbersIn(said.text)
	}
	return refused
}

// description is an error_description in its parts. Entra writes them after one another, with
// line ends between them or with blanks.
type description struct{ text, trace, correlation, timestamp string }

func splitDescription(text string) description {
	split := description{text: text}
	labels := []struct {
		label string
		part  *string
	}{
		{"Timestamp:", &split.timestamp},
		{"Correlation ID:", &split.correlation},
		{"Trace ID:", &split.trace},
	}
	// From the end, because the labels stand last and a text may speak of a correlation itself.
	for _, l := range labels {
		at := strings.LastIndex(split.text, l.label)
		if at < 0 {
			continue
		}
		*l.part = strings.TrimSpace(split.text[at+len(l.label):])
		split.text = strings.TrimSpace(split.text[:at])
	}
	return split
}

// numbersIn finds the numbers of AADSTS codes in a text, in order, each once.
func numbersIn(text string) []int {
	const prefix = "AADSTS"
	var found []int
	for {
		_, rest, more := strings.Cut(text, prefix)
		if !more {
			return found
		}
		digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
		number, err := strconv.Atoi(rest[:digits])
		if err == nil && number > 0 && !slices.Contains(found, number) {
			found = append(found, number)
		}
		text = rest
	}
}

// retryAfter reads the header in both its forms (RFC 9110 section 10.2.3), at most a day.
func retryAfter(header http.Header, now time.Time) time.Duration {
	value := header.Get("Retry-After")
	if value == "" {
		return 0
	}
	var wait time.Duration
	if seconds, err := strconv.Atoi(value); err == nil {
		wait = time.Duration(min(seconds, 86_400)) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		wait = at.Sub(now)
	}
	return max(0, min(wait, 24*time.Hour))
}
