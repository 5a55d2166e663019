package product

import (
	"bytes"
	"io/fs"
	"path"

	"github.com/goccy/go-yaml"
)

// Head is what a list of products shows of one.
type Head struct {
	ID       string
	Name     string // the id where the file does not say
	Category string
}

// Heads lists the products in the order of their ids. It reads no more of a file than the lines of
// these three facts, so that a list is there at once; a file that is broken further on is listed.
func (c *Catalogue) Heads() []Head {
	var heads []Head
	for _, id := range c.ids {
		heads = append(heads, readHead(c.places[id], id))
	}
	return heads
}

func readHead(place fs.FS, id string) Head {
	head := Head{ID: id, Name: id}
	data, err := fs.ReadFile(place, path.Join(id, productFile))
	if err != nil {
		return head
	}
	var facts bytes.Buffer
	for line := range bytes.Lines(data) {
		if bytes.HasPrefix(line, []byte("name:")) || bytes.HasPrefix(line, []byte("category:")) {
			facts.Write(line)
		}
	}
	var said struct{ Name, Category string }
	if yaml.Unmarshal(facts.Bytes(), &said) == nil && said.Name != "" {
		head.Name, head.Category = said.Name, said.Category
	}
	return head
}
