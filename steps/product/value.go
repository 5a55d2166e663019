package product

import (
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/mailgrant/mailgrant/providers"
)

// Value is something a person must know or make.
type Value struct {
	ID         string      `yaml:"id" need:"yes"`
	Label      string      `yaml:"label" need:"yes"`
	Portal     string      `yaml:"portal"` // the clicks to where it is found
	Kind       string      `yaml:"kind" need:"yes" oneof:"guid secret email origin url text date choice path"`
	Secret     bool        `yaml:"secret"`
	RequiredIn []string    `yaml:"required_in"`                         // routes
	Directions []Direction `yaml:"directions" oneof:"inbound outbound"` // empty means both
	ForEach    string      `yaml:"for_each" oneof:"inbound"`            // asked once for each
	Optional   bool        `yaml:"optional"`
	MinLength  int         `yaml:"min_len"` // characters
	NotKind    string      `yaml:"not_kind" oneof:"guid"`
	Hint       string      `yaml:"hint"`
	Default    string      `yaml:"default"`
	Example    string      `yaml:"example"`
	Options    []Option    `yaml:"options"` // kind choice
	Source     Source      `yaml:"src"`
}

// Option is one answer of a choice.
type Option struct {
	Value string `yaml:"value" need:"yes"`
	Label string `yaml:"label" need:"yes"`
	Note  string `yaml:"note"`
}

// Check says why a text cannot be this value, or nil. It looks at the text alone and asks
// nobody. An error never contains the text of a secret.
func (v Value) Check(text string) error {
	if strings.TrimSpace(text) == "" {
		if v.Optional {
			return nil
		}
		return fmt.Errorf("%s is missing", v.Label)
	}
	if strings.ContainsAny(text, "\r\n") {
		return fmt.Errorf("%s has a line end in it: it must be one line", v.Label)
	}
	if v.NotKind == "guid" && providers.IsGUID(text) {
		return fmt.Errorf("%s has the form of an ID: an ID stands beside the value and is not the value itself", v.Label)
	}
	if utf8.RuneCountInString(text) < v.MinLength {
		return fmt.Errorf("%s is shorter than %d characters: it may have been cut off when it was copied", v.Label, v.MinLength)
	}
	return v.checkKind(text)
}

func (v Value) checkKind(text string) error {
	switch v.Kind {
	case "guid":
		if !providers.IsGUID(text) {
			return fmt.Errorf("%s %q is not a GUID: it has the form 11111111-2222-3333-4444-555555555555", v.Label, providers.Clean(text))
		}
	case "email":
		if _, err := providers.ParseAddress(text); err != nil {
			return fmt.Errorf("%s: %w", v.Label, err)
		}
	case "origin":
		return checkOrigin(v.Label, text)
	case "url":
		return checkURL(v.Label, text)
	case "choice":
		return v.checkChoice(text)
	case "path":
		if strings.ContainsFunc(text, unicode.IsControl) {
			return fmt.Errorf("%s has a control character in it: type it anew", v.Label)
		}
	case "date":
		if _, err := time.Parse(time.DateOnly, text); err != nil {
			return fmt.Errorf("%s %q is not a date of the form 2028-11-20", v.Label, providers.Clean(text))
		}
	}
	return nil
}

// checkURL accepts the address of a page or service. One with a user in it would carry a password
// to wherever the address is shown.
func checkURL(label, text string) error {
	u, err := url.Parse(text)
	switch {
	case err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Hostname() == "":
		return fmt.Errorf("%s is not an address of the form https://host/path", label)
	case u.User != nil:
		return fmt.Errorf("%s has a user name in it: leave out everything before the @", label)
	}
	return nil
}

func (v Value) checkChoice(text string) error {
	var words []string
	for _, option := range v.Options {
		if option.Value == text {
			return nil
		}
		words = append(words, option.Value)
	}
	return fmt.Errorf("%s %q is not one of its choices: %s", v.Label, providers.Clean(text), strings.Join(words, ", "))
}

// checkOrigin accepts https://host or https://host:port and nothing behind it.
func checkOrigin(label, text string) error {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return fmt.Errorf("%s %q is not of the form https://host", label, providers.Clean(text))
	}
	if origin := "https://" + u.Host; text != origin {
		return fmt.Errorf("%s %q has something besides the host: write %s", label, providers.Clean(text), providers.Clean(origin))
	}
	return nil
}
