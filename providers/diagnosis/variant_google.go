package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// googleFaces are causes that both houses share, as they look at Google: the same name and layer,
// but other pages, other people, and nothing of Entra or Exchange.
var googleFaces = []Entry{
	{
		Cause: SecretWrongOrTruncated, Layer: providers.LayerToken, Owner: You,
		Summary: "the client secret is not the one of the Google client: cut off, switched off, or of another client",
		Decides: "the list of clients in the Google Auth Platform, which shows the end of every secret and whether it is on",
		Fixes: []Fix{
			{Text: "copy client ID and client secret again, from the same client", URL: googleClientsPage},
			{Text: "if the secret can no longer be seen, add a second one to the client, enter it, and switch the first one off afterwards", URL: googleClientsPage},
		},
	},
	{
		Cause: AppNotInTenant, Layer: providers.LayerToken, Owner: WorkspaceAdmin,
		Summary: "the Google client does not exist: deleted, unused for six months, or its ID is wrong",
		Decides: "the list of clients in the Google Auth Platform: the client ID is listed there or it is not",
		Fixes: []Fix{
			{Text: "compare the client ID letter by letter, or create a client anew and enter its ID and secret", URL: googleClientsPage},
		},
	},
	{
		Cause: ClientCertificateInvalid, Layer: providers.LayerToken, Owner: WorkspaceAdmin,
		Summary: "the service account's key is not known to Google: deleted, switched off, or of another account",
		Decides: "the key ID in the JSON file, compared with the service account's keys",
		Fixes: []Fix{
			{Text: "create a new key for exactly this service account, enter the JSON file, and delete the old key afterwards", URL: serviceAccountsPage},
		},
	},
	{
		Cause: WrongUserSignedIn, Layer: providers.LayerMailbox, Owner: MailboxUser,
		Summary: "{{user}} signed in, but at Gmail only {{mailbox}}'s own account opens it",
		Decides: "the account that the sign-in showed",
		Fixes: []Fix{
			{Text: "sign in again in a private browser window, as {{mailbox}}'s own account"},
			{Text: "for a mailbox that several people share, give it an account of its own, or use a group"},
		},
	},
	{
		Cause: AdminConsentRequired, Layer: providers.LayerToken, Owner: WorkspaceAdmin,
		Summary: "the Workspace administrator blocks this app or its access to Gmail",
		Decides: "the app's entry under App access control in the Admin console",
		Fixes: []Fix{
			{Text: "in the Admin console, mark the client ID as trusted, then sign in again", URL: appAccessPage},
		},
	},
	{
		Cause: ConsentMissing, Layer: providers.LayerToken, Owner: WorkspaceAdmin,
		Summary: "the person did not agree to the access to Gmail, or may not",
		Decides: "whether the box for Gmail was ticked on Google's page",
		Fixes: []Fix{
			{Text: "sign in again and tick every box on Google's page"},
			{Text: "if the page does not let the app in, mark its client ID as trusted in the Admin console", URL: appAccessPage},
		},
	},
	{
		Cause: IMAPDisabledMailbox, Layer: providers.LayerMailbox, Owner: WorkspaceAdmin,
		Summary: "IMAP is switched off for {{mailbox}}",
		Decides: "POP and IMAP access under Gmail > End user access in the Admin console",
		Fixes: []Fix{
			{Text: "switch IMAP on for the user's organisational unit, and let it in for every mail client or for this client ID", URL: gmailAccessPage},
		},
	},
	{
		Cause: POPDisabledMailbox, Layer: providers.LayerMailbox, Owner: WorkspaceAdmin,
		Summary: "POP is switched off for {{mailbox}}",
		Decides: "POP and IMAP access under Gmail > End user access in the Admin console; then Gmail's own settings of the mailbox",
		Fixes: []Fix{
			{Text: "switch POP on for the user's organisational unit", URL: gmailAccessPage},
			{Text: "then switch it on in the mailbox: Settings > Forwarding and POP/IMAP"},
		},
	},
	{
		Cause: SendAsDenied, Layer: providers.LayerSend, Owner: MailboxUser,
		Summary: "{{signer}} may not send as {{sender}}",
		Decides: `"Send mail as" in the mailbox's Gmail settings`,
		Fixes: []Fix{
			{Text: "use the mailbox's own address as the sender"},
			{Text: `or add the address in the mailbox: Settings > Accounts > "Send mail as", and confirm it`},
		},
	},
	{
		Cause: SendingQuotaExceeded, Layer: providers.LayerSend, Owner: WorkspaceAdmin,
		Summary: "{{mailbox}} has reached Gmail's daily sending limit",
		Decides: "the number of recipients in the last 24 hours: Workspace allows 2,000 messages a day",
		Fixes: []Fix{
			{Text: "wait until 24 hours have passed, send less, or use Workspace's SMTP relay"},
		},
	},
	{
		Cause: OutboundSendingBlocked, Layer: providers.LayerSend, Owner: Google,
		Summary: "Google blocks outgoing mail of this account or message",
		Decides: "the page named in the server's answer",
		Fixes: []Fix{
			{Text: "follow the page named in the server's answer; a Workspace administrator can ask Google's support with the code at its end"},
		},
	},
	{
		Cause: TooManyConnections, Layer: providers.LayerMailbox, Owner: ProductAdmin,
		Summary: "too many connections to {{mailbox}} are open at the same time",
		Decides: "how many programs and threads use the mailbox; Gmail allows fifteen over IMAP",
		Fixes: []Fix{
			{Text: "close connections after use, share them, and lower the product's parallel jobs"},
		},
	},
	{
		Cause: ServiceUnavailable, Layer: providers.LayerToken, Owner: Google,
		Summary: "Google's service is not available for the moment",
		Decides: "Google's status page",
		Fixes: []Fix{
			{Text: "try again in some minutes, and look at the status page", URL: googleStatusPage},
		},
	},
}

// googleFace finds a cause as it looks at Google; nil where it looks the same everywhere.
func googleFace(cause Cause) *Entry {
	for i := range googleFaces {
		if googleFaces[i].Cause == cause {
			return &googleFaces[i]
		}
	}
	return nil
}
