package probe

import (
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

const (
	pop3Ready = `
		S: +OK ready
		C: STLS
		S: +OK go on
		TLS
		C: AUTH XOAUTH2
		S: +
		C: dXNlcj1j…
	`
	pop3SignedIn = pop3Ready + "S: +OK User successfully authenticated.\n"
	pop3sAsked   = "TLS\nS: +OK The Microsoft Exchange POP3 service is ready.\nC: AUTH XOAUTH2\n"
	pop3sReady   = pop3sAsked + "S: +\nC: dXNlcj1j…\n"
	pop3sIn      = pop3sReady + "S: +OK User successfully authenticated.\nC: STAT\n"
	plainPOP3    = "pop3://mail.example.test"
)

func pop3ReplyOf(command, code, text string) *providers.Reply {
	return &providers.Reply{Protocol: "pop3", Command: command, Status: "-ERR", Bracket: code, Text: text}
}

func TestPOP3(t *testing.T) {
	t.Parallel()
	scenes := []scene{
		// Two flights of the handshake, AUTH, the token, STAT; then goodbye.
		{name: "signed in, messages counted", script: pop3sIn + "S: +OK 12 4096", messages: 12, extra: "QUIT", flights: 6, says: "nothing is sent over POP3"},
		{name: "STLS", server: plainPOP3, script: pop3SignedIn + "C: STAT\nS: +OK 0 0", extra: "QUIT", flights: 6},
		{name: "one message, nothing said of its size", script: pop3sIn + "S: +OK 1", messages: 1, extra: "QUIT"},
		{name: "another folder was asked for", edit: func(a *Attempt) { a.Folder = "Contracts" }, script: pop3sIn + "S: +OK 3 1200", messages: 3, extra: "QUIT"},
		{name: "refused without a challenge, as by Exchange", script: pop3sReady + "S: -ERR Authentication failure: unknown user name or bad password.",
			failed: providers.LayerSASL, says: "pop3 refused AUTH: -ERR Authentication failure: unknown user name or bad password.", extra: "QUIT",
			reply: pop3ReplyOf("AUTH", "", "Authentication failure: unknown user name or bad password.")},
		{name: "refused after a challenge, as by Gmail and Dovecot", script: pop3sReady + "S: + " + gmailChallenge + "\nC:\nS: -ERR [AUTH] Invalid credentials",
			failed: providers.LayerSASL, says: "(challenge: status 400)", extra: "QUIT", reply: &providers.Reply{
				Protocol: "pop3", Command: "AUTH", Status: "-ERR", Bracket: "AUTH", Text: "Invalid credentials",
				Challenge: &providers.Challenge{Status: "400", Schemes: "Bearer", Scope: "https://mail.google.com/"}}},
		{name: "challenges without end", script: pop3sReady + "S: + " + gmailChallenge + "\nC:\nS: + " + gmailChallenge,
			failed: providers.LayerSASL, stage: providers.StageDialogue, says: "again and again", extra: "QUIT"},
		{name: "refused with a code in small letters", script: pop3sReady + "S: -err [sys/temp] later",
			failed: providers.LayerSASL, reply: pop3ReplyOf("AUTH", "SYS/TEMP", "later"), extra: "QUIT"},
		{name: "mechanism not offered", script: pop3sAsked + `
			S: -ERR Unknown authentication type
			C: CAPA
			S: +OK\nTOP\nsasl PLAIN LOGIN\nUSER\n.
		`, failed: providers.LayerSASL, stage: providers.StageDialogue, check: isError[*providers.MechanismMissing], says: "it offers: PLAIN LOGIN", extra: "QUIT"},
		{name: "no mechanism offered at all", script: pop3sAsked + `
			S: -ERR what?
			C: CAPA
			S: +OK\nUSER\n\n.
		`, failed: providers.LayerSASL, check: isError[*providers.MechanismMissing], says: "it offers: none", extra: "QUIT"},
		{name: "mechanism offered and refused all the same", script: pop3sAsked + `
			S: -ERR [LOGIN-DELAY] too often
			C: CAPA
			S: +OK\nSASL XOAUTH2\n.
		`, failed: providers.LayerSASL, reply: pop3ReplyOf("AUTH", "LOGIN-DELAY", "too often"), extra: "QUIT"},
		{name: "mechanism refused by a server without capabilities", script: pop3sAsked + `
			S: -ERR unknown command
			C: CAPA
			S: -ERR unknown command
		`, failed: providers.LayerSASL, reply: pop3ReplyOf("AUTH", "", "unknown command"), extra: "QUIT"},
		{name: "mechanism refused, capabilities without end", script: script(pop3sAsked + `
			S: -ERR what?
			C: CAPA
			S: +OK
			` + repeat("S: X-MORE", maxCapabilities)), failed: providers.LayerSASL, reply: pop3ReplyOf("AUTH", "", "what?"), extra: "QUIT"},
		{name: "mechanism refused, closed at CAPA", script: pop3sAsked + "S: -ERR what?\nC: CAPA\nCLOSE", failed: providers.LayerSASL, reply: pop3ReplyOf("AUTH", "", "what?")},
		{name: "signed in before the token was shown", script: pop3sAsked + "S: +OK come in", failed: providers.LayerSASL, stage: providers.StageDialogue, says: "came before the token", extra: "QUIT"},
		{name: "closed without an answer", script: pop3sReady + "CLOSE", failed: providers.LayerSASL, stage: providers.StageDialogue, says: "closed the connection"},
		{name: "token repeated by the server", script: script(pop3sReady + "S: -ERR cannot read " + testToken(2166).Reveal()[50:400]), failed: providers.LayerSASL, says: "[token, 2166 bytes]", extra: "QUIT"},
		{name: "STAT refused", script: pop3sIn + "S: -ERR [IN-USE] somebody else reads this mailbox", failed: providers.LayerMailbox,
			reply: pop3ReplyOf("STAT", "IN-USE", "somebody else reads this mailbox"), extra: "QUIT"},
		{name: "STAT without a number", script: pop3sIn + "S: +OK many", failed: providers.LayerMailbox, stage: providers.StageDialogue, says: `the answer to STAT is not POP3: "+OK many"`, extra: "QUIT"},
		{name: "STAT with a number that is none", script: pop3sIn + "S: +OK -1 0", failed: providers.LayerMailbox, stage: providers.StageDialogue, extra: "QUIT"},
		{name: "STAT answered with a request", script: pop3sIn + "S: + 3", failed: providers.LayerMailbox, stage: providers.StageDialogue, extra: "QUIT"},
		{name: "silent at STAT", script: pop3sIn, failed: providers.LayerMailbox, stage: providers.StageDialogue, says: "no answer within 10s", check: isTimeout},
		{name: "rubbish at STAT", script: pop3sIn + `BYTES "\x1b]0;owned\a* 3 EXISTS\r\n"`, failed: providers.LayerMailbox, says: `the answer to STAT is not POP3: "]0;owned* 3 EXISTS"`, extra: "QUIT"},
		{name: "STLS refused", server: plainPOP3, script: "S: +OK ready\nC: STLS\nS: -ERR no TLS here", failed: providers.LayerTLS, stage: providers.StageStartTLS,
			reply: pop3ReplyOf("STLS", "", "no TLS here"), extra: "QUIT"},
		{name: "text added after the answer to STLS", server: plainPOP3, script: `
			S: +OK ready
			C: STLS
			S: +OK go on\n+OK injected
		`, failed: providers.LayerTLS, stage: providers.StageStartTLS, says: "something on the way may have added it", extra: "QUIT"},
		{name: "closed instead of the handshake", server: plainPOP3, script: "S: +OK ready\nC: STLS\nS: +OK go on\nCLOSE", failed: providers.LayerTLS, stage: providers.StageTLS, says: "closed the connection"},
		{name: "TLS where a plain greeting is due", server: plainPOP3, script: "TLS", failed: providers.LayerTLS, stage: providers.StageTLS, check: isRecordHeader, says: "speaks TLS from the first byte"},
		{name: "plain greeting where TLS is due", script: "HEAR\nBYTES \"+OK ready\\r\\n\"\nCLOSE", failed: providers.LayerTLS, check: isRecordHeader},
		{name: "no token: goodbye after TLS", edit: func(a *Attempt) { a.Token = testToken(0) }, script: "TLS\nS: +OK ready", failed: providers.LayerToken, extra: "QUIT",
			check: func(err error) bool { return err == nil }},
		{name: "greeting refuses", script: "TLS\nS: -ERR [SYS/TEMP] not now\nCLOSE", failed: providers.LayerTCP, stage: providers.StageGreeting, reply: pop3ReplyOf("connection", "SYS/TEMP", "not now")},
		{name: "greeting of another protocol", script: "TLS\nS: * OK IMAP4 ready", failed: providers.LayerTCP, stage: providers.StageGreeting, says: `the greeting is not POP3: "* OK IMAP4 ready"`},
		{name: "greeting that asks", script: "TLS\nS: + hello?", failed: providers.LayerTCP, stage: providers.StageGreeting, says: "the greeting is not POP3"},
		{name: "no greeting", script: "TLS", failed: providers.LayerTCP, stage: providers.StageGreeting, says: "no answer within 10s", check: isTimeout},
		{name: "endless greeting", script: script("TLS\nBYTES \"+OK " + strings.Repeat("x", maxLine+1) + "\""), failed: providers.LayerTCP, stage: providers.StageGreeting, says: "endless line"},
	}
	for _, sc := range scenes {
		t.Run(sc.name, func(t *testing.T) {
			t.Parallel()
			sc.play(t, "pop3")
		})
	}
}

func TestAnotherFolderThanTheInboxIsNoFalseProof(t *testing.T) {
	t.Parallel()
	cases := []struct {
		folder  string
		outcome providers.Outcome
		detail  string
	}{
		{"", providers.Passed, "INBOX, 3 messages"},
		{"Inbox", providers.Passed, "INBOX, 3 messages"},
		{"Contracts\x1b[2J", providers.Warned, `INBOX, 3 messages; folder "Contracts[2J" was not looked for: this test opens only the inbox`},
	}
	for _, tc := range cases {
		test := newTest(Prober{}.ready(), Attempt{Folder: tc.folder})
		for _, layer := range providers.Layers()[:6] {
			test.pass(layer, 0, "")
		}
		test.inbox("INBOX", 3)
		got := test.result()
		if layer := got.Layers[6]; layer.Outcome != tc.outcome || layer.Detail != tc.detail || got.Outcome != tc.outcome || got.Messages != 3 {
			t.Errorf("folder %q: %+v, outcome %s", tc.folder, layer, got.Outcome)
		}
	}
}

func TestParsePOP3(t *testing.T) {
	t.Parallel()
	cases := []struct {
		line string
		want pop3Status
		ok   bool
	}{
		{"+OK", pop3Status{kind: "+OK"}, true},
		{"+OK 3 1200", pop3Status{kind: "+OK", text: "3 1200"}, true},
		{"-ERR [AUTH] no", pop3Status{kind: "-ERR", code: "AUTH", text: "no"}, true},
		{"-ERR [sys/perm]no", pop3Status{kind: "-ERR", code: "SYS/PERM", text: "no"}, true},
		{"-ERR [unclosed", pop3Status{kind: "-ERR", text: "[unclosed"}, true},
		{"-ERR it's [not] a code", pop3Status{kind: "-ERR", text: "it's [not] a code"}, true},
		{"+", pop3Status{kind: "+"}, true},
		{"+ e30=", pop3Status{kind: "+", text: "e30="}, true},
		{"+ [not] a code", pop3Status{kind: "+", text: "[not] a code"}, true},
		{"+OKAY", pop3Status{}, false},
		{"-ERROR no", pop3Status{}, false},
		{" +OK", pop3Status{}, false},
		{"220 mail", pop3Status{}, false},
		{"", pop3Status{}, false},
	}
	for _, tc := range cases {
		t.Run(tc.line, func(t *testing.T) {
			t.Parallel()
			if got, ok := parsePOP3(tc.line); got != tc.want || ok != tc.ok {
				t.Errorf("%+v %v, want %+v %v", got, ok, tc.want, tc.ok)
			}
		})
	}
}

func FuzzParsePOP3(f *testing.F) {
	f.Add("-ERR [SYS/TEMP] later")
	f.Add("+ e30=")
	f.Fuzz(func(t *testing.T, line string) {
		status, ok := parsePOP3(line)
		if !ok {
			return
		}
		if !strings.HasPrefix(strings.ToUpper(line), status.kind) || !strings.HasSuffix(line, status.text) || status.kind == "+" && status.code != "" {
			t.Errorf("%q gives %+v", line, status)
		}
	})
}
