package product

import (
	"slices"
	"strings"
)

// secrets applies rule 10: nothing that is or could be a secret stands in the data, and no
// sentence is written so that a secret would be filled into it.
func (l *linter) secrets() {
	for i, v := range l.product.Values {
		at := top("value "+v.ID, "values", i)
		if v.Secret && (v.Default != "" || v.Example != "") {
			l.add(ruleSecrets, at, "delete it", "a secret has a default or an example")
		}
		l.noSecret(at, v.Default, v.Example, v.Hint)
	}
	for i, a := range l.product.Artefacts {
		at := top("artefact "+a.ID, "artefacts", i)
		l.noSecret(at, a.template)
		for j, field := range a.Fields {
			l.noSecret(at.entry("field "+field.Label, "fields", j), field.Label, field.Value, field.Otherwise, field.Note)
		}
	}
	for route, r := range l.routes() {
		for i, e := range r.Errors {
			l.noSecret(route.entry("error "+e.Match, "errors", i), slices.Concat([]string{e.Match, e.Cause}, e.All, e.Fix)...)
		}
		for i, t := range r.Tests {
			l.noSecret(route.entry("test "+t.ID, "tests", i), t.Expect)
		}
		for _, s := range r.sentences(route) {
			for _, name := range mentions(s.text) {
				if v, ok := l.product.Value(name); ok && v.Secret {
					l.add(ruleSecrets, s.at, "say where it is found instead", "a sentence would show %s: %q", name, s.text)
				}
			}
		}
	}
}

func (l *linter) noSecret(at place, texts ...string) {
	for _, text := range texts {
		for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\n\"'=,;()<>", r) }) {
			if looksSecret(word) {
				// The word itself is not repeated: it may be real.
				l.add(ruleSecrets, at, "replace it by a placeholder", "a word of %d characters looks like a secret", len(word))
			}
		}
	}
}

// looksSecret recognises the forms of Entra's and Google's client secrets and of tokens, and any
// long mixture of small and capital letters with digits.
func looksSecret(word string) bool {
	switch {
	case len(word) >= 32 && len(word) <= 64 && strings.Contains(word, "Q~"):
		return true
	case strings.HasPrefix(word, "GOCSPX-"), strings.HasPrefix(word, "eyJ") && strings.Count(word, ".") == 2:
		return true
	case len(word) < 24 || strings.ContainsAny(word, "./:{}%\\"):
		return false
	}
	return strings.ContainsAny(word, "abcdefghijklmnopqrstuvwxyz") &&
		strings.ContainsAny(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") && strings.ContainsAny(word, "0123456789")
}
