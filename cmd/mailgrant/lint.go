package main

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/mailgrant/mailgrant/steps/product"
	"github.com/mailgrant/mailgrant/steps/strictyaml"
)

// lintCommand checks the folder of a product of one's own.
func lintCommand(t *terminal, asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use: "lint DIR", Short: "check the folder of a product of your own",
		Long: "Reads the folder as the catalogue would and tells what is wrong with it. A\n" +
			"folder without findings goes under products in MAILGRANT_HOME; then every\n" +
			"command knows the product.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("products lint needs the product's folder").fixedBy("name the folder that holds product.yaml")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return runLint(t, args[0], *asJSON) },
	}
}

type lintJSON struct {
	productsJSON
	Findings []findingJSON `json:"findings"`
}

type findingJSON struct {
	Rule    int    `json:"rule"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Where   string `json:"where"`
	Message string `json:"message"`
	Fix     string `json:"fix"`
}

func runLint(t *terminal, folder string, asJSON bool) error {
	known, findings, err := linted(t, folder)
	if err != nil {
		return err
	}
	if asJSON {
		made := lintJSON{productsJSON{"mailgrant.products/1", []productJSON{productJSONOf(known)}}, []findingJSON{}}
		for _, found := range findings {
			made.Findings = append(made.Findings, findingJSON{found.Rule, found.File, found.Line, found.Column, found.Where, found.Message, found.Fix})
		}
		printJSON(t.out, made)
	} else {
		printer{t.out}.findings(known, findings)
	}
	if len(findings) > 0 {
		return &silent{exitFailed}
	}
	return nil
}

// linted reads a product's folder and looks at it with every rule, those about dates included.
func linted(t *terminal, folder string) (*product.Product, []product.Finding, error) {
	now, _, err := t.clock()
	if err != nil {
		return nil, nil, err
	}
	absolute, err := filepath.Abs(folder)
	if err != nil {
		return nil, nil, usage("folder %s cannot be used: %s", folder, err).fixedBy("name the folder that holds product.yaml")
	}
	if info, err := os.Stat(absolute); err != nil || !info.IsDir() {
		return nil, nil, usage("%s is not a folder", folder).fixedBy("name the folder that holds product.yaml")
	}
	place, name := os.DirFS(filepath.Dir(absolute)), filepath.Base(absolute)
	findings, err := product.LintFolder(place, name, now())
	var file *strictyaml.Error
	if errors.As(err, &file) {
		file.File = filepath.Join(folder, filepath.Base(file.File))
	}
	if err != nil {
		return nil, nil, err
	}
	for i := range findings {
		findings[i].File = filepath.Join(folder, filepath.Base(findings[i].File))
	}
	known, err := product.Load(place, name)
	return known, findings, err
}

func (p printer) findings(known *product.Product, findings []product.Finding) {
	for _, found := range findings {
		p.line("%s", found)
		if found.Fix != "" {
			p.line("  fix: %s", found.Fix)
		}
	}
	switch len(findings) {
	case 0:
		p.line("%s: %d routes, nothing wrong", known.ID, len(known.Routes))
	case 1:
		p.line("%s: 1 finding", known.ID)
	default:
		p.line("%s: %d findings", known.ID, len(findings))
	}
}
