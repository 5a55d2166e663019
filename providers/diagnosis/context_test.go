package diagnosis

import "testing"

func TestAnotherSiteIsNamed(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"POST https://api.shop.example/token gave 401":                                 true,
		"see https://aka.ms/msal-net-up, then http://localhost:8080/callback":          false,
		"docs at https://learn.microsoft.com/x; POST https://api.shop.example/token":   true,
		"at file:///app/dist/index.js:118":                                             false,
		"https://crm.example.net/cb?error=access_denied&error_description=not today":   false,
		"HTTPSConnectionPool(host='api.shop.example', port=443): Max retries exceeded": true,
		"nothing at all": false,
	} {
		if got := readText(text).namesAnotherSite(); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestDatabasesKeepMailToo(t *testing.T) {
	t.Parallel()
	text := `postgres: FATAL: password authentication failed for user "roundcube" (pg_hba.conf line 12), mailbox of imapsync`
	if got := Explain(text); got.Recognised {
		t.Errorf("%v", got.Diagnoses)
	}
}
