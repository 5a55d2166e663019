package product

import "strings"

// Say fills the {{placeholders}} of a sentence with values by their catalogue ids. A value that
// is not known yet reads <id>. Values are never filled in a second time.
func Say(text string, values map[string]string) string {
	return substitute(text, func(name string) string {
		if values[name] == "" {
			return "<" + name + ">"
		}
		return values[name]
	})
}

// substitute replaces each {{placeholder}} of a text once.
func substitute(text string, value func(name string) string) string {
	var b strings.Builder
	for text != "" {
		before, after, found := strings.Cut(text, "{{")
		b.WriteString(before)
		if !found {
			break
		}
		name, rest, ok := placeholder("{{" + after)
		if ok {
			b.WriteString(value(name))
		} else {
			b.WriteString("{{")
			rest = after
		}
		text = rest
	}
	return b.String()
}

// placeholder reads a {{name}} at the beginning of text.
func placeholder(text string) (name, rest string, ok bool) {
	inner, found := strings.CutPrefix(text, "{{")
	if !found {
		return "", "", false
	}
	name, rest, ok = strings.Cut(inner, "}}")
	if !ok || name == "" || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
		return "", "", false
	}
	return name, rest, true
}

// mentions lists the names of the placeholders in a text.
func mentions(text string) []string {
	var names []string
	for {
		_, after, found := strings.Cut(text, "{{")
		if !found {
			return names
		}
		if name, _, ok := placeholder("{{" + after); ok {
			names = append(names, name)
		}
		text = after
	}
}
