package probe

import "strings"

// pop3Status is the first line of a POP3 answer (RFC 1939 section 3), or the request for more
// that AUTH knows besides (RFC 5034 section 4).
type pop3Status struct {
	kind string // "+OK", "-ERR", "+"
	code string // between brackets (RFC 2449 section 8), in capitals
	text string
}

func parsePOP3(line string) (pop3Status, bool) {
	kind, text, _ := strings.Cut(line, " ")
	status := pop3Status{kind: strings.ToUpper(kind), text: text}
	switch status.kind {
	case "+":
		return status, true
	case "+OK", "-ERR":
	default:
		return pop3Status{}, false
	}
	if inside, after, closed := strings.Cut(text, "]"); closed && strings.HasPrefix(inside, "[") {
		status.code = strings.ToUpper(inside[1:])
		status.text = strings.TrimPrefix(after, " ")
	}
	return status, true
}
