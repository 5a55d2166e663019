package diagnosis

// registrationSigns are about the app registration, its secret and its certificate.
var registrationSigns = []sign{
	{
		when:   "secret ~ expired|is no longer valid|abgelaufen|expiré|caducado|expirado|scadut|verlopen|wygas|期限切れ|过期",
		unless: "refresh|certificate",
		causes: []Cause{SecretExpired},
	},
	{
		when: "invalid client secret|client secret is invalid|incorrect client secret|client secret is not valid|" +
			"wrong client secret|ungültiger geheimer clientschlüssel|clé secrète client non valide & not the client secret id|" +
			"secret id|secret val",
		causes: []Cause{SecretIDInsteadOfValue, SecretWrongOrTruncated},
	},
	{
		when: "invalid client secret|client secret is invalid|incorrect client secret|client secret is not valid|" +
			"wrong client secret|ungültiger geheimer clientschlüssel|clé secrète client non valide|secreto de cliente no válido|" +
			"密钥无效",
		causes: []Cause{SecretWrongOrTruncated, SecretIDInsteadOfValue},
	},
	{
		when:   "client_secret ~ does not match|is incorrect|is malformed|is invalid",
		unless: "redirect",
		causes: []Cause{SecretWrongOrTruncated, SecretIDInsteadOfValue},
	},
	{when: "public clients cannot send a client secret|public client should not send", causes: []Cause{PublicClientWithSecret}},
	{
		when:   "must include a 'client_secret' input parameter",
		causes: []Cause{SecretMissing, PublicClientFlowDisabled, RedirectURIWrongPlatform},
	},
	{
		when:   "neither 'client_assertion' nor 'client_secret' should be presented|client is public so",
		causes: []Cause{PublicClientWithSecret},
	},
	{
		when:   "must contain the following parameter: 'client_assertion' or 'client_secret'|client_assertion' or 'client_secret'",
		unless: "client_credentials",
		causes: []Cause{PublicClientFlowDisabled, SecretMissing},
	},
	{
		when:   "client_secret or client_assertion|'client_assertion', 'client_secret' or 'request' is required",
		causes: []Cause{SecretMissing, PublicClientFlowDisabled},
	},
	{
		when: "client_secret|client secret|client credential ~ missing|is required|not provided|must not be empty|cannot be empty|" +
			"is empty|was not specified",
		unless: "refresh_token",
		causes: []Cause{SecretMissing, PublicClientFlowDisabled, ConfigEntryMissing},
	},
	{
		when:   "allow public client flows|treat application as a public client|allowpublicclient|public client flow",
		causes: []Cause{PublicClientFlowDisabled},
	},
	{
		when:   "client assertion & invalid signature|failed signature validation|not registered on application",
		causes: []Cause{ClientCertificateInvalid},
	},
	{
		when:   "client assertion|client_assertion & valid time range|is expired|has expired|expiry time of assertion",
		causes: []Cause{ClientAssertionExpired, ClockSkew},
	},
	{when: "credential validation failed", causes: []Cause{ClientCertificateInvalid, SecretWrongOrTruncated}},
	{when: "failed to load the certificate|not a valid certificate file", causes: []Cause{ClientCertificateInvalid}},
	{when: "thumbprint|certificate & was not found or has expired", causes: []Cause{ClientCertificateInvalid}},
	{
		when: "certificate & private key|thumbprint & cannot|could not|not found|not registered|does not have|no certificate|" +
			"is not accessible|unable",
		causes: []Cause{ClientCertificateInvalid},
	},
	{
		when:   "certificate|private key|key & could not|cannot|unable|fail & for signing|to sign the assertion|sign the client assertion",
		unless: "code signing",
		causes: []Cause{ClientCertificateInvalid},
	},
	{
		when: "key not valid for use in specified state|keyset does not exist & get_privatekey|rsacryptoserviceprovider|" +
			"signwithcertificate|x509certificate",
		causes: []Cause{ClientCertificateInvalid, TokenCacheUnreadable},
	},
	{
		when:   "keyset does not exist|der schlüsselsatz ist nicht vorhanden|le jeu de clés n'existe pas",
		causes: []Cause{ClientCertificateInvalid},
	},
	{when: "invalid jwt token & thumbprint", causes: []Cause{ClientCertificateInvalid}},
	{when: "application with identifier & not found", causes: []Cause{AppNotInTenant}},
	{
		when:   "application|client & does not exist|was not found|could not be found & in the directory|in the tenant|in directory",
		unless: "user account|resource principal|tenant '",
		causes: []Cause{AppNotInTenant},
	},
	{
		when:   "deleted_client|the oauth client was deleted|the oauth client was not found",
		causes: []Cause{AppNotInTenant, SecretWrongOrTruncated},
	},
	{
		when:   "application|the app|enterprise app & is disabled|has been disabled|is blocked by microsoft",
		unless: "basic auth|imap has|imap is|imap access|pop has|pop is|pop access|pop3|smtp auth|smtpclientauth|odata|#api|account is|protocol is",
		causes: []Cause{AppDisabledInTenant},
	},
	{
		when:   "claim is invalid & does not exist on resource application",
		causes: []Cause{AppPermissionDeclarationInvalid, AdminConsentRequired},
	},
	{
		when:   "not listed in the requested permissions|not listed in the client's application registration",
		causes: []Cause{ResourceNotInAppPermissions, ConsentMissing},
	},
	{
		when:   "needs access to a service & not subscribed to",
		causes: []Cause{ResourcePrincipalNotFound, ResourceNotInAppPermissions},
	},
	{when: "resource principal named", causes: []Cause{ResourcePrincipalNotFound}},
	{
		when:   "missing service principal|service principal & not found|does not exist|could not be found|cannot be found",
		unless: "resource principal|new-mailboxpermission",
		causes: []Cause{ServicePrincipalMissing, AppNotInTenant},
	},
	{
		when:   "serviceprincipal & object id|objectid & wrong|app registration instead|not the enterprise application|instead of enterprise|app registration's object id",
		causes: []Cause{ServicePrincipalObjectIDWrong, ServicePrincipalMissing},
	},
}
