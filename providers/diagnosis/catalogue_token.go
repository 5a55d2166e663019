package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// tokenCauses tells what is wrong with a token that exists.
var tokenCauses = []Entry{
	{
		Cause: AccessTokenExpired, Layer: providers.LayerClaims, Owner: You,
		Summary: "the access token had ended when it was used",
		Decides: "the token's exp, compared with the clock",
		Fixes: []Fix{
			{Text: "ask for a new token and use it at once; tokens live about one hour"},
			{Text: "if a new token is refused as well, set the clock by a time server", Command: "w32tm /resync"},
		},
	},
	{
		Cause: AccessTokenMalformed, Layer: providers.LayerClaims, Owner: You,
		Summary: "what was sent is not a complete access token",
		Decides: "an access token of Entra has three parts with two dots between them",
		Fixes: []Fix{
			{Text: `send exactly one "Bearer " and the complete access token, without quotes; not the refresh or the ID token`},
		},
	},
	{
		Cause: RefreshTokenExpired, Layer: providers.LayerToken, Owner: MailboxUser,
		Summary: "the stored sign-in (refresh token) has ended: too old, unused for too long, or replaced",
		Decides: "the sign-in log's entry, which names the rule",
		Fixes: []Fix{
			{Text: "sign in again, and keep the new refresh token after every renewal"},
			{Text: "for a sign-in that needs no person, use client credentials"},
		},
	},
	{
		Cause: TokenRevokedPasswordChange, Layer: providers.LayerToken, Owner: MailboxUser,
		Summary: "all sign-ins of {{account}} were revoked, as after a new password",
		Decides: `the account's audit log: password change, reset, or "revoke sessions"`,
		Fixes: []Fix{
			{Text: "sign in again"},
		},
	},
	{
		Cause: TokenCacheUnreadable, Layer: providers.LayerToken, Owner: You,
		Summary: "the stored token cannot be read",
		Decides: "whether the service runs under the account that stored the token",
		Fixes: []Fix{
			{Text: "delete the stored entry and sign in again under the account that runs the service"},
		},
	},
	{
		Cause: XOAUTH2StringMalformed, Layer: providers.LayerSASL, Owner: ProductAdmin,
		Summary: "the XOAUTH2 string sent to the server is built wrongly",
		Decides: "the decoded string: user=, the address, 0x01, auth=Bearer, the token, 0x01 twice",
		Fixes: []Fix{
			{Text: "build it as base64 of user=ADDRESS 0x01 auth=Bearer TOKEN 0x01 0x01, on one line, with the full mail address"},
		},
	},
	{
		Cause: XOAUTH2NeedsTwoStep, Layer: providers.LayerSASL, Owner: ProductAdmin,
		Summary: "the server wants the AUTH command alone first, and the long token on a line of its own",
		Decides: "whether the token went out on the same line as the command",
		Fixes: []Fix{
			{Text: "send AUTH XOAUTH2, wait for 334 or +, then send the string; update the product"},
		},
	},
	{
		Cause: SASLXOAUTH2PluginMissing, Layer: providers.LayerSASL, Owner: ProductAdmin,
		Summary: "the mail program has no module for XOAUTH2",
		Decides: "the list of SASL modules that the program prints",
		Fixes: []Fix{
			{Text: "install the XOAUTH2 module for SASL and point the program's plug-in path at it"},
		},
	},
}
