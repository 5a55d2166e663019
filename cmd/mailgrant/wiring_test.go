package main

import (
	"context"
	"crypto/x509"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/practice"
	"github.com/mailgrant/mailgrant/steps"
)

// TestAuthorityFromTheEnvironment trusts a company's own authority without a word in the answers.
func TestAuthorityFromTheEnvironment(t *testing.T) {
	t.Parallel()
	d := newTenant(t, "healthy")
	authority := d.Describe().Endpoints.CAFile
	file, err := d.answersFile(t.TempDir(), practice.RouteDevice, func(answers *steps.Answers) { answers.Endpoints.CAFile = "" })
	if err != nil {
		t.Fatal(err)
	}
	c := newConsole(t)
	c.want(exitFailed, "setup", "--answers", file)
	holds(t, "standard output", c.out.String(), "certificate")
	c.env["MAILGRANT_CA_FILE"] = authority
	c.want(exitNeedsPerson, "setup", "--answers", file) // the tenant was found; somebody has to sign in
	c.env["MAILGRANT_CA_FILE"] = filepath.Join(c.home, "nowhere.pem")
	c.want(exitUsage, "setup", "--answers", file)
	holds(t, "standard error", c.talk.String(), "nowhere.pem cannot be read")
}

func TestHomeFolder(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	c.env["MAILGRANT_HOME"] = "somewhere"
	home, err := homeFolder(c.terminal())
	if err != nil || !filepath.IsAbs(home) || filepath.Base(home) != "somewhere" {
		t.Errorf("a relative home became %q, %v", home, err)
	}
}

func TestThisComputerIsReachedWithoutAProxy(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"https://127.0.0.1:8443/", "https://[::1]:8443/"} {
		request, err := http.NewRequest(http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		if proxy, err := proxyUnlessLocal(request); proxy != nil || err != nil {
			t.Errorf("%s goes through %v, %v", address, proxy, err)
		}
	}
}

func TestOneSignInServiceForOneSetOfEndpoints(t *testing.T) {
	t.Parallel()
	services := &signInServices{now: time.Now}
	at := func(authority string, roots *x509.CertPool) providers.Provider {
		t.Helper()
		service, err := services.at("microsoft", providers.Endpoints{Authority: authority, Roots: roots})
		if err != nil {
			t.Fatal(err)
		}
		return service
	}
	first := at("https://a.example/", nil)
	if at("https://a.example/", nil) != first {
		t.Error("the same endpoints got another service, so tokens would be asked for twice")
	}
	if at("https://b.example/", nil) == first || at("https://a.example/", x509.NewCertPool()) == first {
		t.Error("other endpoints got the same service")
	}
	if _, err := services.at("nobody", providers.Endpoints{}); err == nil {
		t.Error("a provider that nobody built was found")
	}
}

// TestStandingClock moves only while the program waits, so that every wait comes to its end.
func TestStandingClock(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	clock := &standingClock{moment: start}
	if err := clock.sleep(context.Background(), time.Millisecond); err != nil {
		t.Fatal(err)
	}
	if got := clock.now(); !got.Equal(start.Add(time.Millisecond)) {
		t.Errorf("after a wait of a millisecond the clock stands at %s", got)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if err := clock.sleep(ended, time.Hour); err == nil || !clock.now().Equal(start.Add(time.Millisecond)) {
		t.Errorf("an interrupted wait gave %v and moved the clock to %s", err, clock.now())
	}
}

func TestStoresByName(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	all := &stores{terminal: c.terminal(), home: c.home}
	for _, kind := range []string{"keychain", "file"} {
		store, err := all.of(kind)
		if err != nil || store.Kind() != kind {
			t.Errorf("store %s is %v, %v", kind, store, err)
		}
	}
	if _, err := all.of("cupboard"); exitCode(err) != exitUsage {
		t.Errorf("an unknown store gave %v", err)
	}
	c.env["MAILGRANT_PASSPHRASE"] = ""
	if _, err := all.passphrase(context.Background()); exitCode(err) != exitUsage {
		t.Errorf("without a passphrase and a person it gave %v", err)
	}
	c.person, c.typed = true, []string{"typed at the prompt", "typed at the prompt"}
	all.terminal = c.terminal()
	secret, err := all.passphrase(context.Background())
	if err != nil || secret.Reveal() != "typed at the prompt" || len(c.typed) != 0 {
		t.Errorf("the prompt for a new file gave %v, %v", secret, err)
	}
	c.typed = []string{"typed at the prompt", "typed at the promtp"}
	if _, err := all.passphrase(context.Background()); exitCode(err) != exitUsage {
		t.Errorf("two different passphrases gave %v", err)
	}
	if err := os.WriteFile(all.path(), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c.typed = []string{"typed once"}
	if secret, err := all.passphrase(context.Background()); err != nil || secret.Reveal() != "typed once" {
		t.Errorf("the prompt for a file that is there gave %v, %v", secret, err)
	}
}
