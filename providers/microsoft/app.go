package microsoft

import (
	"crypto/x509"
	"errors"
	"fmt"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

// appKey tells one app's credential from another.
type appKey struct {
	tenant      string
	clientID    providers.ClientID
	secret      keychain.Secret
	certificate string // its SHA-256 thumbprint, for it may have been read more than once
}

func keyOf(credential providers.AppCredential) appKey {
	key := appKey{tenant: credential.Tenant, clientID: credential.ClientID, secret: credential.Secret}
	if credential.Certificate != nil {
		key.certificate = credential.Certificate.ThumbprintSHA256()
	}
	return key
}

// app is the MSAL client of one credential. MSAL keeps tokens in it, so one that must ask anew
// is a new one.
func (p *Provider) app(authority string, credential providers.AppCredential, anew bool) (confidential.Client, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	key := keyOf(credential)
	if client, found := p.apps[key]; found && !anew {
		return client, nil
	}
	proof, err := proofOf(credential)
	if err != nil {
		return confidential.Client{}, err
	}
	client, err := confidential.New(authority, string(credential.ClientID), proof,
		confidential.WithInstanceDiscovery(false),              // it would ask a host that nobody named
		confidential.WithAzureRegion("DisableMsalForceRegion"), // or MSAL heeds an environment variable
		confidential.WithHTTPClient(p.http))
	if err != nil {
		return confidential.Client{}, fmt.Errorf("authority %q cannot be used: %w", providers.Clean(authority), err)
	}
	p.apps[key] = client
	return client, nil
}

// proofOf is what the app proves itself with, as MSAL takes it.
func proofOf(credential providers.AppCredential) (confidential.Credential, error) {
	certificate := credential.Certificate
	switch {
	case certificate == nil && credential.Secret.IsZero():
		return confidential.Credential{}, errors.New("client secret is missing")
	case certificate == nil:
		proof, err := confidential.NewCredFromSecret(credential.Secret.Reveal())
		if err != nil {
			return confidential.Credential{}, fmt.Errorf("client secret cannot be used: %w", err)
		}
		return proof, nil
	case !credential.Secret.IsZero():
		return confidential.Credential{}, errors.New("client secret and certificate are both given: an app signs in with one of them")
	case certificate.IsZero():
		return confidential.Credential{}, errors.New("certificate is missing")
	}
	public, key := certificate.Reveal()
	proof, err := confidential.NewCredFromCert([]*x509.Certificate{public}, key)
	if err != nil {
		return confidential.Credential{}, fmt.Errorf("certificate %s cannot be used: %w", certificate.Thumbprint(), err)
	}
	return proof, nil
}
