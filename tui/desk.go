package tui

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// desk is what every screen works with.
type desk struct {
	Options
	ctx context.Context // of the whole run
}

// noted shows a sentence above the keys until the next key.
type noted string

// say makes a command of a sentence.
func say(text string) tea.Cmd { return func() tea.Msg { return noted(text) } }

// copyOut sends a text to the terminal's clipboard. Terminals do not answer, so it promises
// no more than it knows.
func copyOut(text, what string) tea.Cmd {
	return tea.Batch(tea.SetClipboard(text), say(what+" sent to your clipboard"))
}

// browse opens a page outside. The address may come from a server, so it must be a page and
// not a file or another program's.
func (d desk) browse(url string) tea.Cmd {
	if !strings.HasPrefix(url, "https://") {
		return say("the address is not a page of the web: " + url)
	}
	open := d.OpenBrowser
	return func() tea.Msg {
		if err := open(url); err != nil {
			return noted("the browser did not open: go to " + url + " by hand")
		}
		return noted("asked the browser to open " + url)
	}
}

// cannotBrowse is why no page can be opened, or empty.
func (d desk) cannotBrowse() string {
	switch {
	case d.Remote:
		return "your browser is on another machine: copy the address and open it there"
	case d.OpenBrowser == nil:
		return "there is no browser on this machine: open the address on any other device"
	}
	return ""
}
