package likeness

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// How weights are learned; found by trying, on messages that were not learned from.
const (
	rounds    = 6   // through all messages
	firstStep = 4.0 // how far a mistake moves a weight at first; then less and less, to nothing at the end
	fewest    = 3   // messages that must say a word
	lightest  = 2   // quarters; what weighs less is left out
)

// Learn weighs the words of messages, which are filed under names, so that each message gets its name
// (stochastic gradient descent), as it stands and with a piece of what is pasted around messages and
// tells nothing. The same messages and pieces give the same weights, save for what processors round
// differently.
func Learn(messages map[string][]string, around []string) *Model {
	chance := rand.New(rand.NewPCG(1, 2))
	l := newLearner(messages)
	l.read(messages, around, chance)
	steps, step := rounds*len(l.examples), 0
	for range rounds {
		for _, i := range chance.Perm(len(l.examples)) {
			l.correct(l.examples[i], firstStep*float64(steps-step)/float64(steps))
			step++
		}
	}
	m := &Model{names: l.names, learned: digest(messages, around)}
	for i, spelled := range l.words {
		m.words = append(m.words, l.word(i).line(spelled))
	}
	return m
}

// digest names a set of messages and pieces.
func digest(messages map[string][]string, around []string) string {
	var b strings.Builder
	b.WriteString(strings.Join(around, "\n\n"))
	for _, name := range slices.Sorted(maps.Keys(messages)) {
		b.WriteString(name + "\n" + strings.Join(messages[name], "\n\n") + "\n\n")
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:8])
}

// learner is what is at hand while weights are learned.
type learner struct {
	names    []string
	words    []string
	places   map[string]int // of each word
	rarities []int          // of each word
	weights  [][]float64    // of each word for each name
	examples []example
}

// example is a message: its name and its words by their place, with the part of each in the whole.
type example struct {
	name  int
	words []int
	parts []float64
}

func newLearner(messages map[string][]string) *learner {
	l := &learner{names: slices.Sorted(maps.Keys(messages)), places: map[string]int{}}
	said, all := map[string]int{}, 0
	for _, filed := range messages {
		for _, message := range filed {
			all++
			for _, spelled := range wordsOf(message) {
				said[spelled]++
			}
		}
	}
	for _, spelled := range slices.Sorted(maps.Keys(said)) {
		if said[spelled] < fewest {
			continue
		}
		l.places[spelled] = len(l.words)
		l.words = append(l.words, spelled)
		l.rarities = append(l.rarities, int(math.Round(precision*math.Log(float64(all)/float64(said[spelled])))))
		l.weights = append(l.weights, make([]float64, len(l.names)))
	}
	return l
}

// read makes examples of the messages.
func (l *learner) read(messages map[string][]string, around []string, chance *rand.Rand) {
	for name, filed := range l.names {
		for _, message := range messages[filed] {
			l.examples = append(l.examples, l.example(name, message))
			if len(around) > 0 {
				piece := around[chance.IntN(len(around))]
				l.examples = append(l.examples, l.example(name, message+"\n"+piece))
			}
		}
	}
}

func (l *learner) example(name int, message string) example {
	e := example{name: name}
	var length float64
	for _, spelled := range wordsOf(message) {
		place, known := l.places[spelled]
		if !known {
			length += unheard * unheard
			continue
		}
		rarity := float64(l.rarities[place]) / precision
		e.words, e.parts = append(e.words, place), append(e.parts, rarity)
		length += rarity * rarity
	}
	for i := range e.parts {
		e.parts[i] /= math.Sqrt(length)
	}
	return e
}

// correct moves the weights of a message's words towards its name and away from those that it was
// taken for.
func (l *learner) correct(e example, step float64) {
	scores := make([]float64, len(l.names))
	for i, place := range e.words {
		for name, weight := range l.weights[place] {
			scores[name] += weight * e.parts[i]
		}
	}
	mistakes := shares(scores)
	mistakes[e.name]--
	for i, place := range e.words {
		weights := l.weights[place]
		for name, mistake := range mistakes {
			weights[name] -= step * e.parts[i] * mistake
		}
	}
}

// word is a word with the weights that are not too small to count.
func (l *learner) word(place int) word {
	w := word{rarity: l.rarities[place]}
	for name, exact := range l.weights[place] {
		if quarters := int(math.Round(4 * exact)); quarters >= lightest || -quarters >= lightest {
			w.weights = append(w.weights, weight{name, quarters})
		}
	}
	return w
}
