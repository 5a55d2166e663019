package main

import (
	"github.com/mailgrant/mailgrant/steps"
)

// before shows what a person needs to know to answer a step that asks nothing itself.
func (f plain) before(step steps.Step, state steps.State) {
	if step.Name() == steps.StepTests && state.Way() == steps.ByProduct {
		f.places(state)
	}
	if step.Name() != steps.StepExchange {
		return
	}
	for _, command := range f.road.ExchangeScript(state) {
		f.p.line("  %s", command.Title)
		for _, run := range command.Run {
			f.p.line("    %s", run)
		}
		for _, verify := range command.Verify {
			f.p.line("    to check:  %s", verify)
		}
		for _, undo := range command.Undo {
			f.p.line("    to undo:   %s", undo)
		}
		if command.Note != "" {
			f.p.line("    %s", command.Note)
		}
	}
}

// after shows what a step brought.
func (f plain) after(step steps.Step, state steps.State) {
	switch step.Name() {
	case steps.StepRegistration:
		if state.Tenant != nil {
			f.p.line("  tenant %s", state.Tenant.ID)
		}
	case steps.StepPermissions:
		f.p.checklist(state.Checklist)
	case steps.StepVerified:
		if plan, ok := state.Proved(); ok {
			f.p.places(plan)
		}
	}
}

// places shows what to do in the product before it can be asked whether it worked.
func (f plain) places(state steps.State) {
	if plan, err := steps.NewPlan(f.road.Catalogue, state.Answers); err == nil {
		f.p.places(plan)
	}
}

func (p printer) checklist(lines []steps.Line) {
	for _, line := range lines {
		p.line("  %-9s %s, %s, %s: %s", line.State, line.Permission.Name, line.Permission.Type, line.Resource(), line.Evidence)
		if line.Permission.Note != "" {
			p.line("            %s", line.Permission.Note)
		}
		if line.State == steps.Missing || line.State == steps.Open {
			p.line("            %s", line.Clicks())
		}
	}
}

func (p printer) places(plan steps.Plan) {
	p.line("  now in %s:", plan.Product.Name)
	for i, place := range plan.Places() {
		p.line("  %2d  %s: %s", i+1, place.Screen, place.Text)
		if place.Warning != "" {
			p.line("      ! %s", place.Warning)
		}
	}
}
