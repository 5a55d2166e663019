package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// Entry is one cause in the catalogue. Its texts are templates: {{mailbox}} and the like stand for
// the connection's values, which Diagnose fills in.
type Entry struct {
	Cause   Cause
	Layer   providers.Layer // where the cause lies, which may be before the layer it was seen at
	Owner   Owner
	Summary string
	Decides string // the check that tells this cause from its neighbours
	Fixes   []Fix
}

// catalogue lists the parts in the order in which a person meets them.
func catalogue() [][]Entry {
	return [][]Entry{
		registrationCauses, tenantCauses, redirectCauses, consentCauses, tokenCauses, signInCauses,
		mailboxCauses, exchangeCauses, googleCauses, networkCauses, observedCauses,
	}
}

// Causes returns the whole catalogue, in a fixed order. The entries are the catalogue's own: they
// must not be changed.
func Causes() []Entry {
	var entries []Entry
	for _, part := range catalogue() {
		entries = append(entries, part...)
	}
	return entries
}

// Lookup finds a cause in the catalogue.
func Lookup(cause Cause) (Entry, bool) {
	if entry := lookup(cause); entry != nil {
		return *entry, true
	}
	return Entry{}, false
}

func lookup(cause Cause) *Entry {
	for _, part := range catalogue() {
		for i := range part {
			if part[i].Cause == cause {
				return &part[i]
			}
		}
	}
	return nil
}
