package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
	"github.com/mailgrant/mailgrant/tui/theme"
)

// reading is a screen that is only read.
type reading struct {
	idle
	title, place string
	write        func(d *drawing, a area)
}

func (r *reading) Update(msg tea.Msg) (move, tea.Cmd) {
	if on(msg, "esc", "enter", "q") {
		return pop{}, nil
	}
	return nil, nil
}

func (r *reading) Heading(theme.Theme) heading { return heading{Title: r.title, Place: r.place} }

func (*reading) Keys() []binding {
	return []binding{bind("turn the page", "pgup", "pgdn").shown("pgup pgdn"), bind("back", "esc")}
}

func (r *reading) View(a area) drawing {
	d := a.page()
	d.Width = min(d.Width, 100) // longer lines are hard to read
	r.write(d, a)
	return *d
}

// newGuide tells what a route needs, where the vendor's page is wrong, what nobody knows, and
// where all of it was read.
func newGuide(p *product.Product, route *product.Route, option steps.Option) screen {
	return &reading{title: "Guide and differences", place: "what the facts about this way rest on", write: func(d *drawing, a area) {
		if p == nil || route == nil {
			d.Text(a.Theme.Plain, 0, "There is nothing to tell about this way.")
			return
		}
		writeFacts(d, a, p, route, option)
		writePrerequisites(d, a, route)
		writeWarnings(d, a, option.Warnings)
		writeCorrections(d, a, p, route)
		writeUnknowns(d, a, p, route)
		d.Gap()
		d.Add(a.Theme.Accent.Render("Pages"))
		for _, doc := range p.Docs {
			d.Text(a.Theme.Plain, 0, doc.Title+", read "+doc.Read)
			d.Text(a.Theme.Quiet, 2, doc.URL)
		}
	}}
}

// writeFacts is what the list of ways says of one, whole.
func writeFacts(d *drawing, a area, p *product.Product, route *product.Route, option steps.Option) {
	d.Add(a.Theme.Accent.Render(route.Title))
	d.Text(a.Theme.Plain, 0, sentence(route.Summary))
	for _, fact := range append(slices.Clone(option.Facts), routeFacts(p, route)...) {
		d.Label(fact.Label, fact.Text, a.Theme.Quiet, 0, 10)
	}
	drawWarning(&d.Page, a.Theme.Warned(), effectWords(p), 0)
	drawWarning(&d.Page, a.Theme.Warned(), deducedWords(route), 0)
	d.Gap()
}

func writePrerequisites(d *drawing, a area, route *product.Route) {
	d.Add(a.Theme.Accent.Render("Before you begin"))
	for _, need := range route.Prerequisites {
		d.Label("·", need.Text+" ("+steps.RoleName(diagnosis.Owner(need.Who))+")", a.Theme.Plain, 0, 2)
	}
}

func writeWarnings(d *drawing, a area, warnings []product.Warning) {
	if len(warnings) == 0 {
		return
	}
	d.Gap()
	d.Add(a.Theme.Accent.Render("Today"))
	for _, warning := range warnings {
		d.Label("!", warning.Text, a.Theme.Plain, 0, 2)
	}
}

func writeCorrections(d *drawing, a area, p *product.Product, route *product.Route) {
	corrections := p.CorrectionsFor(route.ID)
	if len(corrections) == 0 {
		return
	}
	maker := "Microsoft"
	if route.Provider == "google" {
		maker = "Google"
	}
	d.Gap()
	d.Add(a.Theme.Accent.Render("Where " + p.Name + "'s guide and " + maker + " differ"))
	for _, c := range corrections {
		writeCorrection(d, a, c)
	}
}

func writeCorrection(d *drawing, a area, c product.Correction) {
	d.Label("Guide", c.VendorSays, a.Theme.Quiet, 0, 8)
	d.Label("Right", c.Correct, a.Theme.Plain, 0, 8)
	d.Label("Why", c.Why, a.Theme.Quiet, 0, 8)
	d.Gap()
}

func writeUnknowns(d *drawing, a area, p *product.Product, route *product.Route) {
	title := false
	for _, unknown := range p.Unknowns {
		if strings.HasPrefix(unknown.Field, "routes.") && !strings.HasPrefix(unknown.Field, "routes."+route.ID) {
			continue
		}
		if !title {
			d.Gap()
			d.Add(a.Theme.Accent.Render("What nobody has published"))
			title = true
		}
		d.Label("?", unknown.Ask, a.Theme.Plain, 0, 2)
	}
}

// tenantWords are what the look-up of a tenant brought.
func tenantWords(tenant providers.Tenant) string {
	words := tenant.ID
	if tenant.Asked != "" && tenant.Asked != tenant.ID {
		words = tenant.Asked + " · " + words
	}
	switch {
	case tenant.Cloud == "microsoftonline.com":
		words += " · worldwide cloud"
	case tenant.Cloud != "":
		words += " · " + tenant.Cloud
	}
	return words
}
