package product

import "slices"

// registrations applies rules 5, 6 and 9.
func (l *linter) registrations() {
	for i := range l.product.Routes {
		r := &l.product.Routes[i]
		where := "route " + r.ID
		none := r.Redirect.Kind == "none"
		if none != (r.Registration.Platform == "none") && !l.redirectCorrected(r.ID) {
			l.add(ruleRedirect, where, "make both none or neither, or record a correction about redirect", "redirect is %q but platform is %q", r.Redirect.Kind, r.Registration.Platform)
		}
		if slices.Contains(r.Redirect.Rules, "has_query") && slices.Contains(r.Registration.AccountTypes, "multi_personal") {
			l.add(ruleQuery, where, "delete multi_personal", "a redirect with a query is not allowed where personal accounts are")
		}
		if r.Status == "retiring" && r.ReplacedBy == "" && !l.asked("routes."+r.ID+".replaced_by") {
			l.add(ruleRetiring, where, "add replaced_by, or an unknown for routes."+r.ID+".replaced_by", "it is retiring and nothing is named that comes after it")
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
