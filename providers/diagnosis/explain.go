package diagnosis

import (
	"slices"
	"sync"
)

// Explanation is what a pasted error text tells.
type Explanation struct {
	Recognised bool
	Diagnoses  []Diagnosis // most probable first; empty when nothing is recognised
	Facts      Facts
	// Unknown says what is known all the same, and what to do next, when nothing is recognised. Its
	// cause is empty.
	Unknown Diagnosis
}

// mostExplained bounds how many causes are offered for one text: more would help nobody.
const mostExplained = 5

// Explain recognises an error text that somebody pasted: a line of a log, a server's answer, a page
// of the browser. The text alone decides less than a typed error beside its evidence, so most causes
// are likely at best; a text that is not about reaching a mailbox gives none.
func Explain(text string) Explanation {
	read := readText(text)
	explanation := Explanation{Facts: read.facts, Diagnoses: []Diagnosis{}}
	var v values // of no connection: the catalogue says "the mailbox" then
	for _, finding := range read.findings() {
		explanation.Diagnoses = append(explanation.Diagnoses, finding.diagnosis(v))
	}
	explanation.Recognised = len(explanation.Diagnoses) > 0
	if !explanation.Recognised {
		explanation.Unknown = unknownText(read.facts)
	}
	return explanation
}

// findings are those of the rules and of known messages that the text is like. A number of Entra decides
// unless it is a general one, or nobody knows it, and so does what the five products' own screens say, and
// a name or long number that stands for one failure. Else a text that is like those of other trades has no
// cause, and one that is far more like the messages of another cause than of a rule's has that cause.
func (t pastedText) findings() []finding {
	ruled, worth := t.fromRules()
	if !t.vague() || slices.ContainsFunc(ruled, func(f finding) bool { return f.decides }) {
		return ranked(ruled)
	}
	alike, elsewhere := t.fromLikeness()
	found := slices.Concat(ruled, alike.findings())
	switch {
	case elsewhere:
		return nil
	case len(ruled) == 0 && t.about.atHome():
		found = alike.enough(likeEnough)
	case len(ruled) == 0:
		found = alike.enough(soleLike)
	case alike.outweigh(ruled[0].cause, worth):
		found = ledBy(alike.findings()[0], found)
	}
	return ranked(t.about.house.settle(found))
}

// ledBy puts a finding before all others, in the words of a rule where one found the same cause.
func ledBy(first finding, others []finding) []finding {
	if at := slices.IndexFunc(others, func(f finding) bool { return f.cause == first.cause }); at >= 0 {
		first.face = others[at].face
	}
	return append([]finding{first}, others...)
}

// How many times more like the messages of another cause a text must be to outweigh a rule.
const (
	exactWorth     = 90 // one program's own sentence
	wellKnownWorth = 50
	generalWorth   = 3
)

// fromRules asks those rules first that know most: a number of Entra and words that only one cause has; a
// thing with its fault; what every program says; words that say little. Each reads the text as it
// stands, as if its lines had been broken within words, and as if it were misspelt.
func (t pastedText) fromRules() (found []finding, worth float64) {
	readings := []func() pastedText{func() pastedText { return t }, sync.OnceValue(t.closeUp), sync.OnceValue(t.loosely)}
	for _, rules := range []struct {
		search func(pastedText) []finding
		worth  float64
	}{
		{pastedText.wellKnown, wellKnownWorth}, {pastedText.fromConcepts, generalWorth},
		{pastedText.generalWords, generalWorth}, {pastedText.vagueWords, generalWorth},
	} {
		for _, reading := range readings {
			switch found := rules.search(reading()); {
			case len(found) == 0:
			case found[0].exact:
				return found, exactWorth
			default:
				return found, rules.worth
			}
		}
	}
	return nil, 0
}

// wellKnown are the findings of what few would say.
func (t pastedText) wellKnown() []finding {
	exact := t.fromNumbers()
	if t.vague() {
		return append(t.fromBooks(wordedBooks()), exact...)
	}
	return append(exact, t.fromBooks(wordedBooks())...)
}

func (t pastedText) generalWords() []finding { return t.fromBooks(generalBooks()) }
func (t pastedText) vagueWords() []finding   { return t.fromBooks(vagueBooks()) }

// ranked keeps the first mention of every cause. A first that is certain stands alone; what follows
// a likely one is possible.
func ranked(found []finding) []finding {
	var kept []finding
	for _, f := range found {
		if slices.ContainsFunc(kept, func(k finding) bool { return k.cause == f.cause }) {
			continue
		}
		if len(kept) > 0 {
			f.certainty = Possible
		}
		kept = append(kept, f)
	}
	if len(kept) > 0 && kept[0].certainty == Certain {
		return kept[:1]
	}
	return kept[:min(len(kept), mostExplained)]
}
