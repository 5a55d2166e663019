package diagnosis

// exceptionSigns are the exceptions, constants and fixed words by which libraries for mail and sign-in,
// and the services behind them, name a failure.
// Sources: the libraries' own lists (MSAL and ADAL, Microsoft.Identity.Web, google-auth, GoogleSignIn,
// oauth2client, Spring Security, CDO, libetpan, MailKit, getmail), EWS ResponseCodes, Graph error codes,
// X-MS-Diagnostics and Gmail API errors.
var exceptionSigns = []sign{
	{when: "reauthfailerror", causes: []Cause{MFARequired, GoogleTokenRevoked}},
	{when: "problem refreshing your current auth tokens", causes: []Cause{GoogleTokenRevoked, MFARequired}},
	{
		when:   "service account info was not in the expected|invalidclientsecretserror|idw10106",
		causes: []Cause{ConfigEntryMissing},
	},
	{when: "userrecoverableauthexception", causes: []Cause{ConsentMissing}},
	{when: "flowexchangeerror", causes: []Cause{AuthCodeAlreadyUsed, SecretWrongOrTruncated}},
	{when: "kgidsigninerrorcodeemm", causes: []Cause{DeviceNotCompliant}},
	{
		when: "errorcodemismatchwithcurrentuser|msalinternalerrormismatcheduser|ad_error_server_wrong_user|" +
			"hosteddomainexception|caa90018",
		causes: []Cause{WrongUserSignedIn},
	},
	{when: "msaldeclinedscopeexception|errorserverdeclinedscopes", causes: []Cause{ConsentMissing, ScopeMissing}},
	{when: "msalusercancelexception|iframe timed out without a response", causes: []Cause{CallbackNotReceived}},
	{when: "a redirect is required to get the users approval", causes: []Cause{CallbackNotReceived, ConsentMissing}},
	{when: "crossplatformlockerror|hasnoauthinkeychain", causes: []Cause{TokenCacheUnreadable, ConfigEntryMissing}},
	{
		when:   "microsoftidentitywebchallengeuser|idw10502",
		causes: []Cause{TokenCacheUnreadable, ConsentMissing, MFARequired},
	},
	{when: "developer_redirecturi_invalid", causes: []Cause{RedirectURIMismatch, RedirectURIWrongPlatform}},
	{
		when:   "adalclaimchallengeexception|claimschallengeexception",
		causes: []Cause{ConditionalAccessBlocked, MFARequired},
	},
	{when: "caa20003", causes: []Cause{RefreshTokenExpired, ClockSkew}},
	{when: "caa20004", causes: []Cause{ConsentMissing, AdminConsentRequired}},
	{
		when:   "caa82f8f|error_adal_internet_secure_failure",
		causes: []Cause{TLSInterception, ClockSkew, TLSVersionUnsupported},
	},
	{when: "could not retrieve remote jwk set", causes: []Cause{NetworkBlocked, TLSInterception, ProxyMisconfigured}},
	{when: "missing dot delimiter", causes: []Cause{AccessTokenMalformed}},
	{when: "idx10222", causes: []Cause{ClockSkew}},

	{
		when:   "cdo_e_authentication_failure|cdo_e_logon_failure|mailpop3_error_bad_password",
		causes: []Cause{WrongCredentials, BasicAuthBlocked},
	},
	{when: "cdo_e_smtp_server_required|mapi_e_unconfigured", causes: []Cause{ConfigEntryMissing}},
	{when: "pop3protocolexception|imapprotocolexception ~ unexpected token", causes: []Cause{ServerProtocolError}},
	{when: "usernotlocaltryalternatepath", causes: []Cause{MailboxNotFoundOrUnlicensed}},
	{
		when:   "encryptionrequiredforauthentication|encryption required for requested authentication",
		causes: []Cause{SMTPTLSModeMismatch, STARTTLSNotOffered},
	},
	{when: "send auth command first", causes: []Cause{SMTPClientNotAuthenticated}},
	{when: "relaying disallowed as", causes: []Cause{SendAsDenied, SMTPClientNotAuthenticated}},
	{when: "login allowed only every", causes: []Cause{Throttled}},

	{when: "targetidshouldnotbemeorwhitespace", causes: []Cause{MeEndpointWithAppToken}},
	{
		when:   "requestfromunsupporteduserrole|errorinsufficientpermissionsinaccesstoken",
		causes: []Cause{GraphPermissionMissing, ScopeMissing},
	},
	{when: "authentication_expiredtoken", causes: []Cause{AccessTokenExpired}},
	{
		when: "errorinsufficientresources|errormailboxfailover|mailboxintransit|exceptionmdboffline|" +
			"resourceunhealthyexception|" +
			"errornorespondingcas",
		causes: []Cause{ServiceUnavailable, Throttled},
	},
	{when: "cannot impersonate the requested user due to insufficient", causes: []Cause{EWSImpersonationDenied}},
	{when: "error_category=\"invalid_resource", causes: []Cause{TokenAudienceWrong}},
	{
		when:   "error_category=\"invalid_user|specified by the user-context in the token does not",
		causes: []Cause{MailboxNotFoundOrUnlicensed, AccountNotInTenant},
	},
	{when: "error_category=\"oauth_not_available", causes: []Cause{MailboxOnPremises}},
	{when: "aka.ms/smtp_auth_tls", causes: []Cause{TLSVersionUnsupported}},
	{
		when:   "indehydratedcontextexception|do not have permissions to call this cmdlet",
		causes: []Cause{EXOCmdletNotAvailable, EXOAppRoleMissing},
	},

	{when: "dailylimitexceededunreg", causes: []Cause{AccessTokenMalformed, GoogleAPIDisabled}},
	{when: "resource_exhausted", causes: []Cause{Throttled}},
	{when: "domain cannot use apis", causes: []Cause{GoogleAPIDisabled}},
}
