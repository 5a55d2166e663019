package strictyaml

import "github.com/goccy/go-yaml/token"

// The parser's time and memory grow with the square of nesting and of keys, so that a small
// hostile file could stop the program. No file written by hand or by this program comes near these.
const (
	maxNesting = 64
	maxKeys    = 20_000
)

// limit refuses a file that would cost too much to parse.
func (d decoder) limit(tokens token.Tokens) error {
	var brackets, keys, line, dashes int
	for _, t := range tokens {
		if t.Position.Line != line {
			line, dashes = t.Position.Line, 0
		}
		switch t.Type {
		case token.SequenceStartType, token.MappingStartType:
			brackets++
		case token.SequenceEndType, token.MappingEndType:
			brackets--
		case token.SequenceEntryType, token.MappingKeyType:
			dashes++
		case token.MappingValueType:
			keys++
		}
		if max(brackets, dashes) > maxNesting {
			return d.at(t, "write it in lines of the form key: value", "lists and maps are nested more than %d deep", maxNesting)
		}
		if keys > maxKeys {
			return d.at(t, "split the file", "file has more than %d keys", maxKeys)
		}
	}
	return nil
}
