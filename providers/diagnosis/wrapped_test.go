package diagnosis

import (
	"fmt"
	"testing"
)

// What libraries print around the words of those who know: the name of an exception, the line that
// threw it, a sentence for everything.
var wrappers = []string{
	"smtplib.SMTPAuthenticationError: (%s)",
	"Net::SMTPAuthenticationError: %s\n\tfrom /usr/lib/ruby/net/smtp.rb:977:in `check_auth_response'",
	"javax.mail.AuthenticationFailedException: %s\n\tat com.sun.mail.smtp.SMTPTransport.protocolConnect(SMTPTransport.java:725)",
	"System.Net.Mail.SmtpException: %s\n   at System.Net.Mail.SmtpClient.Send(MailMessage message)",
	"Swift_TransportException: %s, thrown at vendor/swiftmailer/lib/classes/Swift/Transport/AbstractSmtpTransport.php:383",
	"{ Error: %s\n    at SMTPConnection._formatError (node_modules/nodemailer/lib/smtp-connection/index.js:774:19) }",
	"Error: Invalid login: %s\n    at SMTPConnection.login { code: 'EAUTH', command: 'AUTH XOAUTH2' }",
	"PHP Fatal error:  Uncaught PHPMailer\\PHPMailer\\Exception: SMTP Error: Could not authenticate. %s",
	"MailKit.Security.AuthenticationException: %s\n   at MailKit.Net.Imap.ImapClient.AuthenticateAsync(SaslMechanism mechanism)",
	"ERROR: Failed to refresh OAuth token for mailbox: %s",
	"imaplib.IMAP4.error: %s",
	"Connection test failed. %s. Please check your settings and try again.",
}

// bare are refusals in general words, of which a wrapper may say more than they do.
var bare = map[Cause]bool{
	WrongCredentials: true, BasicAuthBlocked: true, ServerProtocolError: true, NetworkBlocked: true, RequestMalformed: true,
	TokenCacheUnreadable: true, RefreshTokenExpired: true, ServiceUnavailable: true, GoogleAppPasswordNeeded: true,
	SMTPAuthDisabledMailbox: true,
}

// What people tell around a text: what works, how the program was installed, what was tried.
var stories = []string{
	"%s\nThe same code works fine with Gmail.",
	"%s\nI checked the user name and password and they are correct.",
	"%s\nIt works in Thunderbird with the same account.",
	"%s\nMFA is enabled on the account. No proxy, no firewall.",
	"%s\nIt worked until last week, nothing was changed. Ubuntu 22.04, PHP 8.1.",
	"I followed the guide, created a secret for the app and a redirect URI. Then it says:\n\n%s\n\nAny idea?",
	"10:11:12 INFO  Connecting to server\n10:11:13 DEBUG TLS handshake complete\n10:11:14 ERROR %s",
}

func TestAWrapperHidesNoCause(t *testing.T) {
	t.Parallel()
	expectSameInside(t, wrappers)
}

func TestAStoryHidesNoCause(t *testing.T) {
	t.Parallel()
	expectSameInside(t, stories)
}

func expectSameInside(t *testing.T, wrappers []string) {
	t.Helper()
	for cause, texts := range pasted {
		if bare[cause] {
			continue
		}
		for _, text := range texts {
			for _, wrapper := range wrappers {
				wrapped := fmt.Sprintf(wrapper, text)
				if got := Explain(wrapped); !got.Recognised || got.Diagnoses[0].Cause != cause {
					t.Errorf("%s\ngot  %s\nwant %s", wrapped, ranking(got.Diagnoses), cause)
				}
			}
		}
	}
}
