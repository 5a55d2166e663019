package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// redirectCauses tells what goes wrong between the browser, the redirect address and the device code.
var redirectCauses = []Entry{
	{
		Cause: RedirectURIMismatch, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "the redirect address that the product sent is not registered for {{app}} in exactly that form",
		Decides: "the address in the message, compared letter by letter: http or https, host, port, path, last slash",
		Fixes: []Fix{
			{Text: "register the address exactly as the message shows it", URL: authenticationPage},
			{Text: "behind a proxy, let the product build its addresses with https"},
		},
	},
	{
		Cause: RedirectURIMissing, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "{{app}} has no redirect address, or the product sent none",
		Decides: "the list of redirect addresses under Authentication",
		Fixes: []Fix{
			{Text: "add the product's redirect address under the right platform", URL: authenticationPage},
		},
	},
	{
		Cause: RedirectURIWrongPlatform, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "the redirect address of {{app}} is registered under the wrong platform",
		Decides: `the platform beside the address: a server with a secret needs Web, a desktop program "Mobile and desktop"`,
		Fixes: []Fix{
			{Text: "delete the entry under Single-page application and add the address under Web", URL: authenticationPage},
		},
	},
	{
		Cause: CallbackNotReceived, Layer: providers.LayerToken, Owner: You,
		Summary: "the sign-in in the browser was not finished, or its answer did not reach the program",
		Decides: "whether the last page in the browser said that the sign-in was complete",
		Fixes: []Fix{
			{Text: "sign in again and follow the pages to the end, without a long pause"},
			{Text: "check that nothing blocks the local port or the browser's pop-up"},
		},
	},
	{
		Cause: OAuthStateMismatch, Layer: providers.LayerToken, Owner: ProductAdmin,
		Summary: "the answer of the sign-in does not belong to the request that the product made",
		Decides: "whether the address in the browser is the product's own address, with the same host and https",
		Fixes: []Fix{
			{Text: "start again from the product's configured https address, in one tab"},
			{Text: "check the product's base URL, proxy headers and cookies"},
		},
	},
	{
		Cause: AuthCodeAlreadyUsed, Layer: providers.LayerToken, Owner: You,
		Summary: "the one-time code of the sign-in was used before, or is too old",
		Decides: "whether a second attempt, redeemed at once, works",
		Fixes: []Fix{
			{Text: "start a new sign-in and let the code be redeemed once, at once"},
		},
	},
	{
		Cause: DeviceCodePending, Layer: providers.LayerToken, Owner: You,
		Summary: "nobody has finished the sign-in with the device code yet",
		Decides: "the page where the code is entered",
		Fixes: []Fix{
			{Text: "finish the sign-in in the browser; the program goes on by itself"},
		},
	},
	{
		Cause: DeviceCodeExpired, Layer: providers.LayerToken, Owner: You,
		Summary: "the device code ended before anybody used it",
		Decides: "about 15 minutes pass from the code to its end",
		Fixes: []Fix{
			{Text: "ask for a new code and finish the sign-in within 15 minutes"},
		},
	},
	{
		Cause: RequestParameterMissing, Layer: providers.LayerToken, Owner: ProductAdmin,
		Summary: "the request to the sign-in service lacks a parameter",
		Decides: "the parameter named in the message",
		Fixes: []Fix{
			{Text: "fill in the field that the message names (scope, client_id, grant_type, ...) in the product"},
		},
	},
	{
		Cause: RequestMalformed, Layer: providers.LayerToken, Owner: ProductAdmin,
		Summary: "the request to the sign-in service is not well formed",
		Decides: "a value with a line break or a cut end among those that the product stores",
		Fixes: []Fix{
			{Text: "check the stored values for line breaks and cut ends, and let the product send the fields as a form"},
			{Text: "sign in again, so that codes and tokens are new"},
		},
	},
}
