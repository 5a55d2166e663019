package product

import (
	"slices"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

func lines(permissions []Permission) []string {
	var all []string
	for _, p := range permissions {
		all = append(all, strings.Join([]string{p.Resource, p.Type, p.Name, string(p.Need)}, " "))
	}
	return all
}

func TestPermissionsForAgiloft(t *testing.T) {
	t.Parallel()
	vendor := []string{"graph delegated email vendor_lists_only", "graph delegated openid vendor_lists_only", "graph delegated offline_access vendor_lists_only", "graph delegated profile vendor_lists_only"}
	openid := []string{"graph delegated offline_access required", "graph delegated openid required", "graph delegated profile required", "graph delegated email required"}
	for name, test := range map[string]struct {
		route             string
		outbound, inbound bool
		choices           map[string]string
		want              []string
	}{
		"client credentials, both": {"ms-mail-cc", true, true, nil,
			slices.Concat([]string{"exo application SMTP.SendAsApp required", "exo application IMAP.AccessAsApp required"}, vendor, []string{"graph delegated IMAP.AccessAsUser.All vendor_lists_only", "graph delegated User.Read remove_if_present"})},
		"client credentials, sending": {"ms-mail-cc", true, false, nil,
			slices.Concat([]string{"exo application SMTP.SendAsApp required"}, vendor, []string{"graph delegated User.Read remove_if_present"})},
		"client credentials, receiving": {"ms-mail-cc", false, true, nil,
			slices.Concat([]string{"exo application IMAP.AccessAsApp required"}, vendor, []string{"graph delegated IMAP.AccessAsUser.All vendor_lists_only", "graph delegated User.Read remove_if_present"})},
		"client credentials, Exchange role": {"ms-mail-cc", true, true, map[string]string{"smtp-access": "outbound-role"},
			slices.Concat([]string{"exo application IMAP.AccessAsApp required"}, vendor, []string{"graph delegated IMAP.AccessAsUser.All vendor_lists_only", "graph delegated User.Read remove_if_present"})},
		"device code, both": {"ms-mail-device", true, true, nil,
			slices.Concat([]string{"graph delegated SMTP.Send required", "graph delegated IMAP.AccessAsUser.All required"}, openid, []string{"graph delegated User.Read optional"})},
		"device code, sending": {"ms-mail-device", true, false, nil,
			slices.Concat([]string{"graph delegated SMTP.Send required"}, openid, []string{"graph delegated User.Read optional"})},
		"device code, receiving": {"ms-mail-device", false, true, nil,
			slices.Concat([]string{"graph delegated IMAP.AccessAsUser.All required"}, openid, []string{"graph delegated User.Read optional"})},
		"nothing": {"ms-mail-cc", false, false, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := lines(agiloftRoute(t, test.route).PermissionsChosen(test.outbound, test.inbound, test.choices))
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func TestPermissionsForMergesAndOrders(t *testing.T) {
	t.Parallel()
	in, out := []Direction{Inbound}, []Direction{Outbound}
	r := &Route{Permissions: []Permission{
		{Resource: "graph", Type: "delegated", Name: "User.Read", Directions: in, Need: RemoveIfPresent},
		{Resource: "graph", Type: "delegated", Name: "openid", Directions: in, Need: VendorListsOnly},
		{Resource: "graph", Type: "delegated", Name: "openid", Directions: out, Need: Required},
		{Resource: "graph", Type: "application", Name: "openid", Directions: out, Need: Optional},
		{Resource: "exo", Type: "delegated", Name: "openid", Directions: in, Need: ProviderNeedsVendorOmits},
	}}
	want := []string{"graph delegated openid required", "exo delegated openid provider_needs_vendor_omits", "graph application openid optional", "graph delegated User.Read remove_if_present"}
	if got := lines(r.PermissionsFor(true, true)); !slices.Equal(got, want) {
		t.Errorf("both: %q", got)
	}
	if got := lines(r.PermissionsFor(false, true)); !slices.Equal(got, []string{"exo delegated openid provider_needs_vendor_omits", "graph delegated openid vendor_lists_only", "graph delegated User.Read remove_if_present"}) {
		t.Errorf("inbound: %q", got)
	}
}

func TestPermissionList(t *testing.T) {
	t.Parallel()
	list, err := LoadPermissions()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, l := range list.Permissions {
		key := strings.ToLower(l.Resource + " " + l.Type + " " + l.Name)
		if seen[key] {
			t.Errorf("%s is there twice", key)
		}
		seen[key] = true
		if _, ok := list.Resource(l.Resource); !ok || (l.Type != "application" && l.Type != "delegated") || !providers.IsGUID(l.ID) || (l.Confidence != "multiple" && l.Confidence != "single") {
			t.Errorf("incomplete: %+v", l)
		}
		if l.Type == "application" && !l.AdminConsent {
			t.Errorf("%s: an application permission needs an administrator's consent", l.Name)
		}
	}
	for _, test := range []struct{ resource, kind, name, id string }{
		{"exo", "application", "SMTP.SendAsApp", "7146a1f0-8703-45b3-9eae-527a64c00995"},
		{"exo", "application", "imap.accessasapp", "5e5addcd-3e8d-4e90-baf5-964efab2b20a"},
		{"graph", "delegated", "IMAP.AccessAsUser.All", "652390e4-393a-48de-9484-05f9b1212954"},
		{"exo", "delegated", "IMAP.AccessAsUser.All", "195adc35-e27b-454b-a7ed-1ecdffa1c09f"},
		{"graph", "application", "Mail.ReadWrite", "e2a3a72e-5f79-4c64-b1b1-878b674786c9"},
		{"graph", "delegated", "Mail.ReadWrite", "024d486e-b451-40bb-833d-3e66d98c5c73"},
	} {
		if l, ok := list.Find(test.resource, test.kind, test.name); !ok || l.ID != test.id {
			t.Errorf("%+v: %+v", test, l)
		}
	}
	if _, ok := list.Find("graph", "application", "SMTP.SendAsApp"); ok {
		t.Error("SMTP.SendAsApp was found on Microsoft Graph")
	}
	if r, ok := list.Resource("exo"); !ok || r.Name != "Office 365 Exchange Online" || r.AppID != "00000002-0000-0ff1-ce00-000000000000" {
		t.Errorf("exo: %+v", r)
	}
}
