package diagnosis

import (
	"slices"
	"strings"
	"testing"
)

func TestSignsAreWellMade(t *testing.T) {
	t.Parallel()
	for _, book := range slices.Concat(wordedBooks(), generalBooks(), vagueBooks()) {
		for _, sign := range book.signs {
			if len(sign.causes) == 0 {
				t.Errorf("%q stands for nothing", sign.when)
			}
			for _, cause := range sign.causes {
				if lookup(cause) == nil {
					t.Errorf("%q: %s is not in the catalogue", sign.when, cause)
				}
			}
			if sign.face != nil && sign.face.Cause != sign.causes[0] {
				t.Errorf("%q shows the face of %s", sign.when, sign.face.Cause)
			}
			for _, word := range wordsOf(sign.when) {
				expectFindable(t, word)
			}
			if sign.unless != "" {
				for word := range strings.SplitSeq(sign.unless, "|") {
					expectFindable(t, word)
				}
			}
		}
	}
}

func TestNoClauseStandsTwice(t *testing.T) {
	t.Parallel()
	seen, typed := map[string]bool{}, map[string]bool{}
	for _, sign := range phraseSigns() {
		typed[sign.when] = true // made from what is read typed as well
	}
	for _, book := range slices.Concat(wordedBooks(), generalBooks(), vagueBooks()) {
		for _, sign := range book.signs {
			for clause := range strings.SplitSeq(sign.when, "; ") {
				// A guard may send the same words to one cause or another.
				if guarded := clause + " unless " + sign.unless; seen[guarded] && !typed[clause] {
					t.Errorf("%q stands in two signs", clause)
				} else {
					seen[guarded] = true
				}
			}
		}
	}
}

func TestWordsOfTradesAreWellMade(t *testing.T) {
	t.Parallel()
	for _, list := range [][]string{
		mailWords, signInWords, otherServices, otherPrograms, databaseWords, failureWords, strings.Split(signingIn, "|"),
		strings.Split(refused, "|"), strings.Split(otherFailures, "|"),
	} {
		for _, word := range list {
			expectFindable(t, strings.TrimSpace(word))
		}
	}
	for _, trade := range append(slices.Clone(trades), tools...) {
		if len(tokensOf(trade)) != 1 || !tokensOf(trade)[trade] {
			t.Errorf("%q is not one word in lower case", trade)
		}
	}
}

func wordsOf(when string) []string {
	return strings.FieldsFunc(strings.NewReplacer(" & ", "\n", " ~ ", "\n", "; ", "\n", "|", "\n").Replace(when), func(r rune) bool { return r == '\n' })
}

// expectFindable tells words apart that no text can hold, because texts are made plain first.
func expectFindable(t *testing.T, word string) {
	t.Helper()
	token, whole := strings.CutPrefix(word, "#")
	switch {
	case token == "" || token != strings.TrimSpace(token):
		t.Errorf("%q has blanks around it", word)
	case len(word) >= tailLength:
		t.Errorf("%q is longer than what is kept of a cut end", word)
	case whole && strings.Contains(token, " "):
		t.Errorf("%q is more than one word", word)
	case !whole && readText(word).lower != word:
		t.Errorf("%q is %q in a plain text", word, readText(word).lower)
	}
}

func TestShows(t *testing.T) {
	t.Parallel()
	far := strings.Repeat("nothing happens here. ", 200)
	for _, test := range []struct {
		sign sign
		text string
		want bool
	}{
		{sign{when: "token & expired"}, "the token has expired", true},
		{sign{when: "token & expired"}, "the token is fine", false},
		{sign{when: "token ~ expired"}, "expired, says the token", true},
		{sign{when: "token ~ expired"}, "the token is fine. " + far[:300] + "the paper has expired", false},
		{sign{when: "token|ticket & expired"}, "the ticket has expired", true},
		{sign{when: "token & expired; revoked"}, "revoked", true},
		{sign{when: "expired", unless: "refresh"}, "the refresh token has expired", false},
		{sign{when: "#407"}, "HTTP/1.1 407 Proxy", true},
		{sign{when: "#407"}, "message 14071", false},
		{sign{when: "#5.7.3"}, "535 5.7.3 no", true},
		{sign{when: "#5.7.3"}, "535 5.7.30 no", false},
		{sign{when: "token & expired"}, "the token. " + far + "expired", false},
		{sign{when: "token & expired"}, far + "the token has expired", true},
		{sign{when: "does not match the one registered"}, "The address does not match the one reg...", true},
		{sign{when: "does not match the one registered"}, "The address does not…", false},
		{sign{when: "not configured", unless: "not configured as"}, "it is not configured", true},
	} {
		if _, got := readText(test.text).shown(test.sign); got != test.want {
			t.Errorf("%+v in %.60q: %v", test.sign, test.text, got)
		}
	}
}
