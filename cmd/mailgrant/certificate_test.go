package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/steps"
)

// TestCertificateInPlaceOfTheSecret connects FlexDeploy 9.0 with a certificate: no secret is asked
// for or kept, and the certificate's end is what status counts down to.
func TestCertificateInPlaceOfTheSecret(t *testing.T) {
	t.Parallel()
	d := newTenant(t, "")
	file := filepath.Join(t.TempDir(), "flexdeploy.pem")
	if err := os.WriteFile(file, d.Certificate(), 0o600); err != nil {
		t.Fatal(err)
	}
	answers := d.papers("ms-graph-code").With(steps.KeyCertificate, file).With(steps.KeySecretEnds, "")
	start := steps.State{Answers: answers}
	state, err := walk(t.Context(), d.road(t), start, d.answering(t))
	if err != nil {
		t.Fatal(err)
	}
	kept := state.Saved.Connection
	if kept.State() != steps.StateVerified || kept.Secret != "" || !state.Secret().Equal(keychain.Secret{}) {
		t.Errorf("%s, secret %q", kept.State(), kept.Secret)
	}
	if kept.SecretEnds == "" {
		t.Error("the certificate's end is not kept")
	}
	for _, text := range state.Texts {
		if strings.Contains(text.Text.Masked(), "<client_secret>") {
			t.Errorf("%s asks for a secret that there is not:\n%s", text.Title, text.Text.Masked())
		}
	}
}
