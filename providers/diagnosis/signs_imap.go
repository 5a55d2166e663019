package diagnosis

// imapSigns are what servers and programs say that read mail over IMAP and POP3.
var imapSigns = []sign{
	{when: "no server busy. please retry; command or bandwidth limits", causes: []Cause{Throttled, ServiceUnavailable}},
	{when: "gmailimapnotenabled", causes: []Cause{IMAPDisabledMailbox}},
	{
		when:   "unknown greeting response; imapflow & http/1.1 400; tried to read a line. only",
		causes: []Cause{ServerProtocolError, SMTPTLSModeMismatch, NetworkBlocked},
	},
	{when: "selected mailbox folder is invalid", causes: []Cause{IMAPFolderMissing}},
	{
		when:   "trying auth method 0x1000 (plain); code: 401 & unexpected response from server & exchange",
		causes: []Cause{BasicAuthBlocked, WrongCredentials},
	},
	{when: "imap4.error: b'220; imap: in response: expected", causes: []Cause{ServerProtocolError, SMTPTLSModeMismatch}},
	{when: "unable to read from the connection", causes: []Cause{ServerTimeout, ServerProtocolError}},
	{when: "mailbox does not exist, or must be subscribed", causes: []Cause{IMAPFolderMissing}},
	{when: "in state nonauth; imap authentication cancelled", causes: []Cause{BasicAuthBlocked, WrongCredentials}},
	{when: "imap & unexpected character|unexpected token|responseparseerror", causes: []Cause{ServerProtocolError}},
	{
		when:   "authenticated but not connected",
		causes: []Cause{MailboxPermissionMissing, WrongUserSignedIn, IMAPDisabledMailbox, MailboxNotFoundOrUnlicensed},
	},
	{
		when: "concurrent server connections has exceeded|number of concurrent connections has exceeded|" +
			"exceeded the maximum of & mapi session; concurrent shells; nombre maximal de connexions; " +
			"maximale anzahl der verbindungen; too many simultaneous connections|maximum number of connections|" +
			"connections were made to this|too many imap|maximum of 15",
		causes: []Cause{TooManyConnections, Throttled},
	},
	{
		when:   "lookup failed & xoauth2|gimap|imap|no lookup",
		causes: []Cause{GoogleMailServiceDisabled, MailboxNotFoundOrUnlicensed},
	},
	{when: "invalid sasl argument", causes: []Cause{XOAUTH2StringMalformed, GoogleScopeWrong}},
	{
		when: "invalid credentials (failure)|#authenticationfailed|\"schemes\":\"bearer & ya29.|bearer|xoauth2|" +
			"oauth|\"schemes\"",
		causes: []Cause{GoogleScopeWrong, WrongUserSignedIn, AccessTokenExpired, GoogleAppPasswordNeeded},
	},
	{when: "[authenticationfailed]|invalid credentials (failure)", causes: []Cause{GoogleAppPasswordNeeded, GoogleScopeWrong}},
	{
		when:   "log in via your web browser|less secure app|web login required|webalert|78754|answer/78754",
		causes: []Cause{GoogleAppPasswordNeeded},
	},
	{
		when:   "logondenied|logon denied & oauth|xoauth2|authenticate",
		unless: "basicauthblocked",
		causes: []Cause{ServicePrincipalMissing, ServicePrincipalObjectIDWrong, MailboxPermissionMissing, ScopeMissing},
	},
	{
		when: "authenticate failed|login failed & authenticate plain|authenticate login|auth plain|auth login|" +
			"auth [login]|auth [plain]|mechanismlogin|mechanismplain|no login failed",
		unless: "authenticate xoauth2|oauth",
		causes: []Cause{BasicAuthBlocked, WrongCredentials},
	},
	{
		when:   "retrying plain|retrying login|trying plain|trying login & auth",
		causes: []Cause{BasicAuthBlocked, WrongCredentials},
	},
	{
		when:   "authenticate failed|no authenticate & client_cred|accessasapp|app-only|serviceprincipal",
		causes: []Cause{ServicePrincipalMissing, ServicePrincipalObjectIDWrong, ScopeMissing, TokenAudienceWrong},
	},
	{
		when:   "authenticate failed|no authenticate fai|connection setup failed & authenticate",
		causes: []Cause{ScopeMissing, TokenAudienceWrong, ServicePrincipalMissing, WrongUserSignedIn, MailboxPermissionMissing},
	},
	{
		when:   "unknown user name or bad password & authentication failure|xoauth2|accessasapp|oauth",
		causes: []Cause{POPDisabledMailbox, ServicePrincipalMissing, ScopeMissing, WrongUserSignedIn},
	},
	{when: "unknown user name or bad password", causes: []Cause{BasicAuthBlocked, POPDisabledMailbox, WrongCredentials}},
	{
		when: "popenabled imapenabled & true false; imapenabled popenabled & false false|false true; " +
			"imap is disabled|imap access is disabled|imap disabled|imapenabled false|imapenabled : false|" +
			"imapenabled: false|not enabled for imap|imap is not enabled|imap zugriff|imap protocol is disabled|" +
			"enable imap",
		unless: "pop is disabled",
		causes: []Cause{IMAPDisabledMailbox},
	},
	{
		when: "popenabled imapenabled & false true; imapenabled popenabled & true false; pop ist deaktiviert; " +
			"pop is disabled|pop access is disabled|pop disabled|popenabled false|popenabled : false|popenabled: false|" +
			"not enabled for pop|pop3 is disabled|pop is not enabled",
		causes: []Cause{POPDisabledMailbox},
	},
	{
		when:   "no login failed",
		unless: "too many|email oauth 2.0 proxy|authenticate xoauth2",
		causes: []Cause{BasicAuthBlocked, WrongCredentials},
	},
	{
		when: "login failed|login fehlgeschlagen|user or password wrong|cannot login & xoauth2|oauth & imap|pop|" +
			"mail|outlook|office365|exchange|microsoft",
		unless: "basic authentication|email oauth 2.0 proxy",
		causes: []Cause{ScopeMissing, TokenAudienceWrong, BasicAuthBlocked, WrongUserSignedIn},
	},
	{
		when:   "no login failed|login failed.|login failed & outlook|office365|office 365|hotmail|microsoft",
		unless: "too many|email oauth 2.0 proxy",
		causes: []Cause{BasicAuthBlocked, WrongCredentials},
	},
	{
		when: "login failed.|no login failed|user or password wrong|rejected that username or password|" +
			"rejected your credentials",
		unless: "too many|email oauth 2.0 proxy",
		causes: []Cause{BasicAuthBlocked, WrongCredentials},
	},
	{
		when: "invalidfolder: folder; getfolder( & null|nonetype; get_folder( & nonetype; labelid not found; " +
			"errorfoldernotfound; errorinvalididmalformed & mailfolders; select|examine|no [b ~ does not exist; " +
			"mailbox does not exist:; invalid label:; select & command argument error; nonexistent|nonexisting folder|" +
			"unknown mailbox|unknown folder|unknown namespace|[trycreate]|illegal in state auth|not selectable|" +
			"no mailbox is currently selected|no mailbox selected|folder selection failed|could not select|" +
			"select failed",
		unless: "relation \"|programmingerror|sqlstate|user mailbox|errornonexistentmailbox|not connected",
		causes: []Cause{IMAPFolderMissing, MailboxPermissionMissing},
	},
	{
		when: "could not open|cannot open|unable to open|failed to open|error opening & the folder|folder inbox|" +
			"folder 'inbox'|mail folder",
		unless: "directory|permission denied",
		causes: []Cause{IMAPFolderMissing, MailboxPermissionMissing, ScopeMissing},
	},
	{
		when: "folder|mailbox name|ordner|dossier|carpeta|pasta|cartella & does not exist|not found|nicht gefunden|" +
			"introuvable|n'existe pas|no existe|no encontrad|não existe|non esiste|not selectable",
		unless: "errorfoldernotfound|directory|npm|errornonexistent",
		causes: []Cause{IMAPFolderMissing},
	},
	{when: "accesstokenexpired", causes: []Cause{AccessTokenExpired}},
	{
		when: "client aborted authenticate|authentication failed & gmail|google|gimap & xoauth2|oauthbearer|" +
			"saslmechanismoauth2",
		causes: []Cause{GoogleScopeWrong, GoogleTokenRevoked, AccessTokenExpired, WrongUserSignedIn},
	},
	{
		when:   "no imap folders|no folders found",
		causes: []Cause{MailboxPermissionMissing, ScopeMissing, IMAPDisabledMailbox, WrongUserSignedIn},
	},
	{when: "[in-use]", causes: []Cause{TooManyConnections, ServiceUnavailable}},
	{when: "[login-delay]", causes: []Cause{Throttled}},
	{when: "a1 ok & not responding", causes: []Cause{BasicAuthBlocked, IMAPDisabledMailbox}},
	{when: "serverbug|[sys/temp]|[unavailable]|[inuse]", causes: []Cause{ServiceUnavailable, MailboxNotFoundOrUnlicensed}},
}

// saslSigns are about the dialogue of a sign-in: the string, its two lines, the program's modules.
var saslSigns = []sign{
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
