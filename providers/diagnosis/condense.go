package diagnosis

import "strings"

const (
	mostRead    = 32 << 10 // bytes of one text that are searched
	headRead    = 4 << 10  // of a longer one, what is kept of its beginning and of its end
	linesAfter  = 2        // lines kept after one that tells of a failure
	longestLine = 4 << 10
	mostLooked  = 1 << 20 // bytes of one text that are looked at
)

// failureWords are what lines of a log have that tell of a failure, in lower case.
var failureWords = []string{
	"error", "fail", "aadsts", "exception", "denied", "refused", "invalid", "expired", "unauthorized", "forbidden",
	"unsuccessful",
	"timed out", "timeout", "cannot", "could not", "unable", "not ", "certificate", " bad ", " no ", "-err", "535", "550",
	"554", "530", "rejected", "blocked",
	"fehler", "erreur", "errore", "fout", "błąd", "エラー", "错误", "錯誤",
}

// condensed makes a text short enough to be searched at once: of a long log it keeps the lines that
// tell of failures, the last ones rather than the first, with beginning and end.
func condensed(text string) string {
	if len(text) <= mostRead {
		return text
	}
	text = text[:min(len(text), mostLooked)]
	head, tail := text[:headRead], text[len(text)-headRead:]
	lines := tellingLines(text[headRead : len(text)-headRead])
	room := mostRead - len(head) - len(tail)
	first := len(lines)
	for first > 0 && room > len(lines[first-1]) {
		first--
		room -= len(lines[first]) + 1
	}
	return head + "\n" + strings.Join(lines[first:], "\n") + "\n" + tail
}

func tellingLines(text string) []string {
	var lines []string
	keep := 0
	for line := range strings.Lines(text) {
		line = line[:min(len(line), longestLine)]
		if tellsOfFailure(strings.ToLower(line)) {
			keep = 1 + linesAfter
		}
		if keep > 0 {
			keep--
			lines = append(lines, strings.TrimRight(line, "\r\n"))
		}
	}
	return lines
}

func tellsOfFailure(line string) bool {
	for _, word := range failureWords {
		if strings.Contains(line, word) {
			return true
		}
	}
	return false
}
