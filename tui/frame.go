package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// frame is what stands around every screen: who and where at the top, the keys at the bottom.
type frame struct {
	width, height int
	theme         theme.Theme
	ascii         bool
	banner        string // of a practice run or a clock that is not the real one
}

func (f frame) shape() shape { return shapeOf(f.width, f.height) }

// roadBeside reports whether the road stands as a list at the left.
func (f frame) roadBeside(h heading) bool { return f.shape() >= comfortable && len(h.Stops) > 0 }

// left is where the body begins.
func (f frame) left(h heading) int {
	if f.roadBeside(h) {
		return margin + roadWidth + gutter
	}
	return margin
}

// top is how many lines stand above the body.
func (f frame) top() int {
	switch {
	case f.height < flat && f.banner == "":
		return 2
	case f.height >= flat && f.banner != "":
		return 4
	}
	return 3
}

// body is the room between.
func (f frame) body(h heading) (width, height int) {
	below := 2 // a sentence, and the keys
	if f.height < flat {
		below = 1
	}
	return min(max(f.width-f.left(h)-margin, 0), widest), max(f.height-f.top()-below, 0)
}

// sheet is a drawing laid into the body: the lines in view and where they begin.
type sheet struct {
	lines  []string
	first  int
	more   bool // lines are out of view below
	cursor *point
}

// lay folds and scrolls a drawing into the body. With follow the lines that must stay in view
// decide the offset.
func lay(d drawing, width, height, offset int, follow bool) sheet {
	from, to := d.From, d.To
	if !follow {
		from, to = offset, offset
	} else {
		offset = 0
	}
	lines := d.Lines
	if !d.Beside {
		lines = withAside(d, height)
	}
	view, first := widget.Window(lines, height, offset, min(from, len(lines)), to)
	s := sheet{lines: view, first: first, more: first+height < len(lines)}
	if d.Beside {
		s.lines = besides(view, d.Aside, d.Width, height, width)
	}
	if c := d.Cursor; c != nil && c.Y >= first && c.Y < first+height {
		s.cursor = &point{c.X, c.Y - first}
	}
	return s
}

// withAside puts the explanation below the page as far as there is room for it.
func withAside(d drawing, height int) []string {
	room := height - len(d.Lines) - 1
	if len(d.Aside) == 0 || room < 2 && len(d.Aside) > room {
		return d.Lines
	}
	lines := append(append([]string{}, d.Lines...), "")
	if len(d.Aside) > room {
		return append(append(lines, d.Aside[:room-1]...), "… ctrl+g tells the rest")
	}
	return append(lines, d.Aside...)
}

func besides(page, aside []string, at, height, width int) []string {
	lines := make([]string, 0, height)
	for i := range min(height, max(len(page), len(aside))) {
		line := ""
		if i < len(page) {
			line = page[i]
		}
		if i < len(aside) && aside[i] != "" {
			line = widget.Pad(line, at+gutter) + aside[i]
		}
		lines = append(lines, widget.Fit(line, width))
	}
	return lines
}

// draw is the whole view: exactly height lines, none wider than width.
func (f frame) draw(h heading, s sheet, notice string, keys []binding) tea.View {
	if f.shape() == tiny {
		return tea.NewView(strings.Join(f.tooSmall(), "\n"))
	}
	width, height := f.body(h)
	lines := make([]string, 0, f.height)
	lines = append(lines, f.line(widget.Across(f.theme.Plain.Bold(true).Render(h.Title), f.theme.Quiet.Render(h.For), f.width-2*margin)))
	lines = append(lines, f.line(widget.Across(f.place(h), f.theme.Quiet.Render(h.Status), f.width-2*margin)))
	if f.top() > 2 {
		lines = append(lines, f.line(f.theme.Warning.Render(widget.Fit(f.banner, f.width-2*margin))))
	}
	if f.top() > 3 {
		lines = append(lines, "")
	}
	road := f.road(h, height)
	for i := range height {
		line := ""
		if i < len(s.lines) {
			line = s.lines[i]
		}
		if road != nil {
			beside := ""
			if i < len(road) {
				beside = road[i]
			}
			line = widget.Pad(beside, roadWidth+gutter) + widget.Fit(line, width)
		}
		lines = append(lines, f.line(line))
	}
	lines = append(lines, f.bottom(s, notice, keys)...)
	view := tea.NewView(strings.Join(lines, "\n"))
	if f.ascii {
		view.SetContent(theme.ASCII(view.Content))
	}
	if s.cursor != nil && s.cursor.X < width {
		view.Cursor = tea.NewCursor(s.cursor.X+f.left(h), s.cursor.Y+f.top())
	}
	return view
}

func (f frame) line(text string) string {
	if text == "" {
		return ""
	}
	return widget.Blanks(margin) + widget.Fit(text, f.width-margin)
}

func (f frame) place(h heading) string {
	if len(h.Stops) == 0 {
		return f.theme.Quiet.Render(h.Place)
	}
	return widget.RoadLine(h.Stops) + "  " + h.Place
}

func (f frame) road(h heading, height int) []string {
	if !f.roadBeside(h) {
		return nil
	}
	return widget.RoadList(f.theme, h.Stops, roadWidth)[:min(height, len(h.Stops))]
}

// bottom is the sentence and the keys. In a low terminal a sentence takes the keys' line.
func (f frame) bottom(s sheet, notice string, keys []binding) []string {
	if f.height < flat && s.more && len(keys) > 0 {
		keys = slices.Insert(slices.Clone(keys), 1, bind("more", "pgdn"))
	}
	footer := widget.Footer(f.theme, plainKeys(keys), f.width-2*margin)
	sentence := ""
	switch {
	case notice != "":
		sentence = f.theme.Accent.Render(widget.Fit(notice, f.width-2*margin))
	case s.more:
		sentence = widget.Across("", f.theme.Quiet.Render("pgdn more"), f.width-2*margin)
	case s.first > 0:
		sentence = widget.Across("", f.theme.Quiet.Render("pgup back up"), f.width-2*margin)
	}
	switch {
	case f.height >= flat:
		return []string{f.line(sentence), f.line(footer)}
	case notice != "":
		return []string{f.line(sentence)}
	}
	return []string{f.line(footer)}
}

func (f frame) tooSmall() []string {
	lines := widget.Wrap("Please make this window a little larger: 40 columns and 10 lines are enough.", max(f.width, 1))
	lines = lines[:min(len(lines), max(f.height, 1))]
	for i := range lines {
		lines[i] = widget.Fit(lines[i], lipgloss.Width(lines[i]))
	}
	return lines
}
