package diagnosis

// tenantSigns are about the tenant and the kind of account.
var tenantSigns = []sign{
	{
		when:   "invalid audience & graph.microsoft.us|microsoftgraph.chinacloudapi",
		causes: []Cause{WrongNationalCloud, TokenAudienceWrong},
	},
	{
		when: "username may be incorrect|account does not exist & /organizations|work or school & msn.com|live.|" +
			"hotmail|personal",
		causes: []Cause{PersonalAccountsNotAllowed, UserNotFound},
	},
	{
		when:   "gcc high|gcch|us government|usgov & login.microsoftonline.com|graph.microsoft.com",
		causes: []Cause{WrongNationalCloud, TenantNotFound},
	},
	{
		when:   "invalidcloudinstance",
		causes: []Cause{WrongNationalCloud, TokenAudienceWrong},
	},
	{
		when:   "unknown accounttype",
		causes: []Cause{UserNotFound, PersonalAccountsNotAllowed, FederatedUserROPC},
	},
	{
		when: "個人アカウントでここにサインイン|inte logga in här med ett personligt|ist ein persönliches microsoft-konto|" +
			"not supported for msa",
		causes: []Cause{PersonalAccountsNotAllowed, AccountNotInTenant},
	},
	{
		when: "benutzername ist möglicherweise falsch|nom d'utilisateur est peut-être incorrect|" +
			"nombre de usuario no sea correcto|nome de usuário pode estar incorreto|" +
			"nome utente potrebbe non essere corretto|gebruikersnaam is mogelijk onjuist|ユーザー名は間違っている可能性|用户名可能不正确|" +
			"nazwa użytkownika może być niepoprawna|could not find a microsoft account|" +
			"kein konto mit diesem benutzernamen|ninguna cuenta con ese nombre de usuario|" +
			"google-konto wurde nicht gefunden|trouver votre compte google; userrealm & \"account_type\":\"unknown; " +
			"\"ifexistsresult\":1",
		causes: []Cause{UserNotFound},
	},
	{
		when: "authority_mismatch; authority mismatch error; login.microsoftonline.de & not whitelisted|not valid|" +
			"invalid; cross cloud|belongs to the national cloud|for tenants in the azure government cloud|" +
			"'msproxy' param is not valid; resource cloud & is not allowed on; tenant & onmschina",
		causes: []Cause{WrongNationalCloud, TenantNotFound},
	},
	{
		when: "neither a valid dns name|specified tenant identifier|requested tenant identifier|invalid_tenant|" +
			"authority_not_in_valid_list|untrusted_authority|invalid response received from authorization server|" +
			"authority_validation_failed|invalid_authority|unable to get authority configuration|" +
			"invalid tenant id provided|invalid tenantid|read the company information from the directory|" +
			"tenant has been blocked due to inactivity",
		causes: []Cause{TenantNotFound},
	},
	{
		when: "unable to obtain configuration from|unable to retrieve document from & openid-configuration & " +
			"microsoftonline",
		unless: "microsoftonline.com//|taskcanceled|remote certificate|timed out|could not be resolved",
		causes: []Cause{TenantNotFound, NetworkBlocked},
	},
	{when: "no service namespace named", causes: []Cause{TenantNotFound}},
	{when: "tenant & not found & no active subscriptions|correct tenant id|verify", causes: []Cause{TenantNotFound}},
	{
		when: "tenant discovery|tenant_discovery|endpoints_resolution|openid_config_error|instance discovery|" +
			"instance_discovery & fail|error|unable",
		unless: "timed out|ssl|certificate|proxy|to connect|not connect|enotfound|eai_again|" +
			"name could not be resolved|connection refused|connection error|connection reset|connectionerror|" +
			"max retries",
		causes: []Cause{TenantNotFound},
	},
	{
		when: "grant type ~ is not supported over; device code flow is not supported under; " +
			"/organizations authority in acquire_token_for_client; current authority is targeting the; " +
			"specify a tenant domain or tenant guid; active directory tenant's id; tenantid is a required; " +
			"online.com//oauth2; online.com//v2.0; authority must be an url such as; " +
			"authority url must be of the format; azure_tenant_id & missing|not found; non-null values for & tenantid; " +
			"argument to parameter 'tenantid'; issuer did not match & {tenantid}; " +
			"the 'tenantid' option must be provided; minimum of one segment in a path; " +
			"at least one segment in the path; tenant id cannot be null",
		causes: []Cause{TenantIDMissing, ConfigEntryMissing, SingleTenantAppOnCommon},
	},
	{
		when: "no tenant-identifying information; tenant id & missing|is required|not provided|must be specified|" +
			"is empty",
		causes: []Cause{TenantIDMissing, ConfigEntryMissing},
	},
	{
		when: "jako aplikacja wielodostępna|als mehrinstanzenfähige anwendung|comme une application multilocataire|" +
			"como aplicación multiinquilino|como um aplicativo multilocatário|" +
			"not configured as a multi-tenant application|not configured as a multitenant application|" +
			"usage of the /common endpoint is not supported",
		causes: []Cause{SingleTenantAppOnCommon},
	},
	{
		when:   "is not supported for this api version",
		causes: []Cause{V1EndpointWithPersonalAccount, AppNotInTenant, PersonalAccountsNotAllowed},
	},
	{
		when:   "user realm discovery failed",
		unless: "not be resolved|timed out|connection",
		causes: []Cause{UserNotFound, AccountNotInTenant},
	},
	{when: "useraudience", causes: []Cause{PersonalOnlyAppOnCommon, SingleTenantAppOnCommon}},
	{
		when: "is not supported over the & common|consumers; common endpoint are not supported|" +
			"common endpoint is not supported|update appsettings.json with your tenant-specific endpoint",
		unless: "resource",
		causes: []Cause{SingleTenantAppOnCommon, PersonalAccountsNotAllowed, TenantIDMissing},
	},
	{
		when:   "use the /consumers endpoint|configured for use by microsoft account users only",
		causes: []Cause{PersonalOnlyAppOnCommon},
	},
	{
		when: "configured for use by azure active directory users only|" +
			"configured for use by microsoft entra users only",
		causes: []Cause{PersonalAccountsNotAllowed},
	},
	{
		when:   "unable to issue tokens from this api version|need to use version 2.0 of the protocol",
		causes: []Cause{V1EndpointWithPersonalAccount, PersonalAccountsNotAllowed},
	},
	{
		when: "with a personal account|not enabled for consumers|personal microsoft accounts are not supported|" +
			"use your work or school account instead|only work or school|not support msa accounts|" +
			"not a valid login domain for the account type|missing_federation_metadata_url|like a work or school|" +
			"persönlichen konto|compte personnel|cuenta personal|conta pessoal|account personale|persoonlijk account|" +
			"konta osobistego|個人用アカウント|个人帐户|個人帳戶",
		causes: []Cause{PersonalAccountsNotAllowed, AppNotInTenant},
	},
	{
		when: "selected user account; user account & does not exist in tenant|existiert nicht im mandanten|" +
			"n'existe pas dans le locataire|no existe en el inquilino|não existe no locatário|non esiste nel tenant|" +
			"bestaat niet in de tenant|nie istnieje w dzierżawie|テナント|租户",
		causes: []Cause{AccountNotInTenant, PersonalAccountsNotAllowed},
	},
	{
		when: "benutzerkonto|compte d'utilisateur|cuenta de usuario|conta de usuário|account utente|" +
			"gebruikersaccount & mandant|locataire|inquilino|locatário|tenant & nicht vorhanden|existiert nicht|" +
			"n'existe pas|no existe|não existe|non esiste|bestaat niet",
		causes: []Cause{AccountNotInTenant, PersonalAccountsNotAllowed},
	},
	{
		when: "anwendung|application|aplicación|aplicativo|applicazione|toepassing & bezeichner|identificateur|" +
			"identificador|identificatore|identificatie & nicht gefunden|introuvable|no se encontró|não foi encontrad|" +
			"non trovata|niet gevonden",
		causes: []Cause{AppNotInTenant},
	},
	{when: "added as an external user in the tenant", causes: []Cause{AccountNotInTenant, PersonalAccountsNotAllowed}},
	{
		when:   "account must be added to the & directory|user account & does not exist in the",
		causes: []Cause{UserNotFound, AccountNotInTenant},
	},
	{
		when: "this username may be incorrect|we could not find an account with that username|" +
			"that microsoft account does not exist|dieses microsoft-konto ist nicht vorhanden|" +
			"ce compte microsoft n'existe pas|esa cuenta microsoft no existe|essa conta da microsoft não existe|" +
			"questo account microsoft non esiste|dit microsoft-account bestaat niet|" +
			"not find that email address in your organization|unsupported user type 'unknown'|" +
			"could not find your google account; user account & has been deleted from",
		causes: []Cause{UserNotFound},
	},
	{
		when: "not assigned to a role for the|not assigned to the application|assignment required|" +
			"specifically granted ('assigned') access|direct member of a group with access",
		causes: []Cause{UserNotAssigned},
	},
}
