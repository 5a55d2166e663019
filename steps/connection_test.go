package steps

import (
	"reflect"
	"slices"
	"testing"
	"time"
)

// fieldsOf visits every text among answers, with a name that tells where it stands.
func fieldsOf(name string, value reflect.Value, visit func(name string, text reflect.Value)) {
	switch value.Kind() {
	case reflect.String:
		visit(name, value)
	case reflect.Pointer:
		fieldsOf(name, value.Elem(), visit)
	case reflect.Struct:
		for i := range value.NumField() {
			if !value.Type().Field(i).IsExported() {
				continue
			}
			fieldsOf(name+"."+value.Type().Field(i).Name, value.Field(i), visit)
		}
	case reflect.Slice:
		for i := range value.Len() {
			fieldsOf(name, value.Index(i), visit)
		}
	case reflect.Map: // of texts
		for _, key := range value.MapKeys() {
			text := reflect.New(value.Type().Elem()).Elem()
			text.Set(value.MapIndex(key))
			visit(name, text)
			value.SetMapIndex(key, text)
		}
	}
}

// filled are answers with a text in every field.
func filled() Answers {
	answers := fullConnection().Answers
	fieldsOf("", reflect.ValueOf(&answers), func(_ string, text reflect.Value) {
		if text.String() == "" {
			text.SetString("x")
		}
	})
	return answers
}

func TestFingerprintChangesWithEachByteThatTheTestsDependOn(t *testing.T) {
	t.Parallel()
	free := []string{".Name", ".SecretEnds", ".SendTo", ".Store", ".Confirmed"}
	before := filled().Fingerprint()
	var names []string
	base := filled()
	fieldsOf("", reflect.ValueOf(&base), func(name string, _ reflect.Value) { names = append(names, name) })
	for n, name := range names {
		length := len(textAt(filled(), n))
		for at := range length {
			answers := filled()
			i := -1
			fieldsOf("", reflect.ValueOf(&answers), func(_ string, text reflect.Value) {
				if i++; i == n {
					changed := []byte(text.String())
					changed[at]++
					text.SetString(string(changed))
				}
			})
			if changed := answers.Fingerprint() != before; changed == slices.Contains(free, name) {
				t.Fatalf("byte %d of %s: fingerprint changed is %v", at, name, changed)
			}
		}
	}
	if len(names) < 25 {
		t.Errorf("only %d fields were visited: %v", len(names), names)
	}
}

func textAt(answers Answers, n int) (found string) {
	i := -1
	fieldsOf("", reflect.ValueOf(&answers), func(_ string, text reflect.Value) {
		if i++; i == n {
			found = text.String()
		}
	})
	return found
}

func TestFingerprintDoesNotKnowEmptyFromMissing(t *testing.T) {
	t.Parallel()
	empty := Answers{Values: map[string]string{}, Mailboxes: MailboxAnswers{Inbound: []MailboxAnswer{}}}
	if empty.Fingerprint() != (Answers{}).Fingerprint() {
		t.Error("a connection would be stale as soon as it is read again")
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	answers := filled()
	proof := &Proof{Fingerprint: answers.Fingerprint()}
	cases := []struct {
		name       string
		connection Connection
		want       ConnectionState
	}{
		{"never proved", Connection{Answers: answers}, StateDraft},
		{"proved", Connection{Answers: answers, Verified: proof}, StateVerified},
		{"proved, then changed", Connection{Answers: answers.With(KeyTenant, "y"), Verified: proof}, StateStale},
		{"proved, then renewed end date", Connection{Answers: answers.With(KeySecretEnds, "2030-01-01"), Verified: proof}, StateVerified},
		{"proved, then failed", Connection{Answers: answers, Verified: proof, LastCheck: &Proof{}}, StateFailing},
		{"proved, failed, then changed", Connection{Answers: answers.With(KeyTenant, "y"), Verified: proof, LastCheck: &Proof{}}, StateStale},
		{"failed only", Connection{Answers: answers, LastCheck: &Proof{}}, StateDraft},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := tc.connection.State(); got != tc.want {
				t.Errorf("%s, want %s", got, tc.want)
			}
		})
	}
}

func TestDaysLeft(t *testing.T) {
	t.Parallel()
	east := time.FixedZone("east", 13*3600)
	cases := []struct {
		name string
		ends string
		now  time.Time
		days int
		ok   bool
	}{
		{"in a month", "2026-12-21", testNow, 30, true},
		{"tomorrow, just before midnight", "2026-11-22", time.Date(2026, 11, 21, 23, 59, 59, 0, time.UTC), 1, true},
		{"today, at its first second", "2026-11-21", time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), 0, true},
		{"today, at its last second", "2026-11-21", time.Date(2026, 11, 21, 23, 59, 59, 0, time.UTC), 0, true},
		{"yesterday", "2026-11-20", time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), -1, true},
		{"a year ago", "2025-11-21", testNow, -365, true},
		{"across a leap day", "2028-03-01", time.Date(2028, 2, 28, 12, 0, 0, 0, time.UTC), 2, true},
		{"tomorrow here, today in UTC", "2026-11-21", time.Date(2026, 11, 22, 9, 0, 0, 0, east), 0, true},
		{"with blanks", " 2026-11-22 ", testNow, 1, true},
		{"not known", "", testNow, 0, false},
		{"not a date", "soon", testNow, 0, false},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			connection := Connection{Answers: Answers{SecretEnds: tc.ends}}
			days, ok := connection.DaysLeft(tc.now)
			if days != tc.days || ok != tc.ok {
				t.Errorf("%d %v, want %d %v", days, ok, tc.days, tc.ok)
			}
		})
	}
}

func TestStoreKindIsTheSecretsOwn(t *testing.T) {
	t.Parallel()
	for secret, want := range map[string]string{"keychain:x/client-secret": "keychain", "file:x/client-secret": "file", "": "keychain"} {
		if got := (Connection{Secret: secret}).StoreKind(); got != want {
			t.Errorf("%q: %s", secret, got)
		}
	}
}
