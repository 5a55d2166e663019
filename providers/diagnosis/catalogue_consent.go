package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// consentCauses tells what was not agreed to, or not asked for.
var consentCauses = []Entry{
	{
		Cause: ConsentMissing, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "nobody has agreed to the permissions of {{app}} in {{tenant}}",
		Decides: `the column Status under API permissions: "Granted for ..." or not`,
		Fixes: []Fix{
			{Text: `open API permissions, check that {{permission}} is listed, and press "Grant admin consent"`, URL: permissionsPage},
		},
	},
	{
		Cause: AdminConsentRequired, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "{{tenant}} lets only an administrator agree to the permissions of {{app}}",
		Decides: "the tenant's consent settings; since late 2025 mail permissions need an administrator by default",
		Fixes: []Fix{
			{Text: `let an administrator open API permissions and press "Grant admin consent"`, URL: permissionsPage},
			{Text: "or let an administrator approve the request under Enterprise applications > Admin consent requests", URL: enterprisePage},
		},
	},
	{
		Cause: ScopeMissing, Layer: providers.LayerClaims, Owner: EntraAdmin,
		Summary: "the access token lacks {{permission}}",
		Decides: "the roles (app-only) or scp (signed-in user) in the token",
		Fixes: []Fix{
			{Text: "add {{permission}} of Office 365 Exchange Online under API permissions: an application permission for client credentials, a delegated one for a signed-in user", URL: permissionsPage},
			{Text: `press "Grant admin consent", then ask for a new token: an old one does not change`, URL: permissionsPage},
		},
	},
	{
		Cause: ScopeInvalid, Layer: providers.LayerToken, Owner: You,
		Summary: "the scope asked for is misspelt or unknown",
		Decides: "the scope in the message, compared letter by letter",
		Fixes: []Fix{
			{Text: "correct the scope: names are separated by blanks, mail ones begin with https://outlook.office.com/, app-only is https://outlook.office365.com/.default"},
		},
	},
	{
		Cause: ScopeMultipleResources, Layer: providers.LayerToken, Owner: You,
		Summary: "one request asks for the scopes of two services",
		Decides: "the host at the beginning of each scope; a name without a host is Microsoft Graph's",
		Fixes: []Fix{
			{Text: "ask for the scopes of one service only: take User.Read and other Graph names out of the mail scopes"},
		},
	},
	{
		Cause: ScopeNeedsDefault, Layer: providers.LayerToken, Owner: You,
		Summary: "an app-only request names single permissions",
		Decides: "the scope of the request",
		Fixes: []Fix{
			{Text: "use the service's address with /.default, for mail https://outlook.office365.com/.default"},
		},
	},
	{
		Cause: TokenAudienceWrong, Layer: providers.LayerClaims, Owner: You,
		Summary: "the access token was issued for {{audience}}, not for Exchange Online",
		Decides: "the token's aud: mail needs https://outlook.office365.com or https://outlook.office.com",
		Fixes: []Fix{
			{Text: "ask for a scope of Outlook: https://outlook.office365.com/.default app-only, https://outlook.office.com/... for a signed-in user"},
			{Text: "take User.Read and other Graph scopes out of the request: they make it a token for Graph"},
		},
	},
}
