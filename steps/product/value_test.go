package product

import (
	"slices"
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/steps/spelling"
)

func TestValueCheck(t *testing.T) {
	t.Parallel()
	p := loadAgiloft(t)
	for name, test := range map[string]struct{ id, text, want string }{
		"client ID":                   {"client_id", "11111111-2222-3333-4444-555555555555", ""},
		"client ID cut off":           {"client_id", "11111111-2222-3333-4444-55555555555", `Application (client) ID "11111111-2222-3333-4444-55555555555" is not a GUID: it has the form 11111111-2222-3333-4444-555555555555`},
		"client ID missing":           {"client_id", " ", "Application (client) ID is missing"},
		"object ID not known yet":     {"object_id", "", ""},
		"object ID wrong":             {"object_id", "x", `Object ID of the enterprise application "x" is not a GUID: it has the form 11111111-2222-3333-4444-555555555555`},
		"secret":                      {"client_secret", "abc8Q~not-a-real-secret-0123456789", ""},
		"secret ID for the secret":    {"client_secret", "11111111-2222-3333-4444-555555555555", "Client secret, Value has the form of an ID: an ID stands beside the value and is not the value itself"},
		"secret cut off":              {"client_secret", "abc8Q~", "Client secret, Value is shorter than 16 characters: it may have been cut off when it was copied"},
		"secret with a line end":      {"client_secret", "abc8Q~not-a-real-secret\n0123456789", "Client secret, Value has a line end in it: it must be one line"},
		"secret missing":              {"client_secret", "", "Client secret, Value is missing"},
		"address":                     {"outbound", "crm@contoso.example", ""},
		"address with a name":         {"outbound", "CRM <crm@contoso.example>", `Outbound address: mail address "CRM <crm@contoso.example>" is not of the form name@domain`},
		"origin":                      {"base_kb_uri", "https://example.agiloft.com", ""},
		"origin with a port":          {"base_kb_uri", "https://kb.example:8443", ""},
		"origin with a slash":         {"base_kb_uri", "https://example.agiloft.com/", `Base URL of the knowledge base "https://example.agiloft.com/" has something besides the host: write https://example.agiloft.com`},
		"origin with a path":          {"base_kb_uri", "https://example.agiloft.com/gui2/login.jsp", `Base URL of the knowledge base "https://example.agiloft.com/gui2/login.jsp" has something besides the host: write https://example.agiloft.com`},
		"origin with a query":         {"base_kb_uri", "https://example.agiloft.com?a=b", `Base URL of the knowledge base "https://example.agiloft.com?a=b" has something besides the host: write https://example.agiloft.com`},
		"origin without encryption":   {"base_kb_uri", "http://example.agiloft.com", `Base URL of the knowledge base "http://example.agiloft.com" is not of the form https://host`},
		"origin with a user":          {"base_kb_uri", "https://a:b@example.agiloft.com", `Base URL of the knowledge base "https://a:b@example.agiloft.com" is not of the form https://host`},
		"origin without scheme":       {"base_kb_uri", "example.agiloft.com", `Base URL of the knowledge base "example.agiloft.com" is not of the form https://host`},
		"date":                        {"secret_expires", "2028-11-20", ""},
		"date left out":               {"secret_expires", "", ""},
		"date in another order":       {"secret_expires", "20.11.2028", `Client secret ends on "20.11.2028" is not a date of the form 2028-11-20`},
		"date that does not exist":    {"secret_expires", "2027-02-29", `Client secret ends on "2027-02-29" is not a date of the form 2028-11-20`},
		"any text":                    {"table", "Sourcing Event", ""},
		"escape sequence in a text":   {"client_id", "\x1b[31mred", `Application (client) ID "[31mred" is not a GUID: it has the form 11111111-2222-3333-4444-555555555555`},
		"optional text with line end": {"folder", "INBOX\nx", "Folder has a line end in it: it must be one line"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v, ok := p.Value(test.id)
			if !ok {
				t.Fatalf("no value %s", test.id)
			}
			got := ""
			if err := v.Check(test.text); err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if v.Secret && len(test.text) > 10 && strings.Contains(got, test.text) {
				t.Error("the error shows the secret")
			}
		})
	}
}

func TestSay(t *testing.T) {
	t.Parallel()
	values := map[string]string{"a": "1", "b": "{{a}}", "empty": ""}
	for text, want := range map[string]string{
		"": "", "no placeholder": "no placeholder", "x {{a}} y": "x 1 y", "{{a}}{{a}}": "11", "{{b}}": "{{a}}", "{{c}}": "<c>", "{{empty}}": "<empty>",
		"{{ a }}": "{{ a }}", "{{a": "{{a", "{{": "{{", "}}": "}}", "{{}}": "{{}}", "{{{a}}": "{{{a}}", "${a}": "${a}", "{{A}}": "{{A}}",
	} {
		if got := Say(text, values); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got := mentions("{{a}} {{ }} {{b_1}} {{a}} {{"); !slices.Equal(got, []string{"a", "b_1", "a"}) {
		t.Errorf("mentions %v", got)
	}
	if got := (Redirect{Template: "{{base}}/x"}).URI(map[string]string{"base": "https://h"}); got != "https://h/x" {
		t.Errorf("URI %s", got)
	}
}

func TestNear(t *testing.T) {
	t.Parallel()
	known := []string{"setup", "check", "status", "Status", "practice"}
	for word, want := range map[string][]string{
		"setpu": {"setup"}, "SETUP": {"setup"}, "chekc": {"check"}, "stat": {"status"}, "prac": {"practice"}, "xyz": nil, "": nil, "ch": nil, strings.Repeat("a", 100000): nil,
	} {
		if got := spelling.Near(word, known); !slices.Equal(got, want) {
			t.Errorf("%.10q: %v, want %v", word, got, want)
		}
	}
}

func TestValueCheckByKind(t *testing.T) {
	t.Parallel()
	options := []Option{{Value: "imap", Label: "IMAP"}, {Value: "pop3", Label: "POP3"}}
	for name, test := range map[string]struct{ kind, text, want string }{
		"address of a page":         {"url", "https://login.microsoftonline.com/", ""},
		"address with a query":      {"url", "http://host.example:8080/a?b=c", ""},
		"address without a host":    {"url", "https:///path", "It is not an address of the form https://host/path"},
		"address without a scheme":  {"url", "host.example/path", "It is not an address of the form https://host/path"},
		"address of another kind":   {"url", "javascript:alert(1)", "It is not an address of the form https://host/path"},
		"address with a password":   {"url", "https://me:pass@host.example/", "It has a user name in it: leave out everything before the @"},
		"address that is broken":    {"url", "https://host.example/%zz", "It is not an address of the form https://host/path"},
		"choice":                    {"choice", "pop3", ""},
		"choice that is not there":  {"choice", "POP3", `It "POP3" is not one of its choices: imap, pop3`},
		"path":                      {"path", "/opt/tomcat conf/workers", ""},
		"path with a control":       {"path", "/opt\x00/x", "It has a control character in it: type it anew"},
		"path missing":              {"path", "", "It is missing"},
		"path with a line end":      {"path", "/opt\n/x", "It has a line end in it: it must be one line"},
		"password in the complaint": {"url", "https://me:pass word@host.example/", "It is not an address of the form https://host/path"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := ""
			if err := (Value{Label: "It", Kind: test.kind, Options: options}).Check(test.text); err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}
