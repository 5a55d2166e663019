package diagnosis

// googleSigns are what Google's sign-in and the Gmail API say.
var googleSigns = []sign{
	{
		when:   "lookup failed & oautherror & mail.google.com",
		causes: []Cause{GoogleScopeWrong, GoogleMailServiceDisabled},
	},
	{
		when:   "gtoken/ & invalid_grant",
		causes: []Cause{ClockSkew, GoogleTokenRevoked, GoogleDWDMissing},
	},
	{
		when:   "metadata from plugin & invalid_grant; xoauth2 error: error: invalid_grant",
		unless: "aadsts",
		causes: []Cause{GoogleTokenRevoked, GoogleTestingTokenExpired, RefreshTokenExpired},
	},
	{
		when:   "gmail & 401 & #unauthenticated",
		causes: []Cause{AccessTokenExpired, GoogleTokenRevoked},
	},
	{
		when:   "web login|web browser|webalert & account locked|too many failed",
		causes: []Cause{AccountLocked, GoogleAppPasswordNeeded},
	},
	{
		when:   "web browser & account disabled",
		causes: []Cause{AccountDisabled, GoogleAppPasswordNeeded},
	},
	{
		when:   "web browser|webalert & imap access is disabled",
		causes: []Cause{IMAPDisabledMailbox, GoogleAppPasswordNeeded},
	},
	{
		when: "invalid_grant|expired or revoked & 7 tagen|sieben tage|one week|testmodus|test user|7 jours|" +
			"sept jours|7 días|siete días|sette giorni|weekly",
		causes: []Cause{GoogleTestingTokenExpired, GoogleTokenRevoked},
	},
	{
		when:   "invalid_grant & account has been disabled",
		causes: []Cause{AccountDisabled, GoogleTokenRevoked},
	},
	{
		when:   "invalid_grant & strict mode|same verification code|exchanged twice",
		causes: []Cause{AuthCodeAlreadyUsed, GoogleTokenRevoked},
	},
	{
		when:   "permission denied to enable service; api switched off; /apis/library/gmail",
		causes: []Cause{GoogleAPIDisabled},
	},
	{
		when:   "missing required parameter: redirect_uri",
		causes: []Cause{RedirectURIMissing, GoogleRedirectURIMismatch},
	},
	{
		when:   "gmail.readonly|gmail.modify|gmail.send & gmail::client|gmail.connect & disconnected|fail",
		causes: []Cause{GoogleScopeWrong},
	},
	{
		when:   "accesstokenrefresherror",
		unless: "jwt|signature|unauthorized|not authorized|access_denied",
		causes: []Cause{GoogleTokenRevoked, GoogleTestingTokenExpired},
	},
	{
		when: "every 2 weeks|every two weeks|authorizing anew|after re-authorizing|after reauthorizing & " +
			"invalid credentials (failure)|authenticationfailed & gmail",
		causes: []Cause{GoogleTokenRevoked, GoogleTestingTokenExpired},
	},
	{
		when: "pop.gmail.com|imap.gmail.com|smtp.gmail.com ~ not accept|invalidlogin|denied authentication|" +
			"login failed",
		unless: "oauth|bearer|token",
		causes: []Cause{GoogleAppPasswordNeeded, WrongCredentials},
	},
	{
		when: "from a non-google app|google blocked the app you were trying|less secure sign-in technology|" +
			"weniger sichere apps|nicht mehr die verwendung von drittanbieter-apps|" +
			"myaccount.google.com/u/0/apppasswords|moins sécurisées",
		causes: []Cause{GoogleAppPasswordNeeded},
	},
	{
		when: "redirect_uri_mismatch|ones authorized for the oauth client|match a registered redirect uri; google & " +
			"redirect uri & mismatch|not match",
		unless: "aadsts",
		causes: []Cause{GoogleRedirectURIMismatch},
	},
	{
		when:   "redirect uri in the request & did not match|does not match the ones",
		unless: "aadsts|azure",
		causes: []Cause{GoogleRedirectURIMismatch},
	},
	{
		when: "urn:ietf:wg:oauth:2.0:oob & client type|not allowed|blocked; " +
			"invalid parameter value for redirect_uri; device_id and device_name are required; " +
			"must end with a public top-level domain; loopback flow has been blocked; " +
			"custom uri scheme is not enabled; added to the authorized domains list; " +
			"missing required parameter: redirect_uri & error 400; comply with google's oauth 2.0 policy|" +
			"google validation rules|out-of-band|oob flow|política oauth 2.0 de google|oauth 2.0-richtlinie von google|" +
			"règles oauth 2.0 de google|política do oauth 2.0 do google|criteri oauth 2.0 di google|" +
			"oauth 2.0-beleid van google|oauth 2.0 정책|oauth 2.0 ポリシー",
		causes: []Cause{GoogleRedirectURIMismatch},
	},
	{
		when: "retrieve access tokens using this method|unauthorized client or scope in request|" +
			"not authorized for any of the scopes requested|requested client not authorized|invalid impersonation|" +
			"some scopes failed!|domain-wide delegation authentication|delegated domain-wide authority",
		causes: []Cause{GoogleDWDMissing},
	},
	{when: "delegation denied", causes: []Cause{GoogleDWDMissing, WrongUserSignedIn, MailboxPermissionMissing}},
	{when: "account restricted & access_denied", causes: []Cause{ConditionalAccessBlocked, GoogleNotTestUser}},
	{
		when: "service invoked too many times for one day; an einem tag zu häufig aufgerufen; " +
			"demasiadas veces en un día; limit exceeded: email",
		causes: []Cause{SendingQuotaExceeded, Throttled},
	},
	{
		when:   "unauthorized_client & google|gserviceaccount|service account",
		unless: "consumers",
		causes: []Cause{GoogleDWDMissing},
	},
	{
		when:   "invalid_grant & invalid email or user id|not a valid email|account not found",
		causes: []Cause{GoogleDWDMissing, GoogleMailServiceDisabled},
	},
	{
		when: "google verification process|given you access to this app|has not verified this app|" +
			"has not been verified by google|google blocked this access|developer-approved testers|org_internal|" +
			"sign in with google temporarily disabled|app has not been verified yet by google|" +
			"reached its sign-in rate limit|google で確認されていません|google 尚未验证此应用|" +
			"not eligible for designation as a test user|diese app nicht überprüft|n'a pas validé cette application|" +
			"no ha verificado esta|não verificou este|google-überprüfung|procédure de validation de google|" +
			"verificación de google|verificação do google|verifica di google|verificatieproces van google",
		causes: []Cause{GoogleNotTestUser},
	},
	{
		when: "403: access_denied|403 access_denied|403: org_internal|403 : org_internal|403： access_denied|" +
			"disallowed_useragent|browser or app may not be secure",
		unless: "aadsts",
		causes: []Cause{GoogleNotTestUser},
	},
	{
		when: "expired or revoked|invalid_grant|authorization grant|refresh token & 7 days|seven days|after a week|" +
			"every week|testing; refresh_token_expires_in & 604799|604800",
		causes: []Cause{GoogleTestingTokenExpired, GoogleTokenRevoked},
	},
	{
		when: "token has been expired or revoked|token has been revoked|invalid_rapt|" +
			"reauth related error (invalid_rapt); account has been deleted & invalid_grant; " +
			"reauthentication is needed & google; error refreshing the oauth2 token & invalid_grant; " +
			"when requesting access token & google & 400",
		causes: []Cause{GoogleTokenRevoked, GoogleTestingTokenExpired},
	},
	{
		when: "invalid_grant & refresherror|gaxios|google.auth|google-auth|googleauth|oauth2.googleapis|google.apis|" +
			"signet|googleapis|gmail",
		unless: "aadsts|short-lived|jwt|auth code|already redeemed",
		causes: []Cause{GoogleTokenRevoked, GoogleTestingTokenExpired, AuthCodeAlreadyUsed},
	},
	{
		when:   "invalid_grant & google",
		unless: "aadsts|jwt|auth code|already redeemed",
		causes: []Cause{GoogleTokenRevoked, GoogleTestingTokenExpired, AuthCodeAlreadyUsed},
	},
	{
		when:   "missing required authentication credential|credentials_missing; login required & gmail",
		unless: "web login",
		causes: []Cause{TokenCacheUnreadable, GoogleTokenRevoked, GoogleDWDMissing},
	},
	{when: "invalid jwt signature", causes: []Cause{ClientCertificateInvalid, SecretWrongOrTruncated}},
	{
		when:   "do not have permission to call gmailapp; not sufficient to call gmailapp",
		causes: []Cause{GoogleScopeInsufficient, GoogleScopeWrong},
	},
	{
		when: "access_token_scope_insufficient|insufficient authentication scopes|insufficientpermissions|" +
			"insufficient permission|insufficient_scope|metadata scope does not",
		unless: "mysql|sudo|configuration file|impersonat|errorinsufficient",
		causes: []Cause{GoogleScopeInsufficient, GoogleDWDMissing},
	},
	{
		when: "accessnotconfigured|access not configured|has not been used in project|cannot be used for api calls|" +
			"api service/app not enabled|service_disabled; gmail api & disabled|not enabled; gmail is not defined; " +
			"googleapis.com api requires a quota project; consumer 'project_number & suspended",
		unless: "mail service not enabled",
		causes: []Cause{GoogleAPIDisabled},
	},
	{
		when: "mail service not enabled|gmail service is not enabled|gmail service/app not enabled|" +
			"do not have access to gmail|gmail operation not allowed|not a gmail user|failedprecondition|" +
			"precondition check failed",
		causes: []Cause{GoogleMailServiceDisabled, GoogleDWDMissing},
	},
	{
		when:   "#403 & gmail & httperror|googleapi",
		unless: "quota|ratelimit",
		causes: []Cause{GoogleScopeInsufficient, GoogleDWDMissing},
	},
	{when: "userratelimitexceeded|ratelimitexceeded|quotaexceeded & gmail", causes: []Cause{Throttled, SendingQuotaExceeded}},
	{
		when:   "\"scope\":\"https://mail.google.com/\" & \"status\":\"invalid_request",
		causes: []Cause{GoogleScopeWrong, XOAUTH2StringMalformed},
	},
	{when: "scope has changed from & google|googleapis", causes: []Cause{GoogleScopeWrong, GoogleScopeInsufficient}},
	{
		when:   "schemes & bearer & mail.google.com & invalid sasl argument",
		causes: []Cause{XOAUTH2StringMalformed, GoogleScopeWrong},
	},
	{
		when:   "schemes & bearer & mail.google.com",
		unless: "lookup failed|password not accepted|plain|too many",
		causes: []Cause{GoogleScopeWrong, WrongUserSignedIn},
	},
	{
		when: "googleapis.com/auth/gmail.|googleapis.com/auth/userinfo & not accepted|authenticationfailed|" +
			"invalid credentials",
		causes: []Cause{GoogleScopeWrong},
	},
}
