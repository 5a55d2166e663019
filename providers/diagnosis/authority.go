package diagnosis

import (
	"net/http"

	"github.com/mailgrant/mailgrant/providers"
)

// fromAuthority reads a refusal by the sign-in service: by Entra's number, else by the HTTP status
// that no OAuth answer has, else by the words of OAuth.
func fromAuthority(refusal *providers.AuthorityError, symptom Symptom, evidence Evidence) []finding {
	if number := decisiveNumber(refusal); number != 0 {
		if findings := fromNumber(number, refusal, symptom, evidence); findings != nil {
			return findings
		}
	}
	if findings := fromSuberror(refusal.Suberror); findings != nil {
		return findings
	}
	if findings := fromStatus(refusal); findings != nil {
		return findings
	}
	if evidence.atGoogle() {
		if findings := fromGoogle(refusal, evidence); findings != nil {
			return findings
		}
	}
	findings := fromOAuthCode(refusal, symptom, evidence)
	if refusal.Number() != 0 && len(findings) > 0 && findings[0].certainty != Certain {
		return nil // a number that is not known means something more exact than its general code
	}
	return findings
}

const (
	wrapperNumber = 70002 // an old general number, which Entra puts before the one that decides
	pendingNumber = 70016 // what is answered while nobody has used the device code, before the one that decides
)

func decisiveNumber(refusal *providers.AuthorityError) int {
	for _, number := range refusal.Numbers {
		if _, _, known := AADSTS(number); known && number != wrapperNumber && number != pendingNumber {
			return number
		}
	}
	return refusal.Number()
}

// fromNumber is for numbers that say more, or less, with the evidence beside them.
func fromNumber(number int, refusal *providers.AuthorityError, symptom Symptom, evidence Evidence) []finding {
	switch number {
	case 7000215:
		return secretRefused(evidence)
	case 7000218:
		switch {
		case evidence.AppOnly:
			return certain(SecretMissing)
		case throughBrowser(symptom):
			return likely(SecretMissing, PublicClientFlowDisabled)
		}
		return certain(PublicClientFlowDisabled)
	case 70008:
		if throughBrowser(symptom) {
			return likely(AuthCodeAlreadyUsed, RefreshTokenExpired)
		}
	case 700026:
		return showing(&secretNeverMade, certain(SecretMissing))
	case 7000229:
		return showing(&enterpriseApplicationMissing, certain(ServicePrincipalMissing))
	case 50012:
		if contains(refusal.Description, "secret") {
			return secretRefused(evidence)
		}
	case 70001:
		if contains(refusal.Description, "was not found") {
			return certain(AppNotInTenant)
		}
	case 70011:
		if evidence.AppOnly {
			return likely(ScopeNeedsDefault, ScopeInvalid)
		}
	}
	cause, _, _ := AADSTS(number)
	if cause == "" {
		return nil
	}
	if others := neighboursOf(number); others != nil {
		return likely(append([]Cause{cause}, others...)...)
	}
	return certain(cause)
}

// secretRefused tells the ways apart in which a client secret can be wrong. Entra says the same of
// all of them.
func secretRefused(evidence Evidence) []finding {
	switch {
	case evidence.SecretMissing:
		return certain(SecretMissing)
	case evidence.SecretIsGUID:
		return certain(SecretIDInsteadOfValue)
	case evidence.SecretIsNew && evidence.SecretLooksWhole:
		return likely(SecretNotYetActive, SecretWrongOrTruncated)
	case evidence.SecretEnded:
		return likely(SecretWrongOrTruncated, SecretExpired)
	}
	return likely(SecretWrongOrTruncated, SecretNotYetActive)
}

// fromSuberror reads the values that Entra documents for consent; others refine what the number
// has said already.
func fromSuberror(suberror string) []finding {
	switch suberror {
	case "consent_required":
		return certain(ConsentMissing)
	case "bad_token", "token_expired":
		return likely(RefreshTokenExpired, TokenRevokedPasswordChange)
	}
	return nil
}

// fromStatus reads what a proxy, a balancer or an overloaded service answers.
func fromStatus(refusal *providers.AuthorityError) []finding {
	switch refusal.Status {
	case http.StatusProxyAuthRequired:
		return certain(ProxyAuthRequired)
	case http.StatusTooManyRequests:
		return certain(Throttled)
	case http.StatusServiceUnavailable:
		return certain(ServiceUnavailable)
	case http.StatusInternalServerError:
		return likely(ServiceUnavailable)
	case http.StatusBadGateway, http.StatusGatewayTimeout:
		return likely(ServiceUnavailable, ProxyMisconfigured)
	case http.StatusNotFound:
		if refusal.Number() == 0 {
			return likely(TenantNotFound)
		}
	}
	return nil
}

// fromOAuthCode reads the error codes of RFC 6749 section 5.2 and RFC 8628 section 3.5, with the
// names that Entra uses in their place.
func fromOAuthCode(refusal *providers.AuthorityError, symptom Symptom, evidence Evidence) []finding {
	switch refusal.Code {
	case "authorization_declined", "access_denied":
		if throughBrowser(symptom) || refusal.Status == 0 {
			return declinedInBrowser(refusal)
		}
		return certain(DeviceCodeDeclined)
	case "expired_token", "code_expired":
		return certain(DeviceCodeExpired)
	case "authorization_pending", "slow_down":
		return certain(DeviceCodePending)
	case "bad_verification_code":
		return likely(RequestMalformed, DeviceCodeExpired)
	case "consent_required":
		return certain(ConsentMissing)
	case "interaction_required", "login_required":
		return likely(MFARequired, ConditionalAccessBlocked)
	case "invalid_scope":
		if evidence.AppOnly {
			return likely(ScopeInvalid, ScopeNeedsDefault)
		}
		return likely(ScopeInvalid, ScopeMultipleResources)
	case "invalid_resource", "invalid_target":
		return likely(ResourcePrincipalNotFound)
	case "invalid_client":
		return clientRefused(symptom, evidence)
	case "unauthorized_client":
		return clientUnauthorised(refusal, symptom, evidence)
	case "invalid_grant":
		return grantRefused(refusal, symptom)
	case "unsupported_grant_type":
		return likely(RequestMalformed)
	case "invalid_request":
		return likely(RequestMalformed, RequestParameterMissing)
	case "redirect_uri_mismatch":
		return certain(GoogleRedirectURIMismatch)
	case "temporarily_unavailable", "server_error":
		return certain(ServiceUnavailable)
	}
	return nil
}

// clientRefused is invalid_client without a number, as servers other than Entra say it. They may
// give out secrets that look like GUIDs.
func clientRefused(symptom Symptom, evidence Evidence) []finding {
	switch {
	case evidence.AppOnly && evidence.SecretMissing:
		return certain(SecretMissing)
	case throughBrowser(symptom):
		return likely(SecretWrongOrTruncated, SecretMissing, AppNotInTenant)
	case evidence.AppOnly:
		return likely(SecretWrongOrTruncated, AppNotInTenant)
	}
	return likely(PublicClientFlowDisabled, AppNotInTenant)
}

func clientUnauthorised(refusal *providers.AuthorityError, symptom Symptom, evidence Evidence) []finding {
	switch {
	case contains(refusal.Description, "retrieve access tokens using this method"):
		return certain(GoogleDWDMissing)
	case evidence.AppOnly:
		return likely(AppNotInTenant, ConsentMissing)
	case throughBrowser(symptom):
		return likely(AppNotInTenant, RedirectURIMismatch)
	}
	return likely(PublicClientFlowDisabled, AppNotInTenant)
}

// grantRefused is invalid_grant without a number; the words are Google's
// (https://developers.google.com/identity/protocols/oauth2#expiration).
func grantRefused(refusal *providers.AuthorityError, symptom Symptom) []finding {
	switch {
	case contains(refusal.Description, "expired or revoked"):
		return likely(GoogleTokenRevoked, GoogleTestingTokenExpired)
	case contains(refusal.Description, "reasonable timeframe"):
		return certain(ClockSkew)
	case throughBrowser(symptom):
		return likely(AuthCodeAlreadyUsed, RequestMalformed)
	}
	return likely(RefreshTokenExpired, RequestMalformed)
}

// throughBrowser reports whether the sign-in went through a browser to a redirect address.
func throughBrowser(symptom Symptom) bool { return symptom.Protocol == "auth-code" }

// declinedInBrowser: who presses Cancel is sent back without a reason, and so is who is asked for an
// administrator's approval and gives up. Entra gives a number where it is the service that refuses.
func declinedInBrowser(refusal *providers.AuthorityError) []finding {
	if contains(refusal.Description, "admin") {
		return likely(AdminConsentRequired, DeviceCodeDeclined)
	}
	return showing(&declinedOnPage, likely(DeviceCodeDeclined, AdminConsentRequired))
}
