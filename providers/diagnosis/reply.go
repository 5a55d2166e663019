package diagnosis

import (
	"slices"
	"strings"

	"github.com/mailgrant/mailgrant/providers"
)

// fromReply reads a mail server's refusal: first the words that decide by themselves, then what each
// protocol's refusals mean beside the token and the other tests.
func fromReply(reply *providers.Reply, symptom Symptom, evidence Evidence) []finding {
	if symptom.Protocol == "" {
		symptom.Protocol = reply.Protocol
	}
	if findings := fromPhrase(reply); findings != nil {
		return findings
	}
	switch reply.Protocol {
	case "imap":
		return fromIMAP(reply, symptom, evidence)
	case "smtp":
		return fromSMTP(reply, symptom, evidence)
	case "pop3":
		return fromPOP3(reply, symptom, evidence)
	}
	return nil
}

func fromPhrase(reply *providers.Reply) []finding {
	text := strings.ToLower(reply.Text)
	for _, phrase := range phrases {
		if !phrase.matches(reply, text) {
			continue
		}
		findings := likely(phrase.causes...)
		if len(findings) == 1 {
			findings[0].certainty = Certain
		}
		return findings
	}
	return nil
}

// phrase is a refusal that means the same whatever token was used. Empty members match anything. One
// cause is certain; of several the first is the likeliest.
type phrase struct {
	protocol string
	command  string
	code     int
	enhanced string
	bracket  string
	words    []string // lower case; all must occur in the text
	causes   []Cause
}

func (p phrase) matches(reply *providers.Reply, text string) bool {
	return (p.protocol == "" || p.protocol == reply.Protocol) &&
		(p.command == "" || p.command == reply.Command) &&
		(p.code == 0 || p.code == reply.Code) &&
		(p.enhanced == "" || p.enhanced == reply.Enhanced) &&
		(p.bracket == "" || strings.EqualFold(p.bracket, reply.Bracket)) &&
		holds(text, p.words)
}

// contains ignores case. All words, which are lower case, must occur.
func contains(text string, words ...string) bool { return holds(strings.ToLower(text), words) }

func holds(lower string, words []string) bool {
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(lower, word) })
}
