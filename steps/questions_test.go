package steps

import (
	"slices"
	"strings"
	"testing"
)

func keysOf(questions []Question) []string {
	var keys []string
	for _, question := range questions {
		keys = append(keys, string(question.Key))
	}
	return keys
}

func TestEveryStepAsksAsData(t *testing.T) {
	t.Parallel()
	cases := []struct {
		route, step, keys string
	}{
		{routeApp, "route", "product route"},
		{routeApp, "mailboxes", "mailboxes.outbound mailboxes.inbound.0 mailboxes.inbound.0.table mailboxes.inbound.0.folder mailboxes.inbound.1"},
		{routeApp, "registration", "tenant clientId secret secretEnds name"},
		{routeApp, "permissions", "values.smtp_access"},
		{routeApp, "exchange", "objectId confirmed.smtp-auth-on confirmed.imap-on confirmed.mailboxes-licensed confirmed.entra-admin-at-hand confirmed.exchange-admin-at-hand confirmed.agiloft-admin-at-hand"},
		{routeApp, "sign-in", ""},
		{routeApp, "tests", "sendTo"},
		{routeApp, "verified", ""},
		{routePerson, "route", "product route"},
		{routePerson, "mailboxes", "mailboxes.outbound mailboxes.outbound.signedInAs mailboxes.inbound.0 mailboxes.inbound.0.table mailboxes.inbound.0.folder mailboxes.inbound.0.signedInAs mailboxes.inbound.1"},
		{routePerson, "registration", "tenant clientId values.base_kb_uri name"},
		{routePerson, "sign-in", ""},
	}
	for _, tc := range cases {
		t.Run(tc.route+" "+tc.step, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			state, err := routeStep{w.road}.Do(t.Context(), w.state(tc.route), w.emit)
			if err != nil {
				t.Fatal(err)
			}
			at := slices.IndexFunc(w.road.Setup(), func(step Step) bool { return string(step.Name()) == tc.step })
			step := w.road.Setup()[at]
			questions := step.Ask(state)
			if got := strings.Join(keysOf(questions), " "); got != tc.keys {
				t.Errorf("asks %s, want %s", got, tc.keys)
			}
			for _, question := range questions {
				if question.Label == "" || question.Kind != Confirm && question.Check == nil || strings.Contains(question.Help+question.Where+question.Label, "{{") {
					t.Errorf("%+v", question)
				}
			}
			if open := Unanswered(step, state); len(open) != 0 {
				t.Errorf("unanswered %v", keysOf(open))
			}
			if step.Title() == "" {
				t.Error("no title")
			}
		})
	}
}

func TestStepsBeforeAnythingIsChosen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, step := range w.road.Setup() {
		questions := step.Ask(State{})
		if (len(questions) > 0) != (step.Name() == StepRoute) {
			t.Errorf("%s asks %v", step.Name(), keysOf(questions))
		}
		if !Applies(step, State{}) {
			t.Errorf("%s is left out before the route is known", step.Name())
		}
	}
	if open := Unanswered(routeStep{w.road}, State{}); len(open) != 1 || open[0].Key != KeyProduct {
		t.Errorf("open %v", keysOf(open))
	}
}

func TestQuestionsRefuseWhatThePlanWould(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	state, err := routeStep{w.road}.Do(t.Context(), w.state(routePerson), w.emit)
	if err != nil {
		t.Fatal(err)
	}
	bad := map[Key]string{
		KeyProduct: "none", KeyRoute: "none", KeyTenant: "a/b", KeyClientID: "x", KeyName: "NUL", KeyOutbound: "x", KeyOutboundAs: "x", KeySendTo: "x",
		"values.base_kb_uri": "http://x", "mailboxes.inbound.1": "CONTRACTS@contoso.example", "mailboxes.inbound.0.table": "a\nb",
	}
	good := map[Key]string{
		KeyProduct: "Agiloft", KeyRoute: routeApp, KeyTenant: "contoso.example", KeyClientID: " " + testClient, KeyName: "x", "values.base_kb_uri": " https://kb.example ",
		"mailboxes.inbound.0": "contracts@contoso.example",
	}
	asked := 0
	for _, step := range w.road.Setup() {
		for _, question := range step.Ask(state) {
			if value, ok := bad[question.Key]; ok {
				asked++
				if question.Check(value) == nil {
					t.Errorf("%s takes %q", question.Key, value)
				}
			}
			if value, ok := good[question.Key]; ok && question.Check(value) != nil {
				t.Errorf("%s refuses %q: %v", question.Key, value, question.Check(value))
			}
		}
	}
	if asked != len(bad) {
		t.Errorf("%d of %d questions were asked", asked, len(bad))
	}
}

func TestRoutesAreShownToBeCompared(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	questions := routeStep{w.road}.Ask(w.state(routePerson))
	options := questions[1].Options
	for i, option := range options {
		if option.Recommended != (i == 0) {
			t.Errorf("%s: recommended %t", option.Value, option.Recommended)
		}
	}
	for i, signIns := range []string{"none", "2"} {
		facts := map[string]string{}
		for _, fact := range options[i].Facts {
			facts[fact.Label] = fact.Text
		}
		if facts["Sign-ins"] != signIns || facts["Needs"] == "" || facts["Renew"] == "" || facts["Portal"] == "" || options[i].Summary == "" || len(options[i].Warnings) == 0 {
			t.Errorf("%s: %+v", options[i].Value, options[i])
		}
	}
}

func TestStepsThatApply(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for route, want := range map[string]bool{routeApp: false, routePerson: true} {
		state, err := routeStep{w.road}.Do(t.Context(), w.state(route), w.emit)
		if err != nil {
			t.Fatal(err)
		}
		if Applies(signInStep{w.road}, state) != want {
			t.Errorf("%s: a sign-in applies is %v", route, !want)
		}
	}
}

func TestObjectIDComesFromTheToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	state, err := w.walk(t.Context(), w.state(routeApp), StepRegistration)
	if err != nil {
		t.Fatal(err)
	}
	if keys := keysOf(exchangeStep{w.road}.Ask(state)); slices.Contains(keys, "objectId") {
		t.Error("the object ID is asked for although the token shows it")
	}
	var script []string
	for _, command := range w.road.ExchangeScript(state) {
		script = append(script, command.Run...)
	}
	if !strings.Contains(strings.Join(script, "\n"), "-ObjectId "+testObject) {
		t.Errorf("%v", script)
	}
	for _, question := range (exchangeStep{w.road}).Ask(state) {
		if question.Key == "confirmed.imap-on" && !strings.Contains(question.Where, "contracts@contoso.example") {
			t.Errorf("the command has no real value: %s", question.Where)
		}
	}
}

func TestSecretIsNeededBeforeAnyRequest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	start := State{Answers: w.answers(routeApp)}
	_, err := w.walk(t.Context(), start, StepRegistration)
	if wrong := answerOf(t, err); wrong.Key != KeySecret || !wrong.Missing || len(w.entra.log) != 0 {
		t.Errorf("%v after %v", wrong, w.entra.log)
	}
}
