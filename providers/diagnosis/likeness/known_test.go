package likeness

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "count the messages anew")

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
		messages[strings.TrimSuffix(filepath.Base(file), ".txt")] = strings.Split(strings.TrimSpace(string(text)), "\n\n")
	}
	return messages
}

// TestKnownIsWhatIsSaid fails when a message was added and not counted: go test ./providers/diagnosis/likeness -update
// counts them anew.
func TestKnownIsWhatIsSaid(t *testing.T) {
	t.Parallel()
	var counted bytes.Buffer
	if _, err := Learn(said(t)).WriteTo(&counted); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("known.gz", counted.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if lines(t, counted.Bytes()) != lines(t, knownMessages) {
		t.Error("known.gz does not hold what ../testdata/said says; run the test with -update")
	}
}
