package product

import (
	"fmt"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
)

// embedded reads a copy of its own of a product of the catalogue, which a test may change.
func embedded(t testing.TB, id string) *Product {
	t.Helper()
	return mustLoad(t, folders, id)
}

// routeOf finds a route, or ends the test.
func routeOf(t testing.TB, p *Product, id string) *Route {
	t.Helper()
	r, ok := p.Route(id)
	if !ok {
		t.Fatalf("%s has no route %s", p.ID, id)
	}
	return r
}

// describe says in a few words what a route is, so that tests can hold it against the facts.
func describe(r *Route) string {
	return strings.Join([]string{
		r.Provider, r.Transport, string(r.Flow), r.Status,
		"out " + r.Directions[Outbound], "in " + r.Directions[Inbound],
		"platform " + r.Registration.Platform, "credential " + strings.Join(r.Registration.Credential, "+"),
		"owner " + r.AppOwner, "consent " + r.Consent.Need + " by " + r.Consent.By,
	}, ", ")
}

// serversOf lists a route's servers as addresses, outbound first.
func serversOf(r *Route) string {
	var all []string
	for _, d := range r.directions() {
		if s, ok := r.Server(d); ok {
			all = append(all, fmt.Sprintf("%s://%s:%d/%s", s.Protocol, s.Host, s.Port, s.Security))
		}
	}
	return strings.Join(all, " ")
}

// proofsOf lists how a route can be proved; + marks a change that is taken back.
func proofsOf(r *Route) string {
	var all []string
	for _, proof := range r.Proofs {
		text := proof.ID
		if proof.Redirect != "" {
			text += " " + proof.Redirect
		}
		if proof.Change != nil && proof.Undo != nil {
			text += " +"
		}
		if proof.Secret {
			text += " secret"
		}
		all = append(all, text)
	}
	return strings.Join(all, ", ")
}

// filled renders an artefact of a route as a person sees it.
func filled(t testing.TB, p *Product, route, artefact string, values map[string]string) string {
	t.Helper()
	a, ok := p.Artefact(artefact)
	if !ok {
		t.Fatalf("%s has no artefact %s", p.ID, artefact)
	}
	all := routeOf(t, p, route).Computed(values, values["outbound"] != "", values["inbound"] != "")
	text, err := Render(a, all, keychain.NewSecret("not-a-real-secret"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(text.Masked(), "not-a-real-secret") {
		t.Errorf("%s shows the secret", artefact)
	}
	return text.Masked()
}

// noFindings holds a product against every rule.
func noFindings(t testing.TB, p *Product) {
	t.Helper()
	for _, f := range Lint(p) {
		t.Errorf("%s (%s)", f, f.Fix)
	}
	for _, u := range p.Unknowns {
		if u.Field == "" || !strings.HasSuffix(strings.TrimSpace(u.Ask), "?") && !strings.Contains(u.Ask, "? ") {
			t.Errorf("unknown %s asks nothing: %s", u.Field, u.Ask)
		}
	}
}
