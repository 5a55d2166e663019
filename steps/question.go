package steps

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

// Kind is how a question is answered.
type Kind int

// The kinds of question.
const (
	Text    Kind = iota
	Hidden       // a secret: never echoed, never among the answers
	Choice       // one of Options
	Date         // 2028-11-20
	Confirm      // Yes or empty
)

// Question is one thing to find out, as data: every front end asks the same ones.
type Question struct {
	Key      Key
	Label    string
	Help     string // why it is asked or what it means, one or two sentences
	Where    string // the clicks to where the value is found
	Example  string
	Kind     Kind
	Options  []Option
	Default  string
	Optional bool
	Group    string // questions of one group stand together, e.g. one inbound mailbox
	// Check says what is wrong with a value, or nil. It is asked before the network is.
	Check func(value string) error
}

// Option is one answer of a choice with all that a person needs to choose.
type Option struct {
	Value       string
	Label       string
	Recommended bool
	Summary     string
	Facts       []Fact
	Warnings    []product.Warning // those that hold today
}

// Fact is one labelled line about an option.
type Fact struct{ Label, Text string }

// oneOf is the check of a choice: the value of one of its options.
func oneOf(options []Option) func(string) error {
	var values []string
	for _, option := range options {
		values = append(values, option.Value)
	}
	return func(text string) error {
		if slices.Contains(values, text) {
			return nil
		}
		return &AnswerError{Message: fmt.Sprintf("%q is not one of the choices", providers.Clean(text)), Fix: "choose one of: " + strings.Join(values, ", ")}
	}
}
