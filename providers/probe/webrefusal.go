package probe

import (
	"bytes"
	"context"
	"errors"
	"html"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// maxRetryAfter bounds how long a server may ask to be left alone.
const maxRetryAfter = 24 * time.Hour

// refusal types an answer as one that was not wanted. Its code and message are the protocol's to
// fill in; until then the message is the title of the page that a proxy or a wrong server shows.
func (c *web) refusal(command string, answer webAnswer) *providers.HTTPRefusal {
	words := pageTitle(answer.body)
	if location := answer.header.Get("Location"); location != "" && answer.status/100 == 3 {
		words = "redirected to " + location
	}
	return &providers.HTTPRefusal{
		Protocol:        c.test.attempt.Server.Protocol,
		Command:         command,
		Status:          answer.status,
		Message:         c.keep(words),
		RequestID:       c.keep(answer.header.Get("Request-Id")),
		Diagnostics:     c.keep(strings.Join(diagnostics(answer.header), "; ")),
		WWWAuthenticate: c.keep(strings.Join(answer.header.Values("Www-Authenticate"), ", ")),
		RetryAfter:      retryAfter(answer.header.Get("Retry-After"), c.test.prober.Now()),
	}
}

// diagnostics are the headers in which Exchange says more than in the answer's body: what is wrong
// with a token, and by which rule EWS is closed
// (https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-control-access-to-ews-in-exchange).
func diagnostics(header http.Header) []string {
	var said []string
	for _, name := range []string{"X-Ms-Diagnostics", "X-Ews-Policy-Reason"} {
		said = append(said, header.Values(name)...)
	}
	return said
}

// authorised ends the layer sasl by the first answer: a refusal of anything but the token shows
// that the token was taken.
func (t *test) authorised(ctx context.Context, err error) bool {
	var refusal *providers.HTTPRefusal
	if err == nil || errors.As(err, &refusal) && tokenTaken(refusal) {
		t.pass(providers.LayerSASL, t.ledger.lap(), "access token accepted")
		return true
	}
	return t.fail(ctx, providers.LayerSASL, t.ledger.lap(), err)
}

func tokenTaken(refusal *providers.HTTPRefusal) bool {
	switch {
	case refusal.Status == http.StatusUnauthorized, refusal.Status == http.StatusProxyAuthRequired:
		return false
	case refusal.Status >= 400 && refusal.Status < 500:
		return true
	}
	// EWS refuses a call that it has let in with HTTP 200 or 500.
	return refusal.Protocol == "ews" && refusal.Code != ""
}

// pageTitle is the title of an HTML page, or empty.
func pageTitle(page []byte) string {
	lower := bytes.ToLower(page)
	start := bytes.Index(lower, []byte("<title"))
	if start < 0 || len(lower) != len(page) {
		return ""
	}
	_, rest, _ := bytes.Cut(page[start:], []byte(">"))
	title, _, _ := bytes.Cut(rest, []byte("<"))
	return html.UnescapeString(string(title[:min(len(title), 200)]))
}

// retryAfter reads the header in both its forms (RFC 9110 section 10.2.3).
func retryAfter(value string, now time.Time) time.Duration {
	var wait time.Duration
	if seconds, err := strconv.ParseUint(value, 10, 31); err == nil {
		wait = time.Duration(seconds) * time.Second
	} else if at, err := http.ParseTime(value); err == nil {
		wait = at.Sub(now)
	}
	return max(0, min(wait, maxRetryAfter))
}
