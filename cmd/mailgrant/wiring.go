package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/google"
	"github.com/mailgrant/mailgrant/providers/microsoft"
	"github.com/mailgrant/mailgrant/providers/oauth"
	"github.com/mailgrant/mailgrant/providers/probe"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
)

// newRoad puts together what the steps work with. Nothing is opened yet.
func newRoad(t *terminal) (*steps.Road, error) {
	now, fixed, err := t.clock()
	if err != nil {
		return nil, err
	}
	wait := sleep
	if fixed {
		standing := &standingClock{moment: now()}
		now, wait = standing.now, standing.sleep
	}
	home, err := homeFolder(t)
	if err != nil {
		return nil, err
	}
	services := &signInServices{now: now}
	stores := &stores{terminal: t, home: home}
	kind := t.getenv("MAILGRANT_STORE")
	if kind == "" {
		kind = "keychain"
	}
	store, err := stores.of(kind)
	if err != nil {
		return nil, err
	}
	return &steps.Road{
		Catalogue: catalogue(home),
		Sign:      services.at,
		Probe:     probe.Prober{Now: now},
		Store:     store,
		StoreOf:   stores.of,
		Folder:    steps.Folder{Root: home},
		Now:       now,
		Random:    rand.Reader,
		Version:   "mailgrant " + version,
		Sleep:     wait,
		CAFile:    t.getenv("MAILGRANT_CA_FILE"),
	}, nil
}

// catalogue is what this program knows, with the products of one's own under the home folder laid
// over it.
func catalogue(home string) *product.Catalogue {
	return product.Embedded(os.DirFS(filepath.Join(home, "products")))
}

// knownProducts is the catalogue where nothing else is needed.
func knownProducts(t *terminal) (*product.Catalogue, error) {
	home, err := homeFolder(t)
	if err != nil {
		return nil, err
	}
	return catalogue(home), nil
}

// homeFolder is MAILGRANT_HOME, or a folder of the program's own among the user's settings.
func homeFolder(t *terminal) (string, error) {
	if home := t.getenv("MAILGRANT_HOME"); home != "" {
		absolute, err := filepath.Abs(home)
		if err != nil {
			return "", fmt.Errorf("MAILGRANT_HOME %s cannot be used: %w", home, err)
		}
		return absolute, nil
	}
	settings, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("no folder for settings: %w; set MAILGRANT_HOME", err)
	}
	return filepath.Join(settings, "mailgrant"), nil
}

// signInServices keeps one service for each set of endpoints, so that its tokens and what it
// learned about the tenant are used again.
type signInServices struct {
	now   func() time.Time
	mu    sync.Mutex
	known []service
}

type service struct {
	name     string
	at       providers.Endpoints
	provider providers.Provider
}

func (s *signInServices) at(name string, at providers.Endpoints) (providers.Provider, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.known {
		if one.name == name && one.at.Authority == at.Authority && (one.at.Roots == at.Roots || one.at.Roots.Equal(at.Roots)) {
			return one.provider, nil
		}
	}
	options := oauth.Options{Endpoints: at, Proxy: proxyUnlessLocal, Now: s.now}
	var made providers.Provider
	switch name {
	case "microsoft":
		made = microsoft.New(options)
	case "google":
		made = google.New(options)
	default:
		return nil, fmt.Errorf("provider %q is not known: use microsoft or google", providers.Clean(name))
	}
	s.known = append(s.known, service{name, at, made})
	return made, nil
}

// proxyUnlessLocal is the environment's proxy; this machine is reached without one.
func proxyUnlessLocal(request *http.Request) (*url.URL, error) {
	if ip := net.ParseIP(request.URL.Hostname()); ip != nil && ip.IsLoopback() {
		return nil, nil
	}
	return http.ProxyFromEnvironment(request)
}

// givenSecret is the client secret from standard input or the environment, if one was given.
func givenSecret(ctx context.Context, t *terminal, fromStdin bool) (keychain.Secret, error) {
	fromEnv := t.getenv("MAILGRANT_CLIENT_SECRET")
	if !fromStdin {
		return keychain.NewSecret(fromEnv), nil
	}
	if fromEnv != "" {
		return keychain.Secret{}, usage("the client secret is given twice").fixedBy("leave out --secret-stdin or MAILGRANT_CLIENT_SECRET")
	}
	const most = 16 << 10
	data, err := t.all(ctx, most+1)
	if err != nil {
		return keychain.Secret{}, fmt.Errorf("the client secret was not read from standard input: %w", err)
	}
	if len(data) > most {
		return keychain.Secret{}, usage("standard input holds more than a client secret").fixedBy("send the Value alone")
	}
	return keychain.NewSecret(withoutLineEnd(string(data))), nil
}

// withoutLineEnd removes one line end, which an editor or echo has put there.
func withoutLineEnd(text string) string {
	if n := len(text); n > 0 && text[n-1] == '\n' {
		text = text[:n-1]
		if n := len(text); n > 0 && text[n-1] == '\r' {
			text = text[:n-1]
		}
	}
	return text
}
