package diagnosis

import "strings"

// refusalSigns are for a refused sign-in that a program tells in its own words: all that is known is
// which protocol refused it, so what is most frequent there comes first.
var refusalSigns = []sign{
	{
		when: "authentication failed|authenticationexception & imap|xoauth2|saslmechanismoauth2 & oauth|accesstoken|" +
			"tokenmodel|accessasapp|accessasuser",
		unless: "gmail|google",
		causes: []Cause{ScopeMissing, TokenAudienceWrong, ServicePrincipalMissing, WrongUserSignedIn},
	},
	{
		when:   "gmail|google & xoauth2|oauthbearer|oauth2|ya29.",
		causes: []Cause{GoogleScopeWrong, GoogleTokenRevoked, WrongUserSignedIn},
	},
	{when: "gmail|google", causes: []Cause{GoogleAppPasswordNeeded, WrongCredentials, GoogleScopeWrong}},
	{
		when: "xoauth2|oauth|bearer|modern auth|saslmechanismoauth|access token|accesstoken|/.default|" +
			"client credentials",
		causes: []Cause{ScopeMissing, WrongUserSignedIn, TokenAudienceWrong, ServicePrincipalMissing},
	},
	{
		when: "smtp|sendmail|send mail|sending mail|outgoing|535 & outlook|office365|office 365|o365|microsoft|m365|" +
			"exchange|hotmail",
		causes: []Cause{SMTPAuthDisabledMailbox, BasicAuthBlocked, WrongCredentials},
	},
	{
		when:   "smtp|sendmail|send mail|sending mail|outgoing|535",
		causes: []Cause{WrongCredentials, BasicAuthBlocked, SMTPAuthDisabledMailbox},
	},
	{when: "pop3|pop server|:995", causes: []Cause{BasicAuthBlocked, POPDisabledMailbox, WrongCredentials}},
	{
		when: "imap|mailbox|fetchmail|mail server|mail account|update your server settings|hotmail|outlook|" +
			"office365|office 365|o365|exchange|:993",
		causes: []Cause{BasicAuthBlocked, WrongCredentials},
	},
	{
		when: "test mail|test email|send email|sending email|mail notification|email notification|incoming mail|" +
			"incoming email",
		causes: []Cause{BasicAuthBlocked, WrongCredentials},
	},
}

const (
	signingIn = "authenticat|authorization fail|authfail|autherror|login|log in|log at|logging in|log into|logon|sign in|credential|password|" +
		"anmeld|kennwort|passwort|authentifi|connexion|identifi|mot de passe|autentic|contraseña|iniciar sesión|senha|autentica|accesso|" +
		"aanmeld|wachtwoord|uwierzytel|logowan|hasł|認証|ログイン|パスワード|验证|登录|密码|驗證|登入"
	refused = "fail|denied|reject|unsuccessful|cancel|not accept|not valid|invalid|incorrect|wrong|could not|cannot|unable| error|was not|" +
		"fehl|ungültig|falsch|abgelehnt|verweigert|échou|échec|refus|incorrec|non valide|rechaz|inválid|falló|falha|falhou|fallit|non riuscit|errat|rifiutat|" +
		"ne peut pas|kann nicht|konnte nicht|no se puede|no se pudo|não é possível|não foi possível|impossib|kan niet|nie można|" +
		"できません|无法|mislukt|onjuist|geweigerd|nie powio|nieprawid|odmow|odrzuc|失敗|失败|错误|拒否|エラー|拒绝"
	// otherFailures break a sign-in off before anybody has looked at a password.
	otherFailures = "timed out|timeout|connection refused|reset|resolve host|could not resolve|unable to resolve|failed to resolve|" +
		"name resolution|no such host|not known|certificate|#ssl|sslerror|ssl_|sslexception|#tls|tlserror|handshake|proxy|" +
		"client authentication|client_id|server_error|invalid_request|invalid_scope|unauthorized_client"
	refusalReach = 60  // bytes between the two words of a refusal, at most
	failureReach = 200 // bytes between a refusal and another failure that explains it, at most
)

// signInRefused reports whether the text says near each other that somebody signs in and is refused.
func (t pastedText) signInRefused() bool {
	for word := range strings.SplitSeq(signingIn, "|") {
		for rest, before := t.lower, ""; ; {
			var found bool
			before, rest, found = strings.Cut(rest, word)
			if !found {
				break
			}
			near := pastedText{closed: t.closed, lower: around(before, word, rest, refusalReach)}
			if near.saysAny(refused) && !readAgain(around(before, word, rest, failureReach)).saysAny(otherFailures) {
				return true
			}
		}
	}
	return false
}

// around is what stands about a word as far as the reach goes, in bytes.
func around(before, word, after string, reach int) string {
	return before[max(0, len(before)-reach):] + word + after[:min(len(after), reach)]
}

// readAgain reads a part of a text that is plain already.
func readAgain(lower string) pastedText { return pastedText{lower: lower, tokens: tokensOf(lower)} }
