package practice

import "time"

// Papers are what the consultant was given and wrote down about the tenant: all that the answers of
// any product and route are made from. A planted mistake in the notes is in them. They hold the
// client secret.
type Papers struct {
	Tenant       string
	ClientID     string
	ClientSecret string
	ObjectID     string    // of the enterprise application
	SecretEnds   time.Time // UTC
	Domain       string    // of the mailboxes, for the values that are addresses of the customer's
	Mailboxes    Mailboxes
	Endpoints    Endpoints
}

// Papers tells what stands in them now.
func (t *Tenant) Papers() Papers {
	t.mutex.Lock()
	written := t.state.notes
	t.mutex.Unlock()
	return Papers{
		Tenant: tenantID, ClientID: clientID,
		ClientSecret: written.secret, ObjectID: written.objectID, SecretEnds: written.secretEnds.UTC(),
		Domain:    t.fixture.domains[0],
		Mailboxes: written.mailboxes(t.fixture.mailboxes),
		Endpoints: written.endpoints(t.endpoints()),
	}
}
