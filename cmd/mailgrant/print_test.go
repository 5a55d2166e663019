package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis"
	"github.com/mailgrant/mailgrant/providers/probe"
	"github.com/mailgrant/mailgrant/steps"
)

func layers(outcomes map[providers.Layer]probe.LayerResult) []probe.LayerResult {
	var all []probe.LayerResult
	for _, layer := range providers.Layers() {
		one, known := outcomes[layer]
		if !known {
			one.Outcome = providers.NotReached
		}
		one.Layer = layer
		all = append(all, one)
	}
	return all
}

// oneReport is a check in which one mailbox passed and another failed.
func oneReport() steps.Report {
	imap := providers.Server{Protocol: "imap", Security: providers.ImplicitTLS, Host: "outlook.office365.com", Port: "993"}
	smtp := providers.Server{Protocol: "smtp", Security: providers.StartTLS, Host: "smtp.office365.com", Port: "587"}
	passed := func(ms int, detail string) probe.LayerResult {
		return probe.LayerResult{Outcome: providers.Passed, Elapsed: time.Duration(ms) * time.Millisecond, Detail: detail}
	}
	sent := probe.Result{Probe: "smtp", Outcome: providers.Warned, Layers: layers(map[providers.Layer]probe.LayerResult{
		providers.LayerDNS: passed(3, "4 addresses"), providers.LayerTCP: passed(21, "connected"), providers.LayerTLS: passed(40, "TLS 1.3"),
		providers.LayerToken: passed(120, "token received"), providers.LayerClaims: {Outcome: providers.Warned, Detail: "SMTP.SendAsApp is not in the token"},
		providers.LayerSASL: passed(80, ""), providers.LayerMailbox: {Outcome: providers.Skipped}, providers.LayerSend: {Outcome: providers.Skipped, Detail: "signed in, nothing sent"},
	})}
	read := probe.Result{Probe: "imap", Outcome: providers.Failed, Layers: layers(map[providers.Layer]probe.LayerResult{
		providers.LayerDNS: passed(3, ""), providers.LayerTCP: passed(20, ""), providers.LayerTLS: passed(41, ""), providers.LayerToken: passed(120, ""),
		providers.LayerClaims: passed(0, ""), providers.LayerSASL: passed(95, "accepted"), providers.LayerMailbox: {Outcome: providers.Failed, Elapsed: 12 * time.Millisecond, Detail: "BAD User is authenticated but not connected."},
	})}
	return steps.Report{
		Name: "contoso", Product: "agiloft", Route: "ms-mail-cc", State: steps.StateFailing,
		Results: []steps.TestResult{
			{Result: sent, Test: steps.Test{Mailbox: steps.Mailbox{Address: "crm@contoso.example"}, Server: smtp}},
			{Result: read, Test: steps.Test{Mailbox: steps.Mailbox{Address: "contracts@contoso.example"}, Server: imap}, Diagnoses: []diagnosis.Diagnosis{
				{
					Cause: "imap-disabled-mailbox", Certainty: diagnosis.Likely, Layer: providers.LayerMailbox, Owner: diagnosis.ExchangeAdmin,
					Summary: "IMAP is off for contracts@contoso.example", Decides: "Get-CASMailbox shows it",
					Fixes: []diagnosis.Fix{{Text: "switch it on", Command: "Set-CASMailbox -ImapEnabled $true", URL: "https://learn.microsoft.com/"}},
				},
				{Cause: "mailbox-permission-missing", Certainty: diagnosis.Possible, Summary: "the application may not read it"},
			}},
		},
		Needs: []steps.Need{{What: "consent", Owner: diagnosis.EntraAdmin, Text: "grant admin consent", Command: "open the portal"}},
	}
}

func TestReportForAPerson(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	printer{&out}.report(oneReport(), steps.Folder{})
	const want = `contoso: agiloft, route ms-mail-cc, failing
  ! warned  crm@contoso.example over smtp  smtp://smtp.office365.com:587
      dns      passed        3 ms  4 addresses
      tcp      passed       21 ms  connected
      tls      passed       40 ms  TLS 1.3
      token    passed      120 ms  token received
      claims   warned        0 ms  SMTP.SendAsApp is not in the token
      sasl     passed       80 ms
      mailbox  skipped       0 ms
      send     skipped       0 ms  signed in, nothing sent
  x failed  contracts@contoso.example over imap  imaps://outlook.office365.com:993
      dns      passed        3 ms
      tcp      passed       20 ms
      tls      passed       41 ms
      token    passed      120 ms
      claims   passed        0 ms
      sasl     passed       95 ms  accepted
      mailbox  failed       12 ms  BAD User is authenticated but not connected.
      cause: imap-disabled-mailbox (likely, at mailbox)
      IMAP is off for contracts@contoso.example
      who: Exchange admin
      fix: switch it on
           Set-CASMailbox -ImapEnabled $true
           https://learn.microsoft.com/
      decided by: Get-CASMailbox shows it
      or (possible): the application may not read it [mailbox-permission-missing]
  needed: grant admin consent (Entra admin)
      open the portal
`
	if out.String() != want {
		t.Errorf("the report reads\n%s\nwant\n%s", out.String(), want)
	}
}

func TestReportOfARotation(t *testing.T) {
	t.Parallel()
	report := steps.Report{
		Name: "contoso", Product: "agiloft", Route: "ms-mail-cc", State: steps.StateVerified, Verified: true,
		Path: "/home/me/connections/contoso.yaml", Store: "Secret Service keyring",
		ReplaceHere: []steps.Replacement{
			{Artefact: "outbound-cc", Place: "Global Variables", Line: 11, Key: "smtp.payload.3"},
			{Artefact: "inbound-cc", Address: "contracts@contoso.example", Place: "Inbound Email", Line: 10, Key: "inbound.payload.3"},
		},
		Texts: []steps.TextProof{
			{Title: "Outbound text", OK: true, Detail: "the text's own request got a token"},
			{Title: "Inbound text", Address: "contracts@contoso.example", Detail: "the text does not read back", Differences: []string{"it asks for two APIs"}},
		},
	}
	var out bytes.Buffer
	printer{&out}.report(report, steps.Folder{})
	const want = `contoso: agiloft, route ms-mail-cc, verified
  + passed  Outbound text: the text's own request got a token
  x failed  Inbound text for contracts@contoso.example: the text does not read back
      note: it asks for two APIs
  saved   /home/me/connections/contoso.yaml (no secret in it)
  secret  Secret Service keyring
  replace the old secret in these 2 places:
    line 11  smtp.payload.3  in Global Variables
    line 10  inbound.payload.3  in contracts@contoso.example, Inbound Email
  texts   mailgrant show contoso
  again   mailgrant check contoso
`
	if out.String() != want {
		t.Errorf("the report reads\n%s\nwant\n%s", out.String(), want)
	}
}

// TestJSONTellsWhatThePersonIsTold compares the two reports of one run fact by fact.
func TestJSONTellsWhatThePersonIsTold(t *testing.T) {
	t.Parallel()
	var human bytes.Buffer
	printer{&human}.report(oneReport(), steps.Folder{})
	made := checkJSONOf(oneReport())
	facts := []string{made.Connection, made.Product, made.Route, made.State, made.Needs[0].Text, made.Needs[0].Command}
	for _, result := range made.Results {
		facts = append(facts, result.Server)
		if len(result.Layers) != 8 {
			t.Errorf("%s has %d layers, want all eight", result.Probe, len(result.Layers))
		}
		for _, layer := range result.Layers {
			facts = append(facts, layer.Detail)
		}
		if result.Diagnosis != nil {
			facts = append(facts, result.Diagnosis.Cause, result.Diagnosis.Certainty, result.Diagnosis.Summary, result.Diagnosis.Fixes[0].Text, result.Diagnosis.Fixes[0].Command, result.Diagnosis.Fixes[0].URL)
		}
	}
	holds(t, "the human report", human.String(), facts...)
}

func TestProgressForAPerson(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	var out bytes.Buffer
	tell := printer{&out}.progress(func() time.Time { return now })
	tell(steps.Working{Text: "looking up contoso.example"})
	tell(steps.CodeIssued{Account: "crm@contoso.example", Number: 1, Total: 3, Code: providers.DeviceCode{UserCode: "F7K2PQ9M4", VerificationURI: "https://microsoft.com/devicelogin", Expires: now.Add(15 * time.Minute)}})
	tell(steps.SignedIn{Account: "crm@contoso.example", Want: "crm@contoso.example"})
	tell(steps.SignedIn{Want: "crm@contoso.example"})
	tell(steps.Waiting{Why: "the grant is not known everywhere yet", Next: now.Add(10 * time.Second), Until: now.Add(3 * time.Minute)})
	const want = `… looking up contoso.example
sign-in 1 of 3: open https://microsoft.com/devicelogin and enter F7K2PQ9M4
  sign in as crm@contoso.example, not as yourself; the code ends at 12:15:00 UTC
  signed in as crm@contoso.example
  signed in for crm@contoso.example
  the grant is not known everywhere yet; trying again in 10s, until 12:03:00 UTC
`
	if out.String() != want {
		t.Errorf("the conversation reads\n%s\nwant\n%s", out.String(), want)
	}
}
