package diagnosis

// redirectSigns are about the browser's part of a sign-in, and of the device code.
var redirectSigns = []sign{
	{
		when:   "user canceled|user cancelled & admin approval",
		causes: []Cause{AdminConsentRequired, CallbackNotReceived},
	},
	{
		when:   "user canceled|user cancelled|user_cancelled|clicked the no & device|devicelogin|code was printed",
		causes: []Cause{DeviceCodeDeclined, CallbackNotReceived},
	},
	{
		when:   "localhost|127.0.0.1 ~ err_connection_refused|empty page|blank page|white page|no code there|接続が拒否",
		unless: "imap|smtp",
		causes: []Cause{CallbackNotReceived, RedirectURIMismatch},
	},
	{
		when: "failed to launch browser|failed to launch a browser; authentication flow|verification code|authori & " +
			"address already in use; authorization pop-up closed|authorization popup closed; " +
			"get authorization token from",
		causes: []Cause{CallbackNotReceived},
	},
	{
		when: "127.0.0.1:|localhost: & ?code=|&code= & cannot be reached|connection refused|refused to connect|" +
			"authorization failed|never loads|page hangs",
		causes: []Cause{CallbackNotReceived, RedirectURIMismatch},
	},
	{
		when:   "the state token is invalid or has expired; re-using previously supplied state & 400",
		causes: []Cause{OAuthStateMismatch},
	},
	{
		when:   "must contain the following parameter: 'redirect_uri'",
		causes: []Cause{RedirectURIMissing, RequestParameterMissing},
	},
	{when: "localhost refused to connect", causes: []Cause{CallbackNotReceived}},
	{when: "oauth callback state is invalid", causes: []Cause{OAuthStateMismatch, CallbackNotReceived}},
	{
		when: "appauth.general error -3; error -3. & appauth; user cancelled flow; " +
			"user cancelled the authorization session; no token found for this mail account",
		causes: []Cause{CallbackNotReceived, DeviceCodeDeclined},
	},
	{
		when: "invalid oauth callback request received state; state returned in authorization result; " +
			"state parameter in the callback; openidconnectauthenticationhandler: message.state",
		causes: []Cause{OAuthStateMismatch, CallbackNotReceived},
	},
	{
		when: "unable to open a web page using xdg-open; please call connect-mggraph|" +
			"authentication needed, call connect-graph; invalid response uri entered; authorization window was closed; " +
			"dialog box was closed, usually; obtenir le code d'autorisation; system account not connected; " +
			"token has not been validated. check the url",
		causes: []Cause{CallbackNotReceived, ConfigEntryMissing},
	},
	{when: "devicecodecredential & timed out after", causes: []Cause{DeviceCodeExpired, CallbackNotReceived}},
	{when: "nonce is invalid & authentication request", causes: []Cause{OAuthStateMismatch}},
	{
		when:   "msis9609; no redirect uri with the specified value; must start with \"https\" or \"http://localhost",
		causes: []Cause{RedirectURIMismatch},
	},
	{
		when:   "insecure_transport & callback|redirect",
		causes: []Cause{RedirectURIMismatch, OAuthStateMismatch, ConfigEntryMissing},
	},
	{
		when: "no reply address; no redirecturi was configured; must include a 'redirect_uri'; redirect_uri|" +
			"redirect uri ~ is missing|not provided|must be provided|is required|no redirect",
		unless: "response is missing",
		causes: []Cause{RedirectURIMissing},
	},
	{
		when: "redirect_uri|redirect uri|redirect url|reply url|reply address|callback url|umleitungs-uri|" +
			"uri de redirection|url de réponse|uri de redireccionamiento|uri de redirección|uri de redirecionamento|" +
			"uri di reindirizzamento|omleidings-uri|identyfikator uri przekierowania|リダイレクト uri|重定向 uri ~ " +
			"does not match|did not match|mismatch|not registered|not whitelisted|not allowed|not valid for|invalid|" +
			"stimmt nicht|ne correspond pas|no coincide|não corresponde|non corrisponde|komt niet overeen|" +
			"nie jest zgodny|一致しません|不匹配",
		unless: "authorisation response is missing|state",
		causes: []Cause{RedirectURIMismatch},
	},
	{
		when: "reply uri specified in the request is not using a secure; redirect uris with urn: schemes; " +
			"'redirect_uri' is not valid; only loopback redirect uri is supported; msis9224; " +
			"'redirect_uri' parameter is not a valid registered",
		causes: []Cause{RedirectURIMismatch, RedirectURIWrongPlatform},
	},
	{when: "redirect_uri_mismatch", causes: []Cause{GoogleRedirectURIMismatch, RedirectURIMismatch}},
	{
		when: "cross-origin|single-page application|registered in the azure app portal as type 'spa'|" +
			"configured for the wrong app type|redirect uris must have distinct values; /oauth2/ & " +
			"blocked by cors policy",
		causes: []Cause{RedirectURIWrongPlatform},
	},
	{
		when: "mismatching_state|state mismatch|state does not match|states do not match|state parameter|" +
			"state argument|state cookie|missing state|invalid state|invalid oauth state|invalid or expired state|" +
			"state is invalid|invalid_state|csrf state|state token|oauth state|unable to restore state|" +
			"state missing from|state not found in session|correlation failed|unable to unprotect the message.state|" +
			"authenticityerror, forbidden|state not found, redirecting|find a matching session for this request|" +
			"error while loading csrf cookie|unable to obtain csrf cookie|unexpected \"state\" response|" +
			"state param did not match|no matching state found|auth state did not match|invalid auth state|" +
			"request tokens do not match the user context|invalid return state|provided state did not match stored|" +
			"invalid oauth2 state|wrong state/nonce|pkcecodeverifier value could not be parsed|" +
			"code_verifier cookie was missing|csrf detected|verify authorization request state|" +
			"session value state missing|callback state not found|unable to find a valid csrf|missing saved state|" +
			"oidcstate|nonce cannot be validated|idx21323|idx10311|correlation. state property not found; " +
			"aspnetcore.correlation & not found; csrf token verification failed & callback; incorrect sesskey & " +
			"oauth2callback; csrf token is not valid & oauth; csrf verification failed & oauth; cookie_not_found & " +
			"login_error",
		unless: "key not valid|received in invalid state|invalid state auth|saml",
		causes: []Cause{OAuthStateMismatch, CallbackNotReceived},
	},
	{
		when: "'code' is not valid|'code' parameter is not valid|parameter 'code' is not valid|" +
			"'code' parameter is invalid|invalid_grantbad request; " +
			"get_oauth_token.php & invalid_grant; fetch_token(code & invalidgrant; enter verification code & 400",
		causes: []Cause{AuthCodeAlreadyUsed, RequestMalformed},
	},
	{
		when:   "'device_code' is not valid|'device_code' parameter is not valid",
		causes: []Cause{DeviceCodeExpired, RequestMalformed},
	},
	{when: "returned state & is not the same as", causes: []Cause{OAuthStateMismatch}},
	{
		when:   "already redeemed|code was already used|code has already been used",
		unless: "device code",
		causes: []Cause{AuthCodeAlreadyUsed},
	},
	{
		when: "authorization code is expired|authorization code has expired|authorization code expired|" +
			"code is invalid or expired|code has expired|code is expired",
		unless: "device|certificate|refresh|secret|access token|exit code|status code",
		causes: []Cause{AuthCodeAlreadyUsed},
	},
	{when: "malformed auth code|malformed authorization code", causes: []Cause{RequestMalformed, AuthCodeAlreadyUsed}},
	{
		when:   "code_verifier|code verifier|code_challenge & does not match|not match|invalid|missing",
		causes: []Cause{AuthCodeAlreadyUsed, OAuthStateMismatch, RequestMalformed},
	},
	{
		when:   "authorisation response is missing|authorization response is missing|response url does not match",
		causes: []Cause{CallbackNotReceived, RedirectURIMismatch},
	},
	{
		when: "localhost|127.0.0.1|::1 & establish a connection to the server|refused to connect|" +
			"site cannot be reached|unable to connect|connection was refused|verbindung abgelehnt|" +
			"cannot connect to the server|autorisé la connexion|ha rechazado la conexión|recusou a conexão|" +
			"ha rifiutato la connessione|heeft de verbinding & browser|firefox|chrome|redirect|sign in|log in|" +
			"authentication|?code=|&code=",
		causes: []Cause{CallbackNotReceived, RedirectURIMismatch},
	},
	{
		when:   "saved authentication data invalid",
		unless: "error decrypting|invalidtoken",
		causes: []Cause{CallbackNotReceived, SecretWrongOrTruncated},
	},
	{
		when: "unable to save|could not save|cannot save|failed to save & authorization code|authorisation code|" +
			"authorization token",
		causes: []Cause{CallbackNotReceived, ScopeMissing, SecretWrongOrTruncated},
	},
	{
		when: "authentication request|authorisation request|authorization request & expired|cancelled|canceled|" +
			"aborting|failed or expired; no-gui authorisation request; authorisation response has no code; " +
			"no oauth 2.0 authorisation code returned; timeout waiting for code; not running interactively; " +
			"keyerror: 'code'; waiting for response from authorization server; failed to start a local webserver; " +
			"failed to find \"code\" in the query; httplistenerexception; for the user to authenticate & timed out; " +
			"failed to open a browser; start an http server on http://localhost; webauthenticationsession code=1; " +
			"openid.appauth.general code=-3|openid.appauth.general code=-4; the authorization code is missing; " +
			"have not received permission to use it; no-gui external auth mode; authorisation result error for; " +
			"onauthorizationfailed & cancelled; dialogdismissed: dialog was dismissed; " +
			"could not start oauth http server; user closed authentication window; unable to read authorization code; " +
			"paste the authenticated url & eof when reading; something go wrong. please try again; " +
			"error: no code provided; cannot get /auth|cannot get /oauth|cannot get /callback|cannot get /api/auth & " +
			"code=; request filtering & query string is too long; connecting to upstream & oauth2/callback|" +
			"oauth/callback|/callback?code; localhost sent an invalid response; local server auth mode; " +
			"did not obtain an authcode; token file error - check log; timeout. no auth response; " +
			"auth_response must contain either; please authorize oauth for email account; " +
			"conflicts with an existing registration & localhost; failed to start auth webserver; run_local_server & " +
			"nonetype; oauth2/nativeclient & wrongplace; insufficient parameters for oauth2 callback",
		unless: "authorization grant|user interaction|authorization code or refresh token",
		causes: []Cause{CallbackNotReceived},
	},
	{
		when: "authentication_canceled|authentication canceled|user canceled|user cancelled|user_cancelled|" +
			"the user closed the|popup_window_error|popup window|popup was blocked|interaction_in_progress|" +
			"monitor_window_timeout|hash_empty_error|state_not_found|block_iframe_reload",
		causes: []Cause{CallbackNotReceived},
	},
	{
		when: "waiting for|cannot wait for|no response from|timed out ~ redirect|callback|authorization code|" +
			"authorisation code|authorization response|authorisation response",
		causes: []Cause{CallbackNotReceived},
	},
	{when: "eaddrinuse|address already in use & redirect|callback|oauth|authori", causes: []Cause{CallbackNotReceived}},
	{when: "failed to collect the code|collect the code & no code from", causes: []Cause{CallbackNotReceived}},
	{
		when: "no authorization code|no authorisation code|did not receive an authorization code|" +
			"missing authorization code",
		causes: []Cause{CallbackNotReceived},
	},
	{
		when: "authorization_pending|authorization is pending|authorization pending|pending end-user authorization|" +
			"autorisierung steht aus|slow_down|oauth token: slow down|attempted too soon. please do",
		unless: "authorization_declined|expired_token|bad_verification_code|code_expired",
		causes: []Cause{DeviceCodePending},
	},
	{
		when: "authorization_declined|declined the authorization request|denied the authorization request|" +
			"user declined|resource owner denied the request",
		causes: []Cause{DeviceCodeDeclined},
	},
	{
		when: "user_timeout_reached; user defined timeout for device code; polling & too much time has elapsed; " +
			"timed out waiting for user to authenticate; invalid verification code; code_expired|" +
			"error while retrieving oauth token: code expired|verification code expired|device code|device_code|" +
			"user code|user_code|benutzercode|that code & expired|did not work|abgelaufen",
		causes: []Cause{DeviceCodeExpired},
	},
	{when: "expired_token & device|code", causes: []Cause{DeviceCodeExpired}},
}
