package practice

import (
	"log"
	"strings"
	"sync"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// Request is one line of the tenant's log: what a client asked and how it was answered, as an
// administrator would see it. No secret and no token is in it.
type Request struct {
	At       time.Time `json:"at"`
	Protocol string    `json:"protocol"` // "https", "imap", "pop3", "smtp", "graph", "ews" or "control"
	Summary  string    `json:"summary"`
}

// journalLength bounds the log: a practice session is short, a looping client is not.
const journalLength = 500

// journal keeps the newest requests.
type journal struct {
	mutex    sync.Mutex
	requests []Request
}

func (j *journal) note(at time.Time, protocol, summary string) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	if len(j.requests) == journalLength {
		j.requests = append(j.requests[:0], j.requests[1:]...)
	}
	j.requests = append(j.requests, Request{At: at.UTC(), Protocol: protocol, Summary: providers.Clean(summary)})
}

func (j *journal) list() []Request {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return append([]Request{}, j.requests...)
}

// logger takes what Go's HTTP server has to say, which is mostly failed handshakes: the sign of a
// client that does not trust the tenant's authority.
func (j *journal) logger(now func() time.Time) *log.Logger {
	return log.New(journalWriter{j, now}, "", 0)
}

type journalWriter struct {
	journal *journal
	now     func() time.Time
}

func (w journalWriter) Write(line []byte) (int, error) {
	first, _, _ := strings.Cut(string(line), "\n")
	w.journal.note(w.now(), "https", first)
	return len(line), nil
}
