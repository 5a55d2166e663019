package practice

import (
	"testing"

	"github.com/mailgrant/mailgrant/providers/diagnosis"
)

// without a scenario, and why: the tenant's services cannot show these, or the program never does
// what leads to them.
var withoutScenario = []struct {
	reason string
	causes []diagnosis.Cause
}{
	{"no product of the catalogue signs in as itself with a certificate", []diagnosis.Cause{
		diagnosis.ClientCertificateInvalid, diagnosis.ClientAssertionExpired,
	}},
	{"the request decides, and the program asks rightly whatever the tenant is like", []diagnosis.Cause{
		diagnosis.PublicClientWithSecret, diagnosis.TenantIDMissing, diagnosis.SingleTenantAppOnCommon, diagnosis.V1EndpointWithPersonalAccount,
		diagnosis.RequestParameterMissing, diagnosis.RequestMalformed, diagnosis.ScopeInvalid, diagnosis.ScopeMultipleResources, diagnosis.ScopeNeedsDefault,
		diagnosis.MeEndpointWithAppToken, diagnosis.EWSImpersonationHeaderMissing,
		diagnosis.AccessTokenMalformed, diagnosis.XOAUTH2StringMalformed, diagnosis.XOAUTH2NeedsTwoStep, diagnosis.SMTPClientNotAuthenticated,
	}},
	{"only another program's sign-in module can be missing", []diagnosis.Cause{diagnosis.SASLXOAUTH2PluginMissing}},
	{"no password is ever sent, and the pages ask for none", []diagnosis.Cause{
		diagnosis.BasicAuthBlocked, diagnosis.WrongCredentials, diagnosis.FederatedUserROPC, diagnosis.GoogleAppPasswordNeeded,
	}},
	{"the program waits for as long as the sign-in lasts, and passes over what answers another one", []diagnosis.Cause{
		diagnosis.CallbackNotReceived, diagnosis.OAuthStateMismatch,
	}},
	{"it is the normal answer while a person is at the browser", []diagnosis.Cause{diagnosis.DeviceCodePending}},
	{"only a refresh shows it, and a set-up has a fresh sign-in", []diagnosis.Cause{
		diagnosis.RefreshTokenExpired, diagnosis.TokenRevokedPasswordChange, diagnosis.TokenCacheUnreadable,
		diagnosis.GoogleTokenRevoked, diagnosis.GoogleTestingTokenExpired,
	}},
	{"the tenant's own address refuses a personal account as one of another directory", []diagnosis.Cause{diagnosis.PersonalAccountsNotAllowed}},
	{"Entra lets a person consent to permissions that the registration does not list, and gives an app a token without them", []diagnosis.Cause{
		diagnosis.ResourceNotInAppPermissions,
	}},
	{"over every protocol it looks like a mailbox that does not exist", []diagnosis.Cause{diagnosis.MailboxOnPremises}},
	{"the tenant has no Exchange Online PowerShell", []diagnosis.Cause{diagnosis.EXOAppRoleMissing, diagnosis.EXOCmdletNotAvailable}},
	{"Gmail is read over IMAP and not by its API, without a service account", []diagnosis.Cause{
		diagnosis.GoogleAPIDisabled, diagnosis.GoogleScopeInsufficient, diagnosis.GoogleDWDMissing,
	}},
	{"the servers are on this computer: no name is looked up and no proxy is asked", []diagnosis.Cause{
		diagnosis.DNSFailure, diagnosis.ProxyAuthRequired, diagnosis.ProxyMisconfigured,
	}},
	{"it lies in this computer's own list of authorities, clock, store or settings", []diagnosis.Cause{
		diagnosis.CABundleOutdated, diagnosis.ClockSkew, diagnosis.ConfigEntryMissing,
		diagnosis.KeyringServiceMissing, diagnosis.KeyringLocked, diagnosis.KeyringEntryTooLarge, diagnosis.KeyringFull,
	}},
}

func TestEveryCauseHasAScenarioOrAReasonToHaveNone(t *testing.T) {
	t.Parallel()
	shown, excused := map[diagnosis.Cause]bool{}, map[diagnosis.Cause]bool{}
	for _, scenario := range Scenarios() {
		shown[scenario.Cause] = true
	}
	for _, group := range withoutScenario {
		if group.reason == "" {
			t.Errorf("%v are left out without a reason", group.causes)
		}
		for _, cause := range group.causes {
			if excused[cause] {
				t.Errorf("%s is left out twice", cause)
			}
			excused[cause] = true
			if _, exists := diagnosis.Lookup(cause); !exists {
				t.Errorf("%s is left out, but there is no such cause", cause)
			}
		}
	}
	for _, entry := range diagnosis.Causes() {
		cause := entry.Cause
		switch {
		case !shown[cause] && !excused[cause]:
			t.Errorf("%s has neither a scenario nor a reason to have none", cause)
		case shown[cause] && excused[cause]:
			t.Errorf("%s has a scenario although the list says: it cannot be shown", cause)
		}
	}
}
