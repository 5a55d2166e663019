package steps

import (
	"strconv"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

// publicAuthority is the sign-in service of a provider's worldwide cloud.
func publicAuthority(provider string) string {
	if provider == google {
		return "https://accounts.google.com/"
	}
	return "https://login.microsoftonline.com/"
}

// endpoints starts from the provider's own servers, as the catalogue names them, and takes what
// the answers change.
func (b *planner) endpoints() {
	ends := providers.Endpoints{Authority: publicAuthority(b.plan.Route.Provider)}
	for _, server := range b.plan.Route.Servers {
		ends.Use(serverOf(server))
	}
	given := b.answers.Endpoints
	if given.Authority != "" {
		authority, err := providers.ParseAuthority(given.Authority)
		b.check("endpoints.authority", err)
		ends.Authority = authority
	}
	for _, protocol := range []string{"imap", "smtp", "pop3", "graph", "ews"} {
		url := *given.field(protocol)
		if url == "" {
			continue
		}
		server, err := providers.ParseServer(protocol, url)
		if b.check(Key("endpoints."+protocol), err) {
			ends.Use(server)
		}
	}
	b.plan.Endpoints = ends
}

// serverOf is a server of the catalogue. One that is spoken to over HTTPS has the path that the
// provider documents.
func serverOf(server product.Server) providers.Server {
	if made, err := providers.ParseServer(server.Protocol, "https://"+server.Host+":"+strconv.Itoa(server.Port)); err == nil {
		return made
	}
	return providers.Server{Protocol: server.Protocol, Security: providers.Security(server.Security), Host: server.Host, Port: strconv.Itoa(server.Port)}
}
