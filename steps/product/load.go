package product

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"

	"github.com/mailgrant/mailgrant/steps/strictyaml"
)

// productFile is the name of the data file in a product's folder.
const productFile = "product.yaml"

// Load reads one product: the folder's product.yaml and the templates that it names. Errors about
// a file's content are *strictyaml.Error; those about reading it wrap fs.ErrNotExist and its like.
func Load(fsys fs.FS, dir string) (*Product, error) {
	file := path.Join(dir, productFile)
	data, err := read(fsys, file)
	if err != nil {
		return nil, err
	}
	p := new(Product)
	if err := strictyaml.Decode(file, data, p); err != nil {
		return nil, err
	}
	if folder := path.Base(dir); folder != "." && folder != p.ID {
		return nil, &strictyaml.Error{File: file, Message: fmt.Sprintf("id %q is not the name of its folder, %q", p.ID, folder), Fix: "make the two the same"}
	}
	for i := range p.Artefacts {
		if err := p.loadArtefact(fsys, dir, data, i); err != nil {
			return nil, err
		}
	}
	return p, p.takePacks()
}

// loadArtefact looks after what an artefact of its kind must have, reads its template, and links
// its placeholders to what is secret. data is the file that it was read from.
func (p *Product) loadArtefact(fsys fs.FS, dir string, data []byte, i int) error {
	a := &p.Artefacts[i]
	wrong := func(fix, format string, args ...any) error {
		line, column := strictyaml.At(data, "artefacts", strconv.Itoa(i))
		return &strictyaml.Error{File: path.Join(dir, productFile), Line: line, Column: column, Message: fmt.Sprintf(format, args...), Fix: fix}
	}
	defer p.link(a)
	if a.Kind == "fields" {
		if a.TemplateFile+a.Escape != "" || len(a.Placeholders)+len(a.Count)+len(a.Keep)+len(a.Requests) > 0 {
			return wrong("delete template_file, escape, placeholders, count, keep and requests, or choose another kind", "artefact %s is a list of fields but describes a template", a.ID)
		}
		if len(a.Fields) == 0 {
			return wrong("add fields", "artefact %s has no fields", a.ID)
		}
		a.Extension = cmp.Or(a.Extension, "txt")
		return nil
	}
	switch {
	case len(a.Fields) > 0:
		return wrong("delete fields, or choose kind fields", "artefact %s is a text but lists fields", a.ID)
	case a.Extension == "" || a.Escape == "":
		return wrong("add extension and escape", "artefact %s does not say how its text is written", a.ID)
	case path.Base(a.TemplateFile) != a.TemplateFile || !fs.ValidPath(a.TemplateFile):
		return wrong("put the template beside product.yaml and write its name alone", "template_file of artefact %s is not a file of this folder", a.ID)
	}
	return a.loadTemplate(fsys, path.Join(dir, a.TemplateFile))
}

func (a *Artefact) loadTemplate(fsys fs.FS, file string) error {
	data, err := read(fsys, file)
	if err != nil {
		return err
	}
	a.template = string(data)
	if a.Kind != "properties" {
		return nil
	}
	if _, err := ParseProperties(a.template); err != nil {
		return &strictyaml.Error{File: file, Message: "template cannot be read as properties: " + err.Error(), Fix: "compare it with the vendor's text"}
	}
	return nil
}

// link notes which of an artefact's placeholders hold a secret, and which fields may stay empty.
func (p *Product) link(a *Artefact) {
	a.secrets, a.optional = map[string]bool{}, map[string]bool{}
	for word, id := range a.Placeholders {
		if value, ok := p.Value(id); ok && value.Secret {
			a.secrets[word] = true
		}
	}
	if a.Kind != "fields" {
		return
	}
	for _, id := range a.valueIDs() {
		if value, ok := p.Value(id); ok && value.Secret {
			a.secrets[id] = true
		}
		a.optional[id] = p.optional(a.ID, id)
	}
}

// optional reports whether every route that has an artefact can do without a value of it.
func (p *Product) optional(artefact, id string) bool {
	optional := false
	for _, v := range p.Values {
		if v.ID != id {
			continue
		}
		for _, route := range v.RequiredIn {
			if r, ok := p.Route(route); ok && slices.Contains(r.Artefacts, artefact) && !v.Optional {
				return false
			}
		}
		optional = optional || v.Optional
	}
	return optional
}

func read(fsys fs.FS, file string) ([]byte, error) {
	info, err := fs.Stat(fsys, file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s does not exist: %w", file, err)
	case err != nil:
		return nil, fmt.Errorf("%s cannot be read: %w", file, err)
	case info.Size() > strictyaml.MaxSize:
		return nil, &strictyaml.Error{File: file, Message: "file is larger than 1 MiB", Fix: "look whether it is the right file"}
	}
	data, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", file, err)
	}
	return data, nil
}
