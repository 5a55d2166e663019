package diagnosis

import (
	"strings"
	"testing"
)

// The texts that the vendors' guides print, in sentences of our own around the products' fixed words.
func TestErrorsOfTheGuides(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       []Cause // the first ones, in their order
		certainty  Certainty
		says       string // in the first one's sentence
	}{
		{
			"Agiloft has no code to show, and the text does not tell the flow",
			"Inbound wizard, Server tab. Warning. Status: Communication established with GRAPH. open the page\n" +
				"device-auth-request.response.verification_url.name_NOT_DEFINED_OR_NOT_RETURNED and enter device-auth-request.response.user_code.name_NOT_DEFINED_OR_NOT_RETURNED",
			[]Cause{PublicClientFlowDisabled, AppNotInTenant, TenantNotFound}, Possible, "harmless with client credentials",
		},
		{
			"ClientSpace's mailbox record", "Unable to connect\nPlease check your connection settings. The access token is invalid. Use the cloud icon in the Action Center",
			[]Cause{RefreshTokenExpired, TokenRevokedPasswordChange}, Likely, "refresh token",
		},
		{
			"ClientSpace's exception log, by hand", "Exception Log > Error Stack: Graph API Connection Test error",
			[]Cause{RefreshTokenExpired, TokenRevokedPasswordChange}, Likely, "",
		},
		{
			"ClientSpace's exception log, by schedule", "Process Email Integration stopped with Graph API Integration error at 06:00",
			[]Cause{RefreshTokenExpired, TokenRevokedPasswordChange}, Likely, "",
		},
		{
			"FlexDeploy, authorised as somebody else", "Test Email Configuration in FlexDeploy > Receive says: Bad User is Authenticated But Not Connected",
			[]Cause{WrongUserSignedIn, MailboxPermissionMissing}, Likely, "",
		},
		{
			"the same words without a product", "Receive test: BAD User is authenticated but not connected.",
			[]Cause{MailboxPermissionMissing, WrongUserSignedIn, IMAPDisabledMailbox}, Likely, "",
		},
		{
			"a redirect path that the web server does not know", "HTTP Status 404 - Not Found, right after signing in to Microsoft: https://tracker.contoso.example/evj/OAuth2?code=...",
			[]Cause{CallbackNotReceived, RedirectURIMismatch}, Possible, "web server does not know",
		},
		{
			"two redirect paths run into one", "outlook sign-in ends at https://deploy.contoso.example/flexdeploy/facesrest/v2/oauth",
			[]Cause{CallbackNotReceived, RedirectURIMismatch}, Possible, "web server does not know",
		},
		{
			"a redirect address that differs by a letter", "Get Email Token: AADSTS50011: The redirect URI 'https://tracker.contoso.example/evj/oauth2' specified in the request does not match",
			[]Cause{RedirectURIMismatch}, Certain, "",
		},
		{
			"SMTP off for the organisation", "Configure Email Server: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
			[]Cause{SMTPAuthDisabledTenant, SMTPAuthDisabledMailbox}, Likely, "",
		},
		{
			"a token that nobody takes", "Configure Email Server with OAuth: 535 5.7.3 Authentication unsuccessful [prod.outlook.com]",
			[]Cause{ScopeMissing}, Likely, "",
		},
		{
			"EWS refused although the token is good", "Content Connector: https://outlook.office365.com/EWS/Exchange.asmx answers 403 Forbidden, EwsAllowedAppIDs does not hold the app",
			[]Cause{EWSAllowlistBlocked}, Likely, "1 October 2026",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := Explain(test.text).Diagnoses
			if len(got) < len(test.want) {
				t.Fatalf("got %s, want %v", ranking(got), test.want)
			}
			for i, want := range test.want {
				if got[i].Cause != want {
					t.Errorf("got %s, want %v", ranking(got), test.want)
				}
			}
			if got[0].Certainty != test.certainty {
				t.Errorf("got %s, want %s", got[0].Certainty, test.certainty)
			}
			if !strings.Contains(got[0].Summary, test.says) {
				t.Errorf("%q does not say %q", got[0].Summary, test.says)
			}
			expectUsable(t, got)
		})
	}
}

func TestAMissingPageElsewhereIsNoSignIn(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"404 Not Found: https://shop.contoso.example/cart",
		"404 for https://graph.microsoft.com/v1.0/users/crm@contoso.example/mailFolders?code=1",
	} {
		if got := Explain(text).Diagnoses; len(got) > 0 && got[0].Cause == CallbackNotReceived {
			t.Errorf("%q gives %s", text, ranking(got))
		}
	}
}
