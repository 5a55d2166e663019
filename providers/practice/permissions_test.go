package practice

import (
	"fmt"
	"testing"
)

func TestAnApplicationHasWhatItIsPermitted(t *testing.T) {
	t.Parallel()
	w := practise(t, Options{})
	roles := func() string { return fmt.Sprint(claims(t, w.appToken())["roles"]) }
	w.Permit([]string{"IMAP.AccessAsApp", "SMTP.SendAsApp", "Nonsense.All"})
	if got := roles(); got != "[IMAP.AccessAsApp SMTP.SendAsApp]" {
		t.Errorf("permitted two: %s", got)
	}
	compare(t, w.walk(RouteAppOnly), nil)
	if got := w.signIn(crm, popScope); got.number() == 0 {
		t.Errorf("a permission that nobody consented to gives a token: %s", got.text)
	}
	if err := w.Plant("scope-missing-imap"); err != nil {
		t.Fatal(err)
	}
	if got := roles(); got != "[SMTP.SendAsApp]" {
		t.Errorf("a fault planted besides: %s", got)
	}
	w.Permit(nil)
	if got := roles(); got != "[POP.AccessAsApp SMTP.SendAsApp full_access_as_app]" {
		t.Errorf("permitted all again: %s", got)
	}
}
