package diagnosis

import (
	"strings"
	"testing"
)

func TestMisspeltSentencesAreRecognised(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		text string
		want Cause
	}{
		{"outlook says: You cant sign in here wiht a personal account", PersonalAccountsNotAllowed},
		{"importer: the tokne contains no permissions, or permissions cannot be understood", GraphPermissionMissing},
		{"mailer: SmtpClientAuthentication is disbaled for the Tenant.", SMTPAuthDisabledTenant},
		{"The SMTP adress has no mail box associated with it.", MailboxNotFoundOrUnlicensed},
	} {
		got := Explain(test.text)
		if !got.Recognised || got.Diagnoses[0].Cause != test.want {
			t.Errorf("%q: got %v, want %s", test.text, got.Diagnoses, test.want)
		}
	}
}

func TestNearlySays(t *testing.T) {
	t.Parallel()
	const sentence = "disabled for the mailbox" // 24 bytes: one slip
	for text, want := range map[string]bool{
		"it is disabled for the mailbox now": true,
		"it is disabeld for the mailbox now": true,
		"it is disabled for te mailbox now":  true,
		"it is disabled for thee mailbox":    true,
		"disabled fir the mailbox":           true,
		"disabld fir the mailbox":            false,
		"enabled for the mailbox":            false,
		"disabled for the":                   false,
		"":                                   false,
	} {
		if got := (pastedText{lower: text}).nearlySays(sentence); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
	if (pastedText{lower: "disabeld"}).nearlySays("disabled") {
		t.Error("a short word is guessed at")
	}
}

func TestLongTextsAreNotReadAsMisspelt(t *testing.T) {
	t.Parallel()
	if readText(strings.Repeat("nothing of note. ", 1000)).loosely().loose {
		t.Error("a log is taken for something typed")
	}
}

func BenchmarkMisspelt(b *testing.B) {
	text := strings.Repeat("nothing that anybody knows happened here. ", mostMisspelt/42)
	for b.Loop() {
		if Explain(text).Recognised {
			b.Fatal("recognised")
		}
	}
}
