package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// fromGoogle reads the refusals of Google's sign-in service, which knows no numbers: its codes and
// the words beside them (https://developers.google.com/identity/protocols/oauth2/web-server,
// https://developers.google.com/identity/protocols/oauth2/service-account#error-codes).
func fromGoogle(refusal *providers.AuthorityError, evidence Evidence) []finding {
	switch refusal.Code {
	case "invalid_grant":
		return googleGrantRefused(refusal)
	case "invalid_client", "deleted_client", "disabled_client":
		return googleClientRefused(refusal)
	case "unauthorized_client":
		if evidence.AppOnly || contains(refusal.Description, "using this method") {
			return certain(GoogleDWDMissing)
		}
		return likely(AppNotInTenant, GoogleRedirectURIMismatch)
	case "redirect_uri_mismatch":
		return certain(GoogleRedirectURIMismatch)
	case "access_denied":
		return declinedInBrowser(refusal)
	case "org_internal":
		return certain(GoogleNotTestUser)
	case "admin_policy_enforced":
		return certain(AdminConsentRequired)
	case "invalid_scope":
		return certain(ScopeInvalid)
	case "invalid_request":
		if contains(refusal.Description, "out-of-band") || contains(refusal.Description, "oob") {
			return certain(GoogleRedirectURIMismatch)
		}
	case "rate_limit_exceeded", "slow_down":
		return certain(Throttled)
	}
	return nil
}

func googleGrantRefused(refusal *providers.AuthorityError) []finding {
	said := refusal.Description
	switch {
	case contains(said, "expired or revoked"):
		return likely(GoogleTokenRevoked, GoogleTestingTokenExpired)
	case contains(said, "rapt"), contains(refusal.Suberror, "rapt"):
		return certain(GoogleTokenRevoked)
	case contains(said, "short-lived"), contains(said, "reasonable timeframe"):
		return certain(ClockSkew)
	case contains(said, "jwt signature"):
		return certain(ClientCertificateInvalid)
	case contains(said, "email or user id"), contains(said, "account not found"):
		return likely(GoogleMailServiceDisabled, GoogleDWDMissing)
	case contains(said, "malformed auth code"):
		return certain(RequestMalformed)
	}
	return likely(AuthCodeAlreadyUsed, GoogleTokenRevoked)
}

// googleClientRefused: Google says whether the client is gone, not whether its secret is wrong or
// switched off.
func googleClientRefused(refusal *providers.AuthorityError) []finding {
	said := refusal.Code + " " + refusal.Description
	if contains(said, "deleted") || contains(said, "not found") || contains(said, "disabled_client") {
		return likely(AppNotInTenant, SecretWrongOrTruncated)
	}
	return likely(SecretWrongOrTruncated, AppNotInTenant)
}
