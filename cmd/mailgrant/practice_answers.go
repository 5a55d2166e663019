package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mailgrant/mailgrant/providers/practice"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
)

// papers are what a consultant was given about the practice tenant, and wrote down. With the
// catalogue they make the answers of any product's route.
type papers struct {
	tenant    *practice.Tenant
	catalogue *product.Catalogue
}

// usual is the product that a practice run connects when none is named.
const usual = "agiloft"

// find is the product of a practice run and one of its routes. A scenario names its routes alone:
// then the first product that has the route is taken, the usual one before others.
func (p papers) find(productID, routeID string) (*product.Product, *product.Route, error) {
	ids := p.catalogue.IDs()
	slices.SortStableFunc(ids, func(a, b string) int {
		return cmp.Compare(strings.Index(b, usual), strings.Index(a, usual))
	})
	if productID != "" {
		ids = []string{productID}
	}
	for _, id := range ids {
		known, err := p.catalogue.Product(id)
		if err != nil {
			return nil, nil, usage("%s", err).fixedBy("mailgrant products lists them")
		}
		if route, ok := known.Route(routeID); ok {
			return known, route, nil
		}
	}
	if productID == "" {
		productID = "any product"
	}
	return nil, nil, usage("route %q is not one of %s", routeID, productID).fixedBy("mailgrant products lists the routes")
}

// answers are those of a route of a product. What the product alone asks for has the catalogue's
// default or example; a planted mistake in the papers is in them.
func (p papers) answers(known *product.Product, route *product.Route) practice.Answers {
	of := p.of(route.Provider)
	answers := practice.Answers{
		Product: known.ID, Route: route.ID, Name: practiceName(known.ID, route.ID),
		Mailboxes: used(of.Mailboxes, known, route), Endpoints: of.Endpoints, Values: map[string]string{},
	}
	for _, id := range route.Values {
		switch id {
		case "tenant_id":
			answers.Tenant = of.Tenant
		case "client_id":
			answers.ClientID = of.ClientID
		case "object_id":
			answers.ObjectID = of.ObjectID
		case "secret_expires":
			answers.SecretEnds = of.SecretEnds.Format(time.DateOnly)
		default:
			if value, ok := steps.ValueOf(known, route, id); ok && !steps.OwnKey(id) && !value.Optional && value.Default == "" {
				answers.Values[id] = madeUp(*value, of.Domain)
			}
		}
	}
	return answers
}

// browserProof is the route's way to prove a sign-in in a browser of this computer; empty where
// there is none.
func browserProof(route *product.Route) string {
	for _, proof := range route.Proofs {
		if proof.Redirect != "" {
			return proof.ID
		}
	}
	return ""
}

// of are the papers about the application at a provider.
func (p papers) of(provider string) practice.Papers {
	if provider == "google" {
		return p.tenant.GooglePapers()
	}
	return p.tenant.Papers()
}

// practiceName is a name for the connection that fits into the 40 characters that one may have.
func practiceName(productID, routeID string) string {
	name := "practice-" + productID + "-" + strings.TrimPrefix(routeID, "ms-mail-")
	return strings.TrimRight(name[:min(len(name), 40)], "-")
}

// used are the mailboxes that a route has a use for, with what the product asks about them.
func used(mailboxes practice.Mailboxes, known *product.Product, route *product.Route) practice.Mailboxes {
	var some practice.Mailboxes
	if _, sends := route.Directions[product.Outbound]; sends {
		some.Outbound = mailboxes.Outbound
	}
	count, reads := route.Directions[product.Inbound]
	if !reads {
		return some
	}
	some.Inbound = slices.Clone(mailboxes.Inbound)
	if count == "single" {
		some.Inbound = some.Inbound[len(some.Inbound)-1:]
	}
	folder, asked := steps.ValueOf(known, route, "folder")
	for i := range some.Inbound {
		one := &some.Inbound[i]
		if !slices.Contains(route.Values, "table") {
			one.Table = ""
		}
		if asked && !folder.Optional && one.Folder == "" {
			one.Folder = "Inbox" // the only one that every mailbox of the tenant has
		}
	}
	return some
}

// madeUp is a value that a practice run enters for a product of which no example is known.
func madeUp(value product.Value, domain string) string {
	switch {
	case value.Example != "":
		return value.Example
	case len(value.Options) > 0:
		return value.Options[0].Value
	case value.Kind == "origin":
		return "https://product." + domain
	case value.Kind == "url":
		return "https://product." + domain + "/"
	case value.Kind == "email":
		return "product@" + domain
	}
	return "practice"
}

// all are the answers of every route of every product, by product and route, and those of a route
// under its id alone as well, where the first product has it.
func (p papers) all() (map[string]practice.Answers, error) {
	made := map[string]practice.Answers{}
	for _, id := range p.catalogue.IDs() {
		known, err := p.catalogue.Product(id)
		if err != nil {
			return nil, fmt.Errorf("product %s cannot be read: %w", id, err)
		}
		for i := range known.Routes {
			route := &known.Routes[i]
			answers := p.answers(known, route)
			made[id+"/"+route.ID] = answers
			if first, _, err := p.find("", route.ID); err == nil && first == known {
				made[route.ID] = answers
			}
		}
	}
	return made, nil
}

// practiceAnswers reads the tenant's answers as an answers file would be.
func practiceAnswers(given practice.Answers) steps.Answers {
	answers := steps.Answers{
		Product: given.Product, Route: given.Route, Name: given.Name, Tenant: given.Tenant,
		ClientID: given.ClientID, ObjectID: given.ObjectID, SecretEnds: given.SecretEnds, Values: given.Values,
		Endpoints: steps.EndpointAnswers{
			Authority: given.Endpoints.Authority, Graph: given.Endpoints.Graph, IMAP: given.Endpoints.IMAP, SMTP: given.Endpoints.SMTP,
			POP3: given.Endpoints.POP3, EWS: given.Endpoints.EWS, CAFile: given.Endpoints.CAFile,
		},
	}
	if given.Mailboxes.Outbound.Address != "" {
		answers = answers.With(steps.KeyOutbound, given.Mailboxes.Outbound.Address)
	}
	for _, inbound := range given.Mailboxes.Inbound {
		answers.Mailboxes.Inbound = append(answers.Mailboxes.Inbound, steps.MailboxAnswer{Address: inbound.Address, Table: inbound.Table, Folder: inbound.Folder})
	}
	return answers
}
