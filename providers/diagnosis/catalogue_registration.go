package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// registrationCauses tells what is wrong with the app registration, its secret or its service principals.
var registrationCauses = []Entry{
	{
		Cause: SecretExpired, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "the client secret of {{app}} has reached its end date",
		Decides: "the end date shown beside the secret under Certificates & secrets",
		Fixes: []Fix{
			{Text: "create a new client secret, enter its Value in the product everywhere the old one stands, and note the new end date", URL: credentialsPage},
		},
	},
	{
		Cause: SecretIDInsteadOfValue, Layer: providers.LayerToken, Owner: You,
		Summary: "the client secret entered for {{app}} is the Secret ID, not the secret's Value",
		Decides: "the Secret ID is a GUID, the Value is a text of about 40 characters that the portal shows only once",
		Fixes: []Fix{
			{Text: "enter the text of the column Value, not that of the column Secret ID"},
			{Text: "if the Value can no longer be seen, create a new client secret and copy its Value at once", URL: credentialsPage},
		},
	},
	{
		Cause: SecretWrongOrTruncated, Layer: providers.LayerToken, Owner: You,
		Summary: "the client secret entered is not the one that {{app}} knows: cut off, changed on its way, replaced meanwhile, or of another app",
		Decides: "the portal shows the first three characters of every secret: compare them with what was entered",
		Fixes: []Fix{
			{Text: "copy the Value again in full, without blanks or line ends, and enter it again"},
			{Text: "if the Value can no longer be seen, create a new client secret for exactly this app registration", URL: credentialsPage},
		},
	},
	{
		Cause: SecretMissing, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "{{app}} must prove itself with a client secret or certificate, and none was sent or none exists",
		Decides: "whether Certificates & secrets lists any credential for the app",
		Fixes: []Fix{
			{Text: "create a client secret and enter its Value in the product", URL: credentialsPage},
			{Text: `for a sign-in by device code, where no secret is used, set "Allow public client flows" to Yes`, URL: authenticationPage},
		},
	},
	{
		Cause: PublicClientFlowDisabled, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "{{app}} does not allow public client flows, so a sign-in by device code is refused",
		Decides: `the switch "Allow public client flows" under Authentication`,
		Fixes: []Fix{
			{Text: `open Authentication, set "Allow public client flows" to Yes, save, and sign in again`, URL: authenticationPage},
		},
	},
	{
		Cause: PublicClientWithSecret, Layer: providers.LayerToken, Owner: You,
		Summary: "a client secret was sent although the redirect address of {{app}} counts as a public client's",
		Decides: "the platform under which the redirect address is registered",
		Fixes: []Fix{
			{Text: "leave the client secret out, or register the redirect address under the platform Web", URL: authenticationPage},
		},
	},
	{
		Cause: ClientCertificateInvalid, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "the certificate or its signature was not accepted for {{app}}",
		Decides: "the thumbprint and end date under Certificates & secrets, compared with the certificate that the product uses",
		Fixes: []Fix{
			{Text: "upload the certificate that belongs to the product's private key, and check thumbprint and end date", URL: credentialsPage},
			{Text: "check that the account running the product may read the private key"},
		},
	},
	{
		Cause: ClientAssertionExpired, Layer: providers.LayerToken, Owner: ProductAdmin,
		Summary: "the signed client assertion was used outside the time it is good for",
		Decides: "the two times in the message: a clock that is wrong, or an assertion that was kept and used again",
		Fixes: []Fix{
			{Text: "let the product sign a new assertion for every request, with a life of about ten minutes, and update its library"},
			{Text: "set the product server's clock by a time server", Command: "w32tm /resync"},
		},
	},
	{
		Cause: AppNotInTenant, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "{{app}} is not known in {{tenant}}",
		Decides: "the Overview page of the app registration, which shows its client ID and its tenant ID",
		Fixes: []Fix{
			{Text: "compare Application (client) ID and Directory (tenant) ID with the Overview page: the Object ID and the display name are neither", URL: overviewPage},
			{Text: "if the app belongs to another organisation, let an administrator of this tenant consent to it"},
		},
	},
	{
		Cause: AppDisabledInTenant, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "{{app}}, or the service it asks for, is switched off for sign-in in {{tenant}}",
		Decides: `the switch "Enabled for users to sign in" of the enterprise application`,
		Fixes: []Fix{
			{Text: `open the enterprise application's Properties and set "Enabled for users to sign in" to Yes`, URL: enterprisePage},
			{Text: "if Microsoft disabled the app, ask Microsoft support with the trace ID"},
		},
	},
	{
		Cause: AppPermissionDeclarationInvalid, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "{{app}} declares a permission that the service does not have",
		Decides: "the entry under API permissions or in the manifest that shows no name",
		Fixes: []Fix{
			{Text: `remove the wrong entry under API permissions and add the permission again through "APIs my organization uses"`, URL: permissionsPage},
		},
	},
	{
		Cause: ResourceNotInAppPermissions, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "{{app}} asks for a service that is not among its API permissions",
		Decides: "the list under API permissions",
		Fixes: []Fix{
			{Text: "add the service's permission {{permission}} under API permissions and grant admin consent", URL: permissionsPage},
		},
	},
	{
		Cause: ResourcePrincipalNotFound, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "the service named in the scope does not exist in {{tenant}}",
		Decides: "the scope's address, letter by letter; then whether the tenant has Exchange Online at all",
		Fixes: []Fix{
			{Text: "correct the scope: for mail it is https://outlook.office365.com/.default or begins with https://outlook.office.com/"},
			{Text: "if the address is right, check that the tenant has an Exchange Online subscription", URL: productsPage},
		},
	},
	{
		Cause: ServicePrincipalMissing, Layer: providers.LayerSASL, Owner: ExchangeAdmin,
		Summary: "{{app}} is not registered as a service principal in Exchange Online",
		Decides: "Get-ServicePrincipal: it lists {{principal}} or it does not",
		Fixes: []Fix{
			{Text: "in Exchange Online PowerShell, register the enterprise application (its Object ID, not that of the app registration)", Command: "New-ServicePrincipal -AppId {{app}} -ObjectId {{principal}}"},
			{Text: "give it access to every mailbox of the connection", Command: "Add-MailboxPermission -Identity {{mailbox}} -User {{principal}} -AccessRights FullAccess"},
			{Text: "look at what is registered now", Command: "Get-ServicePrincipal | fl AppId,ObjectId,DisplayName"},
		},
	},
	{
		Cause: ServicePrincipalObjectIDWrong, Layer: providers.LayerSASL, Owner: ExchangeAdmin,
		Summary: "the Exchange record (service principal) of {{app}} was made with another Object ID than that of {{principal}}",
		Decides: "Get-ServicePrincipal: its ObjectId must be the one shown under Enterprise applications, not under App registrations",
		Fixes: []Fix{
			{Text: "remove the wrong record", Command: "Remove-ServicePrincipal -Identity {{recorded}}"},
			{Text: "register it again with the enterprise application's Object ID", Command: "New-ServicePrincipal -AppId {{app}} -ObjectId {{principal}}"},
			{Text: "give the new record access to every mailbox again", Command: "Add-MailboxPermission -Identity {{mailbox}} -User {{principal}} -AccessRights FullAccess"},
		},
	},
}
