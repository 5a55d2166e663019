package providers

import (
	"fmt"
	"strings"
	"time"
)

// HTTPRefusal is a refusal by a mail server that is spoken to over HTTPS, in its own words,
// cleaned: Microsoft Graph's JSON (https://learn.microsoft.com/graph/errors) or EWS's SOAP
// (https://learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode).
// EWS refuses with HTTP 200 as well.
type HTTPRefusal struct {
	Protocol        string // "graph", "ews"
	Command         string // what was refused: "mailFolders", "sendMail", "GetFolder"
	Status          int    // HTTP status
	Code            string // e.g. "ErrorAccessDenied"; empty where the answer has none
	Message         string
	RequestID       string        // what Microsoft's support finds the request by
	Diagnostics     string        // the headers x-ms-diagnostics and x-ews-policy-reason
	WWWAuthenticate string        // the header of that name, which comes with 401
	RetryAfter      time.Duration // how long the server asks to be left alone; 0 when it does not say
}

func (e *HTTPRefusal) Error() string {
	said := fmt.Sprintf("HTTP %d", e.Status)
	if e.Code != "" {
		said += " " + e.Code
	}
	for _, words := range []string{e.Message, e.Diagnostics, e.WWWAuthenticate} {
		if words = strings.TrimSpace(words); words != "" {
			said += ": " + words
			break
		}
	}
	return fmt.Sprintf("%s refused %s: %s", e.Protocol, e.Command, said)
}
