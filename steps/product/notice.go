package product

import "time"

// Notices are the findings that depend on the date: facts that were not compared with their
// sources for 180 days, and routes that a dated warning stops.
func Notices(p *Product, now time.Time) []Finding {
	l := &linter{product: p}
	for _, w := range p.Warnings {
		if w.Level != "stop" || !w.ActiveAt(now) {
			continue
		}
		for at, r := range l.routes() {
			if concerns(w.Routes, r.ID) {
				l.add(ruleRetiring, at, "choose another route", "%s", w.Text)
			}
		}
	}
	checked, err := time.Parse(time.DateOnly, p.Checked)
	if days := int(now.Sub(checked).Hours() / 24); err == nil && days > 180 {
		l.add(ruleAge, place{words: "product " + p.ID}.under("checked"), "compare the vendor's pages with what is said here, or update mailgrant", "its facts were last compared with their sources %d days ago", days)
	}
	return l.findings
}
