package practice

import (
	"slices"
	"strings"
	"time"
)

// state is everything in the tenant that a person or time can make right or wrong. Handlers read
// it under the tenant's mutex; only scenarios write it.
type state struct {
	serviceDown   bool
	tenantExists  bool
	nationalCloud bool // the tenant lives in another cloud than this one
	network       network
	app           registration
	enterprise    enterpriseApp
	policy        signInPolicy
	tokens        tokenPolicy
	codes         codePolicy
	person        person
	users         []user
	exchange      exchange
	google        google
	connection    Mailboxes // which mailboxes the product uses
	bystander     string    // somebody with nothing to do with the connection
	notes         notes
}

// registration is the app registration (App registrations in the portal).
type registration struct {
	exists       bool
	personalOnly bool // for personal Microsoft accounts, by its "Supported account types"
	clientID     string
	objectID     string // the registration's own, which Exchange has no use for
	name         string
	secrets      []credential
	next         credential // what an administrator would make to replace the first
	publicClient bool       // "Allow public client flows"
	redirects    []redirect
	certificates []clientCertificate // those whose public half was uploaded
	scopes       []string            // delegated permissions listed under "API permissions"
	// removedService says that a permission of a service that is no more is listed too.
	removedService bool
}

type credential struct {
	keyID        string // the "Secret ID"
	value        string
	starts, ends time.Time
}

// enterpriseApp is the application's service principal in this tenant (Enterprise applications).
type enterpriseApp struct {
	exists             bool
	enabled            bool
	objectID           string
	roles              []string // application permissions with admin consent
	scopes             []string // delegated permissions consented to for everybody
	assignmentRequired bool
	assigned           []string // addresses
}

type signInPolicy struct {
	usersMayConsent bool
	blockDeviceCode bool // Conditional Access: authentication flows
	secondFactor    bool // Conditional Access: everybody needs one
	managedDevice   bool // Conditional Access: the device must be compliant
	blockBrowser    bool // Conditional Access: none but the company's own network
}

type tokenPolicy struct {
	lifetime time.Duration
	age      time.Duration // how long ago the tokens handed out were really made
	swapped  bool          // made out to the other API than was asked for: to Graph, or to Exchange
}

type codePolicy struct {
	lifetime  time.Duration // of device codes
	inBrowser time.Duration // of authorization codes
	// takenFirst says that something opens the redirect address before the program, and redeems the code.
	takenFirst bool
}

// person is whoever sits at the browser in which device codes are entered.
type person struct {
	remembered string // the account that the browser signs in by itself
	declines   bool
	unticks    bool // leaves out the permission for mail, where the page lets choose
}

type user struct {
	address string // the sign-in name, which may differ from the mailbox's address
	mail    string // the mailbox's address
	name    string
	id      string
	enabled bool
	locked  bool // smart lockout, after too many wrong passwords
	// passwordEnded says that a new password must be set before anything else.
	passwordEnded bool
	secondFactor  bool // one is registered, and at hand
}

// exchange is Exchange Online's side, which Entra knows nothing about.
type exchange struct {
	subscribed       bool // the tenant has Exchange Online at all
	principals       []servicePrincipal
	smtpAuthDisabled bool // Get-TransportConfig: SmtpClientAuthenticationDisabled
	assignments      []assignment
	mailboxes        []mailbox
	imapDown         bool     // the mailboxes cannot be reached over IMAP
	popDown          bool     // the mailboxes cannot be reached over POP3
	smtpDown         bool     // sign-ins cannot be checked over SMTP
	graphDown        bool     // Graph answers that it is unavailable
	ewsDown          bool     // EWS answers that it is unavailable
	smtpMechanisms   []string // offered after STARTTLS
	heldConnections  int      // SMTP connections that other programs of this computer hold open
	sendingBlocked   bool     // the organisation sent too much, and may not send any more
	// accessPolicy are the mailboxes of the group that an application access policy restricts the
	// application to; nil where there is no policy.
	accessPolicy []string
	// Get-OrganizationConfig. EwsEnabled without a value counts as false since October 2026.
	ewsEnabled       *bool
	ewsAllowedAppIDs []string // empty lets every application in
}

// assignment is a role of RBAC for Applications, given to the application by
// New-ManagementRoleAssignment.
type assignment struct {
	role  string   // "Application Mail.Read"
	scope []string // the addresses of the mailboxes it covers
}

// servicePrincipal is a record made with New-ServicePrincipal.
type servicePrincipal struct{ appID, objectID string }

type mailbox struct {
	address          string
	licensed         bool
	imapEnabled      bool
	popEnabled       bool
	ewsEnabled       bool
	smtpAuthDisabled *bool    // Get-CASMailbox; nil follows the organisation
	fullAccess       []string // object ids and addresses
	selfSendAs       bool     // NT AUTHORITY\SELF has SendAs, as Exchange sets it up
	sendAs           []string // addresses of other mailboxes that may send as this one
	throttled        bool
	recipients       int // that mail was sent to in the last 24 hours
}

// notes are what the consultant wrote down while the application was registered.
type notes struct {
	secret     string
	secretEnds time.Time
	objectID   string
	folder     string // of one of the mailboxes to read; empty means the inbox
	smtpScheme string // how TLS begins: "smtp" with STARTTLS, "smtps" at once
}

func (s *state) user(address string) (user, bool) {
	i := slices.IndexFunc(s.users, func(u user) bool { return strings.EqualFold(u.address, address) })
	if i < 0 {
		return user{}, false
	}
	return s.users[i], true
}

// sender is the account of the mailbox that the product sends from.
func (s *state) sender() *user {
	i := slices.IndexFunc(s.users, func(u user) bool { return strings.EqualFold(u.address, s.connection.Outbound.Address) })
	if i < 0 {
		return &user{} // a connection may only read; a fault there touches nothing
	}
	return &s.users[i]
}

// mailbox returns the mailbox with this address, or nil.
func (s *state) mailbox(address string) *mailbox {
	boxes := s.exchange.mailboxes
	i := slices.IndexFunc(boxes, func(m mailbox) bool { return strings.EqualFold(m.address, address) })
	if i < 0 {
		return nil
	}
	return &boxes[i]
}

// outbound is the mailbox that the product sends from.
func (s *state) outbound() *mailbox { return s.used(s.connection.Outbound.Address) }

// inbound is one of the mailboxes that the product reads: the last, so that a fault of a single
// mailbox shows beside one that works.
func (s *state) inbound() *mailbox {
	if len(s.connection.Inbound) == 0 {
		return s.outbound()
	}
	return s.used(s.connection.Inbound[len(s.connection.Inbound)-1].Address)
}

// allButInbound are the addresses of all mailboxes but that one.
func (s *state) allButInbound() []string {
	left := []string{}
	for _, box := range s.exchange.mailboxes {
		if box.address != s.inbound().address {
			left = append(left, box.address)
		}
	}
	return left
}

func (s *state) used(address string) *mailbox {
	if box := s.mailbox(address); box != nil {
		return box
	}
	return &mailbox{} // a connection may lack a direction; a fault there touches nothing
}

// assigned is whether a role of Exchange lets the application at the mailbox.
func (e *exchange) assigned(address string, roles ...string) bool {
	return slices.ContainsFunc(e.assignments, func(a assignment) bool { return has(roles, a.role) && has(a.scope, address) })
}

func has(list []string, text string) bool {
	return slices.ContainsFunc(list, func(have string) bool { return strings.EqualFold(have, text) })
}

func without(list []string, text string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(have string) bool { return strings.EqualFold(have, text) })
}
