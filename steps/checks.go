package steps

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

// CheckName accepts the names that connections may have: they become file names everywhere.
func CheckName(name string) error {
	if !plainName(name) {
		return &AnswerError{Key: KeyName, Message: fmt.Sprintf("name %q does not have the form of a connection's name", providers.Clean(name)),
			Fix: "use up to 40 of a-z, 0-9 and -, beginning with a letter or digit"}
	}
	if windowsDevice(name) {
		return &AnswerError{Key: KeyName, Message: fmt.Sprintf("name %q is a device name on Windows", name), Fix: "choose another name"}
	}
	return nil
}

// maxName is how long a name may be, in bytes.
const maxName = 40

func plainName(name string) bool {
	if len(name) == 0 || len(name) > maxName || name[0] == '-' {
		return false
	}
	for _, c := range []byte(name) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

func windowsDevice(name string) bool {
	if slices.Contains([]string{"con", "prn", "aux", "nul"}, name) {
		return true
	}
	number, isNumbered := strings.CutPrefix(name, "com")
	if !isNumbered {
		number, isNumbered = strings.CutPrefix(name, "lpt")
	}
	return isNumbered && len(number) == 1 && number[0] >= '0' && number[0] <= '9'
}

// DefaultName is the product and the organisation's first label: "agiloft-contoso".
func DefaultName(productID, organisation string) string {
	label, _, _ := strings.Cut(strings.TrimSpace(organisation), ".")
	var name strings.Builder
	for _, r := range strings.ToLower(productID + "-" + label) {
		if plainName("a" + string(r)) {
			name.WriteRune(r)
		}
	}
	text := strings.TrimLeft(name.String(), "-")
	return strings.TrimRight(text[:min(len(text), maxName)], "-")
}

func checkCloud(cloud string) error {
	if cloud == "" || cloud == "public" {
		return nil
	}
	return &AnswerError{Message: fmt.Sprintf("cloud %q is not known", providers.Clean(cloud)), Fix: "only public is supported so far; name other servers under endpoints"}
}

func checkStore(store string) error {
	switch store {
	case "", "keychain", "file":
		return nil
	}
	return &AnswerError{Message: fmt.Sprintf("store %q is not known", providers.Clean(store)), Fix: "use keychain or file"}
}

// checkTenant accepts a GUID or a domain; with an authority of one's own any path segment.
func checkTenant(text string, ownAuthority bool) error {
	text = strings.TrimSpace(text)
	where := "use the Directory (tenant) ID from the app registration's Overview page, or a domain of the organisation such as contoso.onmicrosoft.com"
	switch {
	case text != providers.Clean(text), strings.ContainsAny(text, "/\\?#%@ :"), strings.Trim(text, ".") == "":
		return &AnswerError{Message: fmt.Sprintf("tenant %q is neither a GUID nor a domain", providers.Clean(text)), Fix: where}
	case ownAuthority, providers.IsGUID(text):
		return nil
	case slices.Contains([]string{"common", "organizations", "consumers"}, strings.ToLower(text)):
		return &AnswerError{Message: fmt.Sprintf("tenant %q names no organisation", text), Fix: where}
	case !looksLikeDomain(text):
		return &AnswerError{Message: fmt.Sprintf("tenant %q is neither a GUID nor a domain", providers.Clean(text)), Fix: where}
	}
	return nil
}

func looksLikeDomain(text string) bool {
	labels := strings.Split(text, ".")
	if len(labels) < 2 || len(text) > 253 {
		return false
	}
	for _, label := range labels {
		odd := func(r rune) bool { return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }
		if label == "" || len(label) > 63 || strings.ContainsFunc(label, odd) {
			return false
		}
	}
	return true
}

// checkObjectID refuses the client ID in the object ID's place.
func checkObjectID(objectID, clientID string) error {
	if strings.EqualFold(strings.TrimSpace(objectID), strings.TrimSpace(clientID)) {
		return &AnswerError{Message: "object ID is the same as the client ID", Fix: "copy Object ID from Entra ID > Enterprise applications, on the page of this application"}
	}
	return nil
}

// CheckSecret refuses what cannot be a client secret's Value before any server sees it. The
// error does not repeat the value.
func CheckSecret(secret keychain.Secret) error {
	value := secret.Reveal()
	copyAgain := "copy the column Value under Certificates & secrets; if it is no longer shown, make a new secret"
	switch {
	case value == "":
		return &AnswerError{Key: KeySecret, Missing: true, Message: "client secret is missing", Fix: "give it at the hidden prompt, with --secret-stdin, or in MAILGRANT_CLIENT_SECRET"}
	case providers.IsGUID(value):
		return &AnswerError{Key: KeySecret, Message: "client secret is a GUID: that is the Secret ID, not the Value (secret-id-instead-of-value)", Fix: copyAgain}
	case strings.ContainsAny(value, "\r\n"):
		return &AnswerError{Key: KeySecret, Message: "client secret has a line end in it", Fix: copyAgain}
	case strings.TrimSpace(value) != value:
		return &AnswerError{Key: KeySecret, Message: "client secret has blanks around it", Fix: "remove them, or " + copyAgain}
	case strings.ContainsFunc(value, unicode.IsControl):
		return &AnswerError{Key: KeySecret, Message: "client secret has control characters in it", Fix: copyAgain}
	}
	return nil
}

// looksWhole reports whether the value has the form that Entra gives the Values it makes: 40
// characters, the fourth to sixth of them a digit, Q and ~. Other services have other forms.
func looksWhole(secret keychain.Secret) bool {
	value := secret.Reveal()
	return len(value) == 40 && value[3] >= '0' && value[3] <= '9' && value[4:6] == "Q~"
}

func parseDate(text string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, strings.TrimSpace(text))
	if err != nil {
		return time.Time{}, &AnswerError{Message: fmt.Sprintf("date %q is not of the form 2028-11-20", providers.Clean(text)), Fix: "write year, month and day with dashes"}
	}
	return day, nil
}

func checkPlain(what, text string) error {
	if text != providers.Clean(text) || len(text) > 200 {
		return &AnswerError{Message: fmt.Sprintf("%s %q has characters that do not belong in a name", what, providers.Clean(text)), Fix: "type it without line ends and control characters"}
	}
	return nil
}

// plainOS is an operating system's reason without the paths, which the caller names.
func plainOS(err error) string {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err.Error()
	case errors.As(err, &link):
		return link.Err.Error()
	}
	return err.Error()
}
