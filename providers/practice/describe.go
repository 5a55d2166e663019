package practice

import (
	"slices"
	"strings"
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
	Google       GoogleDescription  `json:"google"`
	Answers      map[string]Answers `json:"answers"` // by route
	Scenarios    []Scenario         `json:"scenarios"`
}

// Endpoints are the tenant's servers, as in an answers file. What is not served is not named.
type Endpoints struct {
	Authority string `json:"authority"`
	Graph     string `json:"graph,omitempty"`
	IMAP      string `json:"imap"`
	SMTP      string `json:"smtp"`
	POP3      string `json:"pop3"`
	EWS       string `json:"ews,omitempty"`
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
	answers := Answers{
		Product: "agiloft", Tenant: tenantID, ClientID: clientID,
		Mailboxes: written.mailboxes(t.fixture.mailboxes), Endpoints: written.endpoints(t.endpoints()),
	}
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
		Endpoints: t.endpoints(), Google: t.describeGoogle(),
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

// endpoints are the servers as the consultant wrote them down: one may be told to begin TLS wrongly.
func (n notes) endpoints(of Endpoints) Endpoints {
	_, address, _ := strings.Cut(of.SMTP, "://")
	of.SMTP = n.smtpScheme + "://" + address
	return of
}

func (t *Tenant) endpoints() Endpoints {
	return Endpoints{
		Authority: t.authority(),
		Graph:     "https://" + t.ports.https + graphPath + "/",
		IMAP:      "imaps://" + t.ports.imaps,
		SMTP:      "smtp://" + t.ports.smtp,
		POP3:      "pop3s://" + t.ports.pop3s,
		EWS:       "https://" + t.ports.https + ewsPath,
		CAFile:    t.caFile(),
	}
}

// StartTLSIMAP is the address of the IMAP server that begins in clear, as "imap://127.0.0.1:PORT".
func (t *Tenant) StartTLSIMAP() string { return "imap://" + t.ports.imap }

// StartTLSPOP3 is the address of the POP3 server that begins in clear, as "pop3://127.0.0.1:PORT".
func (t *Tenant) StartTLSPOP3() string { return "pop3://" + t.ports.pop3 }
