package diagnosis

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers/diagnosis/likeness"
)

// TestTextsLikeKnownMessages reads texts of which the rules know no sentence.
func TestTextsLikeKnownMessages(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Cause{
		"auth_string = 'user=%s\\1auth=Bearer %s\\1\\1', and Python says: can't concat str to bytes":            XOAUTH2StringMalformed,
		"TV-like sign-in: the other side pressed Cancel after the letters were entered, so no key was given":    DeviceCodeDeclined,
		"registration takes MSA only, the authority we call is common, it wants consumers":                      PersonalOnlyAppOnCommon,
		"the add_key of the mail token fails: invalid argument, payload of 41022 bytes where 32767 are the max": KeyringEntryTooLarge,
	} {
		if read := readText(text); len(read.wellKnown())+len(read.fromConcepts())+len(read.generalWords())+len(read.vagueWords()) > 0 {
			t.Errorf("%q is known to the rules by now; take another text", text)
		}
		if got := Explain(text); !got.Recognised || got.Diagnoses[0].Cause != want {
			t.Errorf("%q gives %s, want %s", text, ranking(got.Diagnoses), want)
		}
	}
}

// TestLikenessOutweighsWordsThatSayLittle reads texts in which a rule sees a part only.
func TestLikenessOutweighsWordsThatSayLittle(t *testing.T) {
	t.Parallel()
	for text, test := range map[string]struct{ ruled, want Cause }{
		"LWP: cannot connect to oauth2.googleapis.com:443 (Bad hostname)":                                      {NetworkBlocked, DNSFailure},
		"S: 03 NO [UNAVAILABLE] Protocol is switched off for user \"kasse\"":                                   {ServiceUnavailable, IMAPDisabledMailbox},
		"smtp: timed out waiting for the 220 greeting. $mail->SMTPSecure = 'tls'; $mail->Port = 465;":          {ServerTimeout, SMTPTLSModeMismatch},
		"NO AUTHENTICATE failed; the principal was made with both ids of the App registrations' overview page": {ScopeMissing, ServicePrincipalObjectIDWrong},
	} {
		if ruled, _ := readText(text).fromRules(); len(ruled) == 0 || ruled[0].cause != test.ruled {
			t.Errorf("%q: the rules find %v, no longer %s; take another text", text, ruled, test.ruled)
		}
		got := Explain(text)
		if !got.Recognised || got.Diagnoses[0].Cause != test.want {
			t.Errorf("%q gives %s, want %s", text, ranking(got.Diagnoses), test.want)
		}
		if !slices.ContainsFunc(got.Diagnoses, func(d Diagnosis) bool { return d.Cause == test.ruled }) {
			t.Errorf("%q: %s is forgotten in %s", text, test.ruled, ranking(got.Diagnoses))
		}
	}
}

// TestOtherTradesWordsAreNoMail reads texts in which a rule would see a cause.
func TestOtherTradesWordsAreNoMail(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"caddy: http: TLS handshake error from 172.68.0.3:51022: no certificate available for '203.0.113.9'",
		"celery@worker2: substantial drift may mean clocks are out of sync. Current drift is 3600 seconds.",
		"Error: Cloud Functions API has not been used in project before or it is disabled (firebase deploy)",
	} {
		if ruled, _ := readText(text).fromRules(); len(ruled) == 0 {
			t.Errorf("%q: the rules find nothing; take another text", text)
		}
		if got := Explain(text); got.Recognised {
			t.Errorf("%q gives %s", text, ranking(got.Diagnoses))
		}
	}
}

// TestToolsBesideAFaultHideItNot reads texts that name what a program was made with or runs on.
func TestToolsBesideAFaultHideItNot(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Cause{
		"in the docker container: keyring.errors.KeyringLocked: Failed to unlock the collection! get_preferred_collection, the secret service is locked":  KeyringLocked,
		"composer update went through, php_curl is on; as soon as oauth2 is used: cURL error # 60: unable to get local issuer certificate, no cacert.pem": CABundleOutdated,
		"CONNECT 198.51.100.17:443, HTTP/1.1 407 Proxy Authentication Required, Proxy-Authenticate: Kerberos":                                             ProxyAuthRequired,
		`could not load the vault key: could not get keychain item: failed to get secret: org.freedesktop.Secret.Error.IsLocked`:                          KeyringLocked,
		"docker: Error response from daemon: Get https://registry-1.docker.example/v2/: x509: certificate signed by unknown authority":                    "",
		"pip install: Retrying after connection broken by SSLError, unable to get local issuer certificate, pypi.org":                                     "",
	} {
		if !readText(text).about.beside && want != "" {
			t.Errorf("%q names no tools; take another text", text)
		}
		got := Explain(text)
		if got.Recognised != (want != "") || got.Recognised && got.Diagnoses[0].Cause != want {
			t.Errorf("%q gives %s, want %q", text, ranking(got.Diagnoses), want)
		}
	}
}

func TestLikenessesHaveTheNamesOfTheHouse(t *testing.T) {
	t.Parallel()
	alike := []likeness.Match{
		{Name: string(RedirectURIMismatch), Share: 0.4}, {Name: string(GoogleRedirectURIMismatch), Share: 0.3},
		{Name: string(ClockSkew), Share: 0.2}, {Name: string(MailboxPermissionMissing), Share: 0.1},
	}
	for h, want := range map[house]string{
		eitherHouse:    "redirect-uri-mismatch 40, google-redirect-uri-mismatch 30, clock-skew 20, mailbox-permission-missing 10",
		microsoftHouse: "redirect-uri-mismatch 70, clock-skew 20, mailbox-permission-missing 10",
		googleHouse:    "google-redirect-uri-mismatch 78, clock-skew 22",
	} {
		var named []string
		for _, match := range h.rename(alike) {
			named = append(named, fmt.Sprintf("%s %.0f", match.Name, match.Share*100))
		}
		if got := strings.Join(named, ", "); got != want {
			t.Errorf("house %d: %s, want %s", h, got, want)
		}
	}
}

func TestOutweigh(t *testing.T) {
	t.Parallel()
	alike := likenesses{{Name: "clock-skew", Share: 0.6}, {Name: "throttled", Share: 0.1}, {Name: "scope-missing", Share: 0.001}}
	for name, test := range map[string]struct {
		than  Cause
		worth float64
		want  bool
	}{
		"the same cause":          {ClockSkew, 1, false},
		"not enough":              {Throttled, 7, false},
		"enough":                  {Throttled, 5, true},
		"a share near nothing":    {ScopeMissing, 50, true},
		"counts as the least one": {ScopeMissing, 70, false},
		"one that is not there":   {DNSFailure, 50, true},
	} {
		if got := alike.outweigh(test.than, test.worth); got != test.want {
			t.Errorf("%s: %t", name, got)
		}
	}
	if (likenesses{}).outweigh(DNSFailure, 1) {
		t.Error("nothing outweighs a rule")
	}
}

// TestAnswersInJSONHaveWords reads an answer in which hardly a blank stands.
func TestAnswersInJSONHaveWords(t *testing.T) {
	t.Parallel()
	got := Explain(`{"error":"invalid_grant","error_description":"Bad Request"}`)
	if !got.Recognised || got.Diagnoses[0].Cause != GoogleTokenRevoked {
		t.Errorf("got %s", ranking(got.Diagnoses))
	}
}

func TestLikenessProvesNothing(t *testing.T) {
	t.Parallel()
	const like = "auth_string = 'user=%s\\1auth=Bearer %s\\1\\1' can't concat str to bytes"
	for name, text := range map[string]string{
		"of a number that nobody knows": "AADSTS7999999: the refresh token is too old and was not used",
		"in a long log":                 like + strings.Repeat(" nothing of note happened here", mostBytes/20),
		"of another trade":              "kafka " + strings.ReplaceAll(like, "auth", "sasl"),
		"of what every server does":     "too many of them at the same time, and the name was not found",
		"of words that nobody said":     "zwurbel frimpf token",
		"of words that say nothing":     "something odd happened",
		"of two words":                  "seven days",
		"of a name":                     "com.sun.mail.imap.IMAPStore",
		"of an address":                 "imaps://imap.gmail.com:993/INBOX",
		"of a record":                   `{"token_type":"Bearer","expires_in":3599}`,
		"of two words in JSON":          `{"error":"timeout"}`,
		"without mail, like several":    "it asks again and again",
		"about mail, like many":         "gmail does odd things since monday",
	} {
		if got := Explain(text); got.Recognised {
			t.Errorf("%s: %q gives %s", name, text[:min(len(text), 90)], ranking(got.Diagnoses))
		}
	}
}
