package product

import "slices"

// tests applies rules 7 and 8. A test of kind none stands for the reason why there is none.
func (l *linter) tests() {
	for i := range l.product.Routes {
		r := &l.product.Routes[i]
		for _, d := range r.directions() {
			by := map[string]int{}
			for _, t := range r.Tests {
				if slices.Contains(t.Directions, d) {
					by[t.By]++
				}
			}
			where := "route " + r.ID + ", " + string(d)
			if by["wizard"] == 0 {
				l.add(ruleTests, where, "add a test, or one of kind none that says why not", "no test of ours covers it")
			}
			if by["product"] != 1 && !l.asked("routes."+r.ID+".tests") {
				l.add(ruleTests, where, "leave one, or add an unknown for routes."+r.ID+".tests", "it has %d tests by the product, not one", by["product"])
			}
		}
		for _, t := range r.Tests {
			harmful := slices.ContainsFunc(t.SideEffects, func(effect string) bool { return effect != "marks_read" })
			if harmful && !t.AsksFirst {
				l.add(ruleAsksFirst, "route "+r.ID+", test "+t.ID, "add asks_first: true", "it sends or deletes mail without asking first")
			}
		}
	}
}
