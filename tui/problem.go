package tui

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/tui/theme"
	"github.com/mailgrant/mailgrant/tui/widget"
)

// drawDiagnoses tells what is wrong, who mends it and how, the most probable cause first.
func drawDiagnoses(p *widget.Page, a area, found []diagnosis.Diagnosis, indent int) {
	if len(found) == 0 {
		return
	}
	first := found[0]
	p.Text(a.Theme.Plain, indent, sentence(first.Summary))
	if first.Decides != "" {
		p.Text(a.Theme.Quiet, indent, certaintyWord(first.Certainty)+". "+sentence(first.Decides))
	}
	p.Label("Who", steps.RoleName(first.Owner), a.Theme.Plain, indent, 6)
	drawFixes(p, a, first.Fixes, indent)
	for _, other := range found[1:] {
		p.Label("Or", sentence(other.Summary), a.Theme.Quiet, indent, 6)
	}
	if command := a.reproduce(first); command != "" {
		p.Text(a.Theme.Quiet, indent, "See it on the practice tenant: "+command)
	}
	if a.Mend != "" {
		p.Text(a.Theme.Quiet, indent, "The fault was planted for practice. This mends it:")
		drawCommandLine(p, a, a.Mend, indent)
	}
}

// drawFixes tells what mends it, each command in a frame.
func drawFixes(p *widget.Page, a area, fixes []diagnosis.Fix, indent int) {
	for _, fix := range fixes {
		p.Text(a.Theme.Plain, indent, sentence(fix.Text))
		if fix.Command != "" {
			drawCommandLine(p, a, fix.Command, indent)
		}
		if fix.URL != "" {
			p.Text(a.Theme.Accent, indent, fix.URL)
		}
	}
}

// drawCommandLine frames one line to run.
func drawCommandLine(p *widget.Page, a area, command string, indent int) {
	for _, line := range widget.Frame(a.Theme, []string{command}, p.Width-indent) {
		p.Add(widget.Blanks(indent) + line)
	}
}

// drawFailure tells about any error: a problem with its fixes, another with its own words.
func drawFailure(p *widget.Page, a area, err error, indent int) {
	var problem *steps.Problem
	if errors.As(err, &problem) {
		from := len(p.Lines)
		drawDiagnoses(p, a, problem.Diagnoses, indent+2)
		if from < len(p.Lines) {
			p.Lines[from] = widget.Blanks(indent) + a.Theme.Failed().Draw() + strings.TrimPrefix(p.Lines[from], widget.Blanks(indent+1))
		}
		return
	}
	drawWrong(p, a, err.Error(), indent)
}

// drawWrong marks a text as what is wrong.
func drawWrong(p *widget.Page, a area, text string, indent int) {
	drawWarning(p, a.Theme.Failed(), text, indent)
}

// drawWarning writes a text in the style of a mark that stands before it.
func drawWarning(p *widget.Page, mark theme.Mark, text string, indent int) {
	for i, line := range widget.Wrap(text, p.Width-indent-2) {
		lead := "  "
		if i == 0 {
			lead = mark.Draw() + " "
		}
		p.Add(widget.Blanks(indent) + lead + mark.Style.Render(line))
	}
}

func certaintyWord(c diagnosis.Certainty) string {
	if c == diagnosis.Possible {
		return "Possible"
	}
	return "Likely"
}

// sentence makes a message of an error text. An address or a command at its beginning keeps
// its small letter.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	first, _, _ := strings.Cut(text, " ")
	if !strings.ContainsAny(first, "@.-/_:\"") {
		letter, size := utf8.DecodeRuneInString(text)
		text = string(unicode.ToUpper(letter)) + text[size:]
	}
	last := text[strings.LastIndex(text, " ")+1:]
	if !strings.Contains(last, "://") && !strings.ContainsAny(text[len(text)-1:], ".?!:") {
		text += "."
	}
	return text
}

// commandsOf are the lines to run that the fixes of a failure name.
func commandsOf(found []diagnosis.Diagnosis) []string {
	var commands []string
	if len(found) > 0 {
		for _, fix := range found[0].Fixes {
			if fix.Command != "" {
				commands = append(commands, fix.Command)
			}
		}
	}
	return commands
}

// mending is where a failure leads on the road, and why the key does nothing where it leads nowhere.
func mending(err error, state steps.State) (jump, string) {
	var problem *steps.Problem
	if !errors.As(err, &problem) || problem.Mend == "" {
		return jump{}, "nothing on this road mends it: see who does"
	}
	return jump{state, problem.Mend, problem.Key}, ""
}

// diagnosesOf are the reasons of a failure; none when it was not diagnosed.
func diagnosesOf(err error) []diagnosis.Diagnosis {
	var problem *steps.Problem
	if errors.As(err, &problem) {
		return problem.Diagnoses
	}
	return nil
}
