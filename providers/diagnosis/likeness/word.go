package likeness

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// word is how often a word stands in the messages. Its line is "word messages name:hundredths
// name:hundredths", with tabs between them and names by their place.
type word struct {
	messages int // that hold it
	counts   []count
}

// count is the share that one name has in a word, in hundredths: a message counts each of its words
// by one over the square root of their number, so that long ones do not outweigh short ones.
type count struct{ name, hundredths int }

func (w word) total() int {
	total := 0
	for _, c := range w.counts {
		total += c.hundredths
	}
	return total
}

func (w word) line(spelled string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\t%d", spelled, w.messages)
	for _, c := range w.counts {
		fmt.Fprintf(&b, "\t%d:%d", c.name, c.hundredths)
	}
	return b.String()
}

// word finds a word that was counted. A line that no model has written holds nothing.
func (m *Model) word(spelled string) (w word, found bool) {
	at, found := slices.BinarySearchFunc(m.words, spelled, func(line, spelled string) int {
		known, _, _ := strings.Cut(line, "\t")
		return strings.Compare(known, spelled)
	})
	if !found {
		return word{}, false
	}
	for i, field := range strings.Split(m.words[at], "\t") {
		switch first, second, counted := strings.Cut(field, ":"); {
		case i == 0:
		case counted:
			w.counts = append(w.counts, count{number(first, len(m.names)-1), number(second, maxCount)})
		default:
			w.messages = number(first, m.messages)
		}
	}
	return w, w.messages > 0
}

const maxCount = 1 << 30

// number is a whole number from 0 to most; what is none is 0.
func number(text string, most int) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > most {
		return 0
	}
	return n
}
