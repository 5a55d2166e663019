package oauth

import (
	"net/url"
	"time"
)

// Call is one exchange with the sign-in service, for a trace or a report. It holds no bodies.
type Call struct {
	At     time.Time
	Method string
	URL    string        // without its query
	Status int           // HTTP status; 0 when no answer came
	Took   time.Duration // until the answer was read
	// CorrelationID is the one in the answer, or else the one that was sent.
	CorrelationID string
	// Code is the error the service answered with, such as "authorization_pending", or the
	// stage at which no answer came, such as "connect". Empty when it went well.
	Code string
}

// bare is an address as it may stand in a trace: its query and any user name left out.
func bare(u *url.URL) string {
	shown := *u
	shown.User, shown.RawQuery, shown.Fragment = nil, "", ""
	return shown.String()
}
