package diagnosis

import (
	"crypto/tls"
	"io"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

func graph(status int, code, message string) *providers.HTTPRefusal {
	return &providers.HTTPRefusal{Protocol: "graph", Command: "mailFolders", Status: status, Code: code, Message: message, RequestID: "c0ffee"}
}

func ews(status int, code, diagnostics string) *providers.HTTPRefusal {
	return &providers.HTTPRefusal{Protocol: "ews", Command: "GetFolder", Status: status, Code: code, Diagnostics: diagnostics}
}

// The evidence of a healthy connection through Graph, app-only and of a person.
func graphApp(changes ...func(*Evidence)) Evidence {
	healthy := []func(*Evidence){audience("https://graph.microsoft.com"), roles("Mail.ReadWrite", "Mail.Send"), host("graph.microsoft.com:443")}
	return appOnly(append(healthy, changes...)...)
}

func graphUser(changes ...func(*Evidence)) Evidence {
	healthy := []func(*Evidence){audience("00000003-0000-0000-c000-000000000000"), scopes("Mail.Read", "Mail.Send", "User.Read"), host("graph.microsoft.com:443")}
	return delegated(append(healthy, changes...)...)
}

func TestGraphRefusals(t *testing.T) {
	t.Parallel()
	const denied, invalid = "Access is denied. Check credentials and try again.", "Access token validation failure. Invalid audience."
	const send, read = providers.LayerSend, providers.LayerMailbox
	for name, test := range map[string]struct {
		layer    providers.Layer
		refusal  *providers.HTTPRefusal
		evidence Evidence
		want     string
	}{
		"token for Exchange, by Graph's words":      {read, graph(401, "InvalidAuthenticationToken", invalid), graphApp(unreadable), "certain token-audience-wrong"},
		"token for Exchange, by its claims":         {read, graph(401, "", ""), appOnly(), "certain token-audience-wrong"},
		"token for another cloud's Graph":           {read, graph(401, "InvalidAuthenticationToken", "no"), graphApp(audience("https://graph.microsoft.us/")), "likely access-token-malformed, possible access-token-expired, possible personal-accounts-not-allowed"},
		"token ended":                               {read, graph(401, "InvalidAuthenticationToken", "x"), graphApp(tokenEnded), "certain access-token-expired"},
		"token ended, by Graph's words":             {read, graph(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."), graphApp(), "certain access-token-expired"},
		"token malformed":                           {read, graph(401, "InvalidAuthenticationToken", "CompactToken parsing failed with error code: 80049217"), graphUser(unreadable), "certain access-token-malformed"},
		"token not well formed":                     {read, graph(401, "InvalidAuthenticationToken", "IDX14100: JWT is not well formed"), graphUser(), "certain access-token-malformed"},
		"session revoked":                           {read, graph(401, "InvalidAuthenticationToken", "TokenIssuedBeforeRevocationTimestamp"), graphUser(), "certain token-revoked-password-change"},
		"policy wants another sign-in":              {read, graph(401, "InvalidAuthenticationToken", "Continuous access evaluation resulted in challenge"), graphUser(), "likely conditional-access-blocked, possible token-revoked-password-change"},
		"401 without a word":                        {read, graph(401, "", ""), graphUser(), "likely access-token-malformed, possible access-token-expired, possible personal-accounts-not-allowed"},
		"permission missing, app-only":              {read, graph(403, "ErrorAccessDenied", denied), graphApp(roles("User.Read.All")), "likely graph-permission-missing, possible application-access-policy"},
		"no permission at all":                      {read, graph(403, "ErrorAccessDenied", denied), graphApp(roles()), "likely graph-permission-missing, possible application-access-policy"},
		"permission missing, delegated":             {read, graph(403, "ErrorAccessDenied", denied), graphUser(scopes("User.Read")), "certain graph-permission-missing"},
		"may read, may not send":                    {send, graph(403, "ErrorAccessDenied", denied), graphApp(roles("Mail.Read")), "likely graph-permission-missing, possible application-access-policy"},
		"may send, is refused":                      {send, graph(403, "ErrorAccessDenied", denied), graphApp(), "likely application-access-policy"},
		"permission there, app-only":                {read, graph(403, "ErrorAccessDenied", denied), graphApp(), "likely application-access-policy"},
		"basic reading is enough":                   {read, graph(403, "ErrorAccessDenied", denied), graphApp(roles("Mail.ReadBasic.All")), "likely application-access-policy"},
		"token that tells nothing":                  {read, graph(403, "ErrorAccessDenied", denied), graphApp(unreadable), "likely graph-permission-missing, possible application-access-policy"},
		"app without an enterprise application":     {read, graph(401, "Authorization_IdentityNotFound", "The identity of the calling application could not be established."), graphApp(), "certain service-principal-missing"},
		"somebody else's mailbox":                   {read, graph(403, "ErrorAccessDenied", denied), graphUser(mustSignIn("svc@contoso.example")), "likely mailbox-permission-missing, possible graph-permission-missing"},
		"directory call without the right":          {read, graph(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."), graphUser(scopes("openid")), "certain graph-permission-missing"},
		"policy, in Exchange's words":               {read, graph(403, "ErrorAccessDenied", "Access to OData is disabled."), graphApp(roles()), "certain application-access-policy"},
		"policy, by its name":                       {read, graph(403, "ErrorAccessDenied", "Blocked by tenant configured AppOnly AccessPolicy settings."), graphApp(), "certain application-access-policy"},
		"no licence":                                {read, graph(404, "MailboxNotEnabledForRESTAPI", "The mailbox is either inactive, soft-deleted, or is hosted on-premise."), graphApp(), "likely mailbox-not-found-or-unlicensed, possible mailbox-on-premises"},
		"on premises":                               {read, graph(403, "extensionError", "x"), graphApp(), "likely mailbox-on-premises, possible application-access-policy"},
		"no such user":                              {read, graph(404, "ErrorInvalidUser", "The requested user 'x' is invalid."), graphApp(), "likely graph-user-invalid, possible mailbox-not-found-or-unlicensed"},
		"no such resource":                          {read, graph(404, "Request_ResourceNotFound", "x"), graphApp(), "likely graph-user-invalid, possible mailbox-not-found-or-unlicensed"},
		"no such resource, in short":                {read, graph(404, "ResourceNotFound", "Resource could not be discovered."), graphApp(), "likely graph-user-invalid, possible mailbox-not-found-or-unlicensed"},
		"no such mailbox":                           {read, graph(404, "ErrorNonExistentMailbox", "x"), graphApp(), "certain mailbox-not-found-or-unlicensed"},
		"no such folder":                            {read, graph(404, "ErrorItemNotFound", "x"), graphApp(folder("Contracts")), "likely imap-folder-missing, possible mailbox-permission-missing"},
		"folder's name is no ID":                    {read, graph(400, "ErrorInvalidIdMalformed", "Id is malformed."), graphApp(folder("Contracts")), "likely imap-folder-missing, possible mailbox-permission-missing"},
		"not even an inbox, delegated":              {read, graph(404, "ErrorItemNotFound", "x"), graphUser(folder("inbox")), "likely mailbox-permission-missing, possible mailbox-not-found-or-unlicensed"},
		"not even an inbox, app-only":               {read, graph(404, "ErrorItemNotFound", "x"), graphApp(), "likely mailbox-not-found-or-unlicensed, possible application-access-policy"},
		"sender refused":                            {send, graph(403, "ErrorSendAsDenied", "x"), graphApp(), "certain send-as-denied"},
		"too many messages":                         {send, graph(400, "ErrorExceededMessageLimit", "x"), graphApp(), "likely sending-quota-exceeded"},
		"sending blocked":                           {send, graph(400, "ErrorMessageSubmissionBlocked", "x"), graphApp(), "likely outbound-sending-blocked"},
		"me, app-only":                              {read, graph(400, "BadRequest", "/me request is only valid with delegated authentication flow."), graphApp(), "certain me-endpoint-with-app-token"},
		"throttled by its status":                   {read, graph(429, "", ""), graphApp(), "certain throttled"},
		"throttled by its code":                     {read, graph(403, "ApplicationThrottled", "Application is over its MailboxConcurrency limit."), graphApp(), "certain throttled"},
		"service down":                              {read, graph(503, "", ""), graphApp(), "certain service-unavailable"},
		"gateway down":                              {read, graph(502, "", ""), graphApp(), "likely service-unavailable, possible proxy-misconfigured"},
		"service ill":                               {read, graph(500, "UnknownError", ""), graphApp(), "likely service-unavailable"},
		"proxy wants a password":                    {read, graph(407, "", ""), graphApp(), "certain proxy-auth-required"},
		"redirected":                                {read, graph(302, "", "redirected to https://hotel.example/"), graphApp(), "likely server-protocol-error, possible proxy-misconfigured"},
		"nothing that is known":                     {read, graph(418, "Teapot", "short and stout"), graphApp(), "possible "},
		"address of Graph with the wrong path":      {read, graph(404, "", ""), graphApp(), "possible "},
		"no protocol named, as of somebody's error": {read, &providers.HTTPRefusal{Status: 403}, graphApp(), "possible "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			symptom := Symptom{Layer: test.layer, Protocol: "graph", Err: test.refusal}
			expectRanking(t, Diagnose(symptom, test.evidence), test.want)
		})
	}
}

func TestEWSRefusals(t *testing.T) {
	t.Parallel()
	const scope = `2000008;reason="The token contains not enough scope to make this call.";error_category="invalid_grant"`
	const bare = `2000008;reason="The token contains no permissions, or permissions can not be understood.";error_category="invalid_grant"`
	fullAccess, person := appOnly(roles("full_access_as_app")), delegated(scopes("EWS.AccessAsUser.All"))
	impersonation := ews(500, "", "")
	impersonation.Message = "ExchangeImpersonation SOAP header must be present for this type of OAuth token."
	policy := ews(403, "", "")
	policy.Message = "Access is blocked by AppOnly AccessPolicy."
	for name, test := range map[string]struct {
		refusal  *providers.HTTPRefusal
		evidence Evidence
		want     string
	}{
		"scope missing":                       {ews(403, "", scope), appOnly(), "certain ews-permission-missing"},
		"scope missing, as 401":               {ews(401, "", bare), appOnly(roles()), "certain ews-permission-missing"},
		"scope missing, token tells nothing":  {ews(403, "", scope), appOnly(unreadable), "certain ews-permission-missing"},
		"token for Graph":                     {ews(401, "", scope), graphApp(), "certain token-audience-wrong"},
		"token for Graph, refused with 403":   {ews(403, "", ""), graphApp(), "certain token-audience-wrong"},
		"audience, by its header":             {ews(401, "", `2000003;reason="The audience claim value is invalid";error_category="invalid_token"`), appOnly(unreadable), "certain token-audience-wrong"},
		"token ended":                         {ews(401, "", scope), appOnly(tokenEnded), "certain access-token-expired"},
		"token ended, refused with 403":       {ews(403, "", ""), appOnly(tokenEnded), "certain access-token-expired"},
		"token ended, by its header":          {ews(401, "", `2000001;reason="The token has expired."`), fullAccess, "certain access-token-expired"},
		"permission missing, nothing said":    {ews(401, "", ""), appOnly(), "certain ews-permission-missing"},
		"permission not known everywhere yet": {ews(401, "", ""), fullAccess, "likely ews-permission-missing, possible access-token-malformed"},
		"401, token tells nothing":            {ews(401, "", ""), appOnly(unreadable), "likely access-token-malformed, possible token-audience-wrong, possible ews-permission-missing"},
		"403, permission missing":             {ews(403, "", ""), appOnly(), "certain ews-permission-missing"},
		"403, permission there":               {ews(403, "", ""), fullAccess, "likely ews-allowlist-blocked, possible application-access-policy"},
		"403, of a person":                    {ews(403, "", ""), person, "likely ews-allowlist-blocked, possible application-access-policy"},
		"403, token tells nothing":            {ews(403, "", ""), appOnly(unreadable), "likely ews-allowlist-blocked, possible application-access-policy"},
		"policy, by its name":                 {policy, fullAccess, "certain application-access-policy"},
		"may not act for the mailbox":         {ews(500, "ErrorImpersonateUserDenied", ""), fullAccess, "certain ews-impersonation-denied"},
		"may act for nobody":                  {ews(500, "ErrorImpersonationDenied", ""), fullAccess, "certain ews-impersonation-denied"},
		"acting for failed":                   {ews(500, "ErrorImpersonationFailed", ""), fullAccess, "likely ews-impersonation-denied, possible mailbox-not-found-or-unlicensed"},
		"no mailbox named":                    {ews(500, "ErrorMissingEmailAddress", ""), fullAccess, "certain ews-impersonation-header-missing"},
		"empty header":                        {ews(500, "ErrorInvalidExchangeImpersonationHeaderData", ""), fullAccess, "certain ews-impersonation-header-missing"},
		"no mailbox named, in words":          {impersonation, fullAccess, "certain ews-impersonation-header-missing"},
		"no such mailbox":                     {ews(200, "ErrorNonExistentMailbox", ""), fullAccess, "certain mailbox-not-found-or-unlicensed"},
		"named folder missing, app-only":      {ews(200, "ErrorFolderNotFound", ""), changed(fullAccess, []func(*Evidence){folder("Support")}), "likely imap-folder-missing, possible mailbox-permission-missing"},
		"too many at once":                    {ews(500, "ErrorExceededConnectionCount", ""), fullAccess, "certain too-many-connections"},
		"EWS off, in words":                   {&providers.HTTPRefusal{Protocol: "ews", Command: "GetFolder", Status: 403, Message: "Exchange Web Services is disabled for this organization."}, fullAccess, "certain ews-allowlist-blocked"},
		"app not on the list":                 {ews(403, "", "the app ID is not in EwsAllowedAppIDs"), fullAccess, "certain ews-allowlist-blocked"},
		"may not act, in words":               {&providers.HTTPRefusal{Protocol: "ews", Command: "GetFolder", Status: 500, Message: "The account does not have permission to impersonate the requested user."}, fullAccess, "certain ews-impersonation-denied"},
		"folder out of reach, app-only":       {ews(200, "ErrorAccessDenied", ""), fullAccess, "likely application-access-policy, possible ews-impersonation-denied"},
		"folder out of reach, of a person":    {ews(200, "ErrorFolderNotFound", ""), person, "likely mailbox-permission-missing, possible wrong-user-signed-in"},
		"busy":                                {ews(200, "ErrorServerBusy", ""), fullAccess, "certain throttled"},
		"being moved":                         {ews(200, "ErrorMailboxMoveInProgress", ""), fullAccess, "likely service-unavailable"},
		"ill":                                 {ews(500, "", ""), fullAccess, "likely service-unavailable"},
		"down":                                {ews(503, "", ""), fullAccess, "certain service-unavailable"},
		"nothing that is known":               {ews(500, "ErrorSchemaValidation", ""), fullAccess, "possible "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			symptom := Symptom{Layer: providers.LayerMailbox, Err: test.refusal}
			expectRanking(t, Diagnose(symptom, test.evidence), test.want)
		})
	}
}

func TestTokenForTheWrongServiceNamesTheRightOne(t *testing.T) {
	t.Parallel()
	symptom := Symptom{Layer: providers.LayerSASL, Protocol: "graph", Err: graph(401, "", "")}
	got := Diagnose(symptom, appOnly())[0]
	if got.Summary != "the access token was issued for "+outlook+", not for Microsoft Graph" || !strings.Contains(got.Fixes[0].Text, "https://graph.microsoft.com/.default") {
		t.Errorf("got %+v", got)
	}
}

func TestUnknownHTTPRefusalKeepsTheServersWords(t *testing.T) {
	t.Parallel()
	got := Diagnose(Symptom{Layer: providers.LayerMailbox, Err: graph(418, "Teapot", "short \x1b[2Jand stout")}, graphApp())[0]
	if want := `graph.microsoft.com:443 refused mailFolders for a reason that is not recognised: "HTTP 418 Teapot short [2Jand stout" (request ID c0ffee)`; got.Summary != want {
		t.Errorf("got  %s\nwant %s", got.Summary, want)
	}
	if !strings.Contains(got.Fixes[0].Text, "request ID c0ffee") || got.Layer != providers.LayerMailbox {
		t.Errorf("got %+v", got)
	}
	if got := Diagnose(Symptom{Err: &providers.HTTPRefusal{}}, Evidence{})[0]; !strings.HasPrefix(got.Summary, "the server refused the request") {
		t.Errorf("summary %q", got.Summary)
	}
}

func TestTroubleOverHTTPSIsNoMailServers(t *testing.T) {
	t.Parallel()
	closed := &providers.StageError{Stage: providers.StageDialogue, Host: "graph.microsoft.com:443", Err: io.ErrUnexpectedEOF}
	for protocol, want := range map[string]string{
		"graph": "likely server-protocol-error",
		"ews":   "likely server-protocol-error",
		"imap":  "likely mailbox-not-found-or-unlicensed, possible server-protocol-error",
	} {
		expectRanking(t, Diagnose(Symptom{Layer: providers.LayerSASL, Protocol: protocol, Err: closed}, graphApp()), want)
	}
	plain := &providers.StageError{Stage: providers.StageTLS, Host: "graph.microsoft.com:80", Err: tls.RecordHeaderError{Msg: "plain"}}
	expectRanking(t, Diagnose(Symptom{Layer: providers.LayerTLS, Protocol: "graph", Err: plain}, graphApp()), "likely server-protocol-error")
}

func FuzzDiagnoseHTTP(f *testing.F) {
	f.Add("graph", "send", 403, "ErrorAccessDenied", "Access is denied.", "", true, "Mail.Read")
	f.Add("ews", "mailbox", 401, "", "", `2000008;reason="x"`, false, "")
	f.Add("graph", "sasl", 401, "InvalidAuthenticationToken", hostile, hostile, true, hostile)
	f.Fuzz(func(t *testing.T, protocol, layer string, status int, code, message, diagnostics string, appOnly bool, permission string) {
		refusal := &providers.HTTPRefusal{Protocol: protocol, Command: code, Status: status, Code: code, Message: message, Diagnostics: diagnostics, WWWAuthenticate: message, RequestID: diagnostics}
		evidence := hostileEvidence(appOnly)
		evidence.Claims.Roles = []string{permission}
		expectSafe(t, Diagnose(Symptom{Layer: providers.Layer(layer), Protocol: protocol, Err: refusal}, evidence))
	})
}
