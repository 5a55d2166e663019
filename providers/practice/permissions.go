package practice

// Permit makes these the only permissions that the application has, as after a set-up for one route
// that granted what it needs and no more; nil gives it back all that any route needs. Names are
// those of Entra, "IMAP.AccessAsApp"; unknown ones are passed over. Planted faults stay.
func (t *Tenant) Permit(permissions []string) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.fixture.permitted = permissions
	t.rebuild()
}

// applications are the application permissions with admin consent.
func (f fixture) applications() []string {
	return f.permits([]string{
		"IMAP.AccessAsApp", "POP.AccessAsApp", "SMTP.SendAsApp", "full_access_as_app", "Mail.ReadWrite", "Mail.Send",
	})
}

// delegated are the delegated permissions with consent for everybody.
func (f fixture) delegated() []string {
	return f.permits([]string{
		"IMAP.AccessAsUser.All", "POP.AccessAsUser.All", "SMTP.Send", "EWS.AccessAsUser.All", "User.Read",
		"Mail.ReadWrite", "Mail.Send", "Mail.ReadWrite.Shared", "Mail.Send.Shared",
	})
}

func (f fixture) permits(all []string) []string {
	if f.permitted == nil {
		return all
	}
	return known(all, f.permitted)
}
