package practice

// GoogleDescription is all that a person or a program needs to know of Google's side: the same
// people have mailboxes there. It holds the client secrets.
type GoogleDescription struct {
	ClientID            string    `json:"clientId"`     // of the web client
	ClientSecret        string    `json:"clientSecret"` // as the consultant wrote it down
	Redirect            string    `json:"redirect"`     // that the web client is registered with
	DesktopClientID     string    `json:"desktopClientId"`
	DesktopClientSecret string    `json:"desktopClientSecret"`
	Endpoints           Endpoints `json:"endpoints"`
}

func (t *Tenant) describeGoogle() GoogleDescription {
	t.mutex.Lock()
	written := t.state.google.notes
	t.mutex.Unlock()
	return GoogleDescription{
		ClientID: written.clientID, ClientSecret: written.secret, Redirect: GoogleRedirect,
		DesktopClientID: googleDesktopClientID, DesktopClientSecret: t.fixture.google.desktop,
		Endpoints: t.googleEndpoints(),
	}
}

func (t *Tenant) googleEndpoints() Endpoints {
	return Endpoints{
		Authority: t.googleAuthority(),
		IMAP:      "imaps://" + t.ports.gmailIMAPS,
		SMTP:      "smtp://" + t.ports.gmailSMTP,
		POP3:      "pop3s://" + t.ports.gmailPOP3S,
		CAFile:    t.caFile(),
	}
}

// ImplicitTLSGmailSMTP is the address of Gmail's SMTP server with TLS from the first byte, as
// "smtps://127.0.0.1:PORT".
func (t *Tenant) ImplicitTLSGmailSMTP() string { return "smtps://" + t.ports.gmailSMTPS }

// GooglePapers are what the consultant was given and wrote down about the Google project: its web
// client, registered with GoogleRedirect. There is no tenant, no object ID and no end of the secret.
func (t *Tenant) GooglePapers() Papers {
	t.mutex.Lock()
	written := t.state.notes
	client := t.state.google.notes
	t.mutex.Unlock()
	return Papers{
		ClientID: client.clientID, ClientSecret: client.secret,
		Domain:    t.fixture.domains[0],
		Mailboxes: written.mailboxes(t.fixture.mailboxes),
		Endpoints: written.endpoints(t.googleEndpoints()),
	}
}
