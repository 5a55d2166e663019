package product

import (
	"slices"
	"strconv"
)

// values applies rule 2: what a person is asked for is used by every route that asks for it, and
// can be answered.
func (l *linter) values() {
	for at, r := range l.routes() {
		used := l.usedBy(r)
		for i, id := range r.Values {
			if _, ok := l.product.Value(id); ok && !used[id] {
				l.add(ruleValues, at.under("values", strconv.Itoa(i)), "delete it, or use it", "value %s is asked for but not used", id)
			}
		}
		for i, v := range l.product.Values {
			if first, _ := l.product.Value(v.ID); first != &l.product.Values[i] {
				continue // the same value at another provider
			}
			if _, required := l.product.ValueFor(r.ID, v.ID); required != slices.Contains(r.Values, v.ID) {
				l.add(ruleValues, at.under("values"), "add it to, or delete it from, both values and required_in", "value %s and this route disagree whether it is asked for", v.ID)
			}
		}
	}
	for i, v := range l.product.Values {
		at := top("value "+v.ID, "values", i)
		if len(v.RequiredIn) == 0 {
			l.add(ruleValues, at, "delete it, or add required_in", "no route asks for it")
		}
		l.answerable(at, v)
	}
}

// answerable checks that a value can be given: a choice has something to choose from, and what is
// proposed passes.
func (l *linter) answerable(at place, v Value) {
	if (v.Kind == "choice") != (len(v.Options) > 0) {
		l.add(ruleValues, at, "give options for kind choice, and for no other", "it is of kind %s with %d options", v.Kind, len(v.Options))
	}
	for _, given := range []struct{ key, text string }{{"default", v.Default}, {"example", v.Example}} {
		if given.text == "" || v.Secret {
			continue
		}
		if err := v.Check(given.text); err != nil {
			l.add(ruleValues, at.under(given.key), "correct it", "its %s is not accepted: %v", given.key, err)
		}
	}
}

// usedBy collects the values that a route puts somewhere.
func (l *linter) usedBy(r *Route) map[string]bool {
	used := map[string]bool{}
	for _, id := range r.Artefacts {
		if a, ok := l.product.Artefact(id); ok {
			for _, value := range a.valueIDs() {
				used[value] = true
			}
		}
	}
	for _, step := range r.Exchange {
		used["outbound"] = used["outbound"] || step.ForEach == "outbound" || step.ForEach == "mailbox"
		used["inbound"] = used["inbound"] || step.ForEach == "inbound" || step.ForEach == "mailbox"
	}
	for _, sentence := range r.sentences(place{}) {
		for _, name := range mentions(sentence.text) {
			used[name] = true
		}
	}
	for _, line := range r.commands() {
		for _, name := range mentions(line) {
			used[name] = true
		}
	}
	used["tenant_id"] = used["tenant_id"] || used["tenant"]
	for _, t := range r.Tests {
		used[t.Identity] = true
		if t.By == "wizard" && t.Kind == "token" {
			// They are what the token is asked for with, also where no text of the product is known.
			used["tenant_id"], used["client_id"], used["client_secret"] = true, true, true
		}
	}
	if slices.Contains(r.Rotation.Trigger, "secret_expiry") {
		// The reminder is what the date is for.
		for _, v := range l.product.Values {
			used[v.ID] = used[v.ID] || v.Kind == "date"
		}
	}
	return used
}

// sentence is a text that Say fills in.
type sentence struct {
	at   place
	text string
}

// sentences are those of a route.
func (r *Route) sentences(route place) []sentence {
	all := []sentence{{route.under("redirect"), r.Redirect.Template}}
	say := func(at place, texts ...string) {
		for _, text := range texts {
			all = append(all, sentence{at, text})
		}
	}
	for i, click := range r.Registration.Steps {
		say(route.under("registration", "steps", strconv.Itoa(i)), click.Screen, click.Text)
	}
	for i, step := range r.Steps {
		say(route.under("steps", strconv.Itoa(i)), step.Screen, step.Text, step.Warning)
	}
	for i, proof := range r.Proofs {
		for _, click := range []*Click{proof.Change, proof.Undo} {
			if click != nil {
				say(route.under("proofs", strconv.Itoa(i)), click.Screen, click.Text)
			}
		}
	}
	return all
}

// commands are the PowerShell lines of a route.
func (r *Route) commands() []string {
	var lines []string
	for _, step := range r.Exchange {
		lines = append(lines, slices.Concat(step.Run, step.Verify, step.Undo)...)
	}
	for _, p := range r.Prerequisites {
		lines = append(lines, p.Check)
	}
	return lines
}
