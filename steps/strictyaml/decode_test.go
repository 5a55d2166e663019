package strictyaml

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

type settings struct {
	Name   string            `yaml:"name" need:"yes"`
	Level  string            `yaml:"level" oneof:"low high"`
	Port   int               `yaml:"port"`
	On     bool              `yaml:"on"`
	Tags   []string          `yaml:"tags" oneof:"red green"`
	Scopes map[string]string `yaml:"scopes" keys:"in out" oneof:"one many"`
	Hosts  []host            `yaml:"hosts"`
}

type host struct {
	Address string `yaml:"address" need:"yes"`
}

func TestDecodeReadsEveryKind(t *testing.T) {
	t.Parallel()
	const text = "\ufeffname: >-\n  a long\n  name\nlevel: high\nport: 587\non: true\ntags: [red, green]\r\nscopes: {in: one, out: many}\nhosts:\n  - address: \"a: b # c\"\n  - {address: |\n      two\n    }\n"
	var s settings
	if err := Decode("s.yaml", []byte(strings.Split(text, "  - {")[0]), &s); err != nil {
		t.Fatal(err)
	}
	if s.Name != "a long name" || s.Level != "high" || s.Port != 587 || !s.On || len(s.Tags) != 2 || s.Scopes["out"] != "many" || s.Hosts[0].Address != "a: b # c" {
		t.Errorf("read %+v", s)
	}
}

func TestDecodeNamesThePlace(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text, want, fix string
	}{
		"unknown key, nearly right":   {"nmae: x", `s.yaml:1:1: the file has no key "nmae"`, "did you mean name?"},
		"unknown key, quite wrong":    {"name: x\ncolour: y", `s.yaml:2:1: the file has no key "colour"`, "delete the line; the keys are: name, level, port, on, tags, scopes, hosts"},
		"unknown key in an entry":     {"name: x\nhosts:\n  - address: a\n    adress: b", `s.yaml:4:5: an entry of hosts has no key "adress"`, "did you mean address?"},
		"duplicate key":               {"name: x\nport: 1\nname: y", `s.yaml:3:1: the file has the key "name" twice`, "delete one of the two"},
		"duplicate key in a flow map": {"name: x\nscopes: {in: one, in: many}", `s.yaml:2:19: scopes has the key "in" twice`, "delete one of the two"},
		"needed key missing":          {"port: 1", "s.yaml:1:1: the file has no name", "add name:"},
		"needed key missing in entry": {"name: x\nhosts:\n  - {}", "s.yaml:3:5: an entry of hosts has no address", "add address:"},
		"number for a text":           {"name: 5", "s.yaml:1:7: name is a number, not a text", "put it in quotation marks"},
		"true for a text":             {"name: true", "s.yaml:1:7: name is true or false, not a text", "put it in quotation marks"},
		"text for a number":           {"name: x\nport: ssl", "s.yaml:2:7: port is a text, not a whole number", "write a whole number in digits, without quotation marks"},
		"quoted number":               {"name: x\nport: \"587\"", "s.yaml:2:7: port is a text, not a whole number", "write a whole number in digits, without quotation marks"},
		"fraction for a number":       {"name: x\nport: 1.5", "s.yaml:2:7: port is a number, not a whole number", "write a whole number in digits, without quotation marks"},
		"number too large":            {"name: x\nport: 99999999999999999999", "s.yaml:2:7: port is a text, not a whole number", "write a whole number in digits, without quotation marks"},
		"text for true":               {"name: x\non: yes", "s.yaml:2:5: on is a text, not true or false", "write true or false, without quotation marks"},
		"text for a list":             {"name: x\ntags: red", "s.yaml:2:7: tags is a text, not a list", "write it as a list: [a, b] or lines that begin with a hyphen"},
		"list for a text":             {"name: [x]", "s.yaml:1:7: name is a list, not a text", "put it in quotation marks"},
		"map for a text":              {"name:\n  a: b", "s.yaml:2:3: name is keys with values, not a text", "put it in quotation marks"},
		"text for a map":              {"name: x\nscopes: one", "s.yaml:2:9: scopes is a text, not keys with values", "write it as lines of the form key: value"},
		"list as the file":            {"- name: x", "s.yaml:1:1: the file is a list, not keys with values", "write it as lines of the form key: value"},
		"word that is not allowed":    {"name: x\nlevel: middle", "s.yaml:2:8: level has a value that is not allowed", "use one of: low, high"},
		"folded word not allowed":     {"name: x\nlevel: >-\n  mid\n  dle", "s.yaml:2:8: level has a value that is not allowed", "use one of: low, high"},
		"element that is not allowed": {"name: x\ntags: [red, blue]", "s.yaml:2:13: an entry of tags has a value that is not allowed", "use one of: red, green"},
		"map key that is not allowed": {"name: x\nscopes: {up: one}", `s.yaml:2:10: scopes cannot have the key "up"`, "use one of: in, out"},
		"map value not allowed":       {"name: x\nscopes: {in: two}", "s.yaml:2:14: in has a value that is not allowed", "use one of: one, many"},
		"no value":                    {"name:\nport: 1", "s.yaml:1:6: name has no value", "write a value after the colon, or delete the line"},
		"null":                        {"name: null", "s.yaml:1:7: name has no value", "write a value after the colon, or delete the line"},
		"tilde":                       {"name: ~", "s.yaml:1:7: name has no value", "write a value after the colon, or delete the line"},
		"anchor":                      {"name: &n x", "s.yaml:1:7: name uses an anchor or alias, which is not allowed", "write the value out"},
		"alias":                       {"level: low\nname: *n", "s.yaml:2:7: name uses an anchor or alias, which is not allowed", "write the value out"},
		"merge key":                   {"name: x\n<<: {port: 1}", "s.yaml:2:1: the file has a key that is not a plain word", "write a plain word before the colon"},
		"number as key":               {"5: x", "s.yaml:1:1: the file has a key that is not a plain word", "write a plain word before the colon"},
		"tag":                         {"name: !!str 5", "s.yaml:1:7: name has a tag, which is not allowed", "delete the tag"},
		"two documents":               {"name: x\n---\nname: y", "s.yaml:3:1: file holds more than one document", "keep one and delete the line ---"},
		"directive":                   {"%YAML 1.2\n---\nname: x", "s.yaml:1:1: a YAML directive is not allowed here", "delete the line"},
		"bracket not closed":          {"name: [x", "s.yaml:1:7: not YAML: sequence end token ']' not found", "mend the line: look for a missing quote, colon, bracket or blank, or for a tab"},
		"quote not closed":            {"port: 1\nname: 'x", "s.yaml:2:7: not YAML: could not find end character of single-quoted text", "mend the line: look for a missing quote, colon, bracket or blank, or for a tab"},
		"tab":                         {"\tname: x", "s.yaml:1:5: not YAML: tab character cannot use as a map key directly", "mend the line: look for a missing quote, colon, bracket or blank, or for a tab"},
		"two colons":                  {"name: a: b", "s.yaml:1:7: not YAML: mapping value is not allowed in this context", "mend the line: look for a missing quote, colon, bracket or blank, or for a tab"},
		"not UTF-8":                   {"name: x\nlevel: l\xf6w", "s.yaml:2:9: file is not UTF-8", "save it as UTF-8"},
		"empty":                       {"", "s.yaml: file is empty", "write at least the keys that are needed"},
		"only a comment":              {"# nothing\n", "s.yaml: file is empty", "write at least the keys that are needed"},
		"too large":                   {"name: " + strings.Repeat("x", 1<<20), "s.yaml: file is larger than 1 MiB", "split it, or look whether it is the right file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := Decode("s.yaml", []byte(test.text), new(settings))
			var load *Error
			if !errors.As(err, &load) {
				t.Fatalf("got %v, want a Error", err)
			}
			if load.Error() != test.want || load.Fix != test.fix {
				t.Errorf("got  %s (%s)\nwant %s (%s)", load, load.Fix, test.want, test.fix)
			}
		})
	}
}

func TestDecodeErrorsNeverShowAValue(t *testing.T) {
	t.Parallel()
	const secret = "Xy8Q~abcdefghijklmnopqrstuvwxyz0123"
	for _, text := range []string{
		"port: " + secret, "on: " + secret, "tags: " + secret, "level: " + secret, "scopes: {in: " + secret + "}",
		"name: '" + secret, "name: [" + secret, "name: a: " + secret, "name: &" + secret, "name: *" + secret, "name: x\n" + secret,
	} {
		err := Decode("s.yaml", []byte(text), new(settings))
		if err == nil {
			t.Errorf("%q was read", text)
			continue
		}
		var load *Error
		if !errors.As(err, &load) || strings.Contains(load.Error()+load.Fix, secret) {
			t.Errorf("%q: %v shows the value", text, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{"name: x\nport: 1\n", "hosts:\n  - {address: a}\n", "a: &x [*x]", "? a\n: b", "<<: *a", "\ufeffname: >-\n a\n", "name: \"\\x\"", "{{{{", "- - - -", "%TAG ! x\n---\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var s settings
		err := Decode("s.yaml", data, &s)
		var load *Error
		switch {
		case err == nil:
			if s.Level != "" && s.Level != "low" && s.Level != "high" {
				t.Errorf("level %q got through", s.Level)
			}
		case !errors.As(err, &load):
			t.Errorf("%v is no Error", err)
		case load.Fix == "", load.Line < 0, load.Line > 0 && load.Column < 1, !utf8.ValidString(load.Error()):
			t.Errorf("incomplete: %#v", load)
		}
	})
}
