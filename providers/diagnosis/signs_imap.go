package diagnosis

// imapSigns are what servers and programs say that read mail over IMAP and POP3.
var imapSigns = []sign{
	{
		when:   "imap-connection|imapflow & 220 & esmtp",
		causes: []Cause{ServerProtocolError, SMTPTLSModeMismatch},
	},
	{
		when: "authenticate to the imap server by sasl; authenticate to imap server using sasl; " +
			"cannot authenticate with the sasl xoauth2",
		unless: "login mechanism|plain mechanism",
		causes: []Cause{ScopeMissing, WrongUserSignedIn, TokenAudienceWrong, ServicePrincipalMissing},
	},
	{
		when:   "[unavailable]|[authenticationfailed] & imap & not enabled|switched off|access disabled|imapenabled",
		causes: []Cause{IMAPDisabledMailbox},
	},
	{
		when:   "[unavailable] & token lifetime|token expired",
		causes: []Cause{AccessTokenExpired},
	},
	{
		when:   "[authenticationfailed] & no imap permission|no imap scope|scp=",
		causes: []Cause{ScopeMissing},
	},
	{
		when:   "15th connection|15 connections|more than 15|15 simultaneous & gmail|killed|imap",
		causes: []Cause{TooManyConnections, Throttled},
	},
	{
		when:   "bandwidth limit",
		causes: []Cause{Throttled},
	},
	{
		when:   "-err server unavailable.",
		causes: []Cause{ServiceUnavailable, Throttled},
	},
	{
		when:   "cannot select inbox, is this a valid",
		unless: "not connected",
		causes: []Cause{IMAPFolderMissing, MailboxPermissionMissing, ConfigEntryMissing},
	},
	{
		when:   "logindisabled & command received in invalid state",
		causes: []Cause{SMTPAuthMechanismUnsupported, SMTPTLSModeMismatch, BasicAuthBlocked},
	},
	{
		when:   "socketreadexception",
		causes: []Cause{ServerTimeout, NetworkBlocked},
	},
	{
		when:   "dovecot & authenticationfailed",
		unless: "gmail|outlook|office365",
		causes: []Cause{WrongCredentials, BasicAuthBlocked},
	},
	{when: "-err session invalidated - accessnotenabled", causes: []Cause{POPDisabledMailbox}},
	{when: "session invalidated - accessnotenabled", causes: []Cause{IMAPDisabledMailbox, POPDisabledMailbox}},
	{when: "clientaccessruleblocked", causes: []Cause{IMAPDisabledMailbox, ConditionalAccessBlocked, POPDisabledMailbox}},
	{when: "no', [b ~ does not exist", causes: []Cause{IMAPFolderMissing}},
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
		when: "concurrent server connections has exceeded|number of concurrent connections has exceeded; " +
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
