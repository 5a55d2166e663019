package tui

import (
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// choice is a list to choose one option from.
type choice struct {
	options []steps.Option
	at      int
	remark  func(steps.Option) remark // nil: there is nothing to add
	rest    string                    // where the rest stands of what a low screen has no room for; empty: nowhere
}

// remark is what a screen knows of an option besides.
type remark struct {
	group    string // the heading that it stands under
	tag      string // beside its name, in the words and style of mark
	style    lipgloss.Style
	facts    []steps.Fact
	warnings []string
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

// draw shows every option as whole as there is room for, and at least the one at the pointer. Where
// that has no room beside the names of the others, its last lines are told elsewhere.
func (c choice) draw(d *drawing, a area) {
	for _, much := range []share{whole, inBrief} {
		all := a.page()
		all.Width = d.Width
		for i := range c.options {
			c.drawGroup(all, a, i)
			c.drawOption(all, a, i, much)
		}
		if len(all.Lines) <= a.Height {
			above := len(d.Lines)
			d.Lines, d.From, d.To = append(d.Lines, all.Lines...), all.From+above, all.To+above
			return
		}
	}
	from, room := len(d.Lines), a.Height-c.besides(a, d.Width)
	for i := range c.options {
		if i == c.at+1 {
			d.Gap()
		}
		c.drawGroup(d, a, i)
		top := len(d.Lines)
		c.drawOption(d, a, i, shareOf(i == c.at))
		if whole := len(d.Lines) - top; i == c.at && c.rest != "" && whole > room && room >= leastOfOption {
			keep := top + room - 1
			for keep > top+1 && strings.HasPrefix(ansi.Strip(d.Lines[keep]), "   ") {
				keep-- // nothing is cut in the middle
			}
			d.Lines = append(d.Lines[:keep], a.Theme.Quiet.Render(c.rest))
			d.Hold(max(min(top, d.From), from))
		}
	}
}

// leastOfOption is how many lines of an option are worth showing when the others' names take the rest.
const leastOfOption = 6

// besides is how many lines everything takes but the option at the pointer.
func (c choice) besides(a area, width int) int {
	names := a.page()
	names.Width = width
	for i := range c.options {
		c.drawGroup(names, a, i)
		c.drawOption(names, a, i, nameOnly)
	}
	gaps := 0
	if c.at > 0 {
		gaps++
	}
	if c.at < len(c.options)-1 {
		gaps++
	}
	return len(names.Lines) - 1 + gaps
}

func (c choice) remarkOn(i int) remark {
	if c.remark == nil {
		return remark{}
	}
	return c.remark(c.options[i])
}

// drawGroup is the heading of the options from i on, if they have one of their own.
func (c choice) drawGroup(d *drawing, a area, i int) {
	group := c.remarkOn(i).group
	if group == "" || i > 0 && c.remarkOn(i-1).group == group {
		return
	}
	if i > 0 {
		d.Gap()
	}
	d.Add(a.Theme.Quiet.Render(group))
}

func (c choice) drawOption(d *drawing, a area, i int, much share) {
	option, about, t := c.options[i], c.remarkOn(i), a.Theme
	if much > nameOnly && (i > 0 || about.group == "") {
		d.Gap()
	}
	from := len(d.Lines)
	pointer, tag := "  ", about.style.Render(about.tag)
	if i == c.at {
		pointer = t.Accent.Render("▌") + " "
	}
	if option.Recommended && about.tag == "" {
		tag = t.Success.Render("recommended")
	}
	d.Add(widget.Across(pointer+t.Plain.Bold(i == c.at).Render(option.Label), tag, d.Width))
	if much > nameOnly {
		c.drawFacts(d, a, option, about, much)
	}
	if i == c.at {
		d.Hold(from)
	}
}

func (c choice) drawFacts(d *drawing, a area, option steps.Option, about remark, much share) {
	d.Text(a.Theme.Plain, 2, sentence(option.Summary))
	facts := append(slices.Clone(option.Facts), about.facts...)
	column := 10
	for _, fact := range facts {
		column = max(column, lipgloss.Width(fact.Label)+2)
	}
	for _, fact := range facts {
		d.Label(fact.Label, strings.TrimSpace(fact.Text), a.Theme.Quiet, 2, column)
	}
	for _, text := range about.warnings {
		drawWarning(&d.Page, a.Theme.Warned(), text, 2)
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
		drawWarning(&d.Page, mark, text, 2)
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
