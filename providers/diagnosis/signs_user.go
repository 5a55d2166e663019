package diagnosis

// userSigns are about the person who signs in.
var userSigns = []sign{
	{
		when:   "authenticated address ~ not match; granted account ~ not match; not match with your account address",
		causes: []Cause{WrongUserSignedIn},
	},
	{
		when:   "federated service at http; no username token policy",
		causes: []Cause{FederatedUserROPC, WrongCredentials},
	},
	{
		when:   "not in required device state; you need to use microsoft edge",
		causes: []Cause{DeviceNotCompliant, ConditionalAccessBlocked},
	},
	{
		when:   "password reset|reset your password & registration entry|interrupted",
		causes: []Cause{PasswordExpired, MFARequired},
	},
	{
		when: "password is expired|password has expired|password expired|must change your password|" +
			"update your password|kennwort ist abgelaufen|kennwort abgelaufen|mot de passe a expiré|" +
			"contraseña ha expirado|contraseña ha caducado|senha expirou|password scaduta|wachtwoord is verlopen|" +
			"hasło wygasło",
		causes: []Cause{PasswordExpired, WrongCredentials},
	},
	{
		when: "account or password is incorrect. if you do not|ihr konto oder kennwort ist nicht korrekt|" +
			"incorrect user id or password. type|username or password provided in the request are invalid|" +
			"due to invalid username or password|password is incorrect for your microsoft account|" +
			"invalid 'username' or 'password'|unable to authenticate your credentials. make sure|" +
			"cuenta o la contraseña no son correctas|conta ou senha está incorreta|uw account of wachtwoord is onjuist|" +
			"アカウントまたはパスワードが正しく|wrong password. try again or click forgot|password_required_for_managed_user|" +
			"votre compte ou mot de passe est incorrect|la cuenta o la contraseña son incorrect",
		causes: []Cause{WrongCredentials, FederatedUserROPC},
	},
	{
		when: "service abuse mode|vorübergehend gesperrt, um|temporairement verrouillé pour|" +
			"temporariamente bloqueada para|帐户已被暂时锁定|unavailable because of too many failed attempts|" +
			"temporarily locked to prevent unauthorized|account is currently locked out|" +
			"ip address with malicious activity|authentication unsuccessful, account locked",
		causes: []Cause{AccountLocked, AccountDisabled},
	},
	{
		when: "account is currently disabled|account currently disabled|konto ist zurzeit deaktiviert|" +
			"erroraccountdisabled|active session is invalid. error code|votre compte a été verrouillé. contactez|" +
			"la cuenta se ha bloqueado. póngase|sua conta foi bloqueada. entre em contato",
		causes: []Cause{AccountDisabled},
	},
	{
		when: "更新密码|密码已过期|password for this account has expired|password must be changed before signing in|" +
			"errorpasswordchangerequired|errorpasswordexpired",
		causes: []Cause{PasswordExpired},
	},
	{
		when: "account is locked|account has been locked|account is temporarily locked|" +
			"tried to sign in too many times|too many failed sign|idslocked|konto ist gesperrt|konto wurde gesperrt|" +
			"compte est verrouillé|cuenta está bloqueada|conta está bloqueada|account è bloccato|" +
			"account is vergrendeld|konto jest zablokowane|アカウントがロック|帐户已锁定",
		unless: "imap|smtp|disabled",
		causes: []Cause{AccountLocked},
	},
	{
		when: "account is blocked|account has been blocked|account is temporarily blocked & browser|verify|login|" +
			"log in",
		unless: "from signing in",
		causes: []Cause{AccountLocked, AccountDisabled},
	},
	{
		when: "account is disabled|account has been disabled|user account is disabled|" +
			"account is blocked from signing in|sign-in is blocked|userdisabled|#5.7.13|konto ist deaktiviert|" +
			"compte est désactivé|cuenta está deshabilitada|conta está desabilitada|account è disabilitato|" +
			"account is uitgeschakeld|konto jest wyłączone",
		unless: "for the mailbox|for the tenant",
		causes: []Cause{AccountDisabled},
	},
	{
		when: "blocked by conditional access|conditional access & block|refuse|deny|denied|not allow|does not meet|" +
			"policy|policies|bedingte zugriff|accès conditionnel",
		unless: "device to be|compliant|sign-in frequency",
		causes: []Cause{ConditionalAccessBlocked},
	},
	{
		when: "does not meet the criteria to access this resource|you do not have access to this|" +
			"restricted by your admin|does not allow token issuance|bedingten zugriff|accès conditionnel|" +
			"acceso condicional|acesso condicional|accesso condizionale|voorwaardelijke toegang|dostępu warunkowego|" +
			"条件付きアクセス|条件访问|nicht die kriterien für den zugriff|pas aux critères requis|no cumple los criterios|" +
			"não atende aos critérios|non soddisfa i criteri per l'accesso|アクセスするための条件を満たしていません|" +
			"locationconditionevaluation|tokencreatedwithoutdatedpolicies|continuous access evaluation resulted",
		unless: "compliant|managed by|tokenissuedbeforerevocation",
		causes: []Cause{ConditionalAccessBlocked},
	},
	{
		when:   "you cannot get there from here|can only be accessed from",
		causes: []Cause{ConditionalAccessBlocked, DeviceNotCompliant},
	},
	{
		when: "device|gerät & to be managed|be compliant|not compliant|domain joined|keep your device secure|" +
			"enroll your device; set up your device to get access; your organization has deleted this device; " +
			"your organization has disabled this device; mobile device is temporarily blocked; " +
			"mobile device has been quarantined; requires you to secure this device",
		causes: []Cause{DeviceNotCompliant, ConditionalAccessBlocked},
	},
	{
		when: "multi-factor authentication|multifactor authentication|multi factor authentication|" +
			"mehrstufige authentifizierung|multi-faktor|authentification multifacteur|autenticación multifactor|" +
			"autenticação multifator|autenticazione a più fattori|meervoudige verificatie|" +
			"uwierzytelniania wieloskładnikowego|多要素認証|多重身份验证|mfa required|mfa is required|" +
			"strong authentication is required|more information required|weitere informationen erforderlich|" +
			"plus d'informations requises|se necesita más información|meer informatie vereist|" +
			"mais informações necessárias|sono necessarie altre informazioni|help you set up another way to verify|" +
			"microsoft authenticator|authenticator app|sent an identity verification request|" +
			"help us protect your account|methods of proving who you are|2-step verification policy|" +
			"methoden zum nachweis ihrer identität",
		unless: "application-specific",
		causes: []Cause{MFARequired},
	},
	{
		when: "unknown_user_type|integrated_windows_auth_not_supported|parsing_wstrust_response_failed|wstrust|" +
			"ws-trust|federatedserviceinvalidcredential|usernamemixed|federation metadata url is missing|id3242|" +
			"security token could not be authenticated|a supported type of saml response|unknown accounttype|" +
			"unknown account type|getting mex doc from federated|getting saml token info|" +
			"sicherheitstoken konnte nicht authentifiziert|adfs/services/trust|a:failedauthentication",
		causes: []Cause{FederatedUserROPC, WrongCredentials},
	},
	{when: "federated & password|ropc|username|isfederatedns", causes: []Cause{FederatedUserROPC, WrongCredentials}},
	{
		when: "user attempted to switch accounts; an account is already signed in & msal|singleaccount; " +
			"multiple accounts were found in the cache; wrong account: please authenticate with; wrong_account & gmail|" +
			"google_mail|outlook; creating an authorization to send from; invalid hosted domain; " +
			"was asked to log in as & but logged in as; make sure to log in to the correct account; " +
			"another account from your organization is already; " +
			"different from the one that started the authentication; returned by service does not match user; " +
			"user_mismatch; returned user identifier does not match; different user was returned by; " +
			"current_account_mismatch; signed in account does not match; authenticated username & does not match; " +
			"owner email mismatch|email mismatch|email was mismatched|signed in with a different|" +
			"logged in with a different|different account than|does not match the email|does not match the mailbox; " +
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
			"nombre de usuario o contraseña|nome de usuário ou senha|nome utente o password|" +
			"gebruikersnaam of wachtwoord|nazwa użytkownika lub hasło|ユーザー名またはパスワード|用户名或密码|" +
			"benutzername oder das kennwort ist|nom d'utilisateur ou le mot de passe",
		unless: "pop|imap|smtp|535|login failed",
		causes: []Cause{WrongCredentials, FederatedUserROPC},
	},
}
