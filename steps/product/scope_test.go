package product

import "testing"

func TestScopeFor(t *testing.T) {
	t.Parallel()
	r := &Route{Scopes: map[Direction]string{Outbound: "https://mail.example/Send offline_access", Inbound: "https://mail.example/Read  offline_access\tprofile"}}
	for name, test := range map[string]struct {
		outbound, inbound bool
		want              string
	}{
		"both":            {true, true, "https://mail.example/Send offline_access https://mail.example/Read profile"},
		"sending alone":   {true, false, "https://mail.example/Send offline_access"},
		"receiving alone": {false, true, "https://mail.example/Read offline_access profile"},
		"neither":         {false, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := r.ScopeFor(test.outbound, test.inbound); got != test.want {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestComputed(t *testing.T) {
	t.Parallel()
	r := &Route{
		Redirect: Redirect{Template: "https://{{host}}/{{tenant}}/return"},
		Scopes:   map[Direction]string{Outbound: "send", Inbound: "read"},
	}
	given := map[string]string{"host": "kb.example", "tenant_id": "contoso.example"}
	got := r.Computed(given, true, false)
	for id, want := range map[string]string{"host": "kb.example", "tenant": "contoso.example", "scope": "send", "redirect": "https://kb.example/contoso.example/return"} {
		if got[id] != want {
			t.Errorf("%s is %q, not %q", id, got[id], want)
		}
	}
	if len(given) != 2 {
		t.Errorf("what was given is changed: %v", given)
	}
	addresses := map[string]string{"outbound": "out@x.example", "inbound": "in@x.example"}
	for name, test := range map[string]struct {
		outbound, inbound bool
		given, want       string
	}{
		"both":                {true, true, "", "out@x.example"},
		"receiving alone":     {false, true, "", "in@x.example"},
		"for another mailbox": {true, true, "more@x.example", "more@x.example"},
	} {
		addresses["mailbox"] = test.given
		if got := r.Computed(addresses, test.outbound, test.inbound)["mailbox"]; got != test.want {
			t.Errorf("mailbox, %s: %s", name, got)
		}
	}
	if got := r.Computed(nil, false, true); got["scope"] != "read" || got["redirect"] != "https://<host>/<tenant>/return" {
		t.Errorf("without values: %v", got)
	}
}
