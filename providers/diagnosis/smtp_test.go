package diagnosis

import (
	"strconv"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

func smtp(command string, code int, enhanced, text string) *providers.Reply {
	return &providers.Reply{Protocol: "smtp", Command: command, Status: strconv.Itoa(code), Code: code, Enhanced: enhanced, Text: text}
}

func TestSMTPRefusedByItsWords(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		reply *providers.Reply
		want  string
	}{
		"SMTP off for the organisation": {smtp("AUTH", 535, "5.7.139", "Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. [X]"), "certain smtp-auth-disabled-tenant"},
		"SMTP off for the mailbox":      {smtp("AUTH", 535, "5.7.139", "Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox."), "certain smtp-auth-disabled-mailbox"},
		"security defaults":             {smtp("AUTH", 535, "5.7.139", "user is locked by your organization's security defaults policy"), "certain basic-auth-blocked"},
		"password at Exchange":          {smtp("AUTH", 535, "5.7.139", "Authentication unsuccessful, basic authentication is disabled."), "certain basic-auth-blocked"},
		"password, final":               {smtp("AUTH", 550, "5.7.30", "Basic authentication is not supported for Client Submission."), "certain basic-auth-blocked"},
		"criteria not met":              {smtp("AUTH", 535, "5.7.139", "the request did not meet the criteria to be authenticated successfully"), "likely basic-auth-blocked, possible smtp-auth-disabled-mailbox"},
		"5.7.139 with new words":        {smtp("AUTH", 535, "5.7.139", "something new"), "likely smtp-auth-disabled-mailbox, possible smtp-auth-disabled-tenant, possible basic-auth-blocked"},
		"not signed in":                 {smtp("MAIL", 530, "5.7.57", "Client not authenticated to send mail."), "certain smtp-client-not-authenticated"},
		"not signed in, older words":    {smtp("MAIL", 550, "5.7.57", "SMTP; Client was not authenticated to send anonymous mail during MAIL FROM"), "certain smtp-client-not-authenticated"},
		"not signed in, elsewhere":      {smtp("MAIL", 530, "5.5.1", "Authentication Required."), "certain smtp-client-not-authenticated"},
		"STARTTLS first":                {smtp("AUTH", 530, "5.7.0", "Must issue a STARTTLS command first"), "likely smtp-tls-mode-mismatch, possible smtp-client-not-authenticated"},
		"another sender, Exchange":      {smtp("MAIL", 550, "5.7.60", "SMTP; Client does not have permissions to send as this sender"), "certain send-as-denied"},
		"another sender, later":         {smtp("DATA", 554, "5.2.0", "STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied"), "certain send-as-denied"},
		"another sender, by number":     {smtp("DATA", 554, "5.2.252", "crm@contoso.example not allowed to send as ceo@contoso.example"), "certain send-as-denied"},
		"another sender, Postfix":       {smtp("RCPT", 553, "5.7.1", "<a@example.test>: Sender address rejected: not owned by user b@example.test"), "certain send-as-denied"},
		"concurrent connections":        {smtp("AUTH", 432, "4.3.2", "Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information."), "likely throttled, possible too-many-connections"},
		"thread limit":                  {smtp("DATA", 432, "4.3.2", "STOREDRV.ClientSubmit; sender thread limit exceeded"), "likely throttled, possible too-many-connections"},
		"connections of one source":     {smtp("connection", 421, "4.3.2", "The maximum number of concurrent server connections has exceeded a per-source limit, closing transmission channel"), "likely too-many-connections, possible throttled"},
		"login attempts":                {smtp("AUTH", 454, "4.7.0", "Too many login attempts, please try again later."), "certain throttled"},
		"daily quota at Exchange":       {smtp("DATA", 554, "5.2.0", "STOREDRV.Submission.Exception:SubmissionQuotaExceededException"), "certain sending-quota-exceeded"},
		"daily quota at Gmail":          {smtp("DATA", 550, "5.4.5", "Daily user sending limit exceeded."), "certain sending-quota-exceeded"},
		"service down":                  {smtp("AUTH", 454, "4.7.0", "Temporary authentication failure"), "likely service-unavailable, possible throttled"},
		"service down at Exchange":      {smtp("AUTH", 451, "4.7.0", "Temporary server error. Please try again later. PRX4"), "likely service-unavailable, possible xoauth2-string-malformed"},
		"service closes":                {smtp("EHLO", 421, "4.3.2", "Service not available"), "likely service-unavailable, possible throttled"},
		"mechanism not known":           {smtp("AUTH", 504, "5.7.4", "Unrecognized authentication type"), "certain smtp-auth-mechanism-unsupported"},
		"no AUTH at all":                {smtp("AUTH", 502, "5.5.1", "Command not implemented"), "certain smtp-auth-mechanism-unsupported"},
		"tenant may not send":           {smtp("DATA", 550, "5.7.708", "Service unavailable. Access denied, traffic not accepted from this IP."), "certain outbound-sending-blocked"},
		"tenant may not send, number":   {smtp("DATA", 550, "5.7.705", "Access denied, tenant has exceeded threshold"), "likely outbound-sending-blocked"},
		"address may not send":          {smtp("DATA", 550, "5.7.501", "Access denied, spam abuse detected"), "likely outbound-sending-blocked"},
		"bad outbound sender":           {smtp("DATA", 550, "5.1.8", "Access denied, bad outbound sender AS(42004)"), "likely outbound-sending-blocked, possible send-as-denied"},
		"line too long":                 {smtp("AUTH", 500, "5.5.2", "Error: line too long"), "certain xoauth2-needs-two-step"},
		"line cut":                      {smtp("AUTH", 535, "5.7.8", "Error: authentication failed: Invalid base64 data in continued response"), "likely xoauth2-needs-two-step, possible xoauth2-string-malformed"},
		"string malformed":              {smtp("AUTH", 501, "5.5.124", "Invalid XOAUTH2 auth data"), "certain xoauth2-string-malformed"},
		"string malformed, no number":   {smtp("AUTH", 501, "5.5.4", "Cannot decode"), "likely xoauth2-string-malformed, possible xoauth2-needs-two-step"},
		"mailbox logon failure":         {smtp("DATA", 430, "4.2.0", "STOREDRV; mailbox logon failure; STOREDRV.Submission.Exception"), "likely mailbox-permission-missing, possible service-principal-missing, possible smtp-sendasapp-missing"},
		"password at Gmail":             {smtp("AUTH", 534, "5.7.9", "Application-specific password required."), "certain google-app-password-needed"},
		"inbound DMARC is no block":     {smtp("DATA", 550, "5.7.509", "Access denied, sending domain does not pass DMARC"), "possible "},
		"relay refused":                 {smtp("RCPT", 550, "5.7.54", "SMTP; Unable to relay recipient in non-accepted domain"), "possible "},
		"recipient unknown":             {smtp("RCPT", 550, "5.1.10", "RESOLVER.ADR.RecipientNotFound; Recipient not found"), "possible "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			symptom := Symptom{Layer: providers.LayerSend, Protocol: "smtp", Err: test.reply}
			expectRanking(t, Diagnose(symptom, appOnly(otherWay(Accepted))), test.want)
		})
	}
}

func TestSMTPSignInRefused(t *testing.T) {
	t.Parallel()
	exchange := smtp("AUTH", 535, "5.7.3", "Authentication unsuccessful [VI1PR0902CA0036.eurprd09.prod.outlook.com]")
	postfix := smtp("AUTH", 535, "5.7.8", "Error: authentication failed: (reason unavailable)")
	gmail := smtp("AUTH", 535, "5.7.8", "Username and Password not accepted. For more information, go to https://support.google.com/mail/?p=BadCredentials")
	for name, test := range map[string]struct {
		reply    *providers.Reply
		evidence Evidence
		want     string
	}{
		"token ended":                          {exchange, appOnly(tokenEnded), "certain access-token-expired"},
		"token for Graph":                      {exchange, delegated(audience("https://graph.microsoft.com")), "certain token-audience-wrong"},
		"app-only, no roles at all":            {exchange, appOnly(roles()), "likely consent-missing, possible smtp-sendasapp-missing, possible service-principal-missing"},
		"app-only, other roles":                {exchange, appOnly(roles("IMAP.AccessAsApp")), "likely smtp-sendasapp-missing, possible service-principal-missing"},
		"app-only, other roles, record right":  {exchange, appOnly(roles("IMAP.AccessAsApp"), anySASL(Accepted)), "certain smtp-sendasapp-missing"},
		"app-only, record right":               {exchange, appOnly(anySASL(Accepted)), "likely mailbox-permission-missing, possible mailbox-not-found-or-unlicensed"},
		"app-only, IMAP refused":               {exchange, appOnly(anySASL(Refused)), "likely service-principal-missing, possible service-principal-object-id-wrong"},
		"app-only, IMAP refused, other record": {exchange, appOnly(anySASL(Refused), registrationsID), "likely service-principal-object-id-wrong, possible service-principal-missing"},
		"app-only, IMAP not tried":             {exchange, appOnly(), "likely service-principal-missing, possible mailbox-permission-missing"},
		"delegated, other scopes":              {exchange, delegated(scopes("IMAP.AccessAsUser.All")), "certain scope-missing"},
		"delegated, somebody else":             {exchange, delegated(signedInAs("carol@contoso.example")), "certain wrong-user-signed-in"},
		"delegated, nobody named":              {exchange, delegated(signedInAs("carol@contoso.example"), mustSignIn("")), "likely wrong-user-signed-in, possible mailbox-permission-missing"},
		"delegated, as the delegate":           {exchange, delegated(signedInAs("svc@contoso.example"), mustSignIn("svc@contoso.example")), "likely mailbox-not-found-or-unlicensed, possible smtp-auth-disabled-mailbox"},
		"delegated, all right":                 {exchange, delegated(), "likely mailbox-not-found-or-unlicensed, possible smtp-auth-disabled-mailbox"},
		"Postfix":                              {postfix, delegated(unreadable), "possible scope-missing, possible token-audience-wrong, possible wrong-user-signed-in, possible access-token-malformed"},
		"Postfix, app-only":                    {postfix, appOnly(unreadable), "possible service-principal-missing, possible smtp-sendasapp-missing, possible mailbox-permission-missing, possible token-audience-wrong"},
		"Gmail":                                {gmail, delegated(unreadable), "likely google-scope-wrong, possible wrong-user-signed-in, possible access-token-expired"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			symptom := Symptom{Layer: providers.LayerSASL, Protocol: "smtp", Err: test.reply}
			expectRanking(t, Diagnose(symptom, test.evidence), test.want)
		})
	}
}

func TestRefusedRecipientIsNoSignInTrouble(t *testing.T) {
	t.Parallel()
	reply := smtp("RCPT", 550, "5.1.1", "<nobody@contoso.example>: Recipient address rejected: User unknown")
	got := Diagnose(Symptom{Layer: providers.LayerSend, Protocol: "smtp", Err: reply}, delegated())[0]
	if got.Cause != "" || got.Owner != You || got.Layer != providers.LayerSend {
		t.Errorf("got %+v", got)
	}
	if !strings.Contains(got.Summary, "550 5.1.1 <nobody@contoso.example>: Recipient address rejected") || !strings.Contains(got.Fixes[0].Text, "recipient") {
		t.Errorf("summary %q, fix %q", got.Summary, got.Fixes[0].Text)
	}
}

func TestUnknownReplyKeepsTheServersWords(t *testing.T) {
	t.Parallel()
	reply := smtp("DATA", 554, "5.6.0", "Corrupt message content [AM8P251CA0016]")
	got := Diagnose(Symptom{Layer: providers.LayerSend, Protocol: "smtp", Err: reply}, delegated(host("smtp.office365.com:587")))[0]
	if want := `smtp.office365.com:587 refused DATA for a reason that is not recognised: "554 5.6.0 Corrupt message content [AM8P251CA0016]"`; got.Summary != want {
		t.Errorf("got  %s\nwant %s", got.Summary, want)
	}
	if last := got.Fixes[len(got.Fixes)-1]; last.URL != messageTracePage {
		t.Errorf("no way to the message trace: %+v", got.Fixes)
	}
	if got := Diagnose(Symptom{Err: &providers.Reply{}}, Evidence{})[0]; !strings.HasPrefix(got.Summary, "the server refused the command") {
		t.Errorf("summary %q", got.Summary)
	}
}
