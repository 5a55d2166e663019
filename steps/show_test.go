package steps

import (
	"errors"
	"strings"
	"testing"
)

func TestTextsShowTheSecretOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	connection := w.saved(routeApp)
	for _, reveal := range []bool{false, true} {
		shown, err := w.road.Texts(t.Context(), connection, reveal)
		if err != nil || len(shown.Texts) != 2 {
			t.Fatalf("%d texts: %v", len(shown.Texts), err)
		}
		for _, text := range shown.Texts {
			exact := text.Text.Reveal()
			if strings.Contains(exact, testSecret) != reveal || strings.Contains(exact, "********") == reveal {
				t.Errorf("revealed %v:\n%s", reveal, exact)
			}
			if strings.Contains(text.Text.Masked(), testSecret) {
				t.Error("the masked text shows the secret")
			}
		}
	}
	if err := w.store.Delete(t.Context(), connection.entry()); err != nil {
		t.Fatal(err)
	}
	_, err := w.road.Texts(t.Context(), connection, true)
	var lost *SecretLost
	if !errors.As(err, &lost) || problemOf(t, err).Diagnoses[0].Cause != "config-entry-missing" {
		t.Errorf("a lost secret: %v", err)
	}
	if _, err := w.road.Texts(t.Context(), connection, false); err != nil {
		t.Errorf("masked texts need no secret: %v", err)
	}
}
