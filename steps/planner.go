package steps

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

// planner makes a plan and collects what is wrong with the answers.
type planner struct {
	answers Answers
	plan    Plan
	wrong   AnswerErrors
}

func (b *planner) refuse(key Key, message, fix string) {
	b.wrong = append(b.wrong, &AnswerError{Key: key, Message: message, Fix: fix})
}

func (b *planner) check(key Key, err error) bool {
	if err == nil {
		return true
	}
	one := &AnswerError{Key: key, Message: err.Error()}
	errors.As(err, &one)
	one.Key = key
	b.wrong = append(b.wrong, one)
	return false
}

func (b *planner) choose(catalogue *product.Catalogue) {
	if b.answers.Product == "" {
		b.wrong = append(b.wrong, missing(KeyProduct, "product", "choose one of: "+strings.Join(catalogue.IDs(), ", ")))
		return
	}
	chosen, err := catalogue.Product(b.answers.Product)
	if err != nil {
		b.refuse(KeyProduct, err.Error(), "")
		return
	}
	b.plan.Product = chosen
	if b.answers.Route == "" {
		b.wrong = append(b.wrong, missing(KeyRoute, "route", "choose one of: "+strings.Join(routeIDs(chosen), ", ")))
		return
	}
	route, ok := chosen.Route(b.answers.Route)
	if !ok {
		b.refuse(KeyRoute, fmt.Sprintf("route %q is not one of %s's", providers.Clean(b.answers.Route), chosen.Name), "choose one of: "+strings.Join(routeIDs(chosen), ", "))
		return
	}
	b.plan.Route = route
}

func routeIDs(p *product.Product) []string {
	var ids []string
	for _, route := range p.Routes {
		ids = append(ids, route.ID)
	}
	return ids
}

func (b *planner) name() {
	b.plan.Name = b.answers.Name
	if b.plan.Name == "" {
		b.plan.Name = DefaultName(b.plan.Product.ID, b.answers.organisation())
	}
	b.check(KeyName, CheckName(b.plan.Name))
}

func (b *planner) registration() {
	a := b.answers
	b.check(keyCloud, checkCloud(a.Cloud))
	b.check(keyStore, checkStore(a.Store))
	if !takes(b.plan.Route, "tenant_id") {
		b.plan.Tenant = ""
	} else if a.Tenant == "" {
		b.wrong = append(b.wrong, missing(KeyTenant, "tenant ID", "it stands on the app registration's Overview page as Directory (tenant) ID"))
	} else if b.check(KeyTenant, checkTenant(a.Tenant, a.Endpoints.Authority != "")) {
		b.plan.Tenant = strings.TrimSpace(a.Tenant)
	}
	b.clientID()
	if a.ObjectID != "" {
		id, err := providers.ParseObjectID(a.ObjectID)
		if b.check(KeyObjectID, err) {
			b.check(KeyObjectID, checkObjectID(a.ObjectID, a.ClientID))
		}
		b.plan.ObjectID = id
	}
	if a.SecretEnds != "" {
		ends, err := parseDate(a.SecretEnds)
		b.check(KeySecretEnds, err)
		b.plan.SecretEnds = ends
	}
}

func (b *planner) clientID() {
	given := b.answers.ClientID
	switch {
	case !takes(b.plan.Route, "client_id"):
	case given == "" && b.plan.Route.Provider == google:
		b.wrong = append(b.wrong, missing(KeyClientID, "client ID", "it stands under Google Auth Platform > Clients and ends in .apps.googleusercontent.com"))
	case given == "":
		b.wrong = append(b.wrong, missing(KeyClientID, "client ID", "it stands on the app registration's Overview page as Application (client) ID"))
	default:
		id, err := parseClientID(b.plan.Route, given)
		b.check(KeyClientID, err)
		b.plan.ClientID = id
	}
}

// google is the provider whose applications belong to no tenant.
const google = "google"

// takes reports whether a route needs one of the values that have a place of their own.
func takes(route *product.Route, id string) bool { return slices.Contains(route.Values, id) }

func parseClientID(route *product.Route, text string) (providers.ClientID, error) {
	if route.Provider == google {
		return providers.ParseGoogleClientID(text)
	}
	return providers.ParseClientID(text)
}

// values checks what stands under "values". Values of the product's other routes may stand there
// too, so that a person can change the route and lose nothing.
func (b *planner) values() {
	b.plan.Values = map[string]string{}
	for _, id := range slices.Sorted(maps.Keys(b.answers.Values)) {
		if chosen, err := chooses(b.plan.Product, id, b.answers.Values[id]); chosen {
			b.check(valueKey(id), err)
			continue
		}
		if _, known := b.plan.Product.Value(id); id != proofValue && id != certificateValue && (!known || OwnKey(id)) {
			b.refuse(valueKey(id), fmt.Sprintf("value %q is not one that %s knows", providers.Clean(id), b.plan.Product.Name), "remove it or correct its spelling")
		}
	}
	b.check(KeyProof, checkProof(b.plan.Product, b.plan.Route, b.answers.Values[proofValue]))
	for _, value := range otherValues(b.plan.Product, b.plan.Route, b.answers) {
		key := valueKey(value.ID)
		given := strings.TrimSpace(b.answers.Get(key))
		switch {
		case given != "":
			b.check(key, value.Check(given))
		case value.Optional || value.Default != "":
			given = value.Default
		default:
			b.wrong = append(b.wrong, missing(key, value.Label, value.Hint))
		}
		b.plan.Values[value.ID] = given
	}
}

// checkProof refuses a way of proving that none of the product's routes has.
func checkProof(p *product.Product, route *product.Route, id string) error {
	for i := range p.Routes {
		if _, ok := p.Routes[i].Proof(id); ok || id == "" {
			return nil
		}
	}
	var ids []string
	for _, proof := range route.Proofs {
		ids = append(ids, proof.ID)
	}
	if len(ids) == 0 {
		return &AnswerError{Message: fmt.Sprintf("proof %q is not asked for on route %s", providers.Clean(id), route.ID), Fix: "leave it out"}
	}
	return &AnswerError{Message: fmt.Sprintf("proof %q is not one of route %s's", providers.Clean(id), route.ID), Fix: "choose one of: " + strings.Join(ids, ", ")}
}

// confirmed refuses a tick for a line that none of the product's routes has.
func (b *planner) confirmed() {
	for _, id := range b.answers.Confirmed {
		if !confirms(b.plan.Product, id) {
			b.refuse(keyConfirmed, fmt.Sprintf("confirmed line %q is not one that %s knows", providers.Clean(id), b.plan.Product.Name), "remove it or correct its spelling")
		}
	}
}

func confirms(p *product.Product, id string) bool {
	for _, route := range p.Routes {
		needed := func(need product.Prerequisite) bool { return need.ID == id }
		shown := func(test product.Test) bool { return test.ID == id && test.By == "product" }
		if slices.ContainsFunc(route.Prerequisites, needed) || slices.ContainsFunc(route.Tests, shown) {
			return true
		}
	}
	return false
}
