package diagnosis

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhatMachinesSayLeadsToItsCause reads testdata/said: what services, libraries and programs put
// out and what people tell of it, in one file for each cause, and in unknown.txt what has nothing to do
// with mail. An empty line stands between two messages. The package likeness counts them as well.
func TestWhatMachinesSayLeadsToItsCause(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/said/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no messages: %v", err)
	}
	for _, file := range files {
		cause := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(cause, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if cause != "unknown" && lookup(Cause(cause)) == nil {
				t.Fatalf("%s is not in the catalogue", cause)
			}
			for message := range strings.SplitSeq(strings.TrimSpace(string(text)), "\n\n") {
				if got := firstCause(message); got != cause {
					t.Errorf("%s\n\tgot %s", message, got)
				}
			}
		})
	}
}

// firstCause is the name of the most probable cause, or unknown.
func firstCause(text string) string {
	if explanation := Explain(text); explanation.Recognised {
		return string(explanation.Diagnoses[0].Cause)
	}
	return "unknown"
}
