package steps

import (
	"fmt"
	"slices"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/steps/product"
)

// Confirmed is a plan that only the product itself can prove, and that a person saw proved there.
// Only confirm makes one, so that nothing is written as confirmed that nobody confirmed.
type Confirmed struct {
	plan  Plan
	tests []product.Test
	at    time.Time
	by    string
}

// Plan is what was confirmed.
func (c Confirmed) Plan() Plan { return c.plan }

// At is when it was confirmed, in UTC.
func (c Confirmed) At() time.Time { return c.at }

// Confirmation is what a file keeps of a person's word.
type Confirmation struct {
	At          string   `yaml:"at"`
	By          string   `yaml:"by"` // program version
	Fingerprint string   `yaml:"fingerprint"`
	Tests       []string `yaml:"tests"` // the product's tests, by their catalogue ids
}

// ProductTests are the product's own tests of what the plan connects, in the catalogue's order.
func (p Plan) ProductTests() []product.Test {
	var tests []product.Test
	for _, test := range p.Route.Tests {
		used := func(direction product.Direction) bool {
			return direction == product.Outbound && p.Outbound != nil || direction == product.Inbound && len(p.Inbound) > 0
		}
		if test.By == "product" && slices.ContainsFunc(test.Directions, used) {
			tests = append(tests, test)
		}
	}
	return tests
}

// confirm is pure: a plan is confirmed when each of the product's tests is ticked. Otherwise it
// returns those that are not.
func confirm(plan Plan, now time.Time, by string) (Confirmed, []product.Test) {
	tests := plan.ProductTests()
	var open []product.Test
	for _, test := range tests {
		if !slices.Contains(plan.answers.Confirmed, test.ID) {
			open = append(open, test)
		}
	}
	if len(open) > 0 || len(tests) == 0 {
		return Confirmed{}, open
	}
	return Confirmed{plan, tests, now.UTC(), by}, nil
}

// unconfirmed says which of the product's tests a person still has to make and tick.
func unconfirmed(plan Plan, open []product.Test) *Problem {
	summary := fmt.Sprintf("only %s itself can show that this works, and nobody has confirmed its test yet", plan.Product.Name)
	problem := &Problem{
		Diagnoses: []diagnosis.Diagnosis{{
			Certainty: diagnosis.Certain, Layer: providers.LayerMailbox, Owner: diagnosis.ProductAdmin, Summary: summary,
		}},
		Mend: StepTests, Needs: productNeeds(plan, open),
	}
	for _, test := range open {
		problem.Diagnoses[0].Fixes = append(problem.Diagnoses[0].Fixes, diagnosis.Fix{
			Text: fmt.Sprintf("make the test in %s; when this is what you see, confirm it: %s", plan.Product.Name, test.Expect),
		})
	}
	problem.Err = &Unverified{[]string{summary}}
	return problem
}

// productNeeds are tests that somebody must make in the product.
func productNeeds(plan Plan, tests []product.Test) []Need {
	var needs []Need
	for _, test := range tests {
		needs = append(needs, Need{
			What: needProductTest, Owner: diagnosis.ProductAdmin,
			Text: fmt.Sprintf("test it in %s, then add %q to the answers' confirmed; what it must show: %s", plan.Product.Name, test.ID, test.Expect),
		})
	}
	return needs
}

// needProductTest is the need of a test that only the product can make.
const needProductTest = "product-test"

// record is what a file keeps.
func (c Confirmed) record(answers Answers) *Confirmation {
	kept := &Confirmation{At: c.at.Format(time.RFC3339), By: c.by, Fingerprint: answers.Fingerprint()}
	for _, test := range c.tests {
		kept.Tests = append(kept.Tests, test.ID)
	}
	return kept
}
