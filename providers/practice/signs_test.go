package practice

import (
	"slices"
	"strings"
	"testing"
)

const (
	outbox = "crm@contoso.example "
	inbox1 = "contracts@contoso.example "
	inbox2 = "sourcing@contoso.example "

	badCertificate = "tls: failed to verify certificate: x509: "
	oldVersion     = "remote error: tls: protocol version not supported"
)

// signs is what each scenario looks like from outside: for every mailbox that is touched, the
// beginning of what goes wrong. "all" stands for each of the three mailboxes.
var signs = map[string]map[string][]string{
	"healthy": {RouteAppOnly: nil, RouteDevice: nil},
	"service-unavailable": {
		RouteAppOnly: {"all token: temporarily_unavailable AADSTS90033: "},
		RouteDevice:  {"all token: temporarily_unavailable AADSTS90033: "},
	},
	"tls-interception": bothRoutes("all token: tls: failed to verify certificate: x509: certificate signed by unknown authority"),
	"tenant-not-found": {
		RouteAppOnly: {"all token: invalid_tenant AADSTS90002: Tenant '" + tenantID + "' not found. "},
		RouteDevice:  {"all token: invalid_tenant AADSTS90002: Tenant '" + tenantID + "' not found. "},
	},
	"app-not-in-tenant": {
		RouteAppOnly: {"all token: unauthorized_client AADSTS700016: Application with identifier '" + clientID + "' was not found in the directory "},
		RouteDevice:  {"all token: unauthorized_client AADSTS700016: "},
	},
	"service-principal-missing-entra": {
		RouteAppOnly: {"all token: invalid_client AADSTS7000229: The client application " + clientID + " is missing service principal in the tenant "},
		RouteDevice:  {"all token: invalid_client AADSTS7000229: "},
	},
	"app-disabled-in-tenant": {
		RouteAppOnly: {"all token: unauthorized_client AADSTS7000112: Application '" + clientID + "'(Contoso Mail) is disabled. "},
		RouteDevice:  {"all token: unauthorized_client AADSTS7000112: "},
	},
	"wrong-national-cloud": {
		RouteAppOnly: {"all token: invalid_request AADSTS900382: Confidential Client is not supported in Cross Cloud request. "},
		RouteDevice:  {"all token: invalid_request AADSTS90038: Tenant '" + tenantID + "' request is being redirected to the National Cloud 'MicrosoftOnline.US'. "},
	},
	"personal-only-app-on-common": bothRoutes("all token: invalid_request AADSTS9002331: Application '" + clientID + "'(Contoso Mail) is configured for use by Microsoft Account users only. "),
	"resource-principal-not-found": {
		RouteAppOnly: {"all token: invalid_resource AADSTS500011: The resource principal named https://outlook.office365.com was not found in the tenant "},
		RouteDevice:  {"all token: invalid_resource AADSTS650052: The app needs access to a service ('https://outlook.office365.com') that your organization "},
	},
	"secret-missing":                     {RouteAppOnly: {"all token: invalid_client AADSTS700026: "}},
	"secret-wrong-or-truncated":          {RouteAppOnly: {"all token: invalid_client AADSTS7000215: Invalid client secret provided. "}},
	"secret-id-instead-of-value":         {RouteAppOnly: {"all token: invalid_client AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, "}},
	"secret-expired":                     {RouteAppOnly: {"all token: invalid_client AADSTS7000222: The provided client secret keys for app '" + clientID + "' are expired. "}},
	"secret-not-yet-active":              {RouteAppOnly: {"all token: invalid_client AADSTS7000215: "}},
	"public-client-flow-disabled":        {RouteDevice: {"all token: invalid_client AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'. "}},
	"device-code-declined":               {RouteDevice: {"all token: authorization_declined "}},
	"wrong-user-signed-in":               {RouteDevice: {outbox + "smtp: 535 5.7.3 Authentication unsuccessful [", inbox1 + "imap EXAMINE: BAD User is authenticated but not connected.", inbox2 + "imap EXAMINE: BAD User is authenticated but not connected."}},
	"conditional-access-blocked":         {RouteDevice: {"all token: interaction_required AADSTS53003: Access has been blocked by Conditional Access policies. "}},
	"account-not-in-tenant":              {RouteDevice: {"all token: invalid_grant AADSTS50020: User account 'consultant@fabrikam.example' from identity provider 'https://sts.windows.net/"}},
	"user-not-found":                     {RouteDevice: {outbox + "token: invalid_grant AADSTS50034: The user account crm@contoso.example does not exist "}},
	"account-disabled":                   {RouteDevice: {outbox + "token: invalid_grant AADSTS50057: "}},
	"account-locked":                     {RouteDevice: {outbox + "token: invalid_grant AADSTS50053: The account is locked, "}},
	"password-expired":                   {RouteDevice: {outbox + "token: invalid_grant AADSTS50055: The password is expired. "}},
	"mfa-required":                       {RouteDevice: {"all token: interaction_required AADSTS50079: "}},
	"device-not-compliant":               {RouteDevice: {"all token: interaction_required AADSTS53000: Device is not in required device state: compliant. "}},
	"app-permission-declaration-invalid": {RouteDevice: {"all token: invalid_resource AADSTS650054: The application 'Contoso Mail' asked for permissions to access a resource that has been removed "}},
	"user-not-assigned":                  {RouteDevice: {"all token: invalid_grant AADSTS50105: "}},
	"admin-consent-required":             {RouteDevice: {"all token: invalid_grant AADSTS90094: "}},
	"scope-missing-imap":                 {RouteAppOnly: {inbox1 + "imap: NO AUTHENTICATE failed.", inbox2 + "imap: NO AUTHENTICATE failed."}},
	"smtp-sendasapp-missing":             {RouteAppOnly: {outbox + "smtp: 535 5.7.3 Authentication unsuccessful ["}},
	"service-principal-missing":          {RouteAppOnly: refusedEverywhere},
	"service-principal-object-id-wrong":  {RouteAppOnly: refusedEverywhere},
	"mailbox-not-found-or-unlicensed":    {RouteDevice: {inbox2 + "imap EXAMINE: BAD User is authenticated but not connected."}},
	"mailbox-permission-missing-imap":    {RouteAppOnly: {inbox2 + "imap EXAMINE: BAD User is authenticated but not connected."}},
	"mailbox-permission-missing-smtp":    {RouteAppOnly: {outbox + "smtp: 535 5.7.3 Authentication unsuccessful ["}},
	"consent-missing": {
		RouteAppOnly: refusedEverywhere,
		RouteDevice:  {"all token: invalid_grant AADSTS65001: The user or administrator has not consented "},
	},
	"token-audience-wrong": {RouteAppOnly: refusedEverywhere, RouteDevice: refusedEverywhere},
	"access-token-expired": {RouteAppOnly: refusedEverywhere, RouteDevice: refusedEverywhere},
	"imap-disabled-mailbox": {
		RouteAppOnly: {inbox2 + "imap EXAMINE: BAD User is authenticated but not connected."},
		RouteDevice:  {inbox2 + "imap EXAMINE: BAD User is authenticated but not connected."},
	},
	"smtp-auth-disabled-tenant":             bothRoutes(outbox + "smtp: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. ["),
	"smtp-auth-disabled-mailbox":            bothRoutes(outbox + "smtp: 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. "),
	"network-blocked-imap":                  bothRoutes(inbox1+"imap reset", inbox2+"imap reset"),
	"network-blocked-smtp":                  bothRoutes(outbox + "smtp reset"),
	"server-timeout-imap":                   bothRoutes(inbox1+"imap tls: silence", inbox2+"imap tls: silence"),
	"server-timeout-smtp":                   bothRoutes(outbox + "smtp greeting: silence"),
	"server-protocol-error-imap":            bothRoutes(inbox1+"imap greeting: HTTP/1.1 400 Bad Request", inbox2+"imap greeting: HTTP/1.1 400 Bad Request"),
	"server-protocol-error-smtp":            bothRoutes(outbox + "smtp greeting: SSH-2.0-"),
	"smtp-tls-mode-mismatch":                bothRoutes(outbox + "smtp tls: tls: first record does not look like a TLS handshake"),
	"starttls-not-offered":                  bothRoutes(outbox + "smtp: STARTTLS is not offered"),
	"tls-version-unsupported-imap":          bothRoutes(inbox1+"imap tls: "+oldVersion, inbox2+"imap tls: "+oldVersion),
	"tls-version-unsupported-smtp":          bothRoutes(outbox + "smtp tls: " + oldVersion),
	"server-certificate-untrusted-imap":     bothRoutes(inbox1+"imap tls: "+badCertificate+"certificate signed by unknown authority", inbox2+"imap tls: "+badCertificate+"certificate signed by unknown authority"),
	"server-certificate-untrusted-smtp":     bothRoutes(outbox + "smtp tls: " + badCertificate + "certificate signed by unknown authority"),
	"server-certificate-name-mismatch-imap": bothRoutes(inbox1+"imap tls: "+badCertificate+"cannot validate certificate for 127.0.0.1 ", inbox2+"imap tls: "+badCertificate+"cannot validate certificate for 127.0.0.1 "),
	"server-certificate-name-mismatch-smtp": bothRoutes(outbox + "smtp tls: " + badCertificate + "cannot validate certificate for 127.0.0.1 "),
	"server-certificate-expired-imap":       bothRoutes(inbox1+"imap tls: "+badCertificate+"certificate has expired ", inbox2+"imap tls: "+badCertificate+"certificate has expired "),
	"server-certificate-expired-smtp":       bothRoutes(outbox + "smtp tls: " + badCertificate + "certificate has expired "),
	"too-many-connections":                  bothRoutes(outbox + "smtp greeting: 421 4.3.2 The maximum number of concurrent server connections has exceeded a per-source limit, "),
	"smtp-auth-mechanism-unsupported":       bothRoutes(outbox + "smtp: XOAUTH2 is not offered"),
	"service-unavailable-imap":              bothRoutes(inbox1+"imap EXAMINE: NO Server Unavailable. 15", inbox2+"imap EXAMINE: NO Server Unavailable. 15"),
	"service-unavailable-smtp":              bothRoutes(outbox + "smtp: 451 4.7.0 Temporary server error. Please try again later. PRX4 ["),
	"outbound-sending-blocked":              bothRoutes(outbox + "smtp send: 550 5.7.705 Service unavailable. Access denied, tenant has exceeded threshold. "),
	"imap-folder-missing":                   bothRoutes(inbox2 + "imap EXAMINE: NO Contracts 2024 doesn't exist."),
	"sending-quota-exceeded":                bothRoutes(outbox + "smtp send: 554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; "),
	"throttled-imap":                        bothRoutes(inbox2 + "imap EXAMINE: BAD Request is throttled. Suggested Backoff Time: 29000 milliseconds"),
	"throttled-smtp":                        bothRoutes(outbox + "smtp: 432 4.3.2 Concurrent connections limit exceeded. "),
	"send-as-denied":                        bothRoutes(outbox + "smtp send: 554 5.2.252 SendAsDenied; crm@contoso.example not allowed to send as crm@contoso.example ["),
}

var refusedEverywhere = []string{
	outbox + "smtp: 535 5.7.3 Authentication unsuccessful [",
	inbox1 + "imap: NO AUTHENTICATE failed.",
	inbox2 + "imap: NO AUTHENTICATE failed.",
}

func bothRoutes(signs ...string) map[string][]string {
	return map[string][]string{RouteAppOnly: signs, RouteDevice: signs}
}

// signsOf are the signs of a scenario on a route: those of the mail routes as far as the route is
// like them, and those of its own protocols, in the order of the mailboxes.
func signsOf(name, id string) []string {
	if id == RouteGoogleCode {
		return browserSigns[name][id]
	}
	way, like := routeNamed(id), RouteDevice
	if way.signIn == "app" {
		like = RouteAppOnly
	}
	var list []string
	for _, mailbox := range []string{outbox, inbox1, inbox2} {
		protocol := way.reads
		if mailbox == outbox {
			protocol = way.sends
		}
		for _, sign := range append(expand(signs[name][like]), expand(protocolSigns[name])...) {
			rest, ours := strings.CutPrefix(sign, mailbox)
			first, _, _ := strings.Cut(rest, " ")
			if first = strings.TrimSuffix(first, ":"); ours && protocol != "" && (first == protocol || first == "token") {
				list = append(list, sign)
			}
		}
	}
	return list
}

// expand puts mailboxes in the place of "all", "both" for those that are read, and "last".
func expand(list []string) []string {
	var lines []string
	for _, line := range list {
		who, rest, _ := strings.Cut(line, " ")
		switch who {
		case "all":
			lines = append(lines, outbox+rest, inbox1+rest, inbox2+rest)
		case "both":
			lines = append(lines, inbox1+rest, inbox2+rest)
		case "last":
			lines = append(lines, inbox2+rest)
		default:
			lines = append(lines, line)
		}
	}
	return lines
}

func compare(t *testing.T, got, want []string) {
	t.Helper()
	same := slices.EqualFunc(got, want, func(g, w string) bool { return strings.HasPrefix(g, w) })
	if !same {
		t.Errorf("went wrong:\n  %s\nwant:\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}
