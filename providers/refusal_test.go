package providers

import (
	"errors"
	"testing"
	"time"
)

func TestErrorsSayWhatHappened(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 21, 13, 0, 0, 0, time.FixedZone("somewhere", 3600))
	for _, tc := range []struct {
		name string
		err  error
		want string
	}{
		{"refusal with a text", &AuthorityError{Status: 400, Code: "invalid_client", Description: "AADSTS7000215: Wrong."}, "the sign-in service refused: AADSTS7000215: Wrong."},
		{"refusal without", &AuthorityError{Status: 400, Code: "invalid_client"}, "the sign-in service refused: HTTP 400 invalid_client"},
		{"refusal through the browser", &AuthorityError{Code: "access_denied"}, "the sign-in service refused in the browser: access_denied"},
		{"server's line", &Reply{Protocol: "smtp", Command: "AUTH", Status: "535", Enhanced: "5.7.3", Text: "no"}, "smtp refused AUTH: 535 5.7.3 no"},
		{"server's line with a bracket", &Reply{Protocol: "imap", Command: "AUTHENTICATE", Status: "NO", Bracket: "ALERT", Text: "no"}, "imap refused AUTHENTICATE: NO [ALERT] no"},
		{"stage", &StageError{Stage: StageTLS, Host: "h:993", Err: errors.New("no")}, "h:993 tls: no"},
		{"code ended", &DeviceCodeExpired{At: at}, "the device code ended at 2026-11-21T12:00:00Z before anybody used it"},
		{"page ended", &CodePageExpired{At: at}, "nobody finished the sign-in in the browser before 2026-11-21T12:00:00Z"},
		{"port in use", &PortUnusable{"127.0.0.1:8421", errors.New("listen tcp 127.0.0.1:8421: in use")}, "cannot listen for the browser on this computer (listen tcp 127.0.0.1:8421: in use): close the program that uses the port"},
		{"wrong account", &WrongAccount{Want: "a@b.example", Got: "c@d.example"}, "c@d.example signed in, but the mailbox needs a@b.example"},
		{"no such way", &Unsupported{Service: "Google", Way: "device code for mail", Instead: "sign in through a browser"}, "Google has no device code for mail: sign in through a browser"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := tc.err.Error(); got != tc.want {
				t.Errorf("it says %q", got)
			}
		})
	}
}

func TestTheFirstNumberDecides(t *testing.T) {
	t.Parallel()
	if got := (&AuthorityError{Numbers: []int{50076, 53003}}).Number(); got != 50076 {
		t.Errorf("it is %d", got)
	}
	if got := (&AuthorityError{}).Number(); got != 0 {
		t.Errorf("of none it is %d", got)
	}
}
