package product

import "fmt"

// LoadError says where a file of data is wrong and what to do about it.
type LoadError struct {
	File    string // as it was named to the loader
	Line    int    // from 1; 0 when the whole file is meant
	Column  int    // from 1, in characters
	Message string // never contains a value of the file, which may be a secret
	Fix     string
}

func (e *LoadError) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.File, e.Message)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Message)
}
