package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// screen is one screen on the root's stack. It changes itself in Update alone, and View is a
// pure function of what it is.
type screen interface {
	// Init begins what a screen does by itself. It is also called when the screen is seen again
	// after the one above it was closed.
	Init() tea.Cmd
	// Update takes a message; what the screen wants of the root is the move, nil to stay.
	Update(tea.Msg) (move, tea.Cmd)
	View(area) drawing
	Heading(theme.Theme) heading
	Keys() []binding
	// Busy says that something works or counts, so that the screen is drawn anew by itself.
	Busy() bool
	// Draft is what leaving would lose; nil when there is nothing to keep.
	Draft() *steps.State
	// Close ends what the screen has started.
	Close()
}

// idle are the answers of a screen that works on nothing.
type idle struct{}

func (idle) Init() tea.Cmd       { return nil }
func (idle) Busy() bool          { return false }
func (idle) Draft() *steps.State { return nil }
func (idle) Close()              {}

// heading is what the frame writes above a screen.
type heading struct {
	Title  string        // what we are doing
	For    string        // and for whom
	Stops  []widget.Stop // the road; nil for a screen beside it
	Place  string        // where on it we are
	Status string        // how far the screen itself is
}

// area is the room a screen is drawn in, the moment, and what every screen may say.
type area struct {
	Width, Height int
	Shape         shape
	Theme         theme.Theme
	Now           time.Time
	Beat          int
	Still         bool
	// Reproduce is that of the Options; nil on the practice tenant itself.
	Reproduce func(diagnosis.Diagnosis) string
	Mend      string // that of the Options
}

// reproduce is the command that shows a cause on the practice tenant, or empty.
func (a area) reproduce(d diagnosis.Diagnosis) string {
	if a.Reproduce == nil || d.Cause == "" {
		return ""
	}
	return a.Reproduce(d)
}

// spin is the glyph of something that works.
func (a area) spin() string {
	if a.Still {
		return a.Theme.Now().Draw()
	}
	return a.Theme.Accent.Render(theme.Spinner(a.Beat))
}

// drawing is a drawn screen: the page itself, and an explanation that folds when room is short.
type drawing struct {
	widget.Page
	Aside  []string
	Beside bool // the explanation stands beside the page, not below
	Cursor *point
}

// point is a cell of a page, from its first line and column.
type point struct{ X, Y int }

// page begins a drawing of the whole width.
func (a area) page() *drawing { return &drawing{Page: widget.Page{Width: a.Width}} }
