package diagnosis

import "github.com/mailgrant/mailgrant/providers"

// numberedSign tells what one of Entra's numbers means where its sentence says more than the number.
type numberedSign struct {
	number int
	when   string // "a|b": one of these must be said; empty for whatever is said
	causes []Cause
}

// secretIDWords are of Entra's newer sentence, which warns of the Secret ID: a hint that it is one.
const secretIDWords = "not the client secret id"

// numberedSigns are asked in this order.
var numberedSigns = []numberedSign{
	{51004, "synchronized|synchronised", []Cause{UserNotFound, AccountNotInTenant}},
	{900384, "graph.microsoft.us|microsoftonline.us|chinacloudapi", []Cause{WrongNationalCloud, ClientCertificateInvalid}},
	{7000215, secretIDWords, []Cause{SecretIDInsteadOfValue, SecretWrongOrTruncated}},
	{7000215, "", []Cause{SecretWrongOrTruncated, SecretIDInsteadOfValue, SecretExpired}},
	{50012, "secret is provided. the key used is expired", []Cause{SecretExpired, SecretWrongOrTruncated}},
	{50012, "client is public so", []Cause{PublicClientWithSecret}},
	{50012, secretIDWords, []Cause{SecretIDInsteadOfValue, SecretWrongOrTruncated}},
	{50012, "client secret", []Cause{SecretWrongOrTruncated, SecretIDInsteadOfValue, SecretExpired}},
	{50012, "not within its valid time range", []Cause{ClockSkew, ClientAssertionExpired}},
	{50012, "", []Cause{ClientCertificateInvalid}},
	{50027, "thumbprint|certificate|assertion", []Cause{ClientCertificateInvalid, RequestMalformed}},
	{50027, "jwt token is invalid", []Cause{AccessTokenMalformed, ClientCertificateInvalid, RequestMalformed}},
	{50013, "not within its valid time range", []Cause{ClientAssertionExpired, ClockSkew}},
	{50013, "audience", []Cause{TokenAudienceWrong, ClientCertificateInvalid}},
	{7000218, "", []Cause{PublicClientFlowDisabled, SecretMissing}},
	{50020, "from this api version", []Cause{V1EndpointWithPersonalAccount, PersonalAccountsNotAllowed}},
	{70001, "not supported for this api version", []Cause{V1EndpointWithPersonalAccount, AppNotInTenant}},
	{16000, "password change|expiration", []Cause{TokenRevokedPasswordChange, RefreshTokenExpired}},
	{50058, "match the requested login hint", []Cause{WrongUserSignedIn, CallbackNotReceived}},
	{16000, "selectuseraccount", []Cause{WrongUserSignedIn, AccountNotInTenant}},
	{160021, "", []Cause{RefreshTokenExpired, WrongUserSignedIn, AccountNotInTenant}},
	{50177, "does not exist in tenant", []Cause{AccountNotInTenant, MFARequired}},
	{50001, "is not provided", []Cause{RequestParameterMissing, ResourcePrincipalNotFound}},
	{50001, "is disabled", []Cause{AppDisabledInTenant, ResourcePrincipalNotFound}},
	{50011, "no reply address", []Cause{RedirectURIMissing, RedirectURIMismatch}},
	{50147, "missing code challenge", []Cause{RequestParameterMissing, RequestMalformed}},
	{70018, "", []Cause{DeviceCodeExpired, RequestMalformed}},
	{700023, "scope", []Cause{ScopeInvalid, ScopeMissing}},
	{650051, "not subscribed to", []Cause{ResourcePrincipalNotFound, ResourceNotInAppPermissions}},
	{650054, "to access a resource that has been removed", []Cause{ResourcePrincipalNotFound, AppPermissionDeclarationInvalid}},
	{65005, "either invalid or out of date", []Cause{AppPermissionDeclarationInvalid, ResourceNotInAppPermissions}},
	{65005, "exist on the resource", []Cause{AppPermissionDeclarationInvalid, ScopeInvalid}},
	{65005, "not subscribed", []Cause{ResourcePrincipalNotFound, ResourceNotInAppPermissions, ConsentMissing}},
	{65005, "", []Cause{ResourceNotInAppPermissions, ConsentMissing, ResourcePrincipalNotFound}},
	{650057, "", []Cause{ResourceNotInAppPermissions, ConsentMissing, ResourcePrincipalNotFound}},
	{50056, "adfs|federat", []Cause{FederatedUserROPC, WrongCredentials}},
	{700054, "", []Cause{RedirectURIWrongPlatform, RequestMalformed}},
	{50126, "federated|isfederatedns", []Cause{FederatedUserROPC, WrongCredentials}},
	{50126, "", []Cause{WrongCredentials, FederatedUserROPC, MFARequired}},
}

// fromNumbers reads Entra's numbers, of which only the text is known, not the connection.
func (t pastedText) fromNumbers() []finding {
	if len(t.numbers) == 0 {
		return nil
	}
	refusal := &providers.AuthorityError{Numbers: t.numbers, Description: t.lower}
	number := decisiveNumber(refusal)
	for _, sign := range numberedSigns {
		if sign.number == number && (sign.when == "" || t.saysAny(sign.when)) {
			return likely(sign.causes...)
		}
	}
	return fromNumber(number, refusal, Symptom{}, Evidence{})
}

// vague reports whether there is no number, or a general one whose text says more.
func (t pastedText) vague() bool {
	switch decisiveNumber(&providers.AuthorityError{Numbers: t.numbers}) {
	case 0, 28002, 50000, 70000, 70001, 70002, 70008, 70011, 90010, 90014, 900144, 90023, 90100, 9002313:
		return true
	}
	return false
}
