package tui

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps"
)

// FuzzKeys presses whatever comes, pastes and resizes, on each of the screens: nothing panics,
// and every frame fits its terminal.
func FuzzKeys(f *testing.F) {
	f.Add(uint8(0), []byte("\r\r\tabc\x1b"))
	f.Add(uint8(1), []byte("\x01\x02\x03\x04\x05\x06\x07\x08\r\r\r"))
	f.Add(uint8(2), []byte("\x10\x20\x30\x40\xf0\xf1\xf2\xf3jjjkkk \r"))
	f.Add(uint8(3), []byte("\xf8\xf9\xfa\xfb\xfc\xfd\xfe\xffrac?\x1b\r"))
	f.Fuzz(func(t *testing.T, which uint8, input []byte) { play(t, int(which), input[:min(len(input), 60)]) })
}

// TestRandomKeys plays what a fuzzer would, the same on every run.
func TestRandomKeys(t *testing.T) {
	random := rand.New(rand.NewPCG(2026, 11))
	for run := range 45 {
		input := make([]byte, 80)
		for i := range input {
			input[i] = byte(random.Uint32())
		}
		t.Run(fmt.Sprint(run), func(t *testing.T) { play(t, run, input) })
	}
}

func play(t *testing.T, which int, input []byte) {
	t.Helper()
	t.Chdir(t.TempDir())
	w := newWorld(t)
	all := append(firsts(w), firstsInShop()...)
	s := newStage(t, options(w), all[which%len(all)])
	s.settle()
	for _, b := range input {
		s.send(event(b))
		s.catchUp()
		if s.ended {
			return
		}
		s.mustFit()
		s.mustBeHarmless()
	}
	s.until("the draft", func() bool { return s.root.leaving == nil || !s.root.leaving.saving })
}

func firsts(w *world) []func(desk) screen {
	device := steps.State{Answers: answers("ms-mail-device")}
	w.mail.refuse("sourcing@contoso.example", true)
	return []func(desk) screen{
		func(d desk) screen { return newWizard(d, steps.State{}) },
		func(d desk) screen { return newWizard(d, ready("ms-mail-cc")) },
		func(d desk) screen { return newWizard(d, device) },
		func(d desk) screen { return newHome(d) },
		func(d desk) screen { return newRotate(d, steps.Connection{Answers: answers("ms-mail-cc")}) },
		func(d desk) screen { return newCheck(d, steps.Connection{Answers: answers("ms-mail-cc")}) },
		func(d desk) screen { return newExplain(d) },
	}
}

// firstsInShop begin on the screens that only some ways to sign in have.
func firstsInShop() []func(desk) screen {
	begin := func(make func(d desk) screen) func(desk) screen {
		return func(d desk) screen {
			road := *d.Road
			road.Catalogue = shop()
			d.Road = &road
			return make(d)
		}
	}
	at := func(name steps.Name, route string) func(desk) screen {
		return begin(func(d desk) screen { return wizardAt(d, name, route) })
	}
	return []func(desk) screen{
		begin(func(d desk) screen { return newWizard(d, steps.State{}) }),
		at(steps.StepRegistration, "ms-mail-code"), at(steps.StepPermissions, "ms-graph-vendor"), at(steps.StepSignIn, "ms-mail-code"),
		at(steps.StepSignIn, "ms-own-browser"), at(steps.StepTests, "ms-graph-vendor"),
		begin(func(d desk) screen { return newRotate(d, steps.Connection{Answers: shopAnswers("google-mail-code")}) }),
		begin(func(d desk) screen { return newCheck(d, steps.Connection{Answers: shopAnswers("ms-own-browser")}) }),
	}
}

// wizardAt is a wizard that has come as far as a step with a complete set of answers.
func wizardAt(d desk, name steps.Name, route string) screen {
	state := shopReady(route)
	state.Product, _ = d.Road.Catalogue.Product(state.Answers.Product)
	state.Route, _ = state.Product.Route(route)
	w := newWizard(d, state)
	for at, step := range w.road {
		if step.Name() == name {
			w.open(at, arrival{})
		}
	}
	return w
}

// event makes one input of a byte: a key by its name, a letter, a paste or a new size.
func event(b byte) tea.Msg {
	names := []string{"enter", "esc", "tab", "shift+tab", "up", "down", "pgup", "pgdown", "space", "backspace", "ctrl+s", "ctrl+o", "ctrl+g", "ctrl+n", "left", "right", "home", "end", "delete"}
	pastes := []string{
		endedAt, testSecret, testClient, pastedSecretExpired, "contoso.example\r\n", "crm@contoso.example", "\x1b[2J\x1b]8;;x\x07日本語🇩🇪👨‍👩‍👧", "\u202eevil\u0000\ufffd", strings.Repeat("long ", 500), strings.Repeat("x", 1<<20),
	}
	switch {
	case b < 0x60:
		return presses(names[int(b)%len(names)])[0]
	case b < 0xc0:
		return tea.KeyPressMsg{Code: rune(b - 0x40), Text: string(rune(b - 0x40))}
	case b < 0xe0:
		return tea.PasteMsg{Content: pastes[int(b)%len(pastes)]}
	}
	sizes := []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 40, Height: 10}, {Width: 60, Height: 15}, {Width: 120, Height: 40}, {Width: 100, Height: 12}, {Width: 1, Height: 1}, {Width: 300, Height: 90}, {}}
	return sizes[int(b)%len(sizes)]
}

// catchUp hands on the messages that are there already.
func (s *stage) catchUp() {
	for {
		select {
		case msg := <-s.messages:
			s.send(msg)
		default:
			return
		}
	}
}

func (s *stage) mustFit() {
	s.t.Helper()
	width, height := s.root.frame.width, s.root.frame.height
	view := s.root.View()
	lines := strings.Split(view.Content, "\n")
	if len(lines) > max(height, 1) {
		s.t.Fatalf("%d lines in a terminal of %d:\n%s", len(lines), height, s.text())
	}
	for _, line := range lines {
		if lipgloss.Width(line) > max(width, 1) {
			s.t.Fatalf("a line of %d cells in a terminal of %d: %q", lipgloss.Width(line), width, line)
		}
	}
	if c := view.Cursor; c != nil && (c.X < 0 || c.Y < 0 || c.X >= width || c.Y >= height) {
		s.t.Fatalf("the cursor is at %d,%d in a terminal of %dx%d", c.X, c.Y, width, height)
	}
	if strings.Contains(view.Content, testSecret) {
		s.t.Fatalf("the secret is on the screen:\n%s", s.text())
	}
}

// TestEverySizeFits draws every step in every size that a person may have, by dragging.
func TestEverySizeFits(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	w.mail.refuse("sourcing@contoso.example", true)
	w.authority.user = "svc@contoso.example"
	fresh := func() *world {
		w := newWorld(t).inShop()
		w.road.Replace = true // one folder for all of them
		return w
	}
	shopping := fresh()
	shows := map[string]func() *stage{
		"route": func() *stage { return setup(t, w, steps.State{Answers: steps.Answers{Product: "agiloft"}}) },
		"registration": func() *stage {
			s := setup(t, w, steps.State{Answers: answers("ms-mail-cc")})
			s.settle()
			s.paste("99999999-8888-7777-6666-555555555555")
			return s
		},
		"permissions": func() *stage { return toPermissions(t, w) },
		"exchange": func() *stage {
			s := toPermissions(t, w)
			s.keys("enter", "down")
			return s
		},
		"account": func() *stage {
			s := toSignIn(t, w)
			s.see("Another account")
			return s
		},
		"explain": func() *stage {
			s := explaining(t, w)
			s.paste(pastedSecretExpired)
			return s
		},
		"explain, asking": func() *stage { return explaining(t, w) },
		"tests": func() *stage {
			s := toTests(t, w)
			s.keys("enter")
			s.settle()
			return s
		},
		"routes":        func() *stage { return setup(t, shopping, steps.State{Answers: steps.Answers{Product: "deskline"}}) },
		"products":      func() *stage { return setup(t, shopping, steps.State{}) },
		"proof":         func() *stage { return toProof(t, shopping) },
		"consent":       func() *stage { return toPermissionsOf(t, shopping, "ms-graph-vendor") },
		"the product's": func() *stage { return toProductTest(t, shopping) },
		"confirmed":     func() *stage { return toConfirmed(t, shopping) },
		"taking back":   func() *stage { return toTakingBack(t, shopping) },
		"page": func() *stage {
			world := fresh()
			return toPage(t, world, options(world))
		},
		"page pasted back": func() *stage {
			world := fresh()
			s := toPage(t, world, options(world))
			s.paste("http://localhost:53682/?error=nothing-of-use")
			s.see("holds no code")
			return s
		},
		"choice": func() *stage {
			s := setup(t, shopping, steps.State{Answers: shopAnswers("ms-mail-code")}.WithSecret(shopReady("").Secret()))
			s.see("4 of 8")
			s.keys("esc", "tab", "tab")
			return s
		},
		"code": func() *stage {
			s := setup(t, w, steps.State{})
			s.root.stack = []screen{&checkScreen{signIns: signIns{code: &steps.CodeIssued{
				Account: "crm@contoso.example", Number: 1, Total: 3, For: []providers.Address{"crm@contoso.example", "a@contoso.example"},
				Code: providers.DeviceCode{UserCode: "F7K2PQ9MX", VerificationURI: "https://microsoft.com/devicelogin", Expires: testNow().Add(1)},
			}, qr: true}}}
			return s
		},
	}
	for name, show := range shows {
		s := show()
		for width := 1; width <= 130; width += 7 {
			for height := 1; height <= 45; height += 5 {
				s.send(tea.WindowSizeMsg{Width: width, Height: height})
				s.mustFit()
			}
		}
		if t.Failed() {
			t.Fatalf("on the screen %s", name)
		}
	}
}
