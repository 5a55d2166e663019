package product

import (
	"slices"
	"strings"

	"github.com/mailgrant/mailgrant/steps/spelling"
)

// permissions applies rule 3: the names are those that the provider gives, under its resource and
// type.
func (l *linter) permissions() {
	list, err := LoadPermissions()
	if err != nil {
		l.add(rulePermissions, place{words: "permissions.json"}, "restore the file", "%v", err)
		return
	}
	for at, r := range l.routes() {
		for i, p := range r.Permissions {
			if known, names := l.known(r.Provider, p, list); !known {
				fix := "check resource, type and name against the portal"
				if near := spelling.Near(p.Name, names); len(near) > 0 {
					fix = "did you mean " + strings.Join(near, " or ") + "?"
				}
				l.add(rulePermissions, at.entry("permission "+p.Name, "permissions", i), fix, "resource %s has no %s permission of this name", p.Resource, p.Type)
			}
		}
	}
}

// known looks a permission up at its provider, and lists the names that are there in its place.
func (l *linter) known(provider string, p Permission, list *PermissionList) (bool, []string) {
	var names []string
	if provider == "google" {
		pack, err := loadPack(provider)
		if err != nil || p.Resource != "google" || p.Type != "delegated" {
			return false, nil
		}
		for _, scope := range pack.Scopes {
			names = append(names, scope.Name)
		}
		return slices.Contains(names, p.Name), names
	}
	_, ok := list.Find(p.Resource, p.Type, p.Name)
	for _, listed := range list.Permissions {
		if listed.Resource == p.Resource && listed.Type == p.Type {
			names = append(names, listed.Name)
		}
	}
	return ok, names
}

// alternatives applies rule 13: of a group one step is taken, and taking the Exchange role means
// that the permission of the same name is not granted in Entra.
func (l *linter) alternatives() {
	for route, r := range l.routes() {
		for i, step := range r.Exchange {
			at := route.entry("Exchange step "+step.ID, "exchange", i)
			if step.OneOf != "" && len(r.Alternatives(step.OneOf)) < 2 {
				l.add(ruleAlternatives, at, "add the other steps of the group, or delete one_of", "group %s has no other step", step.OneOf)
			}
			if step.OneOf == "" && len(step.Removes) > 0 {
				l.add(ruleAlternatives, at, "add one_of", "it removes a permission but is no alternative")
			}
			for _, name := range step.Removes {
				if !slices.ContainsFunc(r.Permissions, func(p Permission) bool { return p.Name == name }) {
					l.add(ruleAlternatives, at, "correct the name", "it removes %s, which is not on the checklist", name)
				}
			}
			for _, p := range r.Permissions {
				run := strings.Join(step.Run, "\n")
				assigns := strings.Contains(run, "Application "+p.Name+`"`) || strings.Contains(run, "Application "+p.Name+"'")
				if assigns && !slices.Contains(step.Removes, p.Name) {
					l.add(ruleAlternatives, at, "add it to removes", "it assigns the role for %s but leaves the permission on the checklist", p.Name)
				}
			}
		}
	}
}
