package practice

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestStartSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	occupied, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer occupied.Close()
	_, port, _ := net.SplitHostPort(occupied.Addr().String())
	base, _ := strconv.Atoi(port)
	cases := map[string]struct {
		options Options
		says    string
	}{
		"no folder":        {Options{Dir: filepath.Join(t.TempDir(), "missing")}, "does not exist"},
		"unknown scenario": {Options{Dir: t.TempDir(), Scenario: "nonsense"}, `scenario "nonsense" is not known`},
		"occupied port":    {Options{Dir: t.TempDir(), PortBase: base}, "choose another port base"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			c.options.SigningKey = testKey()
			tenant, err := Start(c.options)
			if err == nil {
				_ = tenant.Close()
				t.Fatal("started")
			}
			if !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %q does not say %q", err, c.says)
			}
		})
	}
}

func TestPortBaseFixesThePortsInOrder(t *testing.T) {
	t.Parallel()
	// A base is found by asking for free ports; somebody else may take one before it is used, so a
	// few bases are tried.
	for range 20 {
		probe, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		base := probe.Addr().(*net.TCPAddr).Port
		_ = probe.Close()
		if base > 65000 {
			continue
		}
		tenant, err := Start(Options{Dir: t.TempDir(), SigningKey: testKey(), PortBase: base})
		if err != nil {
			continue
		}
		defer tenant.Close()
		for i, address := range []string{tenant.ports.https, tenant.ports.imaps, tenant.ports.imap, tenant.ports.smtp, tenant.ports.control, tenant.ports.pop3s, tenant.ports.pop3} {
			if want := net.JoinHostPort("127.0.0.1", strconv.Itoa(base+i)); address != want {
				t.Errorf("port %d: %s, want %s", i, address, want)
			}
		}
		return
	}
	t.Fatal("no free ports in a row were found")
}

func TestCloseEndsEverything(t *testing.T) {
	before := runtime.NumGoroutine()
	w := &world{T: t}
	t.Run("a busy tenant", func(t *testing.T) {
		busy := practise(t, Options{})
		w.Tenant = busy.Tenant
		token := busy.appToken()
		signed, _ := busy.dialIMAP()
		signed.ask("AUTHENTICATE XOAUTH2 " + xoauth2Response("contracts@contoso.example", token))
		signed.ask("SELECT INBOX")
		signed.send("A9 IDLE")
		signed.line()
		waiting, _ := busy.dialIMAP()
		popping := busy.dialPOP3()
		popping.ask("AUTH XOAUTH2")
		popping.ask(xoauth2Response(contracts, token))
		busy.graphGet("/users/"+contracts+"/messages", busy.graphToken())
		sending, _ := busy.dialSMTP()
		sending.auth("crm@contoso.example", token)
		if err := busy.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
		for name, reader := range map[string]io.Reader{"idle": signed.reader, "waiting": waiting.reader, "popping": popping.reader, "sending": sending.text.R} {
			if _, err := io.Copy(io.Discard, reader); err != nil && !strings.Contains(err.Error(), "reset") {
				t.Errorf("%s: the connection ended with %v", name, err)
			}
		}
	})
	if _, err := net.Dial("tcp", w.ports.control); err == nil {
		t.Error("the control port still answers")
	}
	// The clients' own goroutines end a moment after the connections.
	for range 1000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
		runtime.GC()
	}
	stacks := make([]byte, 1<<20)
	t.Errorf("%d goroutines before, %d after:\n%s", before, runtime.NumGoroutine(), stacks[:runtime.Stack(stacks, true)])
}

func TestCertificateFile(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	file := w.Describe().Endpoints.CAFile
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if !filepath.IsAbs(file) || info.Name() != "ca.pem" {
		t.Errorf("certificate file is %s", file)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o644 {
		t.Errorf("mode %v, want 0644", info.Mode().Perm())
	}
	raw, _ := os.ReadFile(file)
	if strings.Contains(string(raw), "PRIVATE KEY") {
		t.Error("the authority's key is in the file")
	}
	if _, err := http.Get(w.authority()); err == nil {
		t.Error("a client that does not know the authority is served")
	}
}

func TestDescriptionHasExactlyTheDocumentedFields(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	raw, err := json.Marshal(w.Describe())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(raw), `{"schema":"mailgrant.practice/1",`) {
		t.Errorf("begins with %.60s", raw)
	}
	var top map[string]json.RawMessage
	if err := json.Unmarshal(raw, &top); err != nil {
		t.Fatal(err)
	}
	wantKeys(t, "description", top, "answers", "clientId", "clientSecret", "control", "deviceLogin", "endpoints", "google",
		"mailboxes", "objectId", "scenarios", "schema", "tenant", "users")
	var part struct {
		Endpoints map[string]json.RawMessage
		Answers   map[string]map[string]json.RawMessage
		Scenarios []map[string]json.RawMessage
		Users     []map[string]json.RawMessage
	}
	if err := json.Unmarshal(raw, &part); err != nil {
		t.Fatal(err)
	}
	wantKeys(t, "endpoints", part.Endpoints, "authority", "caFile", "ews", "graph", "imap", "pop3", "smtp")
	wantKeys(t, "answers", part.Answers, RouteAppOnly, RouteDevice)
	wantKeys(t, "answers for the application", part.Answers[RouteAppOnly],
		"clientId", "endpoints", "mailboxes", "name", "objectId", "product", "route", "secretEnds", "tenant")
	wantKeys(t, "answers for the device flow", part.Answers[RouteDevice],
		"clientId", "endpoints", "mailboxes", "name", "product", "route", "tenant", "values")
	wantKeys(t, "scenario", part.Scenarios[0], "cause", "layer", "name", "owner", "routes")
	wantKeys(t, "user", part.Users[0], "address", "name")
	if strings.Contains(string(raw), "null") {
		t.Error("a list or a field is null")
	}
	for route, answers := range part.Answers {
		for key, value := range answers {
			if strings.Contains(string(value), w.Describe().ClientSecret) {
				t.Errorf("the secret is in %s of %s", key, route)
			}
		}
	}
	if got := len(part.Users); got != 5 {
		t.Errorf("%d users, want three mailboxes, a bystander and an administrator", got)
	}
}

func wantKeys[V any](t *testing.T, what string, object map[string]V, keys ...string) {
	t.Helper()
	var got []string
	for key := range object {
		got = append(got, key)
	}
	slices.Sort(got)
	slices.Sort(keys)
	if !slices.Equal(got, keys) {
		t.Errorf("%s has %q, want %q", what, got, keys)
	}
}

func TestNotesShowThePlantedMistake(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	right := w.Describe()
	if err := w.Plant("service-principal-object-id-wrong"); err != nil {
		t.Fatal(err)
	}
	if err := w.Plant("secret-id-instead-of-value"); err != nil {
		t.Fatal(err)
	}
	for _, scenario := range []string{"imap-folder-missing", "smtp-tls-mode-mismatch"} {
		if err := w.Plant(scenario); err != nil {
			t.Fatal(err)
		}
	}
	wrong := w.Describe()
	for route, answers := range wrong.Answers {
		if got := answers.Mailboxes.Inbound; got[0].Folder != "" || got[1].Folder != "Contracts 2024" {
			t.Errorf("%s: the folders written down are %q and %q", route, got[0].Folder, got[1].Folder)
		}
		if got := answers.Endpoints.SMTP; got != "smtps://"+w.ports.smtp {
			t.Errorf("%s: the SMTP server written down is %s", route, got)
		}
	}
	if papers := w.Papers(); papers.ObjectID != registrationObjectID || papers.ClientSecret != secretKeyID || papers.Mailboxes.Inbound[1].Folder != "Contracts 2024" || papers.Endpoints.SMTP != "smtps://"+w.ports.smtp {
		t.Errorf("the papers are not the consultant's: %+v", papers)
	}
	if wrong.Mailboxes.Inbound[1].Folder != "" || wrong.Endpoints != right.Endpoints {
		t.Errorf("the mistakes reached what is right: %+v, %+v", wrong.Mailboxes, wrong.Endpoints)
	}
	if wrong.Answers[RouteAppOnly].ObjectID != registrationObjectID || wrong.ObjectID != enterpriseObjectID {
		t.Errorf("object ids %s in the answers, %s at the top", wrong.Answers[RouteAppOnly].ObjectID, wrong.ObjectID)
	}
	if wrong.ClientSecret != secretKeyID {
		t.Errorf("secret written down is %q, want the secret's ID", wrong.ClientSecret)
	}
	if right.Answers[RouteAppOnly].ObjectID != enterpriseObjectID || len(right.ClientSecret) != 40 {
		t.Errorf("a healthy tenant's notes: object id %s, secret of %d characters", right.Answers[RouteAppOnly].ObjectID, len(right.ClientSecret))
	}
}

func TestOtherMailboxes(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{Mailboxes: Mailboxes{
		Outbound: Mailbox{Address: "alice@example.test"},
		Inbound:  []Mailbox{{Address: "bob@example.test", Table: "Contract"}, {Address: "alice@example.test", Table: "Task"}},
	}})
	for _, route := range []string{RouteAppOnly, RouteDevice} {
		compare(t, w.walk(route), nil)
	}
	if got := w.Describe().Answers[RouteDevice].Values["base_kb_uri"]; got != "https://kb.example.test" {
		t.Errorf("knowledge base %q", got)
	}
	if got := w.get("example.test/v2.0/.well-known/openid-configuration"); got.status != http.StatusOK {
		t.Errorf("the mailboxes' domain is not the tenant's: %s", got.text)
	}
}

func TestAConnectionThatOnlySendsMeetsInboundFaultsUnharmed(t *testing.T) {
	t.Parallel()
	for _, boxes := range []Mailboxes{
		{Outbound: Mailbox{Address: "alice@example.test"}},
		{Inbound: []Mailbox{{Address: "alice@example.test"}}},
	} {
		w := practise(t, Options{Mailboxes: boxes})
		for _, scenario := range Scenarios() {
			if err := w.Plant(scenario.Name); err != nil {
				t.Errorf("%s: %v", scenario.Name, err)
			}
		}
	}
}
