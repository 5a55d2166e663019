package product

import (
	"maps"
	"slices"
	"strings"
)

// ScopeFor is what the product requests for the directions in use, as one line: each part once,
// those for sending first.
func (r *Route) ScopeFor(outbound, inbound bool) string {
	var parts []string
	for _, d := range []Direction{Outbound, Inbound} {
		if (d == Outbound && !outbound) || (d == Inbound && !inbound) {
			continue
		}
		for _, part := range strings.Fields(r.Scopes[d]) {
			if !slices.Contains(parts, part) {
				parts = append(parts, part)
			}
		}
	}
	return strings.Join(parts, " ")
}

// Computed returns values with those that follow from them and the route: scope (see ScopeFor),
// redirect (the redirect URI), tenant (the same as tenant_id), and mailbox where it is not given:
// the address in use, that for sending first. Fields, instructions and redirect templates may name
// them beside what a person enters.
func (r *Route) Computed(values map[string]string, outbound, inbound bool) map[string]string {
	all := maps.Clone(values)
	if all == nil {
		all = map[string]string{}
	}
	all["tenant"] = all["tenant_id"]
	all["scope"] = r.ScopeFor(outbound, inbound)
	if all["mailbox"] == "" && outbound {
		all["mailbox"] = all["outbound"]
	}
	if all["mailbox"] == "" && inbound {
		all["mailbox"] = all["inbound"]
	}
	all["redirect"] = r.Redirect.URI(all)
	return all
}

// computed reports whether a placeholder is filled in by the program: what Computed adds, and the
// mailbox that an instruction or text is repeated for.
func computed(name string) bool {
	return slices.Contains([]string{"scope", "redirect", "tenant", "mailbox"}, name)
}
