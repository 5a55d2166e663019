package practice

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"math/big"
	"strings"
	"sync"
	"time"
)

// signer makes and checks the tenant's tokens. An RSA key takes long to make, so it is made while
// the first client is still on its way.
type signer struct {
	keyID string
	key   func() *rsa.PrivateKey
	made  sync.WaitGroup
}

func newSigner(key *rsa.PrivateKey, keyID string) *signer {
	s := &signer{keyID: keyID}
	if keyID == "" {
		s.keyID = randomText(20)
	}
	s.key = sync.OnceValue(func() *rsa.PrivateKey {
		if key != nil {
			return key
		}
		return newRSAKey()
	})
	s.made.Go(func() { s.key() })
	return s
}

func newRSAKey() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic("practice: no RSA key can be made: " + err.Error()) // crypto/rand never fails
	}
	return key
}

func (s *signer) wait() { s.made.Wait() }

// sign returns a JWT with these claims, signed RS256 (RFC 7515).
func (s *signer) sign(claims map[string]any) (string, error) {
	header, err := json.Marshal(map[string]string{"typ": "JWT", "alg": "RS256", "kid": s.keyID, "x5t": s.keyID})
	if err != nil {
		return "", err
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	signed := encode(header) + "." + encode(payload)
	digest := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(nil, s.key(), crypto.SHA256, digest[:])
	if err != nil {
		return "", err
	}
	return signed + "." + encode(signature), nil
}

// maxToken bounds what is taken for a token, in bytes.
const maxToken = 32 << 10

// verify checks form and signature; whether the token may be used here and now is not its business.
func (s *signer) verify(token string) (badge, error) {
	var read badge
	parts := strings.Split(token, ".")
	if len(token) > maxToken || len(parts) != 3 {
		return read, errMalformed
	}
	var header struct{ Alg, Kid string }
	if err := decodeJSON(parts[0], &header); err != nil {
		return read, errMalformed
	}
	if header.Alg != "RS256" || header.Kid != s.keyID {
		return read, errNotOurs
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		return read, errMalformed
	}
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if rsa.VerifyPKCS1v15(&s.key().PublicKey, crypto.SHA256, digest[:], signature) != nil {
		return read, errNotOurs
	}
	if err := decodeJSON(parts[1], &read); err != nil {
		return badge{}, errMalformed
	}
	return read, nil
}

// jwks is the key set (RFC 7517) by which others check the tokens.
func (s *signer) jwks(issuer string) map[string]any {
	public := s.key().PublicKey
	return map[string]any{"keys": []map[string]string{{
		"kty": "RSA", "use": "sig", "alg": "RS256", "kid": s.keyID, "x5t": s.keyID, "issuer": issuer,
		"n": encode(public.N.Bytes()), "e": encode(big.NewInt(int64(public.E)).Bytes()),
	}}}
}

// bearer is who a token is made for: the application itself, or a person who signed in.
type bearer struct {
	user  user   // zero for the application itself
	proof string // what the application proved itself with: see client
}

func (b bearer) appOnly() bool { return b.user.address == "" }

// accessToken makes a token in the v1.0 format, which Exchange's tokens have also when the v2.0
// endpoint was asked (https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference).
// The caller holds the tenant's mutex.
func (t *Tenant) accessToken(who bearer, request scopeRequest, permissions []string) (string, error) {
	now := t.clock.now().Add(-t.state.tokens.age)
	claims := map[string]any{
		"aud": t.audience(request), "iss": t.issuer(), "tid": tenantID, "ver": "1.0",
		"idp": "https://sts.windows.net/" + tenantID + "/",
		// Entra dates tokens back by five minutes, so that a slow clock does not refuse them.
		"iat": now.Add(-5 * time.Minute).Unix(), "nbf": now.Add(-5 * time.Minute).Unix(),
		"exp":   now.Add(t.state.tokens.lifetime).Unix(),
		"appid": t.state.app.clientID, "appidacr": who.proof, "app_displayname": t.state.app.name,
		"uti": randomText(16), "rh": "1." + randomText(48) + ".",
		// aio is Entra's own, opaque and long; with it the tokens are as long as real ones.
		"aio":     randomText(240),
		"xms_ftd": randomText(60), "xms_idrel": "7 8",
	}
	if who.appOnly() {
		claims["idtyp"], claims["oid"], claims["sub"] = "app", t.state.enterprise.objectID, t.state.enterprise.objectID
		if len(permissions) > 0 {
			claims["roles"] = permissions
		}
	} else {
		claims["idtyp"], claims["oid"], claims["sub"] = "user", who.user.id, randomText(32)
		claims["scp"] = strings.Join(permissions, " ")
		claims["upn"], claims["unique_name"], claims["name"] = who.user.address, who.user.address, who.user.name
		claims["acr"], claims["amr"], claims["ipaddr"] = "1", []string{"pwd", "mfa"}, "127.0.0.1"
	}
	maps.Copy(claims, t.options.ExtraClaims)
	return t.signer.sign(claims)
}

// idToken says who signed in (OpenID Connect Core section 2). The nonce is the request's, if it had one.
func (t *Tenant) idToken(who user, nonce string) (string, error) {
	now := t.clock.now()
	claims := map[string]any{
		"aud": t.state.app.clientID, "iss": t.metadataIssuer(tenantID), "tid": tenantID, "ver": "2.0",
		"iat": now.Add(-5 * time.Minute).Unix(), "nbf": now.Add(-5 * time.Minute).Unix(), "exp": now.Add(time.Hour).Unix(),
		"oid": who.id, "sub": randomText(32), "name": who.name, "preferred_username": who.address, "email": who.address,
	}
	if nonce != "" {
		claims["nonce"] = nonce
	}
	return t.signer.sign(claims)
}

func (t *Tenant) audience(request scopeRequest) string {
	graph := request.resource.appID == graphAppID
	switch {
	case graph != t.state.tokens.swapped: // made out to Graph rightly, or wrongly
		return graphAudience
	case graph:
		return "https://outlook.office365.com"
	case t.options.Audience != "":
		return t.options.Audience
	}
	return request.audience
}

func (t *Tenant) issuer() string {
	if t.options.Issuer != "" {
		return t.options.Issuer
	}
	return "https://sts.windows.net/" + tenantID + "/"
}

func encode(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

func decodeJSON(part string, into any) error {
	text, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

// randomText is the base64 form of that many random bytes.
func randomText(size int) string {
	random := make([]byte, size)
	_, _ = rand.Read(random) // crypto/rand never fails
	return encode(random)
}
