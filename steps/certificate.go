package steps

import (
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

// KeyCertificate is the path of a PEM file with a key and its certificate, which take the place of
// a client secret. The key stays in that file: it is read for each run and kept nowhere.
const KeyCertificate Key = "values." + certificateValue

const certificateValue = "certificate"

// maxPEM is how much of a file is read, in bytes; more than any key with its certificates.
const maxPEM = 1 << 20

func takesCertificate(route *product.Route) bool {
	return slices.Contains(route.Registration.Credential, "certificate")
}

// certificateQuestion asks for a certificate where a route takes one in place of the secret.
func certificateQuestion() Question {
	return Question{
		Key: KeyCertificate, Label: "Certificate (PEM file)", Optional: true, Example: "/home/you/mailgrant.pem",
		Help:  "only if the app signs in with a certificate: the file that holds its key and the certificate; leave it empty for a client secret",
		Where: "Certificates & secrets › Certificates shows its thumbprint and end",
		Check: func(text string) error { _, err := readCertificate(text); return err },
	}
}

// readCertificate reads the file; the error shows nothing of the key.
func readCertificate(path string) (*providers.Certificate, error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.Open(filepath.Clean(path))
	if err != nil {
		return nil, &AnswerError{Key: KeyCertificate, Message: "certificate " + providers.Clean(path) + " cannot be read: " + plainOS(err), Fix: "give the path of the PEM file with the key and its certificate"}
	}
	defer func() { _ = file.Close() }()
	text, err := io.ReadAll(io.LimitReader(file, maxPEM))
	if err != nil {
		return nil, &AnswerError{Key: KeyCertificate, Message: "certificate " + providers.Clean(path) + " cannot be read: " + plainOS(err), Fix: "look whether it is a file"}
	}
	certificate, err := providers.ParseCertificate(text)
	if err != nil {
		return nil, &AnswerError{Key: KeyCertificate, Message: err.Error(), Fix: "put the RSA key and its certificate into one PEM file"}
	}
	return &certificate, nil
}

// appCredential is what the plan's product signs in with as itself.
func (p Plan) appCredential(credential Credential) providers.AppCredential {
	return providers.AppCredential{Tenant: p.Tenant, ClientID: p.ClientID, Secret: credential.Secret, Certificate: p.Certificate}
}
