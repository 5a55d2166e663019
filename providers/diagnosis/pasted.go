package diagnosis

import (
	"strconv"
	"strings"
	"unicode"
)

// pastedText is an error text made ready to be searched.
type pastedText struct {
	plain   string          // decoded, blanks joined
	lower   string          // the same in lower case
	tokens  map[string]bool // its words and numbers, and the enhanced status codes in it
	tails   []tail          // what stands before a place where the text was cut off
	numbers []int           // Entra's, in the order in which they occur
	facts   Facts
	about   surroundings
	closed  bool // the blanks are taken out
	loose   bool // slips of the hand are forgiven
}

// tail is what stands before a place where the text was cut off, or may have been.
type tail struct {
	words  string
	marked bool // an ellipsis says so
}

func readText(text string) pastedText {
	text = plainText(condensed(text))
	lower := decisive(strings.ToLower(text))
	t := pastedText{plain: text, lower: lower, tokens: tokensOf(lower), tails: tailsOf(lower), numbers: numbersIn(text)}
	if !t.hasToken(trades) { // which have numbers of their own
		t.numbers = unique(append(t.numbers, bareNumbersIn(text)...))
	}
	t.facts = factsOf(text, t.numbers)
	for _, code := range enhancedIn(text) {
		t.tokens[code] = true
	}
	t.about = t.surroundings()
	return t
}

// decisive leaves out of a text in lower case what would pass for what went wrong.
func decisive(lower string) string { return withoutPraise(withoutOffers(shortForms.Replace(lower))) }

func tokensOf(lower string) map[string]bool {
	tokens := map[string]bool{}
	for token := range strings.FieldsFuncSeq(lower, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		tokens[token] = true
	}
	return tokens
}

// says reports whether the text holds the words, which are lower case. "#407" is a word or a status
// code of its own, not a part of another.
func (t pastedText) says(words string) bool {
	if token, whole := strings.CutPrefix(words, "#"); whole {
		return t.tokens[token]
	}
	if t.closed {
		if len(words) < shortestStub {
			return false // a few letters come together by chance
		}
		words = withoutBlanks(words)
	}
	return strings.Contains(t.lower, words) || t.breaksOffIn(words) || t.loose && t.nearlySays(words)
}

// closeUp takes all blanks out, so that words are found which a terminal broke at its edge.
func (t pastedText) closeUp() pastedText {
	t.closed = true
	t.lower = withoutBlanks(t.lower)
	t.tails = tailsOf(t.lower)
	t.about = t.about.closer(t)
	return t
}

// whole takes a text as complete, so that words count only where they are said to their end.
func (t pastedText) whole() pastedText {
	t.tails = nil
	return t
}

func withoutBlanks(text string) string { return strings.ReplaceAll(text, " ", "") }

const (
	mostTails    = 8
	tailLength   = 120 // bytes, longer than any sign
	shortestStub = 12  // bytes of a sign that must stand before the cut
)

// tailsOf finds the places where the text was cut off: every ellipsis, and perhaps its end.
func tailsOf(lower string) []tail {
	parts := strings.SplitN(strings.ReplaceAll(lower, "...", "…"), "…", mostTails+1)
	tails := make([]tail, 0, len(parts))
	for i, part := range parts {
		part = strings.TrimRight(part, " `'\"")
		tails = append(tails, tail{words: part[max(0, len(part)-tailLength):], marked: i < len(parts)-1})
	}
	return tails
}

// breaksOffIn reports whether the text is cut off amid these words, with most of them said. Where no
// ellipsis marks the place, only a broken word near the end shows that something is missing.
func (t pastedText) breaksOffIn(words string) bool {
	least := max(shortestStub, len(words)*3/4)
	for stub := len(words) - 1; stub >= least; stub-- {
		broken := words[stub] != ' ' && words[stub-1] != ' ' && stub*6 >= len(words)*5
		for _, tail := range t.tails {
			if (tail.marked || broken) && strings.HasSuffix(tail.words, words[:stub]) {
				return true
			}
		}
	}
	return false
}

// number is 0 where the text is none.
func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}
