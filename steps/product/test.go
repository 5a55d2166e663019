package product

// Test is one way to know that it works.
type Test struct {
	ID          string      `yaml:"id" need:"yes"`
	By          string      `yaml:"by" need:"yes" oneof:"wizard product person"`
	Kind        string      `yaml:"kind" need:"yes" oneof:"token claims imap_login pop_login smtp_login smtp_send graph_read graph_send ews_folder gmail_profile product_button none"`
	Directions  []Direction `yaml:"directions" need:"yes" oneof:"inbound outbound"`
	Expect      string      `yaml:"expect" need:"yes"` // what is seen when it works; for kind none, why there is no test
	Identity    string      `yaml:"identity"`          // the value that the signed-in account must equal
	Proves      []string    `yaml:"proves" oneof:"permission consent mailbox_grant smtp_auth_enabled imap_enabled pop_enabled ews_enabled secret artefact"`
	SideEffects []string    `yaml:"side_effects" oneof:"sends_mail marks_read deletes_mail"`
	AsksFirst   bool        `yaml:"asks_first"`
	Source      Source      `yaml:"src"`
}
