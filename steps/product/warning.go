package product

import "time"

// Warning is a dated fact.
type Warning struct {
	ID     string   `yaml:"id" need:"yes"`
	From   string   `yaml:"from"`  // date; empty means always
	Until  string   `yaml:"until"` // date, the last day; empty means for good
	Level  string   `yaml:"level" need:"yes" oneof:"stop warn info"`
	Routes []string `yaml:"routes"` // empty means all
	Text   string   `yaml:"text" need:"yes"`
	Source Source   `yaml:"src"`
}

// ActiveAt reports whether the warning holds on the day of now.
func (w Warning) ActiveAt(now time.Time) bool {
	day := now.UTC().Format(time.DateOnly)
	return (w.From == "" || w.From <= day) && (w.Until == "" || day <= w.Until)
}

// Correction is where the vendor's page is wrong.
type Correction struct {
	ID         string   `yaml:"id" need:"yes"`
	Routes     []string `yaml:"routes"`                 // empty means all
	About      string   `yaml:"about" oneof:"redirect"` // the rule of the linter that the vendor's page breaks knowingly
	VendorSays string   `yaml:"vendor_says" need:"yes"`
	Correct    string   `yaml:"correct" need:"yes"`
	Why        string   `yaml:"why" need:"yes"`
	Source     Source   `yaml:"src"`
}

// Unknown is a fact that nobody published.
type Unknown struct {
	Field  string `yaml:"field" need:"yes"` // what it concerns, e.g. routes.ms-mail-cc.tests
	Ask    string `yaml:"ask" need:"yes"`   // the question that would settle it
	Blocks bool   `yaml:"blocks"`           // without an answer nothing may be called complete
}
