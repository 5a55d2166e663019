package keychain

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"

	"filippo.io/age"
)

// workFactor is the binary logarithm of scrypt's cost N: about half a second and 64 MB on an
// ordinary computer. maxWorkFactor is what a file may ask for before it is refused.
const (
	workFactor    = 16
	maxWorkFactor = 20
)

// schema stands in the encrypted text, so that a later form can be told apart.
const schema = "mailgrant.secrets/1"

// contents are the secrets of a file, in clear.
type contents map[Entry]string

func (c contents) clone() contents {
	if c == nil {
		return contents{}
	}
	return maps.Clone(c)
}

type document struct {
	Schema  string   `json:"schema"`
	Entries contents `json:"entries"`
}

// seal encrypts the contents in the age format with a passphrase
// (https://age-encryption.org/v1, "scrypt" recipient).
func seal(inside contents, passphrase Secret, factor int) ([]byte, error) {
	recipient, err := age.NewScryptRecipient(passphrase.Reveal())
	if err != nil {
		return nil, err
	}
	recipient.SetWorkFactor(factor)
	text, err := json.Marshal(document{Schema: schema, Entries: inside})
	if err != nil {
		return nil, err
	}
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, recipient)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return sealed.Bytes(), nil
}

// open decrypts what seal made. Its errors are ErrPassphrase or ErrDamaged and show nothing of
// the contents.
func open(sealed []byte, passphrase Secret) (contents, error) {
	identity, err := age.NewScryptIdentity(passphrase.Reveal())
	if err != nil {
		return nil, ErrPassphrase
	}
	identity.SetMaxWorkFactor(maxWorkFactor)
	r, err := age.Decrypt(bytes.NewReader(sealed), identity)
	if err != nil {
		return nil, refuse(err)
	}
	text, err := io.ReadAll(io.LimitReader(r, maxFile))
	if err != nil {
		return nil, fmt.Errorf("%w: its end is missing or changed", ErrDamaged)
	}
	var doc document
	if json.Unmarshal(text, &doc) != nil {
		return nil, fmt.Errorf("%w: it holds another kind of text", ErrDamaged)
	}
	if doc.Schema != schema {
		return nil, fmt.Errorf("%w: it is not of the form %s", ErrDamaged, schema)
	}
	return doc.Entries.clone(), nil
}

// refuse tells a wrong passphrase from a file that nobody can open.
func refuse(err error) error {
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none) && len(none.StanzaTypes) == 1 && none.StanzaTypes[0] == "scrypt":
		return ErrPassphrase
	case errors.As(err, &none):
		return fmt.Errorf("%w: it was not encrypted with a passphrase", ErrDamaged)
	}
	// The library's own text quotes the beginning of the file, which may be anything.
	return fmt.Errorf("%w: it is cut, changed or no age file; take it from a backup, or delete it and enter the secrets again", ErrDamaged)
}
