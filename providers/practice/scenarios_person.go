package practice

import (
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// personScenarios are the device code, whoever enters it, and what the tenant lets that account do.
func personScenarios() []Scenario {
	return []Scenario{
		{
			// The code is over before it can be read; a client is told one second, the least that
			// expires_in can say.
			Name: "device-code-expired", Cause: "device-code-expired", Layer: providers.LayerToken, Owner: diagnosis.You, Routes: signingIn("device"),
			Title: "nobody types the device code before it ends",
			Mends: "you ask for a new code and enter it in time",
			plant: func(s *state, _ time.Time) { s.codes.lifetime = time.Millisecond },
		},
		{
			Name: "device-code-declined", Cause: "device-code-declined", Layer: providers.LayerToken, Owner: diagnosis.MailboxUser, Routes: signingIn("device"),
			Title: "the person at the browser declines the sign-in",
			Mends: "the mailbox's user approves a new code",
			plant: func(s *state, _ time.Time) { s.person.declines = true },
		},
		{
			Name: "account-not-in-tenant", Cause: "account-not-in-tenant", Layer: providers.LayerToken, Owner: diagnosis.MailboxUser, Routes: signingIn("device"),
			Title: "the browser still remembers an account of another company and signs that one in",
			Mends: "the mailbox's user signs in, in a private window",
			plant: func(s *state, _ time.Time) { s.person.remembered = "consultant@fabrikam.example" },
		},
		{
			Name: "wrong-user-signed-in", Cause: "wrong-user-signed-in", Layer: providers.LayerMailbox, Owner: diagnosis.MailboxUser, Routes: signingIn("device"),
			Title: "the browser still remembers another person and signs that one in",
			Mends: "the mailbox's user signs in, in a private window",
			plant: func(s *state, _ time.Time) { s.person.remembered = s.bystander },
		},
		{
			Name: "user-not-found", Cause: "user-not-found", Layer: providers.LayerToken, Owner: diagnosis.You, Routes: signingIn("device"),
			Title: "the account behind the mailbox to send from has another sign-in name than the mailbox has addresses",
			Mends: "you enter the account's sign-in name as the one that signs in",
			plant: func(s *state, _ time.Time) { s.sender().address = "svc-" + s.sender().address },
		},
		{
			Name: "account-disabled", Cause: "account-disabled", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("device"),
			Title: "the account behind the mailbox to send from is blocked from signing in, as those of shared mailboxes are",
			Mends: "an Entra administrator unblocks the account, or another one signs in",
			plant: func(s *state, _ time.Time) { s.sender().enabled = false },
		},
		{
			Name: "account-locked", Cause: "account-locked", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("device"),
			Title: "the account behind the mailbox to send from was locked after too many wrong passwords",
			Mends: "an Entra administrator finds in the sign-in logs who tries, and unlocks the account",
			plant: func(s *state, _ time.Time) { s.sender().locked = true },
		},
		{
			Name: "password-expired", Cause: "password-expired", Layer: providers.LayerToken, Owner: diagnosis.MailboxUser, Routes: signingIn("device"),
			Title: "the password of the account behind the mailbox to send from has ended",
			Mends: "the mailbox's user sets a new password in a browser",
			plant: func(s *state, _ time.Time) { s.sender().passwordEnded = true },
		},
		{
			Name: "mfa-required", Cause: "mfa-required", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("device"),
			Title: "the tenant demands a second factor, and the account has none",
			Mends: "the mailbox's user sets a second factor up, or an Entra administrator excludes the account",
			plant: func(s *state, _ time.Time) { s.policy.secondFactor = true },
		},
		{
			Name: "conditional-access-blocked", Cause: "conditional-access-blocked", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("device"),
			Title: "a Conditional Access policy blocks the device code flow",
			Mends: "an Entra administrator excludes the account from the policy, or the connection uses another flow",
			plant: func(s *state, _ time.Time) { s.policy.blockDeviceCode = true },
		},
		{
			Name: "device-not-compliant", Cause: "device-not-compliant", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("device"),
			Title: "a Conditional Access policy lets only managed devices sign in",
			Mends: "an Entra administrator excludes the account, or the sign-in is made on a managed device",
			plant: func(s *state, _ time.Time) { s.policy.managedDevice = true },
		},
		{
			Name: "user-not-assigned", Cause: "user-not-assigned", Layer: providers.LayerToken, Owner: diagnosis.EntraAdmin, Routes: signingIn("device"),
			Title: "the enterprise application requires assignment and the mailbox's user is not assigned",
			Mends: "an Entra administrator assigns the user to the application, or switches \"Assignment required\" off",
			plant: func(s *state, _ time.Time) { s.enterprise.assignmentRequired = true },
		},
	}
}
