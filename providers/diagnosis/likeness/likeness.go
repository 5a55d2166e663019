// Package likeness tells which of many known messages an unknown one is most like. It counts words:
// a message is filed under a name, and a text gets the name whose messages use its words most and
// whose words the messages of all other names use least (complement naive Bayes, after Rennie and
// others, "Tackling the Poor Assumptions of Naive Bayes Text Classifiers", 2003).
package likeness

import (
	"cmp"
	"math"
	"slices"
)

// Model is what was counted in messages. It is safe for concurrent use.
type Model struct {
	names    []string
	messages int      // how many were counted
	totals   []int    // of each name over all words, in hundredths
	words    []string // a line for each, in order: see word
}

// Match is a name with the share that it has in a text's likeness; all shares together are 1.
type Match struct {
	Name  string
	Share float64
}

// smoothing is what every word counts beyond what was counted, in hundredths, so that a word which
// no other name uses does not decide alone.
const smoothing = 100

// sharpness makes shares of differences; it was found by trying, on messages that were not counted.
const sharpness = 20

// Nearest ranks the names by how like their messages the text is, the most like first. A text of
// which no word is known is like none.
func (m *Model) Nearest(text string) []Match {
	scores, known := m.scores(wordsOf(text))
	if !known {
		return nil
	}
	best := slices.Max(scores)
	var sum float64
	matches := make([]Match, len(scores))
	for i, score := range scores {
		matches[i] = Match{m.names[i], math.Exp(sharpness * (score - best))}
		sum += matches[i].Share
	}
	for i := range matches {
		matches[i].Share /= sum
	}
	slices.SortStableFunc(matches, func(a, b Match) int { return cmp.Compare(b.Share, a.Share) })
	return matches
}

// scores weighs each word by how rare it is, and adds for each name how seldom the other names'
// messages say it.
func (m *Model) scores(text []string) (scores []float64, known bool) {
	scores = make([]float64, len(m.names))
	var length, everywhere float64
	for _, spelled := range text {
		w, found := m.word(spelled)
		if !found {
			continue
		}
		rarity := math.Log(float64(m.messages) / float64(w.messages))
		length += rarity * rarity
		everywhere += rarity
		unsaid := math.Log(float64(w.total() + smoothing))
		for i := range scores {
			scores[i] -= rarity * unsaid
		}
		for _, c := range w.counts {
			scores[c.name] += rarity * (unsaid - math.Log(float64(w.total()-c.hundredths+smoothing)))
		}
	}
	if length == 0 {
		return nil, false
	}
	all := smoothing * len(m.words)
	for _, total := range m.totals {
		all += total
	}
	for i := range scores {
		scores[i] = (scores[i] + everywhere*math.Log(float64(all-m.totals[i]))) / math.Sqrt(length)
	}
	return scores, true
}
