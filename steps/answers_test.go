package steps

import (
	"reflect"
	"testing"
)

// everyKey is one key of each form with a value that fits it.
var everyKey = []Key{
	KeyProduct, KeyRoute, KeyName, keyCloud, KeyTenant, KeyClientID, KeyObjectID, KeySecretEnds, KeySendTo, keyStore,
	KeyOutbound, KeyOutboundAs, "mailboxes.outbound.table", "mailboxes.outbound.folder",
	"mailboxes.inbound.0", "mailboxes.inbound.0.signedInAs", "mailboxes.inbound.0.table", "mailboxes.inbound.0.folder", "mailboxes.inbound.1",
	"values.base_kb_uri", "values.other",
	"endpoints.authority", "endpoints.graph", "endpoints.imap", "endpoints.smtp", "endpoints.pop3", "endpoints.ews", keyCAFile,
}

func TestEveryAnswerIsReadBackUnderItsKey(t *testing.T) {
	t.Parallel()
	var answers Answers
	for _, key := range everyKey {
		before := answers.clone()
		answers = answers.With(key, "value of "+string(key))
		if !reflect.DeepEqual(before, before.clone()) || before.Get(key) != "" {
			t.Errorf("%s: the receiver changed", key)
		}
	}
	for _, key := range everyKey {
		if got := answers.Get(key); got != "value of "+string(key) {
			t.Errorf("%s reads %q", key, got)
		}
	}
	for _, key := range everyKey {
		if got := answers.With(key, "").Get(key); got != "" && key != "mailboxes.inbound.0" {
			t.Errorf("%s emptied reads %q", key, got)
		}
	}
}

func TestChangingOneAnswerLeavesTheReceiverAlone(t *testing.T) {
	t.Parallel()
	original := func() Answers {
		return Answers{
			Product:   "agiloft",
			Mailboxes: MailboxAnswers{Outbound: &MailboxAnswer{Address: "a@x.example"}, Inbound: []MailboxAnswer{{Address: "b@x.example"}, {Address: "c@x.example"}}},
			Values:    map[string]string{"base_kb_uri": "https://kb.example"},
			Confirmed: []string{"imap-on", "smtp-auth-on"},
		}
	}
	given := original()
	for _, key := range append([]Key{"confirmed.imap-on", "mailboxes.inbound.2"}, everyKey...) {
		for _, value := range []string{"", "other", Yes} {
			given.With(key, value)
			if !reflect.DeepEqual(given, original()) {
				t.Fatalf("%s = %q changed the receiver: %+v", key, value, given)
			}
		}
	}
}

func TestMailboxesComeAndGo(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		key   Key
		value string
		want  string
	}{
		{"first inbound emptied", "mailboxes.inbound.0", "", "c"},
		{"last inbound emptied", "mailboxes.inbound.1", "", "b"},
		{"one more", "mailboxes.inbound.2", "d", "bcd"},
		{"one more, empty", "mailboxes.inbound.2", "", "bc"},
		{"one too far", "mailboxes.inbound.3", "d", "bc"},
		{"no number", "mailboxes.inbound.x", "d", "bc"},
		{"negative", "mailboxes.inbound.-1", "d", "bc"},
		{"a part nobody knows", "mailboxes.inbound.2.colour", "red", "bc"},
		{"part of a mailbox that is not there yet, empty", "mailboxes.inbound.2.table", "", "bc"},
		{"neither inbound nor outbound", "mailboxes.sideways", "d", "bc"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			answers := Answers{Mailboxes: MailboxAnswers{Inbound: []MailboxAnswer{{Address: "b"}, {Address: "c"}}}}.With(tc.key, tc.value)
			got := ""
			for _, mailbox := range answers.Mailboxes.Inbound {
				got += mailbox.Address
			}
			if got != tc.want {
				t.Errorf("inbound mailboxes %q, want %q", got, tc.want)
			}
			if answers.Mailboxes.Outbound != nil {
				t.Errorf("an outbound mailbox appeared: %+v", answers.Mailboxes.Outbound)
			}
		})
	}
	if with := (Answers{}).With(KeyOutboundAs, ""); with.Mailboxes.Outbound != nil {
		t.Error("emptying a part of no mailbox made one")
	}
	if got := (Answers{Mailboxes: MailboxAnswers{Outbound: &MailboxAnswer{Address: "a"}}}).Get("mailboxes.sideways"); got != "" {
		t.Errorf("a key that names nothing reads %q", got)
	}
}

func TestTicks(t *testing.T) {
	t.Parallel()
	answers := Answers{}.With("confirmed.imap-on", Yes).With("confirmed.imap-on", Yes).With("confirmed.smtp-auth-on", Yes)
	if got := answers.Confirmed; !reflect.DeepEqual(got, []string{"smtp-auth-on", "imap-on"}) && !reflect.DeepEqual(got, []string{"imap-on", "smtp-auth-on"}) {
		t.Errorf("confirmed %v", got)
	}
	answers = answers.With("confirmed.imap-on", "")
	if answers.Get("confirmed.imap-on") != "" || answers.Get("confirmed.smtp-auth-on") != Yes {
		t.Errorf("after taking one tick away: %v", answers.Confirmed)
	}
}
