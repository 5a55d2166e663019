package product

import (
	"cmp"
	"fmt"
	"slices"
)

// The linter's rules. 1 to 14 are those that every product was drawn up against; the last two keep
// the data's own promises.
const (
	rulePlaceholders = 1  // template, declaration and count agree; the product's own literals survive
	ruleValues       = 2  // every value is used, and can be answered
	rulePermissions  = 3  // permissions exist under this resource and type
	ruleFlow         = 4  // a flow and what it can use fit
	ruleRedirect     = 5  // redirect and platform fit
	ruleQuery        = 6  // a redirect with a query excludes personal accounts
	ruleTests        = 7  // each direction can be tested, by us and by the product
	ruleAsksFirst    = 8  // a test that sends or deletes asks first
	ruleRetiring     = 9  // a retiring route names what comes after it
	ruleSecrets      = 10 // no secret stands in the data
	ruleGoogle       = 11 // what Google does not offer is not used
	ruleRotation     = 12 // rotation finds every place of the secret
	ruleAlternatives = 13 // alternatives in Exchange exclude each other
	ruleAge          = 14 // facts are not too old; see Notices
	ruleSources      = 15 // every fact names its source
	ruleReferences   = 16 // ids, dates and placeholders lead somewhere
)

// Finding is one thing that is wrong with a product's data.
type Finding struct {
	Rule    int
	Where   string // e.g. "route ms-mail-cc, permission SMTP.SendAsApp"
	Message string
	Fix     string
	File    string // set by LintFolder alone, as are Line and Column
	Line    int    // from 1
	Column  int    // from 1, in characters

	path []string
}

func (f Finding) String() string {
	text := fmt.Sprintf("rule %d: %s: %s", f.Rule, f.Where, f.Message)
	if f.File == "" {
		return text
	}
	return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, text)
}

// Lint checks a loaded product against every rule that does not depend on the date; for those
// that do see Notices. Findings are sorted by rule.
func Lint(p *Product) []Finding {
	l := &linter{product: p}
	l.artefacts()
	l.values()
	l.permissions()
	l.flows()
	l.registrations()
	l.tests()
	l.proofs()
	l.secrets()
	l.rotations()
	l.alternatives()
	l.sources()
	l.references()
	slices.SortStableFunc(l.findings, func(a, b Finding) int { return cmp.Compare(a.Rule, b.Rule) })
	return l.findings
}

type linter struct {
	product  *Product
	findings []Finding
}

func (l *linter) add(rule int, at place, fix, format string, args ...any) {
	l.findings = append(l.findings, Finding{Rule: rule, Where: at.words, Message: fmt.Sprintf(format, args...), Fix: fix, path: at.path})
}

// directions lists a route's directions, sending first, so that findings have an order.
func (r *Route) directions() []Direction {
	var all []Direction
	for _, d := range []Direction{Outbound, Inbound} {
		if r.Directions[d] != "" {
			all = append(all, d)
		}
	}
	return all
}
