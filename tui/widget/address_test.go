package widget

import (
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailgrant/mailgrant/tui/theme"
)

func TestAddressIsWholeAndAlone(t *testing.T) {
	t.Parallel()
	address := "https://login.example.test/authorize?scope=" + strings.Repeat("abc%20", 60)
	for _, width := range []int{1, 2, 38, 58, 78, 500} {
		lines := Address(theme.New(true), address, width)
		got := ""
		for _, line := range lines[1 : len(lines)-1] {
			if lipgloss.Width(line) > width {
				t.Errorf("at width %d a line has %d cells", width, lipgloss.Width(line))
			}
			got += ansi.Strip(line)
		}
		if got != address {
			t.Errorf("at width %d it reads %q", width, got)
		}
	}
	if lines := Address(theme.New(true), address, 0); lines != nil {
		t.Errorf("without room it is %q", lines)
	}
}

func TestAddressIsALinkOnlyWhereThatIsSafe(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, address string
		link          bool
	}{
		{"a page", "https://login.example.test/a?b=c", true},
		{"another program's", "javascript:alert(1)", false},
		{"a file", "file:///etc/passwd", false},
		{"one that ends the link early", "https://a.example/\x07\x1b]52;c;ZXZpbA==\x07", false},
		{"one whose letters hold the end of a link", "https://日本語.example/", false},
		{"one with a blank", "https://a.example/b c", false},
		{"one that turns the line around", "https://a.example/\u202eb", false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			drawn := strings.Join(Address(theme.New(true), c.address, 60), "\n")
			if got := strings.Contains(drawn, "\x1b]8;id=address;"+c.address); got != c.link {
				t.Errorf("it is a link: %v", got)
			}
			if text := ansi.Strip(drawn); strings.ContainsAny(text, "\x07\x1b\u202e") || strings.Contains(drawn, "]52;") {
				t.Errorf("it acts on the terminal: %q", drawn)
			}
		})
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("https://login.example.test/authorize?a=b", 40)
	f.Add("\x1b]8;;https://x\x07語\u202e\xff", 1)
	f.Fuzz(func(t *testing.T, address string, width int) {
		width = width % 200
		for _, line := range Address(theme.New(true), address, width) {
			if cells := lipgloss.Width(line); cells > max(width, 2) {
				t.Errorf("%d cells in a width of %d: %q", cells, width, line)
			}
		}
	})
}

func TestPartlyHiddenFieldShowsItsBeginning(t *testing.T) {
	t.Parallel()
	plain := func(text string) int { return strings.Index(text, "?") + 1 }
	cases := []struct {
		name, text, want string
		width            int
	}{
		{"an address", "http://localhost:1/?code=abc", "http://localhost:1/?••••••••", 60},
		{"a code of any length", "http://localhost:1/?code=" + strings.Repeat("x", 900), "http://localhost:1/?••••••••", 60},
		{"nothing to hide", "http://localhost:1/?", "http://localhost:1/?", 60},
		{"nothing to show", "code", "••••••••", 60},
		{"nothing at all", "", "paste it here", 60},
		{"little room", "http://localhost:1/?code=abc", "http://…••••••••", 17},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := NewPartlyHidden(c.text, "paste it here", plain)
			f.Focus()
			drawn, cursor := f.View(theme.New(true), c.width)
			if got := ansi.Strip(drawn); got != c.want {
				t.Errorf("drawn is %q, want %q", got, c.want)
			}
			if cursor < 0 || cursor >= c.width {
				t.Errorf("the cursor is at %d of %d", cursor, c.width)
			}
			if f.Value() != c.text {
				t.Errorf("the value is %q", f.Value())
			}
		})
	}
}
