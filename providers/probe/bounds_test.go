package probe

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mailgrant/mailgrant/providers"
)

// probeOf is a prober whose every connection is made by dial.
func probeOf(dial func(context.Context, string, string) (net.Conn, error)) Prober {
	return Prober{
		Dial:      dial,
		Resolve:   func(context.Context, string) ([]string, error) { return []string{"192.0.2.1"}, nil },
		Endpoints: providers.Endpoints{Roots: testAuthority().pool},
	}
}

func attemptAt(protocol, url string) Attempt {
	return Attempt{Server: must(providers.ParseServer(protocol, url)), Mailbox: "crm@contoso.example", Token: testToken(2166)}
}

func TestCancelEndsATestAtOnceWhereverItWaits(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		scheme string
		script script
		layer  providers.Layer
	}{
		{"before the greeting of IMAP", "imap", "", providers.LayerTCP},
		{"before the greeting of SMTP", "smtp", "", providers.LayerTCP},
		{"in the handshake", "imaps", "HEAR", providers.LayerTLS},
		{"after STARTTLS", "smtp", "S: 220 mail\nC: EHLO…\nS: 250-mail\\n250 STARTTLS\nC: STARTTLS", providers.LayerTLS},
		{"at AUTHENTICATE", "imaps", imapReady + "C: M1 AUTHENTICATE…", providers.LayerSASL},
		{"at CAPABILITY", "imaps", "TLS\nS: * OK ready\nC: M1 CAPABILITY", providers.LayerSASL},
		{"at EXAMINE", "imaps", imapSignedIn + "C: M2 EXAMINE…", providers.LayerMailbox},
		{"at AUTH", "smtp", smtpReady, providers.LayerSASL},
		{"after STLS", "pop3", "S: +OK\nC: STLS", providers.LayerTLS},
		{"at AUTH of POP3", "pop3", pop3Ready, providers.LayerSASL},
		{"at STAT", "pop3", pop3SignedIn + "C: STAT", providers.LayerMailbox},
		{"at MAIL", "smtp", smtpSignedIn + smtpEnvelope, providers.LayerSend},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				server := &stage{script: tc.script, certificate: goodCertificate()}
				attempt := attemptAt(strings.TrimSuffix(tc.scheme, "s"), strings.TrimSuffix(tc.scheme, "s")+"://mail.example.test")
				if tc.scheme == "imaps" {
					attempt.Server.Security = providers.ImplicitTLS
				}
				attempt.Recipient = "you@contoso.example"
				ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
				defer cancel()
				start := time.Now()
				result := probeOf(server.dial).Run(ctx, attempt)
				server.played.Wait()
				if took := time.Since(start); took > 4*time.Second {
					t.Errorf("ended %v after the start, the context after 3 s", took)
				}
				if failed, _ := failedLayer(result); failed != tc.layer || !errors.Is(result.Failure, context.DeadlineExceeded) || result.Failure != ctx.Err() {
					t.Errorf("failed at %q with %#v, want %q and the context's own error", failed, result.Failure, tc.layer)
				}
			})
		})
	}
}

func TestCancelledBeforeTheStart(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	prober := probeOf(nil)
	prober.Resolve = func(ctx context.Context, _ string) ([]string, error) { return nil, ctx.Err() }
	result := prober.Run(ctx, attemptAt("imap", "imaps://mail.example.test"))
	checkShape(t, result)
	if failed, detail := failedLayer(result); failed != providers.LayerDNS || detail != "cancelled" || result.Failure != context.Canceled {
		t.Errorf("failed at %q saying %q with %v", failed, detail, result.Failure)
	}
}

// drip says one byte of a greeting each second, until nobody listens.
func drip(conn net.Conn) {
	for {
		if _, err := conn.Write([]byte("2")); err != nil {
			return
		}
		<-time.After(time.Second)
	}
}

func TestEachWaitAndTheWholeTestAreBounded(t *testing.T) {
	t.Parallel()
	t.Run("one byte a second is silence", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			var server sync.WaitGroup
			defer server.Wait()
			dial := func(context.Context, string, string) (net.Conn, error) {
				client, far := net.Pipe()
				server.Go(func() { drip(far) })
				return client, nil
			}
			start := time.Now()
			result := probeOf(dial).Run(t.Context(), attemptAt("smtp", "smtp://mail.example.test"))
			if took := time.Since(start); took != 10*time.Second || !isTimeout(result.Failure) {
				t.Errorf("took %v and failed with %v, want the patience of 10 s", took, result.Failure)
			}
		})
	})
	t.Run("a server that takes nine seconds for everything", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			server := &stage{certificate: goodCertificate(), script: script(strings.NewReplacer("S:", "SLOW\nS:", "\tTLS\n", "SLOW\nTLS\n").Replace(smtpSignedIn))}
			start := time.Now()
			result := probeOf(server.dial).Run(t.Context(), attemptAt("smtp", "smtp://mail.example.test"))
			server.played.Wait()
			if failed, _ := failedLayer(result); failed != providers.LayerSASL || !isTimeout(result.Failure) {
				t.Errorf("failed at %q with %v", failed, result.Failure)
			}
			if took := time.Since(start); took < time.Minute || took > time.Minute+9*time.Second {
				t.Errorf("took %v, want six times the patience of 10 s", took)
			}
			if last := result.Layers[5].Elapsed; last != 24*time.Second {
				t.Errorf("sasl took %v, want what was left of a minute after four waits of 9 s", last)
			}
		})
	})
	t.Run("a wait near the end of the whole test is shorter", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			client, server := net.Pipe()
			defer server.Close()
			w := newWire(t.Context(), client, &journal{})
			defer w.close()
			w.patience, w.end = 10*time.Second, time.Now().Add(15*time.Second)
			for _, want := range []time.Duration{10 * time.Second, 5 * time.Second, 0} {
				start := time.Now()
				w.wait()
				if _, err := w.read(); !errors.Is(err, os.ErrDeadlineExceeded) {
					t.Errorf("silence gives %v", err)
				}
				if took := time.Since(start); took != want {
					t.Errorf("waited %v, want %v", took, want)
				}
			}
		})
	})
}

func TestHowManyBytesAServerMaySay(t *testing.T) {
	t.Parallel()
	reader := newLineReader(strings.NewReader(""), 10)
	if _, err := reader.next(); !errors.Is(err, io.EOF) {
		t.Errorf("nothing to read gives %v", err)
	}
	reader = newLineReader(strings.NewReader("12345\r\n\n12345\r\n"), 10)
	for i, want := range []string{"12345", ""} {
		if line, err := reader.next(); line != want || err != nil {
			t.Errorf("line %d is %q, %v", i, line, err)
		}
	}
	if _, err := reader.next(); !errors.Is(err, errEndlessSpeech) {
		t.Errorf("beyond the budget: %v", err)
	}
	if line, err := newLineReader(strings.NewReader("cut"), 10).next(); line != "cut" || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a line that is cut gives %q, %v", line, err)
	}
}

func TestTheWayToTheServer(t *testing.T) {
	t.Parallel()
	refused := &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	cases := []struct {
		name      string
		host      string
		addresses []string
		lookup    error
		dialled   map[string]error // what becomes of each address; absent: never tried
		failed    providers.Layer
		stage     providers.Stage
		says      string
		check     func(error) bool
	}{
		{name: "no such name", lookup: &net.DNSError{Err: "no such host", Name: "mail.example.test", IsNotFound: true},
			failed: providers.LayerDNS, stage: providers.StageResolve, says: "the name has no address", check: isError[*net.DNSError]},
		{name: "a name without an address", failed: providers.LayerDNS, stage: providers.StageResolve, says: "the name has no address", check: isError[*net.DNSError]},
		{name: "name service silent", lookup: &net.DNSError{Err: "timeout", IsTimeout: true}, failed: providers.LayerDNS, says: "the name service did not answer within 10s", check: isError[*net.DNSError]},
		{name: "refused", addresses: []string{"192.0.2.1"}, dialled: map[string]error{"192.0.2.1": refused},
			failed: providers.LayerTCP, stage: providers.StageConnect, says: "the connection was refused", check: func(err error) bool { return errors.Is(err, syscall.ECONNREFUSED) }},
		{name: "every address is tried, the families in turn, four at most", addresses: []string{"2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.1", "192.0.2.2", "192.0.2.3"},
			dialled: map[string]error{"2001:db8::1": refused, "192.0.2.1": refused, "2001:db8::2": refused, "192.0.2.2": refused},
			failed:  providers.LayerTCP, says: "the connection was refused"},
		{name: "an address that swallows everything leaves time for the next", addresses: []string{"2001:db8::1", "192.0.2.1"},
			dialled: map[string]error{"2001:db8::1": context.DeadlineExceeded, "192.0.2.1": nil}, failed: providers.LayerTCP, stage: providers.StageGreeting, says: "closed the connection"},
		{name: "nothing but silence", addresses: []string{"192.0.2.1"}, dialled: map[string]error{"192.0.2.1": context.DeadlineExceeded},
			failed: providers.LayerTCP, stage: providers.StageConnect, says: "no answer within 10s", check: isTimeout},
		{name: "an address instead of a name is not looked up", host: "[2001:db8::9]", dialled: map[string]error{"2001:db8::9": refused}, failed: providers.LayerTCP},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				host := tc.host
				if host == "" {
					host = "mail.example.test"
				}
				tried := map[string]error{}
				prober := Prober{
					Resolve: func(context.Context, string) ([]string, error) { return tc.addresses, tc.lookup },
					Dial: func(ctx context.Context, _, target string) (net.Conn, error) {
						address, _, _ := net.SplitHostPort(target)
						err := tc.dialled[address]
						tried[address] = err
						if errors.Is(err, context.DeadlineExceeded) {
							<-ctx.Done()
							return nil, ctx.Err()
						}
						if err != nil {
							return nil, err
						}
						client, server := net.Pipe()
						_ = server.Close()
						return client, nil
					},
				}
				result := prober.Run(t.Context(), attemptAt("imap", "imap://"+host))
				checkShape(t, result)
				failed, detail := failedLayer(result)
				if failed != tc.failed || !strings.Contains(detail, tc.says) || tc.stage != "" && !isStage(tc.stage)(result.Failure) {
					t.Errorf("failed at %q saying %q with %#v", failed, detail, result.Failure)
				}
				if tc.check != nil && !tc.check(result.Failure) {
					t.Errorf("failure is of another kind: %#v", result.Failure)
				}
				for address := range tc.dialled {
					if _, ok := tried[address]; !ok {
						t.Errorf("%s was not tried", address)
					}
				}
				if len(tried) != len(tc.dialled) {
					t.Errorf("tried %v", tried)
				}
			})
		})
	}
}

func TestAProtocolThatCannotBeTested(t *testing.T) {
	t.Parallel()
	attempt := attemptAt("imap", "imaps://mail.example.test")
	attempt.Server.Protocol = "nntp"
	result := probeOf(nil).Run(t.Context(), attempt)
	checkShape(t, result)
	if failed, detail := failedLayer(result); failed != providers.LayerDNS || !strings.Contains(detail, `"nntp" cannot be tested`) {
		t.Errorf("failed at %q saying %q", failed, detail)
	}
}
