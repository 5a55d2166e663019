package product

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"sync"

	"github.com/mailgrant/mailgrant/steps/strictyaml"
)

//go:embed pack/*.yaml
var packFiles embed.FS

// Pack is what holds at one provider, whatever the product: pages that facts were read from, dated
// warnings, and the names of its scopes. Every product is read together with the packs.
type Pack struct {
	Provider string        `yaml:"provider" need:"yes" oneof:"microsoft google"`
	Docs     []Doc         `yaml:"docs" need:"yes"`
	Warnings []PackWarning `yaml:"warnings" need:"yes"`
	Scopes   []PackScope   `yaml:"scopes"` // Google's; Microsoft's permissions are in a PermissionList
}

// PackWarning is a warning for the routes that fit all of its filters; an empty filter fits all.
type PackWarning struct {
	Warning    `yaml:",inline"`
	Transports []string `yaml:"transports" oneof:"imap_smtp pop graph ews gmail_api"`
	Flows      []Flow   `yaml:"flows" oneof:"client_credentials device_code auth_code_product auth_code_loopback vendor_app"`
	Protocols  []string `yaml:"protocols" oneof:"imap smtp pop3 graph ews"` // one that the route uses in either direction
}

// PackScope is one permission as Google names it.
type PackScope struct {
	Name   string `yaml:"name" need:"yes"`
	Class  string `yaml:"class" need:"yes" oneof:"restricted sensitive plain delegation"` // delegation: for service accounts alone
	Use    string `yaml:"use" need:"yes"`
	Source Source `yaml:"src"`
}

// packs are parsed once, when the first product is loaded.
var packs = sync.OnceValues(func() ([]*Pack, error) {
	var all []*Pack
	for _, name := range []string{"microsoft.yaml", "google.yaml"} {
		file := path.Join("pack", name)
		data, err := packFiles.ReadFile(file)
		if err != nil {
			return nil, err
		}
		pack := new(Pack)
		if err := strictyaml.Decode(file, data, pack); err != nil {
			return nil, err
		}
		all = append(all, pack)
	}
	return all, nil
})

// takePacks adds to a product what the packs say about its routes, and those of their pages that
// a fact names. What the product says itself under the same id stands.
func (p *Product) takePacks() error {
	all, err := packs()
	if err != nil {
		return err
	}
	for _, pack := range all {
		for _, w := range pack.Warnings {
			concerned := w.concerns(pack.Provider, p.Routes)
			own := slices.ContainsFunc(p.Warnings, func(have Warning) bool { return have.ID == w.ID })
			if len(concerned) > 0 && !own {
				warning := w.Warning
				warning.Routes = concerned
				p.Warnings = append(p.Warnings, warning)
			}
		}
	}
	named := p.namedSources()
	for _, pack := range all {
		for _, doc := range pack.Docs {
			if _, own := p.Doc(doc.ID); named[doc.ID] && !own {
				p.Docs = append(p.Docs, doc)
			}
		}
	}
	return nil
}

// concerns lists the routes that a warning is for.
func (w PackWarning) concerns(provider string, routes []Route) []string {
	var ids []string
	for i := range routes {
		r := &routes[i]
		if r.Provider == provider && fits(w.Transports, r.Transport) && fits(w.Flows, r.Flow) &&
			(len(w.Protocols) == 0 || slices.ContainsFunc(r.protocols(), func(name string) bool { return slices.Contains(w.Protocols, name) })) {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

func fits[T comparable](filter []T, one T) bool {
	return len(filter) == 0 || slices.Contains(filter, one)
}

// protocols are what a route speaks, also where the product is told no server.
func (r *Route) protocols() []string {
	all := []string{r.Transport}
	for _, server := range r.Servers {
		all = append(all, server.Protocol)
	}
	return all
}

// loadPack returns the pack of one provider.
func loadPack(provider string) (*Pack, error) {
	all, err := packs()
	if err != nil {
		return nil, err
	}
	for _, pack := range all {
		if pack.Provider == provider {
			return pack, nil
		}
	}
	return nil, fmt.Errorf("provider %s has no pack", provider)
}
