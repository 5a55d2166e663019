package diagnosis

// tokenSigns are about tokens: whom they are for, whether they are whole, when they end.
var tokenSigns = []sign{
	{
		when:   "aud ~ graph.microsoft.com & #ews|exchange.asmx|outlook.office & unauthorized|401",
		causes: []Cause{TokenAudienceWrong},
	},
	{
		when:   "access token is undefined or empty",
		causes: []Cause{TokenCacheUnreadable, CallbackNotReceived},
	},
	{
		when:   "token of & needs to be refreshed; oauth token needs to be refreshed",
		causes: []Cause{RefreshTokenExpired, TokenRevokedPasswordChange},
	},
	{
		when:   "x-ms-diagnostics & token has expired|token is expired|invalid_lifetime",
		causes: []Cause{AccessTokenExpired},
	},
	{
		when:   "x-ms-diagnostics & not well formed|not well-formed",
		causes: []Cause{AccessTokenMalformed, TokenAudienceWrong},
	},
	{
		when:   "x-ms-diagnostics & the aud of|belongs to another",
		causes: []Cause{TokenAudienceWrong},
	},
	{
		when:   "x-ms-diagnostics & basic authentication is",
		causes: []Cause{BasicAuthBlocked},
	},
	{
		when: "jsondecodeerror|json_parse|json parsing|not a valid json|unexpected token & <!doctype|<html|" +
			"request rejected|guest wi-fi & access token|token answer|token response|token.py|msal|openid|graph|oauth",
		causes: []Cause{ServerProtocolError, ProxyMisconfigured},
	},
	{
		when:   "no refresh_token|no refresh token & offline_access",
		causes: []Cause{ScopeMissing, TokenCacheUnreadable},
	},
	{
		when:   "isexpired : true",
		causes: []Cause{AccessTokenExpired, RefreshTokenExpired},
	},
	{
		when:   "saslmechanismoauth2 & is not authenticated|not authenticated any",
		causes: []Cause{AccessTokenExpired, TokenAudienceWrong, ScopeMissing},
	},
	{
		when:   "request had invalid authentication credentials",
		causes: []Cause{AccessTokenExpired, GoogleTokenRevoked, AccessTokenMalformed},
	},
	{
		when:   "failed to read from cache file; new_from_json & keyerror|valueerror|jsondecodeerror",
		causes: []Cause{TokenCacheUnreadable, ConfigEntryMissing},
	},
	{
		when: "invalid audience|audience is invalid|audience claim value is invalid|invalidaudience|wrong audience|" +
			"audience validation failed|idx10214|token audience|the audience claim value is invalid|" +
			"component of the audience claim value; the audience ~ is invalid",
		causes: []Cause{TokenAudienceWrong},
	},
	{when: "compacttoken parsing failed|80049217", causes: []Cause{AccessTokenMalformed, TokenAudienceWrong}},
	{when: "compacttoken validation failed|80049228", causes: []Cause{AccessTokenExpired, AccessTokenMalformed}},
	{
		when: "jwt is not well formed|idx12709|idx12741|idx127|idx14100|idx14102|jwt must have three segments|" +
			"access token is empty|access token missing or malformed|bearer bearer|access token is not valid|" +
			"not a valid access token|malformed access token|invalid compact jwt|must contain exactly 2 period|" +
			"idx10511|access_token_type_unsupported|api keys are not supported by this api|" +
			"invalid token specified: missing part|malformedjwtexception|token has an invalid signature; " +
			"not enough segments & jwt; invalidheader|invalid character in header|invalid header field value|" +
			"unexpected char|illegal character(s) in message header & bearer|authorization; " +
			"the given token is invalid & oauthcredentials; new-line characters are not allowed in header; " +
			"invalid header value|not valid header value|cannot include cr/lf|latin-1 & bearer; " +
			"invalid character found in option ~ auth_bearer; saslmechanismoauth2 & value cannot be null",
		causes: []Cause{AccessTokenMalformed, TokenAudienceWrong},
	},
	{when: "jwt malformed|jwt & malformed & graph|outlook|mail|imap|smtp|microsoft", causes: []Cause{AccessTokenMalformed}},
	{
		when: "lifetime validation failed|idx10223|accesstokenexpired; session invalidated & token; " +
			"the token expired at; error_description=\"the token is expired; access_token is expired or invalid; " +
			"returned by the refresh_handler are already expired; signature has expired & outlook|graph|mail; " +
			"jwt expired at & mail|graph|outlook; access token is expired and it failed to refresh; " +
			"invalid credentials & autherror & 401; session expired, please login again; jwt expired & mail|graph|" +
			"outlook|expiredat; oauthlib.oauth2 & token_expired",
		causes: []Cause{AccessTokenExpired},
	},
	{
		when: "access token|accesstoken|bearer token ~ has expired|is expired|expired|abgelaufen|expiré|caducado|" +
			"expirado|scaduto|verlopen|wygasł|過期|过期|期限切れ",
		unless: "refresh|graph api integration",
		causes: []Cause{AccessTokenExpired},
	},
	{
		when:   "token_expired|tokenexpirederror & graph|outlook|o365|office365|microsoft|mail|imap",
		unless: "refresh token",
		causes: []Cause{AccessTokenExpired, RefreshTokenExpired},
	},
	{
		when:   "token expired & response to refresh|cannot be refreshed|could not be refreshed",
		causes: []Cause{RefreshTokenExpired, GoogleTokenRevoked, TokenRevokedPasswordChange},
	},
	{when: "token will expire soon", causes: []Cause{AccessTokenExpired, XOAUTH2StringMalformed}},
	{when: "access token is invalid & reauthenticate", causes: []Cause{RefreshTokenExpired, TokenRevokedPasswordChange}},
	{
		when: "tokenissuedbeforerevocation|error=\"insufficient_claims|changed or reset their password|" +
			"password change|password reset|due to it being revoked|fresh auth token is needed|tokensvalidfrom",
		unless: "current password|registration entry|/password/reset",
		causes: []Cause{TokenRevokedPasswordChange, RefreshTokenExpired},
	},
	{
		when: "refresh token|refresh_token|aktualisierungstoken|jeton d'actualisation|token de actualización|" +
			"token de atualização|token di aggiornamento|vernieuwingstoken|token odświeżania|更新トークン|刷新令牌 ~ has expired|" +
			"is expired|expired|inactivity|abgelaufen|expiré|caducado|expirado|scaduto|verlopen|wygasł|期限切れ|过期",
		causes: []Cause{RefreshTokenExpired, TokenRevokedPasswordChange},
	},
	{
		when:   "refresh token|refresh_token ~ revoked|invalidated",
		causes: []Cause{TokenRevokedPasswordChange, RefreshTokenExpired},
	},
	{
		when:   "invalidtoken & 400|refresh & oauth 2.0 credentials|oauth2",
		causes: []Cause{RefreshTokenExpired, TokenCacheUnreadable, TokenRevokedPasswordChange},
	},
	{
		when: "provided authorization code or refresh token; token expired. refreshing; " +
			"refresh token was issued to a single page app; or the grant is expired; " +
			"credentials have expired due to inactivity; requesting access token, instead got status 400; " +
			"failed to refresh access token. sign to the server; authorization grant (e.g., authorization code & " +
			"refresh token|refresh_token; getoauthbearer: command returned empty; http error 400 & " +
			"'grant_type': 'refresh_token",
		causes: []Cause{RefreshTokenExpired, AuthCodeAlreadyUsed, RedirectURIWrongPlatform},
	},
	{
		when: "key not valid for use in specified state|schlüssel ist im angegebenen status nicht gültig|" +
			"clé non valide pour l'utilisation dans l'état|clave no válida para utilizar en el estado|" +
			"chave não válida para uso no estado|chiave non valida per l'utilizzo nello stato|该项不适于在指定状态下使用|" +
			"指定された状態で使用するには無効",
		causes: []Cause{TokenCacheUnreadable},
	},
	{
		when: "der schlüssel ist für die verwendung in dem angegebenen zustand; data is invalid & protecteddata; " +
			"persistence not found; persistence check failed. inspect; failed to acquire token silently; " +
			"could not locate token at; not in the expected format, missing fields; tokenstore::read; " +
			"entry not found in cache; call 'authenticate' to initiate; " +
			"interactive authentication is required to get a token; decryption failed & data is invalid; pickle.load & " +
			"ran out of input; cannot access & .credentials; invalid json token & setaccesstoken; decryptexception & " +
			"payload is invalid; error loading credentials: syntaxerror; mismatching encryption keys; " +
			"permission denied & msal.cache|token_cache|token.json|.tokens; " +
			"credentials are needed to obtain access token; error decrypting data of size; trusted for delegation & " +
			"protecteddata; data protection operation was unsuccessful; dpapi is not supported|" +
			"dpapi) is not supported; daten sind unzulässig & protecteddata; token not found it the cache; " +
			"get_accounts()[0] & list index; acquire_token_silent & nonetype; null user was passed in; " +
			"access to the shared lock file; find token from msal cache; retrieve token from local cache; token.json & " +
			"no such file; unpicklingerror; encryption key is invalid! please check site_config; payload was invalid & " +
			"dataprotection; safestorage & decrypt; credread & element; access token unavailable until authorised; " +
			"automatic authentication has been disabled; token file has unsafe mode; the password for account & " +
			"is incorrect & email oauth 2.0 proxy; could not retrieve an active account; " +
			"final block not properly padded; decryptexception & mac is invalid; hmac does not match & decrypt; " +
			"was not found in the key ring; 0x8009002c|0x8009000b|data could not be decrypted; cache|token|credential|" +
			"msal & corrupt|decrypt|deserializ|jsondecodeerror|not a valid json|fernet|unprotect|" +
			"cryptographicexception|2148073483|cannot be parsed|failed to parse",
		unless: "certificate|tls|ssl|mimeparser",
		causes: []Cause{TokenCacheUnreadable},
	},
	{
		when: "no token|no cached token|no account|no accounts|no_account|no_tokens_found|token file|token cache|" +
			"token store|tokenstore & retrieval error|retrieve|found|cache|missing|does not exist|not exist|" +
			"no such file|empty|cannot read|could not read",
		unless: "tenant|principal|access token found in",
		causes: []Cause{TokenCacheUnreadable, CallbackNotReceived},
	},
	{
		when: "token not defined|token is not defined|token undefined|no oauth token|oauth authorisation required|" +
			"oauth authorization required",
		causes: []Cause{TokenCacheUnreadable, CallbackNotReceived},
	},
	{
		when: "oauth credentials|oauth2 credentials|stored credentials|saved credentials & cannot read|" +
			"could not read|failed to read|unable to read|corrupt",
		causes: []Cause{TokenCacheUnreadable, RefreshTokenExpired},
	},
	{when: "login hint & no account|not found", causes: []Cause{TokenCacheUnreadable, RefreshTokenExpired}},
	{
		when: "run oauth refresh command|no auth token|authentication flow needed|no refresh token|" +
			"missing refresh_token|missing refresh token|no refresh_token|refresh token is missing|" +
			"refresh_token is missing|without a refresh token|could not refresh token|couldnotrefreshtoken",
		causes: []Cause{TokenCacheUnreadable, RefreshTokenExpired},
	},
	{when: "on an undefined value & oauth2", causes: []Cause{TokenCacheUnreadable, ConfigEntryMissing}},
}

// clockSigns are about the clock of the computer, which is wrong for every server alike.
var clockSigns = []sign{
	{
		when:   "invalid_grant: invalid jwt",
		unless: "signature",
		causes: []Cause{ClockSkew, ClientCertificateInvalid},
	},
	{
		when:   "iat is at a future date; token is in the future",
		causes: []Cause{ClockSkew},
	},
	{
		when: "must be a short-lived token|token used too early|used too early|clock skew|jwt not active|" +
			"jwt is not active|iat in payload is in the future|token is not valid yet|unexpected jwt \"nbf|" +
			"jwt is not active yet|jwt issue time ahead|jwt used before|current date before|signature nbf has not been|" +
			"invalid iat|nbf (not before) time|assertion that is valid in the future|seconds in the future|" +
			"claim not valid until|certificate not valid until|token with iat prior|validity starts in the future|" +
			"activation time is still in the future|computer thinks it is|id token contains invalid claims: {iat|" +
			"token used too late|cannot handle token prior|cannot handle token with nbf|" +
			"clocks on the client and server|sec_e_time_skew|computer's time and time zone|" +
			"your clock is behind|your clock is ahead|issued in the future; token used before issued & google|" +
			"microsoft|graph|outlook; beforevalidexception; clock & out of sync|not synchronized; token|assertion & " +
			"is not yet valid",
		unless: "access token has expired|expiry time of assertion",
		causes: []Cause{ClockSkew},
	},
	{
		when: "certificate is not yet valid|certificate not yet valid|notvalidyet|not_yet_valid|not yet activated|" +
			"uses not yet valid certificate; certificate|zertifikat|certificat|certificado|certificato & " +
			"noch nicht gültig|pas encore valide|aún no es válido|ainda não é válido|non è ancora valido|" +
			"nog niet geldig",
		causes: []Cause{ClockSkew},
	},
	{
		when: "err_cert_date_invalid|not within its validity period when verifying|" +
			"date and time are incorrect",
		causes: []Cause{ClockSkew, ServerCertificateExpired},
	},
	{when: "expired or is not yet valid", unless: "token", causes: []Cause{ClockSkew, ServerCertificateExpired}},
}
