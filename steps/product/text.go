package product

import (
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/mailgrant/mailgrant/keychain"
)

// mask stands where a secret is on a screen or in a report. Its length says nothing.
const mask = "********"

// Text is a rendered artefact. Like keychain.Secret it hides itself: whatever prints or encodes it
// gets the masked form. Only Reveal gives the exact bytes.
type Text struct {
	exact  keychain.Secret
	masked string
	secret bool
}

// Reveal is the exact text that goes into the product, with the secret in it where it has one.
func (t Text) Reveal() string { return t.exact.Reveal() }

// Masked is the text with ******** where the secret stands; safe to show.
func (t Text) Masked() string { return t.masked }

// HasSecret reports whether Reveal shows a secret.
func (t Text) HasSecret() bool { return t.secret }

func (t Text) String() string                 { return t.masked }
func (t Text) GoString() string               { return t.masked }
func (t Text) LogValue() slog.Value           { return slog.StringValue(t.masked) }
func (t Text) MarshalText() ([]byte, error)   { return []byte(t.masked), nil }
func (t Text) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, t.masked) }

// Render fills an artefact in. values are by catalogue id; secret fills every placeholder whose
// value is secret. Each placeholder is replaced once: a value that looks like a placeholder stays
// as it is. The result is read back as the product would read it and compared before it is given
// out. Errors name the value that is missing or cannot be written, never its content.
//
// Fields become one line "Label: value" each; see RenderFields.
func Render(a *Artefact, values map[string]string, secret keychain.Secret) (Text, error) {
	if a.Kind == "fields" {
		return a.renderFields(values, secret)
	}
	if err := a.checkCounts(); err != nil {
		return Text{}, err
	}
	raw := map[string]string{} // by placeholder
	for word, id := range a.Placeholders {
		value := values[id]
		if a.secrets[word] {
			value = secret.Reveal()
		}
		if value == "" {
			return Text{}, fmt.Errorf("%s needs %s, which is missing", a.ID, id)
		}
		raw[word] = value
	}
	written := map[string]string{}
	shown := map[string]string{}
	for word, value := range raw {
		escaped, err := escape(a.Escape, value)
		if err != nil {
			return Text{}, fmt.Errorf("%s cannot hold this %s: %w", a.ID, a.Placeholders[word], err)
		}
		written[word], shown[word] = escaped, escaped
		if a.secrets[word] {
			shown[word] = mask
		}
	}
	exact := a.fill(a.template, written)
	if err := a.readBack(exact, raw); err != nil {
		return Text{}, err
	}
	return Text{exact: keychain.NewSecret(exact), masked: a.fill(a.template, shown), secret: len(a.secrets) > 0}, nil
}

// fill replaces the placeholders of a text in one pass.
func (a *Artefact) fill(text string, values map[string]string) string {
	var b strings.Builder
	for _, piece := range a.cut(text) {
		b.WriteString(piece.literal)
		b.WriteString(values[piece.word])
	}
	return b.String()
}

// readBack proves that a reader of the rendered text finds the template's lines with exactly the
// values in them: nothing was escaped wrongly, no value opened a line of its own.
func (a *Artefact) readBack(exact string, raw map[string]string) error {
	if a.Kind != "properties" {
		if strings.Count(exact, "\n") != strings.Count(a.template, "\n") {
			return fmt.Errorf("%s has another number of lines than its template", a.ID)
		}
		return nil
	}
	want, err := ParseProperties(a.template)
	if err != nil {
		return fmt.Errorf("template of %s: %w", a.ID, err)
	}
	got, err := ParseProperties(exact)
	if err != nil {
		return fmt.Errorf("%s as rendered: %w", a.ID, err)
	}
	if len(got.Entries) != len(want.Entries) {
		return fmt.Errorf("%s as rendered has another number of properties than its template", a.ID)
	}
	for i, entry := range want.Entries {
		entry.Value = a.fill(entry.Value, raw)
		if got.Entries[i] != entry {
			return fmt.Errorf("%s as rendered: line %d, %s, does not read back as it was meant", a.ID, entry.Line, entry.Key)
		}
	}
	return nil
}
