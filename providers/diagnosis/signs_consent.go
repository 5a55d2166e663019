package diagnosis

// consentSigns are about consent, permissions and scopes.
var consentSigns = []sign{
	{
		when:   "blocked by admin|blocked by your admin; asks for an admin",
		causes: []Cause{AdminConsentRequired, ConsentMissing},
	},
	{
		when:   "unable to find target resource; does not exist on resource application",
		causes: []Cause{AppPermissionDeclarationInvalid},
	},
	{
		when:   "sign-in wants|sign-in asks|login wants|login asks & administrator|admin ~ allow|approve|permit",
		causes: []Cause{AdminConsentRequired, ConsentMissing},
	},
	{
		when:   "was the offline_access scope requested; offline_access was not in the scope",
		causes: []Cause{ScopeMissing, ScopeInvalid},
	},
	{when: "default scope cannot be combined with", causes: []Cause{ScopeMultipleResources, ScopeNeedsDefault}},
	{
		when: "need admin approval|needs admin approval|admin approval required|administratorgenehmigung|" +
			"genehmigung durch administrator|administratorgenehmigung erforderlich|approbation de l'administrateur|" +
			"approbation administrateur|aprobación del administrador|aprovação do administrador|" +
			"approvazione dell'amministratore|approvazione amministratore|goedkeuring van beheerder|" +
			"goedkeuring door beheerder|zatwierdzenie przez administratora|zgoda administratora|zgody administratora|" +
			"管理者の承認|管理员批准|管理員核准",
		causes: []Cause{AdminConsentRequired, ConsentMissing},
	},
	{
		when: "consent not allowed for the permissions|contact your company administrator|requires admin permission|" +
			"requires admin consent|admin consent is required|administrator consent|only an admin can grant|" +
			"ask your admin to grant|ask an admin to grant|cannot consent|approval required|admin_policy_enforced|" +
			"admin consent request was received|institution's admin needs to review|" +
			"que seul un administrateur peut accorder|die alleen een beheerder kan verlenen|die nur ein administrator|" +
			"benötigt die genehmigung ihres administrators|que solo un administrador puede|" +
			"que somente um administrador pode|che solo un amministratore può",
		causes: []Cause{AdminConsentRequired, ConsentMissing},
	},
	{
		when: "not consented to use|has not consented|have not consented|consent_required|consent required|" +
			"grant admin consent|scopes requested are unauthorized or expired|access was denied by the resource owner|" +
			"msaldeclinedscopeskey|the admin canceled the request|user has denied access to the scope|" +
			"some or all requested scopes have been declined|hat der verwendung der anwendung nicht zugestimmt|" +
			"nicht zugestimmt|n'a pas consenti|no ha dado su consentimiento|não consentiu|non ha dato il consenso|" +
			"geen toestemming|nie wyraził zgody|同意していません|未同意",
		causes: []Cause{ConsentMissing, AdminConsentRequired},
	},
	{
		when: "contains more than one resource|not compatible with each|more than one resource|exactly one scope|" +
			"multiple scopes are not supported|to convert to a resource string",
		causes: []Cause{ScopeMultipleResources, ScopeInvalid},
	},
	{
		when:   "graph.microsoft.com/ & outlook.office & scope & not valid|invalid",
		causes: []Cause{ScopeMultipleResources, ScopeInvalid},
	},
	{
		when:   "/.default & suffix|suffixed|client credential|must be",
		unless: "resource principal|5.7.3|authenticate failed|login failed",
		causes: []Cause{ScopeNeedsDefault, ScopeInvalid},
	},
	{
		when: "/.default & imap.accessasuser|pop.accessasuser|smtp.send|mail.read|mail.send & 400|bad request|" +
			"invalid",
		causes: []Cause{ScopeInvalid, ScopeMultipleResources, ScopeNeedsDefault},
	},
	{
		when:   "scope & not valid & acquiretokenforclient|client_credentials|confidentialclientapplication",
		causes: []Cause{ScopeNeedsDefault, ScopeInvalid},
	},
	{
		when: "scope|bereich|étendue|ámbito|escopo|ambito|bereik|zakres|スコープ & is not valid|is invalid|not valid|" +
			"unknown|not configured for this tenant|does not exist|ungültig|non valide|no es válido|não é válido|" +
			"non è valido|ongeldig|nieprawidłowy|無効",
		unless: "more than one resource|insufficient|redirect uri|redirect_uri|key not valid|authority|'code'|" +
			"device_code",
		causes: []Cause{ScopeInvalid, ScopeNeedsDefault},
	},
	{
		when:   "invalid_scope|invalid scope|malformed scope|scope must be in a valid uri form|some requested scopes were invalid",
		causes: []Cause{ScopeInvalid, ScopeNeedsDefault},
	},
	{
		when: "not available in token; token does not have all required permissions; " +
			"neither scope or roles claim was found; idw10201; idw10203",
		causes: []Cause{ScopeMissing, TokenCacheUnreadable, ConsentMissing},
	},
	{when: "requires at least one scope", causes: []Cause{ScopeInvalid, RequestParameterMissing}},
	{
		when:   "scope value that is reserved|as user-provided scopes|do not include any of these scopes",
		causes: []Cause{ScopeInvalid},
	},
	{when: "no applicable permissions were found", causes: []Cause{ScopeMissing, ScopeInvalid, ConsentMissing}},
	{
		when: "missing|lacks|without|does not contain|does not include|not granted|required & imap.accessas|" +
			"pop.accessas|smtp.send",
		unless: "graph.microsoft",
		causes: []Cause{ScopeMissing, ConsentMissing},
	},
	{
		when:   "invalid_resource|invalid resource|resource_not_found & resource",
		unless: "audience|error_category",
		causes: []Cause{ResourcePrincipalNotFound, ResourceNotInAppPermissions},
	},
	{
		when:   "permission|scope & requested by this application|not found on the resource|does not exist on",
		causes: []Cause{AppPermissionDeclarationInvalid, ScopeInvalid},
	},
}
