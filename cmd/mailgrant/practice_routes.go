package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mailgrant/mailgrant/providers/practice"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
)

// routes are the routes to walk: the one asked for, those that the scenario belongs to, or all of
// the product's that can be proved without the product.
func (r practiceRun) routes() ([]string, error) {
	scenario, planted := scenarioNamed(r.o.scenario)
	planted = planted && len(scenario.Routes) > 0
	if r.o.route != "" {
		if planted && !slices.Contains(scenario.Routes, r.o.route) {
			return nil, usage("scenario %s does not show on route %q", scenario.Name, r.o.route).fixedBy("use one of: " + strings.Join(scenario.Routes, ", "))
		}
		_, _, err := r.papers.find(r.o.product, r.o.route)
		return []string{r.o.route}, err
	}
	known, err := r.papers.catalogue.Product(cmp.Or(r.o.product, usual))
	if err != nil {
		return nil, usage("%s", err).fixedBy("mailgrant products lists them")
	}
	if planted {
		return r.belonging(known, scenario)
	}
	var provable, all []string
	for i := range known.Routes {
		route := &known.Routes[i]
		if r.road.Stopped(known, route) != nil {
			continue
		}
		all = append(all, route.ID)
		if (steps.State{Route: route}).Way() != steps.ByProduct {
			provable = append(provable, route.ID)
		}
	}
	if len(provable) == 0 {
		return all, nil
	}
	return provable, nil
}

// belonging are the scenario's routes that the product has. Where no product was named, those over
// IMAP and SMTP stand for the others, or the first one that shows it: a fault of the sign-in shows on every route alike.
func (r practiceRun) belonging(known *product.Product, scenario practice.Scenario) ([]string, error) {
	if r.o.product == "" {
		shown := []string{practice.RouteAppOnly, practice.RouteDevice}
		if scenario.InBrowser {
			shown = []string{practice.RouteMailCode, practice.RouteGoogleCode}
		}
		others := func(id string) bool { return !slices.Contains(shown, id) }
		if some := slices.DeleteFunc(slices.Clone(scenario.Routes), others); len(some) > 0 {
			return some, nil
		}
		return scenario.Routes[:1], nil
	}
	var some []string
	for _, id := range scenario.Routes {
		if _, ok := known.Route(id); ok {
			some = append(some, id)
		}
	}
	if len(some) == 0 {
		return nil, usage("scenario %s does not show on the routes of %s", scenario.Name, known.Name).fixedBy("leave the product out: it shows on " + strings.Join(scenario.Routes, ", "))
	}
	return some, nil
}
