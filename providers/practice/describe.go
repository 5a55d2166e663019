package practice

import (
	"slices"
	"time"
)

// Description is all that a person or a program needs to know of a running tenant, as JSON of the
// schema mailgrant.practice/1. It holds the client secret.
type Description struct {
	Schema       string             `json:"schema"`
	Tenant       string             `json:"tenant"`
	ClientID     string             `json:"clientId"`
	ClientSecret string             `json:"clientSecret"` // as the consultant wrote it down
	ObjectID     string             `json:"objectId"`     // the enterprise application's
	Users        []Person           `json:"users"`
	Mailboxes    Mailboxes          `json:"mailboxes"`
	DeviceLogin  string             `json:"deviceLogin"`
	Control      string             `json:"control"`
	Endpoints    Endpoints          `json:"endpoints"`
	Answers      map[string]Answers `json:"answers"` // by route
	Scenarios    []Scenario         `json:"scenarios"`
}

// Endpoints are the tenant's servers, as in an answers file. What is not served is not named.
type Endpoints struct {
	Authority string `json:"authority"`
	IMAP      string `json:"imap"`
	SMTP      string `json:"smtp"`
	CAFile    string `json:"caFile"` // absolute
}

// Answers is an answers file for one route, as JSON. No secret is in it.
type Answers struct {
	Product    string            `json:"product"`
	Route      string            `json:"route"`
	Name       string            `json:"name"`
	Tenant     string            `json:"tenant"`
	ClientID   string            `json:"clientId"`
	ObjectID   string            `json:"objectId,omitempty"`   // as the consultant wrote it down
	SecretEnds string            `json:"secretEnds,omitempty"` // YYYY-MM-DD
	Mailboxes  Mailboxes         `json:"mailboxes"`
	Values     map[string]string `json:"values,omitempty"`
	Endpoints  Endpoints         `json:"endpoints"`
}

// Describe tells how to connect to the tenant now. Where a planted fault is one of the
// consultant's notes, the notes in it are the wrong ones.
func (t *Tenant) Describe() Description {
	t.mutex.Lock()
	written := t.state.notes
	t.mutex.Unlock()
	endpoints := Endpoints{
		Authority: t.authority(),
		IMAP:      "imaps://" + t.ports.imaps,
		SMTP:      "smtp://" + t.ports.smtp,
		CAFile:    t.caFile(),
	}
	answers := Answers{
		Product: "agiloft", Tenant: tenantID, ClientID: clientID,
		Mailboxes: written.mailboxes(t.fixture.mailboxes), Endpoints: endpoints,
	}
	answers.Endpoints.SMTP = written.smtpScheme + "://" + t.ports.smtp
	appOnly, device := answers, answers
	appOnly.Route, appOnly.Name = RouteAppOnly, "practice-agiloft-cc"
	appOnly.ObjectID, appOnly.SecretEnds = written.objectID, written.secretEnds.UTC().Format(time.DateOnly)
	device.Route, device.Name = RouteDevice, "practice-agiloft-device"
	device.Values = map[string]string{"base_kb_uri": "https://kb." + t.fixture.domains[0]}
	return Description{
		Schema: "mailgrant.practice/1", Tenant: tenantID, ClientID: clientID,
		ClientSecret: written.secret, ObjectID: enterpriseObjectID,
		Users: t.fixture.people(), Mailboxes: t.fixture.mailboxes,
		DeviceLogin: t.deviceLoginURL(), Control: "http://" + t.ports.control + "/",
		Endpoints: endpoints,
		Answers:   map[string]Answers{RouteAppOnly: appOnly, RouteDevice: device},
		Scenarios: Scenarios(),
	}
}

// mailboxes are the connection's as the consultant wrote them down: one inbound folder may be named.
func (n notes) mailboxes(of Mailboxes) Mailboxes {
	of.Inbound = slices.Clone(of.Inbound)
	if last := len(of.Inbound) - 1; last >= 0 {
		of.Inbound[last].Folder = n.folder
	}
	return of
}

// StartTLSIMAP is the address of the IMAP server that begins in clear, as "imap://127.0.0.1:PORT".
func (t *Tenant) StartTLSIMAP() string { return "imap://" + t.ports.imap }
