package steps

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mailgrant/mailgrant/steps/product"
)

// Line is one line of the permission checklist.
type Line struct {
	Permission product.Permission
	State      LineState
	Evidence   string // how the state is known
}

// LineState is what is known about a permission.
type LineState string

// The states of a line.
const (
	Granted  LineState = "granted"  // needed, and in this run's token
	Missing  LineState = "missing"  // needed, and not in this run's token
	Open     LineState = "open"     // needed; no token has shown yet whether it is granted
	Unneeded LineState = "unneeded" // the vendor lists it, the provider does not need it
	Surplus  LineState = "surplus"  // in the token, on no list, or to be removed
)

// resourceNames are the portal's names for the resources of the catalogue.
func resourceName(id string) string {
	switch id {
	case "exo":
		return "Office 365 Exchange Online"
	case "graph":
		return "Microsoft Graph"
	case google:
		return "Google"
	}
	return id
}

// Resource is the portal's name for the API that a permission belongs to.
func (l Line) Resource() string { return resourceName(l.Permission.Resource) }

// checklist compares the permissions that a plan's route lists with the tokens of this run.
func checklist(plan Plan, grants Grants, now time.Time) []Line {
	granted, seen := map[string]bool{}, false
	for _, test := range plan.Tests {
		grant, ok := grants.For(plan, test)
		if !ok || grant.Err != nil || !grant.Claims.Readable {
			continue
		}
		seen = true
		for _, name := range append(slices.Clone(grant.Claims.Roles), grant.Claims.Scopes...) {
			granted[name] = true
		}
	}
	evidence := "proved by token of " + now.UTC().Format("2006-01-02 15:04") + " UTC"
	var lines []Line
	for _, permission := range plan.Permissions() {
		lines = append(lines, lineOf(permission, granted[permission.Name] && inToken(plan, permission), seen, evidence))
		if inToken(plan, permission) {
			delete(granted, permission.Name)
		}
	}
	for _, name := range sortedNames(granted) {
		if slices.Contains([]string{"openid", "profile", "email", "offline_access"}, name) {
			continue
		}
		extra := product.Permission{Resource: plan.resource(), Type: tokenType(plan), Name: name, Note: "in the token, but nothing here needs it"}
		if name == "full_access_as_app" {
			extra.Note = "opens every mailbox of the organisation; nothing here needs it"
		}
		lines = append(lines, Line{extra, Surplus, evidence})
	}
	return lines
}

// inToken reports whether a token of the plan can show the permission: an app-only token shows
// application permissions of its own API, a delegated one what was consented to under either
// resource's name.
func inToken(plan Plan, permission product.Permission) bool {
	if plan.AppOnly() {
		return permission.Type == "application" && permission.Resource == plan.resource()
	}
	return permission.Type == "delegated"
}

// resource is the API that the plan's tokens are for, as the catalogue names it.
func (p Plan) resource() string {
	for _, scope := range p.Route.TestScopes {
		switch {
		case p.Route.Provider == google:
			return google
		case strings.HasPrefix(scope, "https://graph.microsoft.com/"):
			return "graph"
		}
	}
	return "exo"
}

func tokenType(plan Plan) string {
	if plan.AppOnly() {
		return "application"
	}
	return "delegated"
}

func lineOf(permission product.Permission, granted, seen bool, evidence string) Line {
	line := Line{Permission: permission}
	switch {
	case permission.Need == product.RemoveIfPresent && granted:
		line.State, line.Evidence = Surplus, evidence
	case permission.Need == product.RemoveIfPresent, permission.Need == product.VendorListsOnly:
		line.State, line.Evidence = Unneeded, "from "+strings.Join(permission.Source, ", ")
	case granted:
		line.State, line.Evidence = Granted, evidence
	case seen && !oidc(permission.Name):
		line.State, line.Evidence = Missing, "not in the token"
	default:
		line.State, line.Evidence = Open, "no token shows it"
	}
	return line
}

// oidc reports whether a permission belongs to OpenID Connect and never stands in an access
// token for Exchange.
func oidc(name string) bool {
	return slices.Contains([]string{"openid", "profile", "email", "offline_access", "User.Read"}, name)
}

func sortedNames(set map[string]bool) []string {
	var names []string
	for name := range set {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Clicks is the way to a permission in the portal.
func (l Line) Clicks() string {
	from := "Add a permission › " + resourceName(l.Permission.Resource)
	if l.Permission.Resource == "exo" {
		from = "Add a permission › APIs my organization uses › Office 365 Exchange Online"
	}
	kind := "Delegated permissions"
	if l.Permission.Type == "application" {
		kind = "Application permissions"
	}
	return fmt.Sprintf("API permissions › %s › %s › %s, then Grant admin consent", from, kind, l.Permission.Name)
}

func lineRecords(lines []Line) []LineRecord {
	var kept []LineRecord
	for _, line := range lines {
		kept = append(kept, LineRecord{
			Resource: line.Resource(), Type: line.Permission.Type, Permission: line.Permission.Name,
			Need: string(line.Permission.Need), State: string(line.State), Evidence: line.Evidence,
		})
	}
	return kept
}
