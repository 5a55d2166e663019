package product

import (
	"cmp"
	"slices"
)

// Need is how much a permission matters.
type Need string

// The needs. A vendor's list and the provider's requirement differ in both directions, which is
// why yes and no are not enough.
const (
	Required                 Need = "required"
	ProviderNeedsVendorOmits Need = "provider_needs_vendor_omits"
	Optional                 Need = "optional"
	VendorListsOnly          Need = "vendor_lists_only"
	RemoveIfPresent          Need = "remove_if_present"
)

// Permission is one line of the checklist.
type Permission struct {
	Resource   string      `yaml:"resource" need:"yes" oneof:"exo graph google"`
	Type       string      `yaml:"type" need:"yes" oneof:"application delegated"`
	Name       string      `yaml:"name" need:"yes"`
	Directions []Direction `yaml:"directions" need:"yes" oneof:"inbound outbound"`
	Need       Need        `yaml:"need" need:"yes" oneof:"required vendor_lists_only provider_needs_vendor_omits optional remove_if_present"`
	Note       string      `yaml:"note"`
	Source     Source      `yaml:"src"`
}

// Must reports whether the connection cannot work without the permission.
func (p Permission) Must() bool { return p.Need == Required || p.Need == ProviderNeedsVendorOmits }

// PermissionsFor is the checklist of a route for the directions in use, each permission once,
// what is required first.
func (r *Route) PermissionsFor(outbound, inbound bool) []Permission {
	return r.PermissionsChosen(outbound, inbound, nil)
}

// PermissionsChosen is PermissionsFor after the choices between alternative Exchange steps (group
// to step id, as in Fill): an alternative may make a permission unnecessary, or even harmful.
func (r *Route) PermissionsChosen(outbound, inbound bool, choices map[string]string) []Permission {
	removed := map[string]bool{}
	for _, step := range r.Exchange {
		if step.OneOf != "" && r.chosen(step.OneOf, choices) == step.ID {
			for _, name := range step.Removes {
				removed[name] = true
			}
		}
	}
	var list []Permission
	for _, p := range r.Permissions {
		if !uses(p.Directions, outbound, inbound) || removed[p.Name] {
			continue
		}
		same := func(have Permission) bool {
			return have.Resource == p.Resource && have.Type == p.Type && have.Name == p.Name
		}
		if i := slices.IndexFunc(list, same); i < 0 {
			list = append(list, p)
		} else if rank(p.Need) < rank(list[i].Need) {
			list[i] = p
		}
	}
	slices.SortStableFunc(list, func(a, b Permission) int { return cmp.Compare(rank(a.Need), rank(b.Need)) })
	return list
}

func rank(need Need) int {
	return slices.Index([]Need{Required, ProviderNeedsVendorOmits, Optional, VendorListsOnly, RemoveIfPresent}, need)
}
