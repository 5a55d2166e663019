package tui

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps"
)

const endedAt = "http://localhost:53682/?code=0.AXoAveryLongOneTimeCodeThatNobodyMaySee&state=q7Xn2Lk9PzR4vT8wYb3MfA"

func TestABrowserElsewhereIsPastedBack(t *testing.T) {
	for name, give := range map[string]func(s *stage){
		"by the terminal":            func(s *stage) { s.paste(endedAt + "\n") },
		"into the field":             func(s *stage) { s.keys("p"); s.paste(endedAt) },
		"by a terminal that types":   func(s *stage) { s.keys("p", endedAt, "enter") },
		"after something else":       func(s *stage) { s.paste("rubbish"); s.see("holds no code"); s.paste(endedAt) },
		"after the field was closed": func(s *stage) { s.keys("p", "esc"); s.mustShow("waiting for the sign-in"); s.paste(endedAt) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			w := newWorld(t).inShop()
			s := toPage(t, w, options(w))
			give(s)
			s.mustNotShow("AXoA", "OneTimeCode")
			s.see("7 of 8")
			s.mustNotShow("AXoA", "OneTimeCode")
		})
	}
}

func TestWhatIsPastedBackIsMasked(t *testing.T) {
	cases := []struct{ name, text, shown, hidden string }{
		{"an address", "http://localhost:53682/?error=abcdefgh", "http://localhost:53682/?••••••••", "abcdefgh"},
		{"an address with a fragment", "http://localhost:53682/#error=abcdefgh", "http://localhost:53682/#••••••••", "abcdefgh"},
		{"the code alone", "0.AXoAsecretsecret", "0.AX••••••••", "secretsecret"},
		{"an address that is cut", "http://localhost:53682/ode=abc", "http://localhost••••••••", "ode=abc"},
		{"the client secret", testSecret, "abc8••••••••", testSecret[4:]},
		{"nothing", "   ", "paste it here", "••"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			w := newWorld(t).inShop()
			s := toPage(t, w, options(w))
			s.paste(c.text)
			s.until("the answer", func() bool { return top[*signInScreen](s).signIns.page.wrong != "" })
			s.mustShow(c.shown)
			s.mustNotShow(c.hidden)
			s.mustBeHarmless()
		})
	}
}

func TestRubbishPastedBackHoldsNobody(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t).inShop()
	s := toPage(t, w, options(w))
	for _, text := range hostileTexts() {
		s.paste(text)
		s.until("the answer", func() bool { return top[*signInScreen](s).signIns.page.wrong != "" })
		s.mustFit()
		s.mustBeHarmless()
	}
	s.keys("enter", "backspace", "left", "home", "delete")
	s.mustFit()
	s.keys("esc")
	s.mustShow("waiting for the sign-in · 14:05 left")
	s.keys("p", "enter")
	s.mustShow("nothing is pasted yet")
	s.keys("esc", "esc")
	s.mustShow("4 of 8")
	<-w.authority.cancelled
}

func TestAHostilePageIsDrawnHarmlessly(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t).inShop()
	for _, url := range []string{
		"https://login.example.test/\x1b]52;c;ZXZpbA==\x07authorize", "https://login.example.test/\u202eeziroh", "javascript:alert(1)", "file:///etc/passwd", "",
		"https://login.example.test/a b", strings.Repeat("https://long.example/", 300), "https://日本語.example/" + strings.Repeat("語", 200),
	} {
		s := setup(t, w, steps.State{})
		opened := steps.PageOpened{
			Account: "desk@contoso.example", Number: 1, Total: 1,
			Page: providers.CodePage{URL: url, Redirect: "http://localhost:1\x1b[2J/?x=\u202e", Expires: testNow(), Paste: func(string) error {
				return errors.New("\x1b[2J" + testSecret)
			}},
		}
		s.root.stack = []screen{&checkScreen{signIns: signIns{page: &browserPage{opened: opened}}}}
		for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 60, Height: 20}, {Width: 120, Height: 40}, {Width: 40, Height: 10}} {
			s.send(size)
			s.mustFit()
			s.mustBeHarmless()
		}
		s.paste("anything")
		s.until("the answer", func() bool { return s.root.stack[0].(*checkScreen).signIns.page.wrong != "" })
		s.mustBeHarmless()
	}
}

func TestThePageIsCopiedAndOpened(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t).inShop()
	o := options(w)
	asked := make(chan string, 1)
	o.OpenBrowser = func(url string) error { asked <- url; return nil }
	o.ApprovePage = func(page providers.CodePage, account providers.Address) string {
		return "curl -d account=" + string(account) + " " + page.Redirect
	}
	s := toPage(t, w, o)
	s.keys("c", "a")
	s.until("the clipboard", func() bool { return len(s.copied) == 2 })
	whole := top[*signInScreen](s).signIns.page.opened.Page.URL
	for _, copied := range s.copied {
		if copied != whole && copied != "curl -d account=desk@contoso.example http://localhost:53682" {
			t.Errorf("copied was %q", copied)
		}
	}
	s.keys("o")
	if url := <-asked; url != whole {
		t.Errorf("opened was %q", url)
	}
	var drawn strings.Builder
	for _, line := range strings.Split(s.text(), "\n") {
		drawn.WriteString(strings.TrimPrefix(line, " "))
	}
	if !strings.Contains(drawn.String(), whole) {
		t.Errorf("the address is not whole on the screen:\n%s", s.text())
	}
}

func TestOverSSHTheBrowserIsElsewhere(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t).inShop()
	o := options(w)
	o.Remote = true
	o.OpenBrowser = func(string) error { t.Error("a browser was opened on the far machine"); return nil }
	s := toPage(t, w, o)
	s.mustShow("This program runs on another machine than your screen")
	s.keys("o")
	s.mustShow("your browser is on another machine: copy the address and open it there")
}

func TestTheTimeOfAPageRunsOut(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t).inShop()
	s := toPage(t, w, options(w))
	s.mustShow("14:05 left")
	s.send(beat(testNow().Add(65 * time.Second)))
	s.mustShow("13:00 left")
	s.send(beat(testNow().Add(time.Hour)))
	s.mustShow("the time for this sign-in has ended")
}

func TestAPageThatEndedIsMadeAnew(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t).inShop()
	w.authority.expired = true
	s := toPermissionsOf(t, w, "ms-own-browser")
	s.keys("enter")
	s.settle()
	s.mustShow("new address")
	w.authority.expired = false
	s.keys("n")
	s.see("7 of 8")
}

func TestAnotherProofInPlace(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t).inShop()
	w.authority.approve = make(chan struct{})
	s := toProof(t, w)
	s.mustTell("Set Allow public client flows to Yes", "Make the change first")
	s.keys("enter")
	s.see("F 7 K")
	s.keys("s")
	<-w.authority.cancelled
	s.mustTell("Changed: A browser on this computer, instead of A device code with the same registration", "Add Mobile and desktop applications")
	s.see("another way now, what you typed is kept: A browser on this computer")
	s.keys("enter")
	s.see("Open this address")
	if got := top[*signInScreen](s).state.Answers; got.Get(steps.KeyProof) != "loopback" || got.ClientID != testClient || got.Values["site"] == "" {
		t.Errorf("the answers are %+v", got)
	}
	w.authority.approve <- struct{}{}
	s.see("7 of 8")
	s.keys("enter")
	s.settle()
	s.keys("enter")
	s.see("Remove http://localhost again")
}

func TestAPolicyThatBlocksCodesLeadsToTheBrowser(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t).inShop()
	s := toProof(t, w)
	w.authority.refuse = &providers.AuthorityError{Status: 400, Code: "invalid_grant", Numbers: []int{53003}, Description: "AADSTS53003: blocked by Conditional Access"}
	w.road.Sign = refusing(w)
	s.keys("enter")
	s.settle()
	s.mustShow("enter sign in another way")
	s.keys("enter")
	s.mustShow("How it is proved", "Changed: A browser on this computer")
}

// refusing is a sign-in service that refuses every code with what refuse says.
func refusing(w *world) func(string, providers.Endpoints) (providers.Provider, error) {
	return func(string, providers.Endpoints) (providers.Provider, error) {
		return refuser{w.authority}, nil
	}
}

type refuser struct{ *authority }

func (r refuser) DeviceSignIn(context.Context, providers.DeviceRequest, func(providers.DeviceCode)) (providers.Grant, error) {
	return providers.Grant{}, r.refuse
}

func TestAChangeThatWasNotMadeIsLookedAtAgain(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t).inShop()
	s := toProof(t, w)
	w.authority.refuse = &providers.AuthorityError{Status: 401, Code: "invalid_client", Numbers: []int{7000218}, Description: "AADSTS7000218: The request body must contain client_assertion"}
	w.road.Sign = refusing(w)
	s.keys("enter")
	s.settle()
	s.mustShow("enter begin again")
	s.keys("enter")
	s.mustTell("How it is proved", "Set Allow public client flows to Yes")
}

func TestAnotherRouteIsAskedAboutFirst(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t).inShop()
	s := toPage(t, w, options(w))
	s.keys("s", "n")
	s.mustShow("waiting for the sign-in · 14:05 left")
	s.keys("s", "y")
	s.see("3 of 8")
	<-w.authority.cancelled
	s.see("the way to sign in is another one now")
	s.mustShow(testClient, "Where it is hosted", "✓ taken")
	if route := top[*formScreen](s).form.state.Route.ID; route != "ms-mail-code" {
		t.Errorf("the route is %s", route)
	}
}

func TestADeviceCodeRouteLeadsToItsNeighbour(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	w.authority.approve = make(chan struct{})
	s := toSignIn(t, w)
	s.see("F 7 K")
	s.keys("s")
	s.mustShow("Connect Agiloft through")
	w.authority.approve <- struct{}{}
	s.until("the next account", func() bool { return strings.Contains(s.text(), "contracts@contoso.example") || len(s.root.stack) > 1 })
	s.keys("y")
	s.see("3 of 8")
}

func TestOnlyTheProductProves(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t).inShop()
	s := toProductTest(t, w)
	s.mustShow("Only PeopleWorks can show that this works", "0 of 2 ticked", "Test Connection on the mailbox record says Success.")
	s.keys("enter")
	s.see("2 ticks are missing")
	s.keys("space", "esc")
	s.mustShow("4 of 8")
	s.keys("enter")
	s.settle()
	s.mustShow("1 of 2 ticked")
	s.keys("ctrl+c", "y")
	s.until("the end", func() bool { return s.ended })
	draft, err := os.ReadFile(s.root.outcome.Draft)
	if err != nil || !strings.Contains(string(draft), "connection") || strings.Contains(string(draft), "- log") {
		t.Errorf("the draft keeps the wrong ticks: %v\n%s", err, draft)
	}
}

func TestWhatIsConfirmedIsNeverCalledVerified(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t).inShop()
	s := toConfirmed(t, w)
	for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 120, Height: 40}} {
		s.send(size)
		s.mustShow("Confirmed by you, not proved by Mailgrant", "contoso-desk")
		s.mustNotShow("Verified", "verified", "passed")
	}
	s.keys("enter")
	s.until("the end", func() bool { return s.ended })
	if saved := s.root.outcome.State.Saved; saved == nil || saved.Connection.State() != steps.StateConfirmed {
		t.Errorf("saved was %+v", saved)
	}
	s = home(t, w)
	s.mustShow("confirmed by you, not proved")
}

func TestThePointerWalksFromThePlacesToTheTicks(t *testing.T) {
	t.Chdir(t.TempDir())
	s := toProductTest(t, newWorld(t).inShop())
	for range 9 {
		s.keys("down")
	}
	s.mustShow("space tick")
	s.keys("space", "space", "space")
	s.mustShow("1 of 2 ticked") // the last one was ticked and taken back
	s.keys("up", "up")
	s.mustShow("space done")
	s.keys("space")
	s.mustShow("1 of 3 done")
}

func TestATemporaryChangeIsTakenBack(t *testing.T) {
	t.Chdir(t.TempDir())
	s := toTakingBack(t, newWorld(t).inShop())
	s.mustShow("! Take back what was changed for the proof", "▌ ! Set Allow public client flows back to No.")
	s.keys("enter")
	s.mustShow("A change is still there")
	s.keys("n", "space")
	s.mustShow("✓ Take back what was changed for the proof")
	s.keys("enter")
	s.until("the end", func() bool { return s.ended })
}

func TestFinishingWithTheChangeStillThere(t *testing.T) {
	t.Chdir(t.TempDir())
	s := toTakingBack(t, newWorld(t).inShop())
	s.keys("enter", "y")
	s.until("the end", func() bool { return s.ended })
	if s.root.outcome.State.Saved == nil {
		t.Error("the outcome has nothing saved")
	}
}

func TestFieldsAreCopiedOneByOne(t *testing.T) {
	t.Chdir(t.TempDir())
	s := toTakingBack(t, newWorld(t).inShop())
	s.keys("n", "c", "down", "c", "down", "c")
	s.mustShow("Send the value of Client Secret to the clipboard?")
	s.keys("y", "down", "c", "down", "c")
	s.until("the clipboard", func() bool { return len(s.copied) == 5 })
	all := strings.Join(s.copied, "\n")
	for _, want := range []string{"outlook.office365.com", testClient, testSecret, "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access", testTenant} {
		if !strings.Contains(all, want) {
			t.Errorf("%q was not copied", want)
		}
	}
	s.mustNotShow(testSecret)
	s.keys("down")
	s.mustShow("▌ ○ Press Authorize")
	s.keys("up")
	s.mustShow("▌ Tenant Id")
}

func TestAWayThatHasEndedCannotBeTaken(t *testing.T) {
	cases := []struct {
		name, why string
		down      int
	}{
		{"closed", "this way is closed: take another one", 1},
		{"stopped by its date", "Deskline took POP3 out on 1 October 2026.", 2},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			s := setup(t, newWorld(t).inShop(), steps.State{Answers: steps.Answers{Product: "deskline"}})
			for range c.down {
				s.keys("down")
			}
			s.keys("enter")
			s.settle()
			s.mustShow("1 of 8", c.why)
			s.mustNotShow("enter take")
		})
	}
}

func TestWhatTheProductDoesToMailIsSeenFirst(t *testing.T) {
	t.Chdir(t.TempDir())
	s := setup(t, newWorld(t).inShop(), steps.State{Answers: steps.Answers{Product: "deskline"}})
	for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 60, Height: 20}, {Width: 120, Height: 40}} {
		s.send(size)
		s.mustShow("! Deskline deletes the mail it has read and answers mail")
	}
}

func TestAProductIsFoundByTyping(t *testing.T) {
	t.Chdir(t.TempDir())
	s := setup(t, newWorld(t).inShop(), steps.State{})
	s.until("the catalogue", func() bool { return top[*routeScreen](s).known != nil })
	s.keys("pw")
	s.mustShow("Find  pw", "▌ PeopleWorks")
	s.mustNotShow("Casebook")
	s.keys("zz", "enter")
	s.mustShow("Nothing here is called so", "there is nothing to take")
	s.keys("backspace", "backspace")
	s.mustShow("▌ PeopleWorks")
	s.keys("esc")
	s.mustShow("Casebook", "Deskline")
	s.paste("desk line\x1b[2J\n")
	s.mustShow("Find  desk line", "▌ Deskline")
	s.mustBeHarmless()
	s.keys("enter")
	s.mustShow("How Deskline signs in")
	s.mustNotShow("Find")
	s.keys("esc", "esc")
	s.until("the end", func() bool { return s.ended || s.root.leaving != nil })
}

func TestAChoiceInAForm(t *testing.T) {
	t.Chdir(t.TempDir())
	a := shopAnswers("ms-mail-code")
	a.Values = map[string]string{"site": "https://desk.contoso.example"}
	s := setup(t, newWorld(t).inShop(), steps.State{Answers: a}.WithSecret(shopReady("").Secret()))
	s.settle()
	s.mustShow("▌ Where it is hosted       ← not chosen yet →")
	s.keys("ctrl+s")
	s.mustShow("this is needed")
	s.paste("eu")
	s.see("chosen with ← and →")
	s.keys("abc", "left")
	s.mustShow("← Your own server →")
	s.keys("right")
	s.mustTell("← Europe →", "Data stays in Frankfurt")
	s.keys("tab", "right", "left", "left")
	s.mustShow("← HTML →")
	s.keys("right")
	s.mustShow("← (may stay empty) →")
	if got := top[*formScreen](s).form.state.Answers.Values; got["region"] != "eu" || got["flavour"] != "" {
		t.Errorf("the values are %v", got)
	}
}

func TestGoogleHasNoTenantAndAVendorAppOnlyAName(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t).inShop()
	s := setup(t, w, steps.State{Answers: shopAnswers("google-mail-code")})
	s.settle()
	s.mustShow("Client ID", "123-abc.apps.googleusercontent.com")
	s.mustNotShow("Tenant")
	s = toPermissionsOf(t, w, "ms-graph-vendor")
	s.keys("esc")
	s.mustShow("A name for this connection", "contoso-desk")
	s.mustNotShow("Client ID", "Tenant", "ecret")
	s.keys("ctrl+o")
	s.mustShow("PeopleWorks brings an application of its own", "an Entra admin, once for the whole organisation", "Sign in as cases@contoso.example")
}

func TestTheRedirectURIIsCopied(t *testing.T) {
	t.Chdir(t.TempDir())
	a := shopAnswers("ms-mail-code")
	s := setup(t, newWorld(t).inShop(), steps.State{Answers: a})
	s.settle()
	s.keys("ctrl+o", "c")
	s.until("the clipboard", func() bool { return len(s.copied) == 1 })
	if s.copied[0] != "https://desk.contoso.example/oauth/Return?step=2" {
		t.Errorf("copied was %q", s.copied[0])
	}
	delete(a.Values, "site")
	s = setup(t, newWorld(t).inShop(), steps.State{Answers: a})
	s.settle()
	s.keys("ctrl+o", "c")
	s.mustShow("<site>/oauth/Return?step=2", "the redirect URI is not whole")
}

func TestARotationMayNeedABrowser(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t).inShop()
	w.authority.approve = make(chan struct{})
	s := rotate(t, w, steps.Connection{Answers: shopAnswers("google-mail-code"), ID: "0123456789abcdef0123456789abcdef"})
	s.paste("GOCSPX-anotherWellKnownTestValue")
	s.keys("enter", "enter")
	s.see("sign in as desk@contoso.example")
	s.mustShow("Open this address", "esc stop, nothing changed")
	s.paste(endedAt)
	s.see("3 of 3")
	s.mustShow("proved on all 2 tests")
	s.mustNotShow("GOCSPX", "OneTimeCode")
}

func TestACheckInABrowser(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t).inShop()
	w.authority.approve = make(chan struct{})
	connection := steps.Connection{Answers: shopAnswers("ms-own-browser"), ID: "0123456789abcdef0123456789abcdef"}
	s := newStage(t, options(w), func(d desk) screen { return newCheck(d, connection) })
	s.see("sign in as desk@contoso.example")
	s.keys("p", "q", "c") // letters go into the field
	s.mustShow("enter hand it over")
	s.paste(endedAt)
	s.see("2 of 2 passed")
	s.settle()
}

func TestEveryWayInASCII(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t).inShop()
	o := options(w)
	o.ASCII = true
	w.authority.approve = make(chan struct{})
	s := newStage(t, o, func(d desk) screen { return newWizard(d, shopReady("ms-mail-code")) })
	check := func() {
		t.Helper()
		for _, r := range s.text() {
			if r > 127 {
				t.Fatalf("%q is on the screen:\n%s", r, s.text())
			}
		}
	}
	s.see("4 of 8")
	s.settle()
	check()
	s.keys("enter")
	check()
	s.keys("down", "enter")
	s.see("Open this address")
	s.keys("p", "http://localhost:53682/?nothing", "enter")
	s.see("holds no code")
	check()
	s.paste(endedAt)
	s.see("7 of 8")
	s.keys("enter")
	s.settle()
	s.keys("enter")
	s.see("is connected")
	s.keys("n")
	check()
	s.send(tea.WindowSizeMsg{Width: 60, Height: 20})
	check()
}

func TestEscLeadsBackToTheProof(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t).inShop()
	w.authority.approve = make(chan struct{})
	s := toProof(t, w)
	s.keys("enter")
	s.see("F 7 K")
	s.keys("esc")
	<-w.authority.cancelled
	s.see("6 of 8  How it is proved")
	s.mustNotShow("F 7 K")
	if one, open := top[*signInScreen](s).signIns.open(); open {
		t.Errorf("the stopped sign-in of %s still takes keys", one.account)
	}
	s.keys("esc")
	s.mustShow("4 of 8")
}
