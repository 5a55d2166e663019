package probe

import "strings"

// imapStatus is a status response (RFC 3501 section 7.1): tag, kind, optional code, text.
type imapStatus struct {
	tag  string // "*" when untagged
	kind string // "OK", "NO", "BAD", "PREAUTH", "BYE"
	code string // the first word between brackets
	args string // what follows it there
	text string
}

func parseStatus(line string) (imapStatus, bool) {
	tag, rest, _ := strings.Cut(line, " ")
	kind, text, _ := strings.Cut(rest, " ")
	status := imapStatus{tag: tag, kind: strings.ToUpper(kind), text: text}
	switch status.kind {
	case "OK", "NO", "BAD", "PREAUTH", "BYE":
	default:
		return imapStatus{}, false
	}
	if inside, after, closed := strings.Cut(text, "]"); closed && strings.HasPrefix(inside, "[") {
		status.code, status.args, _ = strings.Cut(inside[1:], " ")
		status.code = strings.ToUpper(status.code)
		status.text = strings.TrimPrefix(after, " ")
	}
	return status, tag != ""
}

// capabilities are what a greeting offers, in capitals, or nil where it does not say.
func (s imapStatus) capabilities() []string {
	if s.code != "CAPABILITY" {
		return nil
	}
	return strings.Fields(strings.ToUpper(s.args))
}
