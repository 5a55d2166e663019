package diagnosis

// saslSigns are about the dialogue of a sign-in: the string, its two lines, the program's modules.
var saslSigns = []sign{
	{
		when:   "two.line.authentication|two-line|two line|no + was|wait for + & auth|xoauth2|protocol error",
		causes: []Cause{XOAUTH2NeedsTwoStep, XOAUTH2StringMalformed},
	},
	{
		when:   "pop3|pop. & xoauth2 & protocol error|unexpectedly disconnected|closed the connection",
		causes: []Cause{XOAUTH2NeedsTwoStep, XOAUTH2StringMalformed},
	},
	{
		when:   "pop3|pops:// & 4096|2048|too long & protocol error",
		causes: []Cause{XOAUTH2NeedsTwoStep},
	},
	{
		when:   "invalid gs2-header",
		causes: []Cause{XOAUTH2StringMalformed},
	},
	{
		when:   "auth method requested: xoauth2 & auth methods available on the server",
		unless: ",xoauth2|, xoauth2|xoauth2,|server: xoauth2",
		causes: []Cause{SMTPAuthMechanismUnsupported, NetworkBlocked},
	},
	{
		when:   "authenticating with sasl mechanism xoauth2 & hang|nothing",
		causes: []Cause{SASLXOAUTH2PluginMissing, ServerTimeout},
	},
	{when: "smtp authentication was not compiled in", causes: []Cause{SMTPAuthMechanismUnsupported, SASLXOAUTH2PluginMissing}},
	{when: "authen/sasl/perl/xoauth2", causes: []Cause{SASLXOAUTH2PluginMissing}},
	{when: "auth xoauth2 & -err protocol error", causes: []Cause{XOAUTH2NeedsTwoStep, XOAUTH2StringMalformed}},
	{when: "bad command argument error & base64_encode|bearer", causes: []Cause{AccessTokenMalformed, XOAUTH2StringMalformed}},
	{
		when: "unknown sasl mechanism; no login methods supported; support encrypted passwords; " +
			"sasl oauthbearer not supported",
		causes: []Cause{SMTPAuthMechanismUnsupported, BasicAuthBlocked, SASLXOAUTH2PluginMissing},
	},
	{when: "smtp socket: malformed response", causes: []Cause{SASLXOAUTH2PluginMissing, ConfigEntryMissing}},
	{when: "all-whitespace username|no auth info found", causes: []Cause{ConfigEntryMissing, SMTPClientNotAuthenticated}},
	{when: "wants more steps", causes: []Cause{SASLXOAUTH2PluginMissing, XOAUTH2StringMalformed, ServerProtocolError}},
	{when: "protocol error & connection is closed", causes: []Cause{XOAUTH2NeedsTwoStep, XOAUTH2StringMalformed}},
	{when: "^aauth=bearer", unless: "'auth' extension", causes: []Cause{XOAUTH2StringMalformed}},
	{
		when:   "line too long|too long line|#5.5.6; #5.5.2 & syntax error",
		causes: []Cause{XOAUTH2NeedsTwoStep, XOAUTH2StringMalformed},
	},
	{when: "auth for user & failed", causes: []Cause{XOAUTH2NeedsTwoStep, WrongUserSignedIn, ScopeMissing}},
	{
		when: "invalid xoauth2|#5.5.124|#5.5.127; xoauth2|gsmtp|sasl|base64 & cannot decode|malformed string|" +
			"malformed initial|malformed base64|malformed token|invalid base64|base64 decod|not base64",
		causes: []Cause{XOAUTH2StringMalformed, XOAUTH2NeedsTwoStep},
	},
	{
		when:   "xoauth2 & encodebytes; command argument error & authenticate|xoauth2",
		causes: []Cause{XOAUTH2StringMalformed, AccessTokenMalformed},
	},
	{when: "command received in invalid state|invalid base64", causes: []Cause{XOAUTH2NeedsTwoStep, XOAUTH2StringMalformed}},
	{
		when: "unable to find a callback|no mechanism available; sasl-xoauth2 & failed for plugname|entry_point|" +
			"cannot open shared object",
		causes: []Cause{SASLXOAUTH2PluginMissing},
	},
	{
		when:   "not see xoauth2|not offer xoauth2|not advertise xoauth2|not list xoauth2|no xoauth2 support",
		causes: []Cause{SMTPAuthMechanismUnsupported},
	},
	{
		when: "sasl-xoauth2: exception during init; xoauth2 requires sasl; " +
			"invalid argument xoauth2 for command auth; invalid authentication ~ oauthbearer; authen/sasl/xoauth2.pm; " +
			"libxoauth2.so|libsasl-xoauth2.so & dlopen|undefined symbol|wrong elf class; " +
			"support for authentication method & is not compiled in; could not find mech xoauth2; " +
			"_sasl_plugin_load failed; unknown auth type ~ xoauth2; wrong authentication type; not find mech xoauth2; " +
			"available mechanisms do not fulfill; unsupported sasl client implementation",
		causes: []Cause{SASLXOAUTH2PluginMissing, SMTPAuthMechanismUnsupported, ConfigEntryMissing},
	},
	{
		when:   "auth xoauth2 & unrecognized command; authenticate xoauth2 & could not parse command",
		causes: []Cause{XOAUTH2StringMalformed, SMTPAuthMechanismUnsupported},
	},
	{when: "no sasl mechanism found", causes: []Cause{SASLXOAUTH2PluginMissing, SMTPAuthMechanismUnsupported}},
	{
		when: "selected sasl mechanism(s) not available; xoauth2 & not available|not installed|no such plugin|" +
			"unknown mechanism|unsupported sasl|not supported by the client|mechanism not found",
		causes: []Cause{SASLXOAUTH2PluginMissing, SMTPAuthMechanismUnsupported},
	},
	{
		when: "find an authenticator supported by the smtp server; requested authentication method & " +
			"is not supported by the server; authentication is not allowed at this stage; " +
			"does not support the selected authentication method; " +
			"unterstützt die gewählte authentifizierungsmethode nicht; cannot find a usable authentication method; " +
			"authentication method & not supported; host did not advertise authentication; " +
			"auth command used when not advertised; command unknown: 'auth'; auth command is not enabled; " +
			"authentication not enabled; unknown authentication method; " +
			"auth extension is not supported by this server; ne prend pas en charge la méthode d'authentification",
		unless: "for the mailbox|for the tenant",
		causes: []Cause{SMTPAuthMechanismUnsupported, SASLXOAUTH2PluginMissing, SMTPTLSModeMismatch},
	},
	{
		when: "unrecognized authentication type|unrecognised authentication type|no supported authentication|" +
			"authentication not supported|auth not supported|auth extension not supported|mechanism not supported|" +
			"mechanism is not supported|does not support auth|no authenticators available|secure authentication method|" +
			"not support smtp auth|authentication mechanism|502 command not implemented|#5.7.4|" +
			"no suitable authentication|auth not available|none of the authentication|specified sasl handlers; " +
			"xoauth2 ~ not supported|is unsupported|unsupported auth|unsupported mech",
		unless: "amqp|login was refused|tls 1|starttls",
		causes: []Cause{SMTPAuthMechanismUnsupported, SASLXOAUTH2PluginMissing},
	},
	{
		when:   "connection is closed|connection closed|closed the connection & auth xoauth2",
		causes: []Cause{ServerTimeout, ServerProtocolError, NetworkBlocked},
	},
}
