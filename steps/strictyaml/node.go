package strictyaml

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/spelling"
)

// pair is one line of a mapping.
type pair struct {
	key   string
	token *token.Token
	value ast.Node
}

// pairs reads a mapping's keys, which must be plain text.
func (d decoder) pairs(node ast.Node, f field) ([]pair, error) {
	mapping, ok := node.(*ast.MappingNode)
	if !ok {
		return nil, d.at(first(node), "write it as lines of the form key: value", "%s is %s, not keys with values", f.name, kind(node))
	}
	seen := map[string]bool{}
	pairs := make([]pair, 0, len(mapping.Values))
	for _, value := range mapping.Values {
		key, ok := value.Key.(*ast.StringNode)
		if !ok {
			return nil, d.at(first(value.Key), "write a plain word before the colon", "%s has a key that is not a plain word", f.name)
		}
		if seen[key.Value] {
			return nil, d.at(key.GetToken(), "delete one of the two", "%s has the key %q twice", f.name, providers.Clean(key.Value))
		}
		seen[key.Value] = true
		pairs = append(pairs, pair{key: key.Value, token: key.GetToken(), value: value.Value})
	}
	return pairs, nil
}

// first is the token where a node begins. The parser gives a mapping the position of its first colon,
// and a folded text that of its last line.
func first(node ast.Node) *token.Token {
	switch n := node.(type) {
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return first(n.Values[0].Key)
		}
	case *ast.LiteralNode:
		return n.Start
	}
	return node.GetToken()
}

// kind says for a message what stands in the file.
func kind(node ast.Node) string {
	switch node.Type() {
	case ast.StringType, ast.LiteralType:
		return "a text"
	case ast.IntegerType, ast.FloatType, ast.InfinityType, ast.NanType:
		return "a number"
	case ast.BoolType:
		return "true or false"
	case ast.SequenceType:
		return "a list"
	case ast.MappingType:
		return "keys with values"
	}
	return "something else"
}

func unknownFix(key string, known []string) string {
	if close := spelling.Near(key, known); len(close) > 0 {
		return fmt.Sprintf("did you mean %s?", strings.Join(close, " or "))
	}
	return "delete the line; the keys are: " + strings.Join(known, ", ")
}

func lowerFirst(text string) string {
	if text == "" {
		return text
	}
	return strings.ToLower(text[:1]) + text[1:]
}
