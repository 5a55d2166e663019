package steps

import (
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/probe"
	"github.com/mailgrant/mailgrant/steps/product"
)

// Road is everything the steps work with. cmd fills it; what may be left out says so.
type Road struct {
	Catalogue *product.Catalogue
	// Sign gives the sign-in service of a provider ("microsoft") at its endpoints.
	Sign func(provider string, at providers.Endpoints) (providers.Provider, error)
	// Probe is copied for every test; its Endpoints and OnLayer are set here.
	Probe probe.Prober
	// Store keeps the secrets of new connections; StoreOf opens the one of a saved connection
	// by its kind.
	Store   keychain.Store
	StoreOf func(kind string) (keychain.Store, error)
	Folder  Folder
	Now     func() time.Time
	Random  io.Reader
	Version string // of this program, as it stands in what is written
	// Sleep waits, or returns the context's error. Tests hand in one that only moves their clock.
	Sleep func(context.Context, time.Duration) error
	// Wait is how long failures that may be propagation are tried again; 0 means not at all.
	Wait time.Duration
	// SignInWait is how long a person's sign-in is waited for; 0 means as long as the code lives.
	SignInWait time.Duration
	// CAFile names authorities to trust besides those of the answers; may be empty.
	CAFile string
	// Unattended says that nobody is there: a sign-in is asked for only when SignInWait says how
	// long to wait for somebody.
	Unattended bool
	// AskAccount decides whether another account than the mailbox's may be used. Without a
	// person it refuses.
	AskAccount func(ctx context.Context, wrong *providers.WrongAccount) bool
	// Replace allows an existing connection of the same name to be replaced.
	Replace bool
}

// Setup is the road of the setup verb, in order.
func (r *Road) Setup() []Step {
	return []Step{
		routeStep{r}, mailboxStep{r}, registrationStep{r}, permissionStep{r},
		exchangeStep{r}, signInStep{r}, testStep{r}, verifiedStep{r},
	}
}

// plan makes a plan of the answers and reads the authorities and the certificate that they name.
func (r *Road) plan(answers Answers) (Plan, error) {
	plan, err := NewPlan(r.Catalogue, answers)
	if err != nil {
		return Plan{}, err
	}
	if takesCertificate(plan.Route) {
		if plan.Certificate, err = readCertificate(answers.Get(KeyCertificate)); err != nil {
			return Plan{}, asAnswerErrors(err)
		}
	}
	if plan.Certificate != nil {
		plan.SecretEnds = plan.Certificate.NotAfter().Truncate(24 * time.Hour)
	}
	for _, file := range []string{answers.Endpoints.CAFile, r.CAFile} {
		if file == "" {
			continue
		}
		if plan.Endpoints.Roots == nil {
			plan.Endpoints.Roots = systemRoots()
		}
		if err := addRoots(plan.Endpoints.Roots, file); err != nil {
			return Plan{}, AnswerErrors{err}
		}
	}
	return plan, nil
}

func systemRoots() *x509.CertPool {
	roots, err := x509.SystemCertPool()
	if err != nil {
		return x509.NewCertPool()
	}
	return roots
}

func addRoots(roots *x509.CertPool, file string) *AnswerError {
	const key = "endpoints.caFile"
	pem, err := os.ReadFile(filepath.Clean(file))
	if err != nil {
		return &AnswerError{Key: key, Message: fmt.Sprintf("caFile %s cannot be read: %s", file, plainOS(err)), Fix: "give the path of a PEM file, relative to the file that names it"}
	}
	if !roots.AppendCertsFromPEM(pem) {
		return &AnswerError{Key: key, Message: fmt.Sprintf("caFile %s holds no certificate", file), Fix: "give a PEM file that begins with BEGIN CERTIFICATE"}
	}
	return nil
}
