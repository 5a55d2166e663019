package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// observedCauses tells what a connection test or a store meets itself; public reports do not use these names.
var observedCauses = []Entry{
	{
		Cause: DeviceCodeDeclined, Layer: providers.LayerToken, Owner: MailboxUser,
		Summary: "the person refused the sign-in",
		Decides: "the sign-in log's entry, which shows who pressed what",
		Fixes: []Fix{
			{Text: "ask for a new code and approve the sign-in"},
			{Text: "if the page asked for an administrator, let one grant admin consent first", URL: permissionsPage},
		},
	},
	{
		Cause: SecretNotYetActive, Layer: providers.LayerToken, Owner: You,
		Summary: "the new client secret of {{app}} is not known everywhere yet",
		Decides: "time: a new secret takes seconds to a few minutes",
		Fixes: []Fix{
			{Text: "wait a minute and try again; the old secret stays in use meanwhile"},
		},
	},
	{
		Cause: ServerCertificateNameMismatch, Layer: providers.LayerTLS, Owner: NetworkAdmin,
		Summary: "the certificate shown by {{host}} is for another name",
		Decides: "the names in the certificate",
		Fixes: []Fix{
			{Text: "use the host name that the certificate names, or ask the server's operator for a certificate with this name"},
		},
	},
	{
		Cause: ServerCertificateUntrusted, Layer: providers.LayerTLS, Owner: NetworkAdmin,
		Summary: "the certificate of {{host}} was issued by an authority that this computer does not know",
		Decides: "the certificate's issuer: a private authority, or nobody but the server itself",
		Fixes: []Fix{
			{Text: "hand in the authority's certificate as a PEM file; never switch checking off"},
		},
	},
	{
		Cause: TLSVersionUnsupported, Layer: providers.LayerTLS, Owner: NetworkAdmin,
		Summary: "{{host}} and this program have no TLS version in common: 1.2 or newer is needed",
		Decides: "the versions that the server offers",
		Fixes: []Fix{
			{Text: "update the server, or the device between that ends TLS"},
		},
	},
	{
		Cause: STARTTLSNotOffered, Layer: providers.LayerTLS, Owner: NetworkAdmin,
		Summary: "{{host}} offers no STARTTLS, or something on the way took the offer out",
		Decides: "whether the server offers it to a client on another network",
		Fixes: []Fix{
			{Text: "check host and port, and look for a device that rewrites mail traffic"},
		},
	},
	{
		Cause: ServerProtocolError, Layer: providers.LayerTCP, Owner: NetworkAdmin,
		Summary: "the answer of {{host}} is not the protocol expected",
		Decides: "the server's own lines in the trace",
		Fixes: []Fix{
			{Text: "check host and port: another service may listen there"},
			{Text: "record a trace and show it to the network's administrator"},
		},
	},
	{
		Cause: ServerTimeout, Layer: providers.LayerTCP, Owner: NetworkAdmin,
		Summary: "{{host}} takes the connection and then says nothing in time",
		Decides: "whether a second attempt, or one from another network, gets an answer",
		Fixes: []Fix{
			{Text: "try again; then check firewalls that inspect this protocol"},
		},
	},
	{
		Cause: ServiceUnavailable, Layer: providers.LayerToken, Owner: Microsoft,
		Summary: "the service is not available for the moment",
		Decides: "the service's status page",
		Fixes: []Fix{
			{Text: "try again in some minutes, and look at the status page", URL: statusPage},
		},
	},
}
