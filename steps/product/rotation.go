package product

// Rotation is what a new secret touches.
type Rotation struct {
	Trigger     []string `yaml:"trigger" oneof:"secret_expiry certificate_expiry password_change consent_lost"`
	Steps       []string `yaml:"steps"`
	Touches     []Touch  `yaml:"touches"`
	Reauthorize bool     `yaml:"reauthorize"` // somebody must sign in again
	Overlap     bool     `yaml:"overlap"`     // old and new secret are valid together
	Note        string   `yaml:"note"`
	Source      Source   `yaml:"src"`
}

// Touch is an artefact that holds the secret, and in how many places.
type Touch struct {
	Artefact string `yaml:"artefact" need:"yes"`
	Count    int    `yaml:"count" need:"yes"`
	ForEach  string `yaml:"for_each" oneof:"inbound"`
}
