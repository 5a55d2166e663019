package product

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
)

//go:embed permissions.json
var permissionsJSON []byte

// PermissionList is what Microsoft calls its permissions. Names are not unique: several exist on two
// resources or in two types, with different ids. Google's are in its Pack.
type PermissionList struct {
	Checked     string     `json:"checked"` // date the list was last compared with its sources
	Sources     []string   `json:"sources"`
	Resources   []Resource `json:"resources"`
	Permissions []Listed   `json:"permissions"`
}

// Resource is an API that permissions belong to.
type Resource struct {
	ID    string `json:"id"`    // "exo" or "graph", as in Permission
	Name  string `json:"name"`  // what the portal calls it, e.g. under "APIs my organization uses"
	AppID string `json:"appId"` // GUID, the same in every tenant
}

// Listed is one permission as its provider defines it.
type Listed struct {
	Resource     string `json:"resource"` // "exo" or "graph", as in Permission
	Type         string `json:"type"`     // "application" (an app role) or "delegated" (a scope)
	Name         string `json:"name"`
	ID           string `json:"id"`           // GUID; stands in a registration's manifest
	AdminConsent bool   `json:"adminConsent"` // by definition; a tenant's policy may ask for more
	Confidence   string `json:"confidence"`   // "multiple" or "single": how many sources agree on the id
}

// LoadPermissions reads the embedded list of Microsoft's permissions.
func LoadPermissions() (*PermissionList, error) {
	decoder := json.NewDecoder(bytes.NewReader(permissionsJSON))
	decoder.DisallowUnknownFields()
	list := new(PermissionList)
	if err := decoder.Decode(list); err != nil {
		return nil, fmt.Errorf("embedded permissions.json cannot be read: %w", err)
	}
	return list, nil
}

// Find looks a permission up by resource, type and name. Names are compared without case, as
// Entra does.
func (p *PermissionList) Find(resource, kind, name string) (*Listed, bool) {
	return find(p.Permissions, func(l *Listed) bool {
		return l.Resource == resource && l.Type == kind && strings.EqualFold(l.Name, name)
	})
}

// Resource finds a resource by its id.
func (p *PermissionList) Resource(id string) (*Resource, bool) {
	return find(p.Resources, func(r *Resource) bool { return r.ID == id })
}
