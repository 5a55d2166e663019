package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// networkCauses tells what lies between this computer and the servers.
var networkCauses = []Entry{
	{
		Cause: DNSFailure, Layer: providers.LayerDNS, Owner: NetworkAdmin,
		Summary: "{{host}} cannot be found by its name",
		Decides: "whether the name resolves on another network",
		Fixes: []Fix{
			{Text: "check the spelling, then the DNS servers of this computer, container or VPN", Command: "Resolve-DnsName -Name {{hostname}}"},
		},
	},
	{
		Cause: NetworkBlocked, Layer: providers.LayerTCP, Owner: NetworkAdmin,
		Summary: "{{host}} cannot be reached",
		Decides: "whether the same port opens from another network; mail never goes through an https proxy",
		Fixes: []Fix{
			{Text: "let this computer open connections to the host: port 443 for the sign-in, 993, 995 and 587 for mail", Command: "Test-NetConnection -ComputerName {{hostname}} -Port {{port}}"},
		},
	},
	{
		Cause: ProxyAuthRequired, Layer: providers.LayerTCP, Owner: NetworkAdmin,
		Summary: "the proxy wants a user name and password (407)",
		Decides: "the proxy's log",
		Fixes: []Fix{
			{Text: "set user and password for the proxy, or let the proxy make an exception for the sign-in hosts"},
		},
	},
	{
		Cause: ProxyMisconfigured, Layer: providers.LayerTCP, Owner: NetworkAdmin,
		Summary: "the proxy set for https does not work",
		Decides: "the value of HTTPS_PROXY and NO_PROXY",
		Fixes: []Fix{
			{Text: "correct scheme, host and port of the proxy, and the list of hosts that need none"},
		},
	},
	{
		Cause: TLSInterception, Layer: providers.LayerTLS, Owner: NetworkAdmin,
		Summary: "the certificate shown for {{host}} was made by a device on the way, not by the server's operator",
		Decides: "the certificate's issuer: a company or security product in the place of a public authority",
		Fixes: []Fix{
			{Text: "add the organisation's root certificate to the trusted ones, or exempt the host from inspection; never switch checking off"},
		},
	},
	{
		Cause: CABundleOutdated, Layer: providers.LayerTLS, Owner: ProductAdmin,
		Summary: "the list of trusted authorities is missing or old",
		Decides: "whether the same certificate is accepted by a browser on this computer",
		Fixes: []Fix{
			{Text: "update the list of authorities that the program uses, or point it at the system's list"},
		},
	},
	{
		Cause: ServerCertificateExpired, Layer: providers.LayerTLS, Owner: NetworkAdmin,
		Summary: "the certificate of {{host}} has ended",
		Decides: "the end date in the certificate, compared with this computer's clock",
		Fixes: []Fix{
			{Text: "ask the server's operator to renew the certificate"},
			{Text: "if the clock here is wrong, set it by a time server", Command: "w32tm /resync"},
		},
	},
	{
		Cause: ClockSkew, Layer: providers.LayerToken, Owner: You,
		Summary: "the clock of this computer is wrong",
		Decides: "this computer's time and time zone, compared with another clock",
		Fixes: []Fix{
			{Text: "set the clock by a time server and check the time zone", Command: "w32tm /resync"},
		},
	},
	{
		Cause: SMTPTLSModeMismatch, Layer: providers.LayerTLS, Owner: ProductAdmin,
		Summary: "{{host}} speaks the other kind of TLS than the one set",
		Decides: "the port: 587 and 143 begin plain and use STARTTLS; 465, 993 and 995 use TLS from the start",
		Fixes: []Fix{
			{Text: "choose STARTTLS for port 587, or TLS for the ports 465, 993 and 995"},
		},
	},
	{
		Cause: KeyringServiceMissing, Layer: providers.LayerLocal, Owner: You,
		Summary: "this computer has no credential store that can be used",
		Decides: "whether a Secret Service (GNOME Keyring, KWallet) runs in this session",
		Fixes: []Fix{
			{Text: "start a credential store, or choose the encrypted file by name", Command: "mailgrant setup --store file"},
		},
	},
	{
		Cause: KeyringLocked, Layer: providers.LayerLocal, Owner: You,
		Summary: "the credential store is locked, or waits for somebody to unlock it",
		Decides: "whether the desktop asks for the keyring's password",
		Fixes: []Fix{
			{Text: "unlock the credential store; for a server without a desktop choose the encrypted file", Command: "mailgrant setup --store file"},
		},
	},
	{
		Cause: KeyringEntryTooLarge, Layer: providers.LayerLocal, Owner: You,
		Summary: "the secret is longer than an entry of the credential store may be",
		Decides: "Windows keeps at most 2,560 bytes in one entry",
		Fixes: []Fix{
			{Text: "check that only the secret's Value was entered; else choose the encrypted file", Command: "mailgrant setup --store file"},
		},
	},
	{
		Cause: KeyringFull, Layer: providers.LayerLocal, Owner: You,
		Summary: "the credential store takes no more entries",
		Decides: "the list of stored credentials",
		Fixes: []Fix{
			{Text: "delete entries that nobody uses any more, or choose the encrypted file", Command: "mailgrant setup --store file"},
		},
	},
	{
		Cause: ConfigEntryMissing, Layer: providers.LayerLocal, Owner: You,
		Summary: "a setting is missing, empty, or still a placeholder",
		Decides: "the setting named in the message",
		Fixes: []Fix{
			{Text: "fill in the setting for this account"},
		},
	},
}
