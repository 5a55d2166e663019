package diagnosis

// toldSigns are for a bare refusal beside which somebody tells what decides: who signed in, what is
// switched off, when it began.
var toldSigns = []sign{
	{
		when:   "imap & authentication failed|authenticate failed|login failed & pop.accessas|smtp.send & roles|scp",
		unless: "imap.accessas",
		causes: []Cause{ScopeMissing, ServicePrincipalMissing},
	},
	{
		when:   "#5.7.3 & \"roles\"|roles:|idtyp & accessasapp|mail.send",
		unless: "sendasapp",
		causes: []Cause{SMTPSendAsAppMissing, ScopeMissing},
	},
	{
		when:   "get-serviceprincipal & claims.oid|oid & #5.7.3|authenticate failed|not connected",
		causes: []Cause{ServicePrincipalObjectIDWrong, ServicePrincipalMissing},
	},
	{
		when: "authenticate failed|not connected|#5.7.3 & object id|objectid|object ids & enterprise app|" +
			"aplicación empresarial|enterprise object & wrong|no corresponde|not of the enterprise|instead|two object|" +
			"second|must be|registration",
		causes: []Cause{ServicePrincipalObjectIDWrong, ServicePrincipalMissing},
	},
	{
		when: "not connected|authenticate failed & you were logged in as|already signed in as|popup remembered|" +
			"pop-up remembered",
		causes: []Cause{WrongUserSignedIn, MailboxPermissionMissing},
	},
	{
		when: "authenticate failed|#5.7.3 & auth=bearer b'|auth=bearer array|quotes went out|auth=bearer undefined|" +
			"auth=bearer null|auth=bearer \"",
		causes: []Cause{AccessTokenMalformed, XOAUTH2StringMalformed},
	},
	{
		when:   "#5.7.3|authenticate failed & only one ^a|^a so i typed|literal ^a",
		causes: []Cause{XOAUTH2StringMalformed},
	},
	{
		when:   "#5.7.3 & only requested imap|neither smtp.send",
		causes: []Cause{ScopeMissing, SMTPSendAsAppMissing},
	},
	{
		when: "authenticate failed|not connected|inactive, soft-deleted|not yet supported for this mailbox & " +
			"exchange 2016|exchange 2013|exchange 2019|in the cellar|in the basement|old server|on our own server",
		causes: []Cause{MailboxOnPremises, MailboxNotFoundOrUnlicensed},
	},
	{
		when:   "authenticate failed|not connected & imap checkbox|imap tick|imap box|mailbox plan|manage email apps",
		causes: []Cause{IMAPDisabledMailbox, MailboxPermissionMissing},
	},
	{
		when: "authentication failed|authenticate failed|login failed|#5.7.3 & graph.microsoft.com/.default|" +
			"graph.microsoft.com/mail",
		unless: "outlook.office.com/|outlook.office365.com/|ews",
		causes: []Cause{TokenAudienceWrong, ScopeMissing},
	},
	{
		when:   "good for graph|valid for graph|works for graph|works with graph|accepted by graph & ews|imap|smtp",
		causes: []Cause{TokenAudienceWrong, ScopeMissing},
	},
	{
		when:   "#5.7.3 & mail.send|mail.readwrite & offline_access|user.read",
		unless: "smtp.send",
		causes: []Cause{ScopeMissing, TokenAudienceWrong},
	},
	{
		when: "password was changed|changed the password|changed my password|password changed|" +
			"password has changed & 401|unauthorized",
		unless: "oauth|token",
		causes: []Cause{WrongCredentials, BasicAuthBlocked},
	},
	{
		when: "authenticate failed|not connected|#5.7.3 & serviceprincipal ~ app registration|objectid of the app|" +
			"from \"app registrations|\"object id\" of the app|not the one in enterprise",
		causes: []Cause{ServicePrincipalObjectIDWrong, ServicePrincipalMissing},
	},
	{
		when: "mailboxnotenabledforrestapi|rest api is not yet supported|errornonexistentmailbox & hybrid|" +
			"exchange 2013|exchange 2016|exchange 2019|not migrated|on-prem exchange",
		causes: []Cause{MailboxOnPremises, MailboxNotFoundOrUnlicensed},
	},
	{
		when: "unexpected eof|connection unexpectedly closed|connection closed|econnreset|disconnected & port: 587|" +
			"port 587|port=587|:587 & secure: true|ssl_tls=true|use_ssl=true|smtp_ssl",
		causes: []Cause{SMTPTLSModeMismatch, NetworkBlocked},
	},
	{
		when: "authenticate failed|login failed|not connected & unticked|imapenabled : false|imapenabled: false|" +
			"imapenabled=$false|imapenabled: $false|pop/imap: no|imap was disabled|imap is disabled|imap disabled",
		unless: "popenabled",
		causes: []Cause{IMAPDisabledMailbox, BasicAuthBlocked, MailboxPermissionMissing},
	},
	{
		when:   "logon failure|-err & pop has been unticked|pop is unticked|popenabled : false|popenabled: false",
		causes: []Cause{POPDisabledMailbox},
	},
	{
		when:   "authenticate failed|#5.7.3 & aud|scope ~ 00000003-0000|graph.microsoft.com",
		unless: "outlook.office",
		causes: []Cause{TokenAudienceWrong, ScopeMissing},
	},
	{
		when: "authenticate failed|authentication failed|unable to authenticate|#5.7.3|token is past its end & " +
			"fresh token|first hour|after an hour|about an hour|after one hour|after 60 minutes|one hour later|" +
			"60 minutes later|an hour later|an hour and more|after 1 hr|after 1 hour",
		unless: "not connected",
		causes: []Cause{AccessTokenExpired, RefreshTokenExpired},
	},
	{
		when: "authenticate failed|login failed|#5.7.3 & own address|own mailbox|own personal mailbox|upn claim|" +
			"my own box|mit meinem eigenen konto|authorized as:|authenticated in the browser as|picked my own|" +
			"no account chooser",
		causes: []Cause{WrongUserSignedIn, MailboxPermissionMissing, ScopeMissing},
	},
	{
		when:   "authenticate failed & \"basic authentication\"|basic authentication is used|auth: basic",
		causes: []Cause{BasicAuthBlocked, WrongCredentials},
	},
}
