package steps

import (
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
}

// Places are all that remains to be done in the product: what concerns it as a whole, then
// outbound, then what is repeated for every inbound mailbox.
func (p Plan) Places() []Place {
	all := p.placesFor(Mailbox{}, true)
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
			Screen: step.Screen, Text: fillIn(step.Text, mailbox), Warning: fillIn(step.Warning, mailbox),
			Artefact: step.Artefact, Address: mailbox.Address, Table: mailbox.Table,
		})
	}
	return all
}

// fillIn puts a mailbox's values into an instruction. What is not known stays visible as <table>.
func fillIn(text string, mailbox Mailbox) string {
	return product.Say(text, map[string]string{
		string(mailbox.Direction): string(mailbox.Address), "mailbox": string(mailbox.Address),
		"table": mailbox.Table, "folder": mailbox.Folder,
	})
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
		for _, at := range text.artefact.SecretPlaces() {
			all = append(all, Replacement{text.artefact.ID, text.address, text.artefact.Place, at.Line, at.Key})
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
	fill := product.Fill{ClientID: string(p.ClientID), ObjectID: string(object), TenantID: p.Tenant}
	if p.Outbound != nil {
		fill.Outbound = string(p.Outbound.Address)
	}
	for _, mailbox := range p.Inbound {
		fill.Inbound = append(fill.Inbound, string(mailbox.Address))
	}
	return fill
}
