package diagnosis

import (
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

const googleClient = "123456-abc.apps.googleusercontent.com"

// gmailUser is the evidence of a healthy connection to Gmail; changes make it less so.
func gmailUser(changes ...func(*Evidence)) Evidence {
	return changed(Evidence{
		ClientID: googleClient, Mailbox: contracts, SignIn: contracts, Sender: contracts, Host: "imap.gmail.com:993",
		Claims: providers.Claims{
			Audience: googleClient, Scopes: []string{"openid", "https://mail.google.com/"}, User: contracts, Readable: true,
		},
	}, changes)
}

func nothingGranted(e *Evidence) { e.Claims = providers.Claims{} }

func challenged(protocol, command, status, bracket, text string) *providers.Reply {
	return &providers.Reply{
		Protocol: protocol, Command: command, Status: status, Bracket: bracket, Text: text,
		Challenge: &providers.Challenge{Status: "400", Schemes: "Bearer", Scope: mailScope},
	}
}

func TestRefusalsOfGmail(t *testing.T) {
	t.Parallel()
	refused := challenged("imap", "AUTHENTICATE", "NO", "AUTHENTICATIONFAILED", "Invalid credentials (Failure)")
	overSMTP := challenged("smtp", "AUTH", "535", "", "Username and Password not accepted. gsmtp")
	overSMTP.Code, overSMTP.Enhanced = 535, "5.7.8"
	overPOP := challenged("pop3", "AUTH", "-ERR", "AUTH", "Username and password not accepted.")
	const unclear = "likely google-scope-wrong, possible wrong-user-signed-in, possible access-token-expired"
	smtp := func(code int, enhanced, command, text string) *providers.Reply {
		return &providers.Reply{Protocol: "smtp", Command: command, Status: "5xx", Code: code, Enhanced: enhanced, Text: text}
	}
	for name, test := range map[string]struct {
		reply    *providers.Reply
		evidence Evidence
		want     string
	}{
		"token ended":                  {refused, gmailUser(tokenEnded), "certain access-token-expired"},
		"narrower scope over IMAP":     {refused, gmailUser(scopes("openid", "https://www.googleapis.com/auth/gmail.readonly")), "certain google-scope-wrong"},
		"narrower scope over SMTP":     {overSMTP, gmailUser(scopes("https://www.googleapis.com/auth/gmail.send")), "certain google-scope-wrong"},
		"narrower scope over POP3":     {overPOP, gmailUser(scopes("email")), "certain google-scope-wrong"},
		"another account's token":      {refused, gmailUser(signedInAs("boss@contoso.example")), "certain wrong-user-signed-in"},
		"a shared mailbox has none":    {overSMTP, gmailUser(signedInAs("boss@contoso.example"), mustSignIn("boss@contoso.example")), "certain wrong-user-signed-in"},
		"the sign-in tells nothing":    {refused, gmailUser(nothingGranted), unclear},
		"no challenge came":            {imap("AUTHENTICATE", "NO", "AUTHENTICATIONFAILED", "Invalid credentials (Failure)"), gmailUser(nothingGranted), unclear},
		"everything looks right":       {overSMTP, gmailUser(), "likely google-mail-service-disabled, possible google-token-revoked"},
		"a server in a practice run":   {refused, gmailUser(host("127.0.0.1:21993"), scopes("email")), "certain google-scope-wrong"},
		"no mailbox behind the user":   {imap("AUTHENTICATE", "NO", "", "Lookup failed abc"), gmailUser(), "certain google-mail-service-disabled"},
		"IMAP off for the domain":      {imap("AUTHENTICATE", "NO", "ALERT", "IMAP access is disabled for your domain. Please contact your domain administrator."), gmailUser(), "certain imap-disabled-mailbox"},
		"IMAP off for the account":     {imap("AUTHENTICATE", "NO", "ALERT", "Your account is not enabled for IMAP use. Please visit your Gmail settings page."), gmailUser(), "certain imap-disabled-mailbox"},
		"POP off for the account":      {&providers.Reply{Protocol: "pop3", Command: "AUTH", Status: "-ERR", Bracket: "SYS/PERM", Text: "Your account is not enabled for POP access."}, gmailUser(), "certain pop-disabled-mailbox"},
		"password with two steps":      {smtp(534, "5.7.9", "AUTH", "Application-specific password required."), gmailUser(), "certain google-app-password-needed"},
		"a browser is wanted":          {imap("LOGIN", "NO", "WEBALERT", "Web login required."), gmailUser(), "certain google-app-password-needed"},
		"fifteen connections":          {imap("AUTHENTICATE", "NO", "ALERT", "Too many simultaneous connections. (Failure)"), gmailUser(), "likely too-many-connections, possible throttled"},
		"too much was read":            {imap("SELECT", "NO", "OVERQUOTA", "Account exceeded command or bandwidth limits. (Failure)"), gmailUser(), "certain throttled"},
		"day's limit":                  {smtp(550, "5.4.5", "DATA", "Daily user sending limit exceeded."), gmailUser(), "certain sending-quota-exceeded"},
		"sign-ins too often":           {smtp(454, "4.7.0", "AUTH", "Too many login attempts, please try again later."), gmailUser(), "certain throttled"},
		"mail that looks like rubbish": {smtp(550, "5.7.1", "DATA", "Our system has detected that this message is likely unsolicited mail."), gmailUser(), "certain outbound-sending-blocked"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Diagnose(Symptom{Layer: providers.LayerSASL, Protocol: test.reply.Protocol, Err: test.reply}, test.evidence)
			expectRanking(t, got, test.want)
			expectNothingOfMicrosoft(t, got)
		})
	}
}

// What Google refuses must not send anybody to Microsoft's pages or PowerShell.
func expectNothingOfMicrosoft(t *testing.T, diagnoses []Diagnosis) {
	t.Helper()
	for _, d := range diagnoses {
		for _, fix := range d.Fixes {
			if strings.Contains(fix.Command, "Mailbox") || strings.Contains(fix.URL, "microsoft") {
				t.Errorf("%s: %+v", d.Cause, fix)
			}
		}
		if d.Owner == EntraAdmin || d.Owner == ExchangeAdmin || d.Owner == Microsoft {
			t.Errorf("%s is mended by %s", d.Cause, d.Owner)
		}
		for _, word := range []string{"Entra", "Exchange", "Microsoft", "PowerShell"} {
			if strings.Contains(d.Summary+d.Decides, word) {
				t.Errorf("%s speaks of %s: %q, %q", d.Cause, word, d.Summary, d.Decides)
			}
		}
	}
}

func TestRefusalsOfGooglesSignIn(t *testing.T) {
	t.Parallel()
	google := func(code, description string) *providers.AuthorityError {
		return &providers.AuthorityError{Status: 400, Code: code, Description: description}
	}
	redirected := func(code string) *providers.AuthorityError { return &providers.AuthorityError{Code: code} }
	serviceAccount := func(e *Evidence) { e.AppOnly = true }
	for name, test := range map[string]struct {
		refusal  *providers.AuthorityError
		evidence Evidence
		want     string
	}{
		"stored sign-in dead":            {google("invalid_grant", "Token has been expired or revoked."), gmailUser(), "likely google-token-revoked, possible google-testing-token-expired"},
		"session control":                {google("invalid_grant", "reauth related error (invalid_rapt)"), gmailUser(), "certain google-token-revoked"},
		"code used twice":                {google("invalid_grant", "Bad Request"), gmailUser(), "likely auth-code-already-used, possible google-token-revoked"},
		"code not decoded":               {google("invalid_grant", "Malformed auth code."), gmailUser(), "certain request-malformed"},
		"clock wrong":                    {google("invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe."), gmailUser(serviceAccount), "certain clock-skew"},
		"key deleted":                    {google("invalid_grant", "Invalid JWT Signature."), gmailUser(serviceAccount), "certain client-certificate-invalid"},
		"no such user":                   {google("invalid_grant", "Invalid email or User ID"), gmailUser(serviceAccount), "likely google-mail-service-disabled, possible google-dwd-missing"},
		"no delegation":                  {google("unauthorized_client", "Client is unauthorized to retrieve access tokens using this method."), gmailUser(serviceAccount), "certain google-dwd-missing"},
		"client of another kind":         {google("unauthorized_client", "Unauthorized"), gmailUser(), "likely app-not-in-tenant, possible google-redirect-uri-mismatch"},
		"secret wrong":                   {google("invalid_client", "The provided client secret is invalid."), gmailUser(), "likely secret-wrong-or-truncated, possible app-not-in-tenant"},
		"client deleted":                 {google("deleted_client", "The OAuth client was deleted."), gmailUser(), "likely app-not-in-tenant, possible secret-wrong-or-truncated"},
		"client unknown":                 {google("invalid_client", "The OAuth client was not found."), gmailUser(), "likely app-not-in-tenant, possible secret-wrong-or-truncated"},
		"scope misspelt":                 {google("invalid_scope", "Some requested scopes were invalid."), gmailUser(), "certain scope-invalid"},
		"redirect differs at the token":  {google("redirect_uri_mismatch", "Bad Request"), gmailUser(), "certain google-redirect-uri-mismatch"},
		"out of band is gone":            {google("invalid_request", "The out-of-band (OOB) flow has been blocked"), gmailUser(), "certain google-redirect-uri-mismatch"},
		"cancelled on the page":          {redirected("access_denied"), gmailUser(), "likely device-code-declined, possible admin-consent-required"},
		"another organisation's project": {redirected("org_internal"), gmailUser(), "certain google-not-test-user"},
		"administrator blocks the app":   {redirected("admin_policy_enforced"), gmailUser(), "certain admin-consent-required"},
		"Google is down":                 {&providers.AuthorityError{Status: 503}, gmailUser(), "certain service-unavailable"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Diagnose(Symptom{Layer: providers.LayerToken, Protocol: "auth-code", Err: test.refusal}, test.evidence)
			expectRanking(t, got, test.want)
			expectNothingOfMicrosoft(t, got)
		})
	}
}

func TestGoogleFacesAreOfTheCatalogue(t *testing.T) {
	t.Parallel()
	for _, face := range googleFaces {
		entry, found := Lookup(face.Cause)
		if !found || face.Layer != entry.Layer {
			t.Errorf("%s: layer %s, want %s", face.Cause, face.Layer, entry.Layer)
		}
		for _, text := range []string{face.Summary, face.Decides} {
			sentenceIsWellMade(t, face.Cause, text)
			placeholdersAreKnown(t, face.Cause, text)
		}
		for _, fix := range face.Fixes {
			sentenceIsWellMade(t, face.Cause, fix.Text)
			placeholdersAreKnown(t, face.Cause, fix.Text)
		}
	}
}
