package diagnosis

import (
	"errors"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

func FuzzDiagnoseReply(f *testing.F) {
	f.Add("imap", "AUTHENTICATE", "NO", 0, "", "", "AUTHENTICATE failed.", "", true, "carol@contoso.example")
	f.Add("imap", "EXAMINE", "BAD", 0, "", "", "User is authenticated but not connected.", "", false, "")
	f.Add("smtp", "AUTH", "535", 535, "5.7.139", "", "SmtpClientAuthentication is disabled for the Tenant.", "", true, "")
	f.Add("smtp", "RCPT", "550", 550, "5.1.10", "", "Recipient not found", "", false, "a'b@c.example")
	f.Add("smtp", "AUTH", "535", 535, "5.7.8", "", "failed", `{"scope":"https://mail.google.com/"}`, false, hostile)
	f.Add("pop3", "AUTH", "-ERR", 0, "", "SYS/TEMP", "Internal error", "", true, "x")
	f.Fuzz(func(t *testing.T, protocol, command, status string, code int, enhanced, bracket, text, challenge string, appOnly bool, address string) {
		reply := &providers.Reply{Protocol: protocol, Command: command, Status: status, Code: code, Enhanced: enhanced, Bracket: bracket, Text: text}
		if challenge != "" {
			reply.Challenge = &providers.Challenge{Raw: challenge}
		}
		evidence := hostileEvidence(appOnly)
		evidence.Mailbox, evidence.Claims.User = providers.Address(address), address
		expectSafe(t, Diagnose(Symptom{Layer: providers.LayerSASL, Protocol: protocol, Err: reply}, evidence))
	})
}

func FuzzDiagnoseAuthorityError(f *testing.F) {
	f.Add(401, "invalid_client", "", 7000215, "Invalid client secret provided.", "c0ffee00", "2026-11-21 12:00:00Z", true)
	f.Add(400, "authorization_pending", "", 70016, "", "", "", false)
	f.Add(503, "", "", 0, "<html>", "", "", false)
	f.Add(400, "invalid_grant", "consent_required", 165004, hostile, hostile, hostile, true)
	f.Fuzz(func(t *testing.T, status int, code, suberror string, number int, description, id, at string, appOnly bool) {
		refusal := &providers.AuthorityError{Status: status, Code: code, Suberror: suberror, Numbers: []int{number}, Description: description, TraceID: id, CorrelationID: id, Timestamp: at}
		expectSafe(t, Diagnose(Symptom{Layer: providers.LayerToken, Protocol: "token", Err: refusal}, hostileEvidence(appOnly)))
	})
}

func FuzzDiagnoseStage(f *testing.F) {
	f.Add("connect", "mail.example:993", "connection refused")
	f.Add("tls", "[::1]:993", "remote error: tls: handshake failure")
	f.Add("", hostile, hostile)
	f.Fuzz(func(t *testing.T, stage, host, text string) {
		err := &providers.StageError{Stage: providers.Stage(stage), Host: host, Err: errors.New(text)}
		expectSafe(t, Diagnose(Symptom{Layer: providers.LayerTCP, Protocol: "imap", Err: err}, Evidence{}))
	})
}

// expectSafe is what holds of every diagnosis, whatever a server says.
func expectSafe(t *testing.T, diagnoses []Diagnosis) {
	t.Helper()
	expectUsable(t, diagnoses)
	seen := map[Cause]bool{}
	for _, d := range diagnoses {
		if seen[d.Cause] {
			t.Fatalf("%s comes twice", d.Cause)
		}
		seen[d.Cause] = true
		for _, text := range texts(d) {
			expectShowable(t, text)
			if len(text) > 20_000 {
				t.Fatalf("a text of %d bytes", len(text))
			}
		}
		for _, fix := range d.Fixes {
			expectOneCommand(t, fix.Command)
			if strings.ContainsAny(fix.URL, "\"'<> ") {
				t.Fatalf("URL %q", fix.URL)
			}
		}
	}
}

func BenchmarkDiagnoseReply(b *testing.B) {
	symptom := Symptom{Layer: providers.LayerMailbox, Protocol: "imap", Err: imap("EXAMINE", "BAD", "", "User is authenticated but not connected.")}
	evidence := appOnly()
	b.ReportAllocs()
	for b.Loop() {
		Diagnose(symptom, evidence)
	}
}

func BenchmarkDiagnoseAuthorityError(b *testing.B) {
	symptom := Symptom{Layer: providers.LayerToken, Protocol: "token", Err: entra("invalid_client", 7000215)}
	evidence := appOnly()
	b.ReportAllocs()
	for b.Loop() {
		Diagnose(symptom, evidence)
	}
}
