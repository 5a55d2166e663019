package diagnosis

import (
	"slices"
	"strings"
	"testing"
)

// A name that a log shows by itself tells the cause, in whatever letters it stands.
func TestNamesByThemselves(t *testing.T) {
	t.Parallel()
	for _, sign := range slices.Concat(nameSigns, exceptionSigns) {
		for clause := range strings.SplitSeq(sign.when, "; ") {
			if strings.ContainsAny(clause, "&~") {
				continue
			}
			for name := range strings.SplitSeq(clause, "|") {
				for _, text := range []string{"mail program: " + name, "2026-11-22 10:00:00 ERROR mail job 7: " + strings.ToUpper(name)} {
					got := Explain(text)
					if !got.Recognised || !slices.Contains(sign.causes, got.Diagnoses[0].Cause) {
						t.Errorf("%s\ngot  %s\nwant %v", text, ranking(got.Diagnoses), sign.causes)
					}
				}
			}
		}
	}
}

func TestCodesOfMailServers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Cause{
		"A2 NO [EXPIRED] the password is too old (imap)": PasswordExpired,
		"A2 NO [PRIVACYREQUIRED] imap: not without TLS":  SMTPTLSModeMismatch,
		"A2 NO [UNAVAILABLE] imap: ask again later":      ServiceUnavailable,
		"A9 NO [NOPERM] imap: not for you":               MailboxPermissionMissing,
		"smtp: 432 4.7.12 one more step":                 SMTPAuthMechanismUnsupported,
		"A2 NO [LIMIT] imap: not so many":                TooManyConnections,
		"smtp: 538 5.7.11 not in the clear":              SMTPTLSModeMismatch,
	} {
		if got := Explain(text); !got.Recognised || got.Diagnoses[0].Cause != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, ranking(got.Diagnoses), want)
		}
	}
}

// The same names in another trade's words are that trade's.
func TestNamesOfOtherTrades(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"kafka: SSLPeerUnverifiedException for broker-2",
		"salesforce: RESOURCE_EXHAUSTED",
		"pip: CURLE_COULDNT_RESOLVE_HOST pypi.org",
	} {
		if got := Explain(text); got.Recognised {
			t.Errorf("%s\ngot %s", text, ranking(got.Diagnoses))
		}
	}
}

// What reports have shown of a sentence outweighs what a name in it may mean by itself.
func TestSentencesComeBeforeNames(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Cause{
		"smtp.contoso.example: The remote certificate is invalid because of errors in the certificate chain: PartialChain, SslHandshakeException": TLSInterception,
		"gmail: Request is missing required authentication credential. reason: CREDENTIALS_MISSING":                                               TokenCacheUnreadable,
		"Add-MailboxPermission : ManagementObjectNotFoundException: 4f1c couldn't be found on 'DB7PR01'":                                          ServicePrincipalObjectIDWrong,
		"CDO.Message.1 error '80040217' smtp.gmail.com:465":                                                                                       GoogleAppPasswordNeeded,
		"Connecting to the mail server through http.proxy: ERR_TUNNEL_CONNECTION_FAILED, TCP_DENIED 407":                                          ProxyAuthRequired,
		`x-ms-diagnostics: 2000003;reason="The audience is not valid.";error_category="invalid_resource"`:                                         TokenAudienceWrong,
	} {
		if got := Explain(text); !got.Recognised || got.Diagnoses[0].Cause != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, ranking(got.Diagnoses), want)
		}
	}
}
