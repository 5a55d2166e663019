package diagnosis

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

func entra(code string, numbers ...int) *providers.AuthorityError {
	return &providers.AuthorityError{
		Status: 400, Code: code, Numbers: numbers, Description: "words of the service",
		CorrelationID: "c0ffee00-0000-0000-0000-000000000001", TraceID: "c0ffee00-0000-0000-0000-000000000002", Timestamp: "2026-11-21 12:00:00Z",
	}
}

func TestRefusalsOfTheSignInService(t *testing.T) {
	t.Parallel()
	secret := func(change func(*Evidence)) Evidence { return appOnly(change) }
	for name, test := range map[string]struct {
		err      error
		evidence Evidence
		want     string
	}{
		"secret ended":                           {entra("invalid_client", 7000222), appOnly(), "certain secret-expired"},
		"secret is a GUID":                       {entra("invalid_client", 7000215), secret(func(e *Evidence) { e.SecretIsGUID = true }), "certain secret-id-instead-of-value"},
		"secret is new and whole":                {entra("invalid_client", 7000215), secret(func(e *Evidence) { e.SecretIsNew, e.SecretLooksWhole = true, true }), "likely secret-not-yet-active, possible secret-wrong-or-truncated"},
		"secret is new and cut off":              {entra("invalid_client", 7000215), secret(func(e *Evidence) { e.SecretIsNew = true }), "likely secret-wrong-or-truncated, possible secret-not-yet-active"},
		"secret ended by its date, then removed": {entra("invalid_client", 7000215), secret(func(e *Evidence) { e.SecretEnded = true }), "likely secret-wrong-or-truncated, possible secret-expired"},
		"secret wrong":                           {entra("invalid_client", 7000215), appOnly(), "likely secret-wrong-or-truncated, possible secret-not-yet-active"},
		"secret refused in the old words":        {&providers.AuthorityError{Code: "invalid_client", Numbers: []int{70002, 50012}, Description: "Invalid client secret is provided."}, appOnly(), "likely secret-wrong-or-truncated, possible secret-not-yet-active"},
		"no secret sent":                         {entra("invalid_client", 7000216), appOnly(), "certain secret-missing"},
		"no secret made":                         {entra("invalid_client", 700026), appOnly(), "certain secret-missing"},
		"no credential, app-only":                {entra("invalid_client", 7000218), appOnly(), "certain secret-missing"},
		"no credential, device code":             {entra("invalid_client", 7000218), delegated(), "certain public-client-flow-disabled"},
		"app unknown":                            {entra("unauthorized_client", 700016), appOnly(), "certain app-not-in-tenant"},
		"app switched off":                       {entra("unauthorized_client", 7000112), appOnly(), "certain app-disabled-in-tenant"},
		"app unknown, old number":                {&providers.AuthorityError{Numbers: []int{70001}, Description: "Application with identifier 'x' was not found in the directory"}, appOnly(), "certain app-not-in-tenant"},
		"app switched off, old number":           {entra("unauthorized_client", 70001), appOnly(), "likely app-disabled-in-tenant, possible app-not-in-tenant"},
		"no enterprise application":              {entra("unauthorized_client", 7000229), appOnly(), "certain service-principal-missing"},
		"tenant unknown":                         {entra("invalid_request", 90002), appOnly(), "likely tenant-not-found, possible wrong-national-cloud"},
		"tenant not a name":                      {entra("invalid_request", 900023), appOnly(), "certain tenant-not-found"},
		"nobody consented":                       {entra("invalid_grant", 65001), delegated(), "certain consent-missing"},
		"administrator must consent":             {entra("access_denied", 90094), delegated(), "certain admin-consent-required"},
		"administrator must approve":             {entra("access_denied", 90095), delegated(), "certain admin-consent-required"},
		"policy blocks":                          {entra("access_denied", 53003), delegated(), "certain conditional-access-blocked"},
		"device policy":                          {entra("interaction_required", 53000), delegated(), "likely device-not-compliant, possible conditional-access-blocked"},
		"user not assigned":                      {entra("interaction_required", 50105), delegated(), "certain user-not-assigned"},
		"user unknown":                           {entra("invalid_grant", 50034), delegated(), "likely user-not-found, possible account-not-in-tenant"},
		"two services in one request":            {entra("invalid_request", 28000), delegated(), "certain scope-multiple-resources"},
		"single scopes app-only":                 {entra("invalid_request", 1002012), appOnly(), "certain scope-needs-default"},
		"scope not valid app-only":               {entra("invalid_scope", 70011), appOnly(), "likely scope-needs-default, possible scope-invalid"},
		"scope not valid":                        {entra("invalid_scope", 70011), delegated(), "likely scope-invalid, possible scope-needs-default"},
		"clock in an assertion":                  {entra("invalid_client", 700024), appOnly(), "likely client-assertion-expired, possible clock-skew"},
		"the decisive number stands second":      {entra("invalid_grant", 70002, 70008), delegated(), "certain refresh-token-expired"},
		"only the wrapper is there":              {entra("invalid_client", 70002), appOnly(), "likely secret-wrong-or-truncated, possible client-certificate-invalid, possible refresh-token-expired"},

		"person declined, Entra's word":     {entra("authorization_declined"), delegated(), "certain device-code-declined"},
		"person declined, RFC 8628's word":  {entra("access_denied"), delegated(), "certain device-code-declined"},
		"device code ended":                 {entra("expired_token"), delegated(), "certain device-code-expired"},
		"device code ended, by the clock":   {&providers.DeviceCodeExpired{At: noon()}, delegated(), "certain device-code-expired"},
		"device code wrong":                 {entra("bad_verification_code"), delegated(), "likely request-malformed, possible device-code-expired"},
		"device code waits":                 {entra("authorization_pending", 70016), delegated(), "certain device-code-pending"},
		"polled too fast":                   {entra("slow_down"), delegated(), "certain device-code-pending"},
		"scope without a number":            {entra("invalid_scope"), delegated(), "likely scope-invalid, possible scope-multiple-resources"},
		"scope without a number, app-only":  {entra("invalid_scope"), appOnly(), "likely scope-invalid, possible scope-needs-default"},
		"consent by suberror":               {&providers.AuthorityError{Status: 400, Code: "invalid_grant", Suberror: "consent_required"}, delegated(), "certain consent-missing"},
		"stored sign-in by suberror":        {&providers.AuthorityError{Status: 400, Code: "invalid_grant", Suberror: "bad_token"}, delegated(), "likely refresh-token-expired, possible token-revoked-password-change"},
		"interaction without a number":      {entra("interaction_required"), delegated(), "likely mfa-required, possible conditional-access-blocked"},
		"another server refuses the client": {entra("invalid_client"), appOnly(), "likely secret-wrong-or-truncated, possible app-not-in-tenant"},
		"another server, no secret":         {entra("invalid_client"), secret(func(e *Evidence) { e.SecretMissing = true }), "certain secret-missing"},
		"another server, device code":       {entra("unauthorized_client"), delegated(), "likely public-client-flow-disabled, possible app-not-in-tenant"},
		"another server, no such path":      {&providers.AuthorityError{Status: 404, Code: "Realm does not exist"}, appOnly(), "likely tenant-not-found"},
		"Google: no delegation":             {&providers.AuthorityError{Status: 401, Code: "unauthorized_client", Description: "Client is unauthorized to retrieve access tokens using this method"}, appOnly(), "certain google-dwd-missing"},
		"Google: revoked":                   {&providers.AuthorityError{Status: 400, Code: "invalid_grant", Description: "Token has been expired or revoked."}, delegated(), "likely google-token-revoked, possible google-testing-token-expired"},

		"service down by code":   {entra("temporarily_unavailable"), appOnly(), "certain service-unavailable"},
		"service down by number": {entra("temporarily_unavailable", 90033), appOnly(), "certain service-unavailable"},
		"service down by status": {&providers.AuthorityError{Status: 503}, appOnly(), "certain service-unavailable"},
		"balancer's answer":      {&providers.AuthorityError{Status: 502}, appOnly(), "likely service-unavailable, possible proxy-misconfigured"},
		"slowed down":            {&providers.AuthorityError{Status: 429}, appOnly(), "certain throttled"},
		"proxy wants a password": {&providers.AuthorityError{Status: 407}, appOnly(), "certain proxy-auth-required"},
		"proxy, inside a stage":  {&providers.StageError{Stage: providers.StageConnect, Host: "login.example:443", Err: &providers.AuthorityError{Status: 407}}, appOnly(), "certain proxy-auth-required"},

		"wrong account":     {&providers.WrongAccount{Want: contracts, Got: "carol@contoso.example"}, delegated(), "certain wrong-user-signed-in"},
		"wrapped refusal":   {fmt.Errorf("signing in: %w", entra("invalid_client", 7000222)), appOnly(), "certain secret-expired"},
		"unknown number":    {entra("invalid_client", 7999999), appOnly(), "possible "},
		"number of no harm": {entra("", 50140), delegated(), "possible "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			expectRanking(t, Diagnose(Symptom{Layer: providers.LayerToken, Protocol: "token", Err: test.err}, test.evidence), test.want)
		})
	}
}

func TestNumbersOfEntra(t *testing.T) {
	t.Parallel()
	if len(aadstsCodes) < 150 {
		t.Errorf("only %d numbers", len(aadstsCodes))
	}
	for i, code := range aadstsCodes {
		if i > 0 && aadstsCodes[i-1].number >= code.number {
			t.Errorf("%d does not stand in ascending order", code.number)
		}
		if code.cause != "" && lookup(code.cause) == nil {
			t.Errorf("%d: %s is not in the catalogue", code.number, code.cause)
		}
		sentenceIsWellMade(t, code.cause, strings.TrimPrefix(code.meaning, "Microsoft's "))
		if cause, meaning, known := AADSTS(code.number); cause != code.cause || meaning != code.meaning || !known {
			t.Errorf("AADSTS(%d) gives %s, %q, %v", code.number, cause, meaning, known)
		}
	}
	for _, row := range aadstsNeighbours {
		cause, _, known := AADSTS(row.number)
		if !known {
			t.Errorf("%d has neighbours and no meaning", row.number)
		}
		for _, neighbour := range row.causes {
			if neighbour == cause || lookup(neighbour) == nil {
				t.Errorf("%d: neighbour %s", row.number, neighbour)
			}
		}
	}
	for _, number := range []int{0, -1, 7, 49999, 1 << 40} {
		if _, _, known := AADSTS(number); known {
			t.Errorf("%d is known", number)
		}
	}
}

func TestEveryNumberGivesAUsableDiagnosis(t *testing.T) {
	t.Parallel()
	for _, code := range aadstsCodes {
		for _, evidence := range []Evidence{appOnly(), delegated(), {}} {
			got := Diagnose(Symptom{Layer: providers.LayerToken, Protocol: "token", Err: entra("invalid_request", code.number)}, evidence)
			expectUsable(t, got)
			if code.cause != "" && got[0].Cause == "" {
				t.Errorf("%d is not recognised", code.number)
			}
		}
	}
}

func TestUnknownRefusalNamesWhomToAskWithWhich(t *testing.T) {
	t.Parallel()
	got := Diagnose(Symptom{Layer: providers.LayerToken, Err: entra("invalid_client", 7999999)}, appOnly())[0]
	for _, part := range []string{"not recognised", `"words of the service"`, "correlation ID c0ffee00-0000-0000-0000-000000000001", "trace ID c0ffee00"} {
		if !strings.Contains(got.Summary, part) {
			t.Errorf("summary %q lacks %q", got.Summary, part)
		}
	}
	if got.Owner != EntraAdmin || !strings.Contains(got.Fixes[0].Text, "correlation ID c0ffee00-0000-0000-0000-000000000001") || got.Fixes[1].URL != codePage+"7999999" {
		t.Errorf("owner %s, fixes %+v", got.Owner, got.Fixes)
	}
	known := Diagnose(Symptom{Layer: providers.LayerToken, Err: entra("", 50140)}, delegated())[0]
	if !strings.Contains(known.Summary, `AADSTS50140, the page "stay signed in?" interrupted`) {
		t.Errorf("summary %q", known.Summary)
	}
	other := Diagnose(Symptom{Layer: providers.LayerToken, Err: &providers.AuthorityError{Status: 418}}, appOnly())[0]
	if !strings.Contains(other.Summary, `"HTTP 418"`) || len(other.Fixes) != 1 {
		t.Errorf("got %+v", other)
	}
}

func TestFailuresWithoutAType(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		symptom Symptom
		summary string
		layer   providers.Layer
	}{
		"no error":        {Symptom{Layer: providers.LayerSASL}, "without giving a reason", providers.LayerSASL},
		"unknown error":   {Symptom{Layer: providers.LayerSASL, Err: errors.New("the dog ate it")}, `not recognised: "the dog ate it"`, providers.LayerSASL},
		"no layer":        {Symptom{Err: errors.New("x")}, "not recognised", providers.LayerLocal},
		"stage of nobody": {Symptom{Layer: providers.LayerTCP, Err: &providers.StageError{Stage: "moon"}}, "not recognised", providers.LayerTCP},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Diagnose(test.symptom, Evidence{})
			expectRanking(t, got, "possible ")
			if got[0].Layer != test.layer || !strings.Contains(got[0].Summary, test.summary) {
				t.Errorf("layer %s, summary %q", got[0].Layer, got[0].Summary)
			}
		})
	}
}
