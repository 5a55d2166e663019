package tui

import (
	"strings"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// choice is a list to choose one option from.
type choice struct {
	options []steps.Option
	at      int
}

// newChoice begins at the value given, or else at what is recommended.
func newChoice(options []steps.Option, value string) choice {
	c := choice{options: options}
	for i, option := range options {
		if value == "" && option.Recommended || value != "" && option.Value == value {
			c.at = i
			break
		}
	}
	return c
}

func (c *choice) move(by int) {
	if n := len(c.options); n > 0 {
		c.at = (c.at + by + n) % n
	}
}

// chosen is the option at the pointer; false for an empty list.
func (c choice) chosen() (steps.Option, bool) {
	if len(c.options) == 0 {
		return steps.Option{}, false
	}
	return c.options[c.at], true
}

// share is how much of an option is drawn.
type share int

const (
	nameOnly share = iota
	inBrief        // of each warning the first sentence
	whole
)

func shareOf(here bool) share {
	if here {
		return inBrief
	}
	return nameOnly
}

// draw shows every option as whole as there is room for, and at least the one at the pointer.
func (c choice) draw(d *drawing, a area) {
	for _, much := range []share{whole, inBrief} {
		all := a.page()
		all.Width = d.Width
		for i := range c.options {
			c.drawOption(all, a, i, much)
		}
		if len(all.Lines) <= a.Height {
			above := len(d.Lines)
			d.Lines, d.From, d.To = append(d.Lines, all.Lines...), all.From+above, all.To+above
			return
		}
	}
	for i := range c.options {
		if i == c.at+1 {
			d.Gap()
		}
		c.drawOption(d, a, i, shareOf(i == c.at))
	}
}

func (c choice) drawOption(d *drawing, a area, i int, much share) {
	option, t := c.options[i], a.Theme
	if much > nameOnly {
		d.Gap()
	}
	from := len(d.Lines)
	pointer, tag := "  ", ""
	if i == c.at {
		pointer = t.Accent.Render("▌") + " "
	}
	if option.Recommended {
		tag = t.Success.Render("recommended")
	}
	d.Add(widget.Across(pointer+t.Plain.Bold(i == c.at).Render(option.Label), tag, d.Width))
	if much > nameOnly {
		c.drawFacts(d, a, option, much)
	}
	if i == c.at {
		d.Hold(from)
	}
}

func (c choice) drawFacts(d *drawing, a area, option steps.Option, much share) {
	d.Text(a.Theme.Plain, 2, sentence(option.Summary))
	for _, fact := range option.Facts {
		d.Label(fact.Label, strings.TrimSpace(fact.Text), a.Theme.Quiet, 2, 10)
	}
	for _, warning := range option.Warnings {
		mark := a.Theme.Warned()
		if warning.Level == "stop" {
			mark = a.Theme.Failed()
		}
		text := warning.Text
		if much == inBrief {
			text = firstSentence(text)
		}
		for n, line := range widget.Wrap(text, d.Width-4) {
			lead := "  "
			if n == 0 {
				lead = mark.Draw() + " "
			}
			d.Add("  " + lead + mark.Style.Render(line))
		}
	}
}

// firstSentence is a text up to its first full stop that ends one.
func firstSentence(text string) string {
	first, _, more := strings.Cut(text, ". ")
	if more {
		return first + "."
	}
	return text
}
