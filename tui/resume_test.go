package tui

import (
	"testing"

	"github.com/mailgrant/mailgrant/steps"
)

func resume(t *testing.T, w *world) *stage {
	t.Helper()
	drafts := []steps.Answers{
		{Product: "agiloft", Name: "contoso-agiloft", Tenant: "contoso.example", Mailboxes: steps.MailboxAnswers{
			Outbound: &steps.MailboxAnswer{Address: "crm@contoso.example"},
			Inbound:  []steps.MailboxAnswer{{Address: "contracts@contoso.example"}},
		}},
		{Product: "agiloft", Name: "fabrikam-agiloft"},
	}
	return newStage(t, options(w), func(d desk) screen { return newResume(d, steps.State{}, drafts) })
}

func TestResumeScreen(t *testing.T) {
	resume(t, newWorld(t)).golden(goldens(t), "resume")
}

func TestADraftGoesOnWithItsValues(t *testing.T) {
	s := resume(t, newWorld(t))
	s.keys("enter")
	s.see("contoso-agiloft")
	if len(s.root.stack) != 1 {
		t.Errorf("%d screens are stacked: leaving the road would lead back to the question", len(s.root.stack))
	}
	if road := s.root.stack[0].(*wizard); road.state.Answers.Tenant != "contoso.example" || len(road.state.Answers.Mailboxes.Inbound) != 1 {
		t.Errorf("the draft's values are %+v", road.state.Answers)
	}
}

func TestBeginningAnewLeavesDraftsAlone(t *testing.T) {
	s := resume(t, newWorld(t))
	s.keys("up", "enter")
	s.see("Which product")
	if road := s.root.stack[0].(*wizard); road.state.Answers.Name != "" {
		t.Errorf("a new set-up begins with %+v", road.state.Answers)
	}
}

func TestSetupOffersOnlyFittingDrafts(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	for _, draft := range []steps.Answers{{Product: "agiloft", Name: "one"}, {Product: "other", Name: "two"}} {
		if _, err := w.road.Folder.SaveDraft(draft); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name  string
		begun steps.Answers
		want  int
	}{
		{"nothing said yet", steps.Answers{}, 2},
		{"a product named", steps.Answers{Product: "agiloft"}, 1},
		{"values from an answers file", steps.Answers{Product: "agiloft", Tenant: "contoso.example"}, 0},
	} {
		if got := w.road.Folder.Resumable(c.begun); len(got) != c.want {
			t.Errorf("%s: %d drafts are offered, want %d", c.name, len(got), c.want)
		}
	}
}
