package steps

import (
	"testing"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

// provedState is a state with something in every place that a change may have to empty.
func provedState(t *testing.T) State {
	t.Helper()
	w := newWorld(t)
	state, err := w.walk(t.Context(), w.state(routeApp), StepVerified)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func proofs(s State) int {
	n := 0
	for _, is := range []bool{s.Checklist != nil, s.Results != nil, s.Texts != nil, s.Verified != nil, s.Saved != nil} {
		if is {
			n++
		}
	}
	return n
}

func TestChangedAnswersForgetWhatWasProved(t *testing.T) {
	t.Parallel()
	state := provedState(t)
	cases := []struct {
		name    string
		changed State
		proofs  int
		route   bool
		tenant  bool
	}{
		{"the same answer again", state.With(KeyTenant, testTenant), 5, true, true},
		{"another table", state.With("mailboxes.inbound.0.table", "Other"), 0, true, true},
		{"another tenant", state.With(KeyTenant, "contoso.example"), 0, true, false},
		{"another route", state.With(KeyRoute, routePerson), 0, false, false},
		{"the same secret", state.WithSecret(keychain.NewSecret(testSecret)), 5, true, true},
		{"another secret", state.WithSecret(keychain.NewSecret(newSecret)), 0, true, true},
		{"back, with nothing changed", state.Keeping(state), 5, true, true},
		{"back, with a table changed later", state.Keeping(state.With("mailboxes.inbound.0.table", "Other")), 0, true, true},
		{"back, with a secret changed later", state.Keeping(state.WithSecret(keychain.NewSecret(newSecret))), 0, true, true},
		{"back, with a tenant changed later", state.Keeping(state.With(KeyTenant, "contoso.example")), 0, true, false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := proofs(tc.changed); got != tc.proofs {
				t.Errorf("%d proofs are left, want %d", got, tc.proofs)
			}
			if (tc.changed.Route != nil) != tc.route || (tc.changed.Tenant != nil) != tc.tenant {
				t.Errorf("route %v, tenant %v", tc.changed.Route != nil, tc.changed.Tenant != nil)
			}
			if len(tc.changed.Grants.made) != 1 {
				t.Error("the token is gone")
			}
		})
	}
	if proofs(state) != 5 {
		t.Error("the state itself changed")
	}
}

func TestGoingBackKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	early := State{}.With(KeyProduct, "agiloft")
	late := early.With(KeyTenant, "contoso.example").WithSecret(keychain.NewSecret(testSecret))
	back := early.Keeping(late)
	if back.Answers.Tenant != "contoso.example" || back.Secret().Reveal() != testSecret {
		t.Errorf("%+v", back.Answers)
	}
}

func TestSecretsAreNeverGivenAsValues(t *testing.T) {
	t.Parallel()
	state := State{}.WithSecret(keychain.NewSecret(testSecret))
	hidden := Question{Key: KeySecret, Kind: Hidden}
	if state.Value(hidden) != "" || !state.Has(hidden) || (State{}).Has(hidden) {
		t.Error("a hidden question shows its value, or does not know whether it has one")
	}
	if got := state.Value(Question{Key: KeyTenant, Default: "x"}); got != "x" {
		t.Errorf("default %q", got)
	}
}

func TestTokenOfOtherAnswersIsNeverFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	plan := w.plan(routePerson)
	signIn := plan.SignIns[0]
	grants := Grants{}.with(keyOf(plan, signIn.Account, signIn.Scopes...), Grant{Grant: providers.Grant{Expires: testNow}})
	if _, found := grants.For(plan, plan.Tests[0]); !found {
		t.Fatal("not found for its own plan")
	}
	for _, edit := range []func(Answers) Answers{with(KeyTenant, "other.example"), with(KeyClientID, testObject), with(KeyOutboundAs, "svc@contoso.example")} {
		other, err := NewPlan(w.road.Catalogue, edit(w.answers(routePerson)))
		if err != nil {
			t.Fatal(err)
		}
		if _, found := grants.For(other, other.Tests[0]); found {
			t.Errorf("found for %+v", other.answers)
		}
	}
	if len(grants.Alive(testNow.Add(1)).made) != 0 || len(grants.Alive(testNow).made) != 1 {
		t.Error("a token that has ended is alive")
	}
	if len(grants.without(plan, plan.Tests[0]).made) != 0 || len(grants.made) != 1 {
		t.Error("dropping a token left it, or changed the receiver")
	}
}
