package main

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// scriptJSON looks a value up in the last standard output: json results.0.outcome passed. With
// several objects, one a line, a number and a slash choose one: json 2/state draft. Without a
// value, or negated, it says whether there is one.
func scriptJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: [!] json [LINE/]PATH [VALUE]")
	}
	lines := strings.Split(strings.TrimRight(ts.ReadFile("stdout"), "\n"), "\n")
	number, path, several := strings.Cut(args[0], "/")
	if !several {
		number, path = "1", args[0]
		if len(lines) != 1 {
			ts.Fatalf("standard output has %d lines, want one object", len(lines))
		}
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(lines) {
		ts.Fatalf("there is no line %s in %d lines", number, len(lines))
	}
	if !strings.HasPrefix(lines[n-1], `{"schema":"mailgrant.`) {
		ts.Fatalf("the object does not begin with its schema: %s", lines[n-1])
	}
	var object any
	ts.Check(json.Unmarshal([]byte(lines[n-1]), &object))
	value, found := valueAt(object, strings.Split(path, "."))
	switch {
	case neg && found:
		ts.Fatalf("%s is there: %v", path, value)
	case neg:
	case !found:
		ts.Fatalf("%s is not there in %s", path, lines[n-1])
	case len(args) == 2 && asText(value) != args[1]:
		ts.Fatalf("%s is %s, want %s", path, asText(value), args[1])
	}
}

// valueAt walks keys and indexes; "len" is the length of a list.
func valueAt(value any, path []string) (any, bool) {
	for _, part := range path {
		switch at := value.(type) {
		case map[string]any:
			next, ok := at[part]
			if !ok {
				return nil, false
			}
			value = next
		case []any:
			if part == "len" {
				return float64(len(at)), true
			}
			i, err := strconv.Atoi(part)
			if err != nil || i >= len(at) {
				return nil, false
			}
			value = at[i]
		default:
			return nil, false
		}
	}
	return value, true
}

func asText(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
