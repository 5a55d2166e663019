package diagnosis

import (
	"errors"
	"net"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// values are what the catalogue's templates are filled with.
type values struct {
	evidence Evidence
	protocol string
	host     string            // host:port of the server that failed
	user     providers.Address // who signed in
	signIn   providers.Address // who must sign in
}

func valuesOf(symptom Symptom, evidence Evidence) values {
	v := values{evidence: evidence, protocol: symptom.Protocol, host: evidence.Host, signIn: firstAddress(evidence.SignIn, evidence.Mailbox)}
	if evidence.Claims.Readable {
		v.user = providers.Address(evidence.Claims.User)
	}
	if stage, ok := asStage(symptom.Err); ok && stage.Host != "" {
		v.host = stage.Host
	}
	var port *providers.PortUnusable
	if errors.As(symptom.Err, &port) {
		v.host = port.Address
	}
	if account, ok := asWrongAccount(symptom.Err); ok {
		v.user, v.signIn = account.Got, account.Want
	}
	return v
}

// placeholder is a name in a template: what stands before its value in a sentence, what a sentence
// says while the value is not known, and what a command shows then.
type placeholder struct{ before, unknown, blank string }

// find gives a placeholder and its value. A name that no placeholder has gives zero values.
func (v values) find(name string) (value string, p placeholder) {
	e := v.evidence
	switch name {
	case "app":
		return first(string(e.ClientID), e.Claims.ClientID), placeholder{"app registration ", "the app registration", "client ID"}
	case "tenant":
		return first(e.Tenant, e.Claims.TenantID), placeholder{"tenant ", "the tenant", "tenant ID"}
	case "mailbox":
		return string(e.Mailbox), placeholder{"mailbox ", "the mailbox", "mailbox address"}
	case "sender":
		return string(firstAddress(e.Sender, e.Mailbox)), placeholder{"", "this sender address", "sender address"}
	case "signer":
		return string(v.signer()), placeholder{"", "the account that signed in", "account address"}
	case "account":
		return string(firstAddress(v.user, v.signIn)), placeholder{"account ", "the account", "account address"}
	case "user":
		return string(v.user), placeholder{"", "another account", "account address"}
	case "signin":
		return string(v.signIn), placeholder{"", "the mailbox's owner", "account address"}
	case "principal":
		return v.principal()
	case "recorded":
		return v.recorded(), placeholder{"", "another Object ID", "Object ID on record"}
	case "permission":
		return needed(e, v.protocol), placeholder{"", "the permission that the protocol needs", "permission"}
	case "audience":
		return e.Claims.Audience, placeholder{"", "another service", "audience"}
	case "folder":
		return e.Folder, placeholder{"folder ", "the folder", "folder"}
	case "host":
		return v.host, placeholder{"", "the server", "host"}
	case "hostname":
		return hostOf(v.host), placeholder{"", "the server", "host"}
	case "port":
		_, port, _ := net.SplitHostPort(v.host)
		return port, placeholder{"", "the port", "port"}
	}
	return "", placeholder{}
}

// principal is who needs rights on the mailbox: the enterprise application or the signed-in person.
func (v values) principal() (string, placeholder) {
	if v.evidence.AppOnly {
		id := first(v.evidence.Claims.ObjectID, string(v.evidence.ObjectID))
		return id, placeholder{"enterprise application ", "the enterprise application", "enterprise application's Object ID"}
	}
	return string(firstAddress(v.user, v.signIn)), placeholder{"account ", "the account that signed in", "account address"}
}

// recorded is the Object ID that was written down for the record in Exchange, if it is not the right
// one anyway: a command that removes the record must not remove a right one.
func (v values) recorded() string {
	if strings.EqualFold(string(v.evidence.ObjectID), v.evidence.Claims.ObjectID) {
		return ""
	}
	return string(v.evidence.ObjectID)
}

// signer is whose mailbox a message is handed in through. App-only that is the mailbox itself: the
// service principal's own Send As does not count.
func (v values) signer() providers.Address {
	if v.evidence.AppOnly {
		return v.evidence.Mailbox
	}
	return firstAddress(v.user, v.signIn)
}

// needed is the permission that a protocol needs, by Microsoft's names
// (https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth).
func needed(evidence Evidence, protocol string) string {
	switch {
	case evidence.Needs != "":
		return evidence.Needs
	case protocol == "imap" && evidence.AppOnly:
		return "IMAP.AccessAsApp"
	case protocol == "imap":
		return "IMAP.AccessAsUser.All"
	case protocol == "pop3" && evidence.AppOnly:
		return "POP.AccessAsApp"
	case protocol == "pop3":
		return "POP.AccessAsUser.All"
	case protocol == "graph":
		return "Mail.Read"
	case protocol == "ews" && evidence.AppOnly:
		return "full_access_as_app"
	case protocol == "ews":
		return "EWS.AccessAsUser.All"
	case protocol == "smtp" && evidence.AppOnly:
		return "SMTP.SendAsApp"
	case protocol == "smtp":
		return "SMTP.Send"
	}
	return ""
}

func hostOf(address string) string {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	return host
}

func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

func firstAddress(addresses ...providers.Address) providers.Address {
	for _, address := range addresses {
		if address != "" {
			return address
		}
	}
	return ""
}
