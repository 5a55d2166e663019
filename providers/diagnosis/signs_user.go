package diagnosis

// userSigns are about the person who signs in.
var userSigns = []sign{
	{
		when:   "password reset|reset your password & registration entry|interrupted",
		causes: []Cause{PasswordExpired, MFARequired},
	},
	{
		when: "password is expired|password has expired|password expired|must change your password|update your password|" +
			"kennwort ist abgelaufen|kennwort abgelaufen|mot de passe a expiré|contraseña ha expirado|contraseña ha caducado|" +
			"senha expirou|password scaduta|wachtwoord is verlopen|hasło wygasło",
		causes: []Cause{PasswordExpired, WrongCredentials},
	},
	{
		when: "account is locked|account has been locked|account is temporarily locked|tried to sign in too many times|" +
			"too many failed sign|idslocked|konto ist gesperrt|konto wurde gesperrt|compte est verrouillé|cuenta está bloqueada|" +
			"conta está bloqueada|account è bloccato|account is vergrendeld|konto jest zablokowane|アカウントがロック|帐户已锁定",
		unless: "imap|smtp|disabled",
		causes: []Cause{AccountLocked},
	},
	{
		when:   "account is blocked|account has been blocked|account is temporarily blocked & browser|verify|login|log in",
		unless: "from signing in",
		causes: []Cause{AccountLocked, AccountDisabled},
	},
	{
		when: "account is disabled|account has been disabled|user account is disabled|account is blocked from signing in|" +
			"sign-in is blocked|userdisabled|#5.7.13|konto ist deaktiviert|compte est désactivé|cuenta está deshabilitada|" +
			"conta está desabilitada|account è disabilitato|account is uitgeschakeld|konto jest wyłączone",
		unless: "for the mailbox|for the tenant",
		causes: []Cause{AccountDisabled},
	},
	{
		when: "blocked by conditional access|conditional access & block|refuse|deny|denied|not allow|does not meet|policy|policies|" +
			"bedingte zugriff|accès conditionnel",
		unless: "device to be|compliant|sign-in frequency",
		causes: []Cause{ConditionalAccessBlocked},
	},
	{
		when: "does not meet the criteria to access this resource|you do not have access to this|restricted by your admin|" +
			"does not allow token issuance|bedingten zugriff|accès conditionnel|acceso condicional|acesso condicional|" +
			"accesso condizionale|voorwaardelijke toegang|dostępu warunkowego|条件付きアクセス|条件访问",
		unless: "compliant|managed by",
		causes: []Cause{ConditionalAccessBlocked},
	},
	{
		when:   "you cannot get there from here|can only be accessed from",
		causes: []Cause{ConditionalAccessBlocked, DeviceNotCompliant},
	},
	{
		when:   "device|gerät & to be managed|be compliant|not compliant|domain joined|keep your device secure|enroll your device",
		causes: []Cause{DeviceNotCompliant, ConditionalAccessBlocked},
	},
	{
		when: "multi-factor authentication|multifactor authentication|multi factor authentication|mehrstufige authentifizierung|" +
			"multi-faktor|authentification multifacteur|autenticación multifactor|autenticação multifator|" +
			"autenticazione a più fattori|meervoudige verificatie|uwierzytelniania wieloskładnikowego|多要素認証|多重身份验证|mfa required|" +
			"mfa is required|strong authentication is required|more information required",
		unless: "application-specific",
		causes: []Cause{MFARequired},
	},
	{
		when: "unknown_user_type|integrated_windows_auth_not_supported|parsing_wstrust_response_failed|wstrust|ws-trust|" +
			"federatedserviceinvalidcredential|usernamemixed",
		causes: []Cause{FederatedUserROPC, WrongCredentials},
	},
	{when: "federated & password|ropc|username|isfederatedns", causes: []Cause{FederatedUserROPC, WrongCredentials}},
	{
		when: "authenticated username & does not match; owner email mismatch|email mismatch|email was mismatched|" +
			"signed in with a different|logged in with a different|different account than|does not match the email|does not match the mailbox; " +
			"#email & mismatch",
		unless: "state|redirect",
		causes: []Cause{WrongUserSignedIn},
	},
}

// passwordSigns are said by every door in the world, and count where mail or its sign-in is spoken of.
var passwordSigns = []sign{
	{
		when: "invalid username or password|user name or password is incorrect|username or password is incorrect|" +
			"account or password is incorrect|benutzername oder kennwort|nom d'utilisateur ou mot de passe|" +
			"nombre de usuario o contraseña|nome de usuário ou senha|nome utente o password|gebruikersnaam of wachtwoord|" +
			"nazwa użytkownika lub hasło|ユーザー名またはパスワード|用户名或密码",
		unless: "pop|imap|smtp|535|login failed",
		causes: []Cause{WrongCredentials, FederatedUserROPC},
	},
}
