package providers

import (
	"fmt"
	"strings"
	"time"
)

// AuthorityError is a refusal by the sign-in service: the members of its JSON error body
// (OAuth 2.0, RFC 6749 section 5.2, with Entra's additions). Its texts are cleaned.
type AuthorityError struct {
	Status        int    // HTTP status; 0 when the refusal came through the browser
	Code          string // error, e.g. "invalid_client"
	Suberror      string
	Numbers       []int  // error_codes: the AADSTS numbers, nearest first
	Description   string // error_description without trace, correlation ID and time
	TraceID       string
	CorrelationID string
	Timestamp     string // as the service wrote it
	Claims        string // a Conditional Access challenge, when there is one
	// RetryAfter is how long the service asks to be left alone, usually with HTTP 429 or 503; 0
	// when it does not say.
	RetryAfter time.Duration
}

func (e *AuthorityError) Error() string {
	if e.Description == "" && e.Status == 0 {
		return "the sign-in service refused in the browser: " + e.Code
	}
	if e.Description == "" {
		return fmt.Sprintf("the sign-in service refused: HTTP %d %s", e.Status, e.Code)
	}
	return "the sign-in service refused: " + e.Description
}

// Number is the AADSTS number that decides, or 0.
func (e *AuthorityError) Number() int {
	if len(e.Numbers) == 0 {
		return 0
	}
	return e.Numbers[0]
}

// Reply is a refusal by a mail server, in its own words, cleaned.
type Reply struct {
	Protocol  string     // "imap", "smtp", "pop3"
	Command   string     // the command that was refused, without arguments: "AUTHENTICATE", "EXAMINE", "RCPT"
	Status    string     // IMAP "NO", "BAD", "BYE"; POP3 "-ERR"; SMTP the three digits
	Code      int        // SMTP reply code, else 0
	Enhanced  string     // SMTP enhanced status code, e.g. "5.7.139"
	Bracket   string     // IMAP or POP3 response code, e.g. "AUTHENTICATIONFAILED"
	Text      string     // the rest of the line or lines
	Challenge *Challenge // what an XOAUTH2 challenge said, when one came
}

func (e *Reply) Error() string {
	parts := []string{e.Status}
	if e.Enhanced != "" {
		parts = append(parts, e.Enhanced)
	}
	if e.Bracket != "" {
		parts = append(parts, "["+e.Bracket+"]")
	}
	return fmt.Sprintf("%s refused %s: %s", e.Protocol, e.Command, strings.Join(append(parts, e.Text), " "))
}

// Challenge is the JSON that Gmail and Dovecot send before the refusal of an XOAUTH2 sign-in
// (https://developers.google.com/workspace/gmail/imap/xoauth2-protocol).
type Challenge struct {
	Status  string // e.g. "400", "401"
	Schemes string
	Scope   string
	Raw     string // the decoded text, cleaned, when it is not that JSON
}

// StageError is trouble with a server before or beside the protocol's own refusals: no address,
// no connection, no TLS, silence, or an answer that is not the protocol's.
type StageError struct {
	Stage Stage
	Host  string // host:port as configured
	Err   error
}

func (e *StageError) Error() string { return fmt.Sprintf("%s %s: %v", e.Host, e.Stage, e.Err) }
func (e *StageError) Unwrap() error { return e.Err }

// Stage says what was being done when the trouble came.
type Stage string

// The stages of a connection, in order.
const (
	StageResolve  Stage = "resolve"  // looking the name up
	StageConnect  Stage = "connect"  // opening the TCP connection
	StageGreeting Stage = "greeting" // waiting for the server's first line
	StageStartTLS Stage = "starttls" // STARTTLS missing or refused
	StageTLS      Stage = "tls"      // the handshake
	StageDialogue Stage = "dialogue" // an answer missing, cut, endless or not of the protocol
)

// DeviceCodeExpired says that nobody used the code before it ended.
type DeviceCodeExpired struct{ At time.Time }

func (e *DeviceCodeExpired) Error() string {
	return "the device code ended at " + e.At.UTC().Format(time.RFC3339) + " before anybody used it"
}

// CodePageExpired says that no browser came back from the sign-in page while it was waited for.
type CodePageExpired struct{ At time.Time }

func (e *CodePageExpired) Error() string {
	return "nobody finished the sign-in in the browser before " + e.At.UTC().Format(time.RFC3339)
}

// PortUnusable says that the port at which the browser hands back the answer cannot be listened at.
type PortUnusable struct {
	Address string // host:port
	Err     error
}

func (e *PortUnusable) Error() string {
	return fmt.Sprintf("cannot listen for the browser on this computer (%v): close the program that uses the port", e.Err)
}

func (e *PortUnusable) Unwrap() error { return e.Err }

// WrongAccount says that the person who signed in is not the one that the mailbox needs.
type WrongAccount struct{ Want, Got Address }

func (e *WrongAccount) Error() string {
	return fmt.Sprintf("%s signed in, but the mailbox needs %s", e.Got, e.Want)
}
