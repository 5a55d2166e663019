package product

import (
	"io/fs"
	"path"
	"strings"
)

// Recognised is an error text of a product's own screens, with what it means on some of its routes.
type Recognised struct {
	Product *Product
	Routes  []string // on which it means this
	Error   *KnownError
}

// Verdict says in words what is to be done about the text.
func (r Recognised) Verdict() string {
	switch r.Error.Verdict {
	case "harmless":
		return "harmless, go on"
	case "retry":
		return "try again"
	case "escalate":
		return "ask the vendor"
	}
	return "has to be mended"
}

// Recognise finds the products whose own screens show the text. What a text means can differ from
// route to route, so that one product may come more than once. Only the files are read that
// mention it; one that cannot be read is passed over.
func (c *Catalogue) Recognise(text string) []Recognised {
	var all []Recognised
	for _, id := range c.ids {
		if !c.mentions(id, plain(text)) {
			continue
		}
		if p, err := c.products[id](); err == nil {
			all = append(all, p.recognise(text)...)
		}
	}
	return all
}

func (p *Product) recognise(text string) []Recognised {
	var all []Recognised
routes:
	for i := range p.Routes {
		found, ok := find(p.Routes[i].Errors, func(e *KnownError) bool { return e.Where == "product" && e.Matches(text) })
		if !ok {
			continue
		}
		for j := range all {
			if all[j].Error.Cause == found.Cause {
				all[j].Routes = append(all[j].Routes, p.Routes[i].ID)
				continue routes
			}
		}
		all = append(all, Recognised{p, []string{p.Routes[i].ID}, found})
	}
	return all
}

// mentions reports whether a product's file may have a known error of its own screens that matches
// a plain text. It looks at the words between one "match:" and the next.
func (c *Catalogue) mentions(id, text string) bool {
	data, err := fs.ReadFile(c.places[id], path.Join(id, productFile))
	if err != nil {
		return false
	}
	entries := strings.Split(string(data), "match:")
	for _, entry := range entries[1:] {
		first, _, _ := strings.Cut(entry, "\n")
		words := plain(scalar(first))
		if words != "" && strings.Contains(text, words) && strings.Contains(entry, "where: product") {
			return true
		}
	}
	return false
}

// scalar is the text at the beginning of a line of YAML, without its quotes. A text with escapes in
// it is cut at the first.
func scalar(line string) string {
	line = strings.TrimSpace(line)
	ends := ",}"
	if line != "" && strings.ContainsAny(line[:1], `"'`) {
		ends, line = line[:1]+`\`, line[1:]
	}
	if end := strings.IndexAny(line, ends); end >= 0 {
		line = line[:end]
	}
	return strings.TrimSpace(line)
}
