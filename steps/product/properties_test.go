package product

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestParseProperties(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text string
		want []Property
	}{
		"nothing":                          {"", nil},
		"blank lines and comments":         {"\n \t\f\n# a=b\n  ! c=d\n#e\\\nf=g\n", []Property{{"f", "g", 6}}},
		"equals sign":                      {"a=b", []Property{{"a", "b", 1}}},
		"colon":                            {"a:b", []Property{{"a", "b", 1}}},
		"blank":                            {"a b", []Property{{"a", "b", 1}}},
		"blanks around the separator":      {" a \t= \f b ", []Property{{"a", "b ", 1}}},
		"only the first separator":         {"a==b", []Property{{"a", "=b", 1}}},
		"blank, then colon, then equals":   {"a : =b", []Property{{"a", "=b", 1}}},
		"key alone":                        {"a", []Property{{"a", "", 1}}},
		"no key":                           {"=b", []Property{{"", "b", 1}}},
		"escaped separators in the key":    {`a\=\:\ b=c`, []Property{{"a=: b", "c", 1}}},
		"signs inside a value":             {"a=b#c!d=e:f", []Property{{"a", "b#c!d=e:f", 1}}},
		"value that begins with a sign":    {"a=#b", []Property{{"a", "#b", 1}}},
		"escaped leading blank":            {`a=\  b`, []Property{{"a", "  b", 1}}},
		"named escapes":                    {`a=\t\n\r\f\\\q\"`, []Property{{"a", "\t\n\r\f\\q\"", 1}}},
		"unicode escape":                   {`a=\u00e9\u00E9x`, []Property{{"a", "ééx", 1}}},
		"surrogate pair":                   {`a=\ud83d\ude00`, []Property{{"a", "😀", 1}}},
		"half a surrogate pair":            {`a=\ud83dx`, []Property{{"a", "\ufffdx", 1}}},
		"characters beyond ASCII as such":  {"ä=ö", []Property{{"ä", "ö", 1}}},
		"continuation":                     {"a=b\\\n   c\nd=e", []Property{{"a", "bc", 1}, {"d", "e", 3}}},
		"continuation inside the key":      {"a\\\n b=c", []Property{{"ab", "c", 1}}},
		"continuation that looks a remark": {"a=b\\\n#c", []Property{{"a", "b#c", 1}}},
		"two backslashes do not continue":  {"a=b\\\\\nc=d", []Property{{"a", `b\`, 1}, {"c", "d", 2}}},
		"three backslashes continue":       {"a=b\\\\\\\nc=d", []Property{{"a", `b\c=d`, 1}}},
		"backslash at the very end":        {"a=b\\", []Property{{"a", "b", 1}}},
		"line ends of all kinds":           {"a=b\r\nc=d\re=f\n", []Property{{"a", "b", 1}, {"c", "d", 2}, {"e", "f", 3}}},
		"the same key again":               {"a=b\na=c", []Property{{"a", "b", 1}, {"a", "c", 2}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := ParseProperties(test.text)
			if err != nil || !slices.Equal(got.Entries, test.want) {
				t.Errorf("got %+v, %v, want %+v", got.Entries, err, test.want)
			}
		})
	}
}

func TestParsePropertiesRefusesBrokenEscapes(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`a=\u`, `a=\u12`, `a=\u12g4`, `a=\u+123`, `\u12=b`} {
		_, err := ParseProperties("x=y\n" + text)
		if err == nil || !strings.HasPrefix(err.Error(), "line 2: ") || strings.Contains(err.Error(), "12") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestPropertiesGetTakesTheLast(t *testing.T) {
	t.Parallel()
	p, err := ParseProperties("a=1\na=2\nb=")
	if err != nil {
		t.Fatal(err)
	}
	if v, ok := p.Get("a"); v != "2" || !ok {
		t.Errorf("a: %q, %t", v, ok)
	}
	if v, ok := p.Get("b"); v != "" || !ok {
		t.Errorf("b: %q, %t", v, ok)
	}
	if _, ok := p.Get("c"); ok {
		t.Error("c was found")
	}
}

func TestResolve(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, want, err string }{
		"no reference":             {"a=b", "b", ""},
		"one reference":            {"a=https://x/${b}/y\nb=c", "https://x/c/y", ""},
		"two references":           {"a=${b}-${b}\nb=c", "c-c", ""},
		"through another":          {"a=${b}\nb=<${c}>\nc=d", "<d>", ""},
		"not closed":               {"a=x${b", "x${b", ""},
		"dollar alone":             {"a=$b}$", "$b}$", ""},
		"percent word stays":       {"a=code=%CODE%", "code=%CODE%", ""},
		"key missing":              {"b=c", "", "the text has no a"},
		"reference to nothing":     {"a=secret${b}part", "", "a refers to a key that the text does not have"},
		"to itself":                {"a=${a}", "", "a refers to itself"},
		"in a circle":              {"a=${b}\nb=${a}", "", "a refers to itself"},
		"grows without bound":      {"a=${b}${b}${b}\nb=" + strings.Repeat("x", 30000), "", "a grows beyond 65536 bytes when its references are expanded"},
		"doubles sixty times over": {doubling(60), "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := ParseProperties(test.text)
			if err != nil {
				t.Fatal(err)
			}
			got, err := p.Resolve("a")
			if (err == nil) != (test.err == "") || (err != nil && err.Error() != test.err) || got != test.want {
				t.Errorf("got %q, %v, want %q, %s", got, err, test.want, test.err)
			}
		})
	}
}

// doubling is a chain of keys that each refer twice to the next, and the last is empty: the
// result is short, but naive expansion would take 2^n steps.
func doubling(n int) string {
	var b strings.Builder
	b.WriteString("a=${k0}\n")
	for i := range n {
		b.WriteString("k" + strconv.Itoa(i) + "=${k" + strconv.Itoa(i+1) + "}${k" + strconv.Itoa(i+1) + "}\n")
	}
	return b.String() + "k" + strconv.Itoa(n) + "="
}

func TestEscapedValuesReadBack(t *testing.T) {
	t.Parallel()
	for _, value := range hostile {
		escaped, err := escape("properties", value)
		if err != nil {
			t.Errorf("%q: %v", value, err)
			continue
		}
		for _, before := range []string{"", "client_secret="} {
			p, err := ParseProperties("a=" + before + escaped + "\nb=c")
			if err != nil || len(p.Entries) != 2 || p.Entries[0].Value != before+value {
				t.Errorf("%q as %q: read back %+v, %v", value, escaped, p.Entries, err)
			}
		}
	}
}

// hostile are values that have broken one renderer or another.
var hostile = []string{
	`\`, `\\`, `a\`, `\u0041`, `\n`, "#", "!", "=", ":", "~", "%", "$", "#a", "!a", "=a", "a=b:c#d!e", " ", "  a", "a  ", "\ta\t", "\fa", "${x}", "${mail.agiloft.smtp.client.id}",
	"%CODE%", "%REFRESH_TOKEN%", "CLIENT_SECRET", "CLIENT_ID", "{{client_id}}", "é", "日本", "😀", "\u2028", "\x00", "\x1b[31m", "\x7f", "a&b=c+d", `"'`, "`",
}

func TestEscapeExactly(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"abc8Q~d.e_f-g": "abc8Q~d.e_f-g", `a\b`: `a\\b`, "#=:!": "#=:!", " a b ": `\ a b `, "\ta": `\u0009a`, "é": `\u00E9`, "😀": `\uD83D\uDE00`,
	} {
		if got, err := escape("properties", value); got != want || err != nil {
			t.Errorf("%q: got %s, %v, want %s", value, got, err, want)
		}
	}
	if got, err := escape("none", `a\b é`); got != `a\b é` || err != nil {
		t.Errorf("none: got %s, %v", got, err)
	}
	for _, value := range []string{"a\nb", "a\rb", "\n", "a\xffb"} {
		for _, kind := range []string{"properties", "none"} {
			if got, err := escape(kind, value); err == nil {
				t.Errorf("%s %q became %q", kind, value, got)
			}
		}
	}
}

func FuzzParseProperties(f *testing.F) {
	for _, seed := range append([]string{"a=b\\\n c\n#d\n", `a=\u00e9${b}`, "a:b c=d", doubling(20)}, hostile...) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ParseProperties(text)
		if err != nil {
			return
		}
		lines := len(naturalLines(text))
		last := 0
		for _, entry := range p.Entries {
			if entry.Line <= last || entry.Line > lines {
				t.Fatalf("line %d after %d of %d", entry.Line, last, lines)
			}
			last = entry.Line
			if resolved, err := p.Resolve(entry.Key); err == nil && len(resolved) > maxResolved+len(text) {
				t.Fatalf("resolved to %d bytes", len(resolved))
			}
			// Whatever was read can be written and read again.
			if escaped, err := escape("properties", entry.Value); err == nil {
				again, err := ParseProperties("k=" + escaped)
				if err != nil || len(again.Entries) != 1 || again.Entries[0].Value != entry.Value {
					t.Fatalf("%q as %q read back %+v, %v", entry.Value, escaped, again.Entries, err)
				}
			} else if utf8.ValidString(entry.Value) && !strings.ContainsAny(entry.Value, "\r\n") {
				t.Fatal(err)
			}
		}
	})
}
