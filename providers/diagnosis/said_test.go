package diagnosis

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// every is which of the messages are tried: all would take a minute.
const every = 8

// TestWhatMachinesSayLeadsToItsCause reads testdata/said: what services, libraries and programs put
// out and what people tell of it, in one file for each cause, and in unknown.txt what has nothing to do
// with mail. An empty line stands between two messages. The package likeness learns from them. Some
// fit several causes and stand in one file all the same.
func TestWhatMachinesSayLeadsToItsCause(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/said/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no messages: %v", err)
	}
	var allTried, allFound atomic.Int64
	t.Cleanup(func() {
		if allFound.Load()*100 < allTried.Load()*96 {
			t.Errorf("%d of %d messages lead to their cause", allFound.Load(), allTried.Load())
		}
	})
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if name != otherTrades && lookup(Cause(name)) == nil {
				t.Fatalf("%s is not in the catalogue", name)
			}
			tried, found := 0, 0
			messages := strings.Split(strings.TrimSpace(string(text)), "\n\n")
			for i := 0; i < len(messages); i += every {
				tried++
				if slices.Contains(firstCauses(messages[i]), name) {
					found++
				} else {
					t.Logf("%s\n\tgot %s", messages[i], firstCauses(messages[i]))
				}
			}
			allTried.Add(int64(tried))
			allFound.Add(int64(found))
			if least := leastFound(name); found*100 < tried*least {
				t.Errorf("%d of %d messages lead to it", found, tried)
			}
		})
	}
}

// leastFound is how many of a hundred messages lead to a cause at least. That a secret is too new is
// told beside the number of one that is wrong, and the number decides.
func leastFound(name string) int {
	switch {
	case name == otherTrades:
		return 97
	case typedOnly[Cause(name)]:
		return 0
	}
	return 70
}

// firstCauses are the names of the three most probable causes, or unknown.
func firstCauses(text string) []string {
	var names []string
	for _, diagnosis := range Explain(text).Diagnoses {
		names = append(names, string(diagnosis.Cause))
	}
	if names == nil {
		return []string{otherTrades}
	}
	return names[:min(3, len(names))]
}
