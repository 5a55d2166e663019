package diagnosis

// graphSigns are what Microsoft Graph says of mailboxes.
var graphSigns = []sign{
	{
		when:   "erroraccessdenied|access is denied & delegate access|as a delegate",
		causes: []Cause{MailboxPermissionMissing, GraphPermissionMissing},
	},
	{
		when:   "erroraccessdenied & raop|management scope|rbac scope|inscope|may only read",
		causes: []Cause{ApplicationAccessPolicy, GraphPermissionMissing},
	},
	{
		when:   "erroraccessdenied & license missing|licence missing|no service plan",
		causes: []Cause{MailboxNotFoundOrUnlicensed},
	},
	{
		when: "unknownerror|innererror & #504|#502|#503; too many 504 error responses; " +
			"too many 503 error responses; too many 502 error responses",
		causes: []Cause{ServiceUnavailable, ServerTimeout, Throttled},
	},
	{
		when:   "permissionscopenotgranted; missing permission scope",
		causes: []Cause{GraphPermissionMissing, ConsentMissing},
	},
	{when: "sendasdenied|right to send mail on behalf|right to send as", causes: []Cause{SendAsDenied}},
	{
		when:   "access to odata is disabled & allowlist|erroraccessdenied",
		unless: "appid|apponly|raop",
		causes: []Cause{EWSAllowlistBlocked, ApplicationAccessPolicy},
	},
	{
		when: "access to odata is disabled|tenant configured appid|tenant configured apponly|apponly accesspolicy|" +
			"applicationaccesspolicy & denied|blocked|disabled|restrict",
		unless: "cmdlet|commandnotfound|not recognized",
		causes: []Cause{ApplicationAccessPolicy, EWSAllowlistBlocked},
	},
	{
		when: "blocked by tenant configured|raop|appid & accesspolicy; no application access policy found; " +
			"allowedresourcescope & inscope & false; accesscheckresult & denied",
		unless: "commandnotfound|not recognized",
		causes: []Cause{ApplicationAccessPolicy},
	},
	{
		when: "nopermissionsinaccesstoken|token contains no permissions|scp or roles claim need to be present|" +
			"missing role permissions on the request|missing scope permissions on the request|" +
			"required msgraph permissions|msgraphpermissionmissing|required scopes are missing in the token|" +
			"only has the following permissions granted|application must have one of the following scopes|" +
			"s2sunauthorized",
		unless: "2000008|x-ms-diagnostics|ews",
		causes: []Cause{GraphPermissionMissing, ConsentMissing},
	},
	{
		when:   "v1.0/me/ & 400|bad request & auth_flow_type='credentials'|client_credentials",
		causes: []Cause{MeEndpointWithAppToken, GraphUserInvalid},
	},
	{when: "resource 'me' does not exist", causes: []Cause{MeEndpointWithAppToken, GraphUserInvalid}},
	{when: "current authenticated context is not valid for this request", causes: []Cause{MeEndpointWithAppToken}},
	{
		when:   "/me & delegated authentication|requires a signed-in user|requires user sign-in|user sign-in",
		causes: []Cause{MeEndpointWithAppToken},
	},
	{
		when: "access is denied. check credentials & cannot open mailbox|getfolderresponse|" +
			"failed to get the correct properties; set of folders cannot be opened; ordnergruppe kann nicht geöffnet; " +
			"mapiexceptionnoaccess; do not have permission to log on; do not have permission to open this mailbox; " +
			"angegebene objekt wurde im informationsspeicher nicht gefunden; " +
			"sufficient permission to perform this operation on this object; " +
			"ausreichende berechtigungen, um diesen vorgang; email cannot be received for the mailbox; " +
			"specified object was not found in the store & the process failed",
		causes: []Cause{MailboxPermissionMissing, GraphPermissionMissing, EWSPermissionMissing},
	},
	{
		when:   "erroraccessdenied|access is denied. check credentials",
		causes: []Cause{GraphPermissionMissing, ConsentMissing, ApplicationAccessPolicy, MailboxPermissionMissing},
	},
	{
		when:   "authorization_requestdenied|insufficient privileges",
		unless: "postgres|sudo|root",
		causes: []Cause{GraphPermissionMissing, ConsentMissing},
	},
	{
		when:   "user.read|mail.send|mail.read & forbidden|403|not authorized|insufficient",
		causes: []Cause{GraphPermissionMissing, ConsentMissing, ApplicationAccessPolicy},
	},
	{
		when: "mailboxnotenabledforrestapi|mailboxnotsupportedforrestapi|" +
			"all steps in the autodiscover protocol failed|the given user is not found|recipnotfound|" +
			"unknown to address|adresse nicht gefunden|e-mails empfangen kann|user-context in the token does not exist|" +
			"you are trying to access is not currently available|does not have an exchange online license|" +
			"preparing a mailbox for this user|mailbox location could not be determined|" +
			"name kann nicht aufgelöst werden. der name stimmt|autodiscover service could not be located|" +
			"find a mailbox for this account|have a license assigned|errorinvalidlicense|" +
			"license is invalid for this mailbox|recipientnotfound|nosuchuser|" +
			"email account that you tried to reach does not exist|recipient address rejected: access denied|" +
			"mailbox unavailable (s|kein postfach zugeordnet|errorcode>invaliduser|" +
			"rest api is not yet supported for this mailbox|hosted on-premise|soft-deleted|mailbox is either inactive",
		causes: []Cause{MailboxNotFoundOrUnlicensed, MailboxOnPremises},
	},
	{when: "autodiscover|debugdata & email address cannot be found", causes: []Cause{MailboxNotFoundOrUnlicensed}},
	{when: "resource could not be discovered", causes: []Cause{MailboxNotFoundOrUnlicensed, GraphUserInvalid}},
	{
		when: "errorinvaliduser|request_resourcenotfound|invalid user id|errorincorrectrecipient|" +
			"invalid object identifier|segment 'users' refers to a collection|v1.0/users//|" +
			"parameter 'userid' because it is an empty|parameter \"userid\" gebunden|" +
			"does not exist or one of its queried|resource not found for the segment 'messages|" +
			"resource not found for the segment 'mail; requested user & is invalid",
		causes: []Cause{GraphUserInvalid, MailboxNotFoundOrUnlicensed},
	},
	{
		when:   "sendmail|/messages|mailfolders & resource not found|resourcenotfound",
		causes: []Cause{GraphUserInvalid, MailboxNotFoundOrUnlicensed, MeEndpointWithAppToken},
	},
	{
		when: "specified mailbox identity ~ does not exist; errornonexistentmailbox|smtp address has no mailbox|" +
			"mailbox does not exist|no mailbox associated|userhasnomailbox; mailbox & not found|could not be found|" +
			"unlicensed|no license|not licensed|does not have a license|inactive",
		unless: "folder|cmdlet|must be subscribed|nonexistent]|trycreate|unknown mailbox|mailbox does not exist:|" +
			"noresponseerror",
		causes: []Cause{MailboxNotFoundOrUnlicensed},
	},
	{when: "tenantguidnotfound|tenant for tenant guid", causes: []Cause{MailboxNotFoundOrUnlicensed, TenantNotFound}},
	{
		when: "lokale postfach & nicht zu exchange online migriert; recipienttypedetails : mailuser; " +
			"mailboxnothostedinexchangeonline; mailbox & on-premises|on premises|onprem; " +
			"does not support recipients of this type & mailuser; open this mailbox with the best performance",
		causes: []Cause{MailboxOnPremises, MailboxNotFoundOrUnlicensed},
	},
	{
		when: "mailboxconcurrency|applicationthrottled|over its incomingbytes|" +
			"server cannot service this request right now|serverbusyexception|gave up after|user-rate limit exceeded|" +
			"user rate limit exceeded|quota exceeded for quota metric|rate limit is exceeded. try again|" +
			"micro delay applied|globalthrottlingpolicy|errorserverbusy|activitylimitreached|toomanyrequests|" +
			"too many requests",
		unless: "docker|openai",
		causes: []Cause{Throttled},
	},
	{
		when:   "graph|ms365|m365|microsoft365|sendmail|mailfolders & #404",
		unless: "sites|teams",
		causes: []Cause{GraphUserInvalid, MailboxNotFoundOrUnlicensed},
	},
	{
		when: "graph & (403)|403 forbidden|403 client error|forbidden|http/2 403|http/1.1 403|error: 403|code: 403|" +
			"code 403",
		unless: "odata",
		causes: []Cause{GraphPermissionMissing, ConsentMissing, ApplicationAccessPolicy},
	},
	{
		when:   "graph api connection test error|graph api integration error",
		causes: []Cause{RefreshTokenExpired, TokenRevokedPasswordChange},
	},
}
