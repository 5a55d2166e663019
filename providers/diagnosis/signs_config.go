package diagnosis

// configSigns are what programs say of their own settings.
var configSigns = []sign{
	{
		when: "by this installation|your sasl installation|supported by this build|the gnu sasl|no gnu sasl|" +
			"libgsasl|authen::sasl::xoauth2|module missing & xoauth2",
		causes: []Cause{SASLXOAUTH2PluginMissing, SMTPAuthMechanismUnsupported},
	},
	{
		when:   "no authenticators available & xoauth2 & sasl",
		causes: []Cause{SASLXOAUTH2PluginMissing, SMTPAuthMechanismUnsupported},
	},
	{
		when:   "configuration key ~ is missing|not found|missing",
		causes: []Cause{ConfigEntryMissing},
	},
	{
		when:   "_client_id|_tenant_id|_client_secret ~ cannot find|not find|is missing|missing|not set|undefined",
		causes: []Cause{ConfigEntryMissing, TenantIDMissing},
	},
	{
		when:   "cannot create new access token|no refresh token, access token|missing credentials for",
		unless: "invalid_grant",
		causes: []Cause{ConfigEntryMissing, TokenCacheUnreadable},
	},
	{
		when: "unknown parameter|unknown option|unknown keyword|unknown directive|unrecognized option|" +
			"unrecognised option|unknown setting",
		causes: []Cause{ConfigEntryMissing},
	},
	{
		when: "oauth|oauth2|oauth 2.0 ~ is not supported|is currently not supported|was not supported|" +
			"not supported with this|not supported by this",
		unless: "starttls|multi-tenant|multitenant|role|scope|basic auth|endpoints|by the server|for this feature",
		causes: []Cause{ConfigEntryMissing, SMTPAuthMechanismUnsupported},
	},
	{
		when:   "no config file entry|config file entry missing|no config entry|no configuration entry",
		causes: []Cause{ConfigEntryMissing},
	},
	{
		when:   "environmentcredential authentication unavailable; generating the authorization url & json",
		causes: []Cause{ConfigEntryMissing, TokenCacheUnreadable},
	},
	{when: "unexpected token & json & xoauth2", causes: []Cause{ConfigEntryMissing, ServerProtocolError}},
	{
		when: "#mailer|mail transport|mail driver|mail provider & is not defined|unsupported mail|is not supported|" +
			"unknown mail|not configured",
		unless: "starttls|role|scope|tenant",
		causes: []Cause{ConfigEntryMissing},
	},
	{
		when: "password_command|passcmd|passwordeval|external program|pass command|oauth_refresh_command|" +
			"token helper & exit|returned|failed|non-zero|not found|empty",
		causes: []Cause{TokenCacheUnreadable, ConfigEntryMissing, RefreshTokenExpired},
	},
	{
		when: "account & not found in ~ msmtprc; not found: no configuration file available; msmtprc: host not set; " +
			"has neither tunnel nor host; cannot open config file; specify a password table; " +
			"the 'clientid' option must be provided; value cannot be null & tenantid|clientid|clientsecret; " +
			"no such file & client_secret.json|credentials.json; nooptionerror|nosectionerror & mail|imap|office365|" +
			"gmail|client_secret; no password specified & javax.mail; smtp not configured, check; " +
			"cannot bind argument to parameter & clientid|tenantid|mailbox; unsupported protocol scheme \"\"; " +
			"please configure your outlook; parse config|parsing config|toml parse error|yaml.scanner|" +
			"invalid configuration|configuration error|configuration is invalid",
		unless: "password required|5.7.",
		causes: []Cause{ConfigEntryMissing},
	},
	{
		when: "msmtprc|mbsyncrc|isyncrc|fetchmailrc|getmailrc|offlineimaprc|muttrc & line longer|syntax error|" +
			"unknown command|unknown keyword|unknown option|invalid argument|parse",
		causes: []Cause{ConfigEntryMissing},
	},
	{
		when: "oauth is not configured|oauth not configured|oauth2 is not configured|oauth 2.0 is not configured & " +
			"mail|imap|outlook|provider",
		causes: []Cause{ConfigEntryMissing},
	},
	{when: "failed to open tcp connection to oauth2:", causes: []Cause{ConfigEntryMissing, DNSFailure}},
	{
		when: "client_id|client id|clientid|tenant|redirect_uri|oauth2_scope|token_url|permission_url|" +
			"client_secret & is not set|not configured|is undefined|undefined|is null|is none|missing in|placeholder|" +
			"your_client|your-client|<client|no configuration|missing required value|missing required configuration|" +
			"keyerror|not set in",
		unless: "aadsts|not configured as a|not configured for|response is missing",
		causes: []Cause{ConfigEntryMissing},
	},
}
