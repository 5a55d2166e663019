package likeness

import (
	"maps"
	"math"
	"slices"
)

// Learn counts the words of messages, which are filed under names. What only one message says is
// left out.
func Learn(messages map[string][]string) *Model {
	m := &Model{names: slices.Sorted(maps.Keys(messages)), totals: make([]int, len(messages))}
	counted := map[string]*word{}
	for name, filed := range m.names {
		for _, message := range messages[filed] {
			m.messages++
			countIn(counted, name, wordsOf(message))
		}
	}
	for _, spelled := range slices.Sorted(maps.Keys(counted)) {
		w := counted[spelled]
		if w.messages < 2 {
			continue
		}
		m.words = append(m.words, w.line(spelled))
		for _, c := range w.counts {
			m.totals[c.name] += c.hundredths
		}
	}
	return m
}

// countIn counts the words of one message; those of one name come one after another.
func countIn(counted map[string]*word, name int, message []string) {
	hundredths := int(math.Round(100 / math.Sqrt(float64(max(1, len(message))))))
	for _, spelled := range message {
		w := counted[spelled]
		if w == nil {
			w = &word{}
			counted[spelled] = w
		}
		w.messages++
		if last := len(w.counts) - 1; last >= 0 && w.counts[last].name == name {
			w.counts[last].hundredths += hundredths
		} else {
			w.counts = append(w.counts, count{name, hundredths})
		}
	}
}
