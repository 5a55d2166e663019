package practice

import (
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Mailboxes are the mailboxes of the connection that is practised.
type Mailboxes struct {
	Outbound Mailbox   `json:"outbound,omitzero"`
	Inbound  []Mailbox `json:"inbound"`
}

// Mailbox is one mailbox as it stands in an answers file.
type Mailbox struct {
	Address string `json:"address"`
	Table   string `json:"table,omitempty"`  // the product's table that its mail goes to
	Folder  string `json:"folder,omitempty"` // to be read; empty means the inbox
}

// Person is somebody with a sign-in name in the tenant.
type Person struct {
	Address string `json:"address"`
	Name    string `json:"name"`
}

// The identifiers do not change from run to run, so that what is written down stays true. The
// secret does: it is made at the start.
const (
	tenantID             = "0b6e2f3c-5a41-4d8e-9c77-3f1d2a6b8e90"
	tenantName           = "Contoso Practice"
	clientID             = "7d1f9a24-3b58-4c6d-a1e2-5f8c0b94d637"
	appName              = "Contoso Mail"
	registrationObjectID = "c2a85e10-64bd-4f39-8d17-9e0a7b3c5f42"
	enterpriseObjectID   = "e94b7d36-1c0f-4a82-b5d9-60f3a8c21e7d"
	secretKeyID          = "5a3c8e71-0d92-4b6f-9e48-1b7d4f2a6c05"
	nextSecretKeyID      = "f1d06b9a-72c4-4e5b-83a0-d49e7c15b268"
)

// fixture is what stays the same while faults come and go.
type fixture struct {
	mailboxes Mailboxes
	domains   []string
	secret    credential
	next      credential
	redirects []redirect
	google    googleSecrets
	permitted []string // the permissions that the application has; nil means all
}

func newFixture(mailboxes Mailboxes, webRedirects []string, now time.Time) fixture {
	if mailboxes.Outbound.Address == "" && len(mailboxes.Inbound) == 0 {
		mailboxes = Mailboxes{
			Outbound: Mailbox{Address: "crm@contoso.example"},
			Inbound: []Mailbox{
				{Address: "contracts@contoso.example", Table: "Contract"},
				{Address: "sourcing@contoso.example", Table: "Sourcing Event"},
			},
		}
	}
	f := fixture{mailboxes: mailboxes, redirects: []redirect{{desktopPlatform, loopback}}, google: newGoogleSecrets()}
	for _, address := range webRedirects {
		f.redirects = append(f.redirects, redirect{webPlatform, address})
	}
	f.mailboxes.Inbound = append([]Mailbox{}, mailboxes.Inbound...)
	for _, address := range f.addresses() {
		_, domain, _ := strings.Cut(strings.ToLower(address), "@")
		if !slices.Contains(f.domains, domain) {
			f.domains = append(f.domains, domain)
		}
	}
	made := now.Add(-30 * 24 * time.Hour)
	f.secret = credential{keyID: secretKeyID, value: newSecretValue(), starts: made, ends: made.AddDate(2, 0, 0)}
	f.next = credential{keyID: nextSecretKeyID, value: newSecretValue(), starts: now.Add(-time.Hour), ends: now.AddDate(2, 0, 0)}
	return f
}

// newSecretValue has the form of the values that Entra makes: 40 characters with "8Q~" in them.
func newSecretValue() string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._"
	var random [37]byte
	_, _ = rand.Read(random[:]) // crypto/rand never fails
	for i, b := range random {
		random[i] = letters[int(b)%len(letters)]
	}
	return string(random[:3]) + "8Q~" + string(random[3:])
}

// addresses are those of the connection's mailboxes, each once, outbound first.
func (f fixture) addresses() []string {
	var list []string
	for _, box := range append([]Mailbox{f.mailboxes.Outbound}, f.mailboxes.Inbound...) {
		if box.Address != "" && !has(list, box.Address) {
			list = append(list, box.Address)
		}
	}
	return list
}

func (f fixture) webRedirects() []string {
	var list []string
	for _, registered := range f.redirects {
		if registered.platform == webPlatform {
			list = append(list, registered.address)
		}
	}
	return list
}

// bystander has a mailbox of its own and nothing to do with the connection.
func (f fixture) bystander() Person {
	return Person{Address: "alex.meyer@" + f.domains[0], Name: "Alex Meyer"}
}

func (f fixture) administrator() Person {
	return Person{Address: "admin@" + f.domains[0], Name: "Robin Admin"}
}

// people are everybody who can sign in, the connection's mailboxes first.
func (f fixture) people() []Person {
	var list []Person
	for _, address := range f.addresses() {
		local, _, _ := strings.Cut(address, "@")
		list = append(list, Person{Address: address, Name: strings.ToUpper(local[:1]) + local[1:] + " mailbox"})
	}
	for _, extra := range []Person{f.bystander(), f.administrator()} {
		if !has(f.addresses(), extra.Address) {
			list = append(list, extra)
		}
	}
	return list
}

// healthy is the tenant as it is when everything was done right, for every route of the products.
func (f fixture) healthy() state {
	s := state{
		tenantExists: true,
		app: registration{
			exists: true, clientID: clientID, objectID: registrationObjectID, name: appName,
			secrets: []credential{f.secret}, next: f.next,
			publicClient: true,
			redirects:    f.redirects,
			certificates: []clientCertificate{currentCertificate},
			scopes:       f.delegated(),
		},
		enterprise: enterpriseApp{
			exists: true, enabled: true, objectID: enterpriseObjectID,
			roles: f.applications(), scopes: f.delegated(),
			// Who made the application is assigned; it matters only where assignment is required.
			assigned: []string{f.administrator().Address},
		},
		google:     f.healthyGoogle(),
		tokens:     tokenPolicy{lifetime: time.Hour},
		codes:      codePolicy{lifetime: 15 * time.Minute, inBrowser: 10 * time.Minute},
		connection: f.mailboxes,
		bystander:  f.bystander().Address,
		exchange: exchange{
			subscribed:     true,
			principals:     []servicePrincipal{{appID: clientID, objectID: enterpriseObjectID}},
			smtpMechanisms: []string{"LOGIN", xoauth2},
			ewsEnabled:     new(true), ewsAllowedAppIDs: []string{clientID},
		},
		notes: notes{secret: f.secret.value, secretEnds: f.secret.ends, objectID: enterpriseObjectID, smtpScheme: "smtp"},
	}
	for _, person := range f.people() {
		s.users = append(s.users, user{
			address: person.Address, mail: person.Address, name: person.Name, id: userID(person.Address), enabled: true,
		})
		box := mailbox{address: person.Address, licensed: true, imapEnabled: true, popEnabled: true, ewsEnabled: true, selfSendAs: true}
		if has(f.addresses(), person.Address) {
			box.fullAccess = []string{enterpriseObjectID}
		}
		if person.Address != f.administrator().Address {
			s.exchange.mailboxes = append(s.exchange.mailboxes, box)
		}
	}
	return s
}

func userID(address string) string {
	return uuid.NewSHA1(uuid.MustParse(tenantID), []byte(strings.ToLower(address))).String()
}
