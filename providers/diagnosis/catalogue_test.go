package diagnosis

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/mailgrant/mailgrant/providers"
)

// promised are the names that other programs rely on, with where each cause lies and who mends it.
var promised = []struct {
	cause Cause
	layer providers.Layer
	owner Owner
}{
	{"secret-expired", "token", "entra-admin"},
	{"secret-id-instead-of-value", "token", "you"},
	{"secret-wrong-or-truncated", "token", "you"},
	{"secret-missing", "token", "entra-admin"},
	{"public-client-flow-disabled", "token", "entra-admin"},
	{"public-client-with-secret", "token", "you"},
	{"client-certificate-invalid", "token", "entra-admin"},
	{"client-assertion-expired", "token", "product-admin"},
	{"app-not-in-tenant", "token", "entra-admin"},
	{"app-disabled-in-tenant", "token", "entra-admin"},
	{"app-permission-declaration-invalid", "token", "entra-admin"},
	{"resource-not-in-app-permissions", "token", "entra-admin"},
	{"resource-principal-not-found", "token", "entra-admin"},
	{"service-principal-missing", "sasl", "exchange-admin"},
	{"service-principal-object-id-wrong", "sasl", "exchange-admin"},
	{"tenant-not-found", "token", "you"},
	{"tenant-id-missing", "token", "you"},
	{"single-tenant-app-on-common", "token", "entra-admin"},
	{"wrong-national-cloud", "token", "you"},
	{"personal-accounts-not-allowed", "token", "entra-admin"},
	{"personal-only-app-on-common", "token", "entra-admin"},
	{"v1-endpoint-with-personal-account", "token", "product-admin"},
	{"account-not-in-tenant", "token", "mailbox-user"},
	{"user-not-found", "token", "you"},
	{"user-not-assigned", "token", "entra-admin"},
	{"redirect-uri-mismatch", "token", "entra-admin"},
	{"redirect-uri-missing", "token", "entra-admin"},
	{"redirect-uri-wrong-platform", "token", "entra-admin"},
	{"callback-not-received", "token", "you"},
	{"oauth-state-mismatch", "token", "product-admin"},
	{"auth-code-already-used", "token", "you"},
	{"device-code-pending", "token", "you"},
	{"device-code-expired", "token", "you"},
	{"request-parameter-missing", "token", "product-admin"},
	{"request-malformed", "token", "product-admin"},
	{"consent-missing", "token", "entra-admin"},
	{"admin-consent-required", "token", "entra-admin"},
	{"scope-missing", "claims", "entra-admin"},
	{"scope-invalid", "token", "you"},
	{"scope-multiple-resources", "token", "you"},
	{"scope-needs-default", "token", "you"},
	{"token-audience-wrong", "claims", "you"},
	{"access-token-expired", "claims", "you"},
	{"access-token-malformed", "claims", "you"},
	{"refresh-token-expired", "token", "mailbox-user"},
	{"token-revoked-password-change", "token", "mailbox-user"},
	{"token-cache-unreadable", "token", "you"},
	{"xoauth2-string-malformed", "sasl", "product-admin"},
	{"xoauth2-needs-two-step", "sasl", "product-admin"},
	{"sasl-xoauth2-plugin-missing", "sasl", "product-admin"},
	{"wrong-credentials", "token", "mailbox-user"},
	{"password-expired", "token", "mailbox-user"},
	{"account-locked", "token", "entra-admin"},
	{"account-disabled", "token", "entra-admin"},
	{"federated-user-ropc", "token", "entra-admin"},
	{"mfa-required", "token", "entra-admin"},
	{"conditional-access-blocked", "token", "entra-admin"},
	{"device-not-compliant", "token", "entra-admin"},
	{"wrong-user-signed-in", "mailbox", "mailbox-user"},
	{"mailbox-permission-missing", "mailbox", "exchange-admin"},
	{"mailbox-not-found-or-unlicensed", "mailbox", "exchange-admin"},
	{"mailbox-on-premises", "mailbox", "exchange-admin"},
	{"imap-disabled-mailbox", "mailbox", "exchange-admin"},
	{"pop-disabled-mailbox", "mailbox", "exchange-admin"},
	{"imap-folder-missing", "mailbox", "you"},
	{"basic-auth-blocked", "sasl", "product-admin"},
	{"smtp-auth-disabled-tenant", "sasl", "exchange-admin"},
	{"smtp-auth-disabled-mailbox", "sasl", "exchange-admin"},
	{"smtp-client-not-authenticated", "sasl", "product-admin"},
	{"smtp-sendasapp-missing", "sasl", "exchange-admin"},
	{"smtp-auth-mechanism-unsupported", "sasl", "product-admin"},
	{"send-as-denied", "send", "exchange-admin"},
	{"outbound-sending-blocked", "send", "microsoft"},
	{"sending-quota-exceeded", "send", "exchange-admin"},
	{"too-many-connections", "mailbox", "product-admin"},
	{"throttled", "mailbox", "product-admin"},
	{"graph-permission-missing", "mailbox", "entra-admin"},
	{"graph-user-invalid", "mailbox", "you"},
	{"me-endpoint-with-app-token", "mailbox", "product-admin"},
	{"application-access-policy", "mailbox", "exchange-admin"},
	{"ews-permission-missing", "mailbox", "entra-admin"},
	{"ews-impersonation-denied", "mailbox", "exchange-admin"},
	{"ews-impersonation-header-missing", "mailbox", "product-admin"},
	{"ews-allowlist-blocked", "mailbox", "exchange-admin"},
	{"exo-app-role-missing", "local", "entra-admin"},
	{"exo-cmdlet-not-available", "local", "exchange-admin"},
	{"google-app-password-needed", "sasl", "product-admin"},
	{"google-redirect-uri-mismatch", "token", "workspace-admin"},
	{"google-scope-wrong", "claims", "product-admin"},
	{"google-scope-insufficient", "claims", "product-admin"},
	{"google-not-test-user", "token", "workspace-admin"},
	{"google-testing-token-expired", "token", "workspace-admin"},
	{"google-token-revoked", "token", "mailbox-user"},
	{"google-dwd-missing", "token", "workspace-admin"},
	{"google-api-disabled", "token", "workspace-admin"},
	{"google-mail-service-disabled", "mailbox", "workspace-admin"},
	{"dns-failure", "dns", "network-admin"},
	{"network-blocked", "tcp", "network-admin"},
	{"proxy-auth-required", "tcp", "network-admin"},
	{"proxy-misconfigured", "tcp", "network-admin"},
	{"tls-interception", "tls", "network-admin"},
	{"ca-bundle-outdated", "tls", "product-admin"},
	{"server-certificate-expired", "tls", "network-admin"},
	{"clock-skew", "token", "you"},
	{"smtp-tls-mode-mismatch", "tls", "product-admin"},
	{"keyring-service-missing", "local", "you"},
	{"keyring-locked", "local", "you"},
	{"keyring-entry-too-large", "local", "you"},
	{"keyring-full", "local", "you"},
	{"config-entry-missing", "local", "you"},
	{"device-code-declined", "token", "mailbox-user"},
	{"secret-not-yet-active", "token", "you"},
	{"server-certificate-name-mismatch", "tls", "network-admin"},
	{"server-certificate-untrusted", "tls", "network-admin"},
	{"tls-version-unsupported", "tls", "network-admin"},
	{"starttls-not-offered", "tls", "network-admin"},
	{"server-protocol-error", "tcp", "network-admin"},
	{"server-timeout", "tcp", "network-admin"},
	{"service-unavailable", "token", "microsoft"},
}

func TestCatalogueHoldsWhatIsPromised(t *testing.T) {
	t.Parallel()
	for _, want := range promised {
		entry, found := Lookup(want.cause)
		if !found {
			t.Errorf("%s is not in the catalogue", want.cause)
			continue
		}
		if entry.Cause != want.cause || entry.Layer != want.layer || entry.Owner != want.owner {
			t.Errorf("%s: layer %s, owner %s; want %s, %s", entry.Cause, entry.Layer, entry.Owner, want.layer, want.owner)
		}
	}
	if got := len(Causes()); got != len(promised) {
		t.Errorf("the catalogue holds %d causes, promised are %d", got, len(promised))
	}
	if _, found := Lookup("moon-in-the-wrong-phase"); found {
		t.Error("a cause that nobody knows was found")
	}
}

// otherFaces are what some causes say where the evidence shows more of them.
func otherFaces() []Entry {
	return []Entry{
		enterpriseApplicationMissing, secretNeverMade, tokenNotForGraph, anotherAccountOverSMTP, deviceAnswerMissing,
		answerPortUnusable, declinedOnPage, answerPageMissing,
	}
}

func TestEveryEntryCanBeRead(t *testing.T) {
	t.Parallel()
	seen := map[Cause]bool{}
	for _, entry := range append(Causes(), otherFaces()...) {
		catalogued, _ := Lookup(entry.Cause)
		if entry.Layer != catalogued.Layer || entry.Owner != catalogued.Owner {
			t.Errorf("%s: another face has another layer or owner", entry.Cause)
		}
		texts := []string{entry.Summary, entry.Decides}
		if len(entry.Fixes) == 0 {
			t.Errorf("%s has no fix", entry.Cause)
		}
		for _, fix := range entry.Fixes {
			texts = append(texts, fix.Text)
			if fix.URL != "" && !strings.HasPrefix(fix.URL, "https://") {
				t.Errorf("%s: URL %q", entry.Cause, fix.URL)
			}
			placeholdersAreKnown(t, entry.Cause, fix.Command)
		}
		for _, text := range texts {
			sentenceIsWellMade(t, entry.Cause, text)
			placeholdersAreKnown(t, entry.Cause, text)
		}
	}
	for _, entry := range Causes() {
		if seen[entry.Cause] {
			t.Errorf("%s is in the catalogue twice", entry.Cause)
		}
		seen[entry.Cause] = true
	}
}

// properNames may begin a sentence with a capital.
var properNames = []string{"IMAP", "POP", "Gmail", "Google", "Microsoft", "Windows", "Get-", "Test-", "SMTP.SendAsApp", "ImapEnabled", "PopEnabled",
	"SmtpClientAuthenticationDisabled", "EwsEnabled", "Exchange.ManageAsApp", "Audience", "INBOX"}

var doubled = regexp.MustCompile(`\b(the|a|an) ([a-z]+ )?\{\{`)

func sentenceIsWellMade(t *testing.T, cause Cause, text string) {
	t.Helper()
	if text == "" || strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "...") || strings.TrimSpace(text) != text {
		t.Errorf("%s: %q is empty, ends in a full stop or has blanks around it", cause, text)
	}
	if doubled.MatchString(text) {
		t.Errorf("%s: %q has an article before a value that brings its own, as in \"the name the server\"", cause, text)
	}
	for _, name := range properNames {
		if strings.HasPrefix(text, name) {
			return
		}
	}
	if unicode.IsUpper([]rune(text + "x")[0]) && !strings.HasPrefix(text, `"`) {
		t.Errorf("%s: %q begins with a capital", cause, text)
	}
}

func placeholdersAreKnown(t *testing.T, cause Cause, template string) {
	t.Helper()
	expand(template, func(name string) string {
		if _, p := (values{}).find(name); p.blank == "" {
			t.Errorf("%s: {{%s}} in %q has no value", cause, name, template)
		}
		return ""
	})
	if strings.Count(template, "{{") != strings.Count(template, "}}") {
		t.Errorf("%s: braces in %q are not in pairs", cause, template)
	}
}

func TestOnlyWhatAdministratorsSetPropagates(t *testing.T) {
	t.Parallel()
	for cause, want := range map[Cause]bool{
		ServicePrincipalMissing: true, MailboxPermissionMissing: true, SecretNotYetActive: true, IMAPDisabledMailbox: true,
		SMTPAuthDisabledTenant: true, SMTPAuthDisabledMailbox: true, SMTPSendAsAppMissing: true, ConsentMissing: true, ScopeMissing: true,
		SecretExpired: false, TenantNotFound: false, WrongUserSignedIn: false, DNSFailure: false, TokenAudienceWrong: false, "": false,
	} {
		if got := Propagates(cause); got != want {
			t.Errorf("Propagates(%q) is %v", cause, got)
		}
	}
	for _, entry := range Causes() {
		if entry.Layer == providers.LayerLocal && Propagates(entry.Cause) {
			t.Errorf("%s lies on this computer, waiting will not help", entry.Cause)
		}
	}
}
