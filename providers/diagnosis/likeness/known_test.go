package likeness

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "learn the messages anew")

func said(t testing.TB) map[string][]string {
	t.Helper()
	files, err := filepath.Glob("../testdata/said/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no messages: %v", err)
	}
	messages := map[string][]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		messages[strings.TrimSuffix(filepath.Base(file), ".txt")] = pieces(string(text))
	}
	return messages
}

func around(t testing.TB) []string {
	t.Helper()
	text, err := os.ReadFile("../testdata/around.txt")
	if err != nil {
		t.Fatal(err)
	}
	return pieces(string(text))
}

func pieces(text string) []string { return strings.Split(strings.TrimSpace(text), "\n\n") }

// TestKnownWasLearnedFromWhatIsSaid fails when a message was added and not learned:
// go test ./providers/diagnosis/likeness -update learns them anew.
func TestKnownWasLearnedFromWhatIsSaid(t *testing.T) {
	t.Parallel()
	if *update {
		var learned bytes.Buffer
		if err := Learn(said(t), around(t)).Save(&learned); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile("known.gz", learned.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if Known().learned != digest(said(t), around(t)) {
		t.Error("known.gz was not learned from ../testdata/said; run the test with -update")
	}
}

// TestKnownMessagesAreKnownAgain shows that the weights are those of the messages.
func TestKnownMessagesAreKnownAgain(t *testing.T) {
	t.Parallel()
	all, again := 0, 0
	for name, messages := range said(t) {
		for _, message := range messages {
			all++
			if matches := Known().Nearest(message); len(matches) > 0 && matches[0].Name == name {
				again++
			}
		}
	}
	if again*100 < all*98 {
		t.Errorf("of %d messages %d get the name that they are filed under", all, again)
	}
}
