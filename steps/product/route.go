package product

import "slices"

// Flow is how a token comes to be.
type Flow string

// The flows of this catalogue.
const (
	ClientCredentials Flow = "client_credentials"
	DeviceCode        Flow = "device_code"
	// AuthCodeProduct is a sign-in in a browser that the product itself starts and finishes.
	AuthCodeProduct Flow = "auth_code_product"
	// AuthCodeLoopback is a sign-in in a browser that ends at a port of this computer.
	AuthCodeLoopback Flow = "auth_code_loopback"
	// VendorApp is AuthCodeProduct with the vendor's own application: the customer registers none.
	VendorApp Flow = "vendor_app"
	// Password is a mailbox's password, which Microsoft and Google take no more: it names the old
	// way of a product, so that a person finds it and what has come in its place.
	Password Flow = "password"
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
	Flow          Flow                 `yaml:"flow" need:"yes" oneof:"client_credentials device_code auth_code_product auth_code_loopback vendor_app password"`
	Versions      Versions             `yaml:"versions"`           // of the product, that have this route
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
	Proofs        []Proof              `yaml:"proofs"`    // where the product finishes the sign-in: how it can be proved all the same, the first by default
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

// Versions is the range of a product's versions that a route belongs to.
type Versions struct {
	From string `yaml:"from"` // first; empty: not stated
	To   string `yaml:"to"`   // last; empty: not stated
	Note string `yaml:"note"`
}

// The ids of the ways to prove a route whose sign-in the product finishes.
const (
	ProofDevice   = "device"   // our own sign-in with the same registration, by device code
	ProofLoopback = "loopback" // our own sign-in with the same registration, in a browser
	ProofProduct  = "product"  // the product's own tests, confirmed by a person
)

// Proof is one way to prove a route whose sign-in only the product finishes. Our own sign-in with
// the same registration may need a change there that is undone afterwards.
type Proof struct {
	ID       string `yaml:"id" need:"yes" oneof:"device loopback product"`
	Title    string `yaml:"title" need:"yes"`
	Change   *Click `yaml:"change"`   // what must be changed for the time of the proof; none when nothing must
	Undo     *Click `yaml:"undo"`     // how it is taken back
	Redirect string `yaml:"redirect"` // loopback: the redirect URI to register, e.g. http://localhost
	Secret   bool   `yaml:"secret"`   // loopback: the platform is a confidential client, so the secret goes along
	Note     string `yaml:"note"`
	Source   Source `yaml:"src"`
}

// Proof finds a way to prove the route, the first one for an empty id.
func (r *Route) Proof(id string) (*Proof, bool) {
	if id == "" && len(r.Proofs) > 0 {
		return &r.Proofs[0], true
	}
	return find(r.Proofs, func(p *Proof) bool { return p.ID == id })
}

// Server is a server that the product is told to use.
type Server struct {
	Direction Direction `yaml:"direction" need:"yes" oneof:"inbound outbound"`
	Protocol  string    `yaml:"protocol" need:"yes" oneof:"imap smtp pop3 graph ews"`
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
