package product

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/spelling"
)

//go:embed */product.yaml */*.properties */*.txt
var folders embed.FS

// Catalogue is a set of products. Nothing is parsed before it is asked for, and then once.
type Catalogue struct {
	ids      []string
	places   map[string]fs.FS // where a product's folder lies
	products map[string]func() (*Product, error)
}

// Embedded is the catalogue in this program, with products of a person's own laid over it: own
// holds one folder per product, and one with the id of an embedded product takes its place.
func Embedded(own ...fs.FS) *Catalogue {
	return Open(append(own, folders)...)
}

// Open makes a catalogue of folders of products; where two have the same id the first wins. A
// place that cannot be listed counts as empty.
func Open(places ...fs.FS) *Catalogue {
	c := &Catalogue{places: map[string]fs.FS{}, products: map[string]func() (*Product, error){}}
	for _, place := range places {
		entries, err := fs.ReadDir(place, ".")
		if err != nil {
			continue
		}
		for _, entry := range entries {
			id := entry.Name()
			if _, have := c.products[id]; have || !entry.IsDir() || strings.HasPrefix(id, ".") {
				continue
			}
			c.places[id] = place
			c.products[id] = sync.OnceValues(func() (*Product, error) { return Load(place, id) })
			c.ids = append(c.ids, id)
		}
	}
	slices.Sort(c.ids)
	return c
}

// IDs lists the products in alphabetical order. It parses nothing.
func (c *Catalogue) IDs() []string { return slices.Clone(c.ids) }

// Product returns a product by its id or one of its names, in any case. The value is shared: it
// is read, not changed. An alias is looked for only when no id fits, because every product has to
// be parsed for that. The error of an unknown product is an *UnknownProduct.
func (c *Catalogue) Product(name string) (*Product, error) {
	name = strings.TrimSpace(name)
	if i := slices.IndexFunc(c.ids, func(id string) bool { return strings.EqualFold(id, name) }); i >= 0 {
		return c.products[c.ids[i]]()
	}
	unknown := &UnknownProduct{Name: name, IDs: c.IDs()}
	words := c.IDs()
	for _, id := range c.ids {
		p, err := c.products[id]()
		if err != nil {
			unknown.Broken = append(unknown.Broken, err)
			continue
		}
		names := append([]string{p.Name}, p.Aliases...)
		if slices.ContainsFunc(names, func(alias string) bool { return strings.EqualFold(alias, name) }) {
			return p, nil
		}
		words = append(words, names...)
	}
	unknown.Near = spelling.Near(name, words)
	return nil, unknown
}

// UnknownProduct says that the catalogue has no product of this name.
type UnknownProduct struct {
	Name   string
	Near   []string // ids and names that are spelt nearly so
	IDs    []string // all there are
	Broken []error  // products that may have this alias, but cannot be read
}

func (e *UnknownProduct) Error() string {
	text := fmt.Sprintf("product %q is not in the catalogue", providers.Clean(e.Name))
	switch {
	case len(e.Near) > 0:
		text += ": did you mean " + strings.Join(e.Near, " or ") + "?"
	case len(e.IDs) > 0:
		text += ": it has " + strings.Join(e.IDs, ", ")
	}
	for _, err := range e.Broken {
		text += "; " + err.Error()
	}
	return text
}

// Unwrap gives the errors of the products that could not be read.
func (e *UnknownProduct) Unwrap() []error { return e.Broken }
