package diagnosis

// requestSigns are what Entra and its libraries say of the shape of a request for tokens.
var requestSigns = []sign{
	{
		when:   "resourceaccess[",
		causes: []Cause{AppPermissionDeclarationInvalid},
	},
	{
		when:   "resourceprincipal ~ unknown|not found",
		causes: []Cause{ResourcePrincipalNotFound},
	},
	{
		when: "scope|bereich|ámbito|étendue|escopo & más de un recurso|mehr als eine ressource|mehrere ressourcen|" +
			"more than one resource|two different resources|belong to two|plus d'une ressource|mais de um recurso",
		causes: []Cause{ScopeMultipleResources},
	},
	{
		when: "/.default enden|must end with /.default|must end in /.default|terminar en /.default|" +
			"se terminer par /.default; client-anmeldeinformationsfluss & bereich",
		causes: []Cause{ScopeNeedsDefault, ScopeInvalid},
	},
	{
		when: "client_credentials|client credentials|acquiretokenforclient & accessasuser|smtp.send|mail.send|" +
			"mail.read & invalid_scope|70011|is not valid",
		unless: "/.default|sendasapp|accessasapp",
		causes: []Cause{ScopeNeedsDefault, ScopeInvalid},
	},
	{
		when: "missing required parameter:|required parameter is missing: & client_id|scope|code|refresh_token|" +
			"response_type|grant_type",
		unless: "redirect_uri",
		causes: []Cause{RequestParameterMissing},
	},
	{
		when:   "must contain the following parameter",
		unless: "client_assertion|client_secret|redirect_uri",
		causes: []Cause{RequestParameterMissing},
	},
	{
		when: "must include a 'client_id'|must include a 'response_type'|must include a 'grant_type'|" +
			"must include a 'code'|resource identifier is not provided|missing code challenge parameter|" +
			"could not determine client id from request|no clientid was specified|" +
			"at least one scope needs to be requested|scopes cannot be passed as null|a refresh token must be provided",
		causes: []Cause{RequestParameterMissing, ConfigEntryMissing},
	},
	{
		when: "is not properly formatted. the parameter|passed session id cannot be parsed|" +
			"parameter not allowed for this message type|must be chunked or have a content length|malformed or invalid|" +
			"invalid empty request",
		causes: []Cause{RequestMalformed},
	},
}

// requestWords are what every service says of a request, and count where mail or its sign-in is
// spoken of.
var requestWords = []sign{
	{
		when:   "missing required parameter|required parameter is missing|missing parameter|required parameter",
		unless: "client_assertion|client_secret|redirect_uri",
		causes: []Cause{RequestParameterMissing},
	},
	{when: "required field|is missing & from the credential|from the request", causes: []Cause{RequestParameterMissing}},
	{
		when:   "request is malformed|malformed request|request format|unsupported_grant_type|unsupported grant type",
		causes: []Cause{RequestMalformed},
	},
}
