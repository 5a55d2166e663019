package loopback

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

// browse opens an address as a browser does, and gives the page.
func browse(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestListenAndWait(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, redirect, prefix string }{
		{"localhost", "http://localhost", "http://localhost:"},
		{"localhost with a path", "http://localhost/oauth/callback", "http://localhost:"},
		{"address", "http://127.0.0.1/", "http://127.0.0.1:"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			l, err := Listen(tc.redirect)
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			if !strings.HasPrefix(l.Redirect(), tc.prefix) || len(l.State()) < 22 {
				t.Errorf("it redirects to %q", l.Redirect())
			}
			if page := browse(t, l.Redirect()+"?code=x&state=y"); !strings.Contains(page, "another sign-in") {
				t.Errorf("a foreign answer gets %s", page)
			}
			if page := browse(t, l.Redirect()+"?code="+theCode+"&state="+l.State()); !strings.Contains(page, "has arrived") {
				t.Errorf("the answer gets %s", page)
			}
			if code, err := l.Wait(t.Context()); err != nil || code != keychain.NewSecret(theCode) {
				t.Errorf("it gives another code, or %v", err)
			}
		})
	}
}

func TestListenOnIPv6TooWhereThereIsOne(t *testing.T) {
	t.Parallel()
	l, err := Listen("http://localhost")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	second, err := net.Dial("tcp", net.JoinHostPort("::1", l.redirect.port))
	if probe, none := net.Listen("tcp", "[::1]:0"); none != nil { // a computer without IPv6 has nothing to answer there
		if err == nil {
			t.Error("something answers at ::1 although this computer has none")
		}
		return
	} else {
		_ = probe.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	_ = second.Close()
}

func TestEveryListenerHasAStateOfItsOwn(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 8 {
		l, err := Listen("http://127.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		if seen[l.State()] {
			t.Error("a state came twice")
		}
		seen[l.State()] = true
	}
}

func TestListenWhereSomebodyListensAlready(t *testing.T) {
	t.Parallel()
	other, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	_, err = Listen("http://" + other.Addr().String() + "/callback")
	var unusable *providers.PortUnusable
	if !errors.As(err, &unusable) {
		t.Errorf("it gives %v", err)
	}
}

func TestCloseEndsWaitingAndListening(t *testing.T) {
	t.Parallel()
	l, err := Listen("http://127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	waited := make(chan error, 1)
	go func() { _, err := l.Wait(context.Background()); waited <- err }()
	l.Close()
	if err := <-waited; err == nil || !strings.Contains(err.Error(), "given up") {
		t.Errorf("waiting gives %v", err)
	}
	if _, err := net.Dial("tcp", "127.0.0.1:"+l.redirect.port); err == nil {
		t.Error("it listens on")
	}
}

func TestSlowAndEndlessRequestsAreCutOff(t *testing.T) {
	t.Parallel()
	l, err := Listen("http://127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if l.server.ReadHeaderTimeout <= 0 || l.server.ReadTimeout <= 0 || l.server.WriteTimeout <= 0 {
		t.Error("a browser that says nothing is heard for ever")
	}
	conn, err := net.Dial("tcp", "127.0.0.1:"+l.redirect.port)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	go func() {
		line := []byte("X-Filler: " + strings.Repeat("x", 4096) + "\r\n")
		_, err := conn.Write([]byte("GET / HTTP/1.1\r\nHost: localhost\r\n"))
		for err == nil {
			_, err = conn.Write(line)
		}
	}()
	// It either says 431 or closes; the read ends in both cases.
	_, _ = io.Copy(io.Discard, conn)
	if !l.waits() {
		t.Error("it ended the sign-in")
	}
}

func visit() Visit {
	return Visit{Redirect: "http://127.0.0.1", Lasts: Lasts, Now: func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }}
}

func at(redirect, state string) (string, error) {
	return "https://login.example.test/authorize?" + query("redirect_uri", redirect, "state", state), nil
}

func stateOf(t *testing.T, page providers.CodePage) string {
	t.Helper()
	u, err := url.Parse(page.URL)
	if err != nil {
		t.Fatal(err)
	}
	return u.Query().Get("state")
}

func TestVisit(t *testing.T) {
	t.Parallel()
	var shown []providers.CodePage
	back, err := visit().Make(t.Context(), func(page providers.CodePage) {
		shown = append(shown, page)
		if err := page.Paste("hello"); err == nil {
			t.Error("nonsense was taken")
		}
		if err := page.Paste(page.Redirect + "?code=" + theCode + "&state=" + stateOf(t, page)); err != nil {
			t.Error(err)
		}
	}, at)
	if err != nil || back.Code.Reveal() != theCode || len(shown) != 1 || back.Redirect != shown[0].Redirect {
		t.Fatalf("it gives %+v, %v", back, err)
	}
	if want := time.Date(2026, 11, 21, 12, 15, 0, 0, time.UTC); !shown[0].Expires.Equal(want) || !strings.HasPrefix(back.Redirect, "http://127.0.0.1:") {
		t.Errorf("it shows %+v", shown[0])
	}
}

func TestVisitThatEnds(t *testing.T) {
	t.Parallel()
	short := visit()
	short.Lasts = time.Microsecond
	elsewhere := visit()
	elsewhere.Redirect = "https://crm.contoso.example"
	odd := errors.New("no address")
	for _, tc := range []struct {
		name    string
		visit   Visit
		address func(redirect, state string) (string, error)
		show    func(context.CancelFunc)
		check   func(error) bool
	}{
		{"nobody came", short, at, func(context.CancelFunc) {}, func(err error) bool {
			var expired *providers.CodePageExpired
			return errors.As(err, &expired) && expired.At.Equal(short.Now().Add(time.Microsecond)) && strings.Contains(err.Error(), "2026-11-21T12:00:00Z")
		}},
		{"cancelled", visit(), at, func(cancel context.CancelFunc) { cancel() }, func(err error) bool { return errors.Is(err, context.Canceled) }},
		{"redirect elsewhere", elsewhere, at, nil, func(err error) bool { return err != nil && strings.Contains(err.Error(), "this computer") }},
		{"no address", visit(), func(string, string) (string, error) { return "", odd }, nil, func(err error) bool { return errors.Is(err, odd) }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if _, err := tc.visit.Make(ctx, func(providers.CodePage) { tc.show(cancel) }, tc.address); !tc.check(err) {
				t.Errorf("it gives %v", err)
			}
		})
	}
}
