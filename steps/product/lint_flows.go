package product

import (
	"slices"
	"strings"
)

// flows applies rules 4 and 11: a way to sign in can use what the route gives it.
func (l *linter) flows() {
	for at, r := range l.routes() {
		switch {
		case r.Flow == Password:
			if r.Status == "current" {
				l.add(ruleFlow, at.under("status"), "make it retiring or closed, and name what comes after it in replaced_by", "no provider takes a password for mail any more, but status is %s", r.Status)
			}
		case r.Flow == ClientCredentials:
			l.withoutUser(at, r, "delegated", "use the application permission", "with client credentials there is no user")
		case r.Provider == "microsoft":
			l.withoutUser(at, r, "application", "use the delegated permission", "the app acts for the person who signs in")
			l.lasting(at, r)
		}
		l.owner(at, r)
		if r.Provider == "google" {
			l.google(at, r)
		}
	}
}

// withoutUser refuses a needed permission of the type that a flow cannot use.
func (l *linter) withoutUser(route place, r *Route, unusable, fix, why string) {
	article := map[string]string{"delegated": "a ", "application": "an "}[unusable]
	for i, p := range r.Permissions {
		if p.Type == unusable && p.Must() {
			l.add(ruleFlow, route.entry("permission "+p.Name, "permissions", i), "make it vendor_lists_only, or "+fix, "%s%s permission cannot be needed: %s", article, unusable, why)
		}
	}
}

// lasting looks for what keeps a person's sign-in alive beyond the first token. Where the product
// adds it by itself, its line on the checklist says so.
func (l *linter) lasting(at place, r *Route) {
	if slices.ContainsFunc(r.Permissions, func(p Permission) bool { return p.Name == "offline_access" }) || l.asked("routes."+r.ID+".permissions") {
		return
	}
	for _, d := range r.directions() {
		if !slices.Contains(strings.Fields(r.Scopes[d]), "offline_access") {
			l.add(ruleFlow, at, "add the permission offline_access", "nothing keeps the sign-in alive: %s has no offline_access", d)
		}
	}
}

// registered are the values that only a registration of the customer's own gives.
func registered() []string {
	return []string{"client_id", "client_secret", "object_id", "secret_expires"}
}

// owner compares the flow with whose application it is.
func (l *linter) owner(at place, r *Route) {
	if (r.Flow == VendorApp) != (r.AppOwner == "vendor") {
		l.add(ruleFlow, at.under("app_owner"), "make app_owner vendor exactly where flow is vendor_app", "flow is %s but the application is the %s's", r.Flow, r.AppOwner)
	}
	if r.Flow != VendorApp {
		return
	}
	for _, id := range r.Values {
		if slices.Contains(registered(), id) {
			l.add(ruleFlow, at.under("values"), "delete it from values", "%s is asked for although the application is the vendor's", id)
		}
	}
}

func (l *linter) google(at place, r *Route) {
	if r.Flow == DeviceCode {
		l.add(ruleGoogle, at.under("flow"), "use another flow", "Google gives no device code for mail")
	}
	if r.Flow == ClientCredentials {
		l.add(ruleGoogle, at.under("flow"), "use another flow", "Google has no client credentials for mail")
	}
	if r.Transport != "imap_smtp" && r.Transport != "pop" {
		return
	}
	const scope = "https://mail.google.com/"
	for _, d := range r.directions() {
		if !slices.Contains(strings.Fields(r.Scopes[d]), scope) {
			l.add(ruleGoogle, at.under("scopes"), "request "+scope, "IMAP and SMTP of Gmail need the scope %s, which %s does not request", scope, d)
		}
	}
}
