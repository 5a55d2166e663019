package main

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// appToken asks a tenant for a token as the product would.
func appToken(t *testing.T, d *tenant) string {
	t.Helper()
	described := d.Describe()
	_, text, err := d.post(described.Endpoints.Authority+described.Tenant+"/oauth2/v2.0/token", url.Values{
		"grant_type": {"client_credentials"}, "client_id": {described.ClientID}, "client_secret": {described.ClientSecret},
		"scope": {"https://outlook.office365.com/.default"},
	})
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		Token string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(text), &answer); err != nil || answer.Token == "" {
		t.Fatalf("%v: %s", err, text)
	}
	return answer.Token
}

func TestProbeByHand(t *testing.T) {
	t.Parallel()
	d := newTenant(t, "mailbox-permission-missing-imap")
	token := appToken(t, d)
	ends := d.Describe().Endpoints
	for _, c := range []struct {
		name   string
		args   []string
		code   int
		failed string // layer
		causes []string
	}{
		{"imap opens the inbox", []string{"imap", "--server", ends.IMAP, "--mailbox", "contracts@contoso.example"}, exitOK, "", nil},
		{"imap without a right on the mailbox", []string{"imap", "--server", ends.IMAP, "--mailbox", "sourcing@contoso.example"}, exitFailed, "mailbox", []string{"mailbox-permission-missing"}},
		{"smtp signs in and sends nothing", []string{"smtp", "--server", ends.SMTP, "--mailbox", "crm@contoso.example"}, exitOK, "", nil},
		{"smtp sends one message", []string{"smtp", "--server", ends.SMTP, "--mailbox", "crm@contoso.example", "--send-to", "contracts@contoso.example"}, exitOK, "", nil},
		{"nothing listens", []string{"pop3", "--server", "pop3s://127.0.0.1:1", "--mailbox", "crm@contoso.example"}, exitFailed, "tcp", []string{"network-blocked"}},
		{"graph where a mail server is", []string{"graph", "--server", strings.Replace(ends.SMTP, "smtp", "https", 1) + "/v1.0", "--mailbox", "crm@contoso.example"}, exitFailed, "tls", []string{"smtp-tls-mode-mismatch", "server-protocol-error"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			console := newConsole(t)
			console.input = token + "\n"
			trace := filepath.Join(t.TempDir(), "trace.txt")
			args := append([]string{"probe"}, c.args...)
			console.want(c.code, append(args, "--token-stdin", "--ca-file", ends.CAFile, "--json", "--trace", trace)...)
			var result probeJSON
			if err := json.Unmarshal([]byte(console.out.String()), &result); err != nil {
				t.Fatalf("%v: %s", err, console.out.String())
			}
			if result.Schema != "mailgrant.probe/1" || len(result.Layers) != 8 || result.Probe != c.args[0] {
				t.Errorf("%+v", result)
			}
			for _, layer := range result.Layers {
				if (layer.Outcome == "failed") != (layer.Layer == c.failed) {
					t.Errorf("layer %s is %s: %s", layer.Layer, layer.Outcome, layer.Detail)
				}
			}
			if c.failed != "" && (result.Diagnosis == nil || !strings.Contains(" "+strings.Join(c.causes, " ")+" ", " "+result.Diagnosis.Cause+" ")) {
				t.Errorf("diagnosed as %+v, want one of %v", result.Diagnosis, c.causes)
			}
			said, err := os.ReadFile(trace)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(said)+console.out.String()+console.talk.String(), token) {
				t.Error("the token was written")
			}
		})
	}
}

func TestProbeCalledWrongly(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, token, want string
		args              []string
	}{
		{"no protocol", "t", "one of: imap", nil},
		{"another protocol", "t", "one of: imap", []string{"nntp"}},
		{"no server", "t", "--server", []string{"imap", "--mailbox", "a@b.example", "--token-stdin"}},
		{"no mailbox", "t", "--mailbox", []string{"imap", "--server", "imaps://h", "--token-stdin"}},
		{"no token", "", "missing", []string{"imap", "--server", "imaps://h", "--mailbox", "a@b.example", "--token-stdin"}},
		{"token not asked for", "t", "--token-stdin", []string{"imap", "--server", "imaps://h", "--mailbox", "a@b.example"}},
		{"word Bearer before the token", "Bearer t", "without the word Bearer", []string{"imap", "--server", "imaps://h", "--mailbox", "a@b.example", "--token-stdin"}},
		{"server of another protocol", "t", "URL of that protocol", []string{"imap", "--server", "smtp://h", "--mailbox", "a@b.example", "--token-stdin"}},
		{"message over imap", "t", "send over smtp", []string{"imap", "--server", "imaps://h", "--mailbox", "a@b.example", "--token-stdin", "--send-to", "c@d.example"}},
		{"authority that is no file", "t", "PEM file", []string{"imap", "--server", "imaps://h", "--mailbox", "a@b.example", "--token-stdin", "--ca-file", "nowhere.pem"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			console := newConsole(t)
			console.input = c.token
			console.want(exitUsage, append([]string{"probe"}, c.args...)...)
			holds(t, "the complaint", console.talk.String(), c.want)
		})
	}
}
