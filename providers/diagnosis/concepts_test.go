package diagnosis

import (
	"strings"
	"testing"
)

func TestConceptsReadWhatNobodyHasWordedBefore(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		want       Cause // empty: none
	}{
		{"a secret that ended", "mail channel: the app secret on file for Outlook is no longer valid", SecretExpired},
		{"a secret left out, in German", "Outlook-Postfach: Clientschlüssel fehlt in den Einstellungen", SecretMissing},
		{"a tenant that is not there", "Microsoft 365 connector: tenant contoso.example could not be found, no such tenant", TenantNotFound},
		{"a refresh token that ended, in French", "Outlook : le jeton d'actualisation de la boîte a expiré", RefreshTokenExpired},
		{"a code that came too late", "Outlook link failed, authorization code rejected as expired", AuthCodeAlreadyUsed},
		{"a mailbox that nobody may open, in Italian", "casella crm@contoso.example: accesso negato (Exchange Online)", MailboxPermissionMissing},
		{"a protocol switched off", "imap for crm@contoso.example is turned off by the administrator", IMAPDisabledMailbox},
		{"a folder that is not there, in Spanish", "imap: la carpeta Soporte no existe", IMAPFolderMissing},
		{"a thing and a fault in two sentences", "imap: the app secret was read. The weather has expired", ""},
		{"a thing and a fault far apart", "imap: app secret " + strings.Repeat("and so on ", 9) + "expired", ""},
		{"no mail anywhere", "the app secret of the shop has expired", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			found := readText(test.text).fromConcepts()
			switch {
			case test.want == "" && len(found) > 0:
				t.Errorf("%q gives %s", test.text, found[0].cause)
			case test.want != "" && (len(found) == 0 || found[0].cause != test.want):
				t.Errorf("%q gives %v, want %s", test.text, found, test.want)
			}
		})
	}
}

func TestConceptsAreWellMade(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, concept := range concepts {
		used[concept.thing], used[concept.fault] = true, true
		if things[concept.thing] == "" || faults[concept.fault] == "" {
			t.Errorf("%s with %s is not named", concept.thing, concept.fault)
		}
		for _, cause := range concept.causes {
			if lookup(cause) == nil {
				t.Errorf("%s is not in the catalogue", cause)
			}
		}
	}
	for _, names := range []map[string]string{things, faults} {
		for name, words := range names {
			if !used[name] {
				t.Errorf("%s is in no concept", name)
			}
			for word := range strings.SplitSeq(words, "|") {
				expectFindable(t, word)
			}
		}
	}
}

func TestWeakWordsNeedTheirSurroundings(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, text string
		recognised bool
	}{
		{"weak words about another server", "https://api.shop.example/oauth/token says the authorization request has expired", false},
		{"weak words that name no server", "the authorization request has expired", true},
		{"weak words about mail", "https://login.microsoftonline.com/ says the authorization request for Outlook has expired", true},
		{"a sentence of one program's own", "https://desk.example/mail: SmtpClientAuthentication is disabled for the Tenant", true},
		{"another service of Graph's", "403 Forbidden for url https://graph.microsoft.com/v1.0/me/chats in Office 365", false},
		{"mail in Graph", "403 Forbidden for url https://graph.microsoft.com/v1.0/me/messages in Office 365", true},
	} {
		if got := Explain(test.text).Recognised; got != test.recognised {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}
