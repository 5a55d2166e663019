package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// googleCauses tells what is particular to Gmail and Google Workspace.
var googleCauses = []Entry{
	{
		Cause: GoogleAppPasswordNeeded, Layer: providers.LayerSASL, Owner: ProductAdmin,
		Summary: "Gmail does not take the account's ordinary password",
		Decides: "whether the product uses a password or XOAUTH2",
		Fixes: []Fix{
			{Text: "set the product to OAuth; or switch on 2-step verification and use an app password", URL: appPasswordsPage},
		},
	},
	{
		Cause: GoogleRedirectURIMismatch, Layer: providers.LayerToken, Owner: WorkspaceAdmin,
		Summary: "the redirect address is not registered for the Google client",
		Decides: "the address in the message, letter by letter",
		Fixes: []Fix{
			{Text: "register the exact address at the client; a desktop program uses a loopback address", URL: googleClientsPage},
		},
	},
	{
		Cause: GoogleScopeWrong, Layer: providers.LayerClaims, Owner: ProductAdmin,
		Summary: "the Google access token is not good for IMAP and SMTP on this mailbox",
		Decides: "the token's scope: https://mail.google.com/ is the only one for mail protocols; and its account",
		Fixes: []Fix{
			{Text: "ask for the scope https://mail.google.com/ and sign in again as {{signin}}"},
		},
	},
	{
		Cause: GoogleScopeInsufficient, Layer: providers.LayerClaims, Owner: ProductAdmin,
		Summary: "the Google access token is not good for this Gmail call",
		Decides: "the token's scope",
		Fixes: []Fix{
			{Text: "ask for the gmail scope that the call needs and sign in again"},
		},
	},
	{
		Cause: GoogleNotTestUser, Layer: providers.LayerToken, Owner: WorkspaceAdmin,
		Summary: "the Google app is in testing, and {{account}} is not one of its test users",
		Decides: "Audience in the Google Auth Platform",
		Fixes: []Fix{
			{Text: "add the account as a test user, publish the app, or in a Workspace set it to Internal", URL: googleAudiencePage},
		},
	},
	{
		Cause: GoogleTestingTokenExpired, Layer: providers.LayerToken, Owner: WorkspaceAdmin,
		Summary: "the Google sign-in ended after seven days, because the app is in testing",
		Decides: "the publishing status under Audience",
		Fixes: []Fix{
			{Text: "publish the app or set it to Internal, then sign in again", URL: googleAudiencePage},
		},
	},
	{
		Cause: GoogleTokenRevoked, Layer: providers.LayerToken, Owner: MailboxUser,
		Summary: "the Google sign-in was revoked or has ended",
		Decides: "the account's security page: new password, access removed, too many sign-ins of one app",
		Fixes: []Fix{
			{Text: "sign in again"},
		},
	},
	{
		Cause: GoogleDWDMissing, Layer: providers.LayerToken, Owner: WorkspaceAdmin,
		Summary: "the service account may not act for users of the domain with these scopes",
		Decides: "the entry under domain-wide delegation: numeric client ID and scopes, letter by letter",
		Fixes: []Fix{
			{Text: "enter the numeric client ID with exactly the scopes used, then wait up to a day", URL: delegationPage},
		},
	},
	{
		Cause: GoogleAPIDisabled, Layer: providers.LayerToken, Owner: WorkspaceAdmin,
		Summary: "the Gmail API is off in the Google project",
		Decides: "the project number in the message",
		Fixes: []Fix{
			{Text: "enable the Gmail API in the project of the client, then wait some minutes", URL: gmailAPIPage},
		},
	},
	{
		Cause: GoogleMailServiceDisabled, Layer: providers.LayerMailbox, Owner: WorkspaceAdmin,
		Summary: "{{account}} has no Gmail",
		Decides: "the user's apps in the Admin console",
		Fixes: []Fix{
			{Text: "switch Gmail on for the user, or use a user with a mailbox", URL: workspaceUsersPage},
		},
	},
}
