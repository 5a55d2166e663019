package diagnosis

import "strings"

// A program that words its errors itself still says what is wrong with what. Concepts read that,
// in the languages in which such programs are met, when no sentence is known.

// things are what a sign-in to a mailbox needs, by the names that programs give them, in lower case.
var things = map[string]string{
	"secret": "client secret|client_secret|clientsecret|app secret|application secret|clientschlüssel|clientgeheim|" +
		"secret client|clé secrète|secreto de cliente|secreto del cliente|segredo do cliente|segreto client|" +
		"クライアント シークレット|客户端密码|client credential",
	"signing": "client certificate|signing certificate|client assertion|client_assertion|thumbprint",
	"app":     "client id|client_id|clientid|application id|app id|oauth client|app registration|oauth app|application registration",
	"tenant":  "tenant|directory id|mandant|locataire|inquilino|locatário|テナント|租户|租用戶|authority",
	"redirect": "redirect uri|redirect_uri|redirect url|redirect_url|reply url|reply address|callback url|umleitungs-uri|" +
		"uri de redirection|uri de redireccionamiento|uri de redirecionamento|uri di reindirizzamento|omleidings-uri|" +
		"リダイレクト uri|重定向 uri",
	"refresh": "refresh token|refresh_token|refreshtoken|aktualisierungstoken|jeton d'actualisation|token de actualización|" +
		"token de atualização|token di aggiornamento|vernieuwingstoken|更新トークン|刷新令牌",
	"device": "device code|device_code|user code|user_code|gerätecode|code d'appareil|código de dispositivo",
	"code": "authorization code|authorisation code|auth code|auth_code|authorization_code|autorisierungscode|" +
		"code d'autorisation|código de autorización|código de autorização|codice di autorizzazione|autorisatiecode",
	"state": "state parameter|oauth state|csrf state|state token|state value",
	"scope": "scope",
	"token": "access token|access_token|accesstoken|bearer token|oauth token|oauth2 token|auth token|zugriffstoken|" +
		"jeton d'accès|token de acceso|token de acesso|token di accesso|toegangstoken|アクセス トークン|アクセストークン|访问令牌",
	"account":  "user account|account|benutzerkonto|konto|compte|cuenta|conta|アカウント|帐户|账户",
	"password": "password|kennwort|passwort|mot de passe|contraseña|senha|wachtwoord|hasło|パスワード|密码",
	"mailbox": "mailbox|postfach|boîte aux lettres|boîte mail|buzón|caixa de correio|cassetta postale|casella|postvak|" +
		"skrzynk|メールボックス|邮箱",
	"license": "license|licence|lizenz|licencia|licença|licenza|licentie|ライセンス|许可证",
	"imap":    "imap",
	"pop":     "pop3",
	"smtp":    "smtp auth|authenticated smtp|smtp client authentication",
	"folder":  "folder|ordner|dossier|carpeta|pasta|cartella|フォルダ|文件夹",
	"right": "permissions|permission to|permission for|berechtigung|autorisations requises|permiso|permissão|permissões|autorizzazion|machtiging|" +
		"uprawnie|アクセス許可|权限|privilege",
	"certificate": "certificate|zertifikat|certificat|certificado|certificato|証明書|证书",
	"host":        "hostname|host name|server name|rechnername|nom d'hôte|nombre de host|nome do host|nome host|ホスト名|主机名",
	"consent":     "consent|zustimmung|einwilligung|consentement|consentimiento|consentimento|consenso|toestemming|同意",
}

// faults are what can be wrong with a thing.
var faults = map[string]string{
	"expired": "expired|is no longer valid|abgelaufen|expiré|caducad|expirad|vencid|scadut|verlopen|wygas|期限切れ|过期|過期",
	"missing": "missing|required|is empty|not provided|not set|not specified|undefined|is null|fehlt|fehlend|manquant|requis|" +
		"falta|ausente|mancante|richiest|ontbre|brak|不足|缺少|must be specified|cannot be empty|not configured",
	"invalid": "invalid|incorrect|not valid|wrong|malformed|not match|mismatch|could not be verified|cannot be verified|" +
		"validation failed|ungültig|falsch|stimmt nicht|non valide|incorrect|inválid|non valid|non corrispond|ongeldig|" +
		"onjuist|nieprawidł|無効|正しくありません|无效|不正确",
	"absent": "not found|not exist|not be found|no such|unknown|nicht gefunden|nicht vorhanden|existiert nicht|introuvable|" +
		"n'existe pas|no encontrad|no existe|não encontrad|não existe|non trovat|non esiste|niet gevonden|bestaat niet|" +
		"nie znalezion|nie istnieje|見つかりません|存在しません|找不到|不存在",
	"off": "disabled|not enabled|turned off|switched off|deactivated|inactive|deaktiviert|désactivé|deshabilitad|" +
		"desabilitad|desativad|disattivat|disabilitat|uitgeschakeld|wyłączon|無効になって|已禁用",
	"locked": "locked|suspended|gesperrt|verrouillé|bloquead|bloccat|vergrendeld|zablokowan|ロック|锁定",
	"denied": "denied|forbidden|not allowed|not permitted|not authorized|not have access|unauthorized|insufficient|rejected|" +
		"lacks|lack|not granted|verweigert|unzureichend|refusé|insuffisant|denegad|insuficiente|negad|negato|insufficient|" +
		"geweigerd|onvoldoende|odmow|拒否|不足しています|拒绝",
	"revoked":   "revoked|invalidated|widerrufen|révoqué|revocad|revogad|revocat|ingetrokken",
	"untrusted": "not trusted|untrusted|self-signed|self signed|unknown authority|cannot be trusted|nicht vertrauenswürdig",
}

// concept is a thing with a fault. Its causes are searched in the order of the list, which goes
// from the root of a failure outwards.
type concept struct {
	thing, fault string
	causes       []Cause
}

var concepts = []concept{
	{"secret", "expired", []Cause{SecretExpired}},
	{"secret", "invalid", []Cause{SecretWrongOrTruncated, SecretIDInsteadOfValue}},
	{"secret", "missing", []Cause{SecretMissing, ConfigEntryMissing}},
	{"signing", "expired", []Cause{ClientCertificateInvalid}},
	{"signing", "invalid", []Cause{ClientCertificateInvalid}},
	{"signing", "absent", []Cause{ClientCertificateInvalid}},
	{"redirect", "invalid", []Cause{RedirectURIMismatch}},
	{"redirect", "missing", []Cause{RedirectURIMissing, RedirectURIMismatch}},
	{"tenant", "absent", []Cause{TenantNotFound}},
	{"tenant", "invalid", []Cause{TenantNotFound}},
	{"tenant", "missing", []Cause{TenantIDMissing, ConfigEntryMissing}},
	{"app", "absent", []Cause{AppNotInTenant}},
	{"app", "invalid", []Cause{AppNotInTenant, SecretWrongOrTruncated}},
	{"app", "off", []Cause{AppDisabledInTenant}},
	{"app", "missing", []Cause{ConfigEntryMissing}},
	{"consent", "missing", []Cause{ConsentMissing, AdminConsentRequired}},
	{"consent", "denied", []Cause{ConsentMissing, AdminConsentRequired}},
	{"refresh", "expired", []Cause{RefreshTokenExpired, TokenRevokedPasswordChange}},
	{"refresh", "revoked", []Cause{TokenRevokedPasswordChange, RefreshTokenExpired}},
	{"refresh", "invalid", []Cause{RefreshTokenExpired, TokenRevokedPasswordChange}},
	{"refresh", "absent", []Cause{TokenCacheUnreadable, CallbackNotReceived}},
	{"refresh", "missing", []Cause{TokenCacheUnreadable, CallbackNotReceived}},
	{"device", "expired", []Cause{DeviceCodeExpired}},
	{"device", "invalid", []Cause{DeviceCodeExpired}},
	{"code", "expired", []Cause{AuthCodeAlreadyUsed}},
	{"code", "invalid", []Cause{AuthCodeAlreadyUsed, RequestMalformed}},
	{"code", "missing", []Cause{CallbackNotReceived}},
	{"state", "invalid", []Cause{OAuthStateMismatch}},
	{"state", "missing", []Cause{OAuthStateMismatch, CallbackNotReceived}},
	{"scope", "invalid", []Cause{ScopeInvalid, ScopeNeedsDefault}},
	{"scope", "absent", []Cause{ScopeInvalid}},
	{"scope", "missing", []Cause{ScopeMissing, ScopeInvalid}},
	{"scope", "denied", []Cause{ScopeMissing, ConsentMissing}},
	{"token", "expired", []Cause{AccessTokenExpired, RefreshTokenExpired}},
	{"token", "revoked", []Cause{TokenRevokedPasswordChange, RefreshTokenExpired}},
	{"token", "absent", []Cause{TokenCacheUnreadable, CallbackNotReceived}},
	{"token", "missing", []Cause{TokenCacheUnreadable, CallbackNotReceived}},
	{"token", "invalid", []Cause{AccessTokenMalformed, AccessTokenExpired, TokenAudienceWrong}},
	{"password", "expired", []Cause{PasswordExpired}},
	{"imap", "off", []Cause{IMAPDisabledMailbox}},
	{"pop", "off", []Cause{POPDisabledMailbox}},
	{"smtp", "off", []Cause{SMTPAuthDisabledMailbox, SMTPAuthDisabledTenant}},
	{"folder", "absent", []Cause{IMAPFolderMissing}},
	{"mailbox", "absent", []Cause{MailboxNotFoundOrUnlicensed}},
	{"mailbox", "off", []Cause{MailboxNotFoundOrUnlicensed}},
	{"mailbox", "denied", []Cause{MailboxPermissionMissing}},
	{"license", "missing", []Cause{MailboxNotFoundOrUnlicensed}},
	{"license", "absent", []Cause{MailboxNotFoundOrUnlicensed}},
	{"right", "missing", []Cause{MailboxPermissionMissing, ScopeMissing, ConsentMissing}},
	{"right", "denied", []Cause{MailboxPermissionMissing, ScopeMissing, ConsentMissing}},
	{"account", "locked", []Cause{AccountLocked}},
	{"account", "off", []Cause{AccountDisabled}},
	{"certificate", "expired", []Cause{ServerCertificateExpired}},
	{"certificate", "untrusted", []Cause{TLSInterception, ServerCertificateUntrusted, CABundleOutdated}},
	{"certificate", "invalid", []Cause{TLSInterception, CABundleOutdated}},
	{"host", "absent", []Cause{DNSFailure}},
}

// How far a fault stands from its thing at most, in bytes. "The client secret that was given has
// expired" holds more between the two than "expired client secret".
const (
	reachAfter  = 48
	reachBefore = 24
)

// fromConcepts finds the first thing that the text says to be at fault.
func (t pastedText) fromConcepts() []finding {
	if t.closed || !t.about.atHome() {
		return nil
	}
	for _, concept := range concepts {
		if t.near(things[concept.thing], faults[concept.fault]) {
			if found := t.about.house.settle(likely(concept.causes...)); len(found) > 0 {
				return found
			}
		}
	}
	return nil
}

// near reports whether the text says one of the faults of one of the things, in one sentence.
func (t pastedText) near(things, faults string) bool {
	for thing := range strings.SplitSeq(things, "|") {
		for rest := t.lower; ; {
			before, after, found := strings.Cut(rest, thing)
			if !found {
				break
			}
			before, after = before[max(0, len(before)-reachBefore):], after[:min(len(after), reachAfter)]
			if anyOf(before[strings.LastIndex(before, ". ")+1:], faults) || anyOf(upToFullStop(after), faults) {
				return true
			}
			rest = rest[strings.Index(rest, thing)+len(thing):]
		}
	}
	return false
}

func upToFullStop(text string) string {
	sentence, _, _ := strings.Cut(text, ". ")
	return sentence
}

func anyOf(text, words string) bool {
	for word := range strings.SplitSeq(words, "|") {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}
