package diagnosis

// clientSigns are what the libraries of mail say themselves, in Java, .NET, Python, PHP, Ruby, Go
// and C, and the programs built on them.
var clientSigns = []sign{
	{
		when: "no authentication mechanisms supported by both|no authentication mechansims supported by both|" +
			"server does not support authentication method|smtp server does not support authentication|" +
			"does not support the xoauth2",
		causes: []Cause{SMTPAuthMechanismUnsupported, SASLXOAUTH2PluginMissing},
	},
	{when: "failed to get auth type from service", causes: []Cause{NetworkBlocked, ConfigEntryMissing, ProxyMisconfigured}},
	{when: "\"this.resp\" is null", causes: []Cause{ServerTimeout, ServerProtocolError}},
	{when: "tls is required, but was not offered", causes: []Cause{STARTTLSNotOffered, SMTPTLSModeMismatch}},
	{when: "smtp & unencrypted connection", causes: []Cause{STARTTLSNotOffered, SMTPTLSModeMismatch}},
	{
		when:   "smtp & wrong host name; envelope-from address is missing|please run connect() first",
		causes: []Cause{ConfigEntryMissing},
	},
	{
		when:   "command search illegal in state auth|illegal in state auth, only allowed in states selected",
		causes: []Cause{IMAPFolderMissing, MailboxPermissionMissing},
	},
	{
		when:   "foldernotfoundexception|errorfoldernotfound|specified folder could not be found in the store",
		causes: []Cause{IMAPFolderMissing, MailboxPermissionMissing},
	},
	{
		when:   "specified object was not found in the store|failed to get the correct properties",
		causes: []Cause{MailboxPermissionMissing, MailboxNotFoundOrUnlicensed, IMAPFolderMissing},
	},
	{when: "oauth2 asked for more", causes: []Cause{GoogleScopeWrong, AccessTokenExpired, WrongUserSignedIn}},
	{
		when: "connection count exceeded|too many concurrent requests for user|mapi session limit exceeded|" +
			"connections has exceeded a limit",
		causes: []Cause{TooManyConnections, Throttled},
	},
	{when: "errormessagesubmissionblocked", causes: []Cause{OutboundSendingBlocked}},
	{when: "got code \"\", with message \"\"", causes: []Cause{SMTPTLSModeMismatch, ServerTimeout, NetworkBlocked}},
	{when: "query status=3|authfail & fetchmail", causes: []Cause{BasicAuthBlocked, WrongCredentials}},
	{when: "login denied & curl|(67)", causes: []Cause{BasicAuthBlocked, ScopeMissing, WrongCredentials}},
	{when: "an error occurred sending the request & graph", causes: []Cause{NetworkBlocked, ProxyMisconfigured}},
}
