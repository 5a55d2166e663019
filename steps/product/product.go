// Package product is the catalogue: what each business product needs to reach a mailbox, as
// data with sources, and the exact texts that are pasted into it.
package product

import (
	"cmp"
	"slices"
	"time"
)

// Product is one business application.
type Product struct {
	Schema      int          `yaml:"schema" need:"yes" oneof:"1"`
	ID          string       `yaml:"id" need:"yes"` // the name of its folder: a-z, 0-9 and hyphens
	Name        string       `yaml:"name" need:"yes"`
	Aliases     []string     `yaml:"aliases"`
	Category    string       `yaml:"category"`
	Effects     []string     `yaml:"product_effects" oneof:"deletes_mail auto_replies marks_read rejects_unknown"` // what the product does to the mail it reads
	Checked     string       `yaml:"checked" need:"yes"`                                                           // date the facts were last compared with their sources
	Docs        []Doc        `yaml:"docs"`
	Routes      []Route      `yaml:"routes" need:"yes"`
	Values      []Value      `yaml:"values"`
	Artefacts   []Artefact   `yaml:"artefacts"`
	Warnings    []Warning    `yaml:"warnings"`
	Corrections []Correction `yaml:"corrections"`
	Unknowns    []Unknown    `yaml:"unknowns"`
}

// Doc is a page that facts were read from.
type Doc struct {
	ID    string `yaml:"id" need:"yes"` // what a Source names
	Title string `yaml:"title" need:"yes"`
	URL   string `yaml:"url" need:"yes"`
	Kind  string `yaml:"kind" need:"yes" oneof:"guide vendor provider source"`
	Read  string `yaml:"read" need:"yes"` // date
}

// Source marks where a fact comes from: ids of Docs, "inferred" or "unknown".
type Source []string

// Inferred reports whether the fact was deduced and not read anywhere; a screen marks it.
func (s Source) Inferred() bool { return slices.Contains(s, "inferred") }

// Route finds a route by its id.
func (p *Product) Route(id string) (*Route, bool) {
	return find(p.Routes, func(r *Route) bool { return r.ID == id })
}

// Artefact finds an artefact by its id.
func (p *Product) Artefact(id string) (*Artefact, bool) {
	return find(p.Artefacts, func(a *Artefact) bool { return a.ID == id })
}

// ArtefactsFor are the texts that a product takes on one of its routes, in order.
func (p *Product) ArtefactsFor(route *Route) []Artefact {
	var all []Artefact
	for _, id := range route.Artefacts {
		if artefact, ok := p.Artefact(id); ok {
			all = append(all, *artefact)
		}
	}
	return all
}

// Value finds a value by its id.
func (p *Product) Value(id string) (*Value, bool) {
	return find(p.Values, func(v *Value) bool { return v.ID == id })
}

// ValueFor finds a value as a route asks for it. At another provider the same value may look
// otherwise and stand elsewhere; then it is there twice, each for its own routes.
func (p *Product) ValueFor(route, id string) (*Value, bool) {
	return find(p.Values, func(v *Value) bool { return v.ID == id && slices.Contains(v.RequiredIn, route) })
}

// Doc finds the page that a Source names.
func (p *Product) Doc(id string) (*Doc, bool) {
	return find(p.Docs, func(d *Doc) bool { return d.ID == id })
}

// WarningsAt returns what must be said about a route on the day of now, the gravest first.
func (p *Product) WarningsAt(route string, now time.Time) []Warning {
	var active []Warning
	for _, w := range p.Warnings {
		if w.ActiveAt(now) && concerns(w.Routes, route) {
			active = append(active, w)
		}
	}
	grave := []string{"stop", "warn", "info"}
	slices.SortStableFunc(active, func(a, b Warning) int {
		return cmp.Compare(slices.Index(grave, a.Level), slices.Index(grave, b.Level))
	})
	return active
}

// CorrectionsFor returns where the vendor's page is wrong about a route.
func (p *Product) CorrectionsFor(route string) []Correction {
	var all []Correction
	for _, c := range p.Corrections {
		if concerns(c.Routes, route) {
			all = append(all, c)
		}
	}
	return all
}

// concerns reports whether a list of routes names this one; an empty list means all of them.
func concerns(routes []string, route string) bool {
	return len(routes) == 0 || slices.Contains(routes, route)
}

// find returns a pointer into the slice, so that a loaded product is not copied about.
func find[T any](all []T, is func(*T) bool) (*T, bool) {
	for i := range all {
		if is(&all[i]) {
			return &all[i], true
		}
	}
	return nil, false
}
