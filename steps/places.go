package steps

import (
	"cmp"
	"maps"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

// Place is one thing to do in the product, in order.
type Place struct {
	Screen   string
	Text     string
	Warning  string
	Artefact string            // the text to paste here
	Address  providers.Address // the mailbox it is done for
	Table    string
	Undo     bool // it takes back what was changed for the proof alone
}

// Places are all that remains to be done: what was changed for the proof is taken back, then what
// concerns the product as a whole, then outbound, then what is repeated for every inbound mailbox.
func (p Plan) Places() []Place {
	var all []Place
	if proof := p.Proof(); proof != nil && proof.Undo != nil {
		all = append(all, Place{Screen: proof.Undo.Screen, Text: p.say(proof.Undo.Text, Mailbox{}), Undo: true})
	}
	all = append(all, p.placesFor(Mailbox{}, true)...)
	if p.Outbound != nil {
		all = append(all, p.placesFor(*p.Outbound, true)...)
	}
	for i, mailbox := range p.Inbound {
		all = append(all, p.placesFor(mailbox, i == 0)...)
	}
	return all
}

// placesFor are the instructions of a mailbox's direction. Those that are not repeated are for
// the first mailbox alone.
func (p Plan) placesFor(mailbox Mailbox, first bool) []Place {
	var all []Place
	for _, step := range p.Route.Steps {
		if step.Direction != mailbox.Direction || !first && step.ForEach == "" {
			continue
		}
		all = append(all, Place{
			Screen: step.Screen, Text: p.say(step.Text, mailbox), Warning: p.say(step.Warning, mailbox),
			Artefact: step.Artefact, Address: mailbox.Address, Table: mailbox.Table,
		})
	}
	return all
}

// say puts the plan's and a mailbox's values into an instruction. What is not known stays visible
// as <table>; the secret is not among them.
func (p Plan) say(text string, mailbox Mailbox) string {
	return product.Say(text, p.values(mailbox))
}

// values are all that instructions, texts and fields may mention, by catalogue id, but the secret:
// for one mailbox where they are repeated, else of the plan as a whole.
func (p Plan) values(mailbox Mailbox) map[string]string {
	values := maps.Clone(p.Values)
	if values == nil {
		values = map[string]string{}
	}
	for _, id := range []string{"table", "folder"} {
		if value, ok := ValueOf(p.Product, p.Route, id); ok {
			values[id] = value.Default
		}
	}
	for id, value := range map[string]string{
		"client_id": string(p.ClientID), "tenant_id": p.Tenant, "object_id": string(p.ObjectID),
		"mailbox": string(mailbox.Address), "table": mailbox.Table, "folder": mailbox.Folder,
	} {
		values[id] = cmp.Or(value, values[id])
	}
	if p.Outbound != nil {
		values["outbound"] = string(p.Outbound.Address)
	}
	if len(p.Inbound) > 0 {
		values["inbound"] = string(p.Inbound[0].Address)
	}
	if mailbox.Address != "" {
		values[string(mailbox.Direction)] = string(mailbox.Address)
	}
	return p.Route.Computed(values, p.Outbound != nil, len(p.Inbound) > 0)
}

// Unpublished are the facts about the plan's route that nobody published and that block: without
// them the work in the product cannot be called complete.
func (p Plan) Unpublished() []product.Unknown {
	var open []product.Unknown
	for _, unknown := range p.Product.Unknowns {
		path := strings.Split(unknown.Field, ".")
		if unknown.Blocks && (len(path) < 2 || path[0] != "routes" || path[1] == p.Route.ID) {
			open = append(open, unknown)
		}
	}
	return open
}

// Replacement is one place of the product that holds the client secret.
type Replacement struct {
	Artefact string
	Address  providers.Address
	Place    string
	Line     int
	Key      string
}

// Replacements lists every place where a new secret must be put.
func (p Plan) Replacements() []Replacement {
	var all []Replacement
	for _, text := range p.wantedTexts() {
		for _, at := range text.artefact.SecretPlacesFor(p.Outbound != nil, len(p.Inbound) > 0) {
			all = append(all, Replacement{text.artefact.ID, text.mailbox.Address, text.artefact.Place, at.Line, at.Key})
		}
	}
	return all
}

// ExchangeCommands is the PowerShell that an Exchange administrator runs, with real values. An
// object ID that is not known yet stands as <object_id>, which PowerShell refuses to run.
func (p Plan) ExchangeCommands(object providers.ObjectID) []product.Command {
	return product.Script(p.Route, p.fill(object))
}

func (p Plan) fill(object providers.ObjectID) product.Fill {
	fill := product.Fill{ClientID: string(p.ClientID), ObjectID: string(object), TenantID: p.Tenant, Choices: p.choices()}
	if p.Outbound != nil {
		fill.Outbound = string(p.Outbound.Address)
	}
	for _, mailbox := range p.Inbound {
		fill.Inbound = append(fill.Inbound, string(mailbox.Address))
	}
	return fill
}
