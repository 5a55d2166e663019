package diagnosis

import (
	"slices"
	"strings"
	"testing"
)

// first causes only: what a person reads first must be right, the rest depends on the neighbours.
func TestPastedTextsAreRecognised(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Cause{
		"AADSTS7000222: The provided client secret keys for app 'x' are expired.":                                                               SecretExpired,
		"invalid_client: AADSTS7000215: Invalid client secret provided. Ensure the secret is the client secret value, not the client secret ID": SecretIDInsteadOfValue,
		"AADSTS7000215: Invalid client secret is provided.":                                                                                     SecretWrongOrTruncated,
		"ERROR 2026-11-21 AADSTS700016: Application with identifier 'a' was not found in the directory 'b'":                                     AppNotInTenant,
		"AADSTS70002: Error validating credentials. AADSTS50053: too many sign-ins":                                                             AccountLocked,
		"AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.":                          PublicClientFlowDisabled,
		"AADSTS90023: Cross-origin token redemption is permitted only for a certain client type":                                                RedirectURIWrongPlatform,
		"ERROR: a3 BAD User is authenticated but not connected.":                                                                                MailboxPermissionMissing,
		"mail fetch: NO AUTHENTICATE failed.":                                                                                                   ScopeMissing,
		"smtplib: (535, b'5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.')":                          SMTPAuthDisabledTenant,
		"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox":                                         SMTPAuthDisabledMailbox,
		"530 5.7.57 Client not authenticated to send mail.":                                                                                     SMTPClientNotAuthenticated,
		"550 5.7.60 SMTP; Client does not have permissions to send as this sender":                                                              SendAsDenied,
		"432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending":                                              Throttled,
		"550 5.7.705 Access denied, tenant has exceeded threshold":                                                                              OutboundSendingBlocked,
		"imap: OAuth failed: connect ECONNREFUSED 10.0.0.1:993":                                                                                 NetworkBlocked,
		"getaddrinfo ENOTFOUND outlook.office365.com":                                                                                           DNSFailure,
		"x509: certificate signed by unknown authority while connecting to smtp.office365.com":                                                  TLSInterception,
		"OSError: Tunnel connection failed: 407 Proxy Authentication Required":                                                                  ProxyAuthRequired,
		"the name org.freedesktop.secrets was not provided by any .service files":                                                               KeyringServiceMissing,
		`{"error":"invalid_request","error_description":"The redirect URI 'x' specified in the request does not match"}`:                        RedirectURIMismatch,
		"Need%20admin%20approval":                                                                              AdminConsentRequired,
		"Can&#39;t sign in here with a personal account":                                                       PersonalAccountsNotAllowed,
		"We can’t: you can’t sign in here with a personal account":                                             PersonalAccountsNotAllowed,
		"535-5.7.8 Username and Password not accepted - gsmtp":                                                 GoogleAppPasswordNeeded,
		"334 eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ==": GoogleScopeWrong,
		"New-ServicePrincipal : The term is not recognized as the name of a cmdlet":                            EXOCmdletNotAvailable,
	} {
		got := Explain(text)
		if !got.Recognised || got.Diagnoses[0].Cause != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, ranking(got.Diagnoses), want)
			continue
		}
		expectUsable(t, got.Diagnoses)
	}
}

func TestOtherTradesTextsAreNotRecognised(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", " \n\t", "hello", "all is well",
		`FATAL: password authentication failed for user "postgres"`,
		"redis: dial tcp 127.0.0.1:6379: connect: connection refused",
		"docker: Error response from daemon: toomanyrequests: You have reached your pull rate limit",
		"kubectl: x509: certificate signed by unknown authority",
		"npm ERR! code ENOTFOUND getaddrinfo registry.npmjs.org",
		"git@host: Permission denied (publickey)",
		"502 Bad Gateway nginx",
		"DiscordAPIError[50001]: Missing Access, code: 50001, status: 403",
		"wlan0: CTRL-EVENT-EAP-STARTED, PEAP: error:0A000102:SSL routines::unsupported protocol",
		"zabbix_agentd: TLS handshake failed: sslv3 alert handshake failure; zabbix item unsupported",
		`League\OAuth2\Server\Exception\OAuthServerException: The resource owner or authorization server denied the request.`,
		"java.lang.NullPointerException at com.example.Main",
		"POST https://crm.example/services/oauth2/token resulted in 400 Bad Request: invalid_grant",
		"POST https://meetings.example/oauth/token: unsupported_grant_type",
		"LDAP: error code 49, data 52e, mail=carol",
		"mongo: Authentication failed.",
		"kafka: SASL authentication failed, invalid credentials",
		"vault: the token has expired, log in again",
		"An error occurred (ExpiredToken) when calling GetCallerIdentity: the token has expired (AWS STS)",
		"ORA-01017: invalid username/password; logon denied",
		"SqlException: Login failed for user '<token-identified principal>'. Entra",
		"https://graph.microsoft.com/v1.0/sites/root 403 accessDenied",
		"https://www.googleapis.com/drive/v3/files: Request had insufficient authentication scopes.",
		"ftp: 530 Login incorrect",
		"Login Failed: no CSRF token (oauth2-proxy for the wiki)",
		"the default folder is missing in my zip archive",
		"Unable to authenticate at the package feed, Bearer authorization_uri=https://login.windows.net/contoso",
		"Graph chats: 403 Forbidden, API requires one of 'Chat.Read, Chat.ReadWrite'",
		"AUTH: control message AUTH_FAILED, invalid username or password",
		"git push: sign in with gitlab gives redirect_uri_mismatch",
		"Chat connector: unable to sign without access token",
		"unauthorized_client at the crm: the token has expired",
		`duplicate key value violates unique constraint "users_email_key"`,
		`{"email":"is required","password":"is invalid"}`,
		"pip: certificate verify failed: https://pypi.org/simple",
		"terraform: Error acquiring the state lock: access denied",
	} {
		if got := Explain(text); got.Recognised || got.Diagnoses == nil || len(got.Diagnoses) != 0 {
			t.Errorf("%q gives %s", text, ranking(got.Diagnoses))
		}
	}
}

func TestFactsOfAPastedText(t *testing.T) {
	t.Parallel()
	const trace, correlation = "c0ffee00-0000-0000-0000-000000000002", "c0ffee00-0000-0000-0000-000000000001"
	for name, test := range map[string]struct {
		text string
		want Facts
	}{
		"one line": {"AADSTS7000215: Invalid. Trace ID: " + trace + " Correlation ID: " + correlation + " Timestamp: 2026-11-21 16:00:00Z",
			Facts{AADSTS: 7000215, TraceID: trace, CorrelationID: correlation, Timestamp: "2026-11-21 16:00:00Z"}},
		"escaped line ends": {`AADSTS7000215: Invalid.\r\nTrace ID: ` + trace + `\r\nCorrelation ID: ` + correlation + `\r\nTimestamp: 2026-11-21 16:00:00Z`,
			Facts{AADSTS: 7000215, TraceID: trace, CorrelationID: correlation, Timestamp: "2026-11-21 16:00:00Z"}},
		"JSON": {`{"error_codes":[7000215],"timestamp":"2026-11-21 16:00:00Z","trace_id":"` + trace + `","correlation_id":"` + correlation + `"}`,
			Facts{AADSTS: 7000215, TraceID: trace, CorrelationID: correlation, Timestamp: "2026-11-21 16:00:00Z"}},
		"the number that decides": {"AADSTS70002: Error validating. AADSTS50126: Invalid user", Facts{AADSTS: 50126}},
		"SMTP":                    {"535 5.7.139 Authentication unsuccessful", Facts{SMTPEnhanced: "5.7.139"}},
		"SMTP in Python":          {"(535, b'5.7.3 Authentication unsuccessful')", Facts{SMTPEnhanced: "5.7.3"}},
		"SMTP with a dash":        {"535-5.7.8 Username and Password not accepted", Facts{SMTPEnhanced: "5.7.8"}},
		"HTTP":                    {"HTTP/1.1 403 Forbidden", Facts{HTTPStatus: 403}},
		"HTTP in words":           {"status code: 429", Facts{HTTPStatus: 429}},
		"versions are no codes":   {`library 5.7.12.4 of 2026, framework@5.5.0, {"version": "5.7.3"}`, Facts{}},
	} {
		if got := Explain(test.text).Facts; got != test.want {
			t.Errorf("%s: got %+v, want %+v", name, got, test.want)
		}
	}
}

func TestOneCauseIsOfferedOnceAndFewAtAll(t *testing.T) {
	t.Parallel()
	var everything []string
	for _, book := range slices.Concat(wordedBooks(), generalBooks(), vagueBooks()) {
		for _, sign := range book.signs {
			everything = append(everything, sign.when)
		}
	}
	got := Explain(strings.Join(everything, " ; "))
	expectSafe(t, got.Diagnoses)
	if len(got.Diagnoses) != mostExplained {
		t.Errorf("%d causes for one text", len(got.Diagnoses))
	}
}

func FuzzExplain(f *testing.F) {
	f.Add("AADSTS7000215: Invalid client secret")
	f.Add("535 5.7.3 Authentication unsuccessful [host]")
	f.Add("%20%zz&#x1b;[31m imap \x1b]0;x\x07")
	f.Add(hostile)
	f.Add("S: + eyJzdGF0dXMiOiI0MDAifQ== =3D=\n\\u0041 <b>login</b> faile… Outlook")
	f.Add(strings.Repeat("ü error\n", 9000))
	f.Fuzz(func(t *testing.T, text string) {
		got := Explain(text)
		if got.Recognised != (len(got.Diagnoses) > 0) {
			t.Fatal("recognised and empty, or the reverse")
		}
		if got.Recognised {
			expectSafe(t, got.Diagnoses)
		} else {
			expectSafe(t, []Diagnosis{got.Unknown})
		}
		expectShowable(t, got.Facts.Timestamp+got.Facts.TraceID+got.Facts.CorrelationID+got.Facts.SMTPEnhanced)
	})
}

func BenchmarkExplain(b *testing.B) {
	text := strings.Repeat("at com.example.Mail.run(Mail.java:42)\n", 40) + "535 5.7.3 Authentication unsuccessful"
	b.ReportAllocs()
	for b.Loop() {
		Explain(text)
	}
}

func BenchmarkExplainMegabyte(b *testing.B) {
	text := strings.Repeat("2026-11-21 12:00:00 INFO com.example.Mail fetched 0 messages from INBOX of carol@contoso.example\n", 9000) +
		strings.Repeat("2026-11-21 12:00:01 ERROR could not read the folder list\n", 3000) + "A3 NO AUTHENTICATE failed."
	b.ReportAllocs()
	for b.Loop() {
		Explain(text)
	}
}
