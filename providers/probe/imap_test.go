package probe

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

const (
	imapReady = `
		TLS
		S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2] ready
	`
	imapSignedIn = imapReady + `
		C: T1 AUTHENTICATE XOAUTH2 dXNlcj1j…
		S: T1 OK [CAPABILITY IMAP4rev1 IDLE] signed in
	`
	// {"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}
	gmailChallenge = "eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ=="
	plainIMAP      = "imap://mail.example.test"
)

func TestIMAP(t *testing.T) {
	t.Parallel()
	scenes := []scene{
		{name: "signed in, folder examined", messages: 12, extra: "T3 LOGOUT", script: imapSignedIn + `
			C: T2 EXAMINE INBOX
			S: * FLAGS (\Seen)\n* 12 EXISTS\n* 1 RECENT\n* OK [UIDVALIDITY 7] ok\nT2 OK [READ-ONLY] done
		`},
		{name: "another folder, beyond ASCII", edit: func(a *Attempt) { a.Folder = "Verträge" }, messages: 1, extra: "T3 LOGOUT", script: imapSignedIn + `
			C: T2 EXAMINE "Vertr&AOQ-ge"
			S: * 1 EXISTS\nT2 OK [READ-ONLY] done
		`},
		{name: "folder name with a line break cannot smuggle a command", edit: func(a *Attempt) { a.Folder = "INBOX\r\nX DELETE INBOX" }, extra: "T3 LOGOUT", script: imapSignedIn + `
			C: T2 EXAMINE "INBOX&AA0ACg-X DELETE INBOX"
			S: T2 OK done
		`},
		{name: "STARTTLS offered with the greeting", server: plainIMAP, extra: "T4 LOGOUT", script: `
			S: * OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready
			C: S STARTTLS
			S: S OK go on
			TLS
			C: T1 CAPABILITY
			S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2\nT1 OK done
			C: T2 AUTHENTICATE XOAUTH2 dXNlcj1j…
			S: T2 OK [CAPABILITY IMAP4rev1] signed in
			C: T3 EXAMINE INBOX
			S: * 0 EXISTS\nT3 OK done
		`},
		{name: "STARTTLS offered when asked", server: plainIMAP, failed: providers.LayerSASL, stage: providers.StageDialogue, extra: "T2 LOGOUT", script: `
			S: * OK ready
			C: C CAPABILITY
			S: * CAPABILITY IMAP4rev1 starttls\nC OK done
			C: S STARTTLS
			S: S OK go on
			TLS
			C: T1 CAPABILITY
			S: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nT1 OK done
		`, says: "the imap server does not offer XOAUTH2; it offers: PLAIN", check: isError[*providers.MechanismMissing]},
		{name: "STARTTLS not offered", server: plainIMAP, failed: providers.LayerTLS, stage: providers.StageStartTLS, says: "does not offer STARTTLS", extra: "L LOGOUT", script: `
			S: * OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] ready
		`},
		{name: "STARTTLS refused", server: plainIMAP, failed: providers.LayerTLS, stage: providers.StageStartTLS, extra: "L LOGOUT", script: `
			S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready
			C: S STARTTLS
			S: S NO [UNAVAILABLE] no certificate
		`, reply: &providers.Reply{Protocol: "imap", Command: "STARTTLS", Status: "NO", Bracket: "UNAVAILABLE", Text: "no certificate"}},
		{name: "text added after the answer to STARTTLS", server: plainIMAP, failed: providers.LayerTLS, stage: providers.StageStartTLS, says: "something on the way may have added it", extra: "L LOGOUT", script: `
			S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready
			C: S STARTTLS
			S: S OK go on\n* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] injected
		`},
		{name: "endless answer before TLS", server: plainIMAP, failed: providers.LayerTLS, stage: providers.StageStartTLS, says: "endless", script: script(`
			S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready
			C: S STARTTLS
			` + repeat("S: * OK still here", 100)), extra: "L LOGOUT"},
		{name: "refused without a challenge, as by Exchange", failed: providers.LayerSASL, extra: "T2 LOGOUT", script: imapReady + `
			C: T1 AUTHENTICATE XOAUTH2 dXNlcj1j…
			S: T1 NO AUTHENTICATE failed.
		`, says: "imap refused AUTHENTICATE: NO AUTHENTICATE failed.",
			reply: &providers.Reply{Protocol: "imap", Command: "AUTHENTICATE", Status: "NO", Text: "AUTHENTICATE failed."}},
		{name: "refused after a challenge, as by Gmail", failed: providers.LayerSASL, extra: "T2 LOGOUT", script: imapReady + `
			C: T1 AUTHENTICATE XOAUTH2 dXNlcj1j…
			S: + ` + gmailChallenge + `
			C:
			S: T1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)
		`, says: "(challenge: status 400)",
			reply: &providers.Reply{Protocol: "imap", Command: "AUTHENTICATE", Status: "NO", Bracket: "AUTHENTICATIONFAILED", Text: "Invalid credentials (Failure)",
				Challenge: &providers.Challenge{Status: "400", Schemes: "Bearer", Scope: "https://mail.google.com/"}}},
		{name: "challenges without end", failed: providers.LayerSASL, stage: providers.StageDialogue, says: "again and again", extra: "T2 LOGOUT", script: imapReady + `
			C: T1 AUTHENTICATE XOAUTH2 dXNlcj1j…
			S: + ` + gmailChallenge + `
			C:
			S: + ` + gmailChallenge + `
		`},
		{name: "no SASL-IR: the token on a line of its own", failed: providers.LayerSASL, extra: "T2 LOGOUT", script: `
			TLS
			S: * OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] ready
			C: T1 AUTHENTICATE XOAUTH2
			S: +
			C: dXNlcj1j…
			S: T1 NO AUTHENTICATE failed.
		`, reply: &providers.Reply{Protocol: "imap", Command: "AUTHENTICATE", Status: "NO", Text: "AUTHENTICATE failed."}},
		{name: "closed without an answer, as by Dovecot without a mailbox", failed: providers.LayerSASL, stage: providers.StageDialogue, says: "closed the connection", script: imapReady + `
			C: T1 AUTHENTICATE XOAUTH2 dXNlcj1j…
			CLOSE
		`},
		{name: "parting words instead of an answer", failed: providers.LayerSASL, script: imapReady + `
			C: T1 AUTHENTICATE XOAUTH2 dXNlcj1j…
			S: * BYE Session invalidated - AccessTokenExpired
			CLOSE
		`, reply: &providers.Reply{Protocol: "imap", Command: "AUTHENTICATE", Status: "BYE", Text: "Session invalidated - AccessTokenExpired"}},
		{name: "authenticated but not connected", failed: providers.LayerMailbox, extra: "T3 LOGOUT", script: imapSignedIn + `
			C: T2 EXAMINE INBOX
			S: T2 BAD User is authenticated but not connected.
		`, reply: &providers.Reply{Protocol: "imap", Command: "EXAMINE", Status: "BAD", Text: "User is authenticated but not connected."}},
		{name: "folder missing", failed: providers.LayerMailbox, extra: "T3 LOGOUT", script: imapSignedIn + `
			C: T2 EXAMINE INBOX
			S: T2 NO [NONEXISTENT] no such folder
		`, reply: &providers.Reply{Protocol: "imap", Command: "EXAMINE", Status: "NO", Bracket: "NONEXISTENT", Text: "no such folder"}},
		{name: "closed at EXAMINE", failed: providers.LayerMailbox, stage: providers.StageDialogue, says: "closed the connection", script: imapSignedIn + `
			C: T2 EXAMINE INBOX
			CLOSE
		`},
		{name: "rubbish at EXAMINE", failed: providers.LayerMailbox, stage: providers.StageDialogue, says: `cannot be read: "\"]31mred"`, script: imapSignedIn + `
			C: T2 EXAMINE INBOX
			BYTES "\"\x1b]31mred\r\n"
		`},
		{name: "silent at EXAMINE", failed: providers.LayerMailbox, stage: providers.StageDialogue, says: "no answer within 10s", check: isTimeout, script: imapSignedIn + `
			C: T2 EXAMINE INBOX
		`},
		{name: "no token: goodbye after TLS", edit: func(a *Attempt) { a.Token = testToken(0) }, failed: providers.LayerToken, says: "there is no access token", extra: "L LOGOUT", script: imapReady,
			check: func(err error) bool { return err == nil }},
		{name: "greeting refuses", failed: providers.LayerTCP, stage: providers.StageGreeting, script: `
			TLS
			S: * BYE [UNAVAILABLE] too many connections
			CLOSE
		`, reply: &providers.Reply{Protocol: "imap", Command: "connection", Status: "BYE", Bracket: "UNAVAILABLE", Text: "too many connections"}},
		{name: "greeting of a server that lets anybody in", failed: providers.LayerTCP, stage: providers.StageGreeting, says: "PREAUTH", script: `
			TLS
			S: * PREAUTH welcome
		`},
		{name: "greeting of another protocol", failed: providers.LayerTCP, stage: providers.StageGreeting, says: `the greeting is not IMAP: "220 mail.example.test ESMTP"`, script: `
			TLS
			S: 220 mail.example.test ESMTP
		`},
		{name: "no greeting", failed: providers.LayerTCP, stage: providers.StageGreeting, says: "no answer within 10s", check: isTimeout, script: "TLS"},
		{name: "plain greeting where TLS is due", failed: providers.LayerTLS, stage: providers.StageTLS, check: isRecordHeader, says: "does not answer in TLS", script: `
			HEAR
			BYTES "* OK ready\r\n"
			CLOSE
		`},
		{name: "TLS where a plain greeting is due", server: plainIMAP, failed: providers.LayerTLS, stage: providers.StageTLS, check: isRecordHeader, says: "speaks TLS from the first byte", script: "TLS"},
		{name: "TLS alert where a plain greeting is due", server: plainIMAP, failed: providers.LayerTLS, stage: providers.StageTLS, check: isRecordHeader, script: `
			BYTES "\x15\x03\x01\x00\x02\x02\x46"
			CLOSE
		`},
	}
	for _, sc := range scenes {
		t.Run(sc.name, func(t *testing.T) {
			t.Parallel()
			sc.play(t, "imap")
		})
	}
}

func isTimeout(err error) bool { return errors.Is(err, os.ErrDeadlineExceeded) }

// repeat is a script's step, many times.
func repeat(step string, times int) string { return strings.Repeat(step+"\n", times) }
