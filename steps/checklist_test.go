package steps

import (
	"strings"
	"testing"

	"github.com/mailgrant/mailgrant/providers"
)

func TestChecklist(t *testing.T) {
	t.Parallel()
	readable := func(roles, scopes string) providers.Claims {
		return providers.Claims{Readable: true, Roles: strings.Fields(roles), Scopes: strings.Fields(scopes)}
	}
	cases := []struct {
		name   string
		route  string
		claims *providers.Claims
		want   map[string]LineState
	}{
		{"app: no token yet", routeApp, nil, map[string]LineState{"IMAP.AccessAsApp": Open, "SMTP.SendAsApp": Open, "openid": Unneeded, "IMAP.AccessAsUser.All": Unneeded, "User.Read": Unneeded}},
		{"app: token that cannot be read", routeApp, &providers.Claims{}, map[string]LineState{"IMAP.AccessAsApp": Open, "SMTP.SendAsApp": Open}},
		{"app: everything granted", routeApp, ptr(readable("IMAP.AccessAsApp SMTP.SendAsApp", "")), map[string]LineState{"IMAP.AccessAsApp": Granted, "SMTP.SendAsApp": Granted}},
		{"app: one missing", routeApp, ptr(readable("IMAP.AccessAsApp", "")), map[string]LineState{"IMAP.AccessAsApp": Granted, "SMTP.SendAsApp": Missing}},
		{"app: one too many", routeApp, ptr(readable("IMAP.AccessAsApp SMTP.SendAsApp full_access_as_app", "")), map[string]LineState{"full_access_as_app": Surplus}},
		{"person: everything granted", routePerson, ptr(readable("", "SMTP.Send IMAP.AccessAsUser.All openid profile email")), map[string]LineState{"SMTP.Send": Granted, "IMAP.AccessAsUser.All": Granted, "openid": Granted, "offline_access": Open}},
		{"person: one missing", routePerson, ptr(readable("", "SMTP.Send")), map[string]LineState{"SMTP.Send": Granted, "IMAP.AccessAsUser.All": Missing}},
		{"person: one too many", routePerson, ptr(readable("", "SMTP.Send IMAP.AccessAsUser.All Mail.ReadWrite")), map[string]LineState{"Mail.ReadWrite": Surplus}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			plan := w.plan(tc.route)
			var grants Grants
			for _, test := range plan.Tests {
				if key, ok := keyFor(plan, test); ok && tc.claims != nil {
					grants = grants.with(key, Grant{Grant: providers.Grant{Claims: *tc.claims}})
				}
			}
			lines := map[string]Line{}
			for _, line := range checklist(plan, grants, testNow) {
				if old, twice := lines[line.Permission.Name]; twice {
					t.Errorf("%s stands there as %s and as %s", line.Permission.Name, old.State, line.State)
				}
				lines[line.Permission.Name] = line
				if line.Evidence == "" || line.Resource() == "" || !strings.Contains(line.Clicks(), line.Permission.Name) {
					t.Errorf("%+v", line)
				}
			}
			for name, want := range tc.want {
				if got := lines[name].State; got != want {
					t.Errorf("%s is %q, want %q", name, got, want)
				}
			}
		})
	}
}

func ptr[T any](value T) *T { return &value }

func TestChecklistIsOfTheDirectionsInUse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	plan, err := w.road.plan(w.answers(routeApp).With(KeyOutbound, ""))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range checklist(plan, Grants{}, testNow) {
		if line.Permission.Name == "SMTP.SendAsApp" {
			t.Error("a permission to send is wanted although nothing is sent")
		}
	}
}

func TestPermissionsAreAskedForAnewWhenOneIsMissing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.entra.claims = func(scope string, user providers.Address) providers.Claims {
		claims := fullClaims(scope, user)
		claims.Roles = claims.Roles[:1]
		return claims
	}
	state, err := w.walk(t.Context(), w.state(routeApp), StepRegistration)
	if err != nil || !anyMissing(state.Checklist) {
		t.Fatalf("%v %v", state.Checklist, err)
	}
	w.entra.claims = fullClaims
	state, err = permissionStep{w.road}.Do(t.Context(), state, w.emit)
	if err != nil || anyMissing(state.Checklist) || w.entra.asked("app https://outlook.office365.com/.default anew=true") != 1 {
		t.Errorf("%v %v: %v", state.Checklist, err, w.entra.log)
	}
	if state, err = (permissionStep{w.road}).Do(t.Context(), state, w.emit); err != nil || w.entra.asked("app") != 2 {
		t.Errorf("asked again although nothing is missing: %v %v", err, w.entra.log)
	}
}
