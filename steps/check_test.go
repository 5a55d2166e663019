package steps

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/providers"
)

func TestCheckRenewsTheProof(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	connection := w.saved(routeApp)
	w.now = w.now.Add(48 * time.Hour)
	report, err := w.road.Check(t.Context(), connection, "", w.emit)
	if err != nil || !report.Verified || report.State != StateVerified || len(report.Results) != 2 || report.Path == "" {
		t.Fatalf("%v: %+v", err, report)
	}
	if after := w.reread("contoso"); after.Verified.At != "2026-11-23T12:00:00Z" || after.LastCheck != nil || after.Verified.Fingerprint != connection.Verified.Fingerprint {
		t.Errorf("%+v", after.Verified)
	}
}

func TestFailedCheckKeepsTheProofBesideIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	connection := w.saved(routeApp)
	w.entra.refuse = func(providers.AppCredential) error { return aadsts(7000222) }
	report, err := w.road.Check(t.Context(), connection, "", w.emit)
	problem := problemOf(t, err)
	if problem.Diagnoses[0].Cause != "secret-expired" || report.Verified || report.State != StateFailing || report.Diagnosis != nil {
		t.Errorf("%+v: %+v", problem, report)
	}
	for _, result := range report.Results {
		if result.Outcome != providers.Failed || len(result.Diagnoses) == 0 || failedLayer(result.Result) != providers.LayerToken {
			t.Errorf("%+v", result)
		}
	}
	failing := w.reread("contoso")
	if failing.State() != StateFailing || failing.Verified.At != connection.Verified.At || failing.LastCheck.Results[0].Cause != "secret-expired" {
		t.Errorf("%+v %+v", failing.Verified, failing.LastCheck)
	}
	if status := failing.Status(testNow); status.Cause != "secret-expired" || status.State != StateFailing {
		t.Errorf("%+v", status)
	}
	w.entra.refuse = nil
	if _, err := w.road.Check(t.Context(), failing, "", w.emit); err != nil {
		t.Fatal(err)
	}
	if mended := w.reread("contoso"); mended.State() != StateVerified || mended.LastCheck != nil {
		t.Errorf("%+v", mended.LastCheck)
	}
}

func TestCheckSendsOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	connection := w.saved(routeApp)
	if _, err := w.road.Check(t.Context(), connection, "", w.emit); err != nil || len(w.mail.sent) != 0 {
		t.Fatalf("%v, sent %v", err, w.mail.sent)
	}
	if _, err := w.road.Check(t.Context(), w.reread("contoso"), "a@b.example", w.emit); err != nil || len(w.mail.sent) != 2 {
		t.Fatalf("%v, sent %v", err, w.mail.sent)
	}
	after := w.reread("contoso")
	if after.SendTo != "" || after.State() != StateVerified {
		t.Errorf("the address of one message was kept: %q, %s", after.SendTo, after.State())
	}
	if _, err := w.road.Check(t.Context(), after, "nobody", w.emit); answerOf(t, err).Key != KeySendTo {
		t.Errorf("%v", err)
	}
}

func TestDelegatedCheckWithoutAPersonTouchesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	connection := w.saved(routePerson)
	before, err := os.ReadFile(w.road.Folder.ConnectionPath("contoso"))
	if err != nil {
		t.Fatal(err)
	}
	w.road.Unattended = true
	codes := w.entra.asked("device")
	w.now = w.now.Add(time.Hour)
	report, err := w.road.Check(t.Context(), connection, "", w.emit)
	if err != nil || report.Verified || report.State != StateVerified || needNames(report.Needs) != "sign-in" {
		t.Errorf("%v: %+v", err, report)
	}
	if report.Needs[0].Command != "mailgrant check --wait 15m contoso" {
		t.Errorf("command %q", report.Needs[0].Command)
	}
	for _, result := range report.Results {
		if result.Outcome != providers.Skipped || len(result.Layers) != 8 || result.Messages != -1 {
			t.Errorf("%+v", result)
		}
	}
	after, err := os.ReadFile(w.road.Folder.ConnectionPath("contoso"))
	if err != nil || string(after) != string(before) || w.entra.asked("device") != codes {
		t.Errorf("the file changed or a code was asked for: %v", err)
	}
}

func TestDelegatedCheckWaitsInVain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		connection := w.saved(routePerson)
		w.road.Unattended, w.road.SignInWait, w.entra.person = true, time.Minute, never
		report, err := w.road.Check(t.Context(), connection, "", w.emit)
		problemOf(t, err)
		if len(report.Results) != 2 || report.Results[0].Outcome != providers.Skipped || needNames(report.Needs) != "sign-in" || report.Diagnosis != nil {
			t.Errorf("%+v", report)
		}
		if w.reread("contoso").State() != StateVerified {
			t.Error("the proof was touched")
		}
	})
}

func TestDelegatedCheckWithAPerson(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	connection := w.saved(routePerson)
	if report, err := w.road.Check(t.Context(), connection, "", w.emit); err != nil || !report.Verified {
		t.Fatalf("%v", err)
	}
	w.entra.person = comesAs("eve@contoso.example")
	report, err := w.road.Check(t.Context(), w.reread("contoso"), "", w.emit)
	problemOf(t, err)
	if report.Diagnosis == nil || report.Diagnosis.Cause != "wrong-user-signed-in" || report.Needs[0].Command != "mailgrant check --wait 15m contoso" {
		t.Errorf("%+v", report)
	}
}

func TestCheckOfALostSecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	connection := w.saved(routeApp)
	if err := w.store.Delete(t.Context(), connection.entry()); err != nil {
		t.Fatal(err)
	}
	report, err := w.road.Check(t.Context(), connection, "", w.emit)
	if problemOf(t, err).Diagnoses[0].Cause != "config-entry-missing" || report.Diagnosis == nil || w.reread("contoso").LastCheck != nil {
		t.Errorf("%+v", report)
	}
}

func TestCancelledCheckWritesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	connection := w.saved(routeApp)
	ctx, cancel := context.WithCancel(t.Context())
	w.mail.refuse = func(string, string, string) string { cancel(); return "" }
	if _, err := w.road.Check(ctx, connection, "", w.emit); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if after := w.reread("contoso"); after.revision != connection.revision {
		t.Error("the file changed")
	}
}

func TestStatusAndForget(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	connection := w.saved(routeApp)
	if _, err := w.road.Folder.SaveDraft(Answers{Product: "agiloft", Tenant: "fabrikam.example"}); err != nil {
		t.Fatal(err)
	}
	write(t, Folder{Root: w.road.Folder.Root}, "")
	if err := w.road.Folder.RemoveConnection("contoso"); err != nil {
		t.Fatal(err)
	}
	connection.revision = ""
	if err := w.road.Folder.SaveConnection(connection); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(w.road.Folder.ConnectionPath("broken"), []byte("["), 0o600); err != nil {
		t.Fatal(err)
	}
	all, broken := w.road.Status()
	if len(all) != 2 || len(broken) != 1 || !strings.Contains(broken[0].Error(), "broken.yaml") {
		t.Fatalf("%+v %v", all, broken)
	}
	first, draft := all[0], all[1]
	if first.State != StateVerified || first.DaysLeft != 730 || !first.HasEnd || first.LastVerified != "2026-11-21T12:00:00Z" || first.Outbound != 1 || first.Inbound != 1 {
		t.Errorf("%+v", first)
	}
	if draft.State != StateDraft || draft.Name != "agiloft-fabrikam" || draft.HasEnd {
		t.Errorf("%+v", draft)
	}
	if !first.Due(730) || first.Due(729) || draft.Due(10000) {
		t.Error("what is due is told wrongly")
	}
	locked := &balky{Store: w.store, remove: keychain.ErrLocked}
	w.road.StoreOf = func(string) (keychain.Store, error) { return locked, nil }
	connection = w.reread("contoso")
	if err := w.road.Forget(t.Context(), connection); problemOf(t, err).Diagnoses[0].Cause != "keyring-locked" {
		t.Errorf("%v", err)
	}
	w.reread("contoso")
	locked.remove = nil
	if err := w.road.Forget(t.Context(), connection); err != nil || w.kept(connection) != "" {
		t.Errorf("%v", err)
	}
	var missing *NotFound
	if _, err := w.road.Folder.Connection("contoso"); !errors.As(err, &missing) {
		t.Errorf("%v", err)
	}
}

// A policy that refuses the sign-in is news about the connection, unlike a person who did not come.
func TestDelegatedCheckKeepsARefusedSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	connection := w.saved(routePerson)
	answer := aadsts(53003)
	w.entra.person = func(context.Context, providers.Address) (providers.Address, error) { return "", answer }
	report, err := w.road.Check(t.Context(), connection, "", w.emit)
	if cause := problemOf(t, err).Diagnoses[0].Cause; cause != "conditional-access-blocked" || report.State != StateFailing {
		t.Fatalf("%s, %+v", cause, report)
	}
	failing := w.reread("contoso")
	if failing.State() != StateFailing || failing.LastCheck.Results[0].Cause != "conditional-access-blocked" || failing.Verified.At != connection.Verified.At {
		t.Errorf("%+v", failing.LastCheck)
	}
	answer = aadsts(90094)
	w.now = w.now.Add(time.Hour)
	if _, err := w.road.Check(t.Context(), failing, "", w.emit); len(problemOf(t, err).Needs) == 0 || w.reread("contoso").LastCheck.At != failing.LastCheck.At {
		t.Errorf("a consent that is waited for changed the file: %v", err)
	}
}
