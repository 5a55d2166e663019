package product

import (
	"slices"
	"strings"
)

// registrations applies rules 5, 6 and 9.
func (l *linter) registrations() {
	for at, r := range l.routes() {
		// The vendor registers what is the vendor's own: the customer has neither redirect nor platform.
		none := r.Redirect.Kind == "none" || r.Redirect.Kind == "vendor_owned"
		if none != (r.Registration.Platform == "none") && !l.redirectCorrected(r.ID) {
			l.add(ruleRedirect, at.under("redirect"), "make both none or neither, or record a correction about redirect", "redirect is %q but platform is %q", r.Redirect.Kind, r.Registration.Platform)
		}
		query := slices.Contains(r.Redirect.Rules, "has_query")
		if query && slices.Contains(r.Registration.AccountTypes, "multi_personal") {
			l.add(ruleQuery, at.under("registration", "account_types"), "delete multi_personal", "a redirect with a query is not allowed where personal accounts are")
		}
		if !query && strings.Contains(r.Redirect.Template, "?") {
			l.add(ruleQuery, at.under("redirect"), "add has_query to rules", "the redirect has a query, which its rules do not say")
		}
		if r.Status == "retiring" && r.ReplacedBy == "" && !l.asked("routes."+r.ID+".replaced_by") {
			l.add(ruleRetiring, at, "add replaced_by, or an unknown for routes."+r.ID+".replaced_by", "it is retiring and nothing is named that comes after it")
		}
	}
}

func (l *linter) redirectCorrected(route string) bool {
	return slices.ContainsFunc(l.product.CorrectionsFor(route), func(c Correction) bool { return c.About == "redirect" })
}

// asked reports whether the product admits that a field is not known.
func (l *linter) asked(field string) bool {
	return slices.ContainsFunc(l.product.Unknowns, func(u Unknown) bool { return u.Field == field })
}
