package diagnosis

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadReports(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "good.jsonl"), filepath.Join(dir, "bad.jsonl")
	write(t, good, `{"id":"1","text":"a","causes":["dns-failure"],"source":"elsewhere"}`+"\n"+`{"id":"2","text":"b","causes":[]}`+"\n")
	write(t, bad, "{}\nno JSON\n")
	reports, err := readReports(good)
	if err != nil || len(reports) != 2 || reports[0].Causes[0] != DNSFailure || reports[1].Text != "b" {
		t.Errorf("got %+v, %v", reports, err)
	}
	for _, path := range []string{bad, filepath.Join(dir, "missing.jsonl"), dir} {
		if _, err := readReports(path); err == nil {
			t.Errorf("%s is read", path)
		}
	}
}

func TestScoreCountsWrongAndUnknownApart(t *testing.T) {
	t.Parallel()
	answer := func(causes ...Cause) Explanation {
		var e Explanation
		for _, cause := range causes {
			e.Diagnoses = append(e.Diagnoses, Diagnosis{Cause: cause})
		}
		return e
	}
	wanted := report{ID: "1", Causes: []Cause{DNSFailure, NetworkBlocked}}
	var s score
	s.add(wanted, answer(DNSFailure))
	s.add(wanted, answer(NetworkBlocked))
	s.add(wanted, answer(Throttled, DNSFailure))
	s.add(wanted, answer())
	s.add(report{ID: "2"}, answer())
	s.add(report{ID: "3"}, answer(Throttled))
	if s.withCauses != 4 || s.first != 2 || s.strict != 1 || s.three != 3 || s.wrong != 1 || s.unknown != 1 {
		t.Errorf("with causes: %+v", s)
	}
	if s.negatives != 2 || s.rightNegatives != 1 || s.causeAverage() != 50 || len(s.misses) != 3 {
		t.Errorf("without: %+v", s)
	}
	var shown strings.Builder
	s.show(&shown)
	if !strings.Contains(shown.String(), "3 want [] got [throttled]") {
		t.Errorf("shown %q", shown.String())
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
