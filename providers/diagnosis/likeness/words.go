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
// words, and each two that stand side by side. A name like mailboxNotFound is three words. What looks
// like an identifier or a token is left out.
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
	for run := range strings.FieldsFuncSeq(Apart(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
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

// Apart is a text in lower case with blanks before the capital letters that begin a word within a
// name: "graphAPIError" becomes "graph api error".
func Apart(text string) string {
	letters := []rune(text)
	var b strings.Builder
	for i, r := range letters {
		if i > 0 && unicode.IsUpper(r) {
			within := unicode.IsLower(letters[i-1])
			endsCapitals := unicode.IsUpper(letters[i-1]) && i+1 < len(letters) && unicode.IsLower(letters[i+1])
			if within || endsCapitals {
				b.WriteByte(' ')
			}
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
