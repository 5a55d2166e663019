package tui

import (
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps"
)

// TestScreensOfEveryWay keeps the screens that only some ways to sign in have.
func TestScreensOfEveryWay(t *testing.T) {
	folder := goldens(t)
	cases := []struct {
		name string
		show func(t testing.TB, w *world) *stage
	}{
		{"product-many", func(t testing.TB, w *world) *stage {
			s := setup(t, w, steps.State{})
			s.see("Deskline deletes")
			s.keys("up")
			s.mustShow("PeopleWorks marks mail as read")
			return s
		}},
		{"product-found", func(t testing.TB, w *world) *stage {
			s := setup(t, w, steps.State{})
			s.until("the catalogue", func() bool { return top[*routeScreen](s).known != nil })
			s.keys("he")
			return s
		}},
		{"route-many", func(t testing.TB, w *world) *stage {
			return setup(t, w, steps.State{Answers: steps.Answers{Product: "deskline"}})
		}},
		{"route-stopped", func(t testing.TB, w *world) *stage {
			s := setup(t, w, steps.State{Answers: steps.Answers{Product: "deskline"}})
			s.keys("down", "down", "enter")
			s.see("took POP3 out")
			return s
		}},
		{"registration-choice", func(t testing.TB, w *world) *stage {
			a := shopAnswers("ms-mail-code")
			a.Values = map[string]string{"site": "https://desk.contoso.example"}
			s := setup(t, w, steps.State{Answers: a}.WithSecret(keychain.NewSecret(testSecret)))
			s.settle()
			s.keys("right", "right", "left")
			return s
		}},
		{"registration-google", func(t testing.TB, w *world) *stage {
			s := setup(t, w, steps.State{Answers: shopAnswers("google-mail-code")})
			s.settle()
			return s
		}},
		{"registration-vendor", func(t testing.TB, w *world) *stage {
			s := toPermissionsOf(t, w, "ms-graph-vendor")
			s.keys("esc")
			return s
		}},
		{"registration-guide", func(t testing.TB, w *world) *stage {
			s := setup(t, w, steps.State{Answers: shopAnswers("ms-mail-code")})
			s.settle()
			s.keys("ctrl+o")
			return s
		}},
		{"permissions-inferred", func(t testing.TB, w *world) *stage {
			s := toPermissionsOf(t, w, "ms-mail-code")
			s.keys("down", "down")
			return s
		}},
		{"permissions-vendor", func(t testing.TB, w *world) *stage { return toPermissionsOf(t, w, "ms-graph-vendor") }},
		{"permissions-google", func(t testing.TB, w *world) *stage { return toPermissionsOf(t, w, "google-mail-code") }},
		{"proof", func(t testing.TB, w *world) *stage { return toProof(t, w) }},
		{"proof-changed", func(t testing.TB, w *world) *stage {
			w.authority.approve = make(chan struct{})
			s := toProof(t, w)
			s.keys("enter")
			s.see("F 7 K")
			s.keys("s")
			return s
		}},
		{"sign-in-browser", func(t testing.TB, w *world) *stage { return toPage(t, w, options(w)) }},
		{"sign-in-browser-practice", func(t testing.TB, w *world) *stage {
			o := options(w)
			o.ApprovePage = func(page providers.CodePage, account providers.Address) string {
				return "curl -d account=" + string(account) + " https://127.0.0.1:8443/approve"
			}
			return toPage(t, w, o)
		}},
		{"sign-in-browser-pasted", func(t testing.TB, w *world) *stage {
			o := options(w)
			o.Remote = true
			s := toPage(t, w, o)
			s.paste("http://localhost:53682/?error=nothing-of-use")
			s.see("holds no code")
			return s
		}},
		{"sign-in-other-route", func(t testing.TB, w *world) *stage {
			s := toPage(t, w, options(w))
			s.keys("s")
			return s
		}},
		{"product-test", func(t testing.TB, w *world) *stage {
			s := toProductTest(t, w)
			s.keys("down")
			return s
		}},
		{"product-test-ticks", func(t testing.TB, w *world) *stage {
			s := toProductTest(t, w)
			s.keys("tab", "space", "enter")
			s.see("1 tick is missing")
			return s
		}},
		{"confirmed", toConfirmed},
		{"verified-undo", func(t testing.TB, w *world) *stage { return toTakingBack(t, w) }},
		{"verified-fields", func(t testing.TB, w *world) *stage {
			s := toTakingBack(t, w)
			s.keys("n", "down", "down")
			return s
		}},
		{"check-confirmed", func(t testing.TB, w *world) *stage {
			toConfirmed(t, w)
			connection, err := w.road.Folder.Connection("contoso-desk")
			if err != nil {
				t.Fatal(err)
			}
			s := newStage(t, options(w), func(d desk) screen { return newCheck(d, connection) })
			s.settle()
			return s
		}},
		{"rotate-fields", func(t testing.TB, w *world) *stage {
			a := shopAnswers("ms-mail-code").With(steps.KeyProof, "product")
			s := rotate(t, w, steps.Connection{Answers: a, ID: "0123456789abcdef0123456789abcdef"})
			s.paste("def8Q~anotherWellKnownTestValueOf40Lette")
			s.keys("enter", "2028-12-24", "enter")
			s.settle()
			return s
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			s := c.show(t, newWorld(t).inShop())
			s.golden(folder, c.name)
			s.mustNotShow(testSecret)
		})
	}
}

func toPermissionsOf(t testing.TB, w *world, route string) *stage {
	t.Helper()
	s := setup(t, w, shopReady(route))
	s.see("4 of 8")
	s.settle()
	return s
}

// toProof stops at the choice of the proof.
func toProof(t testing.TB, w *world) *stage {
	t.Helper()
	s := toPermissionsOf(t, w, "ms-mail-code")
	s.keys("enter")
	s.mustShow("6 of 8  How it is proved")
	return s
}

// toPage stops where a browser is waited for.
func toPage(t testing.TB, w *world, o Options) *stage {
	t.Helper()
	w.authority.approve = make(chan struct{})
	s := newStage(t, o, func(d desk) screen { return newWizard(d, shopReady("ms-own-browser")) })
	s.see("4 of 8")
	s.settle()
	s.keys("enter")
	s.see("waiting for the sign-in")
	return s
}

// toProductTest stops where only the product can prove anything.
func toProductTest(t testing.TB, w *world) *stage {
	t.Helper()
	s := toPermissionsOf(t, w, "ms-graph-vendor")
	s.keys("enter")
	s.settle()
	s.mustShow("7 of 8")
	return s
}

func toConfirmed(t testing.TB, w *world) *stage {
	t.Helper()
	s := toProductTest(t, w)
	s.keys("tab", "space", "space", "enter")
	s.see("Confirmed by you")
	s.settle()
	return s
}

// toTakingBack stops behind a proof that changed the registration.
func toTakingBack(t testing.TB, w *world) *stage {
	t.Helper()
	s := toProof(t, w)
	s.keys("enter")
	s.see("7 of 8")
	s.keys("enter")
	s.settle()
	s.keys("enter")
	s.see("is connected")
	return s
}
