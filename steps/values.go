package steps

import (
	"slices"

	"github.com/mailgrant/mailgrant/steps/product"
)

// OwnKey reports whether a catalogue value has a place of its own among the answers, so that
// it does not stand under "values".
func OwnKey(id string) bool {
	return slices.Contains([]string{
		"client_id", "tenant_id", "client_secret", "object_id", "secret_expires",
		"outbound", "inbound", "table", "folder",
	}, id)
}

// ValueOf is a value as a route asks for it.
func ValueOf(p *product.Product, route *product.Route, id string) (*product.Value, bool) {
	if value, ok := p.ValueFor(route.ID, id); ok {
		return value, true
	}
	return p.Value(id)
}

// otherValues are the route's values that stand under "values", for the directions in use, in the
// catalogue's order.
func otherValues(p *product.Product, route *product.Route, answers Answers) []product.Value {
	used := func(direction product.Direction) bool {
		return direction == product.Outbound && answers.Mailboxes.Outbound != nil || direction == product.Inbound && len(answers.Mailboxes.Inbound) > 0
	}
	var others []product.Value
	for _, id := range route.Values {
		if value, ok := ValueOf(p, route, id); ok && !OwnKey(id) && (len(value.Directions) == 0 || slices.ContainsFunc(value.Directions, used)) {
			others = append(others, *value)
		}
	}
	return others
}

// needsSecret reports whether a client secret is asked for, and no certificate takes its place. A
// registration may have one that only the product is ever told.
func needsSecret(route *product.Route, answers Answers) bool {
	return takes(route, "client_secret") && (!takesCertificate(route) || answers.Get(KeyCertificate) == "")
}
