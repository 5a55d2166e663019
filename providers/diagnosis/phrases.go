package diagnosis

// phrases are searched in this order. Sources: Microsoft's pages on authenticated submission
// (https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/authenticated-client-smtp-submission),
// its limits (https://learn.microsoft.com/exchange/troubleshoot/send-emails/smtp-submission-improvements),
// RFC 2449, RFC 3206, RFC 3463, RFC 4954, RFC 5530, and refusals of Exchange, Gmail, Dovecot and Postfix as reported.
var phrases = []phrase{
	// authenticated SMTP, switched off or by password
	{protocol: "smtp", words: []string{"disabled for the tenant"}, causes: []Cause{SMTPAuthDisabledTenant}},
	{protocol: "smtp", words: []string{"disabled for the mailbox"}, causes: []Cause{SMTPAuthDisabledMailbox}},
	{protocol: "smtp", words: []string{"security defaults"}, causes: []Cause{BasicAuthBlocked}},
	{protocol: "smtp", words: []string{"basic authentication is"}, causes: []Cause{BasicAuthBlocked}},
	{protocol: "smtp", enhanced: "5.7.30", causes: []Cause{BasicAuthBlocked}},
	{protocol: "smtp", enhanced: "5.7.139", words: []string{"did not meet the criteria"}, causes: []Cause{BasicAuthBlocked, SMTPAuthDisabledMailbox}},
	{protocol: "smtp", enhanced: "5.7.139", causes: []Cause{SMTPAuthDisabledMailbox, SMTPAuthDisabledTenant, BasicAuthBlocked}},
	{words: []string{"basicauthblocked"}, causes: []Cause{BasicAuthBlocked}},
	{protocol: "imap", command: "LOGIN", words: []string{"login failed"}, causes: []Cause{BasicAuthBlocked, WrongCredentials}},
	{protocol: "pop3", words: []string{"logon failure"}, causes: []Cause{BasicAuthBlocked, WrongCredentials}},
	{words: []string{"application-specific password"}, causes: []Cause{GoogleAppPasswordNeeded}},
	{words: []string{"log in via your web browser"}, causes: []Cause{GoogleAppPasswordNeeded}},

	// no sign-in, no TLS
	{protocol: "smtp", enhanced: "5.7.57", causes: []Cause{SMTPClientNotAuthenticated}},
	{protocol: "smtp", words: []string{"must issue a starttls"}, causes: []Cause{SMTPTLSModeMismatch, SMTPClientNotAuthenticated}},
	{bracket: "PRIVACYREQUIRED", causes: []Cause{SMTPTLSModeMismatch, STARTTLSNotOffered}},
	{protocol: "smtp", code: 530, causes: []Cause{SMTPClientNotAuthenticated}},

	// the sender
	{protocol: "smtp", enhanced: "5.7.60", causes: []Cause{SendAsDenied}},
	{protocol: "smtp", enhanced: "5.2.252", causes: []Cause{SendAsDenied}},
	{protocol: "smtp", words: []string{"sendasdenied"}, causes: []Cause{SendAsDenied}},
	{protocol: "smtp", words: []string{"send as this sender"}, causes: []Cause{SendAsDenied}},
	{protocol: "smtp", words: []string{"not owned by user"}, causes: []Cause{SendAsDenied}},
	{protocol: "smtp", enhanced: "5.1.8", causes: []Cause{OutboundSendingBlocked, SendAsDenied}},
	{protocol: "smtp", words: []string{"bad outbound sender"}, causes: []Cause{OutboundSendingBlocked}},
	{protocol: "smtp", words: []string{"traffic not accepted from this ip"}, causes: []Cause{OutboundSendingBlocked}},

	// amounts
	{words: []string{"too many simultaneous connections"}, causes: []Cause{TooManyConnections, Throttled}},
	{protocol: "smtp", words: []string{"maximum number of concurrent", "connections"}, causes: []Cause{TooManyConnections, Throttled}},
	{protocol: "imap", words: []string{"maximum number of connections"}, causes: []Cause{TooManyConnections, Throttled}},
	{protocol: "smtp", words: []string{"concurrent connections limit"}, causes: []Cause{Throttled, TooManyConnections}},
	{protocol: "smtp", code: 432, causes: []Cause{Throttled, TooManyConnections}},
	{words: []string{"submissionquotaexceeded"}, causes: []Cause{SendingQuotaExceeded}},
	{protocol: "smtp", enhanced: "5.4.5", causes: []Cause{SendingQuotaExceeded}},
	{protocol: "smtp", words: []string{"sending", "exceeded"}, causes: []Cause{SendingQuotaExceeded}},
	{words: []string{"throttled"}, causes: []Cause{Throttled}},
	{words: []string{"backoff"}, causes: []Cause{Throttled}},
	{words: []string{"too many login attempts"}, causes: []Cause{Throttled}},
	{bracket: "THROTTLED", causes: []Cause{Throttled}},
	{bracket: "LIMIT", causes: []Cause{TooManyConnections, Throttled}},

	// how the client speaks
	{protocol: "smtp", words: []string{"line too long"}, causes: []Cause{XOAUTH2NeedsTwoStep}},
	{protocol: "smtp", words: []string{"too long line"}, causes: []Cause{XOAUTH2NeedsTwoStep}},
	{words: []string{"invalid base64"}, causes: []Cause{XOAUTH2NeedsTwoStep, XOAUTH2StringMalformed}},
	{protocol: "smtp", enhanced: "5.5.124", causes: []Cause{XOAUTH2StringMalformed}},
	{words: []string{"invalid sasl argument"}, causes: []Cause{XOAUTH2StringMalformed}},
	{words: []string{"unrecognized authentication type"}, causes: []Cause{SMTPAuthMechanismUnsupported}},
	{words: []string{"authentication mechanism"}, causes: []Cause{SMTPAuthMechanismUnsupported}},
	{protocol: "smtp", command: "AUTH", code: 504, causes: []Cause{SMTPAuthMechanismUnsupported}},
	{protocol: "smtp", command: "AUTH", code: 502, causes: []Cause{SMTPAuthMechanismUnsupported}},
	{protocol: "pop3", words: []string{"protocol error"}, causes: []Cause{XOAUTH2NeedsTwoStep, XOAUTH2StringMalformed}},

	// the token, the mailbox and its protocols, by name
	{words: []string{"accesstokenexpired"}, causes: []Cause{AccessTokenExpired}},
	{protocol: "imap", words: []string{"imap access is disabled"}, causes: []Cause{IMAPDisabledMailbox}},
	{protocol: "imap", words: []string{"not enabled for imap"}, causes: []Cause{IMAPDisabledMailbox}},
	{protocol: "pop3", words: []string{"not enabled for pop"}, causes: []Cause{POPDisabledMailbox}},
	{bracket: "WEBALERT", causes: []Cause{GoogleAppPasswordNeeded}},
	{bracket: "OVERQUOTA", causes: []Cause{Throttled}},
	{protocol: "imap", words: []string{"bandwidth limits"}, causes: []Cause{Throttled}},
	{protocol: "smtp", words: []string{"likely unsolicited"}, causes: []Cause{OutboundSendingBlocked}},
	{words: []string{"lookup failed"}, causes: []Cause{MailboxNotFoundOrUnlicensed}},
	{words: []string{"mailbox logon failure"}, causes: []Cause{MailboxPermissionMissing, ServicePrincipalMissing, SMTPSendAsAppMissing}},
	{bracket: "SERVERBUG", causes: []Cause{MailboxNotFoundOrUnlicensed, ServiceUnavailable}},
	{bracket: "SYS/TEMP", causes: []Cause{MailboxNotFoundOrUnlicensed, ServiceUnavailable}},
	{words: []string{"server unavailable"}, causes: []Cause{ServiceUnavailable, Throttled}},
	{bracket: "UNAVAILABLE", causes: []Cause{ServiceUnavailable, MailboxNotFoundOrUnlicensed}},
	{bracket: "SYS/PERM", causes: []Cause{MailboxNotFoundOrUnlicensed, POPDisabledMailbox}},
	{bracket: "IN-USE", causes: []Cause{TooManyConnections, ServiceUnavailable}},
	{bracket: "LOGIN-DELAY", causes: []Cause{Throttled}},
	{protocol: "pop3", words: []string{"pop is disabled"}, causes: []Cause{POPDisabledMailbox}},
	{bracket: "INUSE", causes: []Cause{ServiceUnavailable, TooManyConnections}},
	{protocol: "smtp", code: 454, causes: []Cause{ServiceUnavailable, Throttled}},
	{protocol: "smtp", code: 451, enhanced: "4.7.0", causes: []Cause{ServiceUnavailable, XOAUTH2StringMalformed}},
	{protocol: "smtp", code: 421, causes: []Cause{ServiceUnavailable, Throttled}},
}
