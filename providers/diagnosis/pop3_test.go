package diagnosis

import (
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

func TestPOP3CodesSayMoreThanTheirWords(t *testing.T) {
	t.Parallel()
	for bracket, want := range map[string]string{
		"IN-USE":      "likely too-many-connections, possible service-unavailable",
		"LOGIN-DELAY": "certain throttled",
		"SYS/TEMP":    "likely mailbox-not-found-or-unlicensed, possible service-unavailable",
		"SYS/PERM":    "likely mailbox-not-found-or-unlicensed, possible pop-disabled-mailbox",
	} {
		reply := &providers.Reply{Protocol: "pop3", Command: "STAT", Status: "-ERR", Bracket: bracket, Text: "x"}
		expectRanking(t, Diagnose(Symptom{Layer: providers.LayerMailbox, Protocol: "pop3", Err: reply}, delegated()), want)
	}
	down := &providers.Reply{Protocol: "pop3", Command: "AUTH", Status: "-ERR", Text: "Server Unavailable. 21"}
	expectRanking(t, Diagnose(Symptom{Layer: providers.LayerSASL, Err: down}, delegated()), "likely service-unavailable, possible throttled")
	gmail := &providers.Reply{Protocol: "pop3", Command: "AUTH", Status: "-ERR", Bracket: "AUTH", Text: "Invalid credentials",
		Challenge: &providers.Challenge{Status: "400", Scope: "https://mail.google.com/"}}
	expectRanking(t, Diagnose(Symptom{Layer: providers.LayerSASL, Err: gmail}, delegated(unreadable)), "likely google-scope-wrong, possible wrong-user-signed-in, possible access-token-expired")
}

// Exchange says the same of a bad token, a missing record and a mailbox whose POP is off.
func TestExchangesOneWordOverPOP3(t *testing.T) {
	t.Parallel()
	refused := &providers.Reply{Protocol: "pop3", Command: "AUTH", Status: "-ERR", Text: "Authentication failure: unknown user name or bad password."}
	for name, test := range map[string]struct {
		evidence Evidence
		want     string
	}{
		"token ended":                               {delegated(tokenEnded), "certain access-token-expired"},
		"token of Graph":                            {delegated(audience("https://graph.microsoft.com")), "certain token-audience-wrong"},
		"scope missing":                             {delegated(scopes("IMAP.AccessAsUser.All")), "certain scope-missing"},
		"somebody else":                             {delegated(signedInAs("boss@contoso.example")), "certain wrong-user-signed-in"},
		"right token, nothing else known":           {delegated(), "likely pop-disabled-mailbox, possible mailbox-not-found-or-unlicensed"},
		"right token, another protocol works":       {delegated(otherWay(Accepted)), "likely pop-disabled-mailbox, possible mailbox-permission-missing"},
		"right token, no protocol works":            {delegated(otherWay(Refused)), "likely mailbox-not-found-or-unlicensed, possible pop-disabled-mailbox"},
		"app-only, another protocol works":          {appOnly(otherWay(Accepted)), "likely pop-disabled-mailbox, possible mailbox-permission-missing"},
		"app-only, another mailbox works":           {appOnly(anySASL(Accepted)), "likely mailbox-permission-missing, possible pop-disabled-mailbox, possible mailbox-not-found-or-unlicensed"},
		"app-only, nothing else known":              {appOnly(), "likely service-principal-missing, possible mailbox-permission-missing, possible pop-disabled-mailbox"},
		"app-only, record with another Object ID":   {appOnly(registrationsID), "likely service-principal-object-id-wrong, possible service-principal-missing, possible mailbox-permission-missing, possible pop-disabled-mailbox"},
		"app-only, permission missing, none at all": {appOnly(roles()), "certain consent-missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Diagnose(Symptom{Layer: providers.LayerSASL, Protocol: "pop3", Err: refused}, test.evidence)
			expectRanking(t, got, test.want)
		})
	}
	off := Diagnose(Symptom{Layer: providers.LayerSASL, Protocol: "pop3", Err: refused}, delegated())[0]
	if want := `Set-CASMailbox -Identity "` + contracts + `" -PopEnabled $true`; off.Fixes[0].Command != want {
		t.Errorf("the command is %s, want %s", off.Fixes[0].Command, want)
	}
}
