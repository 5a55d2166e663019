package strictyaml

import (
	"strings"
	"testing"
)

func TestDecodeRefusesWhatWouldCostTooMuch(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, want string }{
		"open brackets":     {strings.Repeat("[", 1<<19), "s.yaml:1:65: lists and maps are nested more than 64 deep"},
		"closed brackets":   {"tags: " + strings.Repeat("[", 1000) + strings.Repeat("]", 1000), "s.yaml:1:71: lists and maps are nested more than 64 deep"},
		"open braces":       {strings.Repeat("{a: ", 1<<17), "s.yaml:1:257: lists and maps are nested more than 64 deep"},
		"hyphens in a line": {strings.Repeat("- ", 1<<18), "s.yaml:1:129: lists and maps are nested more than 64 deep"},
		"keys":              {strings.Repeat("a: b\n", 1<<17), "s.yaml:20001:2: file has more than 20000 keys"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := Decode("s.yaml", []byte(test.text), new(settings)); err == nil || err.Error() != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

func TestDecodeReadsManyEntriesOfAList(t *testing.T) {
	t.Parallel()
	var s settings
	err := Decode("s.yaml", []byte("name: x\ntags:\n"+strings.Repeat("  - red\n", 5000)), &s)
	if err != nil || len(s.Tags) != 5000 {
		t.Errorf("read %d tags, %v", len(s.Tags), err)
	}
}
