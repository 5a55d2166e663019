package practice

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha1" // x5t is a SHA-1 thumbprint by definition
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// assertionType says that a client proves itself with a signed JWT (RFC 7523 section 2.2).
const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// assertion is a JWT that an application signed with the key of its certificate
// (https://learn.microsoft.com/entra/identity-platform/certificate-credentials).
type assertion struct {
	header struct {
		Algorithm string `json:"alg"`
		SHA1      string `json:"x5t"`
		SHA256    string `json:"x5t#S256"`
	}
	claims struct {
		Issuer    string          `json:"iss"`
		Subject   string          `json:"sub"`
		Audience  json.RawMessage `json:"aud"`
		NotBefore float64         `json:"nbf"` // a NumericDate may have a fraction (RFC 7519 section 2)
		Expires   float64         `json:"exp"`
	}
	signed    string
	signature []byte
}

func readAssertion(text string) (assertion, bool) {
	var read assertion
	parts := strings.Split(text, ".")
	if len(text) > maxToken || len(parts) != 3 {
		return read, false
	}
	if decodeJSON(parts[0], &read.header) != nil || decodeJSON(parts[1], &read.claims) != nil {
		return read, false
	}
	var err error
	read.signed = parts[0] + "." + parts[1]
	read.signature, err = base64.RawURLEncoding.DecodeString(parts[2])
	return read, err == nil
}

// checkAssertion is checkSecret for certificates.
func (t *Tenant) checkAssertion(c client) *refusal {
	shown, readable := readAssertion(c.assertion)
	if !readable || (shown.header.Algorithm != "PS256" && shown.header.Algorithm != "RS256") {
		return badClient(50027, "JWT token is invalid or malformed.")
	}
	switch {
	case !strings.EqualFold(shown.claims.Subject, c.id) || !strings.EqualFold(shown.claims.Issuer, c.id):
		return badClient(700021, "Client assertion application identifier doesn't match 'client_id' parameter.")
	case !t.addressedHere(shown.claims.Audience):
		return badClient(700023, "Client assertion audience claim does not match Realm issuer.")
	}
	if refused := t.inItsTime(shown); refused != nil {
		return refused
	}
	return t.signedByOurs(shown)
}

// addressedHere reports whether an audience is the token endpoint, or the issuer that the metadata names.
func (t *Tenant) addressedHere(raw json.RawMessage) bool {
	var one string
	many := []string{}
	if json.Unmarshal(raw, &one) == nil {
		many = append(many, one)
	} else if json.Unmarshal(raw, &many) != nil {
		return false
	}
	return slices.ContainsFunc(many, func(audience string) bool {
		rest, ours := strings.CutPrefix(audience, t.authority())
		name, path, _ := strings.Cut(rest, "/")
		return ours && t.findTenant(name) == nil && has([]string{"oauth2/v2.0/token", "v2.0"}, path)
	})
}

// skew is how far apart the clocks of a client and of Entra may be.
const skew = 5 * time.Minute

func (t *Tenant) inItsTime(shown assertion) *refusal {
	const layout = "2006-01-02T15:04:05.0000000Z"
	now, from, until := t.clock.now(), numericDate(shown.claims.NotBefore), numericDate(shown.claims.Expires)
	if shown.claims.Expires != 0 && now.Before(until.Add(skew)) && !now.Add(skew).Before(from) {
		return nil
	}
	return badClient(700024, "Client assertion is not within its valid time range. Current time: %s, assertion valid from %s, expiry time of assertion %s. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.",
		now.Format(layout), from.Format(layout), until.Format(layout))
}

// numericDate reads seconds since 1970; what no calendar knows is its end.
func numericDate(seconds float64) time.Time {
	const farthest = 1 << 37 // in the year 6325
	return time.Unix(int64(max(0, min(seconds, farthest))), 0).UTC()
}

// signedByOurs looks the certificate up by its thumbprint and checks the signature with it.
func (t *Tenant) signedByOurs(shown assertion) *refusal {
	print := strings.ToUpper(hex.EncodeToString(shown.thumbprint()))
	found := t.registeredCertificate(shown)
	switch {
	case found == nil:
		return badClient(700027, "Client assertion contains an invalid signature. [Reason - The key was not found., Thumbprint of key used by client: '%s', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id '%s'. Review the documentation at https://docs.microsoft.com/en-us/graph/deployments to determine the corresponding service endpoint and https://docs.microsoft.com/en-us/graph/api/application-get?view=graph-rest-1.0&tabs=http to build a query request URL, such as 'https://graph.microsoft.com/beta/applications/%s'].", print, t.state.app.clientID, t.state.app.clientID)
	case !t.clock.now().Before(found.NotAfter):
		return invalidSignature("The key used is expired.", print, found)
	}
	digest, key := sha256.Sum256([]byte(shown.signed)), found.PublicKey.(*rsa.PublicKey)
	var err error
	if shown.header.Algorithm == "PS256" {
		err = rsa.VerifyPSS(key, crypto.SHA256, digest[:], shown.signature, nil)
	} else {
		err = rsa.VerifyPKCS1v15(key, crypto.SHA256, digest[:], shown.signature)
	}
	if err != nil {
		return invalidSignature("The provided signature value did not match the expected signature value.", print, found)
	}
	return nil
}

func invalidSignature(reason, print string, found *x509.Certificate) *refusal {
	const layout = "01/02/2006 15:04:05"
	return badClient(700027, "Client assertion contains an invalid signature. [Reason - %s, Thumbprint of key used by client: '%s', Found key 'Start=%s, End=%s', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see configured keys for app Id].",
		reason, print, found.NotBefore.UTC().Format(layout), found.NotAfter.UTC().Format(layout))
}

func (t *Tenant) registeredCertificate(shown assertion) *x509.Certificate {
	wanted := shown.thumbprint()
	for _, name := range t.state.app.certificates {
		have := t.proofs.certificate(name)
		long, short := sha256.Sum256(have.Raw), sha1.Sum(have.Raw)
		if bytes.Equal(wanted, long[:]) || bytes.Equal(wanted, short[:]) {
			return have
		}
	}
	return nil
}

// thumbprint is the one that the client named: of SHA-256, or of SHA-1 in the older form. Clients
// write both alphabets of base64, with and without padding.
func (a assertion) thumbprint() []byte {
	text := a.header.SHA256
	if text == "" {
		text = a.header.SHA1
	}
	text = strings.NewReplacer("+", "-", "/", "_").Replace(strings.TrimRight(text, "="))
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil
	}
	return raw
}
