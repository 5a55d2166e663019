package product

import "slices"

// tests applies rules 7 and 8. A test of kind none stands for the reason why there is none.
func (l *linter) tests() {
	for route, r := range l.routes() {
		for _, d := range r.directions() {
			at := route.part(string(d), "tests")
			by := map[string]int{}
			for _, t := range r.Tests {
				if slices.Contains(t.Directions, d) {
					by[t.By]++
				}
			}
			if by["wizard"] == 0 {
				l.add(ruleTests, at, "add a test, or one of kind none that says why not", "no test of ours covers it")
			}
			if by["product"] != 1 && !l.asked("routes."+r.ID+".tests") {
				l.add(ruleTests, at, "leave one, or add an unknown for routes."+r.ID+".tests", "it has %d tests by the product, not one", by["product"])
			}
		}
		for i, t := range r.Tests {
			at := route.entry("test "+t.ID, "tests", i)
			harmful := slices.ContainsFunc(t.SideEffects, func(effect string) bool { return effect != "marks_read" })
			if harmful && !t.AsksFirst {
				l.add(ruleAsksFirst, at, "add asks_first: true", "it sends or deletes mail without asking first")
			}
			if t.By == "wizard" {
				l.possible(at, r, t)
			}
		}
	}
}

// possible looks for what a test of ours needs: something to ask a token for, and a server that
// speaks its protocol.
func (l *linter) possible(at place, r *Route, t Test) {
	if t.Kind == "none" {
		return
	}
	for _, d := range t.Directions {
		if r.TestScopes[d] == "" {
			l.add(ruleTests, at, "add test_scopes for this direction", "it needs a token, and no test scope is given for %s", d)
		}
		if server, ok := r.Server(d); ok && protocolOf(t.Kind) != "" && server.Protocol != protocolOf(t.Kind) {
			l.add(ruleTests, at, "correct the kind, or the server", "it speaks %s, but the server for %s speaks %s", protocolOf(t.Kind), d, server.Protocol)
		}
	}
}

// protocolOf is what a kind of test speaks with the mail server, or "".
func protocolOf(kind string) string {
	return map[string]string{
		"imap_login": "imap", "pop_login": "pop3", "smtp_login": "smtp", "smtp_send": "smtp",
		"graph_read": "graph", "graph_send": "graph", "ews_folder": "ews",
	}[kind]
}

// proofs applies rule 7 to routes whose sign-in the product finishes: there is a way to prove
// them, and what it changes in the registration can be taken back.
func (l *linter) proofs() {
	for route, r := range l.routes() {
		finished := r.Flow == AuthCodeProduct || r.Flow == VendorApp
		if finished && len(r.Proofs) == 0 {
			l.add(ruleTests, route, "add a proof of id device, loopback or product", "the product finishes the sign-in, and no proof says how it can be tested")
		}
		if !finished && len(r.Proofs) > 0 {
			l.add(ruleTests, route.under("proofs"), "delete them", "proofs are for routes whose sign-in the product finishes, which this is not")
		}
		for i, proof := range r.Proofs {
			at := route.entry("proof "+proof.ID, "proofs", i)
			switch {
			case r.Flow == VendorApp && proof.ID != ProofProduct:
				l.add(ruleTests, at, "leave the proof product alone", "the application is the vendor's, so only the product can sign in with it")
			case proof.ID == ProofProduct && (proof.Change != nil || proof.Undo != nil):
				l.add(ruleTests, at, "delete change and undo", "the product's own test changes nothing in the registration")
			case (proof.Change == nil) != (proof.Undo == nil):
				l.add(ruleTests, at, "add the other one of change and undo", "it changes the registration and does not take it back, or the other way round")
			}
			if (proof.ID == ProofLoopback) != (proof.Redirect != "") {
				l.add(ruleTests, at, "give redirect for a loopback proof, and for no other", "its redirect is %q", proof.Redirect)
			}
		}
	}
}
