package product

import "strings"

// secrets applies rule 10: nothing that is or could be a secret stands in the data, and no
// sentence is written so that a secret would be filled into it.
func (l *linter) secrets() {
	for _, v := range l.product.Values {
		where := "value " + v.ID
		if v.Secret && (v.Default != "" || v.Example != "") {
			l.add(ruleSecrets, where, "delete it", "a secret has a default or an example")
		}
		l.noSecret(where, v.Default, v.Example, v.Hint)
	}
	for _, a := range l.product.Artefacts {
		l.noSecret("artefact "+a.ID, a.template)
	}
	for i := range l.product.Routes {
		r := &l.product.Routes[i]
		for _, e := range r.Errors {
			l.noSecret("route "+r.ID+", error "+e.Match, append(append([]string{e.Match, e.Cause}, e.All...), e.Fix...)...)
		}
		for _, t := range r.Tests {
			l.noSecret("route "+r.ID+", test "+t.ID, t.Expect)
		}
		for _, text := range r.sentences() {
			for _, name := range mentions(text) {
				if v, ok := l.product.Value(name); ok && v.Secret {
					l.add(ruleSecrets, "route "+r.ID, "say where it is found instead", "a sentence would show %s: %q", name, text)
				}
			}
		}
	}
}

func (l *linter) noSecret(where string, texts ...string) {
	for _, text := range texts {
		for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\n\"'=,;()<>", r) }) {
			if looksSecret(word) {
				// The word itself is not repeated: it may be real.
				l.add(ruleSecrets, where, "replace it by a placeholder", "a word of %d characters looks like a secret", len(word))
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
