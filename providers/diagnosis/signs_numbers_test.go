package diagnosis

import (
	"strconv"
	"strings"
	"testing"
)

// Windows shows the same number in hexadecimal and, with a sign, in decimal digits: both are known.
func TestNumbersOfWindowsAreKnownInBothForms(t *testing.T) {
	t.Parallel()
	for _, sign := range numberSigns {
		for word := range strings.SplitSeq(sign.when, "|") {
			value, err := strconv.ParseUint(word, 16, 32)
			if err != nil || !strings.HasPrefix(word, "8") || strings.HasPrefix(word, "800ccc") || strings.HasPrefix(word, "800421") {
				continue // in decimals, one of the sign-in broker's own, or one that Outlook shows in this form only
			}
			if decimals := "#" + strconv.FormatUint(1<<32-value, 10); !strings.Contains(sign.when, decimals) {
				t.Errorf("0x%s is not known as %s", word, decimals)
			}
		}
	}
}

func TestNumbersWithoutWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Cause{
		"POP3 STARTTLS handshake fails (os error -2146893007)":                   TLSVersionUnsupported,
		"IMAP: Schannel 0x80090325":                                              TLSInterception,
		"smtp handshake: 80090322":                                               ServerCertificateNameMismatch,
		"Mail task stopped, run-time error '-2147012867 (80072efd)'":             NetworkBlocked,
		"CDO.Message.1 error '80040213' smtp.office365.com line 42":              NetworkBlocked,
		"CDO.Message.1 error '80040217' smtp.office365.com":                      BasicAuthBlocked,
		"Outlook sign-in: CAA82EE7":                                              DNSFailure,
		"WinHttp 12007 for login.microsoftonline.com":                            DNSFailure,
		"mail job: WinHttpSendRequest failed, 12175":                             TLSVersionUnsupported,
		"smtp.office365.com:587 SocketException 10060":                           NetworkBlocked,
		"imaps://outlook.office365.com curl error 77":                            CABundleOutdated,
		"smtp: curl error 6: (nil)":                                              DNSFailure,
		"imaps://outlook.office365.com curl: (67)":                               BasicAuthBlocked,
		"imap.gmail.com kCFStreamErrorDomainSSL, -9807":                          ServerCertificateUntrusted,
		"outlook.office365.com: Error Domain=NSURLErrorDomain Code=-1202":        ServerCertificateUntrusted,
		"outlook.office365.com: Error Domain=NSURLErrorDomain Code=-1003":        DNSFailure,
		"the store of the mail program: OSStatus -25307":                         KeyringServiceMissing,
		"mail password in the keychain: OSStatus -25293":                         KeyringLocked,
		"openssl s_client to outlook.office365.com:993 says verify error:num=20": CABundleOutdated,
		"imap.example.com:993 Verify return code: 62":                            ServerCertificateNameMismatch,
		"MailKit stopped at 80090308 on port 587":                                SMTPTLSModeMismatch,
		"the mail job's Invoke-WebRequest: 800B0101":                             ClockSkew,
		"mail relay: System.Net.Sockets.SocketException 11001":                   DNSFailure,
		"msal in the mail add-in: 0xCAA70004":                                    NetworkBlocked,
		"smtp over CFNetwork SSL failed, kCFStreamErrorDomainSSL -9843":          ServerCertificateNameMismatch,
		"curl: (51) imaps://imap.example.com":                                    ServerCertificateNameMismatch,
		"mailbox sync: Error Domain=NSURLErrorDomain Code=-1001":                 ServerTimeout,
	} {
		if got := Explain(text); !got.Recognised || got.Diagnoses[0].Cause != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, ranking(got.Diagnoses), want)
		}
	}
}

// The same digits elsewhere are amounts, ports and addresses.
func TestNumbersAlone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"listening on port 10060", "12007 rows inserted", "curl: (60)", "exit code -9807"} {
		if got := Explain(text); got.Recognised {
			t.Errorf("%s\ngot %s", text, ranking(got.Diagnoses))
		}
	}
}
