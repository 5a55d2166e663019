package diagnosis

import (
	"slices"

	"github.com/mailgrant/mailgrant/providers"
	"github.com/mailgrant/mailgrant/providers/diagnosis/likeness"
)

// What is asked of a text's likeness to known messages. The figures were found by trying, on reports
// that neither the rules nor the messages had been made from.
const (
	likeEnough = 0.5     // the share of the first cause among all causes
	veryLike   = 0.9     // the same, to be likely
	alsoLike   = 0.1     // the share of those named after the first
	mostBytes  = 8 << 10 // a long log is like everything

	// How many times more like those of its cause than messages of other trades.
	ratherMail = 10
	surelyMail = 1000 // where the text names neither mail nor a sign-in to it
)

// accessWords are some of what is said wherever somebody is let in or kept out.
const accessWords = "token|auth|credential|secret|consent|scope|login|log in|sign|redirect|client|tenant|key|jwt|bearer|permission|account"

// otherTrades is the name under which messages are kept that have nothing to do with mail.
const otherTrades = "unknown"

// fromLikeness finds the causes whose messages use the words of a text of which no sentence is known.
// The first is likely where the text is very like them. What a number of Entra means is known or not,
// whatever stands about it.
func (t pastedText) fromLikeness() []finding {
	if t.about.foreign || len(t.numbers) > 0 || len(t.lower) > mostBytes {
		return nil
	}
	matches := likeness.Known().Nearest(t.lower)
	foreign := 0.0
	if at := slices.IndexFunc(matches, func(m likeness.Match) bool { return m.Name == otherTrades }); at >= 0 {
		foreign = matches[at].Share
		matches = slices.Delete(matches, at, at+1)
	}
	if len(matches) == 0 || matches[0].Share < likeEnough*(1-foreign) || !t.likeMail(matches[0], foreign) {
		return nil
	}
	var found []finding
	for _, match := range matches {
		switch share := match.Share / (1 - foreign); {
		case share >= veryLike:
			found = append(found, finding{cause: Cause(match.Name), certainty: Likely})
		case share >= alsoLike:
			found = append(found, finding{cause: Cause(match.Name), certainty: Possible})
		}
	}
	return t.about.house.settle(found)
}

// likeMail reports whether the text is like messages about mail rather than of other trades. Where it
// does not name mail, it must be about access at all: what every network says of every server proves
// nothing.
func (t pastedText) likeMail(first likeness.Match, foreign float64) bool {
	if t.about.atHome() {
		return first.Share >= ratherMail*foreign
	}
	layer := lookup(Cause(first.Name)).Layer
	return first.Share >= surelyMail*foreign && t.saysAny(accessWords) && layer != providers.LayerDNS && layer != providers.LayerTCP && layer != providers.LayerTLS
}
