package diagnosis

import (
	"encoding/base64"
	"fmt"
	"html"
	"mime/quotedprintable"
	"net/url"
	"strconv"
	"strings"
	"testing"
)

// One refusal in every dress that logs, terminals, pages and mail give it.
func TestATextIsReadInEveryDress(t *testing.T) {
	t.Parallel()
	const plain = "The redirect URI 'https://desk.example/callback' doesn't match those of the app. Outlook sign-in failed."
	var quoted strings.Builder
	w := quotedprintable.NewWriter(&quoted)
	w.Write([]byte("Für Sie = for you. " + plain))
	w.Close()
	for name, text := range map[string]string{
		"plain":                plain,
		"upper case":           strings.ToUpper(plain),
		"typographic":          strings.NewReplacer("'", "’").Replace(plain),
		"JSON":                 `{"error":"invalid_request","error_description":` + strconv.Quote(plain) + `}`,
		"JSON within JSON":     strconv.Quote(`{"message":` + strconv.Quote(plain+"\r\n") + `}`),
		"escaped letters":      strings.ReplaceAll(plain, "'", `\u0027`),
		"HTML":                 "<p><b>" + html.EscapeString(plain) + "</b></p>",
		"marked up":            strings.ReplaceAll(plain, "match", "<b>match</b>"),
		"address":              "https://desk.example/?error_description=" + url.QueryEscape(plain),
		"path":                 "https://desk.example/?error_description=" + url.PathEscape(plain),
		"quoted-printable":     quoted.String(),
		"colours":              "\x1b[31m" + strings.ReplaceAll(plain, " ", " \x1b[1m") + "\x1b[0m",
		"quoted mail":          "> " + strings.ReplaceAll(plain, " match", "\n> match"),
		"framed":               "│ " + strings.ReplaceAll(plain, " match", "\n│ match"),
		"wrapped at words":     strings.ReplaceAll(plain, " ", "\n  "),
		"wrapped within words": "The redirect U\nRI 'https://desk.exa\nmple/callback' doesn't ma\ntch those of the app. Outl\nook sign-in failed.",
		"stack trace":          "Traceback (most recent call last):\n  File \"/srv/mail/fetch.py\", line 42\n    raise SignInError(text)\nSignInError: " + plain + "\n",
		"Python's bytes":       "b'" + strings.ReplaceAll(plain, "'", `\'`) + "'",
		"cut off":              "Outlook: The redirect URI 'https://desk.example/callback' does not matc…",
	} {
		got := Explain(text)
		if !got.Recognised || got.Diagnoses[0].Cause != RedirectURIMismatch {
			t.Errorf("%s gives %s:\n%s", name, ranking(got.Diagnoses), text)
		}
	}
}

func TestAServersNameIsReadAcrossABrokenLine(t *testing.T) {
	t.Parallel()
	const broken = "https://login.micro\nsoftonline.com: certificate has exp\nired"
	if got := Explain(broken); !got.Recognised || got.Diagnoses[0].Cause != ServerCertificateExpired {
		t.Errorf("a broken name gives %s", ranking(got.Diagnoses))
	}
	const another = "https://registry.exam\nple/v2: certificate has exp\nired"
	if got := Explain(another); got.Recognised {
		t.Errorf("another server gives %s", ranking(got.Diagnoses))
	}
}

func TestAServersChallengeIsRead(t *testing.T) {
	t.Parallel()
	challenge := base64.StdEncoding.EncodeToString([]byte(`{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}`))
	if got := Explain("S: + " + challenge); !got.Recognised || got.Diagnoses[0].Cause != GoogleScopeWrong {
		t.Errorf("the challenge gives %s", ranking(got.Diagnoses))
	}
	token := base64.StdEncoding.EncodeToString([]byte(`{"typ":"JWT","alg":"none","mail":"NO LOGIN failed."}`))
	if got := Explain("access " + token); got.Recognised {
		t.Errorf("a token is read: %s", ranking(got.Diagnoses))
	}
}

// The same refusals as Microsoft and Google put them in other languages.
func TestOtherLanguagesAreRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Cause{
		"Outlook: Benutzername oder Kennwort ist falsch":                          WrongCredentials,
		"Outlook : nom d'utilisateur ou mot de passe incorrect":                   WrongCredentials,
		"Outlook: nombre de usuario o contraseña incorrectos":                     WrongCredentials,
		"Outlook: nome de usuário ou senha incorretos":                            WrongCredentials,
		"Outlook: nome utente o password errati":                                  WrongCredentials,
		"Outlook: gebruikersnaam of wachtwoord onjuist":                           WrongCredentials,
		"Outlook: nieprawidłowa nazwa użytkownika lub hasło":                      WrongCredentials,
		"Outlook: ユーザー名またはパスワードが違います":                                             WrongCredentials,
		"Outlook: 用户名或密码错误":                                                       WrongCredentials,
		"Approbation de l'administrateur requise":                                 AdminConsentRequired,
		"Se necesita la aprobación del administrador":                             AdminConsentRequired,
		"Precisa de aprovação do administrador":                                   AdminConsentRequired,
		"È necessaria l'approvazione dell'amministratore":                         AdminConsentRequired,
		"Goedkeuring van beheerder vereist":                                       AdminConsentRequired,
		"需要管理员批准":                                                                 AdminConsentRequired,
		"Outlook: Die Verbindung wurde abgelehnt. Zeitüberschreitung bei Abfrage": NetworkBlocked,
		"imap : délai d'attente dépassé":                                          NetworkBlocked,
		"outlook.office365.com: se agotó el tiempo de espera":                     NetworkBlocked,
		"smtp: połączenie odrzucone":                                              NetworkBlocked,
		"outlook.office365.com: 接続を拒否されました":                                       NetworkBlocked,
		"Outlook: das Konto wurde gesperrt, Ihr Konto ist gesperrt":               AccountLocked,
		"IMAP-Server: Anmeldung fehlgeschlagen":                                   BasicAuthBlocked,
		"serveur IMAP : échec de l'authentification":                              BasicAuthBlocked,
	} {
		if got := Explain(text); !got.Recognised || got.Diagnoses[0].Cause != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, ranking(got.Diagnoses), want)
		}
	}
}

// What stands nearest to the root comes first, wherever it stands in the log.
func TestTheRootComesFirst(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Cause{
		"IMAP: NO AUTHENTICATE failed.\nToken: AADSTS7000222 the secret keys are expired":                     SecretExpired,
		"SMTP: could not authenticate\nCaused by: connect to proxy failed: 407 Proxy Authentication Required": ProxyAuthRequired,
		"Could not connect to IMAP: Authentication failed.":                                                   BasicAuthBlocked,
		"mail: keyring is locked\nmail: no token found in the keyring":                                        KeyringLocked,
		"graph 401 Unauthorized\nInvalidAuthenticationToken: lifetime validation failed, token is expired":    AccessTokenExpired,
		// Beside a general number the sentence decides.
		"AADSTS70002: Error validating credentials. AADSTS70000: The provided access grant is invalid or malformed.": RequestMalformed,
		// The negative codes of MSAL for iOS are not Entra's: -50000 and -50005 are others than 50000 and 50005.
		`MSALErrorDomain Code=-50000 "(null)" UserInfo={MSALErrorDescriptionKey=AADSTS9001011:+Device+policy+contains+unsupported+required+device+state:+domain_joined.}`: DeviceNotCompliant,
		`MSALErrorDomain Code=-50005 UserInfo={MSALErrorDescriptionKey=User cancelled the authorization session.}`:                                                        CallbackNotReceived,
		// Words of other services that stand beside a sign-in for mail.
		`InvalidAuthenticationToken: Access token validation failure. Invalid audience. The token's aud is https://graph.windows.net`: TokenAudienceWrong,
		"google_oauth2: 403 Legacy People API has not been used in project 4 before or it is disabled":                                GoogleAPIDisabled,
		`imap_open(): Authentication failed for user "desk@gmail.com", couldn't open stream {imap.gmail.com:993/ssl}`:                 GoogleAppPasswordNeeded,
		"the portal has an error code for it that is in no list, 650057":                                                              ResourceNotInAppPermissions,
	} {
		if got := Explain(text); !got.Recognised || got.Diagnoses[0].Cause != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, ranking(got.Diagnoses), want)
		}
	}
}

func TestALineIsFoundInAMegabyte(t *testing.T) {
	t.Parallel()
	quiet := strings.Repeat("2026-11-21 12:00:00 INFO mail job looked into the inbox\n", 9000)
	noise := strings.Repeat("2026-11-21 12:00:00 ERROR job 7 failed\n", 3000)
	for name, text := range map[string]string{
		"at the end":       quiet + "smtp: 530 5.7.57 Client was not authenticated",
		"at the beginning": "smtp: 530 5.7.57 Client was not authenticated\n" + quiet,
		"in the middle":    quiet + "smtp: 530 5.7.57 Client was not authenticated\n" + quiet,
		"amid noise":       noise + "smtp: 530 5.7.57 Client was not authenticated\n" + quiet,
		"on one line":      strings.Repeat("mail ", 100_000) + "smtp: 530 5.7.57 Client was not authenticated",
	} {
		if got := Explain(text); !got.Recognised || got.Diagnoses[0].Cause != SMTPClientNotAuthenticated {
			t.Errorf("%s, %d bytes: %s", name, len(text), ranking(got.Diagnoses))
		}
	}
}

// What one flow shows without harm is a refusal in another: the answer says both.
func TestAProductsWarningSaysBothFlows(t *testing.T) {
	t.Parallel()
	got := Explain("Warning. Status: device-auth-request.response.user_code.name_NOT_DEFINED_OR_NOT_RETURNED")
	if !got.Recognised || got.Diagnoses[0].Certainty != Possible {
		t.Fatalf("got %s", ranking(got.Diagnoses))
	}
	said := fmt.Sprint(got.Diagnoses[0])
	for _, part := range []string{"harmless", "client credentials", "device flow", "take no notice"} {
		if !strings.Contains(said, part) {
			t.Errorf("%q does not say %q", said, part)
		}
	}
	for text, want := range map[string]Cause{
		"The access token is invalid. Please use the cloud icon in the Action Center to reauthenticate.": RefreshTokenExpired,
		"Exception Log: Graph API Connection Test error":                                                 RefreshTokenExpired,
		"The API version v2 has been depreciated":                                                        ScopeInvalid,
		"No access token found in token-response for SMTP":                                               SecretWrongOrTruncated,
	} {
		if got := Explain(text); !got.Recognised || got.Diagnoses[0].Cause != want {
			t.Errorf("%s: %s", text, ranking(got.Diagnoses))
		}
	}
}

func TestAnUnknownTextIsAnsweredHumbly(t *testing.T) {
	t.Parallel()
	for text, parts := range map[string][]string{
		"the moon is full": {"does not tell a cause", "paste more"},
		"AADSTS7999999: news. Correlation ID: c0ffee00-0000-0000-0000-000000000001 Timestamp: 2026-11-21 16:00:00Z": {"AADSTS7999999", "look AADSTS7999999 up", "correlation ID c0ffee00", "2026-11-21 16:00:00Z"},
		"AADSTS50140 again": {"stay signed in"},
	} {
		got := Explain(text)
		if got.Recognised || len(got.Diagnoses) != 0 || got.Unknown.Cause != "" {
			t.Errorf("%s: %+v", text, got)
		}
		expectUsable(t, []Diagnosis{got.Unknown})
		said := fmt.Sprint(got.Unknown)
		for _, part := range parts {
			if !strings.Contains(said, part) {
				t.Errorf("%q does not say %q", said, part)
			}
		}
	}
}
