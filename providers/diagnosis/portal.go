package diagnosis

import (
	"net/url"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// The portals' pages. Those with {{app}} open at one app registration.
const (
	registrationPage   = "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/"
	registrationsPage  = "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade"
	overviewPage       = registrationPage + "Overview/appId/{{app}}"
	credentialsPage    = registrationPage + "Credentials/appId/{{app}}"
	authenticationPage = registrationPage + "Authentication/appId/{{app}}"
	permissionsPage    = registrationPage + "CallAnAPI/appId/{{app}}"
	enterprisePage     = "https://entra.microsoft.com/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview"
	policiesPage       = "https://entra.microsoft.com/#view/Microsoft_AAD_ConditionalAccess/ConditionalAccessBlade/~/Policies"
	usersPage          = "https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserManagementMenuBlade/~/AllUsers"
	entraPage          = "https://entra.microsoft.com/"

	mailboxesPage    = "https://admin.exchange.microsoft.com/#/mailboxes"
	messageTracePage = "https://admin.exchange.microsoft.com/#/messagetrace"
	usersAdminPage   = "https://admin.microsoft.com/#/users"
	productsPage     = "https://admin.microsoft.com/#/subscriptions"
	restrictedPage   = "https://security.microsoft.com/restrictedentities"
	statusPage       = "https://status.cloud.microsoft/"
	codePage         = "https://login.microsoftonline.com/error?code="

	appPasswordsPage    = "https://myaccount.google.com/apppasswords"
	googleClientsPage   = "https://console.cloud.google.com/auth/clients"
	serviceAccountsPage = "https://console.cloud.google.com/iam-admin/serviceaccounts"
	googleAudiencePage  = "https://console.cloud.google.com/auth/audience"
	gmailAPIPage        = "https://console.cloud.google.com/apis/library/gmail.googleapis.com"
	delegationPage      = "https://admin.google.com/ac/owl/domainwidedelegation"
	workspaceUsersPage  = "https://admin.google.com/ac/users"
	appAccessPage       = "https://admin.google.com/ac/owl/list?tab=configuredApps"
	gmailAccessPage     = "https://admin.google.com/ac/apps/gmail/enduseraccess"
	googleStatusPage    = "https://www.google.com/appsstatus/dashboard/"
)

// page gives the portal page at the connection's app registration, or the list of all
// registrations while the client ID is not known.
func page(template string, id providers.ClientID) string {
	if !strings.Contains(template, "{{app}}") {
		return template
	}
	if !providers.IsGUID(string(id)) {
		return registrationsPage
	}
	return strings.ReplaceAll(template, "{{app}}", url.PathEscape(strings.TrimSpace(string(id))))
}
