package practice

const (
	popRefused    = "pop3 sasl: pop3 refused AUTH: -ERR Authentication failure: unknown user name or bad password."
	ewsForbidden1 = "ews mailbox: ews refused GetFolder: HTTP 403"
	graphRefused  = "refused mailFolders: HTTP "
)

// protocolSigns are what scenarios look like over POP3, Graph and EWS, beside the signs of the mail
// routes.
var protocolSigns = map[string][]string{
	"token-audience-wrong": {
		"all graph sasl: graph " + graphRefused + "401 InvalidAuthenticationToken: Access token validation failure. Invalid audience.",
		"both " + popRefused,
		"both ews sasl: ews refused GetFolder: HTTP 401: 2000003;reason=\"The audience claim value is invalid 'https://graph.microsoft.com'.\"",
	},
	"access-token-expired": {
		"all graph sasl: graph " + graphRefused + "401 InvalidAuthenticationToken: Lifetime validation failed, the token is expired.",
		"both " + popRefused,
		"both ews sasl: ews refused GetFolder: HTTP 401: 2000002;reason=\"The token has expired.\"",
	},
	"wrong-user-signed-in": {
		"all graph mailbox: graph " + graphRefused + "404 ErrorItemNotFound: The specified object was not found in the store., Default folder Inbox not found.",
	},

	"network-blocked-pop":                  {"both pop3 reset"},
	"server-timeout-pop":                   {"both pop3 tls: silence"},
	"server-protocol-error-pop":            {`both pop3 tcp: greeting: the greeting is not POP3: "SSH-2.0-OpenSSH_9.9"`},
	"tls-version-unsupported-pop":          {"both pop3 tls: tls: " + oldVersion},
	"server-certificate-untrusted-pop":     {"both pop3 tls: tls: the certificate comes from an authority that is not trusted: localhost"},
	"server-certificate-name-mismatch-pop": {"both pop3 tls: tls: the certificate is for mail.fabrikam.example, not for 127.0.0.1"},
	"server-certificate-expired-pop":       {"both pop3 tls: tls: the certificate is valid from 2025-11-11 to 2026-11-11 only"},
	"service-unavailable-pop":              {"both pop3 sasl: pop3 refused AUTH: -ERR Server Unavailable. 21"},
	"pop-disabled-mailbox":                 {"last " + popRefused},

	"service-unavailable-graph":     {"all graph sasl: graph " + graphRefused + "503 serviceNotAvailable: "},
	"graph-user-invalid":            {outbox + "graph mailbox: graph " + graphRefused + "404 ErrorInvalidUser: The requested user 'crm@contoso.example' is invalid."},
	"graph-permission-missing":      {"all graph mailbox: graph " + graphRefused + "403 ErrorAccessDenied: Access is denied. Check credentials and try again."},
	"graph-permission-missing-send": {outbox + "graph send: graph refused sendMail: HTTP 403 ErrorAccessDenied: Access is denied. Check credentials and try again."},
	"application-access-policy":     {"last graph mailbox: graph " + graphRefused + "403 ErrorAccessDenied: Access to OData is disabled: [RAOP] : Blocked by tenant configured AppOnly AccessPolicy settings."},
	"throttled-graph":               {"last graph mailbox: graph " + graphRefused + "429 ApplicationThrottled: Application is over its MailboxConcurrency limit."},
	"imap-folder-missing":           {`last graph mailbox: graph refused mailFolders: HTTP 404 ErrorItemNotFound: no folder of this mailbox is called "Contracts 2024"`},
	"outbound-sending-blocked":      {outbox + "graph send: graph refused sendMail: HTTP 403 ErrorMessageSubmissionBlocked: "},
	"send-as-denied":                {outbox + "graph send: graph refused sendMail: HTTP 403 ErrorSendAsDenied: "},
	"sending-quota-exceeded":        {outbox + "graph send: graph refused sendMail: HTTP 403 ErrorExceededMessageLimit: "},
	"mailbox-not-found-or-unlicensed": {
		"last graph mailbox: graph " + graphRefused + "404 MailboxNotEnabledForRESTAPI: ",
		"last ews mailbox: ews refused GetFolder: HTTP 500 ErrorNonExistentMailbox: ",
	},

	"service-unavailable-ews":       {"both ews sasl: ews refused GetFolder: HTTP 503"},
	"ews-permission-missing":        {"both " + ewsForbidden1 + `: 2000008;reason="The token contains not enough scope to make this call."`},
	"ews-allowlist-blocked-tenant":  {"both " + ewsForbidden1},
	"ews-allowlist-blocked":         {"both " + ewsForbidden1},
	"ews-allowlist-blocked-mailbox": {"last " + ewsForbidden1},
	"ews-impersonation-denied":      {"last ews mailbox: ews refused GetFolder: HTTP 500 ErrorImpersonateUserDenied: "},
	"application-access-policy-ews": {"last ews mailbox: ews refused GetFolder: HTTP 500 ErrorAccessDenied: "},
	"throttled-ews":                 {"last ews mailbox: ews refused GetFolder: HTTP 500 ErrorServerBusy: "},
}
