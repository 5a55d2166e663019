package likeness

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// precision is how many steps a rarity of 1 has.
const precision = 100

// word is what a word weighs. Its line is "word rarity name:quarters name:quarters", with tabs between
// them and names by their place.
type word struct {
	rarity  int // the logarithm of the share of messages that say it, negated, by precision
	weights []weight
}

// weight is what a word weighs for a name, or against it, in quarters.
type weight struct{ name, quarters int }

func (w word) line(spelled string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\t%d", spelled, w.rarity)
	for _, s := range w.weights {
		fmt.Fprintf(&b, "\t%d:%d", s.name, s.quarters)
	}
	return b.String()
}

// word finds a word that was learned. A line that no model has written holds nothing.
func (m *Model) word(spelled string) (w word, found bool) {
	at, found := slices.BinarySearchFunc(m.words, spelled, func(line, spelled string) int {
		known, _, _ := strings.Cut(line, "\t")
		return strings.Compare(known, spelled)
	})
	if !found {
		return word{}, false
	}
	for i, field := range strings.Split(m.words[at], "\t") {
		switch name, quarters, weighed := strings.Cut(field, ":"); {
		case i == 0:
		case weighed:
			w.weights = append(w.weights, weight{number(name, 0, len(m.names)-1), number(quarters, -heaviest, heaviest)})
		default:
			w.rarity = number(field, 0, heaviest)
		}
	}
	return w, w.rarity > 0
}

const heaviest = 1 << 20

// number is a whole number from least to most; what is none is the least that is not below 0.
func number(text string, least, most int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return max(0, least)
	}
	return n
}
