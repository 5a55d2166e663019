package practice

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// ports that a mail client may come to, by how it begins.
func (w *world) mailPorts() map[string]string {
	return map[string]string{"imaps": w.ports.imaps, "imap": w.ports.imap, "smtp": w.ports.smtp}
}

func TestAClosedGateHoldsForBothIMAPPorts(t *testing.T) {
	t.Parallel()
	for _, scenario := range []string{"network-blocked-imap", "server-timeout-imap"} {
		t.Run(scenario, func(t *testing.T) {
			t.Parallel()
			w := practise(t, Options{Scenario: scenario})
			for _, address := range []string{w.ports.imaps, w.ports.imap} {
				conn, err := net.Dial("tcp", address)
				if err != nil {
					continue // reset while it opened
				}
				_ = conn.SetDeadline(time.Now().Add(200 * time.Millisecond))
				if n, err := conn.Read(make([]byte, 1)); n != 0 || err == nil {
					t.Errorf("%s: the server spoke", address)
				}
				_ = conn.Close()
			}
		})
	}
}

func TestASilentServerEndsWithTheTenant(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	for _, scenario := range []string{"server-timeout-imap", "server-timeout-smtp"} {
		if err := w.Plant(scenario); err != nil {
			t.Fatal(err)
		}
	}
	var open []net.Conn
	for name, address := range w.mailPorts() {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
		open = append(open, conn)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, conn := range open {
		if said, err := io.ReadAll(conn); len(said) > 0 || err != nil && trouble(err) == "silence" {
			t.Errorf("after the end: %q, %v", said, err)
		}
	}
}

func TestIMAPWithoutSTARTTLSKeepsItAndTheTokenAway(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	w.change(func(s *state) { s.network.imap.clear = true })
	conn, err := net.Dial("tcp", w.ports.imap)
	if err != nil {
		t.Fatal(err)
	}
	c, greeting := w.imapOn(conn)
	if strings.Contains(greeting, "STARTTLS") || !strings.Contains(greeting, "LOGINDISABLED") {
		t.Errorf("greeting %q", greeting)
	}
	for _, command := range []string{"STARTTLS", "AUTHENTICATE XOAUTH2 " + xoauth2Response(contracts, w.appToken())} {
		if got, _ := c.ask(command); !strings.HasPrefix(got, "BAD ") {
			t.Errorf("%s was answered %q", command[:8], got)
		}
	}
}

func TestAnSMTPServerWithoutSTARTTLSTakesNoToken(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Scenario: "starttls-not-offered"})
	c := w.dialSMTPPlain()
	if offers := c.ask("EHLO client.example"); strings.Contains(offers, "STARTTLS") || strings.Contains(offers, "AUTH") {
		t.Errorf("offers %q", offers)
	}
	c.want("STARTTLS", "502 ")
	if got := c.ask("AUTH XOAUTH2 " + xoauth2Response(crm, "token")); strings.HasPrefix(got, "2") {
		t.Errorf("AUTH in clear was answered %q", got)
	}
}

func TestOldTLSIsReallySpoken(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Scenario: "tls-version-unsupported-imap"})
	old := w.tls()
	old.MinVersion, old.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
	conn, err := tls.Dial("tcp", w.ports.imaps, old)
	if err != nil {
		t.Fatal(err)
	}
	if got := conn.ConnectionState().Version; got != tls.VersionTLS11 {
		t.Errorf("spoke %s", tls.VersionName(got))
	}
	if _, greeting := w.imapOn(conn); !strings.HasPrefix(greeting, "* OK ") {
		t.Errorf("greeting %q", greeting)
	}
}

func TestCertificatesAreWhatTheyAreCalled(t *testing.T) {
	t.Parallel()
	now := time.Now()
	for name, tenant := range map[string]time.Time{"of today": now, "of years ago": noon.AddDate(-3, 0, 0), "of years to come": noon.AddDate(3, 0, 0)} {
		made, err := newTrust(now, tenant)
		if err != nil {
			t.Fatal(err)
		}
		shown := map[certificate]*tls.Certificate{}
		keys := map[string]certificate{}
		for which, one := range made.servers {
			shown[which] = &one
			if twin, used := keys[string(one.Leaf.RawSubjectPublicKeyInfo)]; used {
				t.Errorf("tenant %s: %q and %q share a key", name, which, twin)
			}
			keys[string(one.Leaf.RawSubjectPublicKeyInfo)] = which
		}
		for _, at := range []time.Time{now, tenant} {
			for which, one := range shown {
				if over := at.After(one.Leaf.NotAfter); over != (which == expiredCertificate) {
					t.Errorf("tenant %s: is %q over at %s? %v", name, which, at, over)
				}
			}
		}
		if shown[othersCertificate].Leaf.VerifyHostname("127.0.0.1") == nil {
			t.Errorf("tenant %s: the other server's certificate is good for this one", name)
		}
		own := shown[selfSignedCertificate].Leaf
		if err := own.CheckSignature(own.SignatureAlgorithm, own.RawTBSCertificate, own.Signature); err != nil {
			t.Errorf("tenant %s: not signed by itself: %v", name, err)
		}
		if issuer := shown[inspectedCertificate].Leaf.Issuer.CommonName; !strings.Contains(issuer, "inspection") {
			t.Errorf("tenant %s: the device calls itself %q", name, issuer)
		}
	}
}

func TestAStrangerSpeaksFirstAndTakesNoMail(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Scenario: "server-protocol-error-smtp"})
	conn, err := net.Dial("tcp", w.ports.smtp)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	reader := bufio.NewReader(conn)
	if first, err := reader.ReadString('\n'); err != nil || first != "SSH-2.0-OpenSSH_9.9\r\n" {
		t.Fatalf("first words %q, %v", first, err)
	}
	if _, err := io.WriteString(conn, "EHLO client.example\r\n"); err != nil {
		t.Fatal(err)
	}
	_ = conn.SetReadDeadline(time.Now().Add(200 * time.Millisecond))
	if more, err := reader.ReadString('\n'); err == nil {
		t.Errorf("it spoke on: %q", more)
	}
}

func TestManyConnectionsOfOthersKeepThisOneOut(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	for held, want := range map[int]string{maxConnections - 1: "220 ", maxConnections: "421 4.3.2 ", maxConnections + 5: "421 4.3.2 "} {
		w.change(func(s *state) { s.exchange.heldConnections = held })
		conn, err := net.Dial("tcp", w.ports.smtp)
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
		if line, err := bufio.NewReader(conn).ReadString('\n'); err != nil || !strings.HasPrefix(line, want) {
			t.Errorf("%d held: %q, %v", held, line, err)
		}
		_ = conn.Close()
	}
}
