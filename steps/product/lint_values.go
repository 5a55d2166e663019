package product

import "slices"

// values applies rule 2: what a person is asked for is used by every route that asks for it.
func (l *linter) values() {
	for i := range l.product.Routes {
		r := &l.product.Routes[i]
		used := l.usedBy(r)
		for _, id := range r.Values {
			if _, ok := l.product.Value(id); ok && !used[id] {
				l.add(ruleValues, "route "+r.ID, "delete it, or use it", "value %s is asked for but not used", id)
			}
		}
		for _, v := range l.product.Values {
			if slices.Contains(v.RequiredIn, r.ID) != slices.Contains(r.Values, v.ID) {
				l.add(ruleValues, "route "+r.ID, "add it to, or delete it from, both values and required_in", "value %s and this route disagree whether it is asked for", v.ID)
			}
		}
	}
	for _, v := range l.product.Values {
		if len(v.RequiredIn) == 0 {
			l.add(ruleValues, "value "+v.ID, "delete it, or add required_in", "no route asks for it")
		}
	}
}

// usedBy collects the values that a route puts somewhere.
func (l *linter) usedBy(r *Route) map[string]bool {
	used := map[string]bool{}
	for _, id := range r.Artefacts {
		if a, ok := l.product.Artefact(id); ok {
			for _, value := range a.Placeholders {
				used[value] = true
			}
		}
	}
	for _, step := range r.Exchange {
		used["outbound"] = used["outbound"] || step.ForEach == "outbound" || step.ForEach == "mailbox"
		used["inbound"] = used["inbound"] || step.ForEach == "inbound" || step.ForEach == "mailbox"
	}
	for _, text := range append(r.sentences(), r.commands()...) {
		for _, name := range mentions(text) {
			used[name] = true
		}
	}
	for _, t := range r.Tests {
		used[t.Identity] = true
	}
	if slices.Contains(r.Rotation.Trigger, "secret_expiry") {
		// The reminder is what the date is for.
		for _, v := range l.product.Values {
			used[v.ID] = used[v.ID] || v.Kind == "date"
		}
	}
	return used
}

// sentences are the texts of a route that Say fills in.
func (r *Route) sentences() []string {
	texts := []string{r.Redirect.Template}
	for _, click := range r.Registration.Steps {
		texts = append(texts, click.Screen, click.Text)
	}
	for _, step := range r.Steps {
		texts = append(texts, step.Screen, step.Text, step.Warning)
	}
	return texts
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
