package steps

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/steps/product"
)

// certificateFile writes a key and its certificate, which ends on 1 May 2027.
func certificateFile(t *testing.T) string {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "waybox"},
		NotBefore: testNow.Add(-time.Hour), NotAfter: time.Date(2027, 5, 1, 10, 0, 0, 0, time.UTC),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	text := slices.Concat(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8}), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	path := filepath.Join(t.TempDir(), "waybox.pem")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// certified is the invented product with routes that take a certificate.
func (w *world) certified() *world {
	text := strings.ReplaceAll(waysCatalogue, "credential: [secret]", "credential: [secret, certificate]")
	w.road.Catalogue = product.Open(fstest.MapFS{"waybox/product.yaml": &fstest.MapFile{Data: []byte(text)}})
	return w
}

func TestCertificateTakesTheSecretsPlace(t *testing.T) {
	t.Parallel()
	w := newWorld(t).certified()
	file := certificateFile(t)
	var seenBy []providers.AppCredential
	w.entra.refuse = func(credential providers.AppCredential) error {
		seenBy = append(seenBy, credential)
		return nil
	}
	answers := wayAnswers("code").With(KeyProof, "product").With(KeyCertificate, file).With("confirmed.button-in", Yes).With("confirmed.button-out", Yes)
	state, err := w.walk(t.Context(), State{Answers: answers}, StepVerified)
	if err != nil {
		t.Fatal(err)
	}
	if len(seenBy) != 1 || seenBy[0].Certificate == nil || !seenBy[0].Secret.IsZero() {
		t.Errorf("signed in with %+v", seenBy)
	}
	connection := w.reread("way")
	if connection.SecretEnds != "2027-05-01" || connection.Secret != "" || connection.State() != StateConfirmed {
		t.Errorf("kept %+v", connection)
	}
	text, err := os.ReadFile(state.Saved.Path)
	if err != nil || strings.Contains(string(text), "PRIVATE") {
		t.Errorf("the file holds the key, or %v", err)
	}
	told := ""
	for _, event := range seen[Working](w) {
		told += event.Text + "\n"
	}
	if !strings.Contains(told, "ends on 2027-05-01") || !strings.Contains(told, "CN=waybox") {
		t.Errorf("nobody was told which certificate it is: %s", told)
	}
}

func TestCertificateQuestionComesBeforeTheSecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t).certified()
	waybox, err := w.road.Catalogue.Product("waybox")
	if err != nil {
		t.Fatal(err)
	}
	code, _ := waybox.Route("code")
	keys := func(answers Answers) []Key {
		var all []Key
		for _, q := range (registrationStep{w.road}).Ask(State{Answers: answers, Product: waybox, Route: code}) {
			all = append(all, q.Key)
		}
		return all
	}
	without := keys(wayAnswers("code"))
	if at := slices.Index(without, KeyCertificate); at < 0 || without[at+1] != KeySecret {
		t.Errorf("asks %v", without)
	}
	if with := keys(wayAnswers("code").With(KeyCertificate, "x.pem")); slices.Contains(with, KeySecret) {
		t.Errorf("with a certificate it asks %v", with)
	}
}

func TestBadCertificates(t *testing.T) {
	t.Parallel()
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{"missing": filepath.Join(t.TempDir(), "none.pem"), "no PEM": empty, "a folder": t.TempDir()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t).certified()
			_, err := w.road.plan(wayAnswers("graph").With(KeyCertificate, path))
			wrong, ok := err.(AnswerErrors)
			if !ok || wrong[0].Key != KeyCertificate || wrong[0].Fix == "" {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestCertificateIsFoundBesideTheAnswersFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "answers.yaml")
	if err := os.WriteFile(path, []byte("product: waybox\nvalues: {certificate: keys/waybox.pem}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	answers, err := ReadAnswers(path)
	if want := filepath.Join(folder, "keys", "waybox.pem"); err != nil || answers.Get(KeyCertificate) != want {
		t.Errorf("%v: %q, want %q", err, answers.Get(KeyCertificate), want)
	}
}
