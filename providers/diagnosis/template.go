package diagnosis

import (
	"strconv"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// sentence fills a template for a person.
func (v values) sentence(template string) string {
	return expand(template, func(name string) string {
		value, p := v.find(name)
		switch {
		case value == "":
			return p.unknown
		case name == "folder":
			return p.before + strconv.Quote(providers.Clean(value))
		}
		return p.before + shown(value)
	})
}

// command fills a template of one PowerShell line. Values that are not known stay as a word in
// angle brackets, which no command accepts by accident.
func (v values) command(template string) string {
	return expand(template, func(name string) string {
		value, p := v.find(name)
		switch {
		case value == "":
			return argument("<" + p.blank + ">")
		}
		return argument(value)
	})
}

// expand replaces every {{name}} once; a value that looks like a template is not read again.
func expand(template string, value func(name string) string) string {
	before, rest, found := strings.Cut(template, "{{")
	if !found {
		return template
	}
	var b strings.Builder
	for found {
		name, after, closed := strings.Cut(rest, "}}")
		b.WriteString(before)
		if !closed {
			return b.String() + "{{" + rest
		}
		b.WriteString(value(name))
		before, rest, found = strings.Cut(after, "{{")
	}
	b.WriteString(before)
	return b.String()
}

// shown is a value as it stands in a sentence: cleaned, and quoted unless it is plain.
func shown(value string) string {
	value = providers.Clean(value)
	if strings.IndexFunc(value, func(r rune) bool { return !plain(r) }) < 0 {
		return value
	}
	return strconv.Quote(value)
}
