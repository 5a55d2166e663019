package product

import (
	"errors"
	"fmt"
	"io/fs"
	"path"

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
		if err := p.loadTemplate(fsys, dir, &p.Artefacts[i]); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// loadTemplate reads an artefact's template and links its placeholders to what is secret.
func (p *Product) loadTemplate(fsys fs.FS, dir string, a *Artefact) error {
	if path.Base(a.TemplateFile) != a.TemplateFile || !fs.ValidPath(a.TemplateFile) {
		return &strictyaml.Error{
			File: path.Join(dir, productFile), Message: fmt.Sprintf("template_file of artefact %s is not a file of this folder", a.ID),
			Fix: "put the template beside product.yaml and write its name alone",
		}
	}
	file := path.Join(dir, a.TemplateFile)
	data, err := read(fsys, file)
	if err != nil {
		return err
	}
	a.template = string(data)
	a.secrets = map[string]bool{}
	for word, id := range a.Placeholders {
		if value, ok := p.Value(id); ok && value.Secret {
			a.secrets[word] = true
		}
	}
	if a.Kind == "properties" {
		if _, err := ParseProperties(a.template); err != nil {
			return &strictyaml.Error{File: file, Message: "template cannot be read as properties: " + err.Error(), Fix: "compare it with the vendor's text"}
		}
	}
	return nil
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
