package diagnosis

import "testing"

// pasted are texts of the kinds that people paste, in our own words around the services' fixed ones.
var pasted = map[Cause][]string{
	SecretExpired:                   {"mailer: the client secret of the app has expired, make a new one", "Token-Anfrage: secret ist abgelaufen (AADSTS7000222)"},
	SecretIDInsteadOfValue:          {"OAuth: invalid client secret. Ensure it is the client secret value, not the client secret ID"},
	SecretWrongOrTruncated:          {"Graph token: invalid client secret provided", `imap gateway answered {"error":"invalid_client"}`},
	SecretMissing:                   {"oauth mail connector: client_secret is missing", "AADSTS7000216", "AADSTS70002: The provided request must include a 'client_secret' input parameter."},
	PublicClientFlowDisabled:        {"device sign-in for the mailbox: set 'Allow public client flows'", "AADSTS7000218"},
	PublicClientWithSecret:          {"AADSTS700025: leave it out", "outlook: the client is public so neither 'client_assertion' nor 'client_secret' should be presented", "AADSTS90023: Public clients can't send a client secret."},
	ClientCertificateInvalid:        {"msal: the certificate with thumbprint 0A1B could not be found", "Keyset does not exist at MailJob.Send", "AADSTS700027", "Could not use the certificate for signing (Connect-ExchangeOnline)"},
	ClientAssertionExpired:          {"AADSTS700024: clock?", "msal: client assertion has expired"},
	AppNotInTenant:                  {"Application with identifier 'x' was not found in the directory 'y'", "AADSTS700016"},
	AppDisabledInTenant:             {"AADSTS7000112 seen by the importer", "Entra says: the application has been disabled"},
	AppPermissionDeclarationInvalid: {"AADSTS650054", "microsoft graph: the permission requested by this application was removed"},
	ResourceNotInAppPermissions:     {"AADSTS650057", "entra: the service is not listed in the requested permissions of the app"},
	ResourcePrincipalNotFound:       {"AADSTS500011", "msal: the resource principal named https://outlook.office.example does not exist", "AADSTS65005: The application needs access to a service that your organization has not subscribed to."},
	ServicePrincipalMissing:         {"IMAP: NO AUTHENTICATE failed. LogonDenied-None-OAuthLog", "AADSTS7000229"},
	ServicePrincipalObjectIDWrong:   {"Add-MailboxPermission: the object 'x' could not be found on 'ab12.prod.outlook.com'"},

	TenantNotFound:                {"AADSTS90002", "mail oauth: the requested tenant identifier is not valid", "msal endpoints_resolution_error"},
	TenantIDMissing:               {"AADSTS50059", "entra: no tenant-identifying information in the request"},
	SingleTenantAppOnCommon:       {"AADSTS50194", "the app is not configured as a multi-tenant application (microsoft graph)", "Application 'x' (desk) is not supported over the /common or /consumers endpoints."},
	WrongNationalCloud:            {"AADSTS900382", "entra: cross cloud requests are refused", "AADSTS900439: use login.microsoftonline.us"},
	PersonalAccountsNotAllowed:    {"You can't sign in here with a personal account", "Hier geht es mit einem persönlichen Konto nicht (outlook)"},
	PersonalOnlyAppOnCommon:       {"AADSTS9002331", "outlook: please use the /consumers endpoint", "ServerError: The request is not valid for the application's 'userAudience' configuration."},
	V1EndpointWithPersonalAccount: {"AADSTS500201", "davmail: we are unable to issue tokens from this API version", "AADSTS50020: We are unable to issue tokens from this api version for a Microsoft account."},
	AccountNotInTenant:            {"AADSTS50020", "Selected user account: add it as a guest (outlook)"},
	UserNotFound:                  {"AADSTS50034", "We couldn't find an account with that username. Outlook"},
	UserNotAssigned:               {"AADSTS50105", "entra: the user is not assigned to the application"},

	RedirectURIMismatch:      {"AADSTS50011", "The redirect URI 'https://desk.example' in the outlook sign-in doesn't match", "El URI de redireccionamiento no coincide (outlook)"},
	RedirectURIMissing:       {"AADSTS500113", "outlook sign-in: no reply address is registered"},
	RedirectURIWrongPlatform: {"AADSTS9002326", "outlook: cross-origin token redemption is only for single-page apps"},
	CallbackNotReceived:      {"mail set-up: timed out waiting for the authorization code", "outlook: user cancelled the sign-in window", "mail collector: unable to save authorization code", "Firefox can't establish a connection to the server at localhost:8093."},
	OAuthStateMismatch:       {"mail oauth callback: state mismatch", "outlook: invalid or expired state", "Returned state {A} from authorize endpoint is not the same as the one sent {B}"},
	AuthCodeAlreadyUsed:      {"AADSTS54005", "outlook: the authorization code has expired", "AADSTS70000: The provided value for the 'code' parameter is not valid.", "Google: 'invalid_grant: Code was already redeemed.'"},
	DeviceCodePending:        {"authorization_pending (outlook)", "AADSTS70016"},
	DeviceCodeExpired:        {"AADSTS70019", "outlook: the device code has expired, start again", "AADSTS70000: The provided value for the input parameter 'device_code' is not valid."},
	DeviceCodeDeclined:       {"authorization_declined from microsoftonline"},
	RequestParameterMissing:  {"AADSTS900144", "gmail oauth: missing required parameter: grant_type is required, missing parameter"},
	RequestMalformed:         {"AADSTS9002313", "imap oauth: unsupported_grant_type", "OAuth 2.0 authentication of the outlook account: \"invalid_request\""},

	ConsentMissing:           {"AADSTS65001", "outlook: the user or administrator has not consented to use the application"},
	AdminConsentRequired:     {"Need admin approval", "Administratorgenehmigung erforderlich", "管理者の承認が必要です (outlook)", "AADSTS90094"},
	ScopeMissing:             {"A1 NO AUTHENTICATE failed.", "IMAP: the token lacks IMAP.AccessAsUser.All", "cannot authenticate to the IMAP server by SASL XOAUTH2\ncannot resolve the task"},
	ScopeInvalid:             {"AADSTS70011 at https://login.microsoftonline.com", "outlook: invalid_scope"},
	ScopeMultipleResources:   {"AADSTS28000", "entra: the scope contains more than one resource"},
	ScopeNeedsDefault:        {"AADSTS1002012", "msal: scopes of a client credential request must end in /.default"},
	TokenAudienceWrong:       {"outlook: invalid audience 00000003", "IDX10214: graph"},
	AccessTokenExpired:       {"graph: lifetime validation failed, the token is expired", "imap: AccessTokenExpired", "O365 connection: TokenExpiredError: (token_expired)"},
	AccessTokenMalformed:     {"InvalidAuthenticationToken: IDX14100: JWT is not well formed", "outlook: CompactToken parsing failed"},
	RefreshTokenExpired:      {"AADSTS700082", "mail sync: the refresh token has expired due to inactivity", "Outlook: please reconnect your mail account", "the token of the outlook account needs to be refreshed", "exception while requesting OAuth 2.0 credentials of the desk: InvalidToken(400, proxy)", "outlook: XOAuth2 token expired and the server did not provide a valid response to refresh."},
	TokenCacheUnreadable:     {"msal: token cache cannot be read, failed to deserialize", "outlook: no_tokens_found", "email proxy: Key not valid for use in specified state", "outlook step: unable to sign without access token", "mail channel: OAuth token not defined, authorisation is needed", "O365: token file retrieval error", "graph mail import: access token is undefined or empty"},
	XOAUTH2StringMalformed:   {"501 5.5.2 Cannot Decode response - gsmtp", "A1 BAD Invalid SASL argument (gmail)", "xoauth2: \"user=a@b.example\" + \"^Aauth=Bearer \" + token + \"^A^A\""},
	XOAUTH2NeedsTwoStep:      {"-ERR Protocol error. Connection is closed. POP3"},
	SASLXOAUTH2PluginMissing: {"postfix: SASL XOAUTH2: No worthy mechs found", "mbsync: IMAP wants more steps", "postfix: private/smtp socket: malformed response (sasl-xoauth2)", "Send this email? No SASL mechanism found"},

	TokenRevokedPasswordChange: {"AADSTS50173", "graph: the user changed or reset their password", "AADSTS16000: Session is invalid due to expiration or recent password change."},
	WrongCredentials:           {"AADSTS50126", "535 5.7.0 Invalid login or password"},
	PasswordExpired:            {"AADSTS50055", "Outlook: Ihr Kennwort ist abgelaufen"},
	AccountLocked:              {"AADSTS50053", "Microsoft: your account has been locked", "LOGIN failed. Account is blocked. Log in by a browser (outlook)"},
	AccountDisabled:            {"AADSTS50057", "outlook: the user account is disabled", "525 5.7.13 no"},
	FederatedUserROPC:          {"msal: parsing_wstrust_response_failed", "AADSTS50107"},
	MFARequired:                {"AADSTS50076", "outlook: MFA is required", "Outlook: mehrstufige Authentifizierung nötig"},
	ConditionalAccessBlocked:   {"AADSTS53003", "outlook: Blocked by Conditional Access", "Outlook: accès conditionnel"},
	DeviceNotCompliant:         {"AADSTS53000", "outlook: this device has to be managed by your organisation; be compliant", "AADSTS9001011: Device policy contains unsupported required device state: domain_joined."},
	WrongUserSignedIn:          {"outlook connector: email mismatch, another account signed in", "FlexDeploy: BAD User is Authenticated But Not Connected"},

	MailboxPermissionMissing:     {"a2 BAD User is authenticated but not connected.", "STOREDRV.Submit: mailbox logon failure", "exchangelib: default folder Root not found"},
	MailboxNotFoundOrUnlicensed:  {"ErrorNonExistentMailbox", "MailboxNotEnabledForRESTAPI from graph", "EWS GetFolders: Mailbox does not exist", "emsg: UserHasNoMailboxAndNoLicenseAssignedError"},
	MailboxOnPremises:            {"MailboxNotHostedInExchangeOnline", "outlook: the mailbox is on-premises"},
	IMAPDisabledMailbox:          {"NO [ALERT] Your account is not enabled for IMAP use.", "IMAP access is disabled for your domain"},
	POPDisabledMailbox:           {"-ERR POP access is disabled for this mailbox", "AUTH XOAUTH2: -ERR Authentication failure: unknown user name or bad password."},
	IMAPFolderMissing:            {"A5 NO [NONEXISTENT] Unknown Mailbox: Support", "IMAP: Ordner nicht gefunden", "the desk could not open the folder 'inbox' at outlook.office365.com"},
	BasicAuthBlocked:             {"A1 NO LOGIN failed.", "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "Outlook IMAP: Anmeldung fehlgeschlagen", "imap_open: Retrying PLAIN authentication after auth failed", "The request failed. The remote server returned an error: (401) Unauthorized. (mailbox of the desk)", "outlook.office365.com: connection setup failed"},
	SMTPAuthDisabledTenant:       {"535 5.7.139 SmtpClientAuthentication is disabled for the Tenant."},
	SMTPAuthDisabledMailbox:      {"535 5.7.139 SmtpClientAuthentication is disabled for the Mailbox.", "SMTP: could not authenticate (smtp.office365.com)"},
	SMTPClientNotAuthenticated:   {"530 5.7.57 no", "The SMTP server requires a secure connection or the client was not authenticated.", "SMTP AUTH is required for submission"},
	SMTPSendAsAppMissing:         {"535 5.7.3 Authentication unsuccessful with a client_credentials token"},
	SMTPAuthMechanismUnsupported: {"504 5.7.4 Unrecognized authentication type", "mutt: No authenticators available (smtp)", "SMTP AUTH extension not supported by server"},
	SendAsDenied:                 {"554 5.2.252 SendAsDenied", "smtp: mail from address must be same as authorization user", "You do not have the permission to send the message on behalf of the specified user."},
	OutboundSendingBlocked:       {"550 5.1.8 Access denied, bad outbound sender", "550 5.7.1 your address is listed at Spamhaus"},
	SendingQuotaExceeded:         {"550 5.4.5 Daily user sending limit exceeded", "554 5.2.0 SubmissionQuotaExceeded"},
	TooManyConnections:           {"[ALERT] Too many simultaneous connections. (Failure)", "mailbox: too many concurrent connections opened"},
	Throttled:                    {"ApplicationThrottled: graph mailbox limit", "432 4.3.2 thread limit exceeded", "outlook answered 429 Too Many Requests"},

	GraphPermissionMissing:        {"graph sendMail: ErrorAccessDenied", "graph: Insufficient privileges to complete the operation."},
	GraphUserInvalid:              {"ErrorInvalidUser: graph", "https://graph.microsoft.com/v1.0/users/x/sendMail 404"},
	MeEndpointWithAppToken:        {"graph: /me request is only valid with delegated authentication flow.", "Current authenticated context is not valid for this request."},
	ApplicationAccessPolicy:       {"graph: Blocked by tenant configured AppOnly AccessPolicy settings."},
	EWSPermissionMissing:          {`x-ms-diagnostics: 2000008;reason="no permissions"`, "ews: 403 Forbidden from /EWS/Exchange.asmx"},
	EWSImpersonationDenied:        {"ErrorImpersonateUserDenied: the account does not have permission to impersonate", "Exception calling \"Bind\": The account does not have permission to impersonate the requested user."},
	EWSImpersonationHeaderMissing: {"ExchangeImpersonation SOAP header must be present for this token."},
	EWSAllowlistBlocked:           {"EWS is not in the allow list of the tenant"},
	EXOAppRoleMissing:             {"The role assigned to application x is not supported in this scenario (Connect-ExchangeOnline)", "The application is not assigned to any management roles (New-ExoPSSession)"},
	EXOCmdletNotAvailable:         {"Add-MailboxPermission : The term is not recognized as the name of a cmdlet", "The term 'Get-AcceptedDomain' is not recognized as the name of a cmdlet"},

	GoogleAppPasswordNeeded:   {"534-5.7.9 Application-specific password required - gsmtp", "Gmail: login failed, wrong password"},
	GoogleRedirectURIMismatch: {"Error 400: redirect_uri_mismatch (accounts.google.com)"},
	GoogleScopeWrong:          {"imap.gmail.com XOAUTH2: NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)", "imap.gmail.com: XOAUTH2 authentication failed"},
	GoogleScopeInsufficient:   {"Request had insufficient authentication scopes. gmail.googleapis.com"},
	GoogleNotTestUser:         {"Error 403: access_denied, the app has not completed the Google verification process", "Gmail: this browser or app may not be secure"},
	GoogleTestingTokenExpired: {"gmail: Token has been expired or revoked, every 7 days"},
	GoogleTokenRevoked:        {"gmail: invalid_grant: Token has been expired or revoked."},
	GoogleDWDMissing:          {"Client is unauthorized to retrieve access tokens using this method"},
	GoogleAPIDisabled:         {"Gmail API has not been used in project 42 before or it is disabled"},
	GoogleMailServiceDisabled: {"gmail: 400 Mail service not enabled"},

	DNSFailure:          {"smtp.office365.com: getaddrinfo ENOTFOUND", "Der Remotename konnte nicht aufgelöst werden: 'outlook.office365.com'"},
	NetworkBlocked:      {"imap: connect ECONNREFUSED 192.0.2.1:993", "Zielcomputer die Verbindung verweigerte: outlook.office365.com", "smtp: no route to host", "Outlook 0x800CCC0E", "mail gateway: network down or host unreachable", "gmail: Cannot assign requested address"},
	ProxyAuthRequired:   {"login.microsoftonline.com: 407 Proxy Authentication Required", "Proxyauthentifizierung erforderlich (Graph)"},
	ProxyMisconfigured:  {"login.microsoftonline.com: Cannot connect to proxy.", "token renewal for outlook behind the proxy: Unsupported content type: text/html"},
	ServerTimeout:       {"imap: timed out while authenticating with the server"},
	ServiceUnavailable:  {"outlook: 503 Service Unavailable", "AADSTS90033", "Exchange Web Services are not currently available for this request"},
	ServerProtocolError: {"smtp.office365.com: the server sent an invalid reply", "imap store: BYE Jakarta Mail Exception: index out of bounds", "imap search: NO [BADCHARSET (US-ASCII)] not supported"},

	TLSInterception:               {"graph.microsoft.com: self signed certificate in certificate chain", "MailKit: An error occurred while attempting to establish an SSL or TLS connection.", "since avast was installed the Gmail server cannot be reached: could not connect"},
	CABundleOutdated:              {"imap: unable to get local issuer certificate", "smtp: certificate verify failed"},
	ServerCertificateExpired:      {"imap.example: certificate has expired", "smtp: le certificat a expiré"},
	ServerCertificateNameMismatch: {"imap: Hostname mismatch, certificate is not valid for 'mail.example'", "imap: invalid peer certificate: NotValidForName"},
	ServerCertificateUntrusted:    {"imap: DEPTH_ZERO_SELF_SIGNED_CERT"},
	TLSVersionUnsupported:         {"421 4.7.66 TLS 1.0 and 1.1 are not supported.", "smtp: alert protocol version"},
	STARTTLSNotOffered:            {"smtp: STARTTLS extension not supported by server"},
	SMTPTLSModeMismatch:           {"smtp 587: [SSL: WRONG_VERSION_NUMBER] wrong version number", "imap gateway: BAD missing command"},
	ClockSkew:                     {"gmail: Token used too early, check the clock", "imap: certificate is not yet valid"},

	KeyringServiceMissing: {"org.freedesktop.secrets: secret service not available", "keyring: no recommended backend was available (NoKeyringError)", "mail login requires an available credential store", "keyring: storing secret failed"},
	KeyringLocked:         {"keychain: user interaction is not allowed (-25308)"},
	KeyringEntryTooLarge:  {"CredWrite: the stub received bad data (token)", "password encoded as UTF-16 is longer than platform limit of 2560 chars"},
	KeyringFull:           {"Outlook add-in: not enough memory resources are available to process this command", "fatal: Failed to write item to store. [0x8]"},
	ConfigEntryMissing:    {"mail connector: client_id is not configured", "ERROR: Unsupported mail transport [graph]", "/etc/msmtprc: line longer than 500 characters", "mail app: OAuth 2.0 is not configured for this provider", "postfix/smtp: SASL authentication failure: All-whitespace username. dsn=4.7.0", "Proxy config file entry missing for account desk@contoso.example - aborting login (outlook.office365.com:993)"},
}

// typedOnly are causes that a text alone does not tell from their neighbours.
var typedOnly = map[Cause]bool{SecretNotYetActive: true}

func TestEveryCauseIsRecognisedInText(t *testing.T) {
	t.Parallel()
	for _, entry := range Causes() {
		if len(pasted[entry.Cause]) == 0 && !typedOnly[entry.Cause] {
			t.Errorf("no text for %s", entry.Cause)
		}
	}
	for cause, texts := range pasted {
		for _, text := range texts {
			got := Explain(text)
			if !got.Recognised || got.Diagnoses[0].Cause != cause {
				t.Errorf("%s\ngot  %s\nwant %s", text, ranking(got.Diagnoses), cause)
				continue
			}
			expectUsable(t, got.Diagnoses)
			if got.Unknown.Summary != "" {
				t.Errorf("%q is recognised and unknown", text)
			}
		}
	}
}
