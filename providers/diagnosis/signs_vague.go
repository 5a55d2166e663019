package diagnosis

// statusSigns are what overloaded or broken services answer.
var statusSigns = []sign{
	{when: "servicenotavailable|(503) server unavailable", causes: []Cause{ServiceUnavailable, Throttled}},
	{when: "too many connections|too many concurrent|connection limit", causes: []Cause{TooManyConnections, Throttled}},
	{when: "too many requests|#429|rate limit|try again later|bandwidth limits|overquota", causes: []Cause{Throttled}},
	{
		when: "400 bad request & smtplib|poplib|imaplib|non-esmtp; unexpected imap-server response; " +
			"weird server reply; section=responsestatusline; server gave http response to https client; " +
			"received http/0.9; malformed http status; badstatusline; did not contain valid xml; " +
			"invalid http response; hpe_invalid_constant; invalid reply|empty response|empty reply|unexpected reply|" +
			"invalid response|unexpected response|malformed response|bad response|invalid greeting|unexpected greeting|" +
			"protocol error|protocol violation|bad sequence of commands|send hello first|unexpected token|badcharset|" +
			"bye jakarta mail exception|bye javamail exception|ex_protocol|parse error|syntax error",
		causes: []Cause{ServerProtocolError},
	},
	{
		when: "temporarily unavailable|temporarily_unavailable|server_error|service unavailable|" +
			"service not available|not currently available|server busy|#503|#504|#502|status code 500|(500)|" +
			"500 internal|temporary server error|temporary authentication failure|internal server error|" +
			"bye internal error|server unavailable|mailboxstoreunavailable|transienterror|timeoutexpired|" +
			"backendrehydrate|bad gateway|gateway timeout|something went wrong|technical problems|" +
			"technical difficulties",
		unless: "5.7.|resource temporarily",
		causes: []Cause{ServiceUnavailable, Throttled},
	},
}

// codeSigns are the error codes of OAuth (RFC 6749 section 5.2), which say little but never by chance.
var codeSigns = []sign{
	{when: "invalidauthenticationtoken & expired", causes: []Cause{AccessTokenExpired, RefreshTokenExpired}},
	{when: "invalidauthenticationtoken", causes: []Cause{AccessTokenMalformed, AccessTokenExpired, TokenAudienceWrong}},
	{when: "#unauthenticated & gmail|googleapis", causes: []Cause{AccessTokenExpired, GoogleTokenRevoked}},
	{
		when: "interaction_required|interaction required|login_required|ui_required|msaluirequired|" +
			"interactionrequiredautherror",
		unless: "aadsts|idx",
		causes: []Cause{MFARequired, RefreshTokenExpired, ConditionalAccessBlocked},
	},
	{
		when:   "invalid_client|invalid client|client authentication failed",
		causes: []Cause{SecretWrongOrTruncated, AppNotInTenant},
	},
	{when: "unauthorized_client", causes: []Cause{AppNotInTenant, PublicClientFlowDisabled, ConsentMissing}},
	{when: "invalid_grant|invalid grant", causes: []Cause{RefreshTokenExpired, TokenRevokedPasswordChange}},
	{when: "access_denied", causes: []Cause{ConsentMissing, AdminConsentRequired}},
}

// vagueSigns are the general words of sign-ins, which say least.
var vagueSigns = []sign{
	{
		when:   "smtpauthentificationerror|smtpauthenticationerror",
		causes: []Cause{SMTPAuthDisabledMailbox, SMTPAuthDisabledTenant, WrongCredentials},
	},
	{when: "unable to fetch auth token", causes: []Cause{CallbackNotReceived, AuthCodeAlreadyUsed}},
	{
		when: "cannot access offset|has no attribute|undefined method|undefined index|undefined array key|" +
			"undefined value|nonetype|cannot read propert|object reference not set|nullpointerexception|nil:nilclass|" +
			"nil pointer & oauth|token|refresh",
		causes: []Cause{ConfigEntryMissing, TokenCacheUnreadable, RefreshTokenExpired},
	},
	{
		when: "reconnect|reauthenticate|re-authenticate|reauthorize|re-authorize|sign in again|log in again & " +
			"account|mailbox|token|mail",
		causes: []Cause{RefreshTokenExpired, TokenRevokedPasswordChange},
	},
	{
		when:   "connect with your|connect your|not connected to & account|mailbox",
		causes: []Cause{TokenCacheUnreadable, CallbackNotReceived},
	},
	{
		when:   "connection setup failed & outlook|office365|hotmail",
		causes: []Cause{BasicAuthBlocked, WrongCredentials, NetworkBlocked},
	},
	{
		when: "without access token|without an access token|no access token|access token is undefined|" +
			"access token is missing|access token is null|access token not found",
		causes: []Cause{TokenCacheUnreadable, CallbackNotReceived},
	},
	{
		when:   "refresh|renew & token & fail|need|could not|cannot|unable|error",
		unless: "timed out|refused|resolve",
		causes: []Cause{RefreshTokenExpired, TokenRevokedPasswordChange},
	},
	{
		when:   "graph|mail.read|mail.send|/messages|rest request & unauthorized|401",
		causes: []Cause{MailboxNotFoundOrUnlicensed, TokenAudienceWrong, AccessTokenMalformed},
	},
	{when: "invalid_token|invalid token", causes: []Cause{AccessTokenExpired, AccessTokenMalformed}},
	{when: "invalid_request", causes: []Cause{RequestMalformed, RequestParameterMissing}},
}
