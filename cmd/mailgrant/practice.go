package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/mailgrant/mailgrant/providers/practice"
)

// practiceOptions are the flags of practice.
type practiceOptions struct {
	scenario string
	list     bool
	portBase int
	json     bool
}

func practiceCommand(t *terminal) *cobra.Command {
	var o practiceOptions
	command := &cobra.Command{
		Use: "practice", Short: "run a practice tenant on this computer until Ctrl+C", Args: noArguments,
		Long: "Runs a small double of Microsoft Entra and Exchange Online, and of Google with\nGmail, on this computer's loopback address, to learn on, to demonstrate with and\nto reproduce faults. It ends with Ctrl+C.",
		RunE: func(cmd *cobra.Command, _ []string) error { return runPractice(cmd.Context(), t, o) },
	}
	flags := command.Flags()
	flags.StringVar(&o.scenario, "scenario", "", "plant this fault")
	flags.BoolVar(&o.list, "list", false, "list the faults that can be planted")
	flags.IntVar(&o.portBase, "port-base", 0, "use the ports from this number on instead of free ones")
	flags.BoolVar(&o.json, "json", false, "print everything as one JSON object on one line")
	return command
}

func runPractice(ctx context.Context, t *terminal, o practiceOptions) error {
	if o.list {
		return listScenarios(t, o.json)
	}
	if highest := 65_536 - practice.Ports; o.portBase < 0 || o.portBase > highest {
		return usage("--port-base %d leaves no room for the tenant's %d ports", o.portBase, practice.Ports).fixedBy(fmt.Sprintf("use one from 1024 to %d", highest))
	}
	tenant, stop, err := startPractice(t, practice.Options{Scenario: o.scenario, PortBase: o.portBase})
	if err != nil {
		return err
	}
	defer stop()
	if o.json {
		known, err := knownProducts(t)
		if err != nil {
			return err
		}
		described := tenant.Describe()
		if described.Answers, err = (papers{tenant, known}).all(); err != nil {
			return err
		}
		printJSON(t.out, described)
	} else {
		printer{t.out}.tenant(tenant.Describe(), o.scenario)
	}
	<-ctx.Done()
	return nil
}

// startPractice starts a tenant whose certificate lies in a temporary folder; stop ends both.
func startPractice(t *terminal, options practice.Options) (*practice.Tenant, func(), error) {
	if _, known := scenarioNamed(options.Scenario); !known && options.Scenario != "" {
		return nil, nil, usage("scenario %q is not known", options.Scenario).fixedBy("mailgrant practice --list names them")
	}
	now, _, err := t.clock()
	if err != nil {
		return nil, nil, err
	}
	folder, err := os.MkdirTemp("", "mailgrant-practice-")
	if err != nil {
		return nil, nil, fmt.Errorf("no temporary folder for the practice tenant's certificate: %w", err)
	}
	options.Dir, options.Now = folder, now
	tenant, err := practice.Start(options)
	if err != nil {
		_ = os.RemoveAll(folder)
		return nil, nil, err
	}
	return tenant, func() {
		_ = tenant.Close()
		_ = os.RemoveAll(folder)
	}, nil
}

func scenarioNamed(name string) (practice.Scenario, bool) {
	for _, scenario := range practice.Scenarios() {
		if scenario.Name == name {
			return scenario, true
		}
	}
	return practice.Scenario{}, false
}

type scenariosJSON struct {
	Schema    string              `json:"schema"`
	Scenarios []practice.Scenario `json:"scenarios"`
}

func listScenarios(t *terminal, asJSON bool) error {
	if asJSON {
		printJSON(t.out, scenariosJSON{"mailgrant.practice/1", practice.Scenarios()})
		return nil
	}
	p := printer{t.out}
	for _, scenario := range practice.Scenarios() {
		p.line("%-34s %s", scenario.Name, scenario.Title)
		if scenario.Mends != "" {
			p.line("%-34s mended by: %s", "", scenario.Mends)
		}
	}
	return nil
}

// tenant tells a person how to use a running tenant.
func (p printer) tenant(d practice.Description, scenario string) {
	if scenario == "" {
		scenario = "healthy"
	}
	p.line("practice tenant, scenario %s; Ctrl+C ends it", scenario)
	p.line("  tenant         %s", d.Tenant)
	p.line("  client ID      %s", d.ClientID)
	p.line("  client secret  %s", d.ClientSecret)
	p.line("  object ID      %s", d.ObjectID)
	p.line("  authority      %s", d.Endpoints.Authority)
	p.line("  imap, smtp     %s  %s", d.Endpoints.IMAP, d.Endpoints.SMTP)
	p.line("  pop3           %s", d.Endpoints.POP3)
	p.line("  graph, ews     %s  %s", d.Endpoints.Graph, d.Endpoints.EWS)
	p.line("  certificate    %s", d.Endpoints.CAFile)
	p.line("  codes          %s", d.DeviceLogin)
	p.line("  control        %s", d.Control)
	p.line("plant and mend faults while it runs:")
	p.line("  curl -d plant=secret-expired %s", d.Control)
	p.line("  curl -d repair=secret-expired %s", d.Control)
	p.line("answers files for setup: mailgrant practice --json, field answers")
}
