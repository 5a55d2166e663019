package main

import (
	"errors"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
)

// TestEveryRouteOfEveryProduct walks the whole road for each product, route, way to prove it and
// set of directions against the practice tenant: it ends verified, or where only the product can
// prove it confirmed, and not before a person has said so.
func TestEveryRouteOfEveryProduct(t *testing.T) {
	t.Parallel()
	catalogue := everyProduct()
	rows := atOnce{t: t, slots: make(chan struct{}, 8)}
	defer rows.wait()
	for _, id := range catalogue.IDs() {
		known, err := catalogue.Product(id)
		if err != nil {
			t.Fatal(err)
		}
		for i := range known.Routes {
			route := &known.Routes[i]
			if stopped(known, route) {
				continue
			}
			for _, proof := range proofsOf(route) {
				for _, use := range directionsOf(route) {
					rows.run(strings.Join([]string{id, route.ID, proof, use}, "/"), func(t *testing.T) {
						walkRoute(t, known, route, proof, use)
					})
				}
			}
		}
	}
}

// stopped reports whether nobody can take a route any more.
func stopped(known *product.Product, route *product.Route) bool {
	return slices.ContainsFunc(known.WarningsAt(route.ID, time.Now()), func(w product.Warning) bool { return w.Level == "stop" })
}

func proofsOf(route *product.Route) []string {
	ids := []string{""}
	for i, proof := range route.Proofs {
		if i > 0 {
			ids = append(ids, proof.ID)
		}
	}
	return ids
}

func directionsOf(route *product.Route) []string {
	_, sends := route.Directions[product.Outbound]
	_, reads := route.Directions[product.Inbound]
	switch {
	case sends && reads:
		return []string{"outbound", "inbound", "both"}
	case sends:
		return []string{"outbound"}
	}
	return []string{"inbound"}
}

func walkRoute(t *testing.T, known *product.Product, route *product.Route, proof, use string) {
	d := newTenant(t, "")
	written := papers{d.Tenant, everyProduct()}
	answers := practiceAnswers(written.answers(known, route)).With(steps.KeyProof, proof)
	switch use {
	case "outbound":
		answers.Mailboxes.Inbound = nil
	case "inbound":
		answers.Mailboxes.Outbound = nil
	}
	if answers.Mailboxes.Outbound != nil {
		answers.SendTo = d.Describe().Mailboxes.Inbound[0].Address
	}
	road := d.road(t)
	byProduct := (steps.State{Route: route, Answers: answers}).Way() == steps.ByProduct
	if byProduct {
		var problem *steps.Problem
		if _, err := d.walkAnswers(t, road, answers); !errors.As(err, &problem) || len(problem.Needs) == 0 {
			t.Fatalf("nobody has confirmed anything, and it ended with %v", err)
		}
		for _, test := range route.Tests {
			if test.By == "product" {
				answers = answers.With(steps.Key("confirmed."+test.ID), steps.Yes)
			}
		}
	}
	state, err := d.walkAnswers(t, road, answers)
	if err != nil {
		t.Fatal(err)
	}
	want := steps.StateVerified
	if byProduct {
		want = steps.StateConfirmed
	}
	if got := state.Saved.Connection.State(); got != want {
		t.Errorf("it is %s, want %s", got, want)
	}
	mailboxes := len(answers.Mailboxes.Inbound)
	if answers.Mailboxes.Outbound != nil {
		mailboxes++
	}
	if !byProduct && len(state.Results) != mailboxes {
		t.Errorf("%d of %d mailboxes were tested", len(state.Results), mailboxes)
	}
	for _, text := range state.Texts {
		if !text.OK || strings.Contains(text.Text.Reveal(), "{{") || strings.Contains(text.Text.Masked(), state.Secret().Reveal()) && !state.Secret().IsZero() {
			t.Errorf("text %s: %s", text.Artefact, text.Text)
		}
	}
	plan, ok := state.Proved()
	if !ok || len(plan.Places()) == 0 {
		t.Error("nothing is said about what to do in the product")
	}
	for _, place := range plan.Places() {
		if strings.Contains(place.Text, "{{") || strings.Contains(place.Text, "<scope>") || strings.Contains(place.Text, "<redirect>") {
			t.Errorf("an instruction is not filled in: %s", place.Text)
		}
	}
	if temporary := plan.Proof() != nil && plan.Proof().Change != nil; temporary != slices.ContainsFunc(plan.Places(), func(p steps.Place) bool { return p.Undo }) {
		t.Error("a temporary change is not taken back")
	}
}

// fixedPort is held by who listens for a browser at a port that a registration names.
var fixedPort sync.Mutex

// walkAnswers walks the whole road; every code and page is answered as a person would at once.
func (d *tenant) walkAnswers(t *testing.T, road *steps.Road, answers steps.Answers) (steps.State, error) {
	t.Helper()
	written := papers{d.Tenant, everyProduct()}
	_, route, err := written.find(answers.Product, answers.Route)
	if err != nil {
		t.Fatal(err)
	}
	if route.Provider == "google" {
		fixedPort.Lock()
		defer fixedPort.Unlock()
	}
	start := steps.State{Answers: answers}.WithSecret(keychain.NewSecret(written.of(route.Provider).ClientSecret))
	return walk(t.Context(), road, start, d.answering(t))
}

// answering enters each code and signs in on each page as a person would at once. The test waits
// for what it began.
func (d *tenant) answering(t *testing.T) steps.Emit {
	var pages sync.WaitGroup
	t.Cleanup(pages.Wait)
	return func(event steps.Event) {
		switch event := event.(type) {
		case steps.CodeIssued:
			// The page may answer that the code has ended: that is one of the faults.
			if _, _, err := d.enter(event.Code.UserCode, string(event.Account), "approve"); err != nil {
				t.Error(err)
			}
		case steps.PageOpened:
			pages.Go(func() {
				// What went wrong in the browser comes out at the end of the road.
				if _, said, err := d.post(event.Page.URL, url.Values{"account": {string(event.Account)}, "action": {"approve"}}); err != nil {
					t.Logf("the page: %s %v", said, err)
				}
			})
		}
	}
}
