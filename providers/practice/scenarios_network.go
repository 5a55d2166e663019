package practice

import (
	"fmt"
	"slices"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// mailServer is one of the servers that are not web servers, with what listens in its place when
// the wrong one does.
type mailServer struct {
	gate, suffix, name string
	routes             []string
	stranger, greeting string
}

func mailServers() []mailServer {
	const shell, ssh = "a remote shell", "SSH-2.0-OpenSSH_9.9"
	return []mailServer{
		{"imap", "-imap", "IMAP", reading("imap"), "a web server", "HTTP/1.1 400 Bad Request"},
		{"smtp", "-smtp", "SMTP", sending("smtp"), shell, ssh},
		{"pop3", "-pop", "POP3", reading("pop3"), shell, ssh},
	}
}

// networkFault is a fault that each of the servers may have.
type networkFault struct {
	cause        diagnosis.Cause
	layer        providers.Layer
	title, mends string // the title with %s for the server's name
	plant        func(*gate)
}

// on is the fault at one server.
func (f networkFault) on(server mailServer) Scenario {
	return Scenario{
		Name: string(f.cause) + server.suffix, Cause: f.cause, Layer: f.layer, Owner: diagnosis.NetworkAdmin, Routes: server.routes,
		Title: fmt.Sprintf(f.title, server.name), Mends: f.mends,
		plant: func(s *state, _ time.Time) { f.plant(s.network.at(server.gate)) },
	}
}

// everywhere are the faults at each server.
func everywhere(faults ...networkFault) []Scenario {
	var list []Scenario
	for _, fault := range faults {
		for _, server := range mailServers() {
			list = append(list, fault.on(server))
		}
	}
	return list
}

// networkScenarios are what lies before the mail servers: the way to them, their ports and TLS.
func networkScenarios() []Scenario {
	return slices.Concat(
		everywhere(
			networkFault{"network-blocked", providers.LayerTCP,
				"a firewall tears every connection to the %s server down",
				"the network administrator allows the host and its port outbound",
				func(g *gate) { g.reset = true }},
			networkFault{"server-timeout", providers.LayerTCP,
				"the %s server accepts connections and then says nothing",
				"the network administrator looks for a firewall that holds the connection",
				func(g *gate) { g.silent = true }},
		),
		strangerScenarios(), startTLSScenarios(),
		everywhere(
			networkFault{"tls-version-unsupported", providers.LayerTLS,
				"the %s server speaks TLS 1.1 at most",
				"the network administrator updates the server or the device before it",
				func(g *gate) { g.oldTLS = true }},
			networkFault{"server-certificate-untrusted", providers.LayerTLS,
				"the %s server shows a certificate that it signed itself",
				"the network administrator installs a certificate of a trusted authority",
				func(g *gate) { g.certificate = selfSignedCertificate }},
			networkFault{"server-certificate-name-mismatch", providers.LayerTLS,
				"the %s server shows a certificate for another name",
				"the network administrator installs a certificate for the name that is used",
				func(g *gate) { g.certificate = othersCertificate }},
			networkFault{"server-certificate-expired", providers.LayerTLS,
				"the certificate of the %s server ended ten days ago",
				"the network administrator renews the certificate",
				func(g *gate) { g.certificate = expiredCertificate }},
		),
	)
}

// strangerScenarios are ports at which something else answers.
func strangerScenarios() []Scenario {
	var list []Scenario
	for _, server := range mailServers() {
		list = append(list, networkFault{"server-protocol-error", providers.LayerTCP,
			server.stranger + " answers at the %s server's port",
			"the network administrator finds out what listens at that port",
			func(g *gate) { g.stranger = server.greeting }}.on(server))
	}
	return list
}

// startTLSScenarios are those of the one server that is reached in clear at first.
func startTLSScenarios() []Scenario {
	return []Scenario{
		{
			Name: "smtp-tls-mode-mismatch", Cause: "smtp-tls-mode-mismatch", Layer: providers.LayerTLS, Owner: diagnosis.ProductAdmin, Routes: sending("smtp"),
			Title: "TLS from the start was written down for the SMTP port, which wants STARTTLS",
			Mends: "you enter the server as smtp://, which begins in clear and goes on with STARTTLS",
			plant: func(s *state, _ time.Time) { s.notes.smtpScheme = "smtps" },
		},
		{
			Name: "starttls-not-offered", Cause: "starttls-not-offered", Layer: providers.LayerTLS, Owner: diagnosis.NetworkAdmin, Routes: sending("smtp"),
			Title: "a device on the way removes STARTTLS from what the SMTP server offers",
			Mends: "the network administrator switches off what rewrites mail traffic",
			plant: func(s *state, _ time.Time) { s.network.at("smtp").clear = true },
		},
	}
}
