package oauth

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// listener answers every connection with serve, on loopback.
func listener(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			serve(conn)
			_ = conn.Close()
		}
	}()
	return l.Addr().String()
}

func closedPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	return l.Addr().String()
}

func as[E error](err error) bool {
	var target E
	return errors.As(err, &target)
}

func ask(t *testing.T, address string) *http.Request {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return request
}

func TestTroubleOnTheWayIsNamedByItsStage(t *testing.T) {
	t.Parallel()
	trusted := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(trusted.Close)
	unknown := httptest.NewUnstartedServer(http.NotFoundHandler())
	unknown.Config.ErrorLog = nil
	unknown.StartTLS()
	t.Cleanup(unknown.Close)
	empty := x509.NewCertPool()
	own := x509.NewCertPool()
	own.AddCert(trusted.Certificate())
	answering := func(status string) string {
		return listener(t, func(conn net.Conn) {
			_, _ = conn.Read(make([]byte, 4096))
			_, _ = fmt.Fprintf(conn, "HTTP/1.1 %s\r\nContent-Length: 0\r\n\r\n", status)
		})
	}
	proxied := func(address string) func(*http.Request) (*url.URL, error) {
		return http.ProxyURL(&url.URL{Scheme: "http", Host: address})
	}
	for _, tc := range []struct {
		name    string
		address string
		roots   *x509.CertPool
		proxy   func(*http.Request) (*url.URL, error)
		stage   providers.Stage
		typed   func(error) bool
	}{
		{"name does not exist", "https://nowhere.invalid/", nil, nil, providers.StageResolve, as[*net.DNSError]},
		{"nobody listens", "https://" + closedPort(t) + "/", nil, nil, providers.StageConnect, as[*net.OpError]},
		{"closed in the handshake", "https://" + listener(t, func(net.Conn) {}) + "/", nil, nil, providers.StageTLS, func(error) bool { return true }},
		{"no TLS there", "https://" + answering("400 Bad Request") + "/", nil, nil, providers.StageTLS, func(error) bool { return true }},
		{"unknown authority, the system's alone", unknown.URL + "/", nil, nil, providers.StageTLS, as[*tls.CertificateVerificationError]},
		{"unknown authority besides others", unknown.URL + "/", empty, nil, providers.StageTLS, as[x509.UnknownAuthorityError]},
		{"another name in the certificate", strings.Replace(trusted.URL, "127.0.0.1", "localhost", 1) + "/", own, nil, providers.StageTLS, as[x509.HostnameError]},
		{"proxy is not there", trusted.URL + "/", own, proxied(closedPort(t)), providers.StageConnect, as[*net.OpError]},
		{"proxy wants a password", trusted.URL + "/", own, proxied(answering("407 Proxy\x1b Authentication Required")), providers.StageConnect, func(err error) bool {
			var refused *providers.AuthorityError
			return errors.As(err, &refused) && refused.Status == 407 && strings.Contains(refused.Description, "proxy 127.0.0.1:")
		}},
		{"proxy cannot be chosen", trusted.URL + "/", own, func(*http.Request) (*url.URL, error) { return nil, errors.New("bad proxy setting") }, providers.StageDialogue, func(error) bool { return true }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var calls []Call
			wire := Wire{Transport: NewTransport(tc.roots, tc.proxy), Now: time.Now, Trace: func(call Call) { calls = append(calls, call) }}
			_, err := wire.Exchange(ask(t, tc.address+"?client_secret="+planted))
			var stage *providers.StageError
			if !errors.As(err, &stage) || stage.Stage != tc.stage || !tc.typed(err) {
				t.Fatalf("it gives %#v", err)
			}
			if u, _ := url.Parse(tc.address); stage.Host != hostPort(u) {
				t.Errorf("it names %q", stage.Host)
			}
			mustHide(t, err)
			if len(calls) != 1 || calls[0].Code != string(tc.stage) || calls[0].Status != 0 {
				t.Errorf("it traces %+v", calls)
			}
		})
	}
}

func TestExchange(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/refused":
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = fmt.Fprint(w, errorAnswer("invalid_client", 7000215, "Wrong"))
		case "/moved":
			http.Redirect(w, r, "/", http.StatusTemporaryRedirect)
		case "/cut":
			w.Header().Set("Content-Length", "9000")
			_, _ = fmt.Fprint(w, "{")
		case "/endless":
			for line := strings.Repeat("x", 1<<16); ; {
				if _, err := fmt.Fprint(w, line); err != nil {
					return
				}
			}
		default:
			_, _ = fmt.Fprint(w, "{}")
		}
	}))
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	for _, tc := range []struct {
		name, path string
		status     int
		code       string // of the trace
		words      string // of the error
	}{
		{"answered", "/", 200, "", ""},
		{"refused", "/refused", 401, "invalid_client", ""},
		{"sent on, which is not followed", "/moved", 307, "", ""},
		{"cut", "/cut", 200, "dialogue", "unexpected EOF"},
		{"endless", "/endless", 200, "dialogue", "larger than 1048576 bytes"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var calls []Call
			wire := Options{Endpoints: providers.Endpoints{Roots: roots}, Now: func() time.Time { return now }, Trace: func(call Call) { calls = append(calls, call) }}.Wire()
			got, err := wire.Exchange(ask(t, server.URL+tc.path+"?client_secret="+planted))
			if (err == nil) != (tc.words == "") || err != nil && !strings.Contains(err.Error(), tc.words) || got.Status != tc.status || got.At != now || got.Took <= 0 {
				t.Errorf("it gives %d, %v", got.Status, err)
			}
			if len(calls) != 1 || calls[0].Code != tc.code || calls[0].URL != server.URL+tc.path || calls[0].Status != tc.status || calls[0].At != now {
				t.Errorf("it traces %+v", calls)
			}
			mustHide(t, fmt.Errorf("%v %+v", err, calls))
		})
	}
}

func TestExchangeThatIsGivenUp(t *testing.T) {
	t.Parallel()
	var calls []Call
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wire := Options{Transport: silent{}, Trace: func(call Call) { calls = append(calls, call) }}.Wire()
	if _, err := wire.Exchange(ask(t, "https://login.test/").WithContext(ctx)); err != context.Canceled {
		t.Errorf("it gives %v", err)
	}
	if len(calls) != 1 || calls[0].Code != "cancelled" || calls[0].At.IsZero() {
		t.Errorf("it traces %+v", calls)
	}
}

func TestOptionsMayBeLeftOut(t *testing.T) {
	t.Parallel()
	wire := Options{}.Wire()
	if wire.Transport == nil || wire.Now().IsZero() {
		t.Errorf("they give %+v", wire)
	}
	wire.Trace(Call{}) // nobody listens, and nothing breaks
}

// silent is a transport that answers nothing until the request's context ends.
type silent struct{}

func (silent) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestSilenceEndsInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		wire := Wire{Transport: silent{}, Now: time.Now, Trace: func(Call) {}}
		start := time.Now()
		_, err := wire.Exchange(ask(t, "https://login.test/"))
		var stage *providers.StageError
		if !errors.As(err, &stage) || !errors.Is(err, os.ErrDeadlineExceeded) || errors.Is(err, context.DeadlineExceeded) || time.Since(start) != CallTimeout {
			t.Errorf("it gives %v after %v", err, time.Since(start))
		}
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		start = time.Now()
		if _, err := wire.Exchange(ask(t, "https://login.test/").WithContext(ctx)); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != 3*time.Second {
			t.Errorf("with a deadline it gives %v after %v", err, time.Since(start))
		}
	})
}

func TestTroubleWithoutATraceIsSeenInTheDialogue(t *testing.T) {
	t.Parallel()
	if stage := new(progress).stage(errors.New("odd")); stage != providers.StageDialogue {
		t.Errorf("it is seen at %s", stage)
	}
	err := errors.New("malformed \x1b[31m answer")
	if got := tidy(err); got.Error() != "malformed [31m answer" || !errors.Is(got, err) {
		t.Errorf("it reads %q", got)
	}
}
