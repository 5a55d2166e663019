// Package spelling finds the words that a misspelt one may have been meant for.
package spelling

import (
	"slices"
	"strings"
)

// Near returns those of the known words that may have been meant by a misspelt one: differing in
// no more than a third of the letters, or beginning the same way.
func Near(word string, known []string) []string {
	word = strings.ToLower(word)
	var close []string
	for _, k := range known {
		lower := strings.ToLower(k)
		if slices.ContainsFunc(close, func(have string) bool { return strings.EqualFold(have, k) }) {
			continue
		}
		begins := len(word) >= 3 && strings.HasPrefix(lower, word)
		if begins || distance(word, lower) <= max(1, len(word)/3) {
			close = append(close, k)
		}
	}
	return close
}

// distance is the number of letters to insert, delete, replace or swap with their neighbour.
func distance(a, b string) int {
	// A word from a file can be as long as the file; no known one is.
	if len(a) > 64 || len(b) > 64 {
		return max(len(a), len(b))
	}
	before, above := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(above[j]+cost, above[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, above = above, row
	}
	return above[len(b)]
}
