//go:build realmail

package main

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mailgrant/mailgrant/providers/practice"
	"github.com/mailgrant/mailgrant/steps/product"
)

// realmail is the description that the start script of Dovecot and Postfix leaves in the folder
// that REALMAIL_STATE names.
type realmail struct {
	Addr  string         `json:"addr"`
	Ports map[string]int `json:"ports"`
	CA    string         `json:"ca"`
	Token struct {
		Key      string            `json:"key"`
		KeyID    string            `json:"kid"`
		Issuer   string            `json:"issuer"`
		Audience string            `json:"audience"`
		Scopes   map[string]string `json:"scopes"`
	} `json:"token"`
}

func realServers(t *testing.T) realmail {
	t.Helper()
	state := os.Getenv("REALMAIL_STATE")
	if state == "" {
		t.Fatal("REALMAIL_STATE is not set: start the real mail servers and name their state folder")
	}
	text, err := os.ReadFile(filepath.Join(state, "realmail.json"))
	if err != nil {
		t.Fatal(err)
	}
	var servers realmail
	if err := json.Unmarshal(text, &servers); err != nil {
		t.Fatal(err)
	}
	return servers
}

// realTenant is a practice authority whose tokens Dovecot and Postfix accept.
func realTenant(t *testing.T, servers realmail, outbound string, inbound []string, claims map[string]any) *tenant {
	t.Helper()
	text, err := os.ReadFile(servers.Token.Key)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text)
	if block == nil {
		t.Fatal("the signing key is not PEM")
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	claims["scope"] = strings.Join([]string{servers.Token.Scopes["imap"], servers.Token.Scopes["smtp"], servers.Token.Scopes["pop3"]}, " ")
	options := practice.Options{
		Dir: t.TempDir(), PollInterval: time.Second, SigningKey: key.(*rsa.PrivateKey), KeyID: servers.Token.KeyID,
		Issuer: servers.Token.Issuer, Audience: servers.Token.Audience, ExtraClaims: claims,
	}
	options.Mailboxes.Outbound.Address = outbound
	for _, address := range inbound {
		options.Mailboxes.Inbound = append(options.Mailboxes.Inbound, practice.Mailbox{Address: address, Table: "Contract"})
	}
	started, err := practice.Start(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = started.Close() })
	opened, err := withBrowser(started)
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

// realAnswers is an answers file that takes the sign-in service from the tenant and the mail
// servers from elsewhere.
func realAnswers(t *testing.T, servers realmail, tenant *tenant, route string) string {
	t.Helper()
	folder := t.TempDir()
	described := tenant.Describe()
	var both bytes.Buffer
	for _, file := range []string{described.Endpoints.CAFile, servers.CA} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		both.Write(text)
		both.WriteByte('\n')
	}
	if err := os.WriteFile(filepath.Join(folder, "ca.pem"), both.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	written := papers{tenant.Tenant, product.Embedded()}
	known, found, err := written.find("", route)
	if err != nil {
		t.Fatal(err)
	}
	answers := written.answers(known, found)
	answers.Endpoints.POP3 = fmt.Sprintf("pop3s://%s:%d", servers.Addr, servers.Ports["pop3s"])
	answers.Endpoints.IMAP = fmt.Sprintf("imaps://%s:%d", servers.Addr, servers.Ports["imaps"])
	answers.Endpoints.SMTP = fmt.Sprintf("smtp://%s:%d", servers.Addr, servers.Ports["smtp"])
	answers.Endpoints.CAFile = "ca.pem"
	text, err := json.Marshal(answers)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "answers.yaml")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// headlessRun runs the program without a terminal and with an encrypted file as its store.
func headlessRun(t *testing.T, tenant *tenant, secret string, args ...string) (code int, result checkJSON, talk string) {
	t.Helper()
	home := t.TempDir()
	environment := map[string]string{"MAILGRANT_HOME": home, "MAILGRANT_STORE": "file", "MAILGRANT_PASSPHRASE": "for this test"}
	var out bytes.Buffer
	approving := newApprover(t, tenant)
	code = run(args, &terminal{
		in: strings.NewReader(secret), out: &out, talk: approving,
		getenv: func(name string) string { return environment[name] },
	})
	if err := json.Unmarshal(out.Bytes(), &result); err != nil {
		t.Fatalf("exit code %d, %v\n%s\n%s", code, err, out.String(), approving.String())
	}
	if secret != "" && strings.Contains(out.String()+approving.String(), secret) {
		t.Error("the client secret was printed")
	}
	return code, result, approving.String()
}

// A whole set-up as the product itself: one token, one mailbox for both directions, since
// Dovecot demands the mailbox's name in the token.
func TestRealAppOnly(t *testing.T) {
	servers := realServers(t)
	const alice = "alice@example.test"
	tenant := realTenant(t, servers, alice, []string{alice}, map[string]any{"upn": alice})
	file := realAnswers(t, servers, tenant, practice.RouteAppOnly)
	code, result, talk := headlessRun(t, tenant, tenant.Describe().ClientSecret,
		"setup", "--answers", file, "--secret-stdin", "--json", "--send-to", alice)
	if code != exitOK || !result.Verified || len(result.Results) != 2 {
		t.Fatalf("exit code %d, %+v\n%s", code, result, talk)
	}
}

// A whole set-up with sign-ins: every mailbox has a token of its own.
func TestRealDelegated(t *testing.T) {
	servers := realServers(t)
	tenant := realTenant(t, servers, "alice@example.test", []string{"bob@example.test"}, map[string]any{})
	file := realAnswers(t, servers, tenant, practice.RouteDevice)
	code, result, talk := headlessRun(t, tenant, "",
		"setup", "--answers", file, "--json", "--wait", "1m", "--send-to", "bob@example.test")
	if code != exitOK || !result.Verified {
		t.Fatalf("exit code %d, %+v\n%s", code, result, talk)
	}
}

// A whole set-up of a product that reads by POP3 and finishes the sign-in itself.
func TestRealPOP3(t *testing.T) {
	servers := realServers(t)
	tenant := realTenant(t, servers, "alice@example.test", []string{"bob@example.test"}, map[string]any{})
	file := realAnswers(t, servers, tenant, practice.RoutePOPCode)
	code, result, talk := headlessRun(t, tenant, tenant.Describe().ClientSecret,
		"setup", "--answers", file, "--secret-stdin", "--json", "--wait", "1m", "--send-to", "bob@example.test")
	if code != exitOK || !result.Verified || len(result.Results) != 2 || result.Results[1].Probe != "pop3" {
		t.Fatalf("exit code %d, %+v\n%s", code, result, talk)
	}
}

// On real servers all bad tokens look alike, so a set of causes is right.
func TestRealRefusals(t *testing.T) {
	servers := realServers(t)
	const alice = "alice@example.test"
	for _, c := range []struct {
		name   string
		claims map[string]any
		causes []string
	}{
		{"token for another mailbox", map[string]any{"upn": "mallory@example.test"},
			[]string{"service-principal-missing", "service-principal-object-id-wrong", "mailbox-permission-missing", "wrong-user-signed-in"}},
		{"token for another API", map[string]any{"upn": alice, "aud": "https://graph.microsoft.com"}, []string{"token-audience-wrong"}},
		{"token that has ended", map[string]any{"upn": alice, "exp": 1700000000}, []string{"access-token-expired"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			tenant := realTenant(t, servers, alice, []string{alice}, c.claims)
			file := realAnswers(t, servers, tenant, practice.RouteAppOnly)
			code, result, talk := headlessRun(t, tenant, tenant.Describe().ClientSecret, "setup", "--answers", file, "--secret-stdin", "--json")
			if code != exitFailed || result.Verified || len(result.Results) == 0 {
				t.Fatalf("exit code %d, %+v\n%s", code, result, talk)
			}
			for _, one := range result.Results {
				if one.Diagnosis == nil || !slices.Contains(c.causes, one.Diagnosis.Cause) {
					t.Errorf("%s is diagnosed as %+v, want one of %v", one.Probe, one.Diagnosis, c.causes)
				}
			}
		})
	}
}
