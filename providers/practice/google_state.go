package practice

import (
	"slices"
	"strings"
	"time"
)

// google is everything on Google's side that can be right or wrong: the project that the
// application belongs to, and the Workspace that the mailboxes belong to.
type google struct {
	down      bool // the sign-in service answers that it is unavailable
	project   googleProject
	workspace workspace
	accounts  []googleAccount
	tokenAge  time.Duration // how long ago the access tokens handed out were really made
	notes     googleNotes
}

// googleProject is the application in the Google Auth Platform
// (https://support.google.com/cloud/answer/15544987).
type googleProject struct {
	organization string   // the domain whose Workspace owns the project
	internal     bool     // Audience: Internal, for accounts of the organization alone
	published    bool     // Audience: External, in production rather than in testing
	testUsers    []string // of an External project in testing
	gmailAPI     bool     // the Gmail API is enabled
	clients      []googleClient
}

// clientKind is the application type of an OAuth client.
type clientKind string

const (
	webClient     clientKind = "Web application"
	desktopClient clientKind = "Desktop app"
)

// googleClient is one OAuth client of the project.
type googleClient struct {
	id, secret string
	kind       clientKind
	redirects  []string // of a web client; a desktop client has none and takes any port of the computer
	disabled   bool
	deleted    bool
}

// workspace is what an administrator set for the organization in the Admin console.
type workspace struct {
	blocksApp bool // API controls > App access control: the client is not trusted
	imapOff   bool // Gmail > End user access > POP and IMAP access
	popOff    bool
}

// googleAccount is a user of the Workspace.
type googleAccount struct {
	address, name string
	gmail         bool // the Gmail service is on for the user
	recipients    int  // that mail was sent to in the last 24 hours
	tooManyLogins bool // over SMTP, in a short time
}

// googleNotes are what the consultant wrote down about the client.
type googleNotes struct {
	clientID, secret string
}

// account is the user with this address.
func (g *google) account(address string) (*googleAccount, bool) {
	i := slices.IndexFunc(g.accounts, func(a googleAccount) bool { return strings.EqualFold(a.address, address) })
	if i < 0 {
		return nil, false
	}
	return &g.accounts[i], true
}

// used is the account of a mailbox of the connection; a fault of one that is not used touches nothing.
func (g *google) used(address string) *googleAccount {
	if found, known := g.account(address); known {
		return found
	}
	return &googleAccount{}
}

// sender is the account of the mailbox that the product sends from.
func (g *google) sender(of Mailboxes) *googleAccount { return g.used(of.Outbound.Address) }

// reader is the account of one of the mailboxes that the product reads: the last.
func (g *google) reader(of Mailboxes) *googleAccount {
	if len(of.Inbound) == 0 {
		return g.sender(of)
	}
	return g.used(of.Inbound[len(of.Inbound)-1].Address)
}

// webClient is the client that the consultant was given.
func (g *google) webClient() *googleClient {
	found, _ := g.client(googleWebClientID) // the project always has it
	return found
}

func (g *google) client(id string) (*googleClient, bool) {
	i := slices.IndexFunc(g.project.clients, func(c googleClient) bool { return c.id == id })
	if i < 0 {
		return nil, false
	}
	return &g.project.clients[i], true
}
