package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// Some causes have two faces: the same name, layer and owner, but another sentence and other fixes
// where the evidence shows which face it is.

// enterpriseApplicationMissing is ServicePrincipalMissing as Entra says it (AADSTS7000229): the
// record is missing in the directory already, not only in Exchange.
var enterpriseApplicationMissing = Entry{
	Cause: ServicePrincipalMissing, Layer: providers.LayerSASL, Owner: ExchangeAdmin,
	Summary: "{{app}} has no enterprise application (service principal) in {{tenant}}",
	Decides: "the list under Enterprise applications, searched by the client ID",
	Fixes: []Fix{
		{Text: `as an Entra administrator, open API permissions and press "Grant admin consent": it makes the enterprise application`, URL: permissionsPage},
		{Text: "or make it in Microsoft Graph PowerShell", Command: "New-MgServicePrincipal -AppId {{app}}"},
		{Text: "then register it in Exchange Online with the Object ID shown under Enterprise applications", Command: "New-ServicePrincipal -AppId {{app}} -ObjectId {{principal}}", URL: enterprisePage},
	},
}

// secretNeverMade is SecretMissing where the registration itself has no credential (AADSTS700026).
var secretNeverMade = Entry{
	Cause: SecretMissing, Layer: providers.LayerToken, Owner: EntraAdmin,
	Summary: "{{app}} has no client secret and no certificate at all",
	Decides: "the list under Certificates & secrets",
	Fixes: []Fix{
		{Text: "create a client secret, copy its Value at once, and enter it in the product", URL: credentialsPage},
	},
}

// tokenNotForGraph is TokenAudienceWrong where Graph, not Exchange, refused the token.
var tokenNotForGraph = Entry{
	Cause: TokenAudienceWrong, Layer: providers.LayerClaims, Owner: You,
	Summary: "the access token was issued for {{audience}}, not for Microsoft Graph",
	Decides: "the token's aud: Graph needs https://graph.microsoft.com, or its host in the tenant's own cloud",
	Fixes: []Fix{
		{Text: "ask for a scope of Graph: https://graph.microsoft.com/.default app-only, https://graph.microsoft.com/Mail.Read for a signed-in user"},
	},
}

// anotherAccountOverSMTP is WrongUserSignedIn where a delegate's token meets Exchange's SMTP, which
// takes the signed-in account's own address as user name only.
var anotherAccountOverSMTP = Entry{
	Cause: WrongUserSignedIn, Layer: providers.LayerMailbox, Owner: MailboxUser,
	Summary: "{{user}} signed in, but over SMTP only {{mailbox}}'s own account can sign in with that address",
	Decides: "the account that the token names",
	Fixes: []Fix{
		{Text: "sign in again in a private browser window, as {{mailbox}}'s own account"},
		{Text: "or let the product sign in to SMTP with the address of the account that signed in, and give that account the right to send as {{sender}}", Command: "Add-RecipientPermission -Identity {{sender}} -Trustee {{user}} -AccessRights SendAs -Confirm:$false"},
	},
}

// declinedOnPage is DeviceCodeDeclined where a browser was sent back, without any device code.
var declinedOnPage = Entry{
	Cause: DeviceCodeDeclined, Layer: providers.LayerToken, Owner: MailboxUser,
	Summary: "the sign-in was cancelled or declined on the page in the browser",
	Decides: "the sign-in log's entry, which shows who pressed what",
	Fixes: []Fix{
		{Text: "sign in again as {{signin}} and accept what the page asks for"},
		{Text: "if the page asks for an administrator, let one approve the app first"},
	},
}

// answerPageMissing is CallbackNotReceived where the browser came back from the sign-in to an address
// that the product's web server does not know.
var answerPageMissing = Entry{
	Cause: CallbackNotReceived, Layer: providers.LayerToken, Owner: You,
	Summary: "the browser came back from the sign-in to an address that the product's web server does not know",
	Decides: "whether the same address, without what follows the question mark, opens in the browser",
	Fixes: []Fix{
		{Text: "compare the path of the redirect address with the product's documentation: a page that shows two versions side by side may have run two paths into one"},
		{Text: "let the web server or proxy in front pass this path on to the product: with Apache and Tomcat by a JkMount line of its own"},
		{Text: "register the corrected address, and enter the same one in the product", URL: authenticationPage},
	},
}

// answerPortUnusable is CallbackNotReceived where this computer's port for the browser's answer is
// taken, so that the sign-in cannot even begin.
var answerPortUnusable = Entry{
	Cause: CallbackNotReceived, Layer: providers.LayerToken, Owner: You,
	Summary: "this computer cannot listen at {{host}}, where the browser hands back the sign-in",
	Decides: "which program listens at {{host}}",
	Fixes: []Fix{
		{Text: "close the program that uses the port, often a second run of this one, and sign in again"},
		{Text: "or, where nothing shows which program it is, restart this computer"},
	},
}

// deviceAnswerMissing is PublicClientFlowDisabled where a product misses what the answer to a device
// code request holds. A product that is set to client credentials asks for no code, shows the same
// warning, and works.
var deviceAnswerMissing = Entry{
	Cause: PublicClientFlowDisabled, Layer: providers.LayerToken, Owner: EntraAdmin,
	Summary: "the product expected a device code that did not come, which is harmless with client credentials and a refusal with the device flow",
	Decides: "the flow that the product's account is set to",
	Fixes: []Fix{
		{Text: "if the account is set to client credentials, take no notice, go on, and let the product test the account"},
		{Text: `if it is set to the device flow, check client ID and tenant ID, and set "Allow public client flows" to Yes`, URL: authenticationPage},
	},
}
