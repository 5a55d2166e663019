package diagnosis

// localSigns are what credential stores and configurations say, whatever program uses them.
var localSigns = []sign{
	// Result codes of Apple's keychains: developer.apple.com/documentation/security.
	{when: "keychain|osstatus|secitem & -25291|-25307", causes: []Cause{KeyringServiceMissing, KeyringLocked}},
	{when: "keychain|osstatus|secitem & -25293|-25320", causes: []Cause{KeyringLocked}},
	{when: "keychain|osstatus|secitem & -25300", causes: []Cause{ConfigEntryMissing, TokenCacheUnreadable}},
	{
		when: "org.freedesktop.secrets was not provided by any; secret service daemon is not running; " +
			"start gnome keyring or",
		causes: []Cause{KeyringServiceMissing, KeyringLocked},
	},
	{
		when:   "user canceled|user cancelled|usercancelederr & keychain|keyring",
		causes: []Cause{KeyringLocked},
	},
	{
		when:   "keyring module is installed no backend",
		causes: []Cause{KeyringServiceMissing},
	},
	{
		when:   "windows credential write & fail",
		causes: []Cause{KeyringEntryTooLarge, KeyringFull, KeyringLocked},
	},
	{
		when:   "credwrite & #0x8|error 8",
		causes: []Cause{KeyringFull, KeyringEntryTooLarge},
	},
	{
		when:   "autolaunch d-bus without x11",
		unless: "docker login|docker-credential|storing credentials",
		causes: []Cause{KeyringServiceMissing, KeyringLocked},
	},
	{when: "toolong(\"password encoded as utf-16; le stub a reçu des données", causes: []Cause{KeyringEntryTooLarge}},
	{when: "nicht genügend arbeitsspeicher verfügbar", causes: []Cause{KeyringFull}},
	{when: "no pinentry", causes: []Cause{KeyringLocked}},
	{when: "kwalletd & not running|not activatable", causes: []Cause{KeyringServiceMissing}},
	{when: "secure storage ~ disk quota exceeded", causes: []Cause{KeyringFull, KeyringEntryTooLarge}},
	{
		when:   "kwallet & not provided by any .service; failed to open keyring & not provided by any",
		causes: []Cause{KeyringServiceMissing},
	},
	{when: "store password on keychain|(-25244", causes: []Cause{KeyringLocked, KeyringServiceMissing}},
	{
		when:   "specified keyring backend not available",
		causes: []Cause{KeyringServiceMissing},
	},
	{
		when: "item in a locked collection; decryption failed: inappropriate ioctl; user rejected wallet access; " +
			"unable to open wallet; cannot use the 'wincredman'",
		causes: []Cause{KeyringLocked, KeyringServiceMissing},
	},
	{
		when:   "no credentials found in the keyring; secret_password_lookup",
		causes: []Cause{TokenCacheUnreadable, KeyringLocked},
	},
	{
		when: "stub received bad data|rpc_x_bad_stub_data|data passed to set was too big|" +
			"longer than the platform limit|value is too long|exceeds the maximum size & keyring|keychain|credential|" +
			"secret|token|stub|set",
		causes: []Cause{KeyringEntryTooLarge},
	},
	{
		when: "stub received bad data|stub erhielt falsche daten|stub hat falsche daten|" +
			"el código auxiliar recibió datos|le relais a reçu|スタブは不正なデータ|占位程序接收到错误",
		causes: []Cause{KeyringEntryTooLarge},
	},
	{
		when: "platform limit of & utf-16|password|secret|token; secret message has exceeded; " +
			"password has exceeded & bytes; credential & too large|exceeds 2560|2560 bytes",
		causes: []Cause{KeyringEntryTooLarge},
	},
	{
		when: "credwrite|credential manager|credential store|keychain|keyring & too large|too big|too long|bad data|" +
			"1783",
		causes: []Cause{KeyringEntryTooLarge},
	},
	{
		when: "windows error code 8|failed to write item to store. [0x8]|error_not_enough_memory|" +
			"not enough memory resources are available to process this command|" +
			"not enough storage is available to process this command|nicht genügend speicherressourcen|" +
			"nicht genügend speicher|mémoire insuffisantes pour traiter|suficientes recursos de memoria|" +
			"recursos de memória suficientes|内存资源不足|メモリ リソースが不足|add_key: disk quota exceeded|" +
			"keyctl: disk quota exceeded",
		unless: "oom",
		causes: []Cause{KeyringFull},
	},
	{
		when: "credential store|credential storage|credential manager|keychain|keyring & limit reached|" +
			"storage limit|reached its limit|is full|clear at",
		causes: []Cause{KeyringFull, KeyringEntryTooLarge},
	},
	{
		when: "has requested to open the wallet; error opening the wallet; wallet failed to get opened; " +
			"gkr-pam: no password is available; could not create system prompt; " +
			"wants to use your confidential information; unable to unlock your login keychain; " +
			"cannot be saved from this logon session; 指定的登录会话不存在; 指定されたログオン セッションは存在しません; " +
			"sesión de inicio especificada no existe; canceled primary password; depósito de claves & bloqueado; " +
			"vault is locked & bw|token helper; inappropriate ioctl for device & password command|account; " +
			"cannot get secret of a locked object; object does not exist at path ~ secrets/collection; " +
			"anmeldeschlüsselbund & nicht; schlüsselbund & gesperrt; trousseau de connexion & pas été déverrouillé; " +
			"no longer matches that of your login keyring; password for the login keyring was invalid; -25293|" +
			"errsecauthfailed; user name or passphrase you entered is not correct; user interaction is not allowed|" +
			"-25308|errsecinteractionnotallowed|keychain is locked|keyring is locked|collection is locked|" +
			"locked collection|failed to unlock collection|failed to unlock keyring|prompt dismissed|" +
			"prompt was dismissed|wallet is closed; lockedexception & item|collection|secret; keyring|keychain|" +
			"wallet & locked; unlock & collection|keyring|keychain|wallet & fail|not|error",
		causes: []Cause{KeyringLocked},
	},
	{
		when: "not found in keyring|not found in keychain|not found in the keyring|not found in the keychain|" +
			"could not be found in the keychain; no matching entry found in secure storage; element not found & " +
			"credential; secret not found in keyring; secret_password_lookup & null",
		causes: []Cause{TokenCacheUnreadable, KeyringLocked},
	},
	{
		when: "no such object & org/freedesktop/secrets; org.freedesktop.secrets|secret service & not|no|fail|error|" +
			"unavailable",
		unless: "client secret|docker secret",
		causes: []Cause{KeyringServiceMissing, KeyringLocked},
	},
	{
		when: "cannot persist|could not persist|failed to persist|persistence check failed & token|credential|" +
			"libsecret|securely|keychain|keyring",
		causes: []Cause{KeyringServiceMissing, KeyringLocked, TokenCacheUnreadable},
	},
	{
		when: "could not be saved|cannot be saved|failed to save|unable to save|could not save|cannot save|" +
			"failed to write|unable to write|could not write|failed to store|unable to store|could not store|" +
			"failed to set|unable to set & credential store|keychain|keyring|secret service|credential manager|" +
			"secure storage",
		causes: []Cause{KeyringServiceMissing, KeyringLocked, KeyringEntryTooLarge},
	},
	{
		when: "storing secret|store secret|store the secret|storing the secret & failed|failure & token|keyring|" +
			"keychain|credential store",
		causes: []Cause{KeyringServiceMissing, KeyringLocked, KeyringEntryTooLarge},
	},
	{
		when: "credential store|secret store|token store & requires an available|no available|is unavailable|" +
			"is not available",
		causes: []Cause{KeyringServiceMissing, KeyringLocked},
	},
	{
		when: "nokeyringerror|no recommended backend was available|no keyring; keyring & not available|not found|" +
			"no such interface|unavailable",
		unless: "locked",
		causes: []Cause{KeyringServiceMissing},
	},
	{
		when: "libsecret dependencies are not installed; determine address of session bus; " +
			"os keyring could not be identified; kwalletd & not provided by any; " +
			"no credential store has been selected; default keychain could not be found; no keychain is available|" +
			"-25291; autolaunch a dbus; d-bus kann nicht automatisch; dbus-launch|autolaunch d-bus|x11 $display|" +
			"dbus_session_bus_address|libsecret & fail|cannot|not|error",
		causes: []Cause{KeyringServiceMissing},
	},
	{
		when: "password management error|could not store your password securely|" +
			"unable to store your password securely|platform secure storage|secure storage & not|fail|could|error",
		unless: "windows error code 8|not enough memory",
		causes: []Cause{KeyringServiceMissing, KeyringLocked},
	},
	{
		when: "credential|oauth credentials & secure credential store|os credential store & failed to write|" +
			"cannot write|could not write",
		causes: []Cause{KeyringEntryTooLarge, KeyringServiceMissing},
	},
}

// productSigns are error texts of products, as their makers print them. What one flow shows without
// harm is a failure in another: the causes are offered, and the catalogue says what decides.
var productSigns = []sign{
	{
		when:   "not_defined_or_not_returned",
		causes: []Cause{PublicClientFlowDisabled, AppNotInTenant, TenantNotFound, ConfigEntryMissing},
		face:   &deviceAnswerMissing,
	},
	{
		when:   "flexdeploy & authenticated but not connected",
		causes: []Cause{WrongUserSignedIn, MailboxPermissionMissing, IMAPDisabledMailbox},
	},
	{
		when:   "the access token is invalid & action center|reauthenticate|cloud icon",
		causes: []Cause{RefreshTokenExpired, TokenRevokedPasswordChange, WrongUserSignedIn},
	},
	{
		when: "#404 & after sign|after signing|after logging|after login|oauth/callback|/callback?|oauth2?|/oauth?|" +
			"?code=|&code=|jkmount; facesrest",
		unless: "graph.microsoft|googleapis|mailfolders|sendmail",
		causes: []Cause{CallbackNotReceived, RedirectURIMismatch},
		face:   &answerPageMissing,
	},
	{when: "both uri are relative", causes: []Cause{ConfigEntryMissing}},
	{when: "the api version v2 has been depreciated", causes: []Cause{ScopeInvalid, TokenAudienceWrong}},
	{
		when:   "no access token found in token-response|failed to gather valid token",
		causes: []Cause{SecretWrongOrTruncated, ScopeInvalid, ConfigEntryMissing},
	},
	{
		when:   "default folder root & not found|no access|missing; default folder & erroritemnotfound",
		causes: []Cause{MailboxPermissionMissing, MailboxNotFoundOrUnlicensed},
	},
}
