package probe

import (
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

const (
	smtpGreeted = `
		S: 220 mail.example.test ESMTP
		C: EHLO [127.0.0.1]
		S: 250-mail.example.test\n250-PIPELINING\n250 STARTTLS
		C: STARTTLS
		S: 220 2.0.0 go on
		TLS
		C: EHLO [127.0.0.1]
	`
	smtpReady = smtpGreeted + `
		S: 250-mail.example.test\n250-PIPELINING\n250-SMTPUTF8\n250 AUTH LOGIN XOAUTH2
		C: AUTH XOAUTH2
		S: 334
		C: dXNlcj1j…
	`
	smtpSignedIn   = smtpReady + "S: 235 2.7.0 Authentication successful\n"
	smtpOneByOne   = smtpGreeted + "S: 250-mail.example.test\\n250 AUTH XOAUTH2\nC: AUTH XOAUTH2\nS: 334\nC: dXNlcj1j…\nS: 235 2.7.0 welcome\n"
	smtpsGreeting  = "TLS\nS: 220 mail.example.test ESMTP\nC: EHLO [127.0.0.1]\n"
	smtpEnvelope   = "C: MAIL FROM:<crm@contoso.example>\nC: RCPT TO:<you@contoso.example>\nC: DATA\n"
	smtpBody       = "C: From: <crm@contoso.example>\nC: To: <you@contoso.example>\nC: Subject: Mailgrant connection test\nC: Date: Sat, 01 Jan 2000…\nC: Message-ID: <…\nC: Auto-Submitted: auto-generated\nC: X-Auto-Response-Suppress: All\nC: MIME-Version: 1.0\nC: Content-Type: text/plain; charset=utf-8\nC: Content-Transfer-Encoding: quoted-printable\nC:\nC: This is a test message. Mailgrant sent it to prove that crm@contoso.example\nC: may send mail through mail.example.test. It needs no answer and can be dele=\nC: ted.\nC: .\n"
	exchangeNoSMTP = "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled"
)

func send(a *Attempt) { a.Recipient = "you@contoso.example" }

func smtpReplyOf(command string, code int, enhanced, text string) *providers.Reply {
	return smtpReply{code: code, enhanced: enhanced, lines: []string{text}}.refusal(command, providers.Clean)
}

func TestSMTP(t *testing.T) {
	t.Parallel()
	scenes := []scene{
		{name: "signed in, nothing sent", script: smtpSignedIn, says: "signed in, nothing sent", extra: "QUIT"},
		{name: "implicit TLS", server: "smtps://mail.example.test", script: smtpsGreeting + `
			S: 250-hello\n250 AUTH XOAUTH2
			C: AUTH XOAUTH2
			S: 334
			C: dXNlcj1j…
			S: 235 2.7.0 welcome
		`, says: "signed in, nothing sent", extra: "QUIT"},
		{name: "short token beside the command", edit: func(a *Attempt) { a.Token = testToken(250) }, script: smtpGreeted + `
			S: 250-hello\n250 AUTH=XOAUTH2
			C: AUTH XOAUTH2 dXNlcj1j…
			S: 235 2.7.0 welcome
		`, says: "signed in, nothing sent", extra: "QUIT"},
		{name: "one message, pipelined", edit: send, script: smtpSignedIn + smtpEnvelope + `
			S: 250 2.1.0 ok\n250 2.1.5 ok\n354 go on
		` + smtpBody + `
			S: 250 2.0.0 queued as 1
		`, says: "@contoso.example> accepted: 2.0.0 queued as 1", sent: true, extra: "QUIT"},
		{name: "one message, one command at a time", edit: send, script: smtpOneByOne + `
			C: MAIL FROM:<crm@contoso.example>
			S: 250 ok
			C: RCPT TO:<you@contoso.example>
			S: 251 will forward
			C: DATA
			S: 354 go on
		` + smtpBody + `
			S: 250 queued
		`, says: "accepted: queued", sent: true, extra: "QUIT"},
		{name: "address beyond ASCII", edit: func(a *Attempt) { a.Recipient = "jürgen@contoso.example" }, script: smtpSignedIn + `
			C: MAIL FROM:<crm@contoso.example> SMTPUTF8
			C: RCPT TO:<jürgen@contoso.example>
			C: DATA
			S: 250 ok\n550 5.1.1 unknown\n503 5.5.1 no recipient
		`, failed: providers.LayerSend, reply: smtpReplyOf("RCPT", 550, "5.1.1", "unknown"), extra: "QUIT"},
		{name: "address beyond ASCII where it cannot be taken", edit: func(a *Attempt) { a.Recipient = "jürgen@contoso.example" }, script: smtpOneByOne,
			failed: providers.LayerSend, stage: providers.StageDialogue, says: "SMTPUTF8 is not offered", extra: "QUIT"},
		{name: "recipient with a line break cannot smuggle a command", edit: func(a *Attempt) { a.Recipient = "you@contoso.example>\r\nRSET\r\nMAIL FROM:<x@y.z" }, script: smtpSignedIn,
			failed: providers.LayerSend, stage: providers.StageDialogue, says: "is not of the form name@domain", extra: "QUIT"},
		{name: "sender refused, one command at a time", edit: send, script: smtpOneByOne + `
			C: MAIL FROM:<crm@contoso.example>
			S: 550 5.7.60 SMTP; Client does not have permissions to send as this sender
		`, failed: providers.LayerSend, reply: smtpReplyOf("MAIL", 550, "5.7.60", "SMTP; Client does not have permissions to send as this sender"), extra: "QUIT"},
		{name: "sender refused, pipelined", edit: send, script: smtpSignedIn + smtpEnvelope + `
			S: 550 5.7.60 no\n503 5.5.1 MAIL first\n503 5.5.1 RCPT first
		`, failed: providers.LayerSend, reply: smtpReplyOf("MAIL", 550, "5.7.60", "no"), extra: "QUIT"},
		{name: "recipient refused, DATA taken all the same: a lone dot", edit: send, script: smtpSignedIn + smtpEnvelope + `
			S: 250 ok\n550 5.1.1 unknown\n354 go on
			C: .
			S: 554 5.5.1 no valid recipients
		`, failed: providers.LayerSend, reply: smtpReplyOf("RCPT", 550, "5.1.1", "unknown"), extra: "QUIT"},
		{name: "sender refused, recipient and DATA taken: nothing more is said", edit: send, script: smtpSignedIn + smtpEnvelope + `
			S: 550 5.7.60 no\n250 ok\n354 go on
		`, failed: providers.LayerSend, reply: smtpReplyOf("MAIL", 550, "5.7.60", "no")},
		{name: "closed after the first refusal", edit: send, script: smtpSignedIn + smtpEnvelope + `
			S: 421 4.3.2 not now
			CLOSE
		`, failed: providers.LayerSend, reply: smtpReplyOf("MAIL", 421, "4.3.2", "not now")},
		{name: "DATA refused", edit: send, script: smtpSignedIn + smtpEnvelope + `
			S: 250 ok\n250 ok\n451 4.3.0 later
		`, failed: providers.LayerSend, reply: smtpReplyOf("DATA", 451, "4.3.0", "later"), extra: "QUIT"},
		{name: "message refused", edit: send, script: smtpSignedIn + smtpEnvelope + `
			S: 250 ok\n250 ok\n354 go on
		` + smtpBody + `
			S: 554 5.2.252 SendAsDenied
		`, failed: providers.LayerSend, reply: smtpReplyOf("message", 554, "5.2.252", "SendAsDenied"), extra: "QUIT"},
		{name: "no word after the message", edit: send, script: smtpSignedIn + smtpEnvelope + `
			S: 250 ok\n250 ok\n354 go on
		` + smtpBody, failed: providers.LayerSend, check: isTimeout, stage: providers.StageDialogue,
			says: "no answer within 10s, and so the message may or may not have been sent"},
		{name: "refused without a challenge, as by Exchange", script: smtpReady + "S: 535 5.7.3 Authentication unsuccessful",
			failed: providers.LayerSASL, reply: smtpReplyOf("AUTH", 535, "5.7.3", "Authentication unsuccessful"), extra: "QUIT"},
		{name: "refused in several lines", script: smtpReady + "S: 535-" + exchangeNoSMTP + `\n535 5.7.139 for more information.`,
			failed: providers.LayerSASL, reply: smtpReplyOf("AUTH", 535, "5.7.139", exchangeNoSMTP[8:]+" for more information."), extra: "QUIT"},
		{name: "refused after a challenge, as by Gmail", script: smtpReady + "S: 334 " + gmailChallenge + `
			C:
			S: 535-5.7.8 Username and Password not accepted.\n535 5.7.8 - gsmtp
		`, failed: providers.LayerSASL, says: "(challenge: status 400)", extra: "QUIT", reply: &providers.Reply{
			Protocol: "smtp", Command: "AUTH", Status: "535", Code: 535, Enhanced: "5.7.8", Text: "Username and Password not accepted. - gsmtp",
			Challenge: &providers.Challenge{Status: "400", Schemes: "Bearer", Scope: "https://mail.google.com/"}}},
		{name: "challenges without end", script: smtpReady + "S: 334 " + gmailChallenge + "\nC:\nS: 334 " + gmailChallenge,
			failed: providers.LayerSASL, stage: providers.StageDialogue, says: "again and again", extra: "QUIT"},
		{name: "challenge that is no base64", script: smtpReady + `
			S: 334 what?
			C:
			S: 535 no
		`, failed: providers.LayerSASL, extra: "QUIT", reply: &providers.Reply{Protocol: "smtp", Command: "AUTH", Status: "535", Code: 535, Text: "no", Challenge: &providers.Challenge{Raw: "what?"}}},
		{name: "AUTH refused before the token", script: smtpGreeted + `
			S: 250-hello\n250 AUTH XOAUTH2
			C: AUTH XOAUTH2
			S: 504 5.7.4 Unrecognized authentication type
		`, failed: providers.LayerSASL, reply: smtpReplyOf("AUTH", 504, "5.7.4", "Unrecognized authentication type"), extra: "QUIT"},
		{name: "token repeated by the server", script: script(smtpReady + "S: 501 5.5.2 cannot read '" +
			xoauth2{"crm@contoso.example", testToken(2166)}.encoded()[:200] + "' in " + testToken(400).Reveal()[100:]),
			failed: providers.LayerSASL, says: "[token, 2166 bytes]", extra: "QUIT"},
		{name: "mechanism not offered", script: smtpGreeted + `S: 250-hello\n250 AUTH LOGIN PLAIN`,
			failed: providers.LayerSASL, stage: providers.StageDialogue, check: isError[*providers.MechanismMissing], says: "it offers: LOGIN PLAIN", extra: "QUIT"},
		{name: "no sign-in offered", script: smtpGreeted + `S: 250 hello`,
			failed: providers.LayerSASL, check: isError[*providers.MechanismMissing], says: "it offers: none", extra: "QUIT"},
		{name: "EHLO refused after TLS", script: smtpGreeted + `S: 421 4.7.0 not you`,
			failed: providers.LayerSASL, reply: smtpReplyOf("EHLO", 421, "4.7.0", "not you"), extra: "QUIT"},
		{name: "STARTTLS not offered", failed: providers.LayerTLS, stage: providers.StageStartTLS, says: "does not offer STARTTLS", extra: "QUIT", script: `
			S: 220 mail
			C: EHLO [127.0.0.1]
			S: 250-mail\n250 AUTH XOAUTH2
		`},
		{name: "STARTTLS refused", failed: providers.LayerTLS, stage: providers.StageStartTLS, extra: "QUIT", script: `
			S: 220 mail
			C: EHLO [127.0.0.1]
			S: 250-mail\n250 STARTTLS
			C: STARTTLS
			S: 454 4.7.0 TLS not available
		`, reply: smtpReplyOf("STARTTLS", 454, "4.7.0", "TLS not available")},
		{name: "EHLO refused before TLS", failed: providers.LayerTLS, stage: providers.StageStartTLS, extra: "QUIT", script: `
			S: 220 mail
			C: EHLO [127.0.0.1]
			S: 502 5.5.1 only HELO here
		`, reply: smtpReplyOf("EHLO", 502, "5.5.1", "only HELO here")},
		{name: "text added after the answer to STARTTLS", failed: providers.LayerTLS, stage: providers.StageStartTLS, says: "something on the way may have added it", extra: "QUIT", script: `
			S: 220 mail
			C: EHLO [127.0.0.1]
			S: 250-mail\n250 STARTTLS
			C: STARTTLS
			S: 220 go on\n250 AUTH XOAUTH2
		`},
		{name: "closed instead of the handshake", failed: providers.LayerTLS, stage: providers.StageTLS, says: "closed the connection", script: `
			S: 220 mail
			C: EHLO [127.0.0.1]
			S: 250-mail\n250 STARTTLS
			C: STARTTLS
			S: 220 go on
			CLOSE
		`},
		{name: "no token: goodbye after TLS", edit: func(a *Attempt) {
			a.Token = keychain.Secret{}
			a.TokenLayer = LayerResult{Outcome: providers.Failed, Detail: "AADSTS7000215: invalid client secret"}
		}, failed: providers.LayerToken, says: "AADSTS7000215", extra: "QUIT", check: func(err error) bool { return err == nil }, script: `
			S: 220 mail
			C: EHLO [127.0.0.1]
			S: 250-mail\n250 STARTTLS
			C: STARTTLS
			S: 220 go on
			TLS
		`},
		{name: "greeting refuses", failed: providers.LayerTCP, stage: providers.StageGreeting, script: "S: 554 5.3.2 no service\nCLOSE",
			reply: smtpReplyOf("connection", 554, "5.3.2", "no service")},
		{name: "greeting of another protocol", failed: providers.LayerTCP, stage: providers.StageGreeting, says: `the greeting is not SMTP: "+OK POP3 ready"`, script: "S: +OK POP3 ready"},
		{name: "greeting with an escape sequence", failed: providers.LayerTCP, stage: providers.StageGreeting, says: `"]0;owned[2Jhello"`, script: `BYTES "\x1b]0;owned\a\x1b[2Jhello\r\n"`},
		{name: "endless greeting", failed: providers.LayerTCP, stage: providers.StageGreeting, says: "endless text", script: script(repeat("S: 220-still here", maxReplyLines))},
		{name: "endless line", failed: providers.LayerTCP, stage: providers.StageGreeting, says: "endless line", script: script(`BYTES "220 ` + strings.Repeat("x", maxLine-len("220 ")+len("\r\n")) + `"`)},
		{name: "codes that change within a reply", failed: providers.LayerTCP, stage: providers.StageGreeting, says: "is not SMTP", script: `S: 220-mail\n250 mail`},
		{name: "silent where TLS is due", server: "smtps://mail.example.test", failed: providers.LayerTLS, stage: providers.StageTLS, says: "no answer within 10s", check: isTimeout, script: "HEAR"},
		{name: "plain greeting where TLS is due", server: "smtps://mail.example.test", failed: providers.LayerTLS, check: isRecordHeader, script: "HEAR\nBYTES \"220 mail ESMTP\\r\\n\"\nCLOSE"},
		{name: "TLS where a plain greeting is due", failed: providers.LayerTLS, stage: providers.StageTLS, check: isRecordHeader, says: "speaks TLS from the first byte", script: "TLS"},
	}
	for _, sc := range scenes {
		if sc.server == "" {
			sc.server = "smtp://mail.example.test"
		}
		t.Run(sc.name, func(t *testing.T) {
			t.Parallel()
			sc.play(t, "smtp")
		})
	}
}
