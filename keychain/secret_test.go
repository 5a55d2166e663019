package keychain

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	texttemplate "text/template"

	"github.com/goccy/go-yaml"
)

const plain = "Q8~swordfish-v4lue"

// traces are the ways in which the plain value could stand in a text.
var traces = []string{plain, "swordfish", fmt.Sprintf("%x", plain), fmt.Sprintf("%X", plain), fmt.Sprintf("% x", plain), fmt.Sprint([]byte(plain))}

func mustHide(t *testing.T, text string) {
	t.Helper()
	for _, trace := range traces {
		if strings.Contains(text, trace) {
			t.Errorf("the secret shows in %q", text)
		}
	}
}

type exported struct{ Password Secret }
type unexported struct{ password Secret }
type embedded struct{ Secret }
type pointed struct{ password *Secret }

func holders() map[string]any {
	secret := NewSecret(plain)
	return map[string]any{
		"alone":              secret,
		"pointer":            &secret,
		"exported field":     exported{secret},
		"unexported field":   unexported{secret},
		"pointer to struct":  &unexported{secret},
		"embedded":           embedded{secret},
		"pointer in a field": pointed{&secret},
		"slice":              []Secret{secret},
		"slice of structs":   []unexported{{secret}},
		"map value":          map[string]Secret{"a": secret},
		"map key":            map[Secret]int{secret: 1},
		"map in struct":      struct{ m map[Entry]Secret }{map[Entry]Secret{"a": secret}},
		"interface":          struct{ v any }{secret},
		"reflected":          reflect.ValueOf(secret),
		"array":              [1]Secret{secret},
		"error":              fmt.Errorf("asking with %v: %w", secret, errors.New("no")),
		"joined error":       errors.Join(fmt.Errorf("%+v", unexported{secret})),
	}
}

func TestSecretHidesInEveryVerb(t *testing.T) {
	for name, holder := range holders() {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%t", "%c", "%U", "%b", "%o", "%e", "%T", "%p", "%20s", "%-5v", "%!"} {
			t.Run(name+" "+verb, func(t *testing.T) { mustHide(t, fmt.Sprintf(verb, holder)) })
		}
		t.Run(name+" print", func(t *testing.T) { mustHide(t, fmt.Sprint(holder)+fmt.Sprintln(holder)) })
	}
}

func TestSecretHidesInEncodings(t *testing.T) {
	for name, holder := range holders() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if name != "map key" { // no JSON object key is a struct without MarshalText; with it, it is redacted
				text, err := json.Marshal(holder)
				mustHide(t, fmt.Sprint(string(text), err))
			}
			text, err := yaml.Marshal(holder)
			mustHide(t, fmt.Sprint(string(text), err))
			text, err = xml.Marshal(holder)
			mustHide(t, fmt.Sprint(string(text), err))

			var out bytes.Buffer
			slog.New(slog.NewTextHandler(&out, nil)).Info("kept", "holder", holder)
			slog.New(slog.NewJSONHandler(&out, nil)).Info("kept", "holder", holder, slog.Group("g", "inner", holder))
			err = texttemplate.Must(texttemplate.New("").Parse(`{{.}} {{printf "%s %v %q" . . .}}`)).Execute(&out, holder)
			mustHide(t, fmt.Sprint(err))
			err = template.Must(template.New("").Parse(`<p title="{{.}}">{{.}}</p><script>x = {{.}}</script>`)).Execute(&out, holder)
			mustHide(t, fmt.Sprint(err))
			mustHide(t, out.String())
		})
	}
}

func TestSecretSaysThatItIsRedacted(t *testing.T) {
	secret := NewSecret(plain)
	text, err := json.Marshal(exported{secret})
	if err != nil || string(text) != `{"Password":"[redacted]"}` {
		t.Errorf("JSON is %s, %v", text, err)
	}
	text, err = yaml.Marshal(struct{ Password Secret }{secret})
	if err != nil || string(text) != "password: \"[redacted]\"\n" {
		t.Errorf("YAML is %q, %v", text, err)
	}
	if got := fmt.Sprintf("%s", secret); got != "[redacted]" {
		t.Errorf("%%s is %q", got)
	}
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("m", "s", secret)
	if !strings.Contains(out.String(), "s=[redacted]") {
		t.Errorf("slog wrote %q", out.String())
	}
}

func TestSecretKeepsItsValue(t *testing.T) {
	for _, tc := range []struct {
		name  string
		value string
	}{
		{"ordinary", plain},
		{"empty", ""},
		{"with line ends and zero bytes", "a\r\nb\x00c"},
		{"not UTF-8", "\xff\xfe"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			secret := NewSecret(tc.value)
			if secret.Reveal() != tc.value {
				t.Errorf("revealed %q", secret.Reveal())
			}
			if secret.IsZero() != (tc.value == "") {
				t.Errorf("IsZero is %v", secret.IsZero())
			}
			if again := NewSecret(strings.Clone(tc.value)); !secret.Equal(again) || secret != again {
				t.Error("two secrets of one value differ")
			}
			if secret.Equal(NewSecret(tc.value + "x")) {
				t.Error("two secrets of different values are equal")
			}
		})
	}
	if !(Secret{}).Equal(NewSecret("")) || (Secret{}).Reveal() != "" {
		t.Error("the zero secret is not the empty one")
	}
}

func FuzzSecret(f *testing.F) {
	f.Add(plain)
	f.Add("")
	f.Add("redacted")
	f.Fuzz(func(t *testing.T, value string) {
		secret := NewSecret(value)
		if secret.Reveal() != value {
			t.Errorf("revealed %q of %q", secret.Reveal(), value)
		}
		if got := fmt.Sprintf("%v %+v %#v %q", secret, unexported{secret}.password, secret, secret); strings.ReplaceAll(got, redacted, "") != "   " {
			t.Errorf("printed %q", got)
		}
	})
}
