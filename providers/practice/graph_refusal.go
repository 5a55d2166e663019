package practice

import (
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// graphRefusal is an error answer of Microsoft Graph (https://learn.microsoft.com/graph/errors).
// The sentences are Graph's own: people search for them, and programs recognise them.
type graphRefusal struct {
	status     int
	code       string
	message    string
	retryAfter time.Duration // sent as Retry-After unless zero
}

func (r *graphRefusal) String() string { return fmt.Sprintf("%d %s: %s", r.status, r.code, r.message) }

func (r *graphRefusal) write(w http.ResponseWriter, request *http.Request, now time.Time) {
	id, client := identify(w, request)
	if r.status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="`+graphAppID+`"`)
	}
	if r.retryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(r.retryAfter.Seconds())))
	}
	writeJSON(w, r.status, map[string]any{"error": map[string]any{
		"code": r.code, "message": r.message,
		"innerError": map[string]string{
			"date": now.UTC().Format("2006-01-02T15:04:05"), "request-id": id, "client-request-id": client,
		},
	}})
}

func graphBadRequest(message string) *graphRefusal {
	return &graphRefusal{status: http.StatusBadRequest, code: "BadRequest", message: message}
}

func graphMethodNotAllowed() *graphRefusal {
	return &graphRefusal{status: http.StatusMethodNotAllowed, code: "Request_BadRequest", message: "Specified HTTP method is not allowed for the request target."}
}

func graphUnknownSegment(path []string) *graphRefusal {
	last := ""
	if len(path) > 0 {
		last = path[0]
	}
	return graphBadRequest("Resource not found for the segment '" + last + "'.")
}

// invalidToken is a token that is not taken at all. Its number stands for why in Graph's own words.
func invalidToken(why error) *graphRefusal {
	message := "CompactToken validation failed with reason code: 80049228."
	switch why {
	case errNoToken:
		message = "Access token is empty."
	case errMalformed:
		message = "CompactToken parsing failed with error code: 80049217"
	case errTokenOver:
		message = "Lifetime validation failed, the token is expired."
	case errOtherService:
		message = "Access token validation failure. Invalid audience."
	}
	return &graphRefusal{status: http.StatusUnauthorized, code: "InvalidAuthenticationToken", message: message}
}

func accessDenied() *graphRefusal {
	return &graphRefusal{status: http.StatusForbidden, code: "ErrorAccessDenied", message: "Access is denied. Check credentials and try again."}
}

func graphItemNotFound(what string) *graphRefusal {
	return &graphRefusal{status: http.StatusNotFound, code: "ErrorItemNotFound", message: "The specified object was not found in the store., " + what}
}

func mailboxNotEnabled() *graphRefusal {
	return &graphRefusal{status: http.StatusNotFound, code: "MailboxNotEnabledForRESTAPI", message: "The mailbox is either inactive, soft-deleted, or is hosted on-premise."}
}

func graphUnavailable() *graphRefusal {
	return &graphRefusal{
		status: http.StatusServiceUnavailable, code: "serviceNotAvailable",
		message: "The service is temporarily unavailable. Try again later.", retryAfter: 30 * time.Second,
	}
}

func applicationThrottled() *graphRefusal {
	return &graphRefusal{
		status: http.StatusTooManyRequests, code: "ApplicationThrottled",
		message: "Application is over its MailboxConcurrency limit.", retryAfter: 30 * time.Second,
	}
}
