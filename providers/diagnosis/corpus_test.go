package diagnosis

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"testing"
)

// corpusVariable names the file of real reports that BenchmarkCorpus measures against. Reports stay
// outside the repository: one JSON object a line, with the text, the acceptable causes, best first
// (none where the text is not about a mailbox), and an id.
const corpusVariable = "MAILGRANT_CORPUS"

// showVariable, when set, lets BenchmarkCorpus name every report that was answered wrongly.
const showVariable = "MAILGRANT_CORPUS_SHOW"

type report struct {
	ID     string
	Text   string
	Causes []Cause
}

// BenchmarkCorpus measures how often the first cause is right, over real reports:
//
//	MAILGRANT_CORPUS=errors.jsonl go test -run - -bench Corpus -benchtime 1x ./providers/diagnosis
func BenchmarkCorpus(b *testing.B) {
	path := os.Getenv(corpusVariable)
	if path == "" {
		b.Logf("set %s to a file of reports", corpusVariable)
		return
	}
	reports, err := readReports(path)
	if err != nil {
		b.Fatalf("%s: %v", corpusVariable, err)
	}
	var s score
	for b.Loop() {
		s = score{}
		for _, report := range reports {
			s.add(report, Explain(report.Text))
		}
	}
	s.report(b)
	if os.Getenv(showVariable) != "" {
		s.show(os.Stdout)
	}
}

func readReports(path string) ([]report, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var reports []report
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r report
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			return nil, fmt.Errorf("line %d: %w", len(reports)+1, err)
		}
		reports = append(reports, r)
	}
	return reports, lines.Err()
}

// score counts right, wrong and unknown answers apart: a wrong cause costs a person more than none.
type score struct {
	withCauses, first, strict, three int
	wrong, unknown                   int
	negatives, rightNegatives        int
	perCause                         map[Cause][2]int // right, all
	misses                           []string
}

func (s *score) add(r report, got Explanation) {
	answer := make([]Cause, 0, len(got.Diagnoses))
	for _, d := range got.Diagnoses {
		answer = append(answer, d.Cause)
	}
	if len(r.Causes) == 0 {
		s.negatives++
		if len(answer) == 0 {
			s.rightNegatives++
		} else {
			s.miss(r, answer)
		}
		return
	}
	s.withCauses++
	if s.perCause == nil {
		s.perCause = map[Cause][2]int{}
	}
	count := s.perCause[r.Causes[0]]
	count[1]++
	switch {
	case len(answer) == 0:
		s.unknown++
		s.miss(r, answer)
	case slices.Contains(r.Causes, answer[0]):
		s.first++
		count[0]++
		if answer[0] == r.Causes[0] {
			s.strict++
		}
	default:
		s.wrong++
		s.miss(r, answer)
	}
	s.perCause[r.Causes[0]] = count
	if slices.ContainsFunc(answer[:min(len(answer), 3)], func(c Cause) bool { return slices.Contains(r.Causes, c) }) {
		s.three++
	}
}

func (s *score) miss(r report, answer []Cause) {
	s.misses = append(s.misses, fmt.Sprintf("%s want %v got %v\n\t%q", r.ID, r.Causes, answer, r.Text))
}

func (s *score) report(b *testing.B) {
	b.ReportMetric(percent(s.first, s.withCauses), "top1-%")
	b.ReportMetric(percent(s.strict, s.withCauses), "strict-%")
	b.ReportMetric(percent(s.three, s.withCauses), "top3-%")
	b.ReportMetric(s.causeAverage(), "percause-%")
	b.ReportMetric(100-percent(s.withCauses-s.wrong, s.withCauses), "wrong-%")
	b.ReportMetric(100-percent(s.withCauses-s.unknown, s.withCauses), "unknown-%")
	b.ReportMetric(percent(s.rightNegatives, s.negatives), "negatives-%")
	b.ReportMetric(percent(s.first+s.rightNegatives, s.withCauses+s.negatives), "total-%")
}

// causeAverage keeps frequent causes from hiding rare ones.
func (s *score) causeAverage() float64 {
	var sum float64
	for _, count := range s.perCause {
		sum += percent(count[0], count[1])
	}
	if len(s.perCause) == 0 {
		return 100
	}
	return sum / float64(len(s.perCause))
}

func (s *score) show(w io.Writer) {
	for _, miss := range s.misses {
		fmt.Fprintln(w, miss)
	}
}

// percent of nothing is all of it.
func percent(part, whole int) float64 {
	if whole == 0 {
		return 100
	}
	return 100 * float64(part) / float64(whole)
}
