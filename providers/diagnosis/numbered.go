package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// fromNumbers reads Entra's numbers, of which only the text is known, not the connection.
func (t pastedText) fromNumbers() []finding {
	if len(t.numbers) == 0 {
		return nil
	}
	refusal := &providers.AuthorityError{Numbers: t.numbers, Description: t.lower}
	number := decisiveNumber(refusal)
	switch number {
	case 7000215:
		return t.secretNamed()
	case 50012:
		if t.says("client secret") {
			return t.secretNamed()
		}
		if t.says("not within its valid time range") {
			return likely(ClockSkew, ClientAssertionExpired)
		}
		return likely(ClientCertificateInvalid)
	case 50027:
		if t.saysAny("thumbprint|certificate|assertion") {
			return likely(ClientCertificateInvalid, RequestMalformed)
		}
	case 50020:
		if t.says("from this api version") {
			return likely(V1EndpointWithPersonalAccount, PersonalAccountsNotAllowed)
		}
	case 16000:
		if t.saysAny("password change|expiration") {
			return likely(TokenRevokedPasswordChange, RefreshTokenExpired)
		}
	case 50013:
		if t.says("not within its valid time range") {
			return likely(ClientAssertionExpired, ClockSkew)
		}
		if t.says("audience") {
			return likely(TokenAudienceWrong, ClientCertificateInvalid)
		}
	case 650051:
		if t.says("not subscribed to") {
			return likely(ResourcePrincipalNotFound, ResourceNotInAppPermissions)
		}
	case 650054:
		if t.says("to access a resource that has been removed") {
			return likely(ResourcePrincipalNotFound, AppPermissionDeclarationInvalid)
		}
	case 70001:
		if t.says("not supported for this api version") {
			return likely(V1EndpointWithPersonalAccount, AppNotInTenant)
		}
	case 50011:
		if t.says("no reply address") {
			return likely(RedirectURIMissing, RedirectURIMismatch)
		}
	case 70018:
		return likely(DeviceCodeExpired, RequestMalformed)
	case 700023:
		if t.says("scope") {
			return likely(ScopeInvalid, ScopeMissing)
		}
	case 50147:
		if t.says("missing code challenge") {
			return likely(RequestParameterMissing, RequestMalformed)
		}
	case 50001:
		if t.says("is not provided") {
			return likely(RequestParameterMissing, ResourcePrincipalNotFound)
		}
		if t.says("is disabled") {
			return likely(AppDisabledInTenant, ResourcePrincipalNotFound)
		}
	case 7000218:
		return likely(PublicClientFlowDisabled, SecretMissing)
	case 65005, 650057:
		if t.says("either invalid or out of date") {
			return likely(AppPermissionDeclarationInvalid, ResourceNotInAppPermissions)
		}
		if t.says("not subscribed to") {
			return likely(ResourcePrincipalNotFound, ResourceNotInAppPermissions, ConsentMissing)
		}
		return likely(ResourceNotInAppPermissions, ConsentMissing, ResourcePrincipalNotFound)
	case 50126:
		if t.saysAny("federated|isfederatedns") {
			return likely(FederatedUserROPC, WrongCredentials)
		}
		return likely(WrongCredentials, FederatedUserROPC, MFARequired)
	}
	return fromNumber(number, refusal, Symptom{}, Evidence{})
}

// secretNamed takes Entra's newer sentence, which warns of the Secret ID, as a hint that it is one.
func (t pastedText) secretNamed() []finding {
	if t.saysAny("client secret value, not the client secret id|not the client secret id") {
		return likely(SecretIDInsteadOfValue, SecretWrongOrTruncated)
	}
	return likely(SecretWrongOrTruncated, SecretIDInsteadOfValue, SecretExpired)
}

// vague reports whether the number is a general one whose text says more.
func (t pastedText) vague() bool {
	switch decisiveNumber(&providers.AuthorityError{Numbers: t.numbers}) {
	case 0, 28002, 50000, 70000, 70001, 70002, 70008, 70011, 90010, 90014, 900144, 90023, 90100, 9002313, 165004:
		return true
	}
	return false
}
