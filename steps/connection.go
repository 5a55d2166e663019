package steps

import (
	"strings"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
)

// Connection is a proved configuration as it is kept in a file. No secret is in it.
type Connection struct {
	Answers   `yaml:",inline"`
	ID        string       `yaml:"id"`
	Secret    string       `yaml:"secret,omitempty"` // "keychain:ID/client-secret"
	Checklist []LineRecord `yaml:"checklist,omitempty"`
	Verified  *Proof       `yaml:"verified,omitempty"`
	// Confirmation stands in place of a proof where only the product itself can show that it works.
	Confirmation *Confirmation `yaml:"confirmation,omitempty"`
	LastCheck    *Proof        `yaml:"lastCheck,omitempty"` // a later check, when it failed

	revision string // of the file it was read from
}

// Proof is a run of tests as a file keeps it.
type Proof struct {
	At          string         `yaml:"at"`
	By          string         `yaml:"by"` // program version
	Fingerprint string         `yaml:"fingerprint,omitempty"`
	Way         string         `yaml:"way,omitempty"`   // how the tests signed in: app, device or browser
	Results     []ResultRecord `yaml:"results"`         // Mailgrant's own requests
	Texts       []TextRecord   `yaml:"texts,omitempty"` // the pasted texts' requests
}

// TextRecord is how a text for the product was proved, as a file keeps it.
type TextRecord struct {
	Artefact string `yaml:"artefact"`
	Address  string `yaml:"address,omitempty"`
	How      string `yaml:"how,omitempty"` // replayed or compared
	Detail   string `yaml:"detail"`
}

// ResultRecord is one test's outcome as a file keeps it.
type ResultRecord struct {
	Probe   string `yaml:"probe"`
	Mailbox string `yaml:"mailbox"`
	Server  string `yaml:"server"`
	Outcome string `yaml:"outcome"`
	Detail  string `yaml:"detail,omitempty"`
	Cause   string `yaml:"cause,omitempty"`
}

// LineRecord is one line of the permission checklist as a file keeps it.
type LineRecord struct {
	Resource   string `yaml:"resource"`
	Type       string `yaml:"type"`
	Permission string `yaml:"permission"`
	Need       string `yaml:"need"`
	State      string `yaml:"state"`
	Evidence   string `yaml:"evidence"`
}

// ConnectionState is how much a connection's proof is worth today.
type ConnectionState string

// The states, as they stand in JSON.
const (
	StateVerified  ConnectionState = "verified"
	StateConfirmed ConnectionState = "confirmed"
	StateStale     ConnectionState = "stale"
	StateFailing   ConnectionState = "failing"
	StateDraft     ConnectionState = "draft"
)

// State compares the proof with what stands in the file now.
func (c Connection) State() ConnectionState {
	switch {
	case c.Confirmation != nil && c.Confirmation.Fingerprint == c.Answers.Fingerprint():
		return StateConfirmed
	case c.Verified == nil && c.Confirmation == nil:
		return StateDraft
	case c.Verified == nil || c.Verified.Fingerprint != c.Answers.Fingerprint():
		return StateStale
	case c.LastCheck != nil:
		return StateFailing
	}
	return StateVerified
}

// DaysLeft counts whole days to the end of the UTC day on which the secret ends; ok is false
// when that day is not known.
func (c Connection) DaysLeft(now time.Time) (days int, ok bool) {
	ends, err := parseDate(c.SecretEnds)
	if err != nil {
		return 0, false
	}
	today := now.UTC().Truncate(24 * time.Hour)
	return int(ends.Sub(today) / (24 * time.Hour)), true
}

// entry is the name of the client secret in its store.
func (c Connection) entry() keychain.Entry {
	return keychain.ClientSecret(c.ID)
}

// StoreKind is the store that the secret is in, as the secret's own entry says it.
func (c Connection) StoreKind() string {
	if kind, _, found := strings.Cut(c.Secret, ":"); found {
		return kind
	}
	return "keychain"
}
