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

// findings asks those who know most first: a number of Entra and words that only one cause has; a thing
// with its fault; what every program says; then known messages that the text is very like, words that
// say little, and messages that it is somewhat like. Each reads the text as it stands, as if its lines
// had been broken within words, and as if it were misspelt.
func (t pastedText) findings() []finding {
	like := sync.OnceValue(t.fromLikeness)
	surelyLike := func(pastedText) []finding {
		if found := like(); len(found) > 0 && found[0].certainty == Likely {
			return found
		}
		return nil
	}
	readings := []func() pastedText{func() pastedText { return t }, sync.OnceValue(t.closeUp), sync.OnceValue(t.loosely)}
	for _, search := range []func(pastedText) []finding{
		pastedText.wellKnown, pastedText.fromConcepts, pastedText.generalWords, surelyLike, pastedText.vagueWords,
	} {
		for _, reading := range readings {
			if found := search(reading()); len(found) > 0 {
				return ranked(found)
			}
		}
	}
	return ranked(like())
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
