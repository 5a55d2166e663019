package product

import (
	"fmt"
	"slices"
	"strings"
)

// Artefact is a text that goes into the product.
type Artefact struct {
	ID             string            `yaml:"id" need:"yes"`
	Title          string            `yaml:"title" need:"yes"`
	Kind           string            `yaml:"kind" need:"yes" oneof:"properties text fields"`
	Place          string            `yaml:"place" need:"yes"`                   // the screen and field it is pasted into
	Direction      Direction         `yaml:"direction" oneof:"inbound outbound"` // empty: one for both
	ForEach        string            `yaml:"for_each" oneof:"inbound"`           // empty: one text
	TemplateFile   string            `yaml:"template_file"`                      // in the product's folder; none for fields
	Extension      string            `yaml:"extension"`                          // of a file it is written to, without the dot; txt for fields
	Placeholders   map[string]string `yaml:"placeholders"`                       // word in the template → value id
	Count          map[string]int    `yaml:"count"`                              // how often each word occurs
	Keep           []string          `yaml:"keep"`                               // literals that the product itself replaces
	Escape         string            `yaml:"escape" oneof:"properties none"`     // none for fields
	ContainsSecret bool              `yaml:"contains_secret"`
	Fields         []Field           `yaml:"fields"`   // kind fields: what is entered, in the screen's order
	Requests       []Request         `yaml:"requests"` // what the product sends with this text
	Source         Source            `yaml:"src"`

	template string          // read by the loader
	secrets  map[string]bool // the placeholders whose value is secret; set by the loader
	optional map[string]bool // the placeholders of fields whose value may be missing; set by the loader
}

// Template is the text before anything is filled in, exactly as the vendor prescribes it; empty
// for fields.
func (a Artefact) Template() string { return a.template }

// Place is where a line of a rendered artefact holds the secret.
type Place struct {
	Line int    // from 1; the same in the template and in the rendered text
	Key  string // the property on that line, or the label of the field
}

// SecretPlaces lists the lines that hold the secret, which is where a new one must be entered.
func (a Artefact) SecretPlaces() []Place { return a.SecretPlacesFor(true, true) }

// SecretPlacesFor is SecretPlaces for the directions in use: fields of the other one are not filled in.
func (a Artefact) SecretPlacesFor(outbound, inbound bool) []Place {
	if a.Kind == "fields" {
		return a.secretFields(outbound, inbound)
	}
	var places []Place
	for i, line := range strings.Split(a.template, "\n") {
		for _, piece := range a.cut(line) {
			if a.secrets[piece.word] {
				key, _, _ := strings.Cut(line, "=")
				places = append(places, Place{Line: i + 1, Key: strings.TrimSpace(key)})
			}
		}
	}
	return places
}

// piece is a stretch of a template: a literal, or a placeholder's word.
type piece struct{ literal, word string }

// cut divides a text at the declared placeholders. A placeholder is a whole word: CLIENT_ID is
// not found in MY_CLIENT_IDS.
func (a Artefact) cut(text string) []piece {
	var pieces []piece
	literal := 0 // where the literal that is being collected begins
	for i := 0; i < len(text); {
		if !wordByte(text[i]) {
			i++
			continue
		}
		end := i
		for end < len(text) && wordByte(text[end]) {
			end++
		}
		if word := text[i:end]; a.Placeholders[word] != "" {
			pieces = append(pieces, piece{literal: text[literal:i]}, piece{word: word})
			literal = end
		}
		i = end
	}
	return append(pieces, piece{literal: text[literal:]})
}

func wordByte(b byte) bool {
	return b == '_' || ('0' <= b && b <= '9') || ('A' <= b && b <= 'Z') || ('a' <= b && b <= 'z') || b >= 0x80
}

// valueIDs lists the values that an artefact is filled with, each once and in order.
func (a Artefact) valueIDs() []string {
	var ids []string
	for _, id := range a.Placeholders {
		ids = append(ids, id)
	}
	for _, field := range a.Fields {
		ids = append(ids, mentions(field.Value+field.Otherwise)...)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// checkCounts compares how often each placeholder occurs in the template with what is declared,
// and that cutting it up leaves the product's own placeholders whole.
func (a Artefact) checkCounts() error {
	count := map[string]int{}
	var literals strings.Builder
	for _, piece := range a.cut(a.template) {
		if piece.word != "" {
			count[piece.word]++
		}
		literals.WriteString(piece.literal)
		literals.WriteByte('\x00')
	}
	for word := range a.Placeholders {
		if count[word] != a.Count[word] {
			return fmt.Errorf("template of %s has %s %d times, not %d times", a.ID, word, count[word], a.Count[word])
		}
	}
	for _, keep := range a.Keep {
		in := strings.Count(a.template, keep)
		if in == 0 || in != strings.Count(literals.String(), keep) {
			return fmt.Errorf("template of %s does not keep %s, which belongs to the product", a.ID, keep)
		}
	}
	return nil
}
