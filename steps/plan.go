package steps

import (
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

// Plan is a set of answers that make sense: identifiers parsed, servers known, and the tests
// and sign-ins that will prove it. Past the plan nobody checks a value's form again.
type Plan struct {
	Name        string
	Product     *product.Product
	Route       *product.Route
	Tenant      string // GUID or domain, as one path segment
	ClientID    providers.ClientID
	ObjectID    providers.ObjectID     // empty when it is not known
	SecretEnds  time.Time              // of the secret or certificate; zero when it is not known
	Certificate *providers.Certificate // in place of the secret; read by the Road
	Values      map[string]string
	Outbound    *Mailbox
	Inbound     []Mailbox
	SendTo      providers.Address
	Endpoints   providers.Endpoints
	Tests       []Test
	SignIns     []SignIn // none when the product signs in as itself

	answers Answers // as they were given; they also choose the proof
}

// Mailbox is one mailbox of a plan.
type Mailbox struct {
	Direction product.Direction
	Address   providers.Address
	SignIn    providers.Address // who signs in for it: its own address, or a delegate
	Table     string
	Folder    string
}

// Test is one thing to prove: one mailbox over one protocol.
type Test struct {
	Mailbox   Mailbox
	Server    providers.Server
	Scope     string            // what its token is asked for
	Needs     string            // the permission that the protocol needs, e.g. "IMAP.AccessAsApp"
	Recipient providers.Address // outbound: one message is sent there
}

// SignIn is one sign-in of a person, with all that this account is needed for.
type SignIn struct {
	Account providers.Address
	Scopes  []string
	For     []providers.Address
}

// Mailboxes are the outbound mailbox, if there is one, and the inbound ones.
func (p Plan) Mailboxes() []Mailbox {
	var all []Mailbox
	if p.Outbound != nil {
		all = append(all, *p.Outbound)
	}
	return append(all, p.Inbound...)
}

// NewPlan makes a plan of answers. It is pure: endpoints.caFile is read by the Road. What is
// wrong comes back as AnswerErrors, all of it at once.
func NewPlan(catalogue *product.Catalogue, answers Answers) (Plan, error) {
	b := &planner{answers: answers, plan: Plan{answers: answers}}
	b.choose(catalogue)
	if len(b.wrong) > 0 {
		return Plan{}, b.wrong
	}
	b.mailboxes()
	b.registration()
	b.values()
	b.name()
	b.confirmed()
	b.endpoints()
	if len(b.wrong) > 0 {
		return Plan{}, b.wrong
	}
	b.tests()
	return b.plan, nil
}
