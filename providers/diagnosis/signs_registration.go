package diagnosis

// registrationSigns are about the app registration, its secret and its certificate.
var registrationSigns = []sign{
	{
		when:   "invalid_resource|invalid resource & requested permissions|registration lists|api permissions",
		causes: []Cause{ResourceNotInAppPermissions, ResourcePrincipalNotFound},
	},
	{
		when:   "startdatetime & invalid_client|invalid client",
		causes: []Cause{SecretNotYetActive, SecretWrongOrTruncated},
	},
	{
		when: "invalid client secret|invalid_client|client secret & hex and dashes|8-4-4-4-12|" +
			"same format as the client id|looks like the client id",
		causes: []Cause{SecretIDInsteadOfValue, SecretWrongOrTruncated},
	},
	{
		when:   "pkcs#12 mac could not be verified",
		causes: []Cause{ClientCertificateInvalid},
	},
	{
		when:   "must be the object id in enterprise; object id from app registrations & serviceprincipal",
		causes: []Cause{ServicePrincipalObjectIDWrong, ServicePrincipalMissing},
	},
	{
		when: "client secret keys ~ expired; a certificate or secret has expired; " +
			"verify if the service principal used is valid and not expired",
		causes: []Cause{SecretExpired},
	},
	{
		when:   "secret ~ expired|is no longer valid|abgelaufen|expiré|caducado|expirado|scadut|verlopen|wygas|期限切れ|过期",
		unless: "refresh|certificate",
		causes: []Cause{SecretExpired},
	},
	{
		when: "invalid client secret|client secret is invalid|incorrect client secret|client secret is not valid|" +
			"wrong client secret|ungültiger geheimer clientschlüssel|clé secrète client non valide & " +
			"not the client secret id|secret id|secret val",
		causes: []Cause{SecretIDInsteadOfValue, SecretWrongOrTruncated},
	},
	{
		when: "invalid client secret|client secret is invalid|incorrect client secret|client secret is not valid|" +
			"wrong client secret|ungültiger geheimer clientschlüssel|clé secrète client non valide|" +
			"secreto de cliente no válido|密钥无效",
		causes: []Cause{SecretWrongOrTruncated, SecretIDInsteadOfValue},
	},
	{
		when:   "'client_secret' parameter is not valid|'client_secret' is not valid",
		causes: []Cause{SecretWrongOrTruncated, SecretIDInsteadOfValue},
	},
	{when: "client secret value, not the client secret id", causes: []Cause{SecretIDInsteadOfValue, SecretWrongOrTruncated}},
	{
		when:   "client_secret ~ does not match|is incorrect|is malformed|is invalid",
		unless: "redirect",
		causes: []Cause{SecretWrongOrTruncated, SecretIDInsteadOfValue},
	},
	{
		when: "public clients cannot send a client secret|public client should not; " +
			"client id only for public or password flow",
		causes: []Cause{PublicClientWithSecret},
	},
	{
		when: "must include a 'client_secret' input parameter|idw10104|" +
			"client secret and client certificate cannot be null|active directory application's client secret|" +
			"secret cannot be empty|clientsecret is a required|client authentication method requires a client_secret; " +
			"null|empty|leere & parameter 'clientsecret|parametername: clientsecret|" +
			"argument on parameter 'clientsecret|parameter \"clientsecret",
		causes: []Cause{SecretMissing, ConfigEntryMissing, PublicClientFlowDisabled},
	},
	{
		when:   "neither 'client_assertion' nor 'client_secret' should be presented|client is public so",
		causes: []Cause{PublicClientWithSecret},
	},
	{
		when: "must contain the following parameter: 'client_assertion' or 'client_secret'|" +
			"client_assertion' or 'client_secret'",
		unless: "client_credentials",
		causes: []Cause{PublicClientFlowDisabled, SecretMissing},
	},
	{
		when:   "client_secret or client_assertion|'client_assertion', 'client_secret' or 'request' is required",
		causes: []Cause{SecretMissing, PublicClientFlowDisabled},
	},
	{
		when: "client_secret|client secret|client credential ~ missing|is required|not provided|must not be empty|" +
			"cannot be empty|is empty|was not specified",
		unless: "refresh_token",
		causes: []Cause{SecretMissing, PublicClientFlowDisabled, ConfigEntryMissing},
	},
	{
		when: "allow public client flows|invalid client type|only clients of type 'tvs|must be marked as 'mobile|" +
			"treat application as a public client|allowpublicclient|public client flow",
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
	{
		when: "failed to load the certificate|not a valid certificate file|" +
			"certificate is not within its specified validity|unsupported key for the signing algorithm|" +
			"private key is not present in the x.509|certificate used must have a key size|" +
			"failed to deserialize certificate|contain a pem-encoded certificate|" +
			"does not contain -----begin certificate|secretorprivatekey must be|" +
			"error occurred while loading the certificate|federated identity record found|idw10109|" +
			"asn1 bad tag value met|cannot be read with the provided password|no key could be detected|" +
			"invalid password or pkcs12|private key is encrypted|passphrase required for encrypted key|must be pkcs#8|" +
			"pkcs12: decryption password incorrect|failed to parse private key|private key should be a pem|" +
			"cannot be coerced into a private key|openssl unable to sign|openssl unable to validate key|" +
			"could not find object used to sign",
		causes: []Cause{ClientCertificateInvalid},
	},
	{
		when: "access denied & cngkey|createprovhandle|signwithcertificate; cannot find the file specified|" +
			"cannot find the requested object & x509certificates; no such file or directory|permission denied & .pem'|" +
			".pfx'|-client.key|client.pem",
		unless: "private key file|publickey|could not load file or assembly|managedidentity|cacert|ca-bundle|" +
			"ssl/certs",
		causes: []Cause{ClientCertificateInvalid, ConfigEntryMissing},
	},
	{ // a file with a key that does not open: its password, its form
		when: "could not deserialize key data|keystore password was incorrect|" +
			"specified network password is not correct|netzwerkkennwort ist falsch|mot de passe réseau spécifié|" +
			"contraseña de red especificada|no start line|decoder routines::unsupported|mac verify error|" +
			"mac verify failure|bad decrypt|invalid pkcs12|pkcs12 mac|invalid provider type specified|" +
			"tipo de proveedor no válido|tipo de provedor inválido|ungültiger providertyp|conjunto de claves no existe|" +
			"密钥集不存在|キーセットがありません|unable to load pem|wrong tag|algid parse error|final block not properly padded & .pem|" +
			".pfx|.key'|-key.|createnv|cngkey|sign.sign|pkcs8|pkcs12|credential authentication failed|" +
			"connect-exchangeonline|acquiring token|cryptography_rsa|createprovhandle|msal|assertion|x509certificate|" +
			"clientcertificate|clientassertion|loadpfx",
		unless: "token cache",
		causes: []Cause{ClientCertificateInvalid},
	},
	{when: "thumbprint|certificate & was not found or has expired", causes: []Cause{ClientCertificateInvalid}},
	{
		when: "certificate & private key|thumbprint & cannot|could not|not found|not registered|does not have|" +
			"no certificate|is not accessible|unable",
		causes: []Cause{ClientCertificateInvalid},
	},
	{
		when: "certificate|private key|key & could not|cannot|unable|fail & for signing|to sign the assertion|" +
			"sign the client assertion",
		unless: "code signing",
		causes: []Cause{ClientCertificateInvalid},
	},
	{
		when: "key not valid for use in specified state|keyset does not exist & get_privatekey|" +
			"rsacryptoserviceprovider|signwithcertificate|x509certificate",
		causes: []Cause{ClientCertificateInvalid, TokenCacheUnreadable},
	},
	{
		when:   "keyset does not exist|der schlüsselsatz ist nicht vorhanden|le jeu de clés n'existe pas",
		causes: []Cause{ClientCertificateInvalid},
	},
	{when: "invalid jwt token & thumbprint", causes: []Cause{ClientCertificateInvalid}},
	{when: "application with identifier & not found", causes: []Cause{AppNotInTenant}},
	{
		when: "application|client & does not exist|was not found|could not be found & in the directory|" +
			"in the tenant|in directory",
		unless: "user account|resource principal|tenant '",
		causes: []Cause{AppNotInTenant},
	},
	{when: "disabled_client|the oauth client was disabled|disabledduetoviolation", causes: []Cause{AppDisabledInTenant}},
	{
		when: "the client does not exist. if you are the application developer; " +
			"does not reference a valid application object; deleted_client|the oauth client was deleted|" +
			"the oauth client was not found",
		causes: []Cause{AppNotInTenant, SecretWrongOrTruncated},
	},
	{
		when: "application|the app|enterprise app & is disabled|has been disabled|is blocked by microsoft",
		unless: "basic auth|imap has|imap is|imap access|pop has|pop is|pop access|pop3|smtp auth|smtpclientauth|" +
			"odata|#api|account is|protocol is",
		causes: []Cause{AppDisabledInTenant},
	},
	{
		when: "claim is invalid & does not exist on resource application; " +
			"permissions that are either invalid or out of date; " +
			"permission being assigned was not found on application; property requiredresourceaccess; " +
			"unknown resourceaccess id; permission & entitlement id & not found; " +
			"invalid value specified for property & requiredresourceaccess",
		causes: []Cause{AppPermissionDeclarationInvalid, AdminConsentRequired},
	},
	{
		when: "not listed in the requested permissions|not listed in the client's application registration|" +
			"not specified this resource in its requiredresourceaccess|misconfiguredapplication|" +
			"specified in its required resource access list",
		causes: []Cause{ResourceNotInAppPermissions, ConsentMissing},
	},
	{
		when: "needs access to a service & not subscribed to; lacks a service principal for; " +
			"to access a resource that has been removed or is no longer available; " +
			"does not have a subscription (or service principal); does not exist in customer tenant; " +
			"the resource is disabled or does not exist",
		causes: []Cause{ResourcePrincipalNotFound, ResourceNotInAppPermissions},
	},
	{when: "resource principal named", causes: []Cause{ResourcePrincipalNotFound}},
	{
		when: "get-mgserviceprincipal|get-azureadserviceprincipal|getserviceprincipal|az ad sp show|" +
			"/serviceprincipals/ & request_resourcenotfound|does not exist or one of its queried",
		causes: []Cause{ServicePrincipalObjectIDWrong, ServicePrincipalMissing},
	},
	{
		when: "missing service principal; service principal & not found|does not exist|could not be found|" +
			"cannot be found",
		unless: "resource principal|new-mailboxpermission|parameter cannot be found|management role",
		causes: []Cause{ServicePrincipalMissing, AppNotInTenant},
	},
	{
		when: "serviceprincipal & object id|objectid & wrong|app registration instead|" +
			"not the enterprise application|instead of enterprise|app registration's object id",
		causes: []Cause{ServicePrincipalObjectIDWrong, ServicePrincipalMissing},
	},
}
