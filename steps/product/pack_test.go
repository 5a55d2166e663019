package product

import (
	"slices"
	"strings"
	"testing"
)

func TestPacksAreComplete(t *testing.T) {
	t.Parallel()
	all, err := packs()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, pack := range all {
		// A pack keeps the rules of a product: as one, its ids are unique, its dates dates, its facts sourced.
		p := &Product{ID: pack.Provider, Docs: pack.Docs, Checked: "2026-11-21"}
		for _, w := range pack.Warnings {
			p.Warnings = append(p.Warnings, w.Warning)
		}
		for _, f := range Lint(p) {
			t.Errorf("%s: %s", pack.Provider, f)
		}
		for _, doc := range pack.Docs {
			if seen[doc.ID] {
				t.Errorf("doc %s is in two packs", doc.ID)
			}
			seen[doc.ID] = true
		}
		for _, scope := range pack.Scopes {
			if len(scope.Source) == 0 || !strings.HasPrefix(scope.Name, "https://") {
				t.Errorf("scope %+v", scope)
			}
		}
	}
	if len(all) != 2 || all[0].Provider != "microsoft" || all[1].Provider != "google" {
		t.Errorf("packs %v", all)
	}
}

func TestPackWarningsByRouteAndDay(t *testing.T) {
	t.Parallel()
	smtp, imap := Server{Direction: Outbound, Protocol: "smtp"}, Server{Direction: Inbound, Protocol: "imap"}
	for name, test := range map[string]struct {
		route Route
		day   string
		want  string
	}{
		"EWS before it closes":           {Route{Provider: "microsoft", Transport: "ews", Flow: ClientCredentials}, "2026-09-30", ""},
		"EWS from October 2026":          {Route{Provider: "microsoft", Transport: "ews", Flow: ClientCredentials}, "2026-10-01", "ews-closing"},
		"EWS on its last day":            {Route{Provider: "microsoft", Transport: "ews", Flow: ClientCredentials}, "2027-03-31", "ews-closing"},
		"EWS from April 2027":            {Route{Provider: "microsoft", Transport: "ews", Flow: ClientCredentials}, "2027-04-01", "ews-closed"},
		"EWS in, SMTP out, by a person":  {Route{Provider: "microsoft", Transport: "ews", Flow: AuthCodeProduct, Servers: []Server{smtp}}, "2026-11-21", "ews-closing consent-policy smtp-auth-password"},
		"Graph as the app":               {Route{Provider: "microsoft", Transport: "graph", Flow: ClientCredentials}, "2026-11-21", ""},
		"Graph with the vendor's app":    {Route{Provider: "microsoft", Transport: "graph", Flow: VendorApp}, "2026-11-21", "consent-policy"},
		"sending alone, by a person":     {Route{Provider: "microsoft", Transport: "imap_smtp", Flow: AuthCodeProduct, Servers: []Server{smtp}}, "2026-11-21", "smtp-auth-password"},
		"IMAP by device code":            {Route{Provider: "microsoft", Transport: "imap_smtp", Flow: DeviceCode, Servers: []Server{imap}}, "2026-11-21", "consent-policy device-code-policy legacy-tls"},
		"Gmail in the product's browser": {Route{Provider: "google", Transport: "imap_smtp", Flow: AuthCodeProduct, Servers: []Server{smtp, imap}}, "2026-11-21", "google-testing google-password-reset google-mail-scope"},
		"Gmail's own interface":          {Route{Provider: "google", Transport: "gmail_api", Flow: AuthCodeProduct}, "2026-11-21", "google-testing google-password-reset"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.route.ID = "way"
			p := &Product{Routes: []Route{{ID: "other", Provider: "microsoft", Transport: "none"}, test.route}}
			if err := p.takePacks(); err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, w := range p.WarningsAt("way", day(t, test.day)) {
				ids = append(ids, w.ID)
			}
			if got := strings.Join(ids, " "); got != test.want {
				t.Errorf("got %s", got)
			}
			if other := p.WarningsAt("other", day(t, test.day)); len(other) > 0 {
				t.Errorf("another route is warned of %v", other)
			}
			for _, w := range p.Warnings {
				for _, id := range w.Source {
					if _, ok := p.Doc(id); !ok && id != "inferred" {
						t.Errorf("%s names %s, which was not taken in", w.ID, id)
					}
				}
			}
		})
	}
}

func TestProductStandsAgainstThePacks(t *testing.T) {
	t.Parallel()
	p := &Product{
		Docs:     []Doc{{ID: "M8", URL: "https://own.example"}},
		Warnings: []Warning{{ID: "smtp-auth-password", Level: "warn", Text: "own", Source: Source{"M8", "M1"}}},
		Routes:   []Route{{ID: "way", Provider: "microsoft", Transport: "imap_smtp", Servers: []Server{{Protocol: "smtp"}}}},
	}
	if err := p.takePacks(); err != nil {
		t.Fatal(err)
	}
	if len(p.Warnings) != 1 || p.Warnings[0].Text != "own" {
		t.Errorf("warnings %v", p.Warnings)
	}
	var ids []string
	for _, doc := range p.Docs {
		ids = append(ids, doc.ID+" "+doc.URL)
	}
	if len(ids) != 2 || ids[0] != "M8 https://own.example" || !strings.HasPrefix(ids[1], "M1 https://learn.microsoft.com/") {
		t.Errorf("docs %q", ids)
	}
}

// A pack is shared by all products, so what one of them does with it must not reach another.
func TestPacksStayAsTheyAre(t *testing.T) {
	t.Parallel()
	first, second := loadSample(t), loadSample(t)
	for i := range first.Warnings {
		first.Warnings[i].Routes = append(first.Warnings[i].Routes, "spoilt")
	}
	for _, w := range second.Warnings {
		if slices.Contains(w.Routes, "spoilt") {
			t.Errorf("%s is shared", w.ID)
		}
	}
}
