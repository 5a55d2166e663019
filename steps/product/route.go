package product

import "slices"

// Flow is how a token comes to be.
type Flow string

// The flows of this catalogue.
const (
	ClientCredentials Flow = "client_credentials"
	DeviceCode        Flow = "device_code"
)

// Direction is whether the product reads or sends mail.
type Direction string

// The two directions.
const (
	Inbound  Direction = "inbound"
	Outbound Direction = "outbound"
)

// Route is one way to connect a product: provider, transport and flow. It is what a person chooses.
type Route struct {
	ID            string               `yaml:"id" need:"yes"`
	Title         string               `yaml:"title" need:"yes"`
	Provider      string               `yaml:"provider" need:"yes" oneof:"microsoft google"`
	Transport     string               `yaml:"transport" need:"yes" oneof:"imap_smtp pop graph ews gmail_api"`
	Flow          Flow                 `yaml:"flow" need:"yes" oneof:"client_credentials device_code"`
	Summary       string               `yaml:"summary" need:"yes"` // what choosing it means, one sentence
	Directions    map[Direction]string `yaml:"directions" need:"yes" keys:"inbound outbound" oneof:"single many"`
	Status        string               `yaml:"status" need:"yes" oneof:"current retiring closed"`
	Recommended   bool                 `yaml:"recommended"`
	Why           string               `yaml:"why"`         // why it is recommended or not
	Renewal       string               `yaml:"renewal"`     // what has to be done again, and when
	ReplacedBy    string               `yaml:"replaced_by"` // a route, when status is retiring
	AppOwner      string               `yaml:"app_owner" need:"yes" oneof:"customer vendor"`
	Prerequisites []Prerequisite       `yaml:"prerequisites"`
	Registration  Registration         `yaml:"registration"`
	Redirect      Redirect             `yaml:"redirect"`
	Permissions   []Permission         `yaml:"permissions"`
	Scopes        map[Direction]string `yaml:"scopes" keys:"inbound outbound"`      // what the product itself requests
	TestScopes    map[Direction]string `yaml:"test_scopes" keys:"inbound outbound"` // what our own tests request: one resource, the provider's documented form
	Consent       Consent              `yaml:"consent"`
	Exchange      []ExchangeStep       `yaml:"exchange"`
	Servers       []Server             `yaml:"servers"`
	Values        []string             `yaml:"values"`    // ids
	Artefacts     []string             `yaml:"artefacts"` // ids
	Steps         []Step               `yaml:"steps"`     // in the product, in order
	Tests         []Test               `yaml:"tests"`
	Errors        []KnownError         `yaml:"errors"`
	Rotation      Rotation             `yaml:"rotation"`
}

// Prerequisite must hold before the route can work; it is shown before the route is chosen.
type Prerequisite struct {
	ID         string      `yaml:"id" need:"yes"`
	Text       string      `yaml:"text" need:"yes"`
	Who        string      `yaml:"who" need:"yes" oneof:"you mailbox-user entra-admin exchange-admin product-admin workspace-admin network-admin vendor"`
	Directions []Direction `yaml:"directions" oneof:"inbound outbound"` // empty means both
	Confirm    bool        `yaml:"confirm"`                             // a person may tick it
	Check      string      `yaml:"check"`                               // a command that shows it; see Prerequisite.Commands
	Exchange   string      `yaml:"exchange"`                            // the Exchange step that makes it so
	Source     Source      `yaml:"src"`
}

// Commands is the check filled in: once, or once for each mailbox of the prerequisite's directions
// when it mentions {{mailbox}}.
func (p Prerequisite) Commands(fill Fill) []string {
	if p.Check == "" {
		return nil
	}
	forEach := ""
	if slices.Contains(mentions(p.Check), "mailbox") {
		forEach = "mailbox"
		if len(p.Directions) == 1 {
			forEach = string(p.Directions[0])
		}
	}
	step := ExchangeStep{ForEach: forEach, Run: []string{p.Check}}
	var commands []string
	for _, mailbox := range fill.mailboxes(forEach) {
		commands = append(commands, step.command(fill, mailbox).Run...)
	}
	return commands
}

// Server is a mail server that the product is told to use.
type Server struct {
	Direction Direction `yaml:"direction" need:"yes" oneof:"inbound outbound"`
	Protocol  string    `yaml:"protocol" need:"yes" oneof:"imap smtp pop3"`
	Host      string    `yaml:"host" need:"yes"`
	Port      int       `yaml:"port" need:"yes"`
	Security  string    `yaml:"security" need:"yes" oneof:"tls starttls"`
	Label     string    `yaml:"label"` // the product's own words for it
	Source    Source    `yaml:"src"`
}

// Server finds the mail server of a direction.
func (r *Route) Server(direction Direction) (*Server, bool) {
	return find(r.Servers, func(s *Server) bool { return s.Direction == direction })
}

// PrerequisitesFor returns what must hold for the directions in use, in order.
func (r *Route) PrerequisitesFor(outbound, inbound bool) []Prerequisite {
	var needed []Prerequisite
	for _, p := range r.Prerequisites {
		if uses(p.Directions, outbound, inbound) {
			needed = append(needed, p)
		}
	}
	return needed
}

// StepsFor returns the instructions in the product for the directions in use, in order.
func (r *Route) StepsFor(outbound, inbound bool) []Step {
	var steps []Step
	for _, s := range r.Steps {
		if s.Direction == "" || (s.Direction == Outbound && outbound) || (s.Direction == Inbound && inbound) {
			steps = append(steps, s)
		}
	}
	return steps
}

// uses reports whether a list of directions, empty meaning both, takes part in what is connected.
func uses(directions []Direction, outbound, inbound bool) bool {
	for _, d := range directions {
		if (d == Outbound && outbound) || (d == Inbound && inbound) {
			return true
		}
	}
	return len(directions) == 0
}
