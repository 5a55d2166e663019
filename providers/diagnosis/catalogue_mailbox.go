package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// mailboxCauses tells what is wrong with the mailbox, its protocols or its rights.
var mailboxCauses = []Entry{
	{
		Cause: MailboxPermissionMissing, Layer: providers.LayerMailbox, Owner: ExchangeAdmin,
		Summary: "{{principal}} has no right on {{mailbox}}",
		Decides: "Get-MailboxPermission on the mailbox: FullAccess is listed or not",
		Fixes: []Fix{
			{Text: "in Exchange Online PowerShell, give full access, then wait up to an hour", Command: "Add-MailboxPermission -Identity {{mailbox}} -User {{principal}} -AccessRights FullAccess"},
			{Text: "look at who has rights now", Command: "Get-MailboxPermission -Identity {{mailbox}}"},
		},
	},
	{
		Cause: MailboxNotFoundOrUnlicensed, Layer: providers.LayerMailbox, Owner: ExchangeAdmin,
		Summary: "{{mailbox}} does not exist, is not active, or has no Exchange Online licence",
		Decides: "Get-EXOMailbox finds the address or it does not; then the user's licences",
		Fixes: []Fix{
			{Text: "look the address up, and use the mailbox's primary address", Command: "Get-EXOMailbox -Identity {{mailbox}} | fl PrimarySmtpAddress,RecipientTypeDetails"},
			{Text: "give the user an Exchange Online licence", URL: usersAdminPage},
		},
	},
	{
		Cause: MailboxOnPremises, Layer: providers.LayerMailbox, Owner: ExchangeAdmin,
		Summary: "{{mailbox}} is on a server of the organisation's own, not in Exchange Online",
		Decides: "Get-Recipient shows a MailUser, not a mailbox",
		Fixes: []Fix{
			{Text: "move the mailbox to Exchange Online, or connect to the organisation's own server", Command: "Get-Recipient -Identity {{mailbox}} | fl RecipientTypeDetails"},
		},
	},
	{
		Cause: IMAPDisabledMailbox, Layer: providers.LayerMailbox, Owner: ExchangeAdmin,
		Summary: "IMAP is switched off for {{mailbox}}",
		Decides: "ImapEnabled in Get-CASMailbox",
		Fixes: []Fix{
			{Text: "switch IMAP on: Mailboxes > the mailbox > Manage email apps settings, or in PowerShell, then wait up to an hour", Command: "Set-CASMailbox -Identity {{mailbox}} -ImapEnabled $true", URL: mailboxesPage},
			{Text: "look at the switch", Command: "Get-CASMailbox -Identity {{mailbox}} | fl ImapEnabled"},
		},
	},
	{
		Cause: POPDisabledMailbox, Layer: providers.LayerMailbox, Owner: ExchangeAdmin,
		Summary: "POP is switched off for {{mailbox}}",
		Decides: "PopEnabled in Get-CASMailbox",
		Fixes: []Fix{
			{Text: "switch POP on: Mailboxes > the mailbox > Manage email apps settings, or in PowerShell, then wait up to an hour", Command: "Set-CASMailbox -Identity {{mailbox}} -PopEnabled $true", URL: mailboxesPage},
			{Text: "look at the switch", Command: "Get-CASMailbox -Identity {{mailbox}} | fl PopEnabled"},
		},
	},
	{
		Cause: IMAPFolderMissing, Layer: providers.LayerMailbox, Owner: You,
		Summary: "{{folder}} does not exist in {{mailbox}}",
		Decides: "the server's list of folders: spelling, separator and language count",
		Fixes: []Fix{
			{Text: "enter a folder that exists; INBOX always does"},
		},
	},
	{
		Cause: BasicAuthBlocked, Layer: providers.LayerSASL, Owner: ProductAdmin,
		Summary: "a password sign-in was tried where only OAuth is accepted",
		Decides: "which mechanism the product uses: LOGIN and PLAIN are passwords, XOAUTH2 is not",
		Fixes: []Fix{
			{Text: "set the product to OAuth 2.0 (XOAUTH2) for this protocol"},
		},
	},
	{
		Cause: SMTPAuthDisabledTenant, Layer: providers.LayerSASL, Owner: ExchangeAdmin,
		Summary: "authenticated SMTP is switched off for the whole organisation, and {{mailbox}} makes no exception",
		Decides: "SmtpClientAuthenticationDisabled in Get-TransportConfig and in Get-CASMailbox; the mailbox's value wins",
		Fixes: []Fix{
			{Text: "allow it for this mailbox alone, which is what Microsoft advises, then wait up to an hour", Command: "Set-CASMailbox -Identity {{mailbox}} -SmtpClientAuthenticationDisabled $false", URL: mailboxesPage},
			{Text: "or allow it for the whole organisation", Command: "Set-TransportConfig -SmtpClientAuthenticationDisabled $false"},
		},
	},
	{
		Cause: SMTPAuthDisabledMailbox, Layer: providers.LayerSASL, Owner: ExchangeAdmin,
		Summary: "authenticated SMTP is switched off for {{mailbox}}",
		Decides: "SmtpClientAuthenticationDisabled in Get-CASMailbox",
		Fixes: []Fix{
			{Text: "switch Authenticated SMTP on: Mailboxes > the mailbox > Manage email apps settings, or in PowerShell, then wait up to an hour", Command: "Set-CASMailbox -Identity {{mailbox}} -SmtpClientAuthenticationDisabled $false", URL: mailboxesPage},
		},
	},
	{
		Cause: SMTPClientNotAuthenticated, Layer: providers.LayerSASL, Owner: ProductAdmin,
		Summary: "the product tried to send without signing in",
		Decides: "whether the product's log shows an AUTH command after STARTTLS",
		Fixes: []Fix{
			{Text: "switch authentication and STARTTLS on in the product's outgoing mail settings"},
		},
	},
	{
		Cause: SMTPSendAsAppMissing, Layer: providers.LayerSASL, Owner: ExchangeAdmin,
		Summary: "the app-only sign-in has no right to send over SMTP: {{app}} has neither SMTP.SendAsApp nor the Exchange role for it",
		Decides: "SMTP.SendAsApp in the token's roles, or an assignment in Get-ManagementRoleAssignment",
		Fixes: []Fix{
			{Text: "add the application permission SMTP.SendAsApp of Office 365 Exchange Online and grant admin consent", URL: permissionsPage},
			{Text: "check that the app is registered in Exchange", Command: "Get-ServicePrincipal -Identity {{principal}} | fl"},
			{Text: "give it access to the mailbox it sends from", Command: "Add-MailboxPermission -Identity {{mailbox}} -User {{principal}} -AccessRights FullAccess"},
		},
	},
	{
		Cause: SMTPAuthMechanismUnsupported, Layer: providers.LayerSASL, Owner: ProductAdmin,
		Summary: "{{host}} does not offer the sign-in method that was tried",
		Decides: "the AUTH line in the server's answer to EHLO, after STARTTLS",
		Fixes: []Fix{
			{Text: "use a method that the server offers after STARTTLS; for Exchange Online that is smtp.office365.com, port 587, XOAUTH2"},
		},
	},
	{
		Cause: SendAsDenied, Layer: providers.LayerSend, Owner: ExchangeAdmin,
		Summary: "{{signer}} may not send as {{sender}}",
		Decides: "Get-RecipientPermission on the sender's address",
		Fixes: []Fix{
			{Text: "use the mailbox's own address as the sender"},
			{Text: "or give the right to send as that address", Command: "Add-RecipientPermission -Identity {{sender}} -Trustee {{signer}} -AccessRights SendAs -Confirm:$false"},
		},
	},
	{
		Cause: OutboundSendingBlocked, Layer: providers.LayerSend, Owner: Microsoft,
		Summary: "Microsoft blocks outgoing mail of this mailbox, address or tenant",
		Decides: "the list of restricted entities in the Defender portal",
		Fixes: []Fix{
			{Text: "release the sender under Restricted entities; if it is not listed, open a support request with the code in the message", URL: restrictedPage},
		},
	},
	{
		Cause: SendingQuotaExceeded, Layer: providers.LayerSend, Owner: ExchangeAdmin,
		Summary: "{{mailbox}} has reached its daily sending limit",
		Decides: "message trace: Exchange Online allows 10,000 recipients a day",
		Fixes: []Fix{
			{Text: "wait until 24 hours have passed, send less, or use a relay or High Volume Email"},
		},
	},
	{
		Cause: TooManyConnections, Layer: providers.LayerMailbox, Owner: ProductAdmin,
		Summary: "too many connections to {{mailbox}} are open at the same time",
		Decides: "how many programs and threads use the mailbox; Exchange Online allows three sending ones",
		Fixes: []Fix{
			{Text: "close connections after use, share them, and lower the product's parallel jobs"},
		},
	},
	{
		Cause: Throttled, Layer: providers.LayerMailbox, Owner: ProductAdmin,
		Summary: "the service slows this client down",
		Decides: "the waiting time in the answer",
		Fixes: []Fix{
			{Text: "wait as long as the answer says, then try again with fewer parallel requests"},
		},
	},
}
