package diagnosis

// librarySigns are what the libraries that sign programs in say themselves, before or after they
// have asked the service. Sources: the error codes of MSAL for JavaScript, .NET and Node
// (https://learn.microsoft.com/entra/msal/), of OAuthLib, of Spring Security and of Google's
// clients, as reported.
var librarySigns = []sign{
	{
		when:   "could not find a suitable tls ca certificate bundle",
		causes: []Cause{CABundleOutdated, ConfigEntryMissing},
	},
	{
		when: "populate the client_secrets.json; your-app-client-id|your_client_id|your-client-id|your_app_id & " +
			"client",
		unless: ".apps.googleusercontent",
		causes: []Cause{ConfigEntryMissing, AppNotInTenant},
	},
	{
		when:   "certificatethumbprint & authentication needed|please call connect",
		causes: []Cause{ClientCertificateInvalid, TokenCacheUnreadable, ConfigEntryMissing},
	},
	{
		when:   "tokencacheblobstorage; tokencachenotificationargs",
		causes: []Cause{TokenCacheUnreadable},
	},
	{
		when:   "malformedresponseerror & code: 403",
		causes: []Cause{EWSPermissionMissing, EWSAllowlistBlocked, ApplicationAccessPolicy},
	},
	{
		when:   "endpoints_resolution_error|openid_config_error & proxy",
		causes: []Cause{ProxyMisconfigured, NetworkBlocked, ProxyAuthRequired},
	},
	{
		when:   "unexpected keyword argument 'installed'",
		causes: []Cause{ConfigEntryMissing, TokenCacheUnreadable},
	},
	{
		when: "value found in config file for account; no_client_id; no such file & credentials.json|" +
			"client_secret.json & installedappflow|quickstart|gmail",
		causes: []Cause{ConfigEntryMissing},
	},
	{
		when: "missingsecret: please define; openid-client & client_id is required; " +
			"missing session or misconfigured provider; no email credentials found; " +
			"setup default outgoing email account; application default credentials are not available; " +
			"no sender address configured; unable to find mail configuration; no credentials for alias; " +
			"clientsecret is null or empty; app scheme & is not registered in the app; well-formed uri format & " +
			"authority; developer_error & googlesignin|google-signin|sign_in; apiexception: 10",
		causes: []Cause{ConfigEntryMissing, RedirectURIMismatch, GoogleRedirectURIMismatch, SecretMissing},
	},
	{
		when: "ora-24247; discovery_failed & network error; device_network_not_available; " +
			"device network connection is not available; networkerror when attempting to fetch; " +
			"unable to resolve configuration with the provided issuer & timed out|refused; cannot open smtp. & ssmtp; " +
			"for repository & was refused; oauth2.googleapis.com/token\": forbidden",
		causes: []Cause{NetworkBlocked, DNSFailure, ProxyMisconfigured},
	},
	{
		when: "no valid token found & silent; could not be found in the object store & access token; " +
			"please run 'connect-azaccount'; azurepowershellcredential authentication unavailable; " +
			"no valid refresh token. please get; user is not signed in to office",
		causes: []Cause{TokenCacheUnreadable, CallbackNotReceived, ConfigEntryMissing},
	},
	{when: "unable to load user profile from microsoft graph", causes: []Cause{GraphPermissionMissing, ConsentMissing}},
	{
		when:   "protection_policy_required; enforce intune protection",
		causes: []Cause{ConditionalAccessBlocked, DeviceNotCompliant},
	},
	{when: "usgclientnotsupported", causes: []Cause{WrongNationalCloud}},
	{when: "exchange online tokens are turned off", causes: []Cause{EWSAllowlistBlocked}},
	{when: "appauth.oauth_token error -10", causes: []Cause{RefreshTokenExpired, TokenRevokedPasswordChange}},
	{when: "appauth.general error -15; is more than 600 seconds", causes: []Cause{ClockSkew}},
	{
		when: "please fill the \"username\" field; default credentials were not found; missing client_secrets.json; " +
			"oauth2.txt does not exist; authentication method not allowed, check if",
		causes: []Cause{ConfigEntryMissing, TokenCacheUnreadable, WrongUserSignedIn},
	},
	{when: "incorrect connection security for outlook", causes: []Cause{SMTPTLSModeMismatch}},
	{when: "trying to connect to non tls smtp server using tls", causes: []Cause{STARTTLSNotOffered, SMTPTLSModeMismatch}},
	{when: "smtp server not found or refused connection", causes: []Cause{NetworkBlocked, DNSFailure}},
	{when: "minimum required permissions not granted", causes: []Cause{GraphPermissionMissing, ConsentMissing, ScopeMissing}},
	{when: "could not locate runnable browser", causes: []Cause{CallbackNotReceived}},
	{
		when: "token|credentials.json|msal_extensions ~ permission denied, open|eacces: permission denied; " +
			"msal_extensions & codec cannot decode",
		causes: []Cause{TokenCacheUnreadable},
	},
	{when: "invalidrequiredresourceaccess", causes: []Cause{AppPermissionDeclarationInvalid}},
	{
		when:   "oauth session is not valid, reauth required",
		causes: []Cause{GoogleTokenRevoked, RefreshTokenExpired, GoogleTestingTokenExpired},
	},
	{when: "unable to persist credentials with the", causes: []Cause{KeyringLocked, KeyringServiceMissing}},
	{
		when: "oauth keys file not found; setting missing from the & config section; conn_id & is not defined; " +
			"sasl-xoauth2 & config::fetch: missing; credentials.json & does not exist; localhost|127.0.0.1 ~ port 25|" +
			", 25; localhost:25 & refused",
		causes: []Cause{ConfigEntryMissing, NetworkBlocked},
	},
	{
		when: "outgoing request timed out after; internaloautherror & etimedout|econnrefused|enetunreach; " +
			"no outbound route between",
		causes: []Cause{NetworkBlocked, DNSFailure, ProxyMisconfigured},
	},
	{
		when: "trusted platform module has malfunctioned; aes.keyunwrap(): integrity; token not found in db; " +
			"login failed: no valid token",
		causes: []Cause{TokenCacheUnreadable, RefreshTokenExpired},
	},
	{
		when: "state_mismatch|state_not_found|no_state_in_hash|unable_to_parse_state|nonce_mismatch|" +
			"hash does not contain state|state_interaction_type_mismatch|mismatching_state|csrf_detected|" +
			"csrf warning! state|authorization_request_not_found",
		causes: []Cause{OAuthStateMismatch, CallbackNotReceived},
	},
	{
		when: "user_cancelled|user_canceled|user cancelled flow|empty_window_error|monitor_popup_timeout|" +
			"hash_does_not_contain_known_properties|iframe_closed_prematurely|no_auth_code_in_response|" +
			"authorization_code_missing_from_server_response|loopback_server_timeout|no_loopback_server_exists|" +
			"linux_xdg_open_failed|native_executor_error|missing_code; missing code parameter in response; " +
			"required parameter not passed: \"code\"",
		causes: []Cause{CallbackNotReceived},
	},
	{
		when: "no_account_found|no_account_error|no_account_in_silent_request|native_account_unavailable|" +
			"no_account_for_login_hint|multiple_matching_tokens|multiple_matching_accounts|crypto_key_not_found|" +
			"unable_to_load_token|no_token_request_cache_error|msaluirequiredexception: user_null|" +
			"user login is required. for silent calls|oauth2: token expired and refresh token is not set|" +
			"do not contain the necessary fields need to refresh|no access, refresh token, api key|" +
			"required parameter not passed: \"refresh_token\"|refresh token must be passed in or set as part of|" +
			"client_authorization_required",
		causes: []Cause{TokenCacheUnreadable, RefreshTokenExpired, ConfigEntryMissing},
	},
	{
		when: "redirect_uri_empty|client_id_must_be_a_guid|could not automatically determine credentials|" +
			"was detected but no credentials were provided|authority_uri_insecure|" +
			"uninitialized_public_client_application|empty_input_scopes_error|must provide at least one scope|" +
			"the scopes must be set either|could not load the default credentials|" +
			"client secrets must be for a web or installed app|insecure_transport|no valid authentication type found",
		causes: []Cause{ConfigEntryMissing, RequestParameterMissing},
	},
	{
		when:   "missing credentials for \"plain|missing credentials for \"login|missing credentials for \"xoauth2",
		causes: []Cause{ConfigEntryMissing, SMTPClientNotAuthenticated},
	},
	{
		when: "incomplete config file entry found; no server configuration(s) found; " +
			"no mailservers have been specified; fetchmail: cannot find a password; offlineimaprc & does not exist; " +
			"no oauth refresh command defined; sasl_passwd is unavailable|sasl_passwd lookup error|" +
			"sasl_passwd.db: no such file; environment variable not found & mailer|mail|smtp; incompletedsnexception; " +
			"the mailer dsn must contain; email must have a \"from\"; socialapp matching query does not exist; " +
			"undefinedvalueerror & client_id|client_secret|tenant|mail; validation errors for settings & client_id|" +
			"client_secret|tenant; could not resolve placeholder & mail|oauth2|client; javamailsender & " +
			"could not be found; client id of registration & must not be empty; smtp host was not specified; " +
			"host name cannot be empty & mailkit; openidconnectoptions & provide authority; " +
			"smtp-auth requested but missing; requires a clientid option; does not contain a client_email; " +
			"missing fields client_email; missing smtp server; skipping account & no user",
		causes: []Cause{ConfigEntryMissing},
	},
	{when: "missing_tenant_id_error", causes: []Cause{TenantIDMissing}},
	{
		when:   "client_credentials_required_in_confidential_client_application|invalid_client_credential",
		causes: []Cause{SecretMissing, ClientCertificateInvalid},
	},
	{when: "cert_without_private_key|certificate does not have a private key", causes: []Cause{ClientCertificateInvalid}},
	{
		when: "wstrust_endpoint_not_found|accessing_ws_metadata_exchange_failed|federated_service_returned_error|" +
			"parsing_ws_metadata_exchange_failed|password_required_for_managed_user",
		causes: []Cause{FederatedUserROPC, WrongCredentials},
	},
	{
		when: "login.microsoftonline.com & /token & 401 client error|http/2 401|http/1.1 401|(401)|status code 401|" +
			"code: 401; microsoftonline.com & oauth2/v2.0/token & #401",
		unless: "invalid_grant|aadsts|expired|graph.microsoft",
		causes: []Cause{SecretWrongOrTruncated, SecretExpired, SecretMissing, AppNotInTenant},
	},
	{
		when:   "client authentication failed (e.g., unknown client & n8n|client-oauth2; invalid_client: unauthorized",
		causes: []Cause{SecretWrongOrTruncated, SecretExpired, AppNotInTenant},
	},
	{
		when:   "invalid_token_response & 401|invalid_client; failed to obtain access token & invalid",
		causes: []Cause{SecretWrongOrTruncated, AppNotInTenant},
	},
	{
		when:   "unable to resolve configuration with the provided issuer",
		unless: "timed out|refused",
		causes: []Cause{TenantNotFound},
	},
	{
		when:   "scope has changed from & imap.accessasuser|smtp.send|pop.accessasuser",
		causes: []Cause{ScopeMissing, ScopeInvalid, ConsentMissing},
	},
	{when: "scope has changed from", causes: []Cause{ScopeInvalid, ScopeMissing}},
	{
		when:   "authorization_identitynotfound|identity of the calling application could not be established",
		causes: []Cause{ServicePrincipalMissing, ConsentMissing},
	},
	{
		when:   "network_error: network request failed|no_network_connectivity|post_request_failed|get_request_failed",
		unless: "cors",
		causes: []Cause{NetworkBlocked, ProxyMisconfigured, DNSFailure},
	},
	{when: "request_throttled", causes: []Cause{Throttled}},
	{
		when:   "credwrite|storing credentials & logon session does not exist|anmeldesitzung ist nicht vorhanden",
		causes: []Cause{KeyringLocked, KeyringServiceMissing, TokenCacheUnreadable},
	},
	{
		when:   "0x80070520|80070520|specified logon session does not exist|errsecmissingentitlement|-34018",
		causes: []Cause{TokenCacheUnreadable, KeyringServiceMissing},
	},
}
