package product

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Properties is a Java .properties text as a product reads it.
// https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)
type Properties struct {
	Entries []Property // in the order of the text; a key may occur again
}

// Property is one key with its value, escapes undone.
type Property struct {
	Key   string
	Value string
	Line  int // where it begins, from 1
}

// Get returns the value of a key. As in Java the last of several wins.
func (p Properties) Get(key string) (string, bool) {
	for i := len(p.Entries) - 1; i >= 0; i-- {
		if p.Entries[i].Key == key {
			return p.Entries[i].Value, true
		}
	}
	return "", false
}

// ParseProperties reads a text as java.util.Properties does. The only errors are malformed \uXXXX
// escapes; they name the line.
func ParseProperties(text string) (Properties, error) {
	var properties Properties
	lines := naturalLines(text)
	for i := 0; i < len(lines); i++ {
		start := i + 1
		line := strings.TrimLeft(lines[i], blanks)
		if line == "" || line[0] == '#' || line[0] == '!' {
			continue
		}
		for continues(line) {
			line = line[:len(line)-1]
			if i+1 == len(lines) {
				break
			}
			i++
			line += strings.TrimLeft(lines[i], blanks)
		}
		property, err := readProperty(line)
		if err != nil {
			return Properties{}, fmt.Errorf("line %d: %w", start, err)
		}
		property.Line = start
		properties.Entries = append(properties.Entries, property)
	}
	return properties, nil
}

// blanks are what Java skips around keys: blank, tab and form feed.
const blanks = " \t\f"

// naturalLines divides a text at \n, \r and \r\n.
func naturalLines(text string) []string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Split(strings.ReplaceAll(text, "\r", "\n"), "\n")
}

// continues reports whether a line ends in an odd number of backslashes.
func continues(line string) bool {
	return (len(line)-len(strings.TrimRight(line, `\`)))%2 == 1
}

// readProperty divides a logical line at its first unescaped =, : or blank.
func readProperty(line string) (Property, error) {
	end := 0
	for end < len(line) && !strings.ContainsRune("=:"+blanks, rune(line[end])) {
		if line[end] == '\\' {
			end++
		}
		end++
	}
	end = min(end, len(line))
	rest := strings.TrimLeft(line[end:], blanks)
	if rest != "" && (rest[0] == '=' || rest[0] == ':') {
		rest = strings.TrimLeft(rest[1:], blanks)
	}
	key, err := unescape(line[:end])
	if err != nil {
		return Property{}, err
	}
	value, err := unescape(rest)
	return Property{Key: key, Value: value}, err
}

// unescape undoes the escapes of a key or value. UTF-16 surrogates that stand in two \uXXXX
// become one character, as in a Java string; a surrogate alone becomes U+FFFD.
func unescape(text string) (string, error) {
	if !strings.Contains(text, `\`) {
		return text, nil
	}
	var b strings.Builder
	var units []uint16
	flush := func() {
		b.WriteString(string(utf16.Decode(units)))
		units = nil
	}
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			flush()
			b.WriteByte(text[i])
			continue
		}
		i++
		if text[i] == 'u' {
			unit, err := hexUnit(text[i+1:])
			if err != nil {
				return "", err
			}
			units = append(units, unit)
			i += 4
			continue
		}
		flush()
		b.WriteByte(named(text[i]))
	}
	flush()
	return b.String(), nil
}

// named is the character that a backslash and this letter stand for. A letter without a meaning
// of its own stands for itself.
func named(letter byte) byte {
	switch letter {
	case 't':
		return '\t'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 'f':
		return '\f'
	}
	return letter
}

func hexUnit(text string) (uint16, error) {
	if len(text) >= 4 {
		if unit, err := strconv.ParseUint(text[:4], 16, 16); err == nil {
			return uint16(unit), nil
		}
	}
	return 0, fmt.Errorf(`an escape \u is not followed by four hexadecimal digits`)
}
