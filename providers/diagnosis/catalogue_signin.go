package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// signInCauses tells what stops a person's sign-in.
var signInCauses = []Entry{
	{
		Cause: WrongCredentials, Layer: providers.LayerToken, Owner: MailboxUser,
		Summary: "user name or password is wrong",
		Decides: "whether the same sign-in works in a browser",
		Fixes: []Fix{
			{Text: "correct user name and password; better, use OAuth, which needs no stored password"},
		},
	},
	{
		Cause: PasswordExpired, Layer: providers.LayerToken, Owner: MailboxUser,
		Summary: "the password of {{account}} has ended",
		Decides: "a sign-in in the browser asks for a new one",
		Fixes: []Fix{
			{Text: "sign in once in a browser, set a new password, then sign in here again"},
		},
	},
	{
		Cause: AccountLocked, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "{{account}} is locked after failed sign-ins, or is used from an address with a bad name",
		Decides: "the sign-in log, which shows where the failures come from",
		Fixes: []Fix{
			{Text: "stop the program that keeps trying, wait, then sign in from a known network"},
			{Text: "look at the user's sign-in log and unlock the account", URL: usersPage},
		},
	},
	{
		Cause: AccountDisabled, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "{{account}} is blocked from signing in",
		Decides: `"Account enabled" on the user's page; a shared mailbox's own account is disabled by design`,
		Fixes: []Fix{
			{Text: "enable the account, or sign in with another account that has rights on the mailbox", URL: usersPage},
		},
	},
	{
		Cause: FederatedUserROPC, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "{{account}} signs in at another identity provider, so its password cannot be sent directly",
		Decides: "whether the sign-in page moves on to the organisation's own page",
		Fixes: []Fix{
			{Text: "use the device code or the browser sign-in, a cloud-only account, or client credentials"},
		},
	},
	{
		Cause: MFARequired, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "{{account}} must confirm the sign-in with a second factor",
		Decides: "the sign-in log's entry, which names the policy",
		Fixes: []Fix{
			{Text: "sign in again in a browser and confirm with the second factor"},
			{Text: "for a sign-in that needs no person, use client credentials"},
		},
	},
	{
		Cause: ConditionalAccessBlocked, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "a Conditional Access policy of {{tenant}} blocks this sign-in",
		Decides: "the sign-in log's entry, tab Conditional Access, found by its correlation ID",
		Fixes: []Fix{
			{Text: "find the sign-in by its correlation ID, see which policy blocked it, and exclude the account or allow the location", URL: policiesPage},
			{Text: "if the policy blocks device codes, sign in through the browser or use client credentials"},
		},
	},
	{
		Cause: DeviceNotCompliant, Layer: providers.LayerToken, Owner: EntraAdmin,
		Summary: "a policy of {{tenant}} allows this sign-in from managed devices only",
		Decides: "the sign-in log's entry, which names the policy and the device",
		Fixes: []Fix{
			{Text: "sign in from an enrolled, compliant device"},
			{Text: "or exclude the account from the policy for this app", URL: policiesPage},
		},
	},
	{
		Cause: WrongUserSignedIn, Layer: providers.LayerMailbox, Owner: MailboxUser,
		Summary: "{{user}} signed in, but {{signin}} must",
		Decides: "the account that the token names",
		Fixes: []Fix{
			{Text: "sign in again in a private browser window, as {{signin}}"},
			{Text: "or give the account that signed in full access to the mailbox", Command: "Add-MailboxPermission -Identity {{mailbox}} -User {{user}} -AccessRights FullAccess"},
		},
	},
}
