package product

// Step is one instruction in the product. Its text may hold {{value}} placeholders.
type Step struct {
	ID        string    `yaml:"id" need:"yes"`
	Screen    string    `yaml:"screen" need:"yes"`
	Text      string    `yaml:"text" need:"yes"`
	Direction Direction `yaml:"direction" oneof:"inbound outbound"`
	ForEach   string    `yaml:"for_each" oneof:"inbound"`
	Artefact  string    `yaml:"artefact"` // the text to paste here
	Warning   string    `yaml:"warning"`
	Source    Source    `yaml:"src"`
}
