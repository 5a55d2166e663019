// Package likeness tells which of many known messages an unknown one is most like. Every word weighs
// for some names and against others; the weights were learned from messages that are filed under
// names (multinomial logistic regression).
package likeness

import (
	"cmp"
	"math"
	"slices"
)

// Model is what was learned from messages. It is safe for concurrent use.
type Model struct {
	names   []string
	learned string   // from which messages: see digest
	words   []string // a line for each, in order: see word
}

// Match is a name with the probability that a text belongs under it; all probabilities together are 1.
type Match struct {
	Name  string
	Share float64
}

// Nearest ranks the names by how like their messages the text is, the most like first. A text of
// which no word is known is like none.
func (m *Model) Nearest(text string) []Match {
	scores, known := m.scores(wordsOf(text))
	if !known {
		return nil
	}
	matches := make([]Match, len(scores))
	for i, share := range shares(scores) {
		matches[i] = Match{m.names[i], share}
	}
	slices.SortStableFunc(matches, func(a, b Match) int { return cmp.Compare(b.Share, a.Share) })
	return matches
}

// unheard is the rarity of a word that was not learned: it takes some weight from those that were.
const unheard = 5.5

// scores adds for each name what the words weigh, the rare ones more than the common ones, and all
// of them together as much in a long text as in a short one.
func (m *Model) scores(text []string) (scores []float64, known bool) {
	scores = make([]float64, len(m.names))
	var length float64
	for _, spelled := range text {
		w, heard := m.word(spelled)
		if !heard {
			length += unheard * unheard
			continue
		}
		known = true
		rarity := float64(w.rarity) / precision
		length += rarity * rarity
		for _, s := range w.weights {
			scores[s.name] += rarity * float64(s.quarters) / 4
		}
	}
	for i := range scores {
		scores[i] /= math.Sqrt(length)
	}
	return scores, known
}

// shares makes probabilities of scores.
func shares(scores []float64) []float64 {
	best, sum := slices.Max(scores), 0.0
	shares := make([]float64, len(scores))
	for i, score := range scores {
		shares[i] = math.Exp(score - best)
		sum += shares[i]
	}
	for i := range shares {
		shares[i] /= sum
	}
	return shares
}
