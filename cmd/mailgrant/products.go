package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailgrant/mailgrant/steps/product"
)

func productsCommand(t *terminal) *cobra.Command {
	asJSON := false
	command := &cobra.Command{
		Use: "products", Short: "list the products that are known, with their routes", Args: noArguments,
		RunE: func(*cobra.Command, []string) error { return runProducts(t, asJSON) },
	}
	command.PersistentFlags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	command.AddCommand(&cobra.Command{
		Use: "show ID", Short: "show what a product needs", ValidArgsFunction: productNames(t),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("products show needs one product").fixedBy("mailgrant products lists them")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return runProductShow(t, args[0], asJSON) },
	})
	command.AddCommand(lintCommand(t, &asJSON))
	return command
}

type productsJSON struct {
	Schema   string        `json:"schema"`
	Products []productJSON `json:"products"`
}

type productJSON struct {
	ID     string      `json:"id"`
	Name   string      `json:"name"`
	Routes []routeJSON `json:"routes"`
}

type routeJSON struct {
	ID         string   `json:"id"`
	Provider   string   `json:"provider"`
	Transport  string   `json:"transport"`
	Flow       string   `json:"flow"`
	Directions []string `json:"directions"`
	Status     string   `json:"status"`
}

func productJSONOf(p *product.Product) productJSON {
	made := productJSON{p.ID, p.Name, []routeJSON{}}
	for _, route := range p.Routes {
		directions := []string{}
		for _, direction := range []product.Direction{product.Outbound, product.Inbound} {
			if _, ok := route.Directions[direction]; ok {
				directions = append(directions, string(direction))
			}
		}
		made.Routes = append(made.Routes, routeJSON{route.ID, route.Provider, route.Transport, string(route.Flow), directions, route.Status})
	}
	return made
}

func runProducts(t *terminal, asJSON bool) error {
	catalogue, err := knownProducts(t)
	if err != nil {
		return err
	}
	list := productsJSON{"mailgrant.products/1", []productJSON{}}
	p := printer{t.out}
	var broken []error
	for _, id := range catalogue.IDs() {
		known, err := catalogue.Product(id)
		if err != nil {
			broken = append(broken, err)
			continue
		}
		list.Products = append(list.Products, productJSONOf(known))
		if !asJSON {
			p.line("%-14s %s, %s", known.ID, known.Name, known.Category)
			for _, route := range known.Routes {
				p.line("    %-16s %s (%s)%s", route.ID, route.Title, route.Status, recommended(route))
			}
		}
	}
	if asJSON {
		printJSON(t.out, list)
	}
	for _, err := range broken {
		printError(t.talk, err)
	}
	if len(broken) > 0 {
		return &silent{exitUsage}
	}
	return nil
}

func recommended(route product.Route) string {
	if route.Recommended {
		return ", recommended"
	}
	return ""
}

func runProductShow(t *terminal, id string, asJSON bool) error {
	catalogue, err := knownProducts(t)
	if err != nil {
		return err
	}
	known, err := catalogue.Product(id)
	if err != nil {
		return usage("%s", err).fixedBy("mailgrant products lists them")
	}
	if asJSON {
		printJSON(t.out, productsJSON{"mailgrant.products/1", []productJSON{productJSONOf(known)}})
		return nil
	}
	p := printer{t.out}
	p.line("%s, %s; facts compared with their sources on %s", known.Name, known.Category, known.Checked)
	for _, effect := range known.Effects {
		p.line("  ! it %s", strings.ReplaceAll(effect, "_", " "))
	}
	for i := range known.Routes {
		p.route(known, &known.Routes[i])
	}
	for _, doc := range known.Docs {
		p.line("source: %s, %s", doc.Title, doc.URL)
	}
	return nil
}

// productNames completes the name of a product.
func productNames(t *terminal) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		catalogue, err := knownProducts(t)
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return catalogue.IDs(), cobra.ShellCompDirectiveNoFileComp
	}
}
