package product

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// references applies rule 16: ids are unique and lead somewhere, dates are dates, placeholders
// have a value, and commands can be filled in safely.
func (l *linter) references() {
	p := l.product
	if strings.Trim(p.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		l.add(ruleReferences, place{words: "product " + p.ID}.under("id"), "use small letters, digits and hyphens", "id has other characters")
	}
	l.date(place{words: "checked"}.under("checked"), p.Checked)
	unique(l, place{}, "doc", "docs", p.Docs, func(d Doc) string { return d.ID })
	unique(l, place{}, "artefact", "artefacts", p.Artefacts, func(a Artefact) string { return a.ID })
	unique(l, place{}, "route", "routes", p.Routes, func(r Route) string { return r.ID })
	unique(l, place{}, "warning", "warnings", p.Warnings, func(w Warning) string { return w.ID })
	unique(l, place{}, "correction", "corrections", p.Corrections, func(c Correction) string { return c.ID })
	for i, d := range p.Docs {
		if u, err := url.Parse(d.URL); err != nil || u.Scheme != "https" || u.Host == "" {
			l.add(ruleReferences, top("doc "+d.ID, "docs", i).under("url"), "write the page's https address", "url is not an https address")
		}
	}
	for i, a := range p.Artefacts {
		at := top("artefact "+a.ID, "artefacts", i)
		for _, word := range sortedKeys(a.Placeholders) {
			l.value(at.under("placeholders"), a.Placeholders[word])
		}
		l.requests(at, &a)
	}
	for i, v := range p.Values {
		at := top("value "+v.ID, "values", i)
		l.routeIDs(at.under("required_in"), v.RequiredIn)
		for _, route := range v.RequiredIn {
			if first, _ := p.ValueFor(route, v.ID); first != &p.Values[i] {
				l.add(ruleReferences, at, "keep one of them for this route", "the id is there twice for route %s", route)
			}
		}
	}
	for i, w := range p.Warnings {
		at := top("warning "+w.ID, "warnings", i)
		l.routeIDs(at.under("routes"), w.Routes)
		l.date(at.under("from"), w.From)
		l.date(at.under("until"), w.Until)
	}
	for i, c := range p.Corrections {
		l.routeIDs(top("correction "+c.ID, "corrections", i).under("routes"), c.Routes)
	}
	recommended := map[string]string{}
	for at, r := range l.routes() {
		l.route(at, r)
		if other := recommended[r.Provider]; r.Recommended && other != "" {
			l.add(ruleReferences, at.under("recommended"), "recommend one", "route %s of the same provider is recommended too", other)
		} else if r.Recommended {
			recommended[r.Provider] = r.ID
		}
	}
}

func (l *linter) route(at place, r *Route) {
	unique(l, at, "step", "steps", r.Steps, func(s Step) string { return s.ID })
	unique(l, at, "test", "tests", r.Tests, func(t Test) string { return t.ID })
	unique(l, at, "proof", "proofs", r.Proofs, func(p Proof) string { return p.ID })
	unique(l, at, "Exchange step", "exchange", r.Exchange, func(s ExchangeStep) string { return s.ID })
	unique(l, at, "prerequisite", "prerequisites", r.Prerequisites, func(p Prerequisite) string { return p.ID })
	if r.ReplacedBy != "" {
		l.routeIDs(at.under("replaced_by"), []string{r.ReplacedBy})
	}
	for _, id := range r.Values {
		l.value(at.under("values"), id)
	}
	for i, t := range r.Tests {
		if t.Identity != "" {
			l.value(at.entry("test "+t.ID, "tests", i), t.Identity)
		}
	}
	l.pasted(at, r)
	for _, s := range r.sentences(at) {
		for _, name := range mentions(s.text) {
			if !slices.Contains(r.Values, name) && !computed(name) {
				l.add(ruleReferences, s.at, "correct the name, or add it to values", "a sentence mentions %s, which the route does not ask for", name)
			}
		}
	}
	for i, p := range r.Prerequisites {
		inner := at.entry("prerequisite "+p.ID, "prerequisites", i)
		if _, ok := find(r.Exchange, func(s *ExchangeStep) bool { return s.ID == p.Exchange }); p.Exchange != "" && !ok {
			l.add(ruleReferences, inner, "correct the name", "there is no Exchange step %s", p.Exchange)
		}
		l.command(inner, p.Check, true)
	}
	for i, step := range r.Exchange {
		for _, line := range slices.Concat(step.Run, step.Verify, step.Undo) {
			l.command(at.entry("Exchange step "+step.ID, "exchange", i), line, step.ForEach != "")
		}
	}
}

// pasted checks that each text of a route is pasted by a step, and no other, and that the route
// asks for what stands in it.
func (l *linter) pasted(at place, r *Route) {
	for _, id := range r.Artefacts {
		a, ok := l.product.Artefact(id)
		if !ok {
			l.add(ruleReferences, at.under("artefacts"), "correct the name", "there is no artefact %s", id)
		}
		if !slices.ContainsFunc(r.Steps, func(s Step) bool { return s.Artefact == id }) {
			l.add(ruleReferences, at.under("artefacts"), "name it in the step that pastes it", "no step pastes artefact %s", id)
		}
		if !ok {
			continue
		}
		for _, value := range a.valueIDs() {
			if _, known := l.product.Value(value); known && !slices.Contains(r.Values, value) {
				l.add(ruleReferences, at.under("values"), "add it to values", "artefact %s needs %s, which the route does not ask for", id, value)
			}
		}
	}
	for i, s := range r.Steps {
		if s.Artefact != "" && !slices.Contains(r.Artefacts, s.Artefact) {
			l.add(ruleReferences, at.entry("step "+s.ID, "steps", i), "correct the name, or add it to artefacts", "it pastes %s, which the route does not have", s.Artefact)
		}
	}
}

// requests checks that a text holds the requests that it is said to hold.
func (l *linter) requests(artefact place, a *Artefact) {
	text, err := ParseProperties(a.template)
	if err != nil {
		return // rule 1 says so
	}
	for i, request := range a.Requests {
		at := artefact.entry("request "+request.ID, "requests", i)
		if address, err := request.Address(text); err != nil {
			l.add(ruleReferences, at, "correct the key", "its address: %v", err)
		} else if !strings.HasPrefix(address, "https://") {
			l.add(ruleReferences, at, "correct the key", "its address is not https")
		}
		if form, err := request.Form(text); err != nil {
			l.add(ruleReferences, at, "correct the text", "its form: %v", err)
		} else if len(form) == 0 {
			l.add(ruleReferences, at, "correct the prefix", "no key begins with %s", request.Payload)
		}
	}
}

func (l *linter) value(at place, id string) {
	if _, ok := l.product.Value(id); !ok {
		l.add(ruleReferences, at, "correct the name, or add the value", "there is no value %s", id)
	}
}

func (l *linter) routeIDs(at place, ids []string) {
	for _, id := range ids {
		if _, ok := l.product.Route(id); !ok {
			l.add(ruleReferences, at, "correct the name", "there is no route %s", id)
		}
	}
}

func (l *linter) date(at place, text string) {
	if _, err := time.Parse(time.DateOnly, text); text != "" && err != nil {
		l.add(ruleReferences, at, "write it as 2026-11-21", "%q is not a date", text)
	}
}

// unique looks for an id that is there twice in the list under a key.
func unique[T any](l *linter, at place, what, key string, all []T, id func(T) string) {
	seen := map[string]bool{}
	for i, one := range all {
		if seen[id(one)] {
			again := at.entry(what+" "+id(one), key, i)
			again.words = strings.TrimPrefix(again.words, ", ")
			l.add(ruleReferences, again, "rename one", "the id is there twice")
		}
		seen[id(one)] = true
	}
}
