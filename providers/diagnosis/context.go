package diagnosis

import (
	"slices"
	"strings"
)

// surroundings are what a text is about, found once for all signs.
type surroundings struct {
	mail, signIn bool
	foreign      bool // another trade's, which has refusals, tokens and certificates of its own
	beside       bool // foreign, but for tools only
	elsewhere    bool // names a server, and none of ours
	refusal      bool // of a sign-in
	house        house
}

func (t pastedText) surroundings() surroundings {
	s := surroundings{
		mail:   t.hasAny(mailWords) || t.tokens["ews"] || t.tokens["pop"] || t.facts.SMTPEnhanced != "",
		signIn: t.hasAny(signInWords),
	}
	suite := t.hasAny(suiteWords)
	switch {
	case t.hasAny(databaseWords):
		s.foreign, s.mail = true, false
	case len(t.numbers) > 0 || s.mail:
	case t.hasAny(otherPrograms), t.hasAny(otherServices) && !t.says("login.microsoftonline.com"):
		s.foreign = true
	case !s.signIn && !suite:
		trade := t.hasToken(trades)
		s.beside = !trade && t.hasToken(tools)
		s.foreign = trade || s.beside
	}
	s.mail = s.mail || !s.foreign && (suite || t.says("mail")) // said of many a database's column as well
	s.elsewhere = len(t.numbers) == 0 && !s.mail && !s.signIn && t.namesAnotherSite()
	s.refusal = t.signInRefused()
	s.house = t.house()
	return s
}

// namesAnotherSite finds the address of a server. The page that a sign-in answers to is everybody's
// own.
func (t pastedText) namesAnotherSite() bool {
	if t.saysAny("error_description=|session_state=") {
		return false
	}
	for rest := t.lower; ; {
		_, after, found := strings.Cut(rest, "://")
		if !found {
			return t.saysAny("host='|host=")
		}
		if !slices.ContainsFunc(besides, func(beside string) bool { return strings.HasPrefix(after, beside) }) {
			return true
		}
		rest = after
	}
}

// closer adds what only shows once the text is closed up: names that were broken in two.
func (s surroundings) closer(t pastedText) surroundings {
	s.mail = s.mail || t.names(mailWords) || t.names(suiteWords)
	s.signIn = s.signIn || t.names(signInWords)
	s.elsewhere = s.elsewhere && !s.mail && !s.signIn
	return s
}

// shortestName is how long a name must be, in bytes, not to come together by chance.
const shortestName = 7

// names is hasAny for a text whose blanks are taken out.
func (t pastedText) names(words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		return len(word) >= shortestName && strings.Contains(t.lower, withoutBlanks(word))
	})
}

func (t pastedText) hasToken(words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return t.tokens[word] })
}

func (t pastedText) hasAny(words []string) bool { return slices.ContainsFunc(words, t.says) }

// The places where signs may count.

func (s surroundings) anywhere() bool { return true }

func (s surroundings) notForeign() bool { return !s.foreign }

// atHome wants the text to speak of mail or a sign-in to it.
func (s surroundings) atHome() bool { return !s.foreign && (s.mail || s.signIn) }

// plausible leaves room for a text that names nothing: it may be a line out of a log about mail. One
// that names another trade, or another server, is about that.
func (s surroundings) plausible() bool { return s.atHome() || !s.foreign && !s.elsewhere }

// refused wants a sign-in to mail that was refused: the sign-in service alone opens many other doors.
func (s surroundings) refused() bool { return !s.foreign && s.mail && s.refusal }

// notElsewhere is for what is true of one server only: a text that names another server than those of
// mail and its sign-in is not about ours.
func (s surroundings) notElsewhere() bool { return !s.foreign && !s.elsewhere }
