package strictyaml

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/mailgrant/mailgrant/providers"
)

// MaxSize is the largest file that is read, in bytes. Nobody writes a larger one by hand.
const MaxSize = 1 << 20

// Decode reads YAML strictly into the struct that into points to. Whatever a person did not mean
// is a *Error at its line and column: unknown, missing and repeated keys, values of another
// type, empty values, aliases, anchors, tags, several documents, more than 1 MiB.
//
// Fields are strings, bools, ints, structs, pointers to structs, slices and maps with string keys.
// Besides yaml:"name" and yaml:",inline" a field may carry need:"yes" (the key must be there),
// oneof:"a b" (the words allowed as value, element or map value), keys:"a b" (the words allowed as
// map keys) and short:"yes" (a plain text in the struct's place is this field's value).
func Decode(file string, data []byte, into any) error {
	d := decoder{file: file}
	if len(data) > MaxSize {
		return &Error{File: file, Message: "file is larger than 1 MiB", Fix: "split it, or look whether it is the right file"}
	}
	if !utf8.Valid(data) {
		return d.invalidUTF8(data)
	}
	// Windows editors begin a file with a byte order mark, which is no part of the first key.
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	tokens := lexer.Tokenize(string(data))
	if err := d.limit(tokens); err != nil {
		return err
	}
	// The parser reports a repeated key less exactly than pairs does.
	tree, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return d.syntax(err)
	}
	body, err := d.document(tree)
	if err != nil {
		return err
	}
	return d.decode(body, reflect.ValueOf(into).Elem(), field{name: "the file"})
}

type decoder struct{ file string }

// field is what is being read: its name for messages, and what its tags allow.
type field struct {
	name        string
	oneof, keys []string
}

func (d decoder) at(t *token.Token, fix, format string, args ...any) error {
	return &Error{File: d.file, Line: t.Position.Line, Column: t.Position.Column, Message: fmt.Sprintf(format, args...), Fix: fix}
}

func (d decoder) invalidUTF8(data []byte) error {
	valid := data
	for len(valid) > 0 {
		r, size := utf8.DecodeRune(valid)
		if r == utf8.RuneError && size == 1 {
			break
		}
		valid = valid[size:]
	}
	before := data[:len(data)-len(valid)]
	return &Error{
		File:    d.file,
		Line:    bytes.Count(before, []byte("\n")) + 1,
		Column:  utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1,
		Message: "file is not UTF-8", Fix: "save it as UTF-8",
	}
}

func (d decoder) syntax(err error) error {
	var positioned yaml.Error
	if !errors.As(err, &positioned) || positioned.GetToken() == nil {
		return &Error{File: d.file, Message: "file is not YAML", Fix: "compare its form with an example"}
	}
	return d.at(positioned.GetToken(), "mend the line: look for a missing quote, colon, bracket or blank, or for a tab", "not YAML: %s", lowerFirst(positioned.GetMessage()))
}

// document is the one mapping that a file consists of.
func (d decoder) document(tree *ast.File) (ast.Node, error) {
	var bodies []ast.Node
	for _, doc := range tree.Docs {
		if doc.Body != nil {
			bodies = append(bodies, doc.Body)
		}
	}
	switch {
	case len(bodies) == 0:
		return nil, &Error{File: d.file, Message: "file is empty", Fix: "write at least the keys that are needed"}
	case bodies[0].Type() == ast.DirectiveType:
		return nil, d.at(bodies[0].GetToken(), "delete the line", "a YAML directive is not allowed here")
	case len(bodies) > 1:
		return nil, d.at(first(bodies[1]), "keep one and delete the line ---", "file holds more than one document")
	}
	return bodies[0], nil
}

func (d decoder) decode(node ast.Node, into reflect.Value, f field) error {
	switch n := node.(type) {
	case *ast.AnchorNode, *ast.AliasNode:
		return d.at(node.GetToken(), "write the value out", "%s uses an anchor or alias, which is not allowed", f.name)
	case *ast.TagNode:
		return d.at(n.GetToken(), "delete the tag", "%s has a tag, which is not allowed", f.name)
	case *ast.NullNode:
		return d.at(n.GetToken(), "write a value after the colon, or delete the line", "%s has no value", f.name)
	}
	switch into.Kind() {
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		return d.decode(node, into.Elem(), f)
	case reflect.Struct:
		return d.structure(node, into, f)
	case reflect.Map:
		return d.mapping(node, into, f)
	case reflect.Slice:
		return d.list(node, into, f)
	}
	return d.scalar(node, into, f)
}

func (d decoder) structure(node ast.Node, into reflect.Value, f field) error {
	fields := fieldsOf(into.Type())
	if short := fields.short(); short != nil && kind(node) == "a text" {
		return d.scalar(node, into.FieldByIndex(short), f)
	}
	pairs, err := d.pairs(node, f)
	if err != nil {
		return err
	}
	read := map[string]bool{}
	for _, pair := range pairs {
		known, ok := fields.named(pair.key)
		if !ok {
			return d.at(pair.token, unknownFix(pair.key, fields.names()), "%s has no key %q", f.name, providers.Clean(pair.key))
		}
		inner := field{name: pair.key, oneof: strings.Fields(known.Tag.Get("oneof")), keys: strings.Fields(known.Tag.Get("keys"))}
		if err := d.decode(pair.value, into.FieldByIndex(known.Index), inner); err != nil {
			return err
		}
		read[pair.key] = true
	}
	for _, known := range fields {
		if known.Tag.Get("need") != "" && !read[known.key] {
			return d.at(first(node), "add "+known.key+":", "%s has no %s", f.name, known.key)
		}
	}
	return nil
}

func (d decoder) mapping(node ast.Node, into reflect.Value, f field) error {
	pairs, err := d.pairs(node, f)
	if err != nil {
		return err
	}
	into.Set(reflect.MakeMapWithSize(into.Type(), len(pairs)))
	for _, pair := range pairs {
		if len(f.keys) > 0 && !slices.Contains(f.keys, pair.key) {
			return d.at(pair.token, "use one of: "+strings.Join(f.keys, ", "), "%s cannot have the key %q", f.name, providers.Clean(pair.key))
		}
		value := reflect.New(into.Type().Elem()).Elem()
		if err := d.decode(pair.value, value, field{name: pair.key, oneof: f.oneof}); err != nil {
			return err
		}
		into.SetMapIndex(reflect.ValueOf(pair.key).Convert(into.Type().Key()), value)
	}
	return nil
}

func (d decoder) list(node ast.Node, into reflect.Value, f field) error {
	sequence, ok := node.(*ast.SequenceNode)
	if !ok {
		return d.at(first(node), "write it as a list: [a, b] or lines that begin with a hyphen", "%s is %s, not a list", f.name, kind(node))
	}
	into.Set(reflect.MakeSlice(into.Type(), len(sequence.Values), len(sequence.Values)))
	for i, item := range sequence.Values {
		if err := d.decode(item, into.Index(i), field{name: "an entry of " + f.name, oneof: f.oneof}); err != nil {
			return err
		}
	}
	return nil
}

func (d decoder) scalar(node ast.Node, into reflect.Value, f field) error {
	var text string
	switch n := node.(type) {
	case *ast.StringNode:
		text = n.Value
	case *ast.LiteralNode:
		text = n.Value.Value
	default:
		text = node.GetToken().Value
	}
	wrong := func(want, fix string) error {
		return d.at(first(node), fix, "%s is %s, not %s", f.name, kind(node), want)
	}
	switch into.Kind() {
	case reflect.String:
		if kind(node) != "a text" {
			return wrong("a text", "put it in quotation marks")
		}
		into.SetString(text)
	case reflect.Bool:
		if node.Type() != ast.BoolType {
			return wrong("true or false", "write true or false, without quotation marks")
		}
		into.SetBool(text == "true")
	case reflect.Int:
		number, err := strconv.Atoi(text)
		if node.Type() != ast.IntegerType || err != nil {
			return wrong("a whole number", "write a whole number in digits, without quotation marks")
		}
		into.SetInt(int64(number))
	default:
		return fmt.Errorf("a field of kind %s cannot be read from YAML", into.Kind())
	}
	if len(f.oneof) > 0 && !slices.Contains(f.oneof, text) {
		return d.at(first(node), "use one of: "+strings.Join(f.oneof, ", "), "%s has a value that is not allowed", f.name)
	}
	return nil
}
