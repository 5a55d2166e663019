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
		at := top("artefact "+a.ID, "artefacts", i)
		before := len(l.findings)
		l.placeholders(a, at)
		l.keeps(a, at)
		l.fields(a, at)
		if a.ContainsSecret != (len(a.secrets) > 0) {
			l.add(rulePlaceholders, at, "make contains_secret say what the placeholders say", "contains_secret is %t, but %d of its placeholders are secret", a.ContainsSecret, len(a.secrets))
		}
		if len(l.findings) > before {
			continue
		}
		sample := map[string]string{}
		for _, id := range a.valueIDs() {
			sample[id] = "sample " + id
		}
		if _, err := Render(a, sample, keychain.NewSecret("sample secret")); err != nil {
			l.add(rulePlaceholders, at, "compare kind, escape and template with the vendor's text", "%v", err)
		}
	}
}

// fields checks that whatever a list of fields names can be filled in.
func (l *linter) fields(a *Artefact, at place) {
	for i, field := range a.Fields {
		for _, id := range mentions(field.Value + field.Otherwise) {
			if _, ok := l.product.Value(id); !ok && !computed(id) {
				l.add(rulePlaceholders, at.entry("field "+field.Label, "fields", i), "correct the name, or add the value", "it names %s, which is no value and nothing that is computed", id)
			}
		}
	}
}

func (l *linter) placeholders(a *Artefact, at place) {
	found := map[string]int{}
	for _, piece := range a.cut(a.template) {
		if piece.word != "" {
			found[piece.word]++
		}
	}
	for _, word := range sortedKeys(a.Placeholders) {
		switch want, counted := a.Count[word]; {
		case !counted:
			l.add(rulePlaceholders, at, "add it to count", "placeholder %s has no count", word)
		case found[word] != want:
			l.add(rulePlaceholders, at, "correct the count or the template", "placeholder %s occurs %d times, not %d times", word, found[word], want)
		}
	}
	for _, word := range sortedKeys(a.Count) {
		if a.Placeholders[word] == "" {
			l.add(rulePlaceholders, at, "add it to placeholders or delete the count", "%s is counted but not declared", word)
		}
	}
	rest := a.withoutKeys()
	for _, keep := range a.Keep {
		rest = strings.ReplaceAll(rest, keep, "")
	}
	for _, word := range strings.FieldsFunc(rest, func(r rune) bool { return r >= 0x80 || !wordByte(byte(r)) }) {
		if looksLikePlaceholder(word) && a.Placeholders[word] == "" {
			l.add(rulePlaceholders, at, "add it to placeholders, or to keep if the product replaces it", "template has %s, which is not declared", word)
		}
	}
}

// keeps looks after what belongs to the product: each declared literal is in the template and
// stays whole, and each ${…} and %WORD% of the template is declared.
func (l *linter) keeps(a *Artefact, at place) {
	for _, keep := range a.Keep {
		switch pieces := a.cut(keep); {
		case !strings.Contains(a.template, keep):
			l.add(rulePlaceholders, at, "delete it from keep or correct the template", "template does not have %s, which it should keep", keep)
		case len(pieces) > 1:
			l.add(rulePlaceholders, at, "name the placeholder otherwise", "placeholder %s lies in %s, which must stay as it is", pieces[1].word, keep)
		}
	}
	for _, literal := range productLiterals(a.template) {
		if !slices.Contains(a.Keep, literal) {
			l.add(rulePlaceholders, at, "add it to keep", "template has %s, which the product replaces, but does not declare it", literal)
		}
	}
}

// withoutKeys is the template without the keys of its properties: they are the product's words,
// and some are written as placeholders are.
func (a *Artefact) withoutKeys() string {
	if a.Kind != "properties" {
		return a.template
	}
	lines := strings.Split(a.template, "\n")
	for i, line := range lines {
		if key, value, found := strings.Cut(line, "="); found && !strings.HasPrefix(strings.TrimLeft(key, blanks), "#") {
			lines[i] = value
		}
	}
	return strings.Join(lines, "\n")
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

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
