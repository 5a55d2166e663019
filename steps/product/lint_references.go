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
		l.add(ruleReferences, "product "+p.ID, "use small letters, digits and hyphens", "id has other characters")
	}
	l.date("checked", p.Checked)
	unique(l, "doc", p.Docs, func(d Doc) string { return d.ID })
	unique(l, "value", p.Values, func(v Value) string { return v.ID })
	unique(l, "artefact", p.Artefacts, func(a Artefact) string { return a.ID })
	unique(l, "route", p.Routes, func(r Route) string { return r.ID })
	unique(l, "warning", p.Warnings, func(w Warning) string { return w.ID })
	unique(l, "correction", p.Corrections, func(c Correction) string { return c.ID })
	for _, d := range p.Docs {
		if u, err := url.Parse(d.URL); err != nil || u.Scheme != "https" || u.Host == "" {
			l.add(ruleReferences, "doc "+d.ID, "write the page's https address", "url is not an https address")
		}
	}
	for _, a := range p.Artefacts {
		for _, word := range sortedKeys(a.Placeholders) {
			l.value("artefact "+a.ID, a.Placeholders[word])
		}
		l.requests(&a)
	}
	for _, v := range p.Values {
		l.routes("value "+v.ID, v.RequiredIn)
	}
	for _, w := range p.Warnings {
		l.routes("warning "+w.ID, w.Routes)
		l.date("warning "+w.ID, w.From)
		l.date("warning "+w.ID, w.Until)
	}
	for _, c := range p.Corrections {
		l.routes("correction "+c.ID, c.Routes)
	}
	recommended := map[string]string{}
	for i := range p.Routes {
		r := &p.Routes[i]
		l.route(r)
		if other := recommended[r.Provider]; r.Recommended && other != "" {
			l.add(ruleReferences, "route "+r.ID, "recommend one", "route %s of the same provider is recommended too", other)
		} else if r.Recommended {
			recommended[r.Provider] = r.ID
		}
	}
}

func (l *linter) route(r *Route) {
	where := "route " + r.ID
	unique(l, where+", step", r.Steps, func(s Step) string { return s.ID })
	unique(l, where+", test", r.Tests, func(t Test) string { return t.ID })
	unique(l, where+", Exchange step", r.Exchange, func(s ExchangeStep) string { return s.ID })
	unique(l, where+", prerequisite", r.Prerequisites, func(p Prerequisite) string { return p.ID })
	if r.ReplacedBy != "" {
		l.routes(where, []string{r.ReplacedBy})
	}
	for _, id := range r.Values {
		l.value(where, id)
	}
	for _, t := range r.Tests {
		if t.Identity != "" {
			l.value(where+", test "+t.ID, t.Identity)
		}
	}
	l.pasted(r, where)
	for _, text := range r.sentences() {
		for _, name := range mentions(text) {
			if !slices.Contains(r.Values, name) {
				l.add(ruleReferences, where, "correct the name, or add it to values", "a sentence mentions %s, which the route does not ask for", name)
			}
		}
	}
	for _, p := range r.Prerequisites {
		if _, ok := find(r.Exchange, func(s *ExchangeStep) bool { return s.ID == p.Exchange }); p.Exchange != "" && !ok {
			l.add(ruleReferences, where+", prerequisite "+p.ID, "correct the name", "there is no Exchange step %s", p.Exchange)
		}
		l.command(where+", prerequisite "+p.ID, p.Check, true)
	}
	for _, step := range r.Exchange {
		for _, line := range slices.Concat(step.Run, step.Verify, step.Undo) {
			l.command(where+", Exchange step "+step.ID, line, step.ForEach != "")
		}
	}
}

// pasted checks that each text of a route is pasted by a step, and no other.
func (l *linter) pasted(r *Route, where string) {
	for _, id := range r.Artefacts {
		if _, ok := l.product.Artefact(id); !ok {
			l.add(ruleReferences, where, "correct the name", "there is no artefact %s", id)
		}
		if !slices.ContainsFunc(r.Steps, func(s Step) bool { return s.Artefact == id }) {
			l.add(ruleReferences, where, "name it in the step that pastes it", "no step pastes artefact %s", id)
		}
	}
	for _, s := range r.Steps {
		if s.Artefact != "" && !slices.Contains(r.Artefacts, s.Artefact) {
			l.add(ruleReferences, where+", step "+s.ID, "correct the name, or add it to artefacts", "it pastes %s, which the route does not have", s.Artefact)
		}
	}
}

// command checks a PowerShell line: its placeholders exist, an address stands in quotation marks,
// and every quotation ends.
func (l *linter) command(where, line string, repeated bool) {
	for _, name := range mentions(line) {
		switch {
		case !slices.Contains([]string{"client_id", "object_id", "tenant_id", "outbound", "mailbox"}, name):
			l.add(ruleReferences, where, "use client_id, object_id, tenant_id, outbound or mailbox", "a command has the placeholder %s, which nothing fills", name)
		case name == "mailbox" && !repeated:
			l.add(ruleReferences, where, "add for_each", "a command has the placeholder mailbox but is not repeated")
		}
	}
	filled := powershell(line, map[string]string{"mailbox": "a@b.example", "outbound": "a@b.example", "tenant_id": "b.example"})
	for _, name := range []string{"mailbox", "outbound", "tenant_id"} {
		if strings.Contains(filled, "<"+name+">") {
			l.add(ruleReferences, where, "put it in quotation marks", "the placeholder %s stands bare", name)
		}
	}
	if strings.Count(line, `"`)%2 != 0 || strings.Count(line, "'")%2 != 0 {
		l.add(ruleReferences, where, "close it", "a quotation does not end")
	}
}

// requests checks that a text holds the requests that it is said to hold.
func (l *linter) requests(a *Artefact) {
	text, err := ParseProperties(a.template)
	if err != nil {
		return // rule 1 says so
	}
	for _, request := range a.Requests {
		where := "artefact " + a.ID + ", request " + request.ID
		if address, err := request.Address(text); err != nil {
			l.add(ruleReferences, where, "correct the key", "its address: %v", err)
		} else if !strings.HasPrefix(address, "https://") {
			l.add(ruleReferences, where, "correct the key", "its address is not https")
		}
		if form, err := request.Form(text); err != nil {
			l.add(ruleReferences, where, "correct the text", "its form: %v", err)
		} else if len(form) == 0 {
			l.add(ruleReferences, where, "correct the prefix", "no key begins with %s", request.Payload)
		}
	}
}

func (l *linter) value(where, id string) {
	if _, ok := l.product.Value(id); !ok {
		l.add(ruleReferences, where, "correct the name, or add the value", "there is no value %s", id)
	}
}

func (l *linter) routes(where string, ids []string) {
	for _, id := range ids {
		if _, ok := l.product.Route(id); !ok {
			l.add(ruleReferences, where, "correct the name", "there is no route %s", id)
		}
	}
}

func (l *linter) date(where, text string) {
	if _, err := time.Parse(time.DateOnly, text); text != "" && err != nil {
		l.add(ruleReferences, where, "write it as 2026-11-21", "%q is not a date", text)
	}
}

func unique[T any](l *linter, what string, all []T, id func(T) string) {
	seen := map[string]bool{}
	for _, one := range all {
		if seen[id(one)] {
			l.add(ruleReferences, what+" "+id(one), "rename one", "the id is there twice")
		}
		seen[id(one)] = true
	}
}
