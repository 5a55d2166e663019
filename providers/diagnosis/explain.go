package diagnosis

import (
	"slices"

	"github.com/mailgrant/mailgrant/providers"
)

// Explanation is what a pasted error text tells.
type Explanation struct {
	Recognised bool
	Diagnoses  []Diagnosis // most probable first; empty when nothing is recognised
	Facts      Facts
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
	return explanation
}

// findings asks those who know most first: a number of Entra, then words that only one cause has,
// then the words of mail servers, then what every network says.
func (t pastedText) findings() []finding {
	if t.foreign() {
		return nil
	}
	var found []finding
	exact := t.fromNumbers()
	if t.vague() {
		found = append(found, t.fromSigns(signInSigns)...)
		found = append(found, exact...)
	} else {
		found = append(found, exact...)
		found = append(found, t.fromSigns(signInSigns)...)
	}
	found = append(found, t.fromSigns(mailSigns)...)
	found = append(found, t.fromPhrases()...)
	found = append(found, t.fromSigns(localSigns)...)
	found = append(found, t.fromSigns(networkSigns)...)
	if len(found) == 0 && t.namesMailServer() {
		found = t.fromSigns(connectionSigns)
	}
	return ranked(found)
}

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

// fromNumbers reads Entra's numbers, of which only the text is known, not the connection.
func (t pastedText) fromNumbers() []finding {
	if len(t.numbers) == 0 {
		return nil
	}
	refusal := &providers.AuthorityError{Numbers: t.numbers, Description: t.lower}
	switch decisiveNumber(refusal) {
	case 7000215, 50012:
		if t.has("client secret") || decisiveNumber(refusal) == 7000215 {
			if t.has("not the client secret id") {
				return likely(SecretIDInsteadOfValue, SecretWrongOrTruncated)
			}
			return likely(SecretWrongOrTruncated, SecretIDInsteadOfValue)
		}
		if t.has("not within its valid time range") {
			return likely(ClockSkew, ClientAssertionExpired)
		}
		return likely(ClientCertificateInvalid)
	case 7000218:
		return likely(PublicClientFlowDisabled, SecretMissing)
	case 65005, 650057:
		return likely(ResourceNotInAppPermissions, ConsentMissing)
	}
	return fromNumber(decisiveNumber(refusal), refusal, Evidence{})
}

// vague reports whether the number is a general one whose text says more.
func (t pastedText) vague() bool {
	switch decisiveNumber(&providers.AuthorityError{Numbers: t.numbers}) {
	case 0, 50000, 70000, 70001, 70002, 90014, 90023, 90100, 9002313:
		return true
	}
	return false
}

// fromPhrases finds the refusals of mail servers, by the table that reads them typed.
func (t pastedText) fromPhrases() []finding {
	for _, phrase := range phrases {
		if phrase.words == nil && phrase.enhanced == "" || phrase.command != "" {
			continue // a code or command alone is not to be found in prose
		}
		if phrase.protocol == "pop3" && !t.has("pop") {
			continue
		}
		if phrase.enhanced != "" && phrase.enhanced != t.facts.SMTPEnhanced || phrase.code != 0 && phrase.code != t.code {
			continue
		}
		if holds(t.lower, phrase.words) && t.aboutMail() {
			return likely(phrase.causes...)
		}
	}
	if outboundBlocked(t.facts.SMTPEnhanced) {
		return likely(OutboundSendingBlocked)
	}
	return nil
}

// sign is a set of words that stands for causes. Words are lower case; all must occur, and none of
// the words without.
type sign struct {
	words   []string
	without []string
	causes  []Cause
}

func (t pastedText) fromSigns(signs []sign) []finding {
	var found []finding
	for _, sign := range signs {
		excluded := slices.ContainsFunc(sign.without, func(word string) bool { return t.has(word) })
		if !excluded && holds(t.lower, sign.words) {
			found = append(found, likely(sign.causes...)...)
		}
	}
	return found
}
