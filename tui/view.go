package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// View draws the screen on top of the stack, or the question that covers it. It is the only
// maker of a tea.View.
func (m *root) View() tea.View {
	if m.ended || m.frame.width == 0 {
		view := tea.NewView("")
		view.AltScreen = !m.ended
		return view
	}
	top := m.stack[len(m.stack)-1]
	h := top.Heading(m.frame.theme)
	keys := top.Keys()
	s := m.sheet(top, h)
	if m.leaving != nil {
		keys = m.leaving.keys()
		s = sheet{lines: m.leaving.lines(m.area(h))}
	}
	view := m.dressed().draw(h, s, m.notice, keys)
	view.AltScreen = true
	view.WindowTitle = "mailgrant · " + h.Title
	return view
}

// dressed is the frame with what it says about the run.
func (m *root) dressed() frame {
	f := m.frame
	f.banner = m.desk.Practice
	if m.desk.FixedClock {
		if f.banner != "" {
			f.banner += " · "
		}
		f.banner += "clock set to " + m.now.UTC().Format("2006-01-02 15:04") + " UTC"
	}
	return f
}

func (m *root) area(h heading) area {
	f := m.dressed()
	width, height := f.body(h)
	a := area{
		Width: width, Height: height, Shape: f.shape(), Theme: f.theme,
		Now: m.now, Beat: m.beat, Still: m.desk.Still, Mend: m.desk.Mend,
	}
	if m.desk.Practice == "" {
		a.Reproduce = m.desk.Reproduce
	}
	return a
}

// sheet lays the screen on top into the body.
func (m *root) sheet(top screen, h heading) sheet {
	a := m.area(h)
	if a.Shape == tiny {
		return sheet{}
	}
	return lay(top.View(a), a.Width, a.Height, m.scroll, !m.byHand)
}

// turn scrolls by a screen, and stops at the ends.
func (m *root) turn(down bool) {
	top := m.stack[len(m.stack)-1]
	h := top.Heading(m.frame.theme)
	page := max(m.area(h).Height-1, 1)
	if !down {
		page = -page
	}
	m.scroll = max(m.sheet(top, h).first+page, 0)
	m.byHand = true
	m.scroll = m.sheet(top, h).first
}

// beat is a moment of the clock, sent while something is busy.
type beat time.Time

// pulse orders the next beat, unless one is ordered or nothing is busy.
func (m *root) pulse() tea.Cmd {
	if m.beating || m.ended {
		return nil
	}
	busy := false
	for _, s := range m.stack {
		busy = busy || s.Busy()
	}
	if !busy {
		return nil
	}
	m.beating = true
	every := 120 * time.Millisecond
	if m.desk.Still {
		every = 15 * time.Second // a countdown may still be read, without a screen reader talking all the time
	}
	now := m.desk.Now
	return tea.Tick(every, func(time.Time) tea.Msg { return beat(now()) })
}
