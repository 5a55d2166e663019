package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// strict decodes one object and fails the test when a field is unknown or a list is null. That
// no field is missing is compared by compareFields.
func strict(t *testing.T, text string, into any) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		t.Fatalf("the output is not the object that was promised: %v\n%s", err, text)
	}
	if decoder.More() {
		t.Errorf("more than one object was printed:\n%s", text)
	}
	if !strings.HasPrefix(text, `{"schema":"mailgrant.`) {
		t.Errorf("schema does not come first: %s", text)
	}
	if strings.Contains(text, ":null") {
		t.Errorf("a value is null: %s", text)
	}
	if strings.Count(strings.TrimRight(text, "\n"), "\n") > 0 {
		t.Errorf("the object is not on one line: %s", text)
	}
}

// The shapes are written down here once more, apart from the program's own types, so that a
// change of those shows.
var shapes = map[string]string{
	"mailgrant.check/1":    "schema connection product route verified state results diagnosis? needs",
	"rotate":               "schema connection product route verified state results diagnosis? needs replaceHere",
	"RESULT":               "probe mailbox server outcome layers diagnosis?",
	"LAYER":                "layer outcome ms detail",
	"DIAGNOSIS":            "cause certainty layer owner summary fixes",
	"FIX":                  "text command? url?",
	"NEED":                 "what owner text command? url?",
	"REPLACE":              "artefact address? place line key",
	"mailgrant.status/1":   "schema connections",
	"STATUS":               "name product tenant secretEnds? daysLeft? lastVerified? state",
	"mailgrant.products/1": "schema products",
	"PRODUCT":              "id name routes",
	"ROUTE":                "id provider transport flow directions status",
	"mailgrant.error/1":    "schema message file? line? column? fix",
	"mailgrant.signin/1":   "schema mailbox userCode verificationUri expiresAt",
}

func TestShapesAreAsPromised(t *testing.T) {
	t.Parallel()
	for name, made := range map[string]any{
		"mailgrant.check/1": checkJSON{}, "rotate": rotateJSON{}, "RESULT": resultJSON{}, "LAYER": layerJSON{},
		"DIAGNOSIS": diagnosisJSON{}, "FIX": fixJSON{}, "NEED": needJSON{}, "REPLACE": replaceJSON{},
		"mailgrant.status/1": statusJSON{}, "STATUS": statusLineJSON{}, "mailgrant.products/1": productsJSON{},
		"PRODUCT": productJSON{}, "ROUTE": routeJSON{}, "mailgrant.error/1": errorJSON{}, "mailgrant.signin/1": signInJSON{},
	} {
		if got := strings.Join(fieldsOf(reflect.TypeOf(made)), " "); got != shapes[name] {
			t.Errorf("%s has the fields\n%s\nwant\n%s", name, got, shapes[name])
		}
	}
}

// fieldsOf are the names in JSON, in order; a question mark follows one that may be left out.
func fieldsOf(made reflect.Type) []string {
	var names []string
	for field := range made.NumField() {
		if made.Field(field).Anonymous {
			names = append(names, fieldsOf(made.Field(field).Type)...)
			continue
		}
		name, option, _ := strings.Cut(made.Field(field).Tag.Get("json"), ",")
		if option == "omitempty" {
			name += "?"
		}
		names = append(names, name)
	}
	return names
}

func TestSetupReportsAsJSON(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	c.want(exitOK, "setup", "--practice", "--route", "ms-mail-cc", "--json")
	var report checkJSON
	strict(t, c.out.String(), &report)
	if len(report.Results) != 3 || report.Connection != "practice-agiloft-cc" || !report.Verified {
		t.Errorf("report is %+v", report)
	}
	for _, result := range report.Results {
		var layers []string
		for _, layer := range result.Layers {
			layers = append(layers, layer.Layer)
		}
		if got := strings.Join(layers, " "); got != "dns tcp tls token claims sasl mailbox send" {
			t.Errorf("%s over %s has the layers %s", result.Mailbox, result.Probe, got)
		}
	}
}

func TestSetupReportsAFailureAsJSON(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	c.want(exitFailed, "setup", "--practice", "--scenario", "secret-expired", "--json")
	var report checkJSON
	strict(t, c.out.String(), &report)
	if report.Diagnosis == nil || report.Diagnosis.Cause != "secret-expired" || len(report.Diagnosis.Fixes) == 0 {
		t.Errorf("report is %+v", report)
	}
	if report.Verified || report.State != "draft" || len(report.Results) != 0 {
		t.Errorf("a failure before any test is told as %+v", report)
	}
}

func TestStatusAsJSON(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	c.want(exitOK, "status", "--json")
	var none statusJSON
	strict(t, c.out.String(), &none)
	if err := os.MkdirAll(filepath.Join(c.home, "drafts"), 0o700); err != nil {
		t.Fatal(err)
	}
	draft := "product: agiloft\nroute: ms-mail-cc\nname: contoso\ntenant: contoso.example\nsecretEnds: 2026-12-24\n"
	if err := os.WriteFile(filepath.Join(c.home, "drafts", "contoso.yaml"), []byte(draft), 0o600); err != nil {
		t.Fatal(err)
	}
	for now, want := range map[string]struct{ days, code int }{
		"2026-11-01T12:00:00Z":      {53, exitOK},
		"2026-11-24T00:00:00Z":      {30, exitNeedsPerson},
		"2026-12-24T23:59:59Z":      {0, exitNeedsPerson},
		"2026-12-25T00:00:00Z":      {-1, exitNeedsPerson},
		"2026-12-25T00:30:00+02:00": {0, exitNeedsPerson}, // still the 24th in UTC
	} {
		c.env["MAILGRANT_NOW"] = now
		c.want(want.code, "status", "--json")
		var status statusJSON
		strict(t, c.out.String(), &status)
		if len(status.Connections) != 1 || status.Connections[0].DaysLeft == nil || *status.Connections[0].DaysLeft != want.days {
			t.Errorf("at %s the status is %s, want %d days left", now, c.out.String(), want.days)
		}
		holds(t, "standard error", c.talk.String(), "MAILGRANT_NOW")
	}
}

func TestProductsAsJSON(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	for _, args := range [][]string{{"products", "--json"}, {"products", "show", "agiloft", "--json"}} {
		c.want(exitOK, args...)
		var products productsJSON
		strict(t, c.out.String(), &products)
		first := routeJSON{"ms-mail-cc", "microsoft", "imap_smtp", "client_credentials", []string{"outbound", "inbound"}, "current"}
		if len(products.Products) == 0 || products.Products[0].ID != "agiloft" || !reflect.DeepEqual(products.Products[0].Routes[0], first) {
			t.Errorf("%v printed %s", args, c.out.String())
		}
	}
}

// TestPracticeAsJSON starts the verb, reads its one line while it runs on, and ends it as a
// signal would.
func TestPracticeAsJSON(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	place := c.terminal()
	reader, writer := io.Pipe()
	place.out = writer
	ctx, interrupt := context.WithCancel(context.Background())
	defer interrupt()
	ended := make(chan int, 1)
	go func() {
		ended <- runUntil(ctx, []string{"practice", "--json"}, place)
		_ = writer.Close()
	}()
	var described map[string]json.RawMessage
	if err := json.NewDecoder(reader).Decode(&described); err != nil {
		t.Fatal(err)
	}
	want := "schema tenant clientId clientSecret objectId users mailboxes deviceLogin control endpoints google answers scenarios"
	for _, name := range strings.Fields(want) {
		if len(described[name]) == 0 || bytes.Equal(described[name], []byte("null")) {
			t.Errorf("field %s is missing", name)
		}
		delete(described, name)
	}
	if len(described) > 0 {
		t.Errorf("fields that nobody promised: %v", described)
	}
	select {
	case code := <-ended:
		t.Fatalf("the tenant ended by itself with %d", code)
	default:
	}
	interrupt()
	go func() { _, _ = io.Copy(io.Discard, reader) }()
	select {
	case code := <-ended:
		if code != exitOK {
			t.Errorf("interrupted, it ended with %d, want 0", code)
		}
	case <-time.After(time.Minute):
		t.Fatal("interrupted, it did not end")
	}
}

func TestUsageErrorsAsJSON(t *testing.T) {
	t.Parallel()
	c := newConsole(t)
	for _, args := range []string{
		"nosuch --json", "setup --nosuch --json", "check --json", "check nobody --json", "rotate nobody --json", "rotate --json",
		"setup --answers nowhere.yaml --json", "setup nothing --json", "setup --scenario healthy --json", "setup --json",
		"setup --practice --scenario nothing --json", "setup --practice --route nothing --json", "status --within soon --json",
		"products show nothing --json", "practice --scenario nothing --json", "practice --port-base 70000 --json",
		"setup --wait -1s --json", "check --wait -1s --json", "setup --store cupboard --json=true",
	} {
		c.want(exitUsage, strings.Fields(args)...)
		var told errorJSON
		strict(t, c.out.String(), &told)
		if told.Schema != "mailgrant.error/1" || told.Message == "" || told.Fix == "" {
			t.Errorf("%s printed %s", args, c.out.String())
		}
		if c.talk.String() != "" {
			t.Errorf("%s said the same on standard error: %s", args, c.talk.String())
		}
	}
}
