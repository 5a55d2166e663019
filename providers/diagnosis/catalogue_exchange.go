package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// exchangeCauses tells what Graph, EWS and Exchange administration refuse.
var exchangeCauses = []Entry{
	{
		Cause: GraphPermissionMissing, Layer: providers.LayerMailbox, Owner: EntraAdmin,
		Summary: "the access token lacks the Microsoft Graph permission that the call needs",
		Decides: "the roles (app-only) or scp (signed-in user) in the token",
		Fixes: []Fix{
			{Text: "add the Graph permission of the right type (Mail.Read, Mail.ReadWrite, Mail.Send), grant admin consent, ask for a new token", URL: permissionsPage},
		},
	},
	{
		Cause: GraphUserInvalid, Layer: providers.LayerMailbox, Owner: You,
		Summary: "the user named in the Graph call is not a mailbox user",
		Decides: "whether the user is found by user principal name",
		Fixes: []Fix{
			{Text: "use the user principal name or the user's own object ID, not that of an app"},
		},
	},
	{
		Cause: MeEndpointWithAppToken, Layer: providers.LayerMailbox, Owner: ProductAdmin,
		Summary: `the product asks Graph for "me" with an app-only token, which belongs to no user`,
		Decides: "the address that the product calls",
		Fixes: []Fix{
			{Text: "let the product call /users/ADDRESS in the place of /me"},
		},
	},
	{
		Cause: ApplicationAccessPolicy, Layer: providers.LayerMailbox, Owner: ExchangeAdmin,
		Summary: "a policy in Exchange limits {{app}} to other mailboxes",
		Decides: "Test-ApplicationAccessPolicy and Test-ServicePrincipalAuthorization",
		Fixes: []Fix{
			{Text: "test what the app may reach by policy", Command: "Test-ApplicationAccessPolicy -Identity {{mailbox}} -AppId {{app}}"},
			{Text: "test what the app may reach by its Exchange roles: InScope must be true", Command: "Test-ServicePrincipalAuthorization -Identity {{principal}} -Resource {{mailbox}}"},
			{Text: "add the mailbox to the group that the policy or the role's scope names, then wait up to two hours"},
		},
	},
	{
		Cause: EWSPermissionMissing, Layer: providers.LayerMailbox, Owner: EntraAdmin,
		Summary: "the access token has no right for EWS",
		Decides: "the roles or scp in the token: full_access_as_app or EWS.AccessAsUser.All",
		Fixes: []Fix{
			{Text: "add full_access_as_app (app-only) or EWS.AccessAsUser.All (signed-in user) and grant admin consent", URL: permissionsPage},
		},
	},
	{
		Cause: EWSImpersonationDenied, Layer: providers.LayerMailbox, Owner: ExchangeAdmin,
		Summary: "{{principal}} may not act for {{mailbox}} in EWS",
		Decides: "the scope of the ApplicationImpersonation role",
		Fixes: []Fix{
			{Text: "test what the app may reach: InScope must be true", Command: "Test-ServicePrincipalAuthorization -Identity {{principal}} -Resource {{mailbox}}"},
			{Text: "give full_access_as_app for app-only, or ApplicationImpersonation with a scope that holds the mailbox, then wait"},
		},
	},
	{
		Cause: EWSImpersonationHeaderMissing, Layer: providers.LayerMailbox, Owner: ProductAdmin,
		Summary: "the app-only EWS call names no mailbox",
		Decides: "the ExchangeImpersonation header of the request",
		Fixes: []Fix{
			{Text: "let the product name the mailbox in the impersonation header of every call; update its library"},
		},
	},
	{
		Cause: EWSAllowlistBlocked, Layer: providers.LayerMailbox, Owner: ExchangeAdmin,
		Summary: "the organisation does not let {{app}} use EWS, which since 1 October 2026 is off unless an administrator keeps it on",
		Decides: "EwsEnabled and the allow list in Get-OrganizationConfig; then EwsEnabled of the mailbox",
		Fixes: []Fix{
			{Text: "look at the switch and the list, and write down the IDs that stand there", Command: "Get-OrganizationConfig | fl Ews*"},
			{Text: "keep EWS on for this app; the command replaces the list, so name the IDs that must stay as well", Command: "Set-OrganizationConfig -EwsEnabled $true -EwsAllowedAppIDs {{app}}"},
			{Text: "look at the mailbox's own switch", Command: "Get-CASMailbox -Identity {{mailbox}} | fl EwsEnabled"},
			{Text: "move the product to Microsoft Graph: EWS ends on 1 April 2027"},
		},
	},
	{
		Cause: EXOAppRoleMissing, Layer: providers.LayerLocal, Owner: EntraAdmin,
		Summary: "{{app}} has no role for Exchange Online PowerShell",
		Decides: "Exchange.ManageAsApp under API permissions, and a directory role",
		Fixes: []Fix{
			{Text: "give it Exchange.ManageAsApp with admin consent, and the role Exchange Administrator or a smaller one", URL: permissionsPage},
		},
	},
	{
		Cause: EXOCmdletNotAvailable, Layer: providers.LayerLocal, Owner: ExchangeAdmin,
		Summary: "the PowerShell command is not there: old module, no connection, or too few rights",
		Decides: "Get-Module and the role of the person",
		Fixes: []Fix{
			{Text: "update the module", Command: "Install-Module ExchangeOnlineManagement -Scope CurrentUser"},
			{Text: "connect as an Exchange administrator", Command: "Connect-ExchangeOnline"},
		},
	},
}
