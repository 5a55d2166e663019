package steps

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

// manyMailboxes is a plan with one outbound and so many inbound mailboxes.
func manyMailboxes(t *testing.T, route string, inbound int) Plan {
	t.Helper()
	w := newWorld(t)
	answers := w.answers(route)
	for i := range inbound {
		answers = answers.With(inboundKey(i, partAddress), fmt.Sprintf("in%d@contoso.example", i)).With(inboundKey(i, partTable), fmt.Sprintf("Table%d", i))
	}
	plan, err := w.road.plan(answers)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func TestEveryPlaceOfTheSecretIsListed(t *testing.T) {
	t.Parallel()
	all := manyMailboxes(t, routeApp, 4).Replacements()
	if len(all) != 15 {
		t.Fatalf("%d places: %+v", len(all), all)
	}
	count := map[providers.Address]int{}
	for i, one := range all {
		count[one.Address]++
		if one.Place == "" || one.Line == 0 || !strings.Contains(one.Key, "payload.3") {
			t.Errorf("%+v", one)
		}
		if slices.Contains(all[:i], one) {
			t.Errorf("%+v is listed twice", one)
		}
	}
	for address, n := range count {
		if n != 3 {
			t.Errorf("%d places for %q", n, address)
		}
	}
	if all[0].Artefact != "outbound-cc" || all[3].Artefact != "inbound-cc" || all[3].Address != "in0@contoso.example" {
		t.Errorf("order: %+v", all)
	}
	if none := manyMailboxes(t, routePerson, 4).Replacements(); len(none) != 0 {
		t.Errorf("a route without a secret has places: %v", none)
	}
}

func TestPlacesAreOutboundFirstThenOncePerInboundMailbox(t *testing.T) {
	t.Parallel()
	plan := manyMailboxes(t, routeApp, 2)
	var order []providers.Address
	texts := 0
	for _, place := range plan.Places() {
		if len(order) == 0 || order[len(order)-1] != place.Address {
			order = append(order, place.Address)
		}
		if strings.Contains(place.Text+place.Warning, "{{") {
			t.Errorf("a placeholder is left: %s %s", place.Text, place.Warning)
		}
		if place.Artefact != "" {
			texts++
		}
	}
	if want := []providers.Address{"crm@contoso.example", "in0@contoso.example", "in1@contoso.example"}; !slices.Equal(order, want) || texts != 3 {
		t.Errorf("order %v with %d texts", order, texts)
	}
}

func TestPlacesThatAreDoneOnce(t *testing.T) {
	t.Parallel()
	route := product.Route{Steps: []product.Step{
		{ID: "general", Text: "open it"},
		{ID: "in-once", Text: "switch mail on", Direction: product.Inbound},
		{ID: "in-each", Text: "enter {{inbound}} for {{table}}", Direction: product.Inbound, ForEach: "inbound"},
	}}
	plan := Plan{Product: &product.Product{}, Route: &route, Inbound: []Mailbox{{Direction: product.Inbound, Address: "a@b.example", Table: "T"}, {Direction: product.Inbound, Address: "c@d.example"}}}
	var texts []string
	for _, place := range plan.Places() {
		texts = append(texts, place.Text)
	}
	if got, want := strings.Join(texts, "; "), "open it; switch mail on; enter a@b.example for T; enter c@d.example for <table>"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestExchangeCommandsHaveRealValues(t *testing.T) {
	t.Parallel()
	plan := manyMailboxes(t, routeApp, 2)
	for _, object := range []providers.ObjectID{"", testObject} {
		var all []string
		for _, command := range plan.ExchangeCommands(object) {
			all = append(all, command.Run...)
		}
		script := strings.Join(all, "\n")
		want := string(object)
		if want == "" {
			want = "<object_id>"
		}
		for _, line := range []string{
			"New-ServicePrincipal -AppId " + testClient + " -ObjectId " + want,
			`Add-MailboxPermission -Identity "crm@contoso.example" -User ` + want,
			`Add-MailboxPermission -Identity "in1@contoso.example" -User ` + want,
		} {
			if !strings.Contains(script, line) {
				t.Errorf("%q is not in\n%s", line, script)
			}
		}
	}
}
