package steps

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/probe"
	"github.com/mailgrant/mailgrant/steps/product"
)

// world is a road with everything that it works with, all of it in this process.
type world struct {
	*testing.T
	road   *Road
	entra  *entra
	mail   *mailhost
	store  *keychain.Memory
	mu     sync.Mutex
	now    time.Time
	events []Event
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, now: testNow, store: keychain.NewMemory(), mail: newMailhost(t)}
	w.entra = &entra{now: w.clock, claims: fullClaims}
	w.road = &Road{
		Catalogue: product.Embedded(),
		Sign:      func(string, providers.Endpoints) (providers.Provider, error) { return w.entra, nil },
		Probe: probe.Prober{
			Dial:    w.mail.dial,
			Resolve: func(context.Context, string) ([]string, error) { return []string{"192.0.2.1"}, nil },
		},
		Store:   w.store,
		StoreOf: func(string) (keychain.Store, error) { return w.store, nil },
		Folder:  Folder{Root: t.TempDir()},
		Now:     w.clock,
		Random:  rand.Reader,
		Version: "mailgrant test",
		Sleep: func(ctx context.Context, pause time.Duration) error {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.now = w.now.Add(pause)
			return ctx.Err()
		},
	}
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// emit keeps the events, and tells the person who waits for a code which account it is for.
func (w *world) emit(event Event) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.events = append(w.events, event)
	switch event := event.(type) {
	case CodeIssued:
		w.entra.wanted = event.Account
	case PageOpened:
		w.entra.wanted = event.Account
	}
}

// seen are the events of one kind.
func seen[E Event](w *world) []E {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []E
	for _, event := range w.events {
		if one, ok := event.(E); ok {
			all = append(all, one)
		}
	}
	return all
}

// answers connect two mailboxes on a route.
func (w *world) answers(route string) Answers {
	return testAnswers(route, w.mail.caFile)
}

func (w *world) state(route string) State {
	state := State{Answers: w.answers(route)}
	if route == routeApp {
		state = state.WithSecret(keychain.NewSecret(testSecret))
	}
	return state
}

func (w *world) plan(route string) Plan {
	w.Helper()
	plan, err := w.road.plan(w.answers(route))
	if err != nil {
		w.Fatal(err)
	}
	return plan
}

// walk does the steps up to the one named, that one included.
func (w *world) walk(ctx context.Context, state State, last Name) (State, error) {
	var err error
	for _, step := range w.road.Setup() {
		if Applies(step, state) {
			if state, err = step.Do(ctx, state, w.emit); err != nil {
				return state, err
			}
		}
		if step.Name() == last {
			break
		}
	}
	return state, nil
}

// saved is a connection that was set up and kept.
func (w *world) saved(route string) Connection {
	w.Helper()
	state, err := w.walk(w.Context(), w.state(route), StepVerified)
	if err != nil {
		w.Fatal(err)
	}
	w.events = nil
	return w.reread(state.Saved.Connection.Name)
}

func (w *world) reread(name string) Connection {
	w.Helper()
	connection, err := w.road.Folder.Connection(name)
	if err != nil {
		w.Fatal(err)
	}
	return connection
}

// kept is the secret that the store has for a connection.
func (w *world) kept(connection Connection) string {
	secret, err := w.store.Get(context.Background(), connection.entry())
	if errors.Is(err, keychain.ErrNotFound) {
		return ""
	}
	return secret.Reveal()
}

func problemOf(t *testing.T, err error) *Problem {
	t.Helper()
	var problem *Problem
	if !errors.As(err, &problem) {
		t.Fatalf("%v is no problem", err)
	}
	return problem
}

// entra is a sign-in service that gives out what a test tells it to.
type entra struct {
	now    func() time.Time
	claims func(scope string, user providers.Address) providers.Claims
	refuse func(credential providers.AppCredential) error
	person func(ctx context.Context, wanted providers.Address) (providers.Address, error)
	lookUp error
	reject func(form url.Values) error
	wanted providers.Address

	mu  sync.Mutex
	log []string
}

// fullClaims are those of a token with every permission.
func fullClaims(scope string, user providers.Address) providers.Claims {
	claims := providers.Claims{
		Audience: "https://outlook.office365.com", TenantID: testTenant, ClientID: testClient, ObjectID: testObject, User: string(user), Readable: true,
	}
	if user == "" {
		claims.Roles = []string{"IMAP.AccessAsApp", "SMTP.SendAsApp"}
	} else {
		for _, one := range strings.Fields(scope) {
			_, name := scopeParts(one)
			claims.Scopes = append(claims.Scopes, name)
		}
	}
	return claims
}

func (e *entra) note(format string, values ...any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.log = append(e.log, fmt.Sprintf(format, values...))
}

// asked is how often requests of a kind came.
func (e *entra) asked(kind string) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := 0
	for _, line := range e.log {
		if strings.HasPrefix(line, kind) {
			n++
		}
	}
	return n
}

func (e *entra) grant(scope string, user providers.Address) providers.Grant {
	token := fmt.Sprintf("token %q for %s %d", scope, user, e.asked(""))
	return providers.Grant{Token: keychain.NewSecret(token), Claims: e.claims(scope, user), Expires: e.now().Add(time.Hour)}
}

func (e *entra) LookUp(_ context.Context, tenant string) (providers.Tenant, error) {
	e.note("lookup %s", tenant)
	return providers.Tenant{ID: testTenant, Asked: tenant}, e.lookUp
}

func (e *entra) AppOnly(_ context.Context, credential providers.AppCredential, scope string) (providers.Grant, error) {
	e.note("app %s anew=%v", scope, credential.Anew)
	if e.refuse != nil {
		if err := e.refuse(credential); err != nil {
			return providers.Grant{}, err
		}
	}
	return e.grant(scope, ""), nil
}

func (e *entra) DeviceSignIn(ctx context.Context, request providers.DeviceRequest, show func(providers.DeviceCode)) (providers.Grant, error) {
	scope := strings.Join(request.Scopes, " ")
	e.note("device %s", scope)
	show(providers.DeviceCode{UserCode: "ABCD1234", VerificationURI: "https://login.example.test/device", Expires: e.now().Add(15 * time.Minute)})
	return e.approved(ctx, scope)
}

func (e *entra) CodeSignIn(ctx context.Context, request providers.CodeRequest, show func(providers.CodePage)) (providers.Grant, error) {
	scope := strings.Join(request.Scopes, " ")
	e.note("browser %s redirect %s secret %v", scope, request.Redirect, !request.Secret.IsZero())
	show(providers.CodePage{URL: "https://login.example.test/authorize", Redirect: request.Redirect, Expires: e.now().Add(15 * time.Minute), Paste: func(string) error { return nil }})
	return e.approved(ctx, scope)
}

// approved lets the person decide.
func (e *entra) approved(ctx context.Context, scope string) (providers.Grant, error) {
	user := e.wanted
	if e.person != nil {
		var err error
		if user, err = e.person(ctx, e.wanted); err != nil {
			return providers.Grant{}, err
		}
	}
	return e.grant(scope, user), nil
}

func (e *entra) Another(_ context.Context, request providers.DeviceRequest, first providers.Grant) (providers.Grant, error) {
	e.note("another %s", strings.Join(request.Scopes, " "))
	return e.grant(strings.Join(request.Scopes, " "), providers.Address(first.Claims.User)), nil
}

func (e *entra) Replay(_ context.Context, address string, form url.Values) (providers.Grant, error) {
	e.note("replay %s %s", address, form.Get("grant_type"))
	if e.reject != nil {
		if err := e.reject(form); err != nil {
			return providers.Grant{}, err
		}
	}
	return e.grant(form.Get("scope"), ""), nil
}

func aadsts(number int) error {
	return &providers.AuthorityError{Status: 401, Code: "invalid_client", Numbers: []int{number}, Description: fmt.Sprintf("AADSTS%d: refused", number)}
}

var _ providers.Provider = (*entra)(nil)

// sortedCopy is for comparing what came in any order.
func sortedCopy(lines []string) []string { return slices.Sorted(slices.Values(lines)) }
