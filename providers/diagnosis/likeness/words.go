package likeness

import (
	"strings"
	"unicode"
)

const (
	stemLength  = 6  // letters of a longer word that count by themselves, whatever its ending
	longestWord = 24 // letters; what is longer is a code
	shortCode   = 3  // digits
	longCode    = 7
)

// wordsOf are the words of a text, each once: words and short numbers, the beginnings of longer
// words, and each two that stand side by side. What looks like an identifier or a token is left out.
func wordsOf(text string) []string {
	var words []string
	seen := map[string]bool{}
	add := func(spelled string) {
		if !seen[spelled] {
			seen[spelled] = true
			words = append(words, spelled)
		}
	}
	before := ""
	for run := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		for _, part := range parts(run) {
			add(part)
			if stem := []rune(part); len(stem) > stemLength {
				add(string(stem[:stemLength]) + "-")
			}
			if before != "" {
				add(before + " " + part)
			}
			before = part
		}
	}
	return words
}

// parts takes a run of letters and digits for a word, a number, or a word with a number after it. A
// script without blanks gives its characters two by two.
func parts(run string) []string {
	if strings.HasPrefix(run, "0x") {
		return []string{run}
	}
	letters := strings.TrimRightFunc(run, unicode.IsDigit)
	digits := run[len(letters):]
	var found []string
	switch runes := []rune(letters); {
	case strings.ContainsFunc(letters, unicode.IsDigit), len(runes) > longestWord && !unblanked(runes[0]):
		return nil
	case len(runes) > 2 && unblanked(runes[0]):
		for i := range len(runes) - 1 {
			found = append(found, string(runes[i:i+2]))
		}
	case len(runes) > 1:
		found = append(found, letters)
	}
	if len(digits) >= shortCode && len(digits) <= longCode {
		found = append(found, digits)
	}
	return found
}

func unblanked(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}
