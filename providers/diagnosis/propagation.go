package diagnosis

// Propagates reports whether a cause may go away by waiting alone: what an administrator has set
// in Entra or Exchange takes from seconds to about an hour to be known on every server.
func Propagates(cause Cause) bool {
	switch cause {
	case SecretNotYetActive, AppNotInTenant, PublicClientFlowDisabled, ConsentMissing, ScopeMissing,
		ServicePrincipalMissing, MailboxPermissionMissing, ApplicationAccessPolicy,
		IMAPDisabledMailbox, POPDisabledMailbox,
		SMTPAuthDisabledTenant, SMTPAuthDisabledMailbox, SMTPSendAsAppMissing, SendAsDenied,
		GraphPermissionMissing, EWSPermissionMissing, EWSImpersonationDenied, EWSAllowlistBlocked,
		GoogleAPIDisabled, GoogleDWDMissing:
		return true
	}
	return false
}
