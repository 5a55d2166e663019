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
		C: M1 AUTHENTICATE XOAUTH2 dXNlcj1j…
		S: M1 OK [CAPABILITY IMAP4rev1 IDLE] signed in
	`
	// {"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}
	gmailChallenge = "eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS8ifQ=="
	plainIMAP      = "imap://mail.example.test"
)

func TestIMAP(t *testing.T) {
	t.Parallel()
	scenes := []scene{
		{name: "signed in, folder examined", messages: 12, extra: "M3 LOGOUT", script: imapSignedIn + `
			C: M2 EXAMINE "INBOX"
			S: * FLAGS (\Seen)\n* 12 EXISTS\n* 1 RECENT\n* OK [UIDVALIDITY 7] ok\nM2 OK [READ-ONLY] done
		`},
		{name: "another folder, beyond ASCII", edit: func(a *Attempt) { a.Folder = "Verträge" }, messages: 1, extra: "M3 LOGOUT", script: imapSignedIn + `
			C: M2 EXAMINE "Vertr&AOQ-ge"
			S: * 1 EXISTS\nM2 OK [READ-ONLY] done
		`},
		{name: "message looked for and found", edit: lookFor, messages: 3, found: true, extra: "M4 LOGOUT", script: imapSignedIn + `
			C: M2 EXAMINE "INBOX"
			S: * 3 EXISTS\nM2 OK done
			C: M3 UID SEARCH HEADER Message-ID "<7@contoso.example>"
			S: * SEARCH 12\nM3 OK done
		`},
		{name: "message looked for and not there yet", edit: lookFor, messages: 3, extra: "M4 LOGOUT", script: imapSignedIn + `
			C: M2 EXAMINE "INBOX"
			S: * 3 EXISTS\nM2 OK done
			C: M3 UID SEARCH HEADER Message-ID "<7@contoso.example>"
			S: * SEARCH\n* 4 EXISTS\nM3 OK done
		`},
		{name: "search refused", edit: lookFor, failed: providers.LayerMailbox, extra: "M4 LOGOUT", script: imapSignedIn + `
			C: M2 EXAMINE "INBOX"
			S: * 3 EXISTS\nM2 OK done
			C: M3 UID SEARCH HEADER Message-ID "<7@contoso.example>"
			S: M3 NO [LIMIT] not now
		`, reply: &providers.Reply{Protocol: "imap", Command: "UID SEARCH", Status: "NO", Bracket: "LIMIT", Text: "not now"}},
		{name: "Message-ID with a line break cannot smuggle a command", edit: func(a *Attempt) { a.Find = "<7\"\r\nX DELETE INBOX" }, messages: 3, extra: "M4 LOGOUT", script: imapSignedIn + `
			C: M2 EXAMINE "INBOX"
			S: * 3 EXISTS\nM2 OK done
			C: M3 UID SEARCH HEADER Message-ID "<7\"X DELETE INBOX"
			S: M3 OK done
		`},
		{name: "folder name with a line break cannot smuggle a command", edit: func(a *Attempt) { a.Folder = "INBOX\r\nX DELETE INBOX" }, extra: "M3 LOGOUT", script: imapSignedIn + `
			C: M2 EXAMINE "INBOX&AA0ACg-X DELETE INBOX"
			S: M2 OK done
		`},
		{name: "STARTTLS offered with the greeting", server: plainIMAP, extra: "M5 LOGOUT", script: `
			S: * OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] ready
			C: M1 STARTTLS
			S: M1 OK go on
			TLS
			C: M2 CAPABILITY
			S: * CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2\nM2 OK done
			C: M3 AUTHENTICATE XOAUTH2 dXNlcj1j…
			S: M3 OK [CAPABILITY IMAP4rev1] signed in
			C: M4 EXAMINE "INBOX"
			S: * 0 EXISTS\nM4 OK done
		`},
		{name: "STARTTLS offered when asked", server: plainIMAP, failed: providers.LayerSASL, stage: providers.StageDialogue, extra: "M4 LOGOUT", script: `
			S: * OK ready
			C: M1 CAPABILITY
			S: * CAPABILITY IMAP4rev1 starttls\nM1 OK done
			C: M2 STARTTLS
			S: M2 OK go on
			TLS
			C: M3 CAPABILITY
			S: * CAPABILITY IMAP4rev1 AUTH=PLAIN\nM3 OK done
		`, says: "the imap server does not offer XOAUTH2; it offers: PLAIN", check: isError[*providers.MechanismMissing]},
		{name: "STARTTLS not offered", server: plainIMAP, failed: providers.LayerTLS, stage: providers.StageStartTLS, says: "does not offer STARTTLS", extra: "M1 LOGOUT", script: `
			S: * OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] ready
		`},
		{name: "STARTTLS refused", server: plainIMAP, failed: providers.LayerTLS, stage: providers.StageStartTLS, extra: "M2 LOGOUT", script: `
			S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready
			C: M1 STARTTLS
			S: M1 NO [UNAVAILABLE] no certificate
		`, reply: &providers.Reply{Protocol: "imap", Command: "STARTTLS", Status: "NO", Bracket: "UNAVAILABLE", Text: "no certificate"}},
		{name: "text added after the answer to STARTTLS", server: plainIMAP, failed: providers.LayerTLS, stage: providers.StageStartTLS, says: "something on the way may have added it", extra: "M2 LOGOUT", script: `
			S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready
			C: M1 STARTTLS
			S: M1 OK go on\n* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] injected
		`},
		{name: "endless answer before TLS", server: plainIMAP, failed: providers.LayerTLS, stage: providers.StageStartTLS, says: "endless", script: script(`
			S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready
			C: M1 STARTTLS
			` + "S: " + strings.Repeat("* OK "+strings.Repeat("still here ", 700)+"\\n", 9))},
		{name: "refused without a challenge, as by Exchange", failed: providers.LayerSASL, extra: "M2 LOGOUT", script: imapReady + `
			C: M1 AUTHENTICATE XOAUTH2 dXNlcj1j…
			S: M1 NO AUTHENTICATE failed.
		`, says: "imap refused AUTHENTICATE: NO AUTHENTICATE failed.",
			reply: &providers.Reply{Protocol: "imap", Command: "AUTHENTICATE", Status: "NO", Text: "AUTHENTICATE failed."}},
		{name: "refused after a challenge, as by Gmail", failed: providers.LayerSASL, extra: "M2 LOGOUT", script: imapReady + `
			C: M1 AUTHENTICATE XOAUTH2 dXNlcj1j…
			S: + ` + gmailChallenge + `
			C:
			S: M1 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)
		`, says: "(challenge: status 400)",
			reply: &providers.Reply{Protocol: "imap", Command: "AUTHENTICATE", Status: "NO", Bracket: "AUTHENTICATIONFAILED", Text: "Invalid credentials (Failure)",
				Challenge: &providers.Challenge{Status: "400", Schemes: "Bearer", Scope: "https://mail.google.com/"}}},
		{name: "challenges without end", failed: providers.LayerSASL, stage: providers.StageDialogue, says: "again and again", extra: "M2 LOGOUT", script: imapReady + `
			C: M1 AUTHENTICATE XOAUTH2 dXNlcj1j…
			S: + ` + gmailChallenge + `
			C:
			S: + ` + gmailChallenge + `
		`},
		{name: "no SASL-IR: the token on a line of its own", failed: providers.LayerSASL, extra: "M2 LOGOUT", script: `
			TLS
			S: * OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2] ready
			C: M1 AUTHENTICATE XOAUTH2
			S: +
			C: dXNlcj1j…
			S: M1 NO AUTHENTICATE failed.
		`, reply: &providers.Reply{Protocol: "imap", Command: "AUTHENTICATE", Status: "NO", Text: "AUTHENTICATE failed."}},
		{name: "closed without an answer, as by Dovecot without a mailbox", failed: providers.LayerSASL, stage: providers.StageDialogue, says: "closed the connection", script: imapReady + `
			C: M1 AUTHENTICATE XOAUTH2 dXNlcj1j…
			CLOSE
		`},
		{name: "parting words instead of an answer", failed: providers.LayerSASL, script: imapReady + `
			C: M1 AUTHENTICATE XOAUTH2 dXNlcj1j…
			S: * BYE Session invalidated - AccessTokenExpired
			CLOSE
		`, reply: &providers.Reply{Protocol: "imap", Command: "AUTHENTICATE", Status: "BYE", Text: "Session invalidated - AccessTokenExpired"}},
		{name: "authenticated but not connected", failed: providers.LayerMailbox, extra: "M3 LOGOUT", script: imapSignedIn + `
			C: M2 EXAMINE "INBOX"
			S: M2 BAD User is authenticated but not connected.
		`, reply: &providers.Reply{Protocol: "imap", Command: "EXAMINE", Status: "BAD", Text: "User is authenticated but not connected."}},
		{name: "folder missing", failed: providers.LayerMailbox, extra: "M3 LOGOUT", script: imapSignedIn + `
			C: M2 EXAMINE "INBOX"
			S: M2 NO [NONEXISTENT] no such folder
		`, reply: &providers.Reply{Protocol: "imap", Command: "EXAMINE", Status: "NO", Bracket: "NONEXISTENT", Text: "no such folder"}},
		{name: "closed at EXAMINE", failed: providers.LayerMailbox, stage: providers.StageDialogue, says: "closed the connection", script: imapSignedIn + `
			C: M2 EXAMINE "INBOX"
			CLOSE
		`},
		{name: "rubbish at EXAMINE", failed: providers.LayerMailbox, stage: providers.StageDialogue, extra: "M3 LOGOUT", says: `the answer to EXAMINE is not IMAP: "\"]31mred"`, script: imapSignedIn + `
			C: M2 EXAMINE "INBOX"
			BYTES "\"\x1b]31mred\r\n"
		`},
		{name: "capabilities in brackets of another kind", failed: providers.LayerSASL, stage: providers.StageDialogue, says: "it offers: none", extra: "M2 LOGOUT", script: `
			TLS
			S: * OK ready
			C: M1 CAPABILITY
			S: * CAPABILITY IMAP4rev1 (AUTH=XOAUTH2)\nM1 OK done
		`},
		{name: "CAPABILITY refused", failed: providers.LayerSASL, extra: "M2 LOGOUT", script: `
			TLS
			S: * OK ready
			C: M1 CAPABILITY
			S: M1 BAD what?
		`, reply: &providers.Reply{Protocol: "imap", Command: "CAPABILITY", Status: "BAD", Text: "what?"}},
		{name: "challenge and refusal at once, without waiting for an answer", failed: providers.LayerSASL, extra: " | M2 LOGOUT", script: imapReady + `
			C: M1 AUTHENTICATE XOAUTH2 dXNlcj1j…
			S: + e30=\nM1 NO AUTHENTICATE failed.
		`, reply: &providers.Reply{Protocol: "imap", Command: "AUTHENTICATE", Status: "NO", Text: "AUTHENTICATE failed.", Challenge: &providers.Challenge{Raw: "{}"}}},
		{name: "answer to a command that was never given", failed: providers.LayerSASL, stage: providers.StageDialogue, says: `not IMAP: "M7 OK signed in"`, extra: "M2 LOGOUT", script: imapReady + `
			C: M1 AUTHENTICATE XOAUTH2 dXNlcj1j…
			S: M7 OK signed in
		`},
		{name: "parentheses outside of the capabilities", failed: providers.LayerMailbox, script: imapReady + `
			C: M1 AUTHENTICATE XOAUTH2 dXNlcj1j…
			S: M1 OK [CAPABILITY IMAP4rev1] signed in (at last)
			C: M2 EXAMINE "INBOX"
			S: M2 NO not this one (sorry)
		`, extra: "M3 LOGOUT"},
		{name: "silent at EXAMINE", failed: providers.LayerMailbox, stage: providers.StageDialogue, says: "no answer within 10s", check: isTimeout, script: imapSignedIn + `
			C: M2 EXAMINE "INBOX"
		`},
		{name: "no token: goodbye after TLS", edit: func(a *Attempt) { a.Token = testToken(0) }, failed: providers.LayerToken, says: "there is no access token", extra: "M1 LOGOUT", script: imapReady,
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
		{name: "greeting within TLS that looks like TLS", failed: providers.LayerTCP, stage: providers.StageGreeting, says: "the greeting is not IMAP", script: `
			TLS
			BYTES "\x16\x03\x01\r\n"
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

func lookFor(a *Attempt) { a.Find = "<7@contoso.example>" }

func TestMailboxLayerSaysWhetherTheMessageIsThere(t *testing.T) {
	t.Parallel()
	token := testToken(2166)
	server := serveIMAP(t, token, true)
	for find, want := range map[string]string{
		"":                                "INBOX, 2 messages",
		"<known@contoso.example>":         "INBOX, 2 messages, the test message is there",
		"<still on its way@contoso.test>": "INBOX, 2 messages, the test message is not there yet",
	} {
		attempt := Attempt{Server: server, Mailbox: "crm@contoso.example", Token: token, Find: find}
		result := Prober{Endpoints: providers.Endpoints{Roots: testAuthority().pool}, Patience: testPatience}.Run(t.Context(), attempt)
		if got := result.Layers[6].Detail; got != want || result.Outcome != providers.Passed {
			t.Errorf("%q: %s, %s, want %s", find, result.Outcome, got, want)
		}
	}
}

func isTimeout(err error) bool { return errors.Is(err, os.ErrDeadlineExceeded) }

// repeat is a script's step, many times.
func repeat(step string, times int) string { return strings.Repeat(step+"\n", times) }
