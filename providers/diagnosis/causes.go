package diagnosis

// App registration and secret.
const (
	SecretExpired                   Cause = "secret-expired"
	SecretIDInsteadOfValue          Cause = "secret-id-instead-of-value"
	SecretWrongOrTruncated          Cause = "secret-wrong-or-truncated"
	SecretMissing                   Cause = "secret-missing"
	PublicClientFlowDisabled        Cause = "public-client-flow-disabled"
	PublicClientWithSecret          Cause = "public-client-with-secret"
	ClientCertificateInvalid        Cause = "client-certificate-invalid"
	ClientAssertionExpired          Cause = "client-assertion-expired"
	AppNotInTenant                  Cause = "app-not-in-tenant"
	AppDisabledInTenant             Cause = "app-disabled-in-tenant"
	AppPermissionDeclarationInvalid Cause = "app-permission-declaration-invalid"
	ResourceNotInAppPermissions     Cause = "resource-not-in-app-permissions"
	ResourcePrincipalNotFound       Cause = "resource-principal-not-found"
	ServicePrincipalMissing         Cause = "service-principal-missing"
	ServicePrincipalObjectIDWrong   Cause = "service-principal-object-id-wrong"
)

// Tenant and account type.
const (
	TenantNotFound                Cause = "tenant-not-found"
	TenantIDMissing               Cause = "tenant-id-missing"
	SingleTenantAppOnCommon       Cause = "single-tenant-app-on-common"
	WrongNationalCloud            Cause = "wrong-national-cloud"
	PersonalAccountsNotAllowed    Cause = "personal-accounts-not-allowed"
	PersonalOnlyAppOnCommon       Cause = "personal-only-app-on-common"
	V1EndpointWithPersonalAccount Cause = "v1-endpoint-with-personal-account"
	AccountNotInTenant            Cause = "account-not-in-tenant"
	UserNotFound                  Cause = "user-not-found"
	UserNotAssigned               Cause = "user-not-assigned"
)

// Redirect address and browser sign-in.
const (
	RedirectURIMismatch      Cause = "redirect-uri-mismatch"
	RedirectURIMissing       Cause = "redirect-uri-missing"
	RedirectURIWrongPlatform Cause = "redirect-uri-wrong-platform"
	CallbackNotReceived      Cause = "callback-not-received"
	OAuthStateMismatch       Cause = "oauth-state-mismatch"
	AuthCodeAlreadyUsed      Cause = "auth-code-already-used"
	DeviceCodePending        Cause = "device-code-pending"
	DeviceCodeExpired        Cause = "device-code-expired"
	RequestParameterMissing  Cause = "request-parameter-missing"
	RequestMalformed         Cause = "request-malformed"
)

// Consent and scopes.
const (
	ConsentMissing         Cause = "consent-missing"
	AdminConsentRequired   Cause = "admin-consent-required"
	ScopeMissing           Cause = "scope-missing"
	ScopeInvalid           Cause = "scope-invalid"
	ScopeMultipleResources Cause = "scope-multiple-resources"
	ScopeNeedsDefault      Cause = "scope-needs-default"
	TokenAudienceWrong     Cause = "token-audience-wrong"
)

// Tokens.
const (
	AccessTokenExpired         Cause = "access-token-expired"
	AccessTokenMalformed       Cause = "access-token-malformed"
	RefreshTokenExpired        Cause = "refresh-token-expired"
	TokenRevokedPasswordChange Cause = "token-revoked-password-change"
	TokenCacheUnreadable       Cause = "token-cache-unreadable"
	XOAUTH2StringMalformed     Cause = "xoauth2-string-malformed"
	XOAUTH2NeedsTwoStep        Cause = "xoauth2-needs-two-step"
	SASLXOAUTH2PluginMissing   Cause = "sasl-xoauth2-plugin-missing"
)

// User sign-in.
const (
	WrongCredentials         Cause = "wrong-credentials"
	PasswordExpired          Cause = "password-expired"
	AccountLocked            Cause = "account-locked"
	AccountDisabled          Cause = "account-disabled"
	FederatedUserROPC        Cause = "federated-user-ropc"
	MFARequired              Cause = "mfa-required"
	ConditionalAccessBlocked Cause = "conditional-access-blocked"
	DeviceNotCompliant       Cause = "device-not-compliant"
	WrongUserSignedIn        Cause = "wrong-user-signed-in"
)

// Mailbox and protocol rights.
const (
	MailboxPermissionMissing     Cause = "mailbox-permission-missing"
	MailboxNotFoundOrUnlicensed  Cause = "mailbox-not-found-or-unlicensed"
	MailboxOnPremises            Cause = "mailbox-on-premises"
	IMAPDisabledMailbox          Cause = "imap-disabled-mailbox"
	POPDisabledMailbox           Cause = "pop-disabled-mailbox"
	IMAPFolderMissing            Cause = "imap-folder-missing"
	BasicAuthBlocked             Cause = "basic-auth-blocked"
	SMTPAuthDisabledTenant       Cause = "smtp-auth-disabled-tenant"
	SMTPAuthDisabledMailbox      Cause = "smtp-auth-disabled-mailbox"
	SMTPClientNotAuthenticated   Cause = "smtp-client-not-authenticated"
	SMTPSendAsAppMissing         Cause = "smtp-sendasapp-missing"
	SMTPAuthMechanismUnsupported Cause = "smtp-auth-mechanism-unsupported"
	SendAsDenied                 Cause = "send-as-denied"
	OutboundSendingBlocked       Cause = "outbound-sending-blocked"
	SendingQuotaExceeded         Cause = "sending-quota-exceeded"
	TooManyConnections           Cause = "too-many-connections"
	Throttled                    Cause = "throttled"
)

// Graph, EWS, Exchange administration.
const (
	GraphPermissionMissing        Cause = "graph-permission-missing"
	GraphUserInvalid              Cause = "graph-user-invalid"
	MeEndpointWithAppToken        Cause = "me-endpoint-with-app-token"
	ApplicationAccessPolicy       Cause = "application-access-policy"
	EWSPermissionMissing          Cause = "ews-permission-missing"
	EWSImpersonationDenied        Cause = "ews-impersonation-denied"
	EWSImpersonationHeaderMissing Cause = "ews-impersonation-header-missing"
	EWSAllowlistBlocked           Cause = "ews-allowlist-blocked"
	EXOAppRoleMissing             Cause = "exo-app-role-missing"
	EXOCmdletNotAvailable         Cause = "exo-cmdlet-not-available"
)

// Google.
const (
	GoogleAppPasswordNeeded   Cause = "google-app-password-needed"
	GoogleRedirectURIMismatch Cause = "google-redirect-uri-mismatch"
	GoogleScopeWrong          Cause = "google-scope-wrong"
	GoogleScopeInsufficient   Cause = "google-scope-insufficient"
	GoogleNotTestUser         Cause = "google-not-test-user"
	GoogleTestingTokenExpired Cause = "google-testing-token-expired"
	GoogleTokenRevoked        Cause = "google-token-revoked"
	GoogleDWDMissing          Cause = "google-dwd-missing"
	GoogleAPIDisabled         Cause = "google-api-disabled"
	GoogleMailServiceDisabled Cause = "google-mail-service-disabled"
)

// Network, TLS, local computer.
const (
	DNSFailure               Cause = "dns-failure"
	NetworkBlocked           Cause = "network-blocked"
	ProxyAuthRequired        Cause = "proxy-auth-required"
	ProxyMisconfigured       Cause = "proxy-misconfigured"
	TLSInterception          Cause = "tls-interception"
	CABundleOutdated         Cause = "ca-bundle-outdated"
	ServerCertificateExpired Cause = "server-certificate-expired"
	ClockSkew                Cause = "clock-skew"
	SMTPTLSModeMismatch      Cause = "smtp-tls-mode-mismatch"
	KeyringServiceMissing    Cause = "keyring-service-missing"
	KeyringLocked            Cause = "keyring-locked"
	KeyringEntryTooLarge     Cause = "keyring-entry-too-large"
	KeyringFull              Cause = "keyring-full"
	ConfigEntryMissing       Cause = "config-entry-missing"
)

// Seen by one's own tests, not in the reports.
const (
	DeviceCodeDeclined            Cause = "device-code-declined"
	SecretNotYetActive            Cause = "secret-not-yet-active"
	ServerCertificateNameMismatch Cause = "server-certificate-name-mismatch"
	ServerCertificateUntrusted    Cause = "server-certificate-untrusted"
	TLSVersionUnsupported         Cause = "tls-version-unsupported"
	STARTTLSNotOffered            Cause = "starttls-not-offered"
	ServerProtocolError           Cause = "server-protocol-error"
	ServerTimeout                 Cause = "server-timeout"
	ServiceUnavailable            Cause = "service-unavailable"
)
