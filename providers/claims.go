package providers

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
)

// Claims are what an access token says about itself. They are read to explain a refusal, never
// to grant anything: Microsoft calls access tokens opaque to clients and may change them
// (https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference).
type Claims struct {
	Audience string    // aud
	TenantID string    // tid
	ClientID string    // appid (v1.0 tokens) or azp (v2.0 tokens)
	ObjectID string    // oid: of an app-only token, the enterprise application's Object ID
	Roles    []string  // roles: application permissions
	Scopes   []string  // scp: delegated permissions
	User     string    // upn, preferred_username or unique_name: who signed in
	Email    string    // email: names the account in Google's id_tokens; at Entra a person may set it
	Expires  time.Time // exp
	Readable bool      // false when the token is not a JWT whose claims can be read
}

// Has reports whether the token carries the permission, as an application role or a scope.
func (c Claims) Has(permission string) bool {
	same := func(have string) bool { return strings.EqualFold(have, permission) }
	return slices.ContainsFunc(c.Roles, same) || slices.ContainsFunc(c.Scopes, same)
}

// ReadClaims decodes the middle part of a JWT without checking its signature, which is the
// mail server's business. A token in another form gives Claims with Readable false and an error.
func ReadClaims(token string) (Claims, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return Claims{}, errors.New("access token is not a JWT")
	}
	body, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil {
		return Claims{}, errors.New("access token's claims are not base64")
	}
	var raw struct {
		Audience  json.RawMessage `json:"aud"`
		TenantID  string          `json:"tid"`
		AppID     string          `json:"appid"`
		AZP       string          `json:"azp"`
		ObjectID  string          `json:"oid"`
		Roles     []string        `json:"roles"`
		Scopes    string          `json:"scp"`
		UPN       string          `json:"upn"`
		Preferred string          `json:"preferred_username"`
		Unique    string          `json:"unique_name"`
		Email     string          `json:"email"`
		Expires   float64         `json:"exp"`
	}
	if err := json.Unmarshal(body, &raw); err != nil {
		return Claims{}, errors.New("access token's claims are not JSON of the usual kind")
	}
	claims := Claims{
		Audience: firstAudience(raw.Audience),
		TenantID: Clean(raw.TenantID),
		ClientID: Clean(firstOf(raw.AppID, raw.AZP)),
		ObjectID: Clean(raw.ObjectID),
		User:     Clean(firstOf(raw.UPN, raw.Preferred, raw.Unique)),
		Email:    Clean(raw.Email),
		Readable: true,
	}
	for _, role := range raw.Roles {
		claims.Roles = append(claims.Roles, Clean(role))
	}
	for _, scope := range strings.Fields(raw.Scopes) {
		claims.Scopes = append(claims.Scopes, Clean(scope))
	}
	if raw.Expires > 0 && raw.Expires < 1<<40 {
		claims.Expires = time.Unix(int64(raw.Expires), 0).UTC()
	}
	return claims, nil
}

// firstAudience reads aud, which may be one text or a list of them.
func firstAudience(raw json.RawMessage) string {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return Clean(one)
	}
	var many []string
	if json.Unmarshal(raw, &many) == nil && len(many) > 0 {
		return Clean(many[0])
	}
	return ""
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
