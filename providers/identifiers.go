package providers

import (
	"errors"
	"fmt"
	"net/mail"
	"strings"

	"github.com/google/uuid"
)

// ClientID is the Application (client) ID of an app registration.
type ClientID string

// ObjectID is the Object ID of the enterprise application (the service principal), never that
// of the app registration.
type ObjectID string

// ParseClientID accepts a GUID in its canonical form of 36 characters, in either case.
func ParseClientID(text string) (ClientID, error) {
	id, err := parseGUID("client ID", text)
	return ClientID(id), err
}

// googleClients is the end of every client ID that Google gives
// (https://developers.google.com/identity/protocols/oauth2/web-server).
const googleClients = ".apps.googleusercontent.com"

// ParseGoogleClientID accepts a client ID as Google gives it: 123456-abc.apps.googleusercontent.com.
func ParseGoogleClientID(text string) (ClientID, error) {
	text = strings.TrimSpace(text)
	name, found := strings.CutSuffix(text, googleClients)
	odd := func(r rune) bool { return r != '-' && r != '.' && (r < '0' || r > '9') && (r < 'a' || r > 'z') }
	if !found || name == "" || strings.ContainsFunc(name, odd) {
		return "", fmt.Errorf("client ID %q is not one of Google's: it has the form 123456-abc%s", Clean(text), googleClients)
	}
	return ClientID(text), nil
}

// ParseObjectID accepts a GUID in its canonical form of 36 characters, in either case.
func ParseObjectID(text string) (ObjectID, error) {
	id, err := parseGUID("object ID", text)
	return ObjectID(id), err
}

func parseGUID(what, text string) (string, error) {
	text = strings.TrimSpace(text)
	if !IsGUID(text) {
		return "", fmt.Errorf("%s %q is not a GUID: it has the form 11111111-2222-3333-4444-555555555555", what, Clean(text))
	}
	return strings.ToLower(text), nil
}

// IsGUID reports whether text, without blanks around it, is a GUID of 36 characters.
func IsGUID(text string) bool {
	text = strings.TrimSpace(text)
	return len(text) == 36 && uuid.Validate(text) == nil
}

// Address is a mail address: local part, @, domain. Its case is kept; Same compares without it.
type Address string

// Same reports whether both name the same mailbox: Exchange does not distinguish case.
func (a Address) Same(b Address) bool { return strings.EqualFold(string(a), string(b)) }

// Domain is what stands after the @.
func (a Address) Domain() string {
	_, domain, _ := strings.Cut(string(a), "@")
	return domain
}

// ParseAddress accepts a bare address such as crm@contoso.example, without a display name.
func ParseAddress(text string) (Address, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", errors.New("mail address is missing")
	}
	parsed, err := mail.ParseAddress(text)
	if err != nil || parsed.Address != text || !strings.Contains(Address(text).Domain(), ".") || Clean(text) != text || strings.ContainsAny(text, " \"<>") {
		return "", fmt.Errorf("mail address %q is not of the form name@domain", Clean(text))
	}
	return Address(text), nil
}
