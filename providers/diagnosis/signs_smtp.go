package diagnosis

// smtpSigns are what servers and programs say that send mail.
var smtpSigns = []sign{
	{
		when:   "4.3.2 service not available",
		causes: []Cause{ServiceUnavailable, Throttled},
	},
	{
		when:   "not logged in & sender address rejected",
		causes: []Cause{SMTPClientNotAuthenticated},
	},
	{
		when:   "smtp.sendasapp ~ not granted|check smtp.sendasapp; #5.7.139 & serviceprincipalnotfound",
		causes: []Cause{SMTPSendAsAppMissing, ServicePrincipalMissing},
	},
	{
		when:   "#5.7.139 & basic auth not permitted|modern auth|no longer let|only a username and password",
		causes: []Cause{BasicAuthBlocked, SMTPAuthDisabledMailbox},
	},
	{
		when:   "#5.7.139 & org level|organization level|any account|company policy|tenant policy|organisation level",
		causes: []Cause{SMTPAuthDisabledTenant, SMTPAuthDisabledMailbox},
	},
	{when: "invalid base64 data", causes: []Cause{XOAUTH2StringMalformed, XOAUTH2NeedsTwoStep}},
	{
		when:   "did not meet the criteria & client_credentials|sendasapp",
		causes: []Cause{SMTPSendAsAppMissing, ServicePrincipalMissing, SMTPAuthDisabledMailbox},
	},
	{when: "#4.7.0 & timeout waiting for client", causes: []Cause{ServerTimeout, NetworkBlocked}},
	{
		when:   "login not possible. please check your setting & gmail",
		causes: []Cause{GoogleAppPasswordNeeded, WrongCredentials},
	},
	{when: "no worthy mechs", causes: []Cause{SASLXOAUTH2PluginMissing}},
	{
		when: "get-transportconfig & smtpclientauthenticationdisabled : true; " +
			"smtpclientauthentication is disabled for the tenant|disabled for the tenant|aka.ms/smtp_auth_disabled",
		unless: "for the mailbox",
		causes: []Cause{SMTPAuthDisabledTenant, SMTPAuthDisabledMailbox},
	},
	{
		when: "get-casmailbox & smtpclientauthenticationdisabled : true; " +
			"smtpclientauthentication is disabled for the mailbox|disabled for the mailbox",
		unless: "for the tenant",
		causes: []Cause{SMTPAuthDisabledMailbox},
	},
	{
		when: "security defaults|basic authentication is disabled|basic authentication is not supported|" +
			"basic authentication has been|legacy authentication|basicauthblocked|#5.7.30|standardauthentifizierung|" +
			"authentification de base|autenticación básica|autenticação básica|autenticazione di base|basisverificatie",
		unless: "conditional access polic",
		causes: []Cause{BasicAuthBlocked},
	},
	{
		when:   "did not meet the criteria|organization configuration does not allow",
		causes: []Cause{BasicAuthBlocked, SMTPAuthDisabledMailbox},
	},
	{when: "user credentials were incorrect", causes: []Cause{BasicAuthBlocked, WrongCredentials, MFARequired}},
	{when: "#5.7.57 & #5.7.3", causes: []Cause{SMTPAuthDisabledMailbox, SMTPAuthDisabledTenant, BasicAuthBlocked}},
	{
		when:   "#5.7.3 & aud: 00000003-0000|\"aud\":\"00000003-0000|aud: https://graph",
		causes: []Cause{TokenAudienceWrong, ScopeMissing},
	},
	{when: "#5.7.139", causes: []Cause{SMTPAuthDisabledMailbox, SMTPAuthDisabledTenant, BasicAuthBlocked}},
	{
		when:   "#5.7.57|not authenticated to send|client was not authenticated; not authenticated & mail from",
		causes: []Cause{SMTPClientNotAuthenticated, SMTPAuthDisabledMailbox},
	},
	{
		when: "#5.7.3|535 authentication unsuccessful & client_cred|client credential|smtp.sendasapp|sendasapp|" +
			"app-only",
		causes: []Cause{SMTPSendAsAppMissing, ServicePrincipalMissing, MailboxPermissionMissing, ScopeMissing},
	},
	{
		when:   "#5.7.3|535 authentication unsuccessful & xoauth2|oauth|bearer|access_token|access token|accesstoken",
		causes: []Cause{ScopeMissing, TokenAudienceWrong, SMTPAuthDisabledMailbox, SMTPSendAsAppMissing},
	},
	{
		when:   "#5.7.3|535 authentication unsuccessful",
		unless: "starttls is required", // the same number, before anybody has signed in
		causes: []Cause{SMTPAuthDisabledMailbox, ScopeMissing, BasicAuthBlocked, SMTPSendAsAppMissing},
	},
	{
		when:   "mailbox cannot be accessed",
		causes: []Cause{MailboxNotFoundOrUnlicensed, MailboxPermissionMissing, AccountDisabled},
	},
	{
		when:   "mailbox logon failure|mapiexceptionlogonfailed",
		causes: []Cause{MailboxPermissionMissing, ServicePrincipalMissing, SMTPSendAsAppMissing},
	},
	{when: "#5.7.11", causes: []Cause{SMTPTLSModeMismatch, STARTTLSNotOffered}},
	{when: "#4.7.12", causes: []Cause{SMTPAuthMechanismUnsupported, WrongCredentials, PasswordExpired}},
	{
		when: "application-specific password|invalidsecondfactor|google no longer supports the use of third-party|" +
			"myaccount.google.com/apppasswords|#5.7.9; app password & required|needed|need|use an",
		unless: "office365|outlook",
		causes: []Cause{GoogleAppPasswordNeeded},
	},
	{
		when:   "username and password not accepted|badcredentials & ya29.|googleapis.com/auth/gmail|bearer|xoauth2",
		unless: "auth login|auth plain|login plain|plain",
		causes: []Cause{GoogleScopeWrong, GoogleAppPasswordNeeded},
	},
	{
		when:   "username and password not accepted|badcredentials & gsmtp|gmail|google|support.google|5.7.8",
		causes: []Cause{GoogleAppPasswordNeeded, GoogleScopeWrong},
	},
	{when: "smtp.gmail & auth_failed|80040217", causes: []Cause{GoogleAppPasswordNeeded, WrongCredentials}},
	{when: "username and password not accepted", causes: []Cause{GoogleAppPasswordNeeded, WrongCredentials}},
	{
		when: "#5.7.0 & authentication required; #5.5.1|wantautherror|530 & authentication required|" +
			"authentication is required|must authenticate|authentication needed",
		unless: "proxy",
		causes: []Cause{SMTPClientNotAuthenticated, GoogleAppPasswordNeeded},
	},
	{
		when:   "requires a secure connection or the client was not authenticated",
		causes: []Cause{SMTPClientNotAuthenticated, GoogleAppPasswordNeeded},
	},
	{
		when: "#5.7.64; #5.7.68; #5.7.51; tenantattribution; tenantinboundattribution; relay access denied; " +
			"relay not permitted; not permitted to relay; notauthorizederror; invalid credentials for relay; " +
			"unable to relay; smtp & authentication is required|auth is required|auth required|relaying denied|" +
			"must issue a mail auth",
		unless: "proxy",
		causes: []Cause{SMTPClientNotAuthenticated},
	},
	{
		when:   "sender is not allowed to relay; sender address is not allowed",
		causes: []Cause{SendAsDenied, SMTPClientNotAuthenticated},
	},
	{
		when: "sendasdenied|not allowed to send as|permissions to send as|permission to send as|#5.7.60|#5.2.252|" +
			"not owned by user|right to send mail on behalf|permission to send the message on behalf|" +
			"not authorized to send|errorsendasdenied|send on behalf|sender address rejected|" +
			"must be same as authorization user|from address must|sender address must|sender must match|" +
			"not allowed by from|does not own address|is not owned by|nicht die berechtigung, die nachricht im auftrag|" +
			"l'autorisation d'envoyer le message de la part|send a message on behalf of this user|" +
			"permiso para enviar el mensaje en nombre|inviare il messaggio per conto dell'utente|" +
			"bericht namens de opgegeven gebruiker|enviar a mensagem em nome do usuário|代わりにメッセージを送信する権限",
		unless: "relay",
		causes: []Cause{SendAsDenied},
	},
	{
		when: "#4.7.500 & access denied; nicht als gültiger absender erkannt; não foi reconhecido como; " +
			"not recognized as a valid sender; suspicious email sending; bad outbound sender|" +
			"traffic not accepted from this ip|#5.1.8|#5.7.500|#5.7.501|#5.7.502|#5.7.503|#5.7.700|#5.7.703|#5.7.705|" +
			"#5.7.708|#5.7.750|tenant has exceeded threshold|spamhaus|spamcop|blacklist|blocklist|block list|" +
			"poor reputation|banned sending ip|suspicious sending|wascl useraction|" +
			"instructions in your inbox to verify|erroraccountsuspend|restricted from sending|outbound spam|" +
			"outboundspamexception|spam abuse detected",
		unless: "useragent",
		causes: []Cause{OutboundSendingBlocked},
	},
	{
		when: "reached a limit for sending|limit für das senden von|limite d'envoi|daily message/recipient limit|" +
			"reciplimit|per hour message receive limit|too many recipients (as780|submissionquota|sending quota|" +
			"sending limit|daily limit|daily user sending|messages per day|recipients per day|recipient rate limit|" +
			"#5.4.5|#5.1.90|#5.7.232|#5.7.233|exceededmessagelimit|quota for sending|limit of messages",
		unless: "youtube|drive|mailbox is full|unauthenticated use",
		causes: []Cause{SendingQuotaExceeded, Throttled},
	},
	{
		when: "unusual rate of unsolicited|number of messages they can receive per hour|message submission rate|" +
			"receiving mail at a rate that|try again later, closing connection|concurrent connections limit|" +
			"concurrent_sending|thread limit exceeded|#4.3.2|rate limited|queue quota exceeded|#throttled|" +
			"suggested backoff|too many login attempts|#4.7.500|message rate",
		unless: "too many simultaneous",
		causes: []Cause{Throttled, TooManyConnections},
	},
	{when: "refusing connections & limit", causes: []Cause{TooManyConnections, Throttled}},
	{
		when: "535 & invalid login or password|authentication failed|invalid credentials|" +
			"incorrect authentication data|bad username or password|authentication credentials invalid|bad credentials",
		unless: "unsuccessful|5.7.3|5.7.8|gsmtp|gmail|xoauth2|office365|outlook",
		causes: []Cause{WrongCredentials},
	},
	{
		when:   "535 & authentication failed|invalid credentials & xoauth2|oauth",
		causes: []Cause{ScopeMissing, TokenAudienceWrong, AccessTokenExpired},
	},
	{
		when:   "535 & authentication failed|authentication credentials invalid|login fail & office365|outlook",
		causes: []Cause{SMTPAuthDisabledMailbox, BasicAuthBlocked, WrongCredentials},
	},
	{when: "#4.7.0|#4.3.0 & temporary server error", causes: []Cause{ServiceUnavailable, XOAUTH2StringMalformed}},
}
