package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// tenantCauses tells what is wrong with the tenant named, or with the kind of account that signs in.
var tenantCauses = []Entry{
	{
		Cause: TenantNotFound, Layer: providers.LayerToken, Owner: You,
		Summary: "{{tenant}} is not known to the sign-in service",
		Decides: "the Overview page of Microsoft Entra ID, which shows the tenant ID and the primary domain",
		Fixes: []Fix{
			{Text: "enter the Directory (tenant) ID or a verified domain of the organisation", URL: entraPage},
			{Text: "if the organisation is in a government or China cloud, use that cloud's sign-in host"},
		},
	},
	{
		Cause: TenantIDMissing, Layer: providers.LayerToken, Owner: You,
		Summary: "the sign-in address names no tenant",
		Decides: "the part of the token address after the host name",
		Fixes: []Fix{
			{Text: "put the Directory (tenant) ID in the token address, in the place of common or organizations"},
		},
	},
	{
		Cause: SingleTenantAppOnCommon, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "{{app}} is for one tenant only, but the sign-in address is the shared one (common or organizations)",
		Decides: `"Supported account types" on the app registration's Authentication page`,
		Fixes: []Fix{
			{Text: "use the sign-in address with the tenant ID in it"},
			{Text: "or make the app multi-tenant under Authentication", URL: authenticationPage},
		},
	},
	{
		Cause: WrongNationalCloud, Layer: providers.LayerToken, Owner: You,
		Summary: "{{tenant}} lives in another Microsoft cloud than the addresses used",
		Decides: "the tenant's look-up: its metadata names the cloud",
		Fixes: []Fix{
			{Text: "use the sign-in, Graph and Outlook hosts of the tenant's own cloud, and an app registered there"},
		},
	},
	{
		Cause: PersonalAccountsNotAllowed, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "a personal Microsoft account was used with an app for work or school accounts",
		Decides: "which account is shown on the sign-in page",
		Fixes: []Fix{
			{Text: "sign in with the work account, in a private browser window"},
			{Text: "or change the supported account types of the app registration", URL: authenticationPage},
		},
	},
	{
		Cause: PersonalOnlyAppOnCommon, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "{{app}} is for personal accounts only, but a tenant or common is addressed",
		Decides: `"Supported account types" of the app registration`,
		Fixes: []Fix{
			{Text: "use consumers in the sign-in address, or change the supported account types", URL: authenticationPage},
		},
	},
	{
		Cause: V1EndpointWithPersonalAccount, Layer: providers.LayerToken, Owner: ProductAdmin,
		Summary: "a personal account cannot sign in at the old v1.0 addresses",
		Decides: "whether the token address contains /oauth2/v2.0/",
		Fixes: []Fix{
			{Text: "let the product use the addresses with /oauth2/v2.0/"},
		},
	},
	{
		Cause: AccountNotInTenant, Layer: providers.LayerToken, Owner: MailboxUser,
		Summary: "the account that signed in does not belong to {{tenant}}",
		Decides: "the account shown on the sign-in page; a browser offers the one it remembers",
		Fixes: []Fix{
			{Text: "sign in again in a private browser window, with an account of the organisation"},
			{Text: "or let the organisation invite the account as a guest"},
		},
	},
	{
		Cause: UserNotFound, Layer: providers.LayerToken, Owner: You,
		Summary: "{{account}} does not exist in {{tenant}}",
		Decides: "the user's page in the directory: the user principal name may differ from the mail address",
		Fixes: []Fix{
			{Text: "sign in with the user principal name", URL: usersPage},
			{Text: "check that the tenant is the one that holds the mailbox"},
		},
	},
	{
		Cause: UserNotAssigned, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "{{account}} is not assigned to the enterprise application of {{app}}",
		Decides: `"Assignment required?" under the enterprise application's Properties`,
		Fixes: []Fix{
			{Text: `assign the user or a group under Users and groups, or set "Assignment required?" to No`, URL: enterprisePage},
		},
	},
}
