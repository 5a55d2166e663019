package theme

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailgrant/mailgrant/providers"
)

func TestEveryColourStandsOutFromItsBackground(t *testing.T) {
	t.Parallel()
	p := colours()
	for name, tone := range map[string]tone{"quiet": p.quiet, "accent": p.accent, "success": p.success, "warning": p.warning, "failure": p.failure} {
		for _, background := range []string{"#FFFFFF", "#F5F5F5"} {
			if ratio := contrast(t, tone.light, background); ratio < 4.5 {
				t.Errorf("%s %s on %s: contrast %.2f, want at least 4.5", name, tone.light, background, ratio)
			}
		}
		for _, background := range []string{"#000000", "#1E1E1E", "#2E3440"} {
			if ratio := contrast(t, tone.dark, background); ratio < 4.5 {
				t.Errorf("%s %s on %s: contrast %.2f, want at least 4.5", name, tone.dark, background, ratio)
			}
		}
	}
}

// contrast is the ratio of WCAG 2.2 between two colours.
func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	brighter, darker := luminance(t, a), luminance(t, b)
	if brighter < darker {
		brighter, darker = darker, brighter
	}
	return (brighter + 0.05) / (darker + 0.05)
}

func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	linear := func(c uint64) float64 {
		v := float64(c) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(n>>16&0xff) + 0.7152*linear(n>>8&0xff) + 0.0722*linear(n&0xff)
}

func TestMarksDifferWithoutColour(t *testing.T) {
	t.Parallel()
	theme := New(true)
	marks := []Mark{theme.Passed(), theme.Warned(), theme.Failed(), theme.Skipped(), theme.NotReached(), theme.ToCome(), theme.Now()}
	glyphs, twins, words := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, mark := range marks {
		glyphs[mark.Glyph], twins[ASCII(mark.Glyph)], words[mark.Word] = true, true, true
	}
	if len(glyphs) != len(marks) || len(twins) != len(marks) || len(words) != len(marks) {
		t.Errorf("%d marks have %d glyphs, %d twins, %d words: each needs its own", len(marks), len(glyphs), len(twins), len(words))
	}
}

func TestOutcomeMarks(t *testing.T) {
	t.Parallel()
	theme := New(false)
	for outcome, want := range map[providers.Outcome]string{
		providers.Passed: "✓ passed", providers.Warned: "! warned", providers.Failed: "✗ failed",
		providers.Skipped: "– skipped", providers.NotReached: "· not reached", "": "· not reached",
	} {
		if got := ansi.Strip(theme.Outcome(outcome).Spell()); got != want {
			t.Errorf("%q is shown as %q, want %q", outcome, got, want)
		}
	}
}

func TestTwinsKeepTheWidth(t *testing.T) {
	t.Parallel()
	screen := "✓✗–·○●▌›…╭─╮│╰╯↑↓←→—’“”•"
	for beat := range 12 {
		screen += Spinner(beat)
	}
	twin := ASCII(screen)
	if ansi.StringWidth(twin) != ansi.StringWidth(screen) {
		t.Errorf("twin %q has another width than %q", twin, screen)
	}
	if strings.ContainsFunc(twin, func(r rune) bool { return r >= utf8.RuneSelf }) {
		t.Errorf("twin %q is not ASCII", twin)
	}
	if got := ASCII("Müller ✓"); got != "Müller +" {
		t.Errorf("a person's letters became %q", got)
	}
}

func TestSpinnerTakesAnyBeat(t *testing.T) {
	t.Parallel()
	for _, beat := range []int{-7, 0, 1, 9, 10, math.MaxInt} {
		if ansi.StringWidth(Spinner(beat)) != 1 {
			t.Errorf("beat %d is drawn as %q", beat, Spinner(beat))
		}
	}
}
