package product

import (
	"net/url"
	"strings"
)

// Request is one HTTP request that the product makes from an artefact of properties: where it
// goes, and which properties are the fields of its form. With it the text itself can be proved.
type Request struct {
	ID      string `yaml:"id" need:"yes"`
	URL     string `yaml:"url" need:"yes"`     // the property that holds the address
	Payload string `yaml:"payload" need:"yes"` // what the properties begin with that hold name=value, one each
	Replay  bool   `yaml:"replay"`             // the request needs no person and changes nothing, so it can be sent as it stands
}

// Address is where the request goes, with references resolved.
func (r Request) Address(text Properties) (string, error) { return text.Resolve(r.URL) }

// Form is what the request sends, with references resolved.
func (r Request) Form(text Properties) (url.Values, error) {
	form := url.Values{}
	read := map[string]bool{} // of a key that occurs again only the last value counts
	for _, entry := range text.Entries {
		if !strings.HasPrefix(entry.Key, r.Payload) || read[entry.Key] {
			continue
		}
		read[entry.Key] = true
		field, err := text.Resolve(entry.Key)
		if err != nil {
			return nil, err
		}
		name, value, _ := strings.Cut(field, "=")
		form.Add(name, value)
	}
	return form, nil
}
