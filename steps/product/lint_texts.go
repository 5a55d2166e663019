package product

import (
	"slices"
	"strings"

	"github.com/mailgrant/mailgrant/keychain"
)

// artefacts applies rule 1: what a template holds and what is declared about it are the same, and
// it can be rendered.
func (l *linter) artefacts() {
	for i := range l.product.Artefacts {
		a := &l.product.Artefacts[i]
		where := "artefact " + a.ID
		before := len(l.findings)
		l.placeholders(a, where)
		l.keeps(a, where)
		if a.ContainsSecret != (len(a.secrets) > 0) {
			l.add(rulePlaceholders, where, "make contains_secret say what the placeholders say", "contains_secret is %t, but %d of its placeholders are secret", a.ContainsSecret, len(a.secrets))
		}
		if len(l.findings) > before {
			continue
		}
		sample := map[string]string{}
		for _, id := range a.Placeholders {
			sample[id] = "sample " + id
		}
		if _, err := Render(a, sample, keychain.NewSecret("sample secret")); err != nil {
			l.add(rulePlaceholders, where, "compare kind, escape and template with the vendor's text", "%v", err)
		}
	}
}

func (l *linter) placeholders(a *Artefact, where string) {
	found := map[string]int{}
	for _, piece := range a.cut(a.template) {
		if piece.word != "" {
			found[piece.word]++
		}
	}
	for _, word := range sortedKeys(a.Placeholders) {
		switch want, counted := a.Count[word]; {
		case !counted:
			l.add(rulePlaceholders, where, "add it to count", "placeholder %s has no count", word)
		case found[word] != want:
			l.add(rulePlaceholders, where, "correct the count or the template", "placeholder %s occurs %d times, not %d times", word, found[word], want)
		}
	}
	for _, word := range sortedKeys(a.Count) {
		if a.Placeholders[word] == "" {
			l.add(rulePlaceholders, where, "add it to placeholders or delete the count", "%s is counted but not declared", word)
		}
	}
	rest := a.template
	for _, keep := range a.Keep {
		rest = strings.ReplaceAll(rest, keep, "")
	}
	for _, word := range strings.FieldsFunc(rest, func(r rune) bool { return r >= 0x80 || !wordByte(byte(r)) }) {
		if looksLikePlaceholder(word) && a.Placeholders[word] == "" {
			l.add(rulePlaceholders, where, "add it to placeholders, or to keep if the product replaces it", "template has %s, which is not declared", word)
		}
	}
}

// keeps looks after what belongs to the product: each declared literal is in the template and
// stays whole, and each ${…} and %WORD% of the template is declared.
func (l *linter) keeps(a *Artefact, where string) {
	for _, keep := range a.Keep {
		switch pieces := a.cut(keep); {
		case !strings.Contains(a.template, keep):
			l.add(rulePlaceholders, where, "delete it from keep or correct the template", "template does not have %s, which it should keep", keep)
		case len(pieces) > 1:
			l.add(rulePlaceholders, where, "name the placeholder otherwise", "placeholder %s lies in %s, which must stay as it is", pieces[1].word, keep)
		}
	}
	for _, literal := range productLiterals(a.template) {
		if !slices.Contains(a.Keep, literal) {
			l.add(rulePlaceholders, where, "add it to keep", "template has %s, which the product replaces, but does not declare it", literal)
		}
	}
}

// looksLikePlaceholder recognises the vendors' way of writing them: CLIENT_ID.
func looksLikePlaceholder(word string) bool {
	return strings.Contains(strings.Trim(word, "_"), "_") && strings.Trim(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}

// productLiterals lists each ${…} and %WORD% of a template once.
func productLiterals(template string) []string {
	var all []string
	for rest := template; ; {
		_, after, found := strings.Cut(rest, "${")
		name, _, closed := strings.Cut(after, "}")
		if !found || !closed {
			break
		}
		all = append(all, "${"+name+"}")
		rest = after
	}
	for i, part := range strings.Split(template, "%") {
		if i > 0 && part != "" && strings.Trim(part, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == "" {
			all = append(all, "%"+part+"%")
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// rotations applies rule 12: the places that a new secret has to reach are all listed, with the
// right number.
func (l *linter) rotations() {
	for i := range l.product.Routes {
		r := &l.product.Routes[i]
		where := "route " + r.ID + ", rotation"
		for _, touch := range r.Rotation.Touches {
			a, ok := l.product.Artefact(touch.Artefact)
			switch {
			case !ok || !slices.Contains(r.Artefacts, touch.Artefact):
				l.add(ruleRotation, where, "delete it or correct its name", "it touches %s, which this route does not use", touch.Artefact)
			case touch.Count != len(a.SecretPlaces()):
				l.add(ruleRotation, where, "correct the count", "%s holds the secret in %d places, not in %d", a.ID, len(a.SecretPlaces()), touch.Count)
			case touch.ForEach != a.ForEach:
				l.add(ruleRotation, where, "make for_each the same in both", "%s is repeated in one place and not in the other", a.ID)
			}
		}
		for _, id := range r.Artefacts {
			a, ok := l.product.Artefact(id)
			listed := slices.ContainsFunc(r.Rotation.Touches, func(t Touch) bool { return t.Artefact == id })
			if ok && len(a.secrets) > 0 && !listed {
				l.add(ruleRotation, where, "add it to touches", "%s holds the secret but is not listed", id)
			}
		}
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
