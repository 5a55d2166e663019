package diagnosis

// ewsSigns are what Exchange Web Services say.
var ewsSigns = []sign{
	{
		when:   "ewsblocklist; ews-zugriff wurde von der organisation",
		causes: []Cause{EWSAllowlistBlocked, ApplicationAccessPolicy},
	},
	{
		when:   "protocoldisabled & imap",
		causes: []Cause{IMAPDisabledMailbox},
	},
	{
		when:   "protocoldisabled & pop",
		causes: []Cause{POPDisabledMailbox},
	},
	{
		when:   "impersonate_user_denied|impersonateuserdenied",
		causes: []Cause{EWSImpersonationDenied},
	},
	{
		when:   "list of applications allowed|applications allowed to call",
		causes: []Cause{EWSAllowlistBlocked},
	},
	{
		when:   "errorimpersonationrequired; exchangeimpersonation-soap-header",
		causes: []Cause{EWSImpersonationHeaderMissing},
	},
	{
		when:   "#ews|exchangeservice|exchange.asmx & logon failure: unknown user name",
		causes: []Cause{WrongCredentials, BasicAuthBlocked},
	},
	{
		when:   ".local/ews; autodiscover redirected",
		causes: []Cause{MailboxOnPremises},
	},
	{
		when:   "token contains no permissions & rest api|graph; requires the following permissions: ~ mail.",
		causes: []Cause{GraphPermissionMissing, ScopeMissing, ConsentMissing},
	},
	{
		when:   "server requested back off until; ratelimiterror: max timeout",
		causes: []Cause{Throttled, ServiceUnavailable},
	},
	{
		when:   "not have impersonation permissions",
		causes: []Cause{EWSImpersonationDenied},
	},
	{
		when:   "is not applicable for the current protocol",
		causes: []Cause{MailboxOnPremises, TokenAudienceWrong, EWSPermissionMissing},
	},
	{
		when:   "rest apis for this mailbox are currently in preview",
		causes: []Cause{MailboxOnPremises, MailboxNotFoundOrUnlicensed},
	},
	{
		when:   "mailboxinfostale",
		causes: []Cause{ServiceUnavailable},
	},
	{
		when:   "exceeded the available concurrent connections; errorexceededconnectioncount",
		causes: []Cause{TooManyConnections, Throttled},
	},
	{when: "none of the allow policies apply", causes: []Cause{EWSAllowlistBlocked}},
	{
		when: "access is denied. check credentials & process failed to get the correct|cannot open mailbox|" +
			"konnte nicht geöffnet",
		causes: []Cause{MailboxPermissionMissing, EWSPermissionMissing, EWSImpersonationDenied},
	},
	{when: "mailboxmoveinprogress|mailbox move in progress", causes: []Cause{ServiceUnavailable, MailboxNotFoundOrUnlicensed}},
	{when: "url property on the exchangeservice object must be set", causes: []Cause{ConfigEntryMissing, DNSFailure}},
	{
		when:   "find a user, or service principal; find a user, group or service principal",
		causes: []Cause{ServicePrincipalMissing, ServicePrincipalObjectIDWrong},
	},
	{when: "user-context in the token does not exist", causes: []Cause{MailboxNotFoundOrUnlicensed, UserNotFound}},
	{
		when:   "flighting is not enabled for domain",
		causes: []Cause{MailboxOnPremises, TokenAudienceWrong, MailboxNotFoundOrUnlicensed},
	},
	{when: "errorsendasdenied", causes: []Cause{SendAsDenied}},
	{when: "protocol & ews & url & autodiscover.json", unless: "error", causes: []Cause{MailboxOnPremises}},
	{when: "wrong username or password & exchangelib|exchange.asmx", causes: []Cause{BasicAuthBlocked, WrongCredentials}},
	{
		when:   "mailbox does not exist & #ews|webservices|exchange.asmx|exchangelib",
		causes: []Cause{MailboxNotFoundOrUnlicensed},
	},
	{when: "exchangeimpersonation & must be present", causes: []Cause{EWSImpersonationHeaderMissing}},
	{
		when: "errormissingemailaddress|must specify the mailbox primary smtp address|" +
			"when making a request as an account that does not have a mailbox",
		causes: []Cause{EWSImpersonationHeaderMissing},
	},
	{
		when:   "exchangeimpersonation & must not exist|errorinvalidexchangeimpersonationheaderdata",
		causes: []Cause{EWSImpersonationDenied, EWSImpersonationHeaderMissing},
	},
	{
		when:   "permission to impersonate; errorimpersonat; impersonation & denied|not allowed|failed",
		unless: "(401)|(403)|sendas|access_type=impersonation",
		causes: []Cause{EWSImpersonationDenied, EWSPermissionMissing},
	},
	{
		when: "ews|exchange web services|odata|user-agent|useragent|user agent & allowlist|allow list|" +
			"blocked for this organization|is disabled for|not enabled for|ewsenabled|ewsapplicationaccesspolicy|" +
			"ewsallowedappids|is not allowed for",
		unless: "appid:|odata is disabled",
		causes: []Cause{EWSAllowlistBlocked, ApplicationAccessPolicy},
	},
	{
		when:   "2000008|2000003|not enough scope|full_access_as_app|ews.accessasuser|x-ms-diagnostics",
		unless: "audience|5.7.3",
		causes: []Cause{EWSPermissionMissing},
	},
	{
		when: "#ews|exchange.asmx|exchange.webservices|exchangelib|impersonation permissions|" +
			"the request failed. the remote server returned & (401)|401 unauthorized",
		unless: "oauth|bearer",
		causes: []Cause{BasicAuthBlocked, EWSPermissionMissing, WrongCredentials},
	},
	{
		when: "the request failed. the remote server returned|le serveur distant a retourné|" +
			"der remoteserver hat einen fehler|error en el servidor remoto|サーバーがエラーを返しました|makeewsrequest & " +
			"(403) forbidden|(403); email server error code & forbidden",
		unless: "graph",
		causes: []Cause{EWSPermissionMissing, EWSAllowlistBlocked, ApplicationAccessPolicy},
	},
	{
		when: "check credentials are correct and authentication method are supported; request failed. & " +
			"der remoteserver hat einen fehler|le serveur distant a retourné|error en el servidor remoto & (401); " +
			"email server error code & unauthorized; http request is unauthorized with client authentication scheme; " +
			"rbac roles requested in the management role header",
		causes: []Cause{EWSPermissionMissing, TokenAudienceWrong, WrongCredentials, BasicAuthBlocked},
	},
	{when: "invalid credentials for & exchange.asmx|ews", causes: []Cause{EWSPermissionMissing, TokenAudienceWrong}},
	{
		when: "#ews|exchange.asmx|exchange.webservices|exchangeservice|exchangelib|impersonation rights|" +
			"impersonation permissions & 403|forbidden|401|unauthorized|denied",
		causes: []Cause{EWSPermissionMissing, EWSAllowlistBlocked, EWSImpersonationDenied},
	},
}

// adminSigns are what PowerShell says where Exchange Online is administered.
var adminSigns = []sign{
	{
		when:   "get-mailbox|get-exomailbox & could not be found on",
		causes: []Cause{MailboxNotFoundOrUnlicensed, UserNotFound},
	},
	{
		when:   "get-serviceprincipal & could not be found on",
		causes: []Cause{ServicePrincipalMissing, ServicePrincipalObjectIDWrong},
	},
	{
		when: "new-serviceprincipal & get-mgapplication|az ad app show; new-serviceprincipal & object id|objectid ~ " +
			"app registration|registros de aplicaciones|app-registrierung",
		causes: []Cause{ServicePrincipalObjectIDWrong, ServicePrincipalMissing},
	},
	{
		when:   "cannot connect to the destination specified in the request",
		causes: []Cause{NetworkBlocked, ProxyMisconfigured},
	},
	{when: "find a user or group that matches", causes: []Cause{ServicePrincipalMissing, ServicePrincipalObjectIDWrong}},
	{when: "about_remote_troubleshooting & access is denied", causes: []Cause{EXOAppRoleMissing}},
	{
		when: "add-mailboxpermission|serviceprincipal|recipientpermission|managementobjectnotfound & " +
			"could not be found on|was not found. please make sure|could not resolve the user",
		causes: []Cause{ServicePrincipalObjectIDWrong, ServicePrincipalMissing},
	},
	{
		when: "user or group & was not found. please make sure; could not find object & " +
			"make sure that it was spelled correctly",
		causes: []Cause{ServicePrincipalMissing, ServicePrincipalObjectIDWrong, UserNotFound},
	},
	{
		when: "is not allowed to call|assigned to any management role|assigned to a management role|" +
			"cmdletaccessdenied|assigning directory roles; role assigned to application & is not supported",
		causes: []Cause{EXOAppRoleMissing},
	},
	{
		when: "must call the connect-exchangeonline cmdlet|run connect-exchangeonline again; " +
			"exchangeonlinemanagement|connect-exchangeonline & could not be loaded|was not loaded|no match was found|" +
			"no valid module file|cannot be loaded because|kann nicht geladen werden|could not load file or assembly; " +
			"no cmdlet assigned to the user; create powershell session is failed; parameter cannot be found|" +
			"kein parameter gefunden & exchangeonline|serviceprincipal|organizationconfig|casmailbox|mailboxpermission|" +
			"applicationaccesspolicy|transportconfig",
		causes: []Cause{EXOCmdletNotAvailable},
	},
	{
		when: "connectioncontext|connect-exchangeonline|exchangeonlinemanagement|exchange.manageasapp|exo rest|" +
			"cert based flow & unauthorized|access denied|not supported|forbidden|401",
		causes: []Cause{EXOAppRoleMissing},
	},
	{
		when: "commandnotfoundexception|is not recognized as|not recognized as the name|could not be found|" +
			"cannot be found|nicht als name|n'est pas reconnu|no se reconoce como|não é reconhecido|non riconosciuto|" +
			"wordt niet herkend|nie jest rozpoznawany|認識されません|无法将|無法辨識|не распознано|olarak tanınmıyor|" +
			"nebyl rozpoznán & cmdlet|applet de commande|commandnotfound|コマンドレット|командлет|rutiny & mailbox|" +
			"serviceprincipal|exchangeonline|exopssession|applicationaccesspolicy|transportconfig|recipientpermission|" +
			"managementrole|organizationconfig|authenticationpolicy|accepteddomain|distributiongroup|recipient|" +
			"inboxrule|transportrule|unifiedgroup",
		causes: []Cause{EXOCmdletNotAvailable, EXOAppRoleMissing},
	},
}
