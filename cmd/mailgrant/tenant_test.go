package main

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/mailgrant/mailgrant/providers/practice"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
)

// tenant is a practice tenant together with what a consultant was given for it.
type tenant struct {
	*practice.Tenant
	browser *http.Client
}

// signingKey spares every tenant the making of a key of its own.
var signingKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err) // crypto/rand never fails
	}
	return key
})

// everyProduct is the catalogue, read once for all walks.
var everyProduct = sync.OnceValue(func() *product.Catalogue { return product.Embedded() })

// openTenant starts a practice tenant in a folder. Codes may be polled for every second, the
// shortest interval there is.
func openTenant(folder, scenario string) (*tenant, error) {
	started, err := practice.Start(practice.Options{Dir: folder, Scenario: scenario, PollInterval: time.Second, SigningKey: signingKey()})
	if err != nil {
		return nil, err
	}
	return withBrowser(started)
}

// withBrowser adds a browser that trusts the tenant's authority.
func withBrowser(started *practice.Tenant) (*tenant, error) {
	pem, err := os.ReadFile(started.Describe().Endpoints.CAFile)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	trusting := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}
	return &tenant{started, &http.Client{Timeout: 10 * time.Second, Transport: trusting}}, nil
}

func newTenant(t testing.TB, scenario string) *tenant {
	t.Helper()
	made, err := openTenant(t.TempDir(), scenario)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		made.browser.CloseIdleConnections()
		if err := made.Close(); err != nil {
			t.Error(err)
		}
	})
	return made
}

// post sends a form and returns the answer's status and text.
func (d *tenant) post(address string, form url.Values) (int, string, error) {
	answer, err := d.browser.PostForm(address, form)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(text), err
}

// enter types a code on the page for people, as somebody at a browser.
func (d *tenant) enter(code, account, action string) (int, string, error) {
	return d.post(d.Describe().DeviceLogin, url.Values{"user_code": {code}, "account": {account}, "action": {action}})
}

// control changes the tenant through its control surface: "repair", "secret-expired".
func (d *tenant) control(what, value string) error {
	status, text, err := d.post(d.Describe().Control, url.Values{what: {value}})
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("control %s=%s: HTTP %d: %s", what, value, status, text)
	}
	return err
}

// requests are the tenant's log lines about mail and sign-in, without those about its control.
func (d *tenant) requests() ([]string, error) {
	answer, err := d.browser.Get(d.Describe().Control)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	var log struct {
		Requests []practice.Request
	}
	err = json.NewDecoder(answer.Body).Decode(&log)
	var lines []string
	for _, request := range log.Requests {
		if request.Protocol != "control" {
			lines = append(lines, request.Protocol+" "+request.Summary)
		}
	}
	return lines, err
}

// answers are what the consultant wrote down for a route, with one message to send.
func (d *tenant) answers(route string) steps.Answers {
	answers := d.papers(route)
	if answers.Mailboxes.Outbound != nil {
		answers.SendTo = d.Describe().Mailboxes.Inbound[0].Address
	}
	return answers
}

// papers are what the consultant wrote down for a route of the first product that has it.
func (d *tenant) papers(route string) steps.Answers {
	written := papers{d.Tenant, everyProduct()}
	known, found, err := written.find("", route)
	if err != nil {
		panic(err)
	}
	return practiceAnswers(written.answers(known, found))
}

// answersFile writes the answers of a route to a file, after edit changed them.
func (d *tenant) answersFile(folder, route string, edit func(*steps.Answers)) (string, error) {
	answers := d.papers(route)
	if edit != nil {
		edit(&answers)
	}
	text, err := yaml.Marshal(answers)
	if err != nil {
		return "", err
	}
	short := strings.TrimPrefix(route, "ms-mail-")
	path := filepath.Join(folder, short+".yaml")
	return path, os.WriteFile(path, text, 0o600)
}
