package product

import "strings"

// KnownError is an error text of the product or a server with what it means on this route. The
// same text can be harmless on one route and fatal on another.
type KnownError struct {
	Match   string   `yaml:"match" need:"yes"` // words that must occur
	All     []string `yaml:"all"`              // further words that must all occur too
	Where   string   `yaml:"where" need:"yes" oneof:"product provider imap smtp pop"`
	Verdict string   `yaml:"verdict" need:"yes" oneof:"harmless fix retry escalate"`
	Cause   string   `yaml:"cause" need:"yes"` // what it means, a sentence
	Fix     []string `yaml:"fix"`
	Source  Source   `yaml:"src"`
}

// Matches reports whether the text holds all the error's words, whatever the case, line breaks
// and runs of blanks.
func (e KnownError) Matches(text string) bool {
	text = plain(text)
	if !strings.Contains(text, plain(e.Match)) {
		return false
	}
	for _, words := range e.All {
		if !strings.Contains(text, plain(words)) {
			return false
		}
	}
	return true
}

// Recognise finds the first of the route's known errors in a text.
func (r *Route) Recognise(text string) (*KnownError, bool) {
	return find(r.Errors, func(e *KnownError) bool { return e.Matches(text) })
}

func plain(text string) string { return strings.ToLower(strings.Join(strings.Fields(text), " ")) }
