package diagnosis

import "testing"

// What the programs on the user's own computer say, before or after any server was asked.
func TestProgramsOwnWordsAreRecognised(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Cause{
		"mail bridge: cannot start the collection, DBUS_SESSION_BUS_ADDRESS is unset":                   KeyringServiceMissing,
		"tokens could not be saved to the credential store, staying in memory":                          KeyringServiceMissing,
		"oauth: persistence check failed, libsecret does not answer, token kept nowhere":                KeyringServiceMissing,
		"LockedException while reading the refresh token: Item is locked!":                              KeyringLocked,
		"refresh token not written: the credential manager has reached its limit":                       KeyringFull,
		"load_token: JSONDecodeError: Expecting value: line 1 column 1, token file o365.json":           TokenCacheUnreadable,
		"KeyError: 'client_id' while reading the outlook oauth section":                                 ConfigEntryMissing,
		"Missing required configuration: OUTLOOK_CLIENT_ID":                                             ConfigEntryMissing,
		"oauth: gave up waiting for the authorization response on http://localhost:8400/mail":           CallbackNotReceived,
		"you signed in with ann@contoso.example, which does not match the mailbox desk@contoso.example": WrongUserSignedIn,
		"smtp.office365.com: client and server do not possess a common algorithm":                       TLSVersionUnsupported,
		"imap.gmail.com: remote error: tls: alert bad certificate":                                      TLSInterception,
		"Invalid OAuth state cookie after signing in to outlook":                                        OAuthStateMismatch,
		"imap.provider.net: NO [AUTHENTICATIONFAILED] Invalid credentials":                              WrongCredentials,
		"mailer: SMTP Error: Could not authenticate.":                                                   WrongCredentials,
		"mailer at smtp.office365.com: SMTP Error: Could not authenticate.":                             SMTPAuthDisabledMailbox,
		"Failed to load the Certificate: CertificateFilePath is not a valid Certificate file, Exchange": ClientCertificateInvalid,
		"outlook.office365.com: A2 NO LOGIN failed, shown as invalid_auth":                              BasicAuthBlocked,
		"mail server card: server address cannot be resolved":                                           DNSFailure,
		"gmail api answers 401 UNAUTHENTICATED":                                                         AccessTokenExpired,
		"this app doesn't comply with Google validation rules":                                          GoogleRedirectURIMismatch,
		"Code: InvalidAuthenticationToken Message: ArgumentNull (outlook mail)":                         AccessTokenMalformed,
		"offline sync: asked for a nonexisting folder '[Gmail]/Trash'":                                  IMAPFolderMissing,
		"cannot read OAuth credentials from ~/.backup/ann@gmail.com, renew them":                        TokenCacheUnreadable,
		"This app may be risky. If you trust it, please ask your admin to grant you access":             AdminConsentRequired,
		"outlook proxy: authorisation response is missing or does not match redirect_uri":               CallbackNotReceived,
		"New-ServicePrincipal took the object ID of the App registration instead of Enterprise's":       ServicePrincipalObjectIDWrong,
		"451 5.7.3 STARTTLS is required to send mail [LO2P.prod.outlook.com]":                           SMTPTLSModeMismatch,
		"smtp.office365.com: access a socket in a way forbidden by its access permissions":              NetworkBlocked,
		"MsalClientException: User realm discovery failed: the remote name could not be resolved":       DNSFailure,
		"mailer: queryA ETIMEOUT smtp.contoso.example":                                                  DNSFailure,
		"C7 BAD Command Argument Error. 12 (sent: AUTHENTICATE XOAUTH2)":                                XOAUTH2StringMalformed,
	} {
		got := Explain(text)
		if !got.Recognised || got.Diagnoses[0].Cause != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, ranking(got.Diagnoses), want)
			continue
		}
		expectUsable(t, got.Diagnoses)
	}
}

// The same words where no mailbox is signed in to.
func TestProgramsOwnWordsElsewhere(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"KeyError: 'tenant' in terraform plan of the storage account",
		"Missing required configuration: kafka.bootstrap.servers",
		"JSONDecodeError: Expecting value: line 1 column 1 (char 0) in weather.json",
		"MySQL: secure TLS connection to the database failed",
		"Error 400: redirect_uri_mismatch, scope=https://www.googleapis.com/auth/drive",
		"puppet agent: SSL_connect state=error: certificate verify failed",
		"grpc client: the remote certificate is invalid according to the validation procedure",
		"the profile picture could not be saved, please try again",
		"the password entered does not match the account of the game",
	} {
		if got := Explain(text); got.Recognised {
			t.Errorf("%s\ngot %s, want no answer", text, ranking(got.Diagnoses))
		}
	}
}
