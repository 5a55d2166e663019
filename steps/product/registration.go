package product

// Registration is the portal's part.
type Registration struct {
	Steps             []Click  `yaml:"steps"`
	AccountTypes      []string `yaml:"account_types" oneof:"single multi multi_personal"` // allowed; the first is the default
	PublicClientFlows bool     `yaml:"public_client_flows"`
	Credential        []string `yaml:"credential" oneof:"secret certificate none"`
	Platform          string   `yaml:"platform" oneof:"none web desktop"`
}

// Click is one instruction with the screen it happens on.
type Click struct {
	Screen string `yaml:"screen" need:"yes"`
	Text   string `yaml:"text" need:"yes"`
	Source Source `yaml:"src"`
}

// Redirect is the redirect URI's rule.
type Redirect struct {
	Kind     string   `yaml:"kind" oneof:"none fixed template copied loopback vendor_owned"`
	Template string   `yaml:"template"` // with {{value}} placeholders
	Rules    []string `yaml:"rules" oneof:"https exact_case has_query no_personal_accounts no_path"`
	CopyFrom string   `yaml:"copy_from"` // the screen of the product that shows it
	Note     string   `yaml:"note"`
	Source   Source   `yaml:"src"`
}

// URI is the redirect URI to register, or "" for a route without one.
func (r Redirect) URI(values map[string]string) string { return Say(r.Template, values) }

// Consent says whether somebody must agree, and who.
type Consent struct {
	Need   string `yaml:"need" oneof:"required expected none"`
	By     string `yaml:"by" oneof:"admin user"`
	Why    string `yaml:"why"`
	Source Source `yaml:"src"`
}
