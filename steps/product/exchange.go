package product

import (
	"strings"
)

// ExchangeStep is one Exchange Online PowerShell step. Placeholders {{client_id}}, {{object_id}},
// {{tenant_id}}, {{mailbox}}, {{outbound}} are replaced; a step with for_each runs once for each.
type ExchangeStep struct {
	ID      string   `yaml:"id" need:"yes"`
	Title   string   `yaml:"title" need:"yes"`
	ForEach string   `yaml:"for_each" oneof:"mailbox inbound outbound"` // empty: once
	Run     []string `yaml:"run" need:"yes"`
	Verify  []string `yaml:"verify"`
	Undo    []string `yaml:"undo"`
	Note    string   `yaml:"note"`
	OneOf   string   `yaml:"one_of"`  // steps of one group are alternatives; the first is the default
	Removes []string `yaml:"removes"` // permissions that must not be granted when this alternative is chosen
	Source  Source   `yaml:"src"`
}

// Fill is what the Exchange script is filled with. What is not known yet stays visible in the
// script as <client_id>, which PowerShell refuses to run.
type Fill struct {
	ClientID string
	ObjectID string // of the enterprise application
	TenantID string // GUID or domain
	Outbound string // address; empty: the product does not send
	Inbound  []string
	Choices  map[string]string // group → step id; without an entry the group's first step
}

// Command is one step of the script, filled in.
type Command struct {
	ID      string // the step's id, followed by ":" and the mailbox when it is repeated
	Title   string
	Mailbox string // empty for a step that runs once
	Run     []string
	Verify  []string // shows whether it is done
	Undo    []string
	Note    string
}

// Script is what an Exchange administrator runs for this route: alternatives decided, each mailbox
// once, values quoted so that no address can break out of its argument.
func Script(route *Route, fill Fill) []Command {
	var script []Command
	seen := map[string]bool{}
	for _, step := range route.Exchange {
		if step.OneOf != "" && route.chosen(step.OneOf, fill.Choices) != step.ID {
			continue
		}
		for _, mailbox := range fill.mailboxes(step.ForEach) {
			command := step.command(fill, mailbox)
			// A mailbox that both sends and receives needs the same grant through two steps.
			once := strings.ToLower(strings.Join(command.Run, "\n"))
			if seen[once] {
				continue
			}
			seen[once] = true
			script = append(script, command)
		}
	}
	return script
}

// Alternatives returns the steps of a group in their order; the first is the default.
func (r *Route) Alternatives(group string) []ExchangeStep {
	var steps []ExchangeStep
	for _, step := range r.Exchange {
		if group != "" && step.OneOf == group {
			steps = append(steps, step)
		}
	}
	return steps
}

// chosen is the id of the step of a group that takes part.
func (r *Route) chosen(group string, choices map[string]string) string {
	steps := r.Alternatives(group)
	for _, step := range steps {
		if step.ID == choices[group] {
			return step.ID
		}
	}
	if len(steps) == 0 {
		return ""
	}
	return steps[0].ID
}

// mailboxes lists what a step is repeated for; a step that is not repeated has one empty mailbox.
func (f Fill) mailboxes(forEach string) []string {
	var all []string
	switch forEach {
	case "":
		return []string{""}
	case "outbound":
		all = []string{f.Outbound}
	case "inbound":
		all = f.Inbound
	case "mailbox":
		all = append([]string{f.Outbound}, f.Inbound...)
	}
	var distinct []string
	seen := map[string]bool{"": true}
	for _, address := range all {
		if key := strings.ToLower(address); !seen[key] {
			seen[key] = true
			distinct = append(distinct, address)
		}
	}
	return distinct
}

func (s ExchangeStep) command(fill Fill, mailbox string) Command {
	values := map[string]string{
		"client_id": fill.ClientID,
		"object_id": fill.ObjectID,
		"tenant_id": fill.TenantID,
		"outbound":  fill.Outbound,
		"mailbox":   mailbox,
	}
	all := func(lines []string) []string {
		var filled []string
		for _, line := range lines {
			filled = append(filled, powershell(line, values))
		}
		return filled
	}
	command := Command{ID: s.ID, Title: s.Title, Mailbox: mailbox, Run: all(s.Run), Verify: all(s.Verify), Undo: all(s.Undo), Note: s.Note}
	if mailbox != "" {
		command.ID += ":" + mailbox
	}
	return command
}
