package diagnosis

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

// sentBack is a refusal that a browser came back with: no HTTP status belongs to it.
func sentBack(code string, numbers ...int) *providers.AuthorityError {
	return &providers.AuthorityError{Code: code, Numbers: numbers, Description: "words of the service", CorrelationID: "c0ffee00-0000-0000-0000-000000000001"}
}

func TestRefusalsOfASignInThroughTheBrowser(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err      error
		evidence Evidence
		want     string
	}{
		"cancelled on the page":               {sentBack("access_denied"), delegated(), "likely device-code-declined, possible admin-consent-required"},
		"gave up at the administrator's page": {&providers.AuthorityError{Code: "access_denied", Description: "the user needs an admin to approve"}, delegated(), "likely admin-consent-required, possible device-code-declined"},
		"declined to consent":                 {sentBack("access_denied", 65004), delegated(), "certain consent-missing"},
		"nobody consented":                    {sentBack("consent_required", 65001), delegated(), "certain consent-missing"},
		"administrator must consent":          {sentBack("access_denied", 90094), delegated(), "certain admin-consent-required"},
		"redirect not registered":             {sentBack("invalid_request", 50011), delegated(), "certain redirect-uri-mismatch"},
		"no redirect registered":              {sentBack("invalid_request", 500113), delegated(), "certain redirect-uri-missing"},
		"redirect differs at the token":       {entra("invalid_grant", 500112), delegated(), "certain redirect-uri-mismatch"},
		"single-page platform":                {entra("invalid_request", 9002325), delegated(), "certain redirect-uri-wrong-platform"},
		"secret for a public client":          {entra("invalid_client", 700025), delegated(), "certain public-client-with-secret"},
		"no secret for a web client":          {entra("invalid_client", 7000218), delegated(), "likely secret-missing, possible public-client-flow-disabled"},
		"secret wrong":                        {entra("invalid_client", 7000215), delegated(), "likely secret-wrong-or-truncated, possible secret-not-yet-active"},
		"certificate not registered":          {entra("invalid_client", 700027), delegated(), "certain client-certificate-invalid"},
		"verifier of another request":         {entra("invalid_grant", 501481), delegated(), "certain auth-code-already-used"},
		"code used twice":                     {entra("invalid_grant", 54005), delegated(), "certain auth-code-already-used"},
		"code too old":                        {entra("invalid_grant", 70008), delegated(), "likely auth-code-already-used, possible refresh-token-expired"},
		"user not assigned":                   {sentBack("interaction_required", 50105), delegated(), "certain user-not-assigned"},
		"policy blocks":                       {sentBack("access_denied", 53003), delegated(), "certain conditional-access-blocked"},
		"another server: code used twice":     {&providers.AuthorityError{Status: 400, Code: "invalid_grant", Description: "Code not valid"}, delegated(), "likely auth-code-already-used, possible request-malformed"},
		"another server: client":              {&providers.AuthorityError{Status: 401, Code: "invalid_client"}, delegated(), "likely secret-wrong-or-truncated, possible secret-missing, possible app-not-in-tenant"},
		"another server: not for this way":    {&providers.AuthorityError{Status: 400, Code: "unauthorized_client"}, delegated(), "likely app-not-in-tenant, possible redirect-uri-mismatch"},
		"nobody came back":                    {&providers.CodePageExpired{At: noon()}, delegated(), "certain callback-not-received"},
		"the port is taken":                   {fmt.Errorf("outbound: %w", &providers.PortUnusable{Address: "127.0.0.1:8421", Err: errors.New("in use")}), delegated(), "certain callback-not-received"},
		"somebody else signed in":             {&providers.WrongAccount{Want: contracts, Got: "boss@contoso.example"}, delegated(), "certain wrong-user-signed-in"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Diagnose(Symptom{Layer: providers.LayerToken, Protocol: "auth-code", Err: test.err}, test.evidence)
			expectRanking(t, got, test.want)
		})
	}
}

func TestADeclinedPageAsksForNoCode(t *testing.T) {
	t.Parallel()
	declined := Diagnose(Symptom{Layer: providers.LayerToken, Protocol: "auth-code", Err: sentBack("access_denied")}, delegated())[0]
	if strings.Contains(declined.Summary+declined.Fixes[0].Text, "code") || !strings.Contains(declined.Fixes[0].Text, contracts) {
		t.Errorf("%q, %q", declined.Summary, declined.Fixes[0].Text)
	}
	device := Diagnose(Symptom{Layer: providers.LayerToken, Protocol: "device-code", Err: entra("access_denied")}, delegated())[0]
	if device.Cause != declined.Cause || !strings.Contains(device.Fixes[0].Text, "new code") {
		t.Errorf("%s, %q", device.Cause, device.Fixes[0].Text)
	}
}

func TestATakenPortIsNamed(t *testing.T) {
	t.Parallel()
	taken := &providers.PortUnusable{Address: "127.0.0.1:8421", Err: errors.New("in use")}
	got := Diagnose(Symptom{Layer: providers.LayerToken, Protocol: "auth-code", Err: taken}, delegated())[0]
	if !strings.Contains(got.Summary, "127.0.0.1:8421") || got.Owner != You {
		t.Errorf("%s: %q", got.Owner, got.Summary)
	}
}
