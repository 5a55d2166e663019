// Package strictyaml reads YAML that people write by hand and refuses, at line and column, what
// they cannot have meant.
package strictyaml

import "fmt"

// Error says where a file of data is wrong and what to do about it.
type Error struct {
	File    string // as it was named to Decode
	Line    int    // from 1; 0 when the whole file is meant
	Column  int    // from 1, in characters
	Message string // never contains a value of the file, which may be a secret
	Fix     string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}
