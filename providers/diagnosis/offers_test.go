package diagnosis

import "testing"

func TestWhatAServerOffersIsNotWhatWasTried(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text string
		want Cause
	}{
		"password, IMAP":      {"* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR\nC: 2 AUTHENTICATE PLAIN\nS: 2 NO AUTHENTICATE failed.", BasicAuthBlocked},
		"token, IMAP":         {"* CAPABILITY IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR\nC: 2 AUTHENTICATE XOAUTH2\nS: 2 NO AUTHENTICATE failed.", ScopeMissing},
		"password, JavaMail":  {"DEBUG IMAPS: AUTH: PLAIN\nDEBUG IMAPS: AUTH: XOAUTH2\nAUTHENTICATE PLAIN command result: A1 NO AUTHENTICATE failed.", BasicAuthBlocked},
		"password, POP3":      {"POP3< SASL PLAIN XOAUTH2\nPOP3> USER desk@contoso.example\nPOP3< -ERR Logon failure: unknown user name or bad password.", BasicAuthBlocked},
		"token, POP3":         {"POP3< SASL PLAIN XOAUTH2\nPOP3> AUTH XOAUTH2\nPOP3< -ERR Authentication failure: unknown user name or bad password.", POPDisabledMailbox},
		"a client's own word": {"IMAP: cannot authenticate with the SASL XOAUTH2 mechanism", ScopeMissing},
		"the string itself":   {"AUTHENTICATE user=desk@contoso.example auth=Bearer x: A1 NO AUTHENTICATE failed.", ScopeMissing},
	} {
		if got := Explain(test.text); !got.Recognised || got.Diagnoses[0].Cause != test.want {
			t.Errorf("%s: got %s, want %s", name, ranking(got.Diagnoses), test.want)
		}
	}
}

func TestWithoutOffers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"* capability imap4 auth=plain auth=xoauth2 idle": "* capability imap4   idle",
		"250-auth login xoauth2 250 smtputf8":             " 250 smtputf8",
		"auth=bearer x":                                   "auth=bearer x",
		"auth login":                                      "auth login",
		"sasl xoauth2 mechanism":                          "sasl xoauth2 mechanism",
	} {
		if got := withoutOffers(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
