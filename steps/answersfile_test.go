package steps

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/steps/product"
	"github.com/mailgrant/mailgrant/steps/strictyaml"
)

const answersText = `product: agiloft
route: ms-mail-device
name: contoso-agiloft
cloud: public
tenant: contoso.example
clientId: 11111111-2222-3333-4444-555555555555
mailboxes:
  outbound: {address: crm@contoso.example, signedInAs: svc@contoso.example}
  inbound:
    - contracts@contoso.example
    - {address: invoices@contoso.example, table: Invoice, folder: INBOX/New}
values: {base_kb_uri: "https://kb.example"}
secretEnds: 2028-11-20
sendTo: crm@contoso.example
confirmed: [smtp-auth-on]
store: keychain
endpoints:
  authority: https://127.0.0.1:8443/
  imap: imaps://127.0.0.1:10993
  smtp: smtp://127.0.0.1:10587
  caFile: ca.pem
`

func answersFile(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "answers.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAnswersFile(t *testing.T) {
	t.Parallel()
	path := answersFile(t, answersText)
	answers, err := ReadAnswers(path)
	if err != nil {
		t.Fatal(err)
	}
	want := Answers{
		Product: "agiloft", Route: routePerson, Name: "contoso-agiloft", Cloud: "public", Tenant: "contoso.example", ClientID: testClient, SecretEnds: "2028-11-20",
		Mailboxes: MailboxAnswers{
			Outbound: &MailboxAnswer{Address: "crm@contoso.example", SignedInAs: "svc@contoso.example"},
			Inbound:  []MailboxAnswer{{Address: "contracts@contoso.example"}, {Address: "invoices@contoso.example", Table: "Invoice", Folder: "INBOX/New"}},
		},
		Values: map[string]string{"base_kb_uri": "https://kb.example"}, SendTo: "crm@contoso.example", Confirmed: []string{"smtp-auth-on"}, Store: "keychain",
		Endpoints: EndpointAnswers{Authority: "https://127.0.0.1:8443/", IMAP: "imaps://127.0.0.1:10993", SMTP: "smtp://127.0.0.1:10587", CAFile: filepath.Join(filepath.Dir(path), "ca.pem")},
	}
	if !reflect.DeepEqual(answers, want) {
		t.Errorf("read\n%+v, want\n%+v", answers, want)
	}
	if _, err := NewPlan(product.Embedded(), answers); err != nil {
		t.Error(err)
	}
}

func TestAnswersFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	change := func(old, with string) string {
		if strings.Count(answersText, old) != 1 {
			t.Fatalf("%q does not occur once", old)
		}
		return strings.Replace(answersText, old, with, 1)
	}
	cases := []struct {
		name         string
		text         string
		line, column int
	}{
		{"unknown key", change("store:", "shop:"), 16, 1},
		{"unknown key of a mailbox", change("folder:", "dir:"), 11, 59},
		{"repeated key", change("cloud: public", "product: agiloft"), 4, 1},
		{"list in place of a text", change("tenant: contoso.example", "tenant: [contoso.example]"), 5, 9},
		{"number in place of a text", change("name: contoso-agiloft", "name: 010"), 3, 7},
		{"text in place of a list", change("[smtp-auth-on]", "smtp-auth-on"), 15, 12},
		{"alias", change("route: ms-mail-device", "route: &r ms-mail-device"), 2, 8},
		{"second document", answersText + "---\nproduct: agiloft\n", 23, 1},
		{"open quote", change(`"https://kb.example"`, `"https://kb.example`), 12, 23},
		{"not UTF-8", change("contracts@", "contr\xffcts@"), 10, 12},
		{"empty", "", 0, 0},
		{"more than 1 MB", answersText + strings.Repeat("#", strictyaml.MaxSize), 0, 0},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			_, err := ReadAnswers(answersFile(t, tc.text))
			var wrong *strictyaml.Error
			if !errors.As(err, &wrong) {
				t.Fatalf("%v", err)
			}
			if wrong.Line != tc.line || wrong.Column != tc.column || wrong.Fix == "" || !strings.HasSuffix(wrong.File, "answers.yaml") {
				t.Errorf("%v; %s", wrong, wrong.Fix)
			}
		})
	}
	var file *FileError
	if _, err := ReadAnswers(filepath.Join(t.TempDir(), "none.yaml")); !errors.As(err, &file) || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that does not exist: %v", err)
	}
	if _, err := ReadAnswers(t.TempDir()); !errors.As(err, &file) {
		t.Errorf("a folder: %v", err)
	}
}

func TestMeaninglessAnswersAreTraced(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, old, with string
		line, column    int
	}{
		{"client ID", "clientId: 1", "clientId: x", 6, 11},
		{"outbound address", "{address: crm@contoso.example,", "{address: crm,", 8, 23},
		{"outbound account", "signedInAs: svc@contoso.example", "signedInAs: svc", 8, 56},
		{"inbound in its short form", "- contracts@contoso.example", "- contracts", 10, 7},
		{"inbound in its long form", "address: invoices@contoso.example", "address: Contracts@contoso.example", 11, 17},
		{"value", "https://kb.example", "kb.example", 12, 23},
		{"value that is not known", "base_kb_uri:", "other: x, base_kb_uri:", 12, 17},
		{"server", "imaps://127.0.0.1:10993", "127.0.0.1", 19, 9},
		{"tick", "[smtp-auth-on]", "[moon]", 15, 12},
		{"name", "name: contoso-agiloft", "name: NUL", 3, 7},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			path := answersFile(t, strings.Replace(answersText, tc.old, tc.with, 1))
			answers, err := ReadAnswers(path)
			if err != nil {
				t.Fatal(err)
			}
			_, err = NewPlan(product.Embedded(), answers)
			var wrong AnswerErrors
			if !errors.As(err, &wrong) {
				t.Fatalf("planned with %v", err)
			}
			var placed *strictyaml.Error
			if !errors.As(wrong.InFile(path), &placed) || placed.Line != tc.line || placed.Column != tc.column {
				t.Errorf("%s at %v, want %d:%d", wrong[0].Key, placed, tc.line, tc.column)
			}
		})
	}
}

func FuzzAnswersFile(f *testing.F) {
	f.Add(answersText)
	f.Add("product: agiloft\nmailboxes: {inbound: [a@b.example, {address: c@d.example}]}\n")
	f.Add("values:\n  a: |\n    b\n")
	f.Add("[[[[")
	catalogue := product.Embedded()
	f.Fuzz(func(t *testing.T, text string) {
		path := answersFile(t, text)
		answers, err := ReadAnswers(path)
		if err != nil {
			var wrong *strictyaml.Error
			if !errors.As(err, &wrong) || wrong.Fix == "" {
				t.Fatalf("%v", err)
			}
			return
		}
		var wrong AnswerErrors
		if _, err := NewPlan(catalogue, answers); errors.As(err, &wrong) {
			_ = wrong.InFile(path)
		} else if err != nil {
			t.Fatal(err)
		}
	})
}
