package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"github.com/mailgrant/mailgrant/keychain"
	"github.com/mailgrant/mailgrant/steps"
	"github.com/mailgrant/mailgrant/steps/product"
)

func TestTheOtherWaysStayInSight(t *testing.T) {
	t.Chdir(t.TempDir())
	s := setup(t, newWorld(t).inShop(), steps.State{Answers: steps.Answers{Product: "deskline"}})
	for range 6 {
		s.mustShow("Sign-in by Deskline, IMAP and SMTP", "Exchange Web Services", "POP3 with a password", "Sign-in on this computer", "Gmail with Deskline's sign-in")
		s.keys("down")
	}
	s.keys("up")
	s.mustShow("d tells the rest")
	s.keys("d")
	for range 5 {
		if strings.Contains(s.text(), "agree to mail permissions") {
			return
		}
		s.keys("pgdown")
	}
	t.Errorf("the guide does not tell the rest:\n%s", s.text())
}

func TestALongLabelIsReadWhole(t *testing.T) {
	t.Chdir(t.TempDir())
	w := newWorld(t)
	long := strings.Replace(deskline, "label: Address of your Deskline", "label: Address of your Deskline as people in the office see it", 1)
	w.road.Catalogue = product.Open(shopWith(long))
	a := shopAnswers("ms-mail-code")
	delete(a.Values, "site")
	s := setup(t, w, steps.State{Answers: a}.WithSecret(keychain.NewSecret(testSecret)))
	s.settle()
	for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 60, Height: 20}, {Width: 120, Height: 40}} {
		s.send(size)
		s.mustShow("▌ Address of your Deskline")
		s.mustFit()
	}
	s.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	s.mustShow("Address of your Deskline as people in the office see it")
}

func TestVersionWords(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name     string
		versions product.Versions
		want     string
	}{
		{"not stated", product.Versions{}, ""},
		{"from one on", product.Versions{From: "9.0"}, "9.0 and later"},
		{"up to one", product.Versions{To: "8.4"}, "up to 8.4"},
		{"a range", product.Versions{From: "7.0", To: "8.0"}, "7.0 to 8.0"},
		{"a range with a note", product.Versions{From: "7.0", To: "8.0", Note: "compare your screen"}, "7.0 to 8.0. Compare your screen."},
		{"a note alone", product.Versions{Note: "compare your screen"}, "Compare your screen."},
	}
	for _, c := range cases {
		if got := versionWords(c.versions); got != c.want {
			t.Errorf("%s is %q, want %q", c.name, got, c.want)
		}
	}
}

func TestWhatNobodyPublished(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name              string
		source            product.Source
		doubtful, deduced bool
	}{
		{"read on a page", product.Source{"guide"}, false, false},
		{"read and thought on", product.Source{"guide", "inferred"}, true, false},
		{"thought alone", product.Source{"inferred"}, true, true},
		{"looked for and not found", product.Source{"unknown"}, true, true},
		{"without a source", nil, false, false},
	}
	for _, c := range cases {
		if got := doubtful(c.source); got != c.doubtful {
			t.Errorf("%s is doubtful: %v", c.name, got)
		}
		if got := deduced(c.source); got != c.deduced {
			t.Errorf("%s is deduced: %v", c.name, got)
		}
	}
}

func TestWhatAProductDoesToMail(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name    string
		effects []string
		want    string
	}{
		{"nothing", nil, ""},
		{"one thing", []string{"marks_read"}, "P marks mail as read."},
		{"two", []string{"deletes_mail", "auto_replies"}, "P deletes the mail it has read and answers mail by itself."},
		{"three", []string{"deletes_mail", "auto_replies", "rejects_unknown"}, "P deletes the mail it has read, answers mail by itself and turns away mail from unknown senders."},
	}
	for _, c := range cases {
		if got := effectWords(&product.Product{Name: "P", Effects: c.effects}); got != c.want {
			t.Errorf("%s is %q, want %q", c.name, got, c.want)
		}
	}
}
