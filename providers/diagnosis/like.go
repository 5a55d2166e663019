package diagnosis

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"github.com/mailgrant/mailgrant/providers/diagnosis/likeness"
)

// What is asked of a text's likeness to known messages. The figures were found by trying, on reports
// that neither the rules nor the messages had been made from then.
const (
	likeEnough = 0.2     // the share of the first cause among all causes
	soleLike   = 0.5     // the same in a text that does not name mail
	veryLike   = 0.4     // the same, to be likely
	alsoLike   = 0.1     // the share of those named after the first
	leastLike  = 0.01    // the share of a cause that is not among the likenesses
	mostBytes  = 8 << 10 // a long log is like everything

	fewestWords = 3 // one or two are said everywhere

	// How many times more like those of its cause a text is than messages of other trades, at least.
	namingMail  = 0.1
	namingNone  = 10
	namingTools = 100 // that it was made with: databases, containers, packages

	// The share of the first cause in a text that names such tools only.
	nearlySole = 0.9

	// How many times more like messages of other trades a text is that does not name mail and has no cause.
	surelyElsewhere = 30
)

// otherTrades is the name under which messages are kept that have nothing to do with mail.
const otherTrades = "unknown"

// likenesses are causes with their shares among all causes, the most like first.
type likenesses []likeness.Match

// fromLikeness finds the causes whose messages use the words of a text, or that those are the words of
// other trades.
func (t pastedText) fromLikeness() (alike likenesses, elsewhere bool) {
	if t.about.foreign && !t.about.beside || len(t.plain) > mostBytes || t.words() < fewestWords {
		return nil, false
	}
	matches, foreign := likeness.Known().Nearest(decisive(likeness.Apart(t.plain))), 0.0
	if at := slices.IndexFunc(matches, func(m likeness.Match) bool { return m.Name == otherTrades }); at >= 0 {
		foreign = matches[at].Share
		matches = slices.Delete(matches, at, at+1)
	}
	switch {
	case len(matches) == 0:
		return nil, false
	case !t.about.foreign && !t.about.atHome() && foreign >= surelyElsewhere*matches[0].Share:
		return nil, true
	case !t.likeMail(matches[0], foreign):
		return nil, false
	}
	return t.about.house.rename(matches), false
}

// words counts the words of a text. In an answer that tells of an error the signs of JSON and of an
// address's query stand between words too; of a record that holds none nobody asks what is wrong. A name,
// a path or a host is one word.
func (t pastedText) words() int {
	between := unicode.IsSpace
	if t.says("error") {
		between = func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("\"{}[],=&", r) }
	}
	count := 0
	for part := range strings.FieldsFuncSeq(t.plain, between) {
		if strings.ContainsFunc(part, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			count++
		}
	}
	return count
}

// rename gives the causes the names that they have in the house, and makes their shares 1 together.
func (h house) rename(alike []likeness.Match) likenesses {
	var renamed likenesses
	sum := 0.0
	for _, match := range alike {
		name := match.Name
		if h != eitherHouse {
			name = string(h.asNamed(Cause(match.Name)))
		}
		if name == "" {
			continue
		}
		sum += match.Share
		if at := slices.IndexFunc(renamed, func(m likeness.Match) bool { return m.Name == name }); at >= 0 {
			renamed[at].Share += match.Share
		} else {
			renamed = append(renamed, likeness.Match{Name: name, Share: match.Share})
		}
	}
	for i := range renamed {
		renamed[i].Share /= sum
	}
	slices.SortStableFunc(renamed, func(a, b likeness.Match) int { return cmp.Compare(b.Share, a.Share) })
	return renamed
}

// likeMail reports whether the text is like messages about mail rather than of other trades. Where it
// does not name mail, that must be surer.
func (t pastedText) likeMail(first likeness.Match, foreign float64) bool {
	switch {
	case t.about.atHome():
		return first.Share >= namingMail*foreign
	case t.about.beside:
		return first.Share >= namingTools*foreign && first.Share >= nearlySole
	}
	return first.Share >= namingNone*foreign
}

// enough are the findings where the first has a share that suffices without a rule.
func (l likenesses) enough(share float64) []finding {
	if len(l) == 0 || l[0].Share < share {
		return nil
	}
	return l.findings()
}

// findings are the causes that the text is like. The first is likely where the text is very like its
// messages.
func (l likenesses) findings() []finding {
	var found []finding
	for i, match := range l {
		switch {
		case i == 0 && match.Share >= veryLike:
			found = append(found, finding{cause: Cause(match.Name), certainty: Likely})
		case i == 0 || match.Share >= alsoLike:
			found = append(found, finding{cause: Cause(match.Name), certainty: Possible})
		}
	}
	return found
}

// outweigh reports whether the text is worth times more like the messages of another cause.
func (l likenesses) outweigh(cause Cause, worth float64) bool {
	if len(l) == 0 || Cause(l[0].Name) == cause {
		return false
	}
	share := leastLike
	if at := slices.IndexFunc(l, func(m likeness.Match) bool { return Cause(m.Name) == cause }); at >= 0 {
		share = max(share, l[at].Share)
	}
	return l[0].Share > worth*share
}
