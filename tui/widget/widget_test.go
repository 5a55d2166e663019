package widget

import (
	"image"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/probe"
	"github.com/mailgrant/mailgrant/tui/theme"
)

func TestWrapKeepsIdentifiersWhole(t *testing.T) {
	t.Parallel()
	const guid = "66666666-7777-8888-9999-000000000000"
	for _, c := range []struct {
		name, text string
		width      int
		want       []string
	}{
		{"it fits", "two words", 20, []string{"two words"}},
		{"it breaks at blanks", "two words", 8, []string{"two", "words"}},
		{"a GUID stays whole", "-User " + guid + " -AccessRights", 40, []string{"-User", guid, "-AccessRights"}},
		{"a word wider than the line is cut", "abcdefgh", 3, []string{"abc", "def", "gh"}},
		{"wide letters count twice", "日本語", 4, []string{"日本", "語"}},
		{"a wide letter in one cell ends it", "日", 1, []string{"日"}},
		{"and is followed by the rest", "日a", 1, []string{"日", "a"}},
		{"line ends are kept", "a\nb", 10, []string{"a", "b"}},
		{"nothing", "", 10, nil},
		{"no room", "text", 0, nil},
	} {
		if got := Wrap(c.text, c.width); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWrapKeepsStyles(t *testing.T) {
	t.Parallel()
	styled := lipgloss.NewStyle().Bold(true).Render("one two three")
	lines := Wrap(styled, 5)
	if got := ansi.Strip(strings.Join(lines, "|")); got != "one|two|three" {
		t.Errorf("wrapped to %q", got)
	}
}

func TestAcrossGivesTheRightEndItsPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, left, right string
		width             int
		want              string
	}{
		{"both fit", "left", "right", 12, "left   right"},
		{"the left one gives way", "a long left text", "right", 12, "a lon… right"},
		{"the right one takes half at most", "left", "a long right text", 12, "left  a lon…"},
		{"no right end", "left", "", 12, "left"},
		{"hardly any room", "left", "right", 2, "…"},
	} {
		got := Across(c.left, c.right, c.width)
		if lipgloss.Width(got) > c.width || strings.TrimSpace(got) != strings.TrimSpace(c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWindowKeepsTheHeldLinesInView(t *testing.T) {
	t.Parallel()
	lines := strings.Split("0123456789", "")
	for _, c := range []struct {
		name                     string
		height, offset, from, to int
		want                     string
		first                    int
	}{
		{"all fits", 20, 0, 3, 4, "0123456789", 0},
		{"the top", 4, 0, 1, 2, "0123", 0},
		{"it moves down to the held lines", 4, 0, 6, 8, "4567", 4},
		{"it moves up to them", 4, 6, 2, 3, "2345", 2},
		{"more held lines than room: their beginning", 3, 0, 2, 9, "234", 2},
		{"not beyond the end", 4, 99, 99, 99, "6789", 6},
		{"no room", 0, 0, 0, 0, "", 0},
	} {
		got, first := Window(lines, c.height, c.offset, c.from, c.to)
		if strings.Join(got, "") != c.want || first != c.first {
			t.Errorf("%s: got %q from %d, want %q from %d", c.name, strings.Join(got, ""), first, c.want, c.first)
		}
	}
}

func TestFrameIsExactlyAsWideAsAsked(t *testing.T) {
	t.Parallel()
	for _, width := range []int{5, 12, 40, 80} {
		for _, line := range Frame(theme.New(true), []string{`Add-MailboxPermission -Identity "crm@contoso.example" -AccessRights FullAccess`, "", "short"}, width) {
			if lipgloss.Width(line) != width {
				t.Errorf("a line of the frame of %d cells has %d: %q", width, lipgloss.Width(line), ansi.Strip(line))
			}
		}
	}
	if Frame(theme.New(true), []string{"x"}, 4) != nil {
		t.Error("a frame without room inside was drawn")
	}
}

func TestCodeIsSpeltInGroups(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{"F7K2PQ9MX": "F 7 K  2 P Q  9 M X", "ABCDEFGH": "A B C D  E F G H", "": ""} {
		if got := spell(code); got != want {
			t.Errorf("%q is spelt %q, want %q", code, got, want)
		}
	}
	card := ansi.Strip(strings.Join(CodeCard(theme.New(true), "F7K2PQ9MX", 40), "\n"))
	if !strings.Contains(card, "F 7 K  2 P Q  9 M X") || !strings.Contains(card, "╭") {
		t.Errorf("the card is\n%s", card)
	}
}

// TestQRHoldsTheModules reads the drawn half blocks back into modules and compares their frame:
// a finder pattern stands in three corners and not in the fourth.
func TestQRHoldsTheModules(t *testing.T) {
	t.Parallel()
	lines := QR(theme.New(true), "https://microsoft.com/devicelogin")
	dark := map[image.Point]bool{}
	size := 0
	for row, line := range lines {
		for x, r := range []rune(ansi.Strip(line)) {
			dark[image.Pt(x, 2*row)] = r == ' ' || r == '▄'
			dark[image.Pt(x, 2*row+1)] = r == ' ' || r == '▀'
			size = max(size, x+1)
		}
	}
	finder := func(left, top int) bool {
		for i := range 7 {
			if !dark[image.Pt(left+i, top)] || !dark[image.Pt(left, top+i)] || dark[image.Pt(left+1+i%5, top+1)] {
				return false
			}
		}
		return dark[image.Pt(left+3, top+3)]
	}
	far := size - quiet - 7
	if !finder(quiet, quiet) || !finder(far, quiet) || !finder(quiet, far) || finder(far, far) {
		t.Errorf("the finder patterns are not where they belong in\n%s", ansi.Strip(strings.Join(lines, "\n")))
	}
	if len(lines) > 18 {
		t.Errorf("the code takes %d lines, too many for a screen of 24", len(lines))
	}
	if QR(theme.New(true), strings.Repeat("x", 5000)) != nil {
		t.Error("a text too long for a QR code was drawn")
	}
}

func TestLayersWrapBetweenLayers(t *testing.T) {
	t.Parallel()
	var layers []probe.LayerResult
	for i, layer := range providers.Layers() {
		outcome := providers.Passed
		if i > 5 {
			outcome = providers.NotReached
		}
		layers = append(layers, probe.LayerResult{Layer: layer, Outcome: outcome, Elapsed: time.Millisecond})
	}
	got := ansi.Strip(strings.Join(Layers(theme.New(true), layers, 30), "\n"))
	want := "dns ✓  tcp ✓  tls ✓  token ✓\nclaims ✓  sasl ✓  mailbox ·\nsend ·"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestFooterKeepsTheWayOut(t *testing.T) {
	t.Parallel()
	keys := []key.Binding{
		key.NewBinding(key.WithKeys("enter"), key.WithHelp("enter", "continue")),
		key.NewBinding(key.WithKeys("r"), key.WithHelp("r", "read the token again")),
		key.NewBinding(key.WithKeys("x"), key.WithHelp("x", "switched off"), key.WithDisabled()),
		key.NewBinding(key.WithKeys("esc"), key.WithHelp("esc", "back")),
	}
	for width, want := range map[int]string{
		80: "enter continue   r read the token again   esc back",
		30: "enter continue   esc back",
		10: "esc back",
	} {
		if got := ansi.Strip(Footer(theme.New(true), keys, width)); got != want {
			t.Errorf("in %d cells: %q, want %q", width, got, want)
		}
	}
	if Footer(theme.New(true), nil, 80) != "" {
		t.Error("a footer without keys was drawn")
	}
}

func TestRoadShowsWhereOneIs(t *testing.T) {
	t.Parallel()
	look := theme.New(true)
	stops := []Stop{{"Mailboxes", look.Passed(), false}, {"Registration", look.Now(), true}, {"Tests", look.ToCome(), false}}
	if got := ansi.Strip(RoadLine(stops)); got != "✓●○" {
		t.Errorf("the line is %q", got)
	}
	if got := ansi.Strip(strings.Join(RoadList(look, stops, 16), "|")); got != "✓ Mailboxes|● Registration|○ Tests" {
		t.Errorf("the list is %q", got)
	}
}

func TestPageHoldsItsWidth(t *testing.T) {
	t.Parallel()
	p := &Page{Width: 24}
	p.Gap()
	p.Add(strings.Repeat("x", 40))
	p.Gap()
	p.Gap()
	from := len(p.Lines)
	p.Text(lipgloss.NewStyle(), 2, "a text that is longer than the page is wide")
	p.Label("Name", "beside or below", lipgloss.NewStyle(), 0, 8)
	p.Label("Empty", "", lipgloss.NewStyle(), 0, 8)
	p.Hold(from)
	for _, line := range p.Lines {
		if lipgloss.Width(line) > 24 {
			t.Errorf("line %q is wider than the page", line)
		}
	}
	if p.Lines[0] == "" || p.Lines[1] != "" || p.Lines[2] == "" || p.From != 2 || p.To != len(p.Lines) {
		t.Errorf("the lines are %q, held from %d to %d", p.Lines, p.From, p.To)
	}
}

func press(f *Field, keys ...tea.KeyPressMsg) {
	for _, k := range keys {
		f.Press(k)
	}
}

func TestFieldShowsTheCursorWhereItIs(t *testing.T) {
	t.Parallel()
	look := theme.New(true)
	left := tea.KeyPressMsg{Code: tea.KeyLeft}
	f := NewField("日本@contoso.example", "", false)
	f.Focus()
	if text, column := f.View(look, 40); ansi.Strip(text) != "日本@contoso.example" || column != 20 {
		t.Errorf("drawn as %q with the cursor at %d", ansi.Strip(text), column)
	}
	press(&f, tea.KeyPressMsg{Code: tea.KeyHome}, tea.KeyPressMsg{Code: tea.KeyRight})
	if _, column := f.View(look, 40); column != 2 {
		t.Errorf("after one wide letter the cursor is at %d", column)
	}
	f.Set("0123456789")
	if text, column := f.View(look, 6); lipgloss.Width(text) > 6 || column != 5 || !strings.HasSuffix(ansi.Strip(text), "9") {
		t.Errorf("in 6 cells it is %q with the cursor at %d", ansi.Strip(text), column)
	}
	press(&f, left, left)
	if text, column := f.View(look, 6); lipgloss.Width(text) > 6 || column > 5 {
		t.Errorf("after two steps to the left it is %q with the cursor at %d", ansi.Strip(text), column)
	}
	f.Blur()
	if text, column := f.View(look, 6); ansi.Strip(text) != "01234…" || column != -1 {
		t.Errorf("unfocused it is %q with the cursor at %d", ansi.Strip(text), column)
	}
	if text, column := f.View(look, 1); text != "" || column != -1 {
		t.Errorf("without room it is %q with the cursor at %d", text, column)
	}
}

func TestHiddenFieldShowsNothingOfItsText(t *testing.T) {
	t.Parallel()
	f := NewField("", "", true)
	f.Focus()
	f.Insert("geheim")
	text, column := f.View(theme.New(true), 40)
	if ansi.Strip(text) != "••••••" || column != 6 || f.Value() != "geheim" {
		t.Errorf("drawn as %q with the cursor at %d", ansi.Strip(text), column)
	}
}

func TestFieldDrawsNothingThatActsOnATerminal(t *testing.T) {
	t.Parallel()
	f := NewField("", "(may stay empty)", false)
	if text, _ := f.View(theme.New(true), 40); ansi.Strip(text) != "(may stay empty)" {
		t.Errorf("an empty field is %q", ansi.Strip(text))
	}
	f.Focus()
	f.Insert("a\x1b[31mb\u202ec\r\nd")
	text, _ := f.View(theme.New(true), 40)
	if strings.ContainsAny(ansi.Strip(text), "\x1b\u202e\r\n") {
		t.Errorf("drawn as %q", text)
	}
	f.Insert(strings.Repeat("x", 2*MaxInput))
	if n := utf8.RuneCountInString(f.Value()); n > MaxInput {
		t.Errorf("the field took %d characters", n)
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("Add-MailboxPermission -Identity 日本", 7)
	f.Add("\x1b[1mnot bold\x1b[0m", 3)
	f.Add("a\u200db\u0301", 1)
	f.Fuzz(func(t *testing.T, text string, width int) {
		width, text = max(width%200, 1), providers.Clean(text) // as everything from outside is before it is drawn
		for _, line := range Wrap(text, width) {
			if lipgloss.Width(line) > max(width, 2) {
				t.Errorf("in %d cells: line %q has %d", width, line, lipgloss.Width(line))
			}
		}
	})
}
