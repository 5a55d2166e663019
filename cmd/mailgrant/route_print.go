package main

import (
	"fmt"
	"strings"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
)

// route prints one way to sign in with all that it needs, each fact with its sources. What is not
// known before somebody answers stands as <value>.
func (p printer) route(known *product.Product, route *product.Route) {
	p.line("\n%s  %s (%s)%s", route.ID, route.Title, route.Status, recommended(*route))
	p.line("  %s", route.Summary)
	p.line("  %s, %s, %s; app of the %s", route.Provider, route.Transport, route.Flow, route.AppOwner)
	if route.Versions.Note != "" {
		p.line("  versions: %s", route.Versions.Note)
	}
	for _, warning := range known.Warnings {
		if len(warning.Routes) == 0 || strings.Contains(" "+strings.Join(warning.Routes, " ")+" ", " "+route.ID+" ") {
			p.line("  ! %s%s %s", dated(warning), warning.Text, sources(warning.Source))
		}
	}
	p.registration(known, route)
	p.access(route)
	p.proofs(route)
	p.inProduct(known, route)
	for _, correction := range known.CorrectionsFor(route.ID) {
		p.line("  corrected: the vendor says %s; right is %s %s", correction.VendorSays, correction.Correct, sources(correction.Source))
	}
	for _, unknown := range known.Unknowns {
		if path := strings.Split(unknown.Field, "."); len(path) < 2 || path[0] != "routes" || path[1] == route.ID {
			p.line("  not published: %s", unknown.Ask)
		}
	}
}

func dated(warning product.Warning) string {
	switch {
	case warning.From != "" && warning.Until != "":
		return warning.From + " to " + warning.Until + ": "
	case warning.From != "":
		return "from " + warning.From + ": "
	case warning.Until != "":
		return "until " + warning.Until + ": "
	}
	return ""
}

// registration prints what comes before the product: prerequisites, clicks, values, redirect.
func (p printer) registration(known *product.Product, route *product.Route) {
	say := func(text string) string { return product.Say(text, route.Computed(nil, true, true)) }
	p.line("  before it:")
	for _, need := range route.Prerequisites {
		p.line("    %s (%s) %s", need.Text, need.Who, sources(need.Source))
	}
	if len(route.Registration.Steps) > 0 {
		p.line("  registration:")
	}
	for i, click := range route.Registration.Steps {
		p.line("    %2d  %s: %s %s", i+1, click.Screen, say(click.Text), sources(click.Source))
	}
	if uri := say("{{redirect}}"); uri != "<redirect>" {
		p.line("  redirect URI: %s (platform %s) %s", uri, route.Registration.Platform, sources(route.Redirect.Source))
	}
	if route.Redirect.CopyFrom != "" {
		p.line("    shown for copying at %s", route.Redirect.CopyFrom)
	}
	p.line("  values:")
	for _, id := range route.Values {
		if value, ok := steps.ValueOf(known, route, id); ok {
			where := ""
			if value.Portal != "" {
				where = ": " + value.Portal
			}
			p.line("    %s%s %s", value.Label, where, sources(value.Source))
		}
	}
}

// access prints what Microsoft or Google must grant.
func (p printer) access(route *product.Route) {
	p.line("  permissions:")
	for _, permission := range route.Permissions {
		p.line("    %-24s %-12s %-6s %s, %s %s", permission.Name, permission.Type, permission.Resource,
			strings.ReplaceAll(string(permission.Need), "_", " "), directionWords(permission.Directions), sources(permission.Source))
		if permission.Note != "" {
			p.line("        %s", permission.Note)
		}
	}
	if route.Consent.Need != "" {
		p.line("  consent: %s, by %s: %s %s", route.Consent.Need, route.Consent.By, route.Consent.Why, sources(route.Consent.Source))
	}
	for _, direction := range []product.Direction{product.Outbound, product.Inbound} {
		if scope := route.Scopes[direction]; scope != "" {
			p.line("  scope, %s: %s", direction, scope)
		}
		if server, ok := route.Server(direction); ok {
			p.line("  server, %s: %s %s:%d %s %s", direction, server.Protocol, server.Host, server.Port, server.Security, sources(server.Source))
		}
	}
	for _, step := range route.Exchange {
		p.line("  Exchange: %s %s", step.Title, sources(step.Source))
		for _, run := range step.Run {
			p.line("    %s", product.Say(run, nil))
		}
	}
}

func directionWords(directions []product.Direction) string {
	var words []string
	for _, direction := range directions {
		words = append(words, string(direction))
	}
	return strings.Join(words, " and ")
}

// proofs prints how a sign-in that the product finishes is proved, and every test.
func (p printer) proofs(route *product.Route) {
	for _, proof := range route.Proofs {
		p.line("  proved by %s: %s", proof.ID, proof.Title)
		if proof.Change != nil {
			p.line("    change for now: %s: %s", proof.Change.Screen, proof.Change.Text)
		}
		if proof.Undo != nil {
			p.line("    undo after: %s: %s", proof.Undo.Screen, proof.Undo.Text)
		}
	}
	for _, test := range route.Tests {
		p.line("  test by the %s, %s: %s %s", test.By, directionWords(test.Directions), test.Expect, sources(test.Source))
	}
}

// inProduct prints what is entered and pressed in the product, and what its errors mean.
func (p printer) inProduct(known *product.Product, route *product.Route) {
	say := func(text string) string { return product.Say(text, route.Computed(nil, true, true)) }
	for _, artefact := range known.ArtefactsFor(route) {
		p.line("  %s, at %s %s", artefact.Title, artefact.Place, sources(artefact.Source))
		for _, field := range artefact.Fields {
			p.line("    %s: %s %s", field.Label, say(field.Value), sources(field.Source))
		}
		for line := range strings.Lines(artefact.Template()) {
			p.line("    %s", strings.TrimRight(line, "\n"))
		}
	}
	for i, step := range route.Steps {
		p.line("  %2d  %s: %s %s", i+1, step.Screen, say(step.Text), sources(step.Source))
		if step.Warning != "" {
			p.line("      ! %s", say(step.Warning))
		}
	}
	for _, known := range route.Errors {
		p.line("  error %q: %s. %s %s", known.Match, known.Verdict, known.Cause, sources(known.Source))
	}
	for _, step := range route.Rotation.Steps {
		p.line("  rotation: %s", step)
	}
}

func sources(src product.Source) string {
	if len(src) == 0 {
		return ""
	}
	return fmt.Sprintf("[%s]", strings.Join(src, ", "))
}
