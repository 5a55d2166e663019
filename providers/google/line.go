package google

import (
	"net/http"

	"github.com/mailgrant/mailgrant/providers/oauth"
)

// line carries the requests of one sign-in for the OAuth library, and keeps the last answer: the
// library's own errors quote whole answers and with them tokens.
type line struct {
	wire   oauth.Wire
	answer oauth.Answer
}

func (l *line) RoundTrip(request *http.Request) (*http.Response, error) {
	got, err := l.wire.Exchange(request)
	if err != nil {
		return nil, err
	}
	l.answer = got
	return oauth.Respond(request, got.Status, got.Body), nil
}

// client sends over the line and follows no redirect, which would carry a secret elsewhere.
func (l *line) client() *http.Client {
	return &http.Client{
		Transport:     l,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
