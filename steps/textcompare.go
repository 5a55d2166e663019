package steps

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// contradicts names a value of a text's request that is not the one proved.
func contradicts(plan Plan, text TextProof, sent sentRequest) string {
	proved := provedScope(plan, text)
	asked := strings.Fields(sent.form.Get("scope"))
	asks := func(scope string) bool { return samePermission(scope, proved) }
	switch {
	case !strings.Contains(sent.address, "/"+plan.Tenant+"/"):
		return "the text addresses another tenant: " + providers.Clean(sent.address)
	case sent.form.Get("client_id") != string(plan.ClientID):
		return "the text names another client ID: " + providers.Clean(sent.form.Get("client_id"))
	case sent.form.Has("redirect_uri") && sent.form.Get("redirect_uri") != plan.Values["base_kb_uri"]:
		return "the text names another redirect: " + providers.Clean(sent.form.Get("redirect_uri"))
	case sent.form.Has("scope") && !slices.ContainsFunc(asked, asks):
		return "the text does not ask for " + proved + " but for " + providers.Clean(sent.form.Get("scope"))
	}
	return ""
}

func provedScope(plan Plan, text TextProof) string {
	artefact, _ := plan.Product.Artefact(text.Artefact)
	return plan.Route.TestScopes[artefact.Direction]
}

// samePermission reports whether two scopes name one permission of one API. Exchange Online
// answers to two hosts.
func samePermission(a, b string) bool {
	apiA, nameA := scopeParts(a)
	apiB, nameB := scopeParts(b)
	exchange := []string{"https://outlook.office.com", "https://outlook.office365.com"}
	return strings.EqualFold(nameA, nameB) && (apiA == apiB || slices.Contains(exchange, apiA) && slices.Contains(exchange, apiB))
}

// scopeParts divides "https://outlook.office.com/SMTP.Send" into the API and the permission.
func scopeParts(scope string) (api, name string) {
	at := strings.LastIndex(scope, "/")
	if at < 0 {
		return "", scope
	}
	return strings.ToLower(scope[:at]), scope[at+1:]
}

// differences names where a text's request departs from ours although both are right: the
// product keeps what its vendor tested, our tests keep what the provider documents.
func differences(plan Plan, text TextProof, sent sentRequest) []string {
	proved := provedScope(plan, text)
	var found []string
	apis := map[string]bool{}
	for _, scope := range strings.Fields(sent.form.Get("scope")) {
		api, name := scopeParts(scope)
		if api != "" || strings.Contains(name, ".") { // a bare name with a dot belongs to Microsoft Graph
			apis[api] = true
		}
		if scope != proved && samePermission(scope, proved) {
			found = append(found, fmt.Sprintf("%s asks for %s; proved was %s, the same permission under the host that Microsoft documents", sent.id, scope, proved))
		}
	}
	if len(apis) > 1 {
		found = append(found, sent.id+" asks for permissions of two APIs at once; Mailgrant asked for Exchange alone, since a token is for one API")
	}
	if code := sent.form.Get("code"); code != "" && !sent.form.Has("device_code") {
		found = append(found, sent.id+" sends the device code as code, where Microsoft documents device_code")
	}
	return found
}
