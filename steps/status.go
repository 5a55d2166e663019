package steps

import "time"

// Status is one connection at a glance.
type Status struct {
	Name         string
	Product      string
	Route        string
	Tenant       string
	SecretEnds   string
	DaysLeft     int
	HasEnd       bool   // whether SecretEnds and DaysLeft are known
	LastVerified string // RFC 3339, empty when never
	State        ConnectionState
	Cause        string // why the last check failed
	Outbound     int
	Inbound      int
}

// Due reports whether the secret ends within so many days, or has ended.
func (s Status) Due(days int) bool { return s.HasEnd && s.DaysLeft <= days }

// Status lists connections, then drafts. A file that cannot be read is told in the errors and
// does not hide the others.
func (r *Road) Status() ([]Status, []error) {
	var all []Status
	var broken []error
	for _, name := range r.Folder.Names() {
		connection, err := r.Folder.Connection(name)
		if err != nil {
			broken = append(broken, err)
			continue
		}
		all = append(all, connection.Status(r.Now()))
	}
	for _, name := range r.Folder.DraftNames() {
		draft, err := r.Folder.Draft(name)
		if err != nil {
			broken = append(broken, err)
			continue
		}
		status := Connection{Answers: draft}.Status(r.Now())
		status.Name = name
		all = append(all, status)
	}
	return all, broken
}

// Status is the connection at a glance.
func (c Connection) Status(now time.Time) Status {
	status := Status{
		Name: c.Name, Product: c.Product, Route: c.Route, Tenant: c.Tenant, SecretEnds: c.SecretEnds, State: c.State(),
		Inbound: len(c.Mailboxes.Inbound),
	}
	if c.Mailboxes.Outbound != nil {
		status.Outbound = 1
	}
	status.DaysLeft, status.HasEnd = c.DaysLeft(now)
	if c.Verified != nil {
		status.LastVerified = c.Verified.At
	}
	if c.LastCheck != nil {
		for _, result := range c.LastCheck.Results {
			if result.Cause != "" {
				status.Cause = result.Cause
				break
			}
		}
	}
	return status
}
