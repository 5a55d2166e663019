package steps

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// publicAuthority is the sign-in service of the worldwide cloud.
const publicAuthority = "https://login.microsoftonline.com/"

// endpoints starts from the provider's own servers, as the catalogue names them, and takes what
// the answers change.
func (b *planner) endpoints() {
	ends := providers.Endpoints{Authority: publicAuthority}
	for _, server := range b.plan.Route.Servers {
		made := providers.Server{Protocol: server.Protocol, Security: providers.Security(server.Security), Host: server.Host, Port: strconv.Itoa(server.Port)}
		switch server.Protocol {
		case "imap":
			ends.IMAP = made
		case "smtp":
			ends.SMTP = made
		}
	}
	given := b.answers.Endpoints
	if given.Authority != "" {
		authority, err := providers.ParseAuthority(given.Authority)
		b.check("endpoints.authority", err)
		ends.Authority = authority
	}
	b.server(&ends.IMAP, "imap", given.IMAP)
	b.server(&ends.SMTP, "smtp", given.SMTP)
	b.server(&providers.Server{}, "pop3", given.POP3) // no route reads POP3 yet; a wrong address is told all the same
	b.check("endpoints.graph", checkHTTPS("graph", given.Graph))
	b.check("endpoints.ews", checkHTTPS("ews", given.EWS))
	b.plan.Endpoints = ends
}

func (b *planner) server(into *providers.Server, protocol, given string) {
	if given == "" {
		return
	}
	server, err := providers.ParseServer(protocol, given)
	if b.check(Key("endpoints."+protocol), err) {
		*into = server
	}
}

func checkHTTPS(what, text string) error {
	u, err := url.Parse(strings.TrimSpace(text))
	if text != "" && (err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil) {
		return &AnswerError{Message: fmt.Sprintf("%s endpoint %q is not of the form https://host/", what, providers.Clean(text)), Fix: "write the address as the provider documents it"}
	}
	return nil
}
