package strictyaml

import (
	"strconv"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// At returns where in data, which Decode has read before, the value at a path of keys and list
// indices stands: for errors that are found only when values are understood. Where the path leads
// further than the file, it is the place where it ends. An empty file gives 0, 0.
func At(data []byte, path ...string) (line, column int) {
	tree, err := parser.ParseBytes(data, 0)
	if err != nil || len(tree.Docs) == 0 || tree.Docs[0].Body == nil {
		return 0, 0
	}
	node := tree.Docs[0].Body
	at := first(node)
	for _, key := range path {
		next, place := child(node, key)
		if next == nil {
			break
		}
		node, at = next, place
	}
	return at.Position.Line, at.Position.Column
}

// child is the value under a key or at an index, and where it stands: at its key when it is a
// mapping or list of its own.
func child(node ast.Node, key string) (ast.Node, *token.Token) {
	switch n := node.(type) {
	case *ast.MappingNode:
		for _, value := range n.Values {
			if name, ok := value.Key.(*ast.StringNode); ok && name.Value == key {
				return value.Value, first(value.Value)
			}
		}
	case *ast.SequenceNode:
		if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(n.Values) {
			return n.Values[i], first(n.Values[i])
		}
	}
	return nil, nil
}
