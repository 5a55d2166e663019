package product

import (
	"slices"
	"strings"

	"github.com/mailgrant/mailgrant/steps/spelling"
)

// permissions applies rules 3, 4 and 11.
func (l *linter) permissions() {
	pack, err := LoadPack()
	if err != nil {
		l.add(rulePermissions, "permissions.json", "restore the file", "%v", err)
		return
	}
	for i := range l.product.Routes {
		r := &l.product.Routes[i]
		if r.Provider == "microsoft" {
			l.listed(r, pack)
			l.flow(r)
		}
		if r.Provider == "google" {
			l.google(r)
		}
	}
}

func (l *linter) listed(r *Route, pack *Pack) {
	for _, p := range r.Permissions {
		if _, ok := pack.Find(p.Resource, p.Type, p.Name); ok {
			continue
		}
		var names []string
		for _, known := range pack.Permissions {
			if known.Resource == p.Resource && known.Type == p.Type {
				names = append(names, known.Name)
			}
		}
		fix := "check resource, type and name against the portal"
		if close := spelling.Near(p.Name, names); len(close) > 0 {
			fix = "did you mean " + strings.Join(close, " or ") + "?"
		}
		l.add(rulePermissions, "route "+r.ID+", permission "+p.Name, fix, "resource %s has no %s permission of this name", p.Resource, p.Type)
	}
}

func (l *linter) flow(r *Route) {
	where := "route " + r.ID
	if r.Flow == ClientCredentials {
		for _, p := range r.Permissions {
			if p.Type == "delegated" && p.Must() {
				l.add(ruleFlow, where+", permission "+p.Name, "make it vendor_lists_only, or use the application permission", "a delegated permission cannot be needed: with client credentials there is no user")
			}
		}
		return
	}
	// Without it the sign-in is over when the first token is.
	kept := slices.ContainsFunc(r.Permissions, func(p Permission) bool { return p.Name == "offline_access" })
	for _, d := range r.directions() {
		if !kept && !slices.Contains(strings.Fields(r.Scopes[d]), "offline_access") {
			l.add(ruleFlow, where, "add the permission offline_access", "nothing keeps the sign-in alive: %s has no offline_access", d)
		}
	}
}

func (l *linter) google(r *Route) {
	where := "route " + r.ID
	if r.Flow == DeviceCode {
		l.add(ruleGoogle, where, "use another flow", "Google gives no device code for mail")
	}
	if r.Transport != "imap_smtp" {
		return
	}
	const scope = "https://mail.google.com/"
	for _, d := range r.directions() {
		if !slices.Contains(strings.Fields(r.Scopes[d]), scope) {
			l.add(ruleGoogle, where, "request "+scope, "IMAP and SMTP of Gmail need the scope %s, which %s does not request", scope, d)
		}
	}
}

// alternatives applies rule 13: of a group one step is taken, and taking the Exchange role means
// that the permission of the same name is not granted in Entra.
func (l *linter) alternatives() {
	for i := range l.product.Routes {
		r := &l.product.Routes[i]
		for _, step := range r.Exchange {
			where := "route " + r.ID + ", Exchange step " + step.ID
			if step.OneOf != "" && len(r.Alternatives(step.OneOf)) < 2 {
				l.add(ruleAlternatives, where, "add the other steps of the group, or delete one_of", "group %s has no other step", step.OneOf)
			}
			if step.OneOf == "" && len(step.Removes) > 0 {
				l.add(ruleAlternatives, where, "add one_of", "it removes a permission but is no alternative")
			}
			for _, name := range step.Removes {
				if !slices.ContainsFunc(r.Permissions, func(p Permission) bool { return p.Name == name }) {
					l.add(ruleAlternatives, where, "correct the name", "it removes %s, which is not on the checklist", name)
				}
			}
			for _, p := range r.Permissions {
				run := strings.Join(step.Run, "\n")
				assigns := strings.Contains(run, "Application "+p.Name+`"`) || strings.Contains(run, "Application "+p.Name+"'")
				if assigns && !slices.Contains(step.Removes, p.Name) {
					l.add(ruleAlternatives, where, "add it to removes", "it assigns the role for %s but leaves the permission on the checklist", p.Name)
				}
			}
		}
	}
}
