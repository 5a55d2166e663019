package diagnosis

import (
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

func imap(command, status, bracket, text string) *providers.Reply {
	return &providers.Reply{Protocol: "imap", Command: command, Status: status, Bracket: bracket, Text: text}
}

func TestIMAPSignInRefused(t *testing.T) {
	t.Parallel()
	exchange := imap("AUTHENTICATE", "NO", "", "AUTHENTICATE failed.")
	dovecot := imap("AUTHENTICATE", "NO", "AUTHENTICATIONFAILED", "Authentication failed.")
	gmail := imap("AUTHENTICATE", "NO", "AUTHENTICATIONFAILED", "Invalid credentials (Failure)")
	gmail.Challenge = &providers.Challenge{Status: "400", Schemes: "Bearer", Scope: "https://mail.google.com/"}
	for name, test := range map[string]struct {
		reply    *providers.Reply
		evidence Evidence
		want     string
	}{
		"token ended":                   {exchange, appOnly(tokenEnded), "certain access-token-expired"},
		"token ended, nothing readable": {dovecot, delegated(unreadable, tokenEnded), "certain access-token-expired"},
		"token for Graph":               {exchange, appOnly(audience("https://graph.microsoft.com"), roles("Mail.Read")), "certain token-audience-wrong"},
		"token for Graph, ended":        {exchange, appOnly(audience("https://graph.microsoft.com"), tokenEnded), "certain access-token-expired"},
		"token for Graph by its ID":     {exchange, delegated(audience("00000003-0000-0000-c000-000000000000")), "certain token-audience-wrong"},
		"token for ps.outlook.com":      {exchange, appOnly(audience("https://ps.outlook.com")), "likely token-audience-wrong, possible service-principal-missing"},
		"audience with a slash":         {exchange, appOnly(audience("https://outlook.office.com/")), "likely service-principal-missing, possible service-principal-object-id-wrong"},
		"audience by Exchange's ID":     {exchange, appOnly(audience("00000002-0000-0FF1-CE00-000000000000")), "likely service-principal-missing, possible service-principal-object-id-wrong"},
		"audience of another cloud":     {exchange, appOnly(audience("https://outlook.office365.us")), "likely service-principal-missing, possible service-principal-object-id-wrong"},

		"app-only, no roles at all":            {exchange, appOnly(roles()), "certain consent-missing"},
		"app-only, other roles":                {exchange, appOnly(roles("SMTP.SendAsApp")), "certain scope-missing"},
		"app-only, full_access_as_app instead": {exchange, appOnly(roles("full_access_as_app")), "certain scope-missing"},
		"delegated, other scopes":              {exchange, delegated(scopes("SMTP.Send")), "certain scope-missing"},
		"delegated, no scopes":                 {exchange, delegated(scopes()), "certain scope-missing"},
		"needs something else":                 {exchange, appOnly(func(e *Evidence) { e.Needs = "POP.AccessAsApp.Odd" }), "certain scope-missing"},

		"somebody else signed in":                 {exchange, delegated(signedInAs("carol@contoso.example")), "certain wrong-user-signed-in"},
		"somebody else, nobody named":             {exchange, delegated(signedInAs("carol@contoso.example"), mustSignIn("")), "likely wrong-user-signed-in, possible mailbox-permission-missing"},
		"delegate of a shared mailbox":            {exchange, delegated(signedInAs("svc@contoso.example"), mustSignIn("svc@contoso.example")), "likely mailbox-not-found-or-unlicensed, possible imap-disabled-mailbox, possible mailbox-permission-missing"},
		"delegated, all right, SMTP works":        {exchange, delegated(otherWay(Accepted)), "likely imap-disabled-mailbox, possible mailbox-not-found-or-unlicensed"},
		"app-only, all right":                     {exchange, appOnly(), "likely service-principal-missing, possible service-principal-object-id-wrong"},
		"app-only, object ID not known":           {exchange, appOnly(noObjectID), "likely service-principal-missing, possible service-principal-object-id-wrong"},
		"app-only, object ID of the registration": {exchange, appOnly(registrationsID), "likely service-principal-object-id-wrong, possible service-principal-missing"},
		"app-only, another mailbox signs in":      {exchange, appOnly(anySASL(Accepted)), "likely mailbox-permission-missing, possible mailbox-not-found-or-unlicensed, possible imap-disabled-mailbox"},

		"Dovecot, unreadable token":   {dovecot, delegated(unreadable), "possible scope-missing, possible token-audience-wrong, possible wrong-user-signed-in, possible access-token-malformed"},
		"Dovecot, app-only":           {dovecot, appOnly(unreadable), "possible service-principal-missing, possible service-principal-object-id-wrong, possible scope-missing, possible token-audience-wrong"},
		"Dovecot, issuer of its own":  {dovecot, delegated(foreignIssuer), "possible scope-missing, possible token-audience-wrong, possible wrong-user-signed-in, possible access-token-malformed"},
		"Gmail":                       {gmail, delegated(unreadable, host("imap.gmail.com:993")), "likely google-scope-wrong, possible wrong-user-signed-in, possible access-token-expired"},
		"Gmail, no challenge seen":    {dovecot, delegated(unreadable, host("imap.gmail.com:993")), "likely google-scope-wrong, possible wrong-user-signed-in, possible access-token-expired"},
		"string malformed":            {imap("AUTHENTICATE", "BAD", "", "Invalid SASL argument"), delegated(unreadable), "certain xoauth2-string-malformed"},
		"command out of place":        {imap("AUTHENTICATE", "BAD", "", "Command received in Invalid state."), delegated(), "likely xoauth2-string-malformed, possible access-token-malformed"},
		"mechanism not offered":       {imap("AUTHENTICATE", "NO", "ALERT", "Unsupported authentication mechanism."), delegated(), "certain smtp-auth-mechanism-unsupported"},
		"no TLS yet":                  {imap("AUTHENTICATE", "NO", "PRIVACYREQUIRED", "Authentication not allowed until SSL/TLS is enabled."), delegated(), "likely smtp-tls-mode-mismatch, possible starttls-not-offered"},
		"password at Exchange":        {imap("LOGIN", "NO", "", "LOGIN failed."), delegated(), "likely basic-auth-blocked, possible wrong-credentials"},
		"password elsewhere":          {imap("LOGIN", "NO", "AUTHENTICATIONFAILED", "Wrong."), delegated(), "likely basic-auth-blocked, possible wrong-credentials"},
		"password at Gmail":           {imap("LOGIN", "NO", "ALERT", "Application-specific password required"), delegated(), "certain google-app-password-needed"},
		"no mailbox at Gmail":         {imap("AUTHENTICATE", "NO", "", "Lookup failed"), delegated(unreadable), "certain mailbox-not-found-or-unlicensed"},
		"basic blocked by name":       {imap("AUTHENTICATE", "NO", "", "AuthFailed:LogonDenied-BasicAuthBlocked"), delegated(), "certain basic-auth-blocked"},
		"IMAP off for the domain":     {imap("AUTHENTICATE", "NO", "ALERT", "IMAP access is disabled for your domain."), delegated(unreadable), "certain imap-disabled-mailbox"},
		"connections all in use":      {imap("AUTHENTICATE", "NO", "LIMIT", "Maximum number of connections from user+IP exceeded"), delegated(), "likely too-many-connections, possible throttled"},
		"a command that nobody knows": {imap("FETCH", "NO", "", "no"), delegated(), "possible "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			symptom := Symptom{Layer: providers.LayerSASL, Protocol: "imap", Err: test.reply}
			expectRanking(t, Diagnose(symptom, test.evidence), test.want)
		})
	}
}

// foreignIssuer gives claims as an issuer other than Entra writes them.
func foreignIssuer(e *Evidence) {
	e.Claims = providers.Claims{Audience: "mail.example", User: "alice@example.test", Readable: true}
}

func TestIMAPMailboxRefused(t *testing.T) {
	t.Parallel()
	notConnected := imap("EXAMINE", "BAD", "", "User is authenticated but not connected.")
	shared := mustSignIn("svc@contoso.example")
	for name, test := range map[string]struct {
		reply    *providers.Reply
		evidence Evidence
		want     string
	}{
		"app-only":                          {notConnected, appOnly(), "likely mailbox-permission-missing, possible mailbox-not-found-or-unlicensed, possible imap-disabled-mailbox"},
		"app-only, SMTP refused":            {notConnected, appOnly(otherWay(Refused)), "likely mailbox-permission-missing, possible mailbox-not-found-or-unlicensed, possible imap-disabled-mailbox"},
		"app-only, SMTP accepted":           {notConnected, appOnly(otherWay(Accepted)), "likely imap-disabled-mailbox, possible mailbox-permission-missing"},
		"delegated, somebody else":          {notConnected, delegated(signedInAs("carol@contoso.example")), "likely wrong-user-signed-in, possible mailbox-permission-missing"},
		"delegated, delegate without right": {notConnected, delegated(shared, signedInAs("svc@contoso.example")), "likely mailbox-permission-missing, possible mailbox-not-found-or-unlicensed, possible imap-disabled-mailbox"},
		"delegated, not even the delegate":  {notConnected, delegated(shared, signedInAs("carol@contoso.example")), "likely wrong-user-signed-in, possible mailbox-permission-missing"},
		"delegated, SMTP accepted":          {notConnected, delegated(otherWay(Accepted)), "likely imap-disabled-mailbox"},
		"delegated, SMTP refused":           {notConnected, delegated(otherWay(Refused)), "likely mailbox-not-found-or-unlicensed, possible imap-disabled-mailbox"},
		"delegated, SMTP not tried":         {notConnected, delegated(), "likely imap-disabled-mailbox, possible mailbox-not-found-or-unlicensed"},
		"delegated, token unreadable":       {notConnected, delegated(unreadable), "likely imap-disabled-mailbox, possible mailbox-not-found-or-unlicensed"},

		"throttled":                {imap("EXAMINE", "BAD", "", "Request is throttled. Suggested Backoff Time: 29000 milliseconds"), appOnly(), "certain throttled"},
		"throttled by code":        {imap("EXAMINE", "NO", "THROTTLED", ""), appOnly(), "certain throttled"},
		"too many connections":     {imap("EXAMINE", "NO", "ALERT", "Too many simultaneous connections. (Failure)"), appOnly(), "likely too-many-connections, possible throttled"},
		"folder missing by code":   {imap("EXAMINE", "NO", "NONEXISTENT", "No such mailbox"), appOnly(folder("Contracts")), "certain imap-folder-missing"},
		"folder missing in words":  {imap("EXAMINE", "NO", "", "Contracts doesn't exist."), appOnly(folder("Contracts")), "certain imap-folder-missing"},
		"folder refused, no words": {imap("SELECT", "NO", "", "SELECT failed"), appOnly(folder("Contracts")), "likely imap-folder-missing, possible mailbox-permission-missing"},
		"INBOX refused, no words":  {imap("EXAMINE", "NO", "", "EXAMINE failed"), appOnly(folder("inbox")), "possible "},
		"folder of others":         {imap("EXAMINE", "NO", "NOPERM", "Permission denied"), appOnly(), "likely mailbox-permission-missing"},
		"mailbox broken":           {imap("EXAMINE", "NO", "SERVERBUG", "Internal error occurred. Refer to server log"), delegated(unreadable), "likely mailbox-not-found-or-unlicensed, possible service-unavailable"},
		"Exchange is down":         {imap("EXAMINE", "NO", "", "Server Unavailable. 15"), delegated(), "likely service-unavailable, possible throttled"},
		"mailbox unavailable":      {imap("EXAMINE", "NO", "UNAVAILABLE", "Try later"), delegated(), "likely service-unavailable, possible mailbox-not-found-or-unlicensed"},
		"session outlived token":   {imap("EXAMINE", "BYE", "", "Session invalidated - AccessTokenExpired"), delegated(), "certain access-token-expired"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			symptom := Symptom{Layer: providers.LayerMailbox, Protocol: "imap", Err: test.reply}
			expectRanking(t, Diagnose(symptom, test.evidence), test.want)
		})
	}
}

func TestPOP3Refused(t *testing.T) {
	t.Parallel()
	refused := &providers.Reply{Protocol: "pop3", Command: "AUTH", Status: "-ERR", Text: "Authentication failure: unknown user name or bad password."}
	for name, test := range map[string]struct {
		reply    *providers.Reply
		evidence Evidence
		want     string
	}{
		"app-only":                 {refused, appOnly(), "likely service-principal-missing, possible mailbox-permission-missing, possible pop-disabled-mailbox"},
		"app-only, IMAP signs in":  {refused, appOnly(anySASL(Accepted)), "likely mailbox-permission-missing, possible pop-disabled-mailbox, possible mailbox-not-found-or-unlicensed"},
		"app-only, no permission":  {refused, appOnly(roles("IMAP.AccessAsApp")), "certain scope-missing"},
		"delegated":                {refused, delegated(), "likely pop-disabled-mailbox, possible mailbox-not-found-or-unlicensed"},
		"delegated, no permission": {refused, delegated(scopes("SMTP.Send")), "certain scope-missing"},
		"unreadable":               {refused, delegated(unreadable), "possible scope-missing, possible token-audience-wrong, possible wrong-user-signed-in, possible access-token-malformed"},
		"password":                 {&providers.Reply{Protocol: "pop3", Command: "PASS", Text: "Logon failure: unknown user name or bad password."}, delegated(), "likely basic-auth-blocked, possible wrong-credentials"},
		"one line instead of two":  {&providers.Reply{Protocol: "pop3", Command: "AUTH", Text: "Protocol error. Connection is closed. 10"}, delegated(), "likely xoauth2-needs-two-step, possible xoauth2-string-malformed"},
		"later, unknown":           {&providers.Reply{Protocol: "pop3", Command: "STAT", Text: "no"}, delegated(), "possible "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expectRanking(t, Diagnose(Symptom{Layer: providers.LayerSASL, Err: test.reply}, test.evidence), test.want)
		})
	}
}
