package tui

import (
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps"
)

func setup(t testing.TB, w *world, start steps.State) *stage {
	t.Helper()
	return newStage(t, options(w), func(d desk) screen { return newWizard(d, start) })
}

// TestScreens keeps every screen in its main states as people see it.
func TestScreens(t *testing.T) {
	folder := goldens(t)
	cases := []struct {
		name string
		show func(t testing.TB, w *world) *stage
	}{
		{"product", func(t testing.TB, w *world) *stage { return setup(t, w, steps.State{}) }},
		{"route", func(t testing.TB, w *world) *stage {
			return setup(t, w, steps.State{Answers: steps.Answers{Product: "agiloft"}})
		}},
		{"mailboxes", func(t testing.TB, w *world) *stage {
			s := setup(t, w, steps.State{Answers: steps.Answers{Product: "agiloft"}})
			s.keys("enter")
			s.settle()
			s.keys("crm@contoso.example", "enter", "contracts@contoso.example", "enter", "Contract", "enter", "enter", "contracts@contoso.example", "tab")
			return s
		}},
		{"registration", func(t testing.TB, w *world) *stage {
			a := answers("ms-mail-cc")
			a.ClientID = ""
			s := setup(t, w, steps.State{Answers: a})
			s.settle()
			return s
		}},
		{"registration-secret-id", func(t testing.TB, w *world) *stage {
			s := setup(t, w, steps.State{Answers: answers("ms-mail-cc")})
			s.settle()
			s.paste("99999999-8888-7777-6666-555555555555\n")
			return s
		}},
		{"registration-refused", func(t testing.TB, w *world) *stage {
			w.authority.refuse = &providers.AuthorityError{Status: 401, Code: "invalid_client", Numbers: []int{7000222}, Description: "AADSTS7000222: The provided client secret keys for app '" + testClient + "' are expired."}
			s := setup(t, w, ready("ms-mail-cc"))
			s.settle()
			return s
		}},
		{"permissions", func(t testing.TB, w *world) *stage {
			w.authority.roles = []string{"IMAP.AccessAsApp", "full_access_as_app"}
			return toPermissions(t, w)
		}},
		{"exchange", func(t testing.TB, w *world) *stage {
			s := toPermissions(t, w)
			s.keys("enter", "down", "down")
			return s
		}},
		{"permissions-other-way", func(t testing.TB, w *world) *stage {
			s := toPermissions(t, w)
			s.keys("x")
			s.settle()
			s.see("1 of 1 granted")
			return s
		}},
		{"sign-in", func(t testing.TB, w *world) *stage {
			w.authority.approve = make(chan struct{})
			s := toSignIn(t, w)
			s.see("F 7 K")
			return s
		}},
		{"sign-in-other-account", func(t testing.TB, w *world) *stage {
			w.authority.user = "svc@contoso.example"
			s := toSignIn(t, w)
			s.see("Another account")
			return s
		}},
		{"tests-ask", func(t testing.TB, w *world) *stage { return toTests(t, w) }},
		{"tests-failed", func(t testing.TB, w *world) *stage {
			w.mail.refuse("sourcing@contoso.example", true)
			s := toTests(t, w)
			s.keys("enter")
			s.settle()
			return s
		}},
		{"tests-passed", func(t testing.TB, w *world) *stage {
			s := toTests(t, w)
			s.keys("enter")
			s.settle()
			return s
		}},
		{"verified", toVerified},
		{"verified-text", func(t testing.TB, w *world) *stage {
			s := toVerified(t, w)
			s.keys("right", "n", "space")
			return s
		}},
		{"guide", func(t testing.TB, w *world) *stage {
			s := setup(t, w, steps.State{Answers: steps.Answers{Product: "agiloft"}})
			s.keys("d")
			return s
		}},
		{"leave", func(t testing.TB, w *world) *stage {
			s := toPermissions(t, w)
			s.keys("ctrl+c")
			return s
		}},
		{"home-first", func(t testing.TB, w *world) *stage { return home(t, w) }},
		{"home", func(t testing.TB, w *world) *stage {
			saved(t, w)
			if _, err := w.road.Folder.SaveDraft(steps.Answers{Product: "agiloft", Name: "adatum-agiloft"}); err != nil {
				t.Fatal(err)
			}
			return home(t, w)
		}},
		{"explain", func(t testing.TB, w *world) *stage { return explaining(t, w) }},
		{"explain-recognised", func(t testing.TB, w *world) *stage {
			s := explaining(t, w)
			s.paste(pastedSecretExpired)
			return s
		}},
		{"explain-screen", func(t testing.TB, w *world) *stage {
			s := explaining(t, w)
			s.paste("Warning. Status: Communication established with GRAPH. user_code.name_NOT_DEFINED_OR_NOT_RETURNED")
			return s
		}},
		{"explain-several", func(t testing.TB, w *world) *stage {
			s := explaining(t, w)
			s.paste("SMTP Error: 535 5.7.3 Authentication unsuccessful [AM0PR01CA0123.eurprd01.prod.exchangelabs.com]")
			return s
		}},
		{"explain-unknown", func(t testing.TB, w *world) *stage {
			s := explaining(t, w)
			s.paste("2026-11-20 09:14:02 ERROR mailer: the goblin in the outbox is on strike\n")
			return s
		}},
		{"rotate", func(t testing.TB, w *world) *stage { return rotate(t, w, saved(t, w)) }},
		{"rotate-replaced", func(t testing.TB, w *world) *stage {
			s := rotate(t, w, saved(t, w))
			s.paste("def8Q~anotherWellKnownTestValueOf40Lette")
			s.keys("enter", "2028-12-24", "enter")
			s.settle()
			return s
		}},
		{"check-passed", func(t testing.TB, w *world) *stage {
			c := saved(t, w)
			s := newStage(t, options(w), func(d desk) screen { return newCheck(d, c) })
			s.settle()
			return s
		}},
		{"check-failed", func(t testing.TB, w *world) *stage {
			c := saved(t, w)
			w.authority.refuse = &providers.AuthorityError{Status: 401, Code: "invalid_client", Numbers: []int{7000222}, Description: "AADSTS7000222: The provided client secret keys for app '" + testClient + "' are expired."}
			s := newStage(t, options(w), func(d desk) screen { return newCheck(d, c) })
			s.settle()
			return s
		}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			s := c.show(t, newWorld(t))
			s.golden(folder, c.name)
			s.mustNotShow(testSecret)
		})
	}
}

func toPermissions(t testing.TB, w *world) *stage {
	t.Helper()
	s := setup(t, w, ready("ms-mail-cc"))
	s.see("Permissions")
	s.settle()
	return s
}

func toTests(t testing.TB, w *world) *stage {
	t.Helper()
	s := toPermissions(t, w)
	s.keys("enter", "enter")
	s.settle()
	s.mustShow("7 of 8")
	return s
}

func toVerified(t testing.TB, w *world) *stage {
	t.Helper()
	s := toTests(t, w)
	s.keys("enter")
	s.settle()
	s.mustShow("3 of 3 passed")
	s.keys("enter")
	s.settle()
	return s
}

func toSignIn(t testing.TB, w *world) *stage {
	t.Helper()
	s := setup(t, w, steps.State{Answers: answers("ms-mail-device")})
	s.see("Permissions")
	s.settle()
	s.keys("enter", "enter")
	return s
}

// saved sets a connection up and returns it as its file holds it.
func saved(t testing.TB, w *world) steps.Connection {
	t.Helper()
	s := toVerified(t, w)
	s.mustShow("is connected")
	connection, err := w.road.Folder.Connection("contoso-agiloft")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.store.Get(t.Context(), keychain.ClientSecret(connection.ID)); err != nil {
		t.Fatal(err)
	}
	return connection
}

func home(t testing.TB, w *world) *stage {
	t.Helper()
	s := newStage(t, options(w), func(d desk) screen { return newHome(d) })
	s.settle()
	return s
}

func rotate(t testing.TB, w *world, c steps.Connection) *stage {
	t.Helper()
	return newStage(t, options(w), func(d desk) screen { return newRotate(d, c) })
}
