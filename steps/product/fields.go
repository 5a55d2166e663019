package product

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/mailgrant/mailgrant/keychain"
)

// Field is one field of a screen of the product.
type Field struct {
	Label      string      `yaml:"label" need:"yes"`                    // the product's own words
	Value      string      `yaml:"value" need:"yes"`                    // with {{value}} placeholders; {{client_secret}} is masked wherever it is shown
	Otherwise  string      `yaml:"otherwise"`                           // entered when an optional value of Value is not given
	Directions []Direction `yaml:"directions" oneof:"inbound outbound"` // empty: for both
	Note       string      `yaml:"note"`
	Source     Source      `yaml:"src"`
}

// FilledField is a field with what is entered in it.
type FilledField struct {
	Label  string
	Value  Text // empty where nothing is to be entered: the field stays as it is
	Note   string
	Secret bool // Value.Reveal shows a secret
}

// RenderFields fills in a list of fields, without those of a direction that is not in use. values
// and secret are as in Render, and so are the errors.
func RenderFields(a *Artefact, outbound, inbound bool, values map[string]string, secret keychain.Secret) ([]FilledField, error) {
	var filled []FilledField
	for _, field := range a.Fields {
		if !uses(field.Directions, outbound, inbound) {
			continue
		}
		value, err := a.fillField(field.Value, field.Otherwise, values, secret)
		if err != nil {
			return nil, err
		}
		filled = append(filled, FilledField{Label: field.Label, Value: value, Note: field.Note, Secret: value.secret})
	}
	return filled, nil
}

func (a *Artefact) fillField(text, otherwise string, values map[string]string, secret keychain.Secret) (Text, error) {
	hidden := false
	for _, id := range mentions(text) {
		value := values[id]
		if a.secrets[id] {
			value, hidden = secret.Reveal(), true
		}
		switch {
		case value == "" && a.optional[id] && otherwise == "":
			return Text{}, nil
		case value == "" && a.optional[id]:
			return a.fillField(otherwise, "", values, secret)
		case value == "":
			return Text{}, fmt.Errorf("%s needs %s, which is missing", a.ID, id)
		}
		if err := oneLine(value); err != nil {
			return Text{}, fmt.Errorf("%s cannot hold this %s: %w", a.ID, id, err)
		}
	}
	exact := substitute(text, func(id string) string {
		if a.secrets[id] {
			return secret.Reveal()
		}
		return values[id]
	})
	masked := substitute(text, func(id string) string {
		if a.secrets[id] {
			return mask
		}
		return values[id]
	})
	return Text{exact: keychain.NewSecret(exact), masked: masked, secret: hidden}, nil
}

// oneLine refuses what would end a field early, or a line where a list of fields is written down.
func oneLine(value string) error {
	if strings.ContainsFunc(value, func(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }) {
		return errors.New("it has a line end or another control character in it")
	}
	return nil
}

// renderFields writes a list of fields as a text, one line "Label: value" each. A direction is in
// use when values hold its address; when they hold neither, both are.
func (a *Artefact) renderFields(values map[string]string, secret keychain.Secret) (Text, error) {
	outbound, inbound := values["outbound"] != "", values["inbound"] != ""
	if !outbound && !inbound {
		outbound, inbound = true, true
	}
	fields, err := RenderFields(a, outbound, inbound, values, secret)
	if err != nil {
		return Text{}, err
	}
	var exact, masked strings.Builder
	hidden := false
	for _, field := range fields {
		exact.WriteString(strings.TrimRight(field.Label+": "+field.Value.Reveal(), " ") + "\n")
		masked.WriteString(strings.TrimRight(field.Label+": "+field.Value.Masked(), " ") + "\n")
		hidden = hidden || field.Secret
	}
	return Text{exact: keychain.NewSecret(exact.String()), masked: masked.String(), secret: hidden}, nil
}

// secretFields are the fields that hold the secret: their lines in the rendered text, and their labels.
func (a *Artefact) secretFields(outbound, inbound bool) []Place {
	var places []Place
	line := 0
	for _, field := range a.Fields {
		if !uses(field.Directions, outbound, inbound) {
			continue
		}
		line++
		for _, id := range mentions(field.Value) {
			if a.secrets[id] {
				places = append(places, Place{Line: line, Key: field.Label})
			}
		}
	}
	return places
}
