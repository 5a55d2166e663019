package diagnosis

import (
	"slices"
	"strconv"
	"strings"
)

// sign is what a text must say to stand for causes.
type sign struct {
	// when is words in lower case: "a|b & c; d" is met by a or b together with c, or by d alone, and
	// "a ~ b" by b near a.
	when   string
	unless string // "a|b": none of these may occur
	causes []Cause
	face   *Entry // what is said instead of the first cause's own words, which then is possible only
}

// findings are the causes of a sign that a text shows.
func (s sign) findings() []finding {
	if s.face != nil {
		return showing(s.face, possible(s.causes...))
	}
	return likely(s.causes...)
}

// book is the signs of one trade and what a text must be about for them to count.
type book struct {
	signs   []sign
	where   func(surroundings) bool
	own     bool // its sentences are said by the services of mail and their sign-in only
	decides bool // nobody else says that: known, whatever else a text is like
}

// wordedBooks are searched in this order: what comes first is nearer the root of a failure.
func wordedBooks() []book {
	return []book{
		{signs: localSigns, where: surroundings.anywhere},
		{signs: configSigns, where: surroundings.atHome},
		{signs: productSigns, where: surroundings.anywhere, decides: true},
		{signs: librarySigns, where: surroundings.notForeign, own: true},
		{signs: clockSigns, where: surroundings.notForeign},
		{signs: googleSigns, where: surroundings.notForeign, own: true},
		{signs: registrationSigns, where: surroundings.notForeign, own: true},
		{signs: tenantSigns, where: surroundings.notForeign, own: true},
		{signs: redirectSigns, where: surroundings.notForeign, own: true},
		{signs: requestSigns, where: surroundings.notElsewhere},
		{signs: requestWords, where: surroundings.atHome},
		{signs: consentSigns, where: surroundings.notElsewhere, own: true},
		{signs: userSigns, where: surroundings.notElsewhere},
		{signs: passwordSigns, where: surroundings.atHome},
		{signs: tokenSigns, where: surroundings.notElsewhere},
		{signs: adminSigns, where: surroundings.notForeign, own: true},
		{signs: ewsSigns, where: surroundings.notForeign, own: true},
		{signs: toldSigns, where: surroundings.atHome},
		{signs: graphSigns, where: surroundings.notForeign, own: true},
		{signs: smtpSigns, where: surroundings.notForeign, own: true},
		{signs: responseCodeSigns, where: surroundings.atHome},
		{signs: imapSigns, where: surroundings.notForeign, own: true},
		{signs: saslSigns, where: surroundings.notForeign},
		{signs: clientSigns, where: surroundings.atHome},
		{signs: phraseSigns(), where: surroundings.atHome},
		{signs: proxySigns, where: surroundings.notForeign},
		{signs: dnsSigns, where: surroundings.atHome},
		{signs: tlsSigns, where: surroundings.notElsewhere},
		{signs: nameSigns, where: surroundings.notForeign, decides: true},
		{signs: exceptionSigns, where: surroundings.notForeign, decides: true},
		{signs: numberSigns, where: surroundings.notForeign, decides: true},
		{signs: shortNumberSigns, where: surroundings.atHome},
	}
}

// generalBooks are what every program in the world says, for texts about mail of which nothing more
// exact is known.
func generalBooks() []book {
	return []book{
		{signs: codeSigns, where: surroundings.atHome},
		{signs: connectionSigns, where: surroundings.atHome},
		{signs: statusSigns, where: surroundings.atHome},
	}
}

// vagueBooks are the words in which many faults end alike.
func vagueBooks() []book {
	return []book{
		{signs: refusalSigns, where: surroundings.refused},
		{signs: unreachedSigns, where: surroundings.atHome},
		{signs: vagueSigns, where: surroundings.atHome},
	}
}

func (t pastedText) fromBooks(books []book) []finding {
	var found []finding
	for _, book := range books {
		if !book.where(t.about) && !(book.own && t.about.beside) {
			continue
		}
		for _, sign := range book.signs {
			clause, shown := t.shown(sign)
			if !shown {
				continue
			}
			exact := t.exact(clause)
			if !t.about.plausible() && !exact {
				continue
			}
			for _, f := range t.about.house.settle(sign.findings()) {
				f.exact, f.decides = exact, book.decides
				found = append(found, f)
			}
		}
	}
	return found
}

// shown finds the clause of a sign that a text meets.
func (t pastedText) shown(s sign) (clause string, met bool) {
	if s.unless != "" && t.whole().saysAny(s.unless) {
		return "", false // where the text is cut off, nobody knows that it would have gone on so
	}
	for clause := range strings.SplitSeq(s.when, "; ") {
		if t.saysAll(clause) && t.together(clause) {
			return clause, true
		}
	}
	return "", false
}

// How long words must be, in bytes, to be one program's own rather than what anybody may say: a
// sentence, or an identifier without blanks. An enhanced status code (RFC 3463) is short and says as much.
const (
	exactLength      = 24
	identifierLength = 16
)

// exact reports whether a clause was met by a sentence of one program's own.
func (t pastedText) exact(clause string) bool {
	for word := range strings.SplitSeq(strings.NewReplacer(" & ", "|", " ~ ", "|").Replace(clause), "|") {
		sentence := len(word) >= exactLength
		identifier := len(word) >= identifierLength && !strings.Contains(word, " ")
		status := strings.HasPrefix(word, "#") && strings.Count(word, ".") == 2
		if (sentence || identifier || status) && t.says(word) {
			return true
		}
	}
	return false
}

// saysAll takes words that must all occur, in the form "a & b|c", or "a ~ b|c" for such as belong together.
func (t pastedText) saysAll(clause string) bool {
	for words := range strings.SplitSeq(clause, " & ") {
		thing, fault, both := strings.Cut(words, " ~ ")
		if !t.saysAny(thing) || both && !t.saysNear(thing, fault) {
			return false
		}
	}
	return true
}

// sentenceLength is how far apart, in bytes, a thing and what is said of it stand at most: an address
// in quotes may stand between.
const sentenceLength = 120

// saysNear reports whether some of the words stand near one of the things, in the same sentence. Where no blanks are left,
// all is near.
func (t pastedText) saysNear(things, words string) bool {
	if t.closed {
		return t.saysAny(words)
	}
	for thing := range strings.SplitSeq(things, "|") {
		for from := 0; ; {
			at := strings.Index(t.lower[from:], thing)
			if at < 0 {
				break
			}
			start, end := from+at, from+at+len(thing)
			before, after := t.lower[max(0, start-sentenceLength):start], t.lower[end:min(len(t.lower), end+sentenceLength)]
			near := t
			near.lower = before[strings.LastIndex(before, ". ")+1:] + thing + upToFullStop(after)
			if near.saysAny(words) {
				return true
			}
			from = end
		}
	}
	return false
}

// passageLength is how far apart, in bytes, the words of one error stand at most.
const passageLength = 1200

// together reports whether the words of a clause occur near each other: in a long log each may belong
// to a failure of its own.
func (t pastedText) together(clause string) bool {
	if len(t.lower) <= passageLength || !strings.Contains(clause, " & ") {
		return true
	}
	passage := t
	for start := 0; start < len(t.lower); start += passageLength / 2 {
		passage.lower = t.lower[start:min(start+passageLength, len(t.lower))]
		if passage.saysAll(clause) {
			return true
		}
	}
	return false
}

// saysAny takes alternatives in the form "a|b".
func (t pastedText) saysAny(alternatives string) bool {
	for word := range strings.SplitSeq(alternatives, "|") {
		if t.says(word) {
			return true
		}
	}
	return false
}

// phraseSigns are the refusals of mail servers that are read typed as well. What is matched there by
// a command or a code alone is not to be found in prose.
func phraseSigns() []sign {
	var signs []sign
	for _, phrase := range phrases {
		if phrase.command != "" || len(phrase.words) == 0 && phrase.enhanced == "" || phrase.protocol == "pop3" {
			continue
		}
		words := slices.Clone(phrase.words)
		if phrase.enhanced != "" {
			words = append(words, "#"+phrase.enhanced)
		}
		if phrase.code != 0 && phrase.enhanced == "" {
			continue
		}
		if phrase.code != 0 {
			words = append(words, "#"+strconv.Itoa(phrase.code))
		}
		signs = append(signs, sign{when: strings.Join(words, " & "), causes: phrase.causes})
	}
	return signs
}
