package steps

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Fingerprint covers every value that the tests depend on. It changes with each of their bytes,
// and not with what a file does not keep, such as whether a list is empty or missing.
func (a Answers) Fingerprint() string {
	a.Name, a.SecretEnds, a.SendTo, a.Store, a.Confirmed = "", "", "", "", nil
	if len(a.Values) == 0 {
		a.Values = nil
	}
	if len(a.Mailboxes.Inbound) == 0 {
		a.Mailboxes.Inbound = nil
	}
	// Marshalling texts, maps and lists of texts cannot fail, and sorts the keys of maps.
	data, _ := json.Marshal(a)
	sum := sha256.Sum256(data)
	return "sha256:" + hex.EncodeToString(sum[:])
}
