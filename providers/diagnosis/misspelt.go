package diagnosis

import (
	"slices"
	"strings"
)

// People retype what they see, and slip. What follows reads a text that says nothing known as if it
// were misspelt: a long sentence is recognised with a letter too many, too few, wrong or swapped.

const (
	misspeltLength = 20   // bytes of the shortest sentence that is recognised misspelt
	bytesPerSlip   = 16   // of a sentence, for each slip that is forgiven
	mostMisspelt   = 4096 // bytes of the longest text that is searched: a long one was not typed
)

// loosely is the text with its slips forgiven, if it is short enough for somebody to have typed it.
func (t pastedText) loosely() pastedText {
	t.loose = len(t.lower) <= mostMisspelt
	return t
}

// nearlySays finds a sentence that is said with slips. One of its parts must have none: with as many
// slips as parts but one, some part is whole.
func (t pastedText) nearlySays(sentence string) bool {
	if len(sentence) < misspeltLength || !strings.Contains(sentence, " ") {
		return false
	}
	slips := len(sentence) / bytesPerSlip
	part := len(sentence) / (slips + 1)
	for start := 0; start+part <= len(sentence); start += part {
		for from := 0; ; {
			at := strings.Index(t.lower[from:], sentence[start:start+part])
			if at < 0 {
				break
			}
			begin := max(0, from+at-start-slips)
			end := min(len(t.lower), from+at-start+len(sentence)+slips)
			if slipsIn(t.lower[begin:end], sentence) <= slips {
				return true
			}
			from += at + 1
		}
	}
	return false
}

// slipsIn is how many slips turn the sentence into the most alike stretch of the text: the distance
// of Damerau and Levenshtein, with swaps of neighbours, where the text may begin and end anywhere.
func slipsIn(text, sentence string) int {
	before := make([]int, len(text)+1)
	row := make([]int, len(text)+1) // of no letter of the sentence yet: nothing is lost anywhere
	for i := 1; i <= len(sentence); i++ {
		next := make([]int, len(text)+1)
		next[0] = i
		for j := 1; j <= len(text); j++ {
			wrong := row[j-1]
			if sentence[i-1] != text[j-1] {
				wrong++
			}
			next[j] = min(wrong, row[j]+1, next[j-1]+1)
			if i > 1 && j > 1 && sentence[i-1] == text[j-2] && sentence[i-2] == text[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row = row, next
	}
	return slices.Min(row)
}
