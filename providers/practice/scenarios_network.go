package practice

import (
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// networkScenarios are what lies before the mail servers: the way to them, their ports and TLS.
func networkScenarios() []Scenario {
	return []Scenario{
		{
			Name: "network-blocked-imap", Cause: "network-blocked", Layer: providers.LayerTCP, Owner: diagnosis.NetworkAdmin, Routes: onBoth(),
			Title: "a firewall tears every connection to the IMAP server down",
			Mends: "the network administrator allows the host and its port outbound",
			plant: func(s *state, _ time.Time) { s.network.at("imap").reset = true },
		},
		{
			Name: "network-blocked-smtp", Cause: "network-blocked", Layer: providers.LayerTCP, Owner: diagnosis.NetworkAdmin, Routes: onBoth(),
			Title: "a firewall tears every connection to the SMTP server down",
			Mends: "the network administrator allows the host and its port outbound",
			plant: func(s *state, _ time.Time) { s.network.at("smtp").reset = true },
		},
		{
			Name: "server-timeout-imap", Cause: "server-timeout", Layer: providers.LayerTCP, Owner: diagnosis.NetworkAdmin, Routes: onBoth(),
			Title: "the IMAP server accepts connections and then says nothing",
			Mends: "the network administrator looks for a firewall that holds the connection",
			plant: func(s *state, _ time.Time) { s.network.at("imap").silent = true },
		},
		{
			Name: "server-timeout-smtp", Cause: "server-timeout", Layer: providers.LayerTCP, Owner: diagnosis.NetworkAdmin, Routes: onBoth(),
			Title: "the SMTP server accepts connections and then says nothing",
			Mends: "the network administrator looks for a firewall that holds the connection",
			plant: func(s *state, _ time.Time) { s.network.at("smtp").silent = true },
		},
		{
			Name: "server-protocol-error-imap", Cause: "server-protocol-error", Layer: providers.LayerTCP, Owner: diagnosis.NetworkAdmin, Routes: onBoth(),
			Title: "a web server answers at the IMAP server's port",
			Mends: "the network administrator finds out what listens at that port",
			plant: func(s *state, _ time.Time) { s.network.at("imap").stranger = "HTTP/1.1 400 Bad Request" },
		},
		{
			Name: "server-protocol-error-smtp", Cause: "server-protocol-error", Layer: providers.LayerTCP, Owner: diagnosis.NetworkAdmin, Routes: onBoth(),
			Title: "a remote shell answers at the SMTP server's port",
			Mends: "the network administrator finds out what listens at that port",
			plant: func(s *state, _ time.Time) { s.network.at("smtp").stranger = "SSH-2.0-OpenSSH_9.9" },
		},
		{
			Name: "smtp-tls-mode-mismatch", Cause: "smtp-tls-mode-mismatch", Layer: providers.LayerTLS, Owner: diagnosis.ProductAdmin, Routes: onBoth(),
			Title: "TLS from the start was written down for the SMTP port, which wants STARTTLS",
			Mends: "you enter the server as smtp://, which begins in clear and goes on with STARTTLS",
			plant: func(s *state, _ time.Time) { s.notes.smtpScheme = "smtps" },
		},
		{
			Name: "starttls-not-offered", Cause: "starttls-not-offered", Layer: providers.LayerTLS, Owner: diagnosis.NetworkAdmin, Routes: onBoth(),
			Title: "a device on the way removes STARTTLS from what the SMTP server offers",
			Mends: "the network administrator switches off what rewrites mail traffic",
			plant: func(s *state, _ time.Time) { s.network.at("smtp").clear = true },
		},
		{
			Name: "tls-version-unsupported-imap", Cause: "tls-version-unsupported", Layer: providers.LayerTLS, Owner: diagnosis.NetworkAdmin, Routes: onBoth(),
			Title: "the IMAP server speaks TLS 1.1 at most",
			Mends: "the network administrator updates the server or the device before it",
			plant: func(s *state, _ time.Time) { s.network.at("imap").oldTLS = true },
		},
		{
			Name: "tls-version-unsupported-smtp", Cause: "tls-version-unsupported", Layer: providers.LayerTLS, Owner: diagnosis.NetworkAdmin, Routes: onBoth(),
			Title: "the SMTP server speaks TLS 1.1 at most",
			Mends: "the network administrator updates the server or the device before it",
			plant: func(s *state, _ time.Time) { s.network.at("smtp").oldTLS = true },
		},
		{
			Name: "server-certificate-untrusted-imap", Cause: "server-certificate-untrusted", Layer: providers.LayerTLS, Owner: diagnosis.NetworkAdmin, Routes: onBoth(),
			Title: "the IMAP server shows a certificate that it signed itself",
			Mends: "the network administrator installs a certificate of a trusted authority",
			plant: func(s *state, _ time.Time) { s.network.at("imap").certificate = selfSignedCertificate },
		},
		{
			Name: "server-certificate-untrusted-smtp", Cause: "server-certificate-untrusted", Layer: providers.LayerTLS, Owner: diagnosis.NetworkAdmin, Routes: onBoth(),
			Title: "the SMTP server shows a certificate that it signed itself",
			Mends: "the network administrator installs a certificate of a trusted authority",
			plant: func(s *state, _ time.Time) { s.network.at("smtp").certificate = selfSignedCertificate },
		},
		{
			Name: "server-certificate-name-mismatch-imap", Cause: "server-certificate-name-mismatch", Layer: providers.LayerTLS, Owner: diagnosis.NetworkAdmin, Routes: onBoth(),
			Title: "the IMAP server shows a certificate for another name",
			Mends: "the network administrator installs a certificate for the name that is used",
			plant: func(s *state, _ time.Time) { s.network.at("imap").certificate = othersCertificate },
		},
		{
			Name: "server-certificate-name-mismatch-smtp", Cause: "server-certificate-name-mismatch", Layer: providers.LayerTLS, Owner: diagnosis.NetworkAdmin, Routes: onBoth(),
			Title: "the SMTP server shows a certificate for another name",
			Mends: "the network administrator installs a certificate for the name that is used",
			plant: func(s *state, _ time.Time) { s.network.at("smtp").certificate = othersCertificate },
		},
		{
			Name: "server-certificate-expired-imap", Cause: "server-certificate-expired", Layer: providers.LayerTLS, Owner: diagnosis.NetworkAdmin, Routes: onBoth(),
			Title: "the certificate of the IMAP server ended ten days ago",
			Mends: "the network administrator renews the certificate",
			plant: func(s *state, _ time.Time) { s.network.at("imap").certificate = expiredCertificate },
		},
		{
			Name: "server-certificate-expired-smtp", Cause: "server-certificate-expired", Layer: providers.LayerTLS, Owner: diagnosis.NetworkAdmin, Routes: onBoth(),
			Title: "the certificate of the SMTP server ended ten days ago",
			Mends: "the network administrator renews the certificate",
			plant: func(s *state, _ time.Time) { s.network.at("smtp").certificate = expiredCertificate },
		},
	}
}
