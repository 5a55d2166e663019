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

func TestAWrapperHidesNoCause(t *testing.T) {
	t.Parallel()
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
