package practice

import (
	"net/http"
	"net/url"
	"testing"
)

func TestAnAccountThatMayNotSignInCannotRefreshEither(t *testing.T) {
	t.Parallel()
	for scenario, want := range map[string]int{
		"user-not-found": 50034, "account-disabled": 50057, "account-locked": 50053, "password-expired": 50055,
		"mfa-required": 50079, "device-not-compliant": 53000, "user-not-assigned": 50105,
		"resource-principal-not-found": 650052, "app-permission-declaration-invalid": 650054,
		"conditional-access-blocked": 0, // the device code is blocked, nothing else
	} {
		t.Run(scenario, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{})
			token := w.signIn(crm, smtpScope+" offline_access").word("refresh_token")
			if err := w.Plant(scenario); err != nil {
				t.Fatal(err)
			}
			got := w.post(tokenPath, url.Values{"grant_type": {"refresh_token"}, "client_id": {clientID}, "refresh_token": {token}, "scope": {smtpScope}})
			if got.number() != want || (got.status == http.StatusOK) != (want == 0) {
				t.Errorf("HTTP %d AADSTS%d, want AADSTS%d", got.status, got.number(), want)
			}
		})
	}
}

func TestASecondFactorSatisfiesThePolicy(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Scenario: "mfa-required"})
	w.change(func(s *state) { s.sender().secondFactor = true })
	if got := w.signIn(crm, smtpScope); got.status != http.StatusOK {
		t.Errorf("HTTP %d: %s", got.status, got.text)
	}
	if got := w.signIn(contracts, imapScope); got.number() != 50079 || got.word("suberror") != "basic_action" || got.word("claims") == "" {
		t.Errorf("an account without one: AADSTS%d %q", got.number(), got.word("suberror"))
	}
}

func TestStrangersAreToldFromMissingAccounts(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	for account, want := range map[string]int{
		"nobody@contoso.example": 50034, "NOBODY@CONTOSO.EXAMPLE": 50034, "crm": 50034,
		"consultant@fabrikam.example": 50020, "someone@outlook.example": 50020,
	} {
		if got := w.signIn(account, imapScope); got.number() != want {
			t.Errorf("%s: AADSTS%d, want AADSTS%d", account, got.number(), want)
		}
	}
}

func TestATenantInANationalCloudIsFoundButServedElsewhere(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Scenario: "wrong-national-cloud"})
	found := w.get(tenantID + "/v2.0/.well-known/openid-configuration")
	if found.status != http.StatusOK || found.word("tenant_region_scope") != "USGov" || found.word("cloud_instance_name") != "microsoftonline.us" {
		t.Errorf("metadata: HTTP %d %s", found.status, found.text)
	}
	if got := w.post(devicePath, url.Values{"client_id": {clientID}, "scope": {imapScope}}); got.number() != 90038 {
		t.Errorf("device code: AADSTS%d", got.number())
	}
	if got := w.post(tokenPath, w.appForm()); got.number() != 900382 {
		t.Errorf("token: AADSTS%d", got.number())
	}
}
