package steps

import (
	"testing"

	"github.com/mailgrant/mailgrant/steps/product"
)

// A secret is asked for where something is done with it here, not wherever a registration has one.
func TestSecretIsAskedForWhereItIsUsed(t *testing.T) {
	t.Parallel()
	catalogue := product.Embedded()
	for id, routes := range map[string]map[string]bool{
		"agiloft":     {"ms-mail-cc": true, "ms-mail-device": false, "ms-graph-cc": true, "ms-graph-device": false, "google-api": false},
		"clientspace": {"ms-graph-vendor": false, "ms-imap-old": false},
		"therefore":   {"ms-graph-cc": true, "ms-graph-user": true, "ms-ews-cc": true},
	} {
		p, err := catalogue.Product(id)
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range routes {
			if route, ok := p.Route(name); !ok || needsSecret(route, Answers{}) != want {
				t.Errorf("%s %s: asked for %t", id, name, !want)
			}
		}
	}
}
